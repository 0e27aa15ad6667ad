"""A signed consultation that today's content or numbers judge calmer than it was signed.

What stands in the record is worked out by those of today. The box says what it was signed at, so
that nothing which stood in the way then looks as if it never had.
"""

from __future__ import annotations

from collections.abc import Callable

from consult_app.domain.consultation import Consultation
from consult_app.domain.decision import DecisionState
from consult_app.domain.finding import Severity
from consult_app.knowledge.decision import name_severity
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.treating import stands_on_others
from consult_app.values import replace
from consult_app.wording import t

AS_SIGNED = t("As it was signed, by other content or numbers: {headline}")
_CALM = frozenset({DecisionState.CLEAR, DecisionState.PRECAUTION})


def judge_as_signed(
    judge: Callable[[Consultation], Judgement],
) -> Callable[[Consultation], Judgement]:
    """Return what judges a visit, a signed one never calmer than it was signed by other numbers."""

    def judge_all(visit: Consultation) -> Judgement:
        found = judge(visit)
        if visit.state != "signed" or found.decision.state not in _CALM:
            return found
        known = (Severity(it) for it in visit.findings.values() if it in {*Severity})
        worst = min(known, key=lambda it: it.rank, default=None)
        if worst is None or not stands_on_others(visit, found):
            return found
        state, headline = name_severity(worst)
        if state in _CALM:
            return found
        told = AS_SIGNED.format(headline=headline)
        return replace(found, decision=replace(found.decision, state=state, headline=told))

    return judge_all
