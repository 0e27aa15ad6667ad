"""The first day on which a next treatment may be, after one that is recorded (reference 1.4, 1.5).

Two waits are kept: the least interval of the plan, and how long skin that was needled so deep rests
by the rules of screening. A date before that is kept as written, and pointed out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from math import inf

from consult_app.domain.consultation import Consultation
from consult_app.knowledge.judgement import Judgement, find_lines, judge
from consult_app.knowledge.pack import Pack
from consult_app.knowledge.planned import depths_of_day
from consult_app.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Soonest:
    """The first day, and why no sooner.

    Attributes:
        day: The day.
        weeks: The least interval of the plan, where that is the longer wait; else 0.
        days: How long the skin rests, where that is the longer; else 0. Where both are 0 nobody was
            needled, and it is the day to which what was found moves the plan.
    """

    day: date
    weeks: int = 0
    days: int = 0


def find_too_early(
    pack: Pack, visit: Consultation, judgement: Judgement, earlier: Sequence[Consultation] = ()
) -> Soonest | None:
    """Return the first day for the next treatment where the date that is written is before it.

    Of a review it counts from the last of the `earlier` treatments, the latest first.
    """
    part = visit.treatment or visit.review
    if part is None or part.next_date is None or part.next_visit == "review":
        return None
    reviewed = visit.treatment is None
    soonest = (
        _find_since(pack, visit, earlier) if reviewed else find_soonest(pack, visit, judgement)
    )
    early = soonest is not None and visit.visit_date <= part.next_date < soonest.day
    return soonest if early else None


def _find_since(
    pack: Pack, review: Consultation, earlier: Sequence[Consultation]
) -> Soonest | None:
    """Return the first day after the last treatment before a review.

    A test patch is needling too, and no visit of the plan: only how long the skin rests counts.
    """
    treated = (it for it in earlier if it.treatment is not None and it.treatment.treated)
    done = next((it for it in treated if it.visit_date <= review.visit_date), None)
    if done is None:
        return None
    judged = judge(pack, done, today=done.visit_date)
    if review.review is not None and review.review.next_visit == "test_patch":
        days = _find_rest(pack, done, judged)
        return Soonest(day=done.visit_date + timedelta(days=days), days=days)
    return find_soonest(pack, done, judged)


def find_soonest(pack: Pack, visit: Consultation, judgement: Judgement) -> Soonest | None:
    """Return the first day for the next treatment; None while nobody said whether one was done.

    Of a depth that nobody knows the longest wait counts.
    """
    treatment, plan = visit.treatment, judgement.plan
    if treatment is None or treatment.treated is None:
        return None
    if not treatment.treated:
        days = plan.session_dates if plan is not None else ()
        return Soonest(day=days[0].date()) if days else None
    rest = _find_rest(pack, visit, judgement)
    weeks = plan.interval_weeks.min if plan is not None and plan.interval_weeks is not None else 0
    if weeks * 7 >= rest:
        return Soonest(day=visit.visit_date + timedelta(weeks=weeks), weeks=weeks)
    return Soonest(day=visit.visit_date + timedelta(days=rest), days=rest)


def _find_rest(pack: Pack, visit: Consultation, judgement: Judgement) -> int:
    """Return for how many days skin rests that was needled as deep as on that day."""
    depths = depths_of_day(judgement.plan, find_lines(visit))
    return pack.protocol.plan.find_needling_gap(max(depths.values(), default=inf))
