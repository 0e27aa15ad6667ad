"""A treatment that is dated before the consultation that it follows.

One of both days is wrong, or it followed another. Nobody but a person can tell, so the box is not
green, and a record of what was done is locked with its reason.
"""

from __future__ import annotations

from collections.abc import Callable

from consult_app.domain.consultation import Consultation
from consult_app.domain.decision import DecisionState
from consult_app.knowledge.dates import write_day
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.visits.beyond import Beyond
from consult_app.values import replace
from consult_app.wording import t

DAY = "day"
"""The part of a record that its day is, beside those with limits."""
BEFORE = t("Dated before the consultation of {day} that it follows")
ADVICE = t("Correct the date of the visit in its details, or say why on Treatment.")


def tell_before(visit: Consultation, last: Consultation | None) -> str:
    """Return that a treatment is dated before the consultation it follows; empty where it is not.

    A signed record tells what was done, and is told with its reason.
    """
    treats = visit.kind == "treatment" and visit.state != "signed"
    if last is None or not treats or visit.visit_date >= last.visit_date:
        return ""
    return BEFORE.format(day=write_day(last.visit_date))


def judge_day(
    last: Consultation | None, judge: Callable[[Consultation], Judgement]
) -> Callable[[Consultation], Judgement]:
    """Return what judges a treatment, and whether its day can be right.

    Args:
        last: The consultation that it follows.
        judge: What judges it otherwise; what refuses it already is said first.
    """

    def judge_all(visit: Consultation) -> Judgement:
        found = judge(visit)
        told = tell_before(visit, last)
        if not told:
            return found
        decision = replace(found.decision, dated_before=told)
        if not decision.blocks_treatment:
            unread = f"{decision.headline}. {decision.advice}" if decision.visit else ""
            advice = " ".join(filter(None, (ADVICE, unread)))
            state = DecisionState.RELATIVE
            decision = replace(decision, state=state, headline=told, advice=advice)
        return replace(found, decision=decision)

    return judge_all


def find_day(visit: Consultation, judgement: Judgement | None) -> tuple[Beyond, ...]:
    """Return that the day of a treatment asks for a reason; nothing where nobody was treated."""
    told = judgement.decision.dated_before if judgement is not None else ""
    if not told or visit.treatment is None or visit.treatment.treated is False:
        return ()
    what = write_day(visit.visit_date)
    return (Beyond(part=DAY, what=what, words=told, name=visit.visit_date.isoformat()),)
