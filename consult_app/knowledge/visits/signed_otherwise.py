"""A signed consultation beside the content and numbers of today.

What stands in the record is worked out by the numbers it was signed with, where the clinic's list
of changes still tells them; otherwise by those of today. The box is never calmer than either: not
than it was signed, so that nothing which stood in the way then looks as if it never had, and not
than the clinic's numbers of today have it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from consult_app.domain.consultation import Consultation
from consult_app.domain.decision import Decision, DecisionState
from consult_app.domain.finding import Finding, Screening, Severity
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.screening.decision import decide
from consult_app.knowledge.told.cream_said import settle_by_cream, tell_cream
from consult_app.knowledge.visits.treating import stands_on_others
from consult_app.values import replace
from consult_app.wording import t

Judge = Callable[[Consultation], Judgement]

AS_SIGNED = t("As it was signed, by other content or numbers: {headline}")
BY_TODAY = t("By the clinic's numbers of today: {headline}")
BY_THEN = t(
    "The clinic's numbers have changed since. What stands below is by those it was signed with."
)
BY_OTHERS = t(
    "It was signed by other content or numbers of the clinic. What stands below is worked out by "
    "those of today."
)
HANDOUT = t("The handout kept with it says what was agreed.")
_CALM = frozenset({DecisionState.CLEAR, DecisionState.PRECAUTION})
_STATES = sorted(DecisionState, key=lambda it: it not in _CALM)
"""The calm ones first: what is open or was not checked stands in the way."""


def judge_as_signed(pack: Pack, judge: Judge, judge_then: Judge) -> Judge:
    """Return what judges a visit, a signed one by what it was signed with.

    Args:
        pack: The content of today.
        judge: Judges by the content and numbers of today.
        judge_then: Judges a signed visit by those it was signed with, where they are known, and
            by those of today where they are not.
    """

    def judge_all(visit: Consultation) -> Judgement:
        now = judge(visit)
        if visit.state != "signed":
            return now
        then = judge_then(visit)
        if stands_on_others(visit, then):
            return _hold_as_signed(pack, visit, then)
        if _rank(now.decision) <= _rank(then.decision):
            return then
        told = BY_TODAY.format(headline=now.decision.headline)
        return replace(then, decision=replace(now.decision, headline=told))

    return judge_all


def tell_numbers(visit: Consultation, judgement: Judgement, version: str) -> str:
    """Return by which numbers a signed visit is told, where they are not those of today.

    Of what could not be judged nothing is told.

    Args:
        visit: The visit.
        judgement: What is told of it.
        version: The content by the numbers of today.
    """
    told = visit.state == "signed" and judgement.screening is not None
    if not told or visit.content_version in {"", version}:
        return ""
    if not stands_on_others(visit, judgement):
        return BY_THEN
    return f"{BY_OTHERS} {HANDOUT}" if visit.handout is not None else BY_OTHERS


def _hold_as_signed(pack: Pack, visit: Consultation, found: Judgement) -> Judgement:
    """Return what today's content says of a visit, never calmer than the findings kept with it."""
    if found.decision.state not in _CALM:
        return found
    kept = _decide_kept(pack, visit)
    if kept.state in _CALM:
        return found
    told = AS_SIGNED.format(headline=kept.headline)
    return replace(found, decision=replace(found.decision, state=kept.state, headline=told))


def _decide_kept(pack: Pack, visit: Consultation) -> Decision:
    """Return the box by the findings kept with a signed visit, and what was decided of them.

    What else they were is not kept: whether a change of plan resolves one its rule of today tells.
    A reason that held no more when it was signed was written down as one for nothing.
    """
    rules = {it.id: it.resolves_by for it in pack.rules}
    found = tuple(
        Finding(
            id=name,
            item="",
            severity=Severity(severity),
            resolves_by=rules.get(name, "none"),
            digest=name,
        )
        for name, severity in visit.findings.items()
        if severity in {*Severity}
    )
    worst = min((it.severity for it in found), key=lambda it: it.rank, default=Severity.CLEAR)
    kept = Screening(
        content_id=pack.id,
        content_version=visit.content_version,
        outcome=worst,
        complete=True,
        findings=found,
    )
    held = [replace(it, digest=it.id) for it in visit.overrides if it.digest]
    decided = (*held, *settle_by_cream(pack, tell_cream(pack, visit), found))
    return decide(pack, kept, overrides=decided)


def _rank(decision: Decision) -> tuple[int, date]:
    """Return how much stands in the way: by what, and to which day."""
    ends = (it.until for it in decision.findings if it.until is not None)
    return _STATES.index(decision.state), max(ends, default=date.min)
