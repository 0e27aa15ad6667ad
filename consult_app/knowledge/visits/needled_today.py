"""What was needled and agreed on the day of a sheet, in the place of what was planned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from math import inf
from typing import TYPE_CHECKING

from consult_app.domain.plan import NeedledToday, Plan
from consult_app.knowledge.dates import write_day
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.care_running import find_band
from consult_app.knowledge.visits.continuing import move_from, move_hours, move_next
from consult_app.values import replace
from consult_app.wording import t

if TYPE_CHECKING:  # a command has no records
    from consult_app.domain.consultation import Consultation
    from consult_app.domain.treatment import Treatment

DEEPER = t(
    "Needled was {depth} mm, deeper than this sheet counts on: its care after the visit is too "
    "short. Tell the patient the care of that depth."
)
NEXT = t(
    "This sheet has the next visit on {planned}; by this record it is on {day}. Tell the patient "
    "the dates that follow from it."
)
CHECK_UP = t("This sheet has the check-up on {planned}; by this record it is on {day}.")
HARMED = t(
    "A side effect is told here and no next date is agreed. Tell the patient that the dates on "
    "this sheet may change."
)
_BANDS = "LMH"


def tell_needled(visit: Consultation | None, done: Sequence[date]) -> NeedledToday | None:
    """Return what was needled, or is to be, where a consultation is told for a treatment of it.

    Args:
        visit: The consultation, renewed for that treatment.
        done: The days of the treatments before, by the same plan.
    """
    treatment = visit.treatment if visit is not None else None
    if treatment is None:
        return None
    lines = treatment.lines
    written = tuple((it.area, it.concern, it.depth_mm) for it in lines if it.depth_mm is not None)
    return NeedledToday(session=len(done) + 1, depths=written)


def date_next(pack: Pack, plan: Plan, visit: Consultation | None) -> Plan:
    """Return a plan from a treatment on, with its next visit on the day that was agreed.

    Where none was, it is not before the skin may be needled again after what was needled. After the
    last visit of a plan it is the check-up that has the day agreed.
    """
    treatment = visit.treatment if visit is not None else None
    if visit is None or treatment is None or not treatment.treated or not plan.session_dates:
        return plan
    agreed = treatment.next_date
    last = len(plan.session_dates) == 1
    wanted = "review" if last else "treatment"
    # A day before the visit is a slip, such as the old year, and no day that anybody agreed to.
    if (
        agreed is not None
        and agreed > visit.visit_date
        and (treatment.next_visit or wanted) == wanted
    ):
        return _pass_event(pack, move_next(plan, agreed), visit)
    if last:
        return plan
    depth = treatment.deepest_mm
    rest = pack.protocol.plan.find_needling_gap(inf if depth is None else depth)
    soonest = visit.visit_date + timedelta(days=rest)
    day = max(soonest, plan.session_dates[1].date())
    return _pass_event(pack, move_next(plan, day), visit, begin=1)


def _pass_event(pack: Pack, plan: Plan, visit: Consultation, *, begin: int = 2) -> Plan:
    """Return a plan none of whose later visits is too near before the event (reference 1.4).

    A visit that would be comes after it, and all that follow as far on. A next one that was agreed
    stays, and is told where it is written: then it begins with the one after that.
    """
    event, rule = visit.plan.event_date, pack.protocol.plan.event_buffer
    if event is None:
        return plan
    dark = visit.facts.phototype in rule.dark_phototypes
    for place in range(begin, len(plan.session_dates)):
        day = plan.session_dates[place].date()
        days = rule.dark_days if dark else rule.days[plan.session_plan[place].intensity_band]
        if day <= event < day + timedelta(days=days):
            plan = move_from(plan, place, event + timedelta(days=1) - day)
    return plan


def begin_then(plan: Plan, visit: Consultation | None) -> Plan:
    """Return a plan from a treatment on, with that at the moment at which it was begun.

    Its care counts from then, to the hour. All later visits stay at the hour that was agreed.

    Args:
        plan: The plan.
        visit: The consultation, renewed for that treatment.
    """
    renewed = visit is not None and visit.kind == "consultation" and visit.treatment is not None
    if visit is None or not renewed or not plan.session_dates:
        return plan
    planned, *later = plan.session_dates
    if planned.date() != visit.started_at.date():
        return plan  # its rules have it count from another day
    name, by = "session_1", visit.started_at - planned
    care = tuple(move_hours(it, by) for it in plan.care_calendar.get(name, ()))
    dates, calendar = (visit.started_at, *later), {**plan.care_calendar, name: care}
    return replace(plan, session_dates=dates, care_calendar=calendar)


def tell_outdone(pack: Pack, plan: Plan | None, place: int, visit: Consultation) -> str:
    """Return what of a sheet a treatment on its very day has overtaken; empty for nothing.

    Args:
        pack: The content.
        plan: What the sheet was made from.
        place: Which of its visits the treatment is, from 0.
        visit: The treatment.
    """
    treatment = visit.treatment
    if plan is None or treatment is None or not treatment.treated:
        return ""
    depth, sessions = treatment.deepest_mm, plan.session_plan[place:]
    if depth is not None and sessions:
        bands = (sessions[0].intensity_band, find_band(pack, depth))
        if _BANDS.index(bands[0]) < _BANDS.index(bands[1]):
            return DEEPER.format(depth=f"{depth:g}")
    left = replace(plan, session_dates=plan.session_dates[place:], session_plan=sessions)
    agreed = date_next(pack, left, visit)
    if agreed.session_dates[1:2] != left.session_dates[1:2]:
        planned, day = (it.session_dates[1].date() for it in (left, agreed))
        return NEXT.format(planned=write_day(planned), day=write_day(day))
    if agreed.review_date and left.review_date and agreed.review_date != left.review_date:
        planned, day = left.review_date, agreed.review_date
        return CHECK_UP.format(planned=write_day(planned), day=write_day(day))
    return HARMED if is_harmed(treatment) else ""


def is_harmed(treatment: Treatment) -> bool:
    """Return whether a side effect was told and no next date was agreed."""
    return treatment.adverse == "described" and treatment.next_date is None
