"""A signed treatment that is dated after today: how long ago it was, nobody can tell.

Nothing can be signed before its day. So the clock of the computer is wrong now, or it was wrong
then; what counts from the treatment is not known, and unknown is never no.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import date

from consult_app.domain.consultation import Consultation
from consult_app.domain.finding import Finding, Severity
from consult_app.knowledge.dates import write_day
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.screening.decision import add_relative
from consult_app.values import replace
from consult_app.wording import t

DATED_AHEAD = "dated_ahead"
ITEM = "needling_recent"
"""The question beneath which it stands."""
ACTION = t(
    "A signed treatment is dated {day}, after today. Set the clock of this computer right. If it "
    "is right, find out when that treatment was, and write it as the reason."
)


def judge_ahead(
    judge: Callable[[Consultation], Judgement],
    treated_on: Sequence[date],
    tell_day: Callable[[], date],
) -> Callable[[Consultation], Judgement]:
    """Return what judges an unfinished visit, beside treatments that are dated after today.

    Args:
        judge: What judges it otherwise.
        treated_on: The days of the patient's other signed treatments.
        tell_day: Tells today by the clock.
    """
    latest = max(treated_on, default=date.min)

    def judge_all(visit: Consultation) -> Judgement:
        found = judge(visit)
        if visit.state == "signed" or latest <= tell_day():
            return found
        told = _find_ahead(latest)
        return replace(found, decision=add_relative(found.decision, told, visit.overrides))

    return judge_all


def _find_ahead(day: date) -> Finding:
    return Finding(
        id=DATED_AHEAD,
        item=ITEM,
        severity=Severity.RELATIVE,
        resolves_by="clearance",
        action=ACTION.format(day=write_day(day)),
        digest=hashlib.sha256(day.isoformat().encode()).hexdigest(),
    )
