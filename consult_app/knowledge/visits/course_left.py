"""How far a course was gone that a return visit goes on with, and what of it is left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from consult_app.domain.plan import Plan, PlanRequest
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.protocol.pace import find_primary
from consult_app.knowledge.visits.continuing import list_done, see_change_from
from consult_app.values import dataclass, replace
from consult_app.wording import t, tn

if TYPE_CHECKING:  # a command has no records
    from consult_app.domain.consultation import Consultation

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseLeft:
    """A course in the middle of which a return visit is.

    Attributes:
        planned: How many visits it was to have.
        done: The days of those that were done, in order.
    """

    planned: int
    done: tuple[date, ...]

    @property
    def left(self) -> int:
        """How many are left."""
        return self.planned - len(self.done)


def find_left(
    pack: Pack, visit: Consultation, earlier: Iterable[Consultation]
) -> CourseLeft | None:
    """Return how far the course was gone that a return visit goes on with; None for no such course.

    It is the plan of the consultation that the visit follows, once somebody was treated by it and
    until all of it was done, or its check-up would be past at the longest interval. Where nobody
    was yet and that consultation went on with a course itself, it is that one, with as many visits
    left as were planned there. A visit that plans something else begins another one; as long as it
    plans nothing it goes on.

    Args:
        pack: The content.
        visit: The return visit.
        earlier: Treatments of the patient and consultations before this one, in any order; of those
            that nobody signed none counts.
    """
    if visit.kind != "consultation":
        return None
    signed, since = _find_course(visit, [it for it in earlier if it.state == "signed"])
    done = list_done(signed[0].follows or "", signed, visit.visit_date + _DAY) if signed else ()
    if not done:
        return None
    # Each treatment has the plan that it went by.
    request = max(signed, key=lambda it: it.visit_date).plan
    plans = [it.plan for it in (visit, *since) if it.plan.targets]
    if not request.targets or not all(_goes_on(pack, it, request) for it in plans):
        return None
    primary = find_primary(request, (it.concern for it in request.targets))
    known = pack.protocol.concern_by_id.get(primary)
    if known is None:
        return None
    asked = next((it.plan for it in since if it.plan.targets), None)
    planned = (asked or request).sessions or known.sessions.typical
    course = CourseLeft(planned=planned + len(done) if asked else planned, done=done)
    seen = timedelta(days=pack.protocol.plan.limits.review_days)
    ends = done[-1] + timedelta(weeks=known.interval_weeks.max) * course.left + seen
    return course if course.left > 0 and visit.visit_date <= ends else None


def _find_course(
    visit: Consultation, earlier: Iterable[Consultation]
) -> tuple[list[Consultation], list[Consultation]]:
    """Return the treatments by the last plan that somebody was treated by, and what planned since.

    Args:
        visit: The return visit.
        earlier: What was signed before it.
    """
    known = list(earlier)
    bases = {it.id: it for it in known if it.kind == "consultation"}
    since: list[Consultation] = []
    base_id = visit.follows
    while base_id is not None:
        records = [it for it in known if it.follows == base_id]
        if any(it.treatment is not None and it.treatment.treated for it in records):
            return [it for it in records if it.treatment is not None], since
        base = bases.pop(base_id, None)
        since += [base] if base is not None else []
        base_id = base.follows if base is not None else None
    return [], []


def leave_rest(request: PlanRequest, course: CourseLeft | None) -> PlanRequest:
    """Return a plan with as many visits as are left of its course; nothing else of it changes."""
    return replace(request, sessions=course.left) if course is not None else request


def propose_rest(
    pack: Pack, visit: Consultation, request: PlanRequest, earlier: Iterable[Consultation]
) -> PlanRequest:
    """Return the first lines of a plan with as many visits as are left of their course.

    A number that somebody wrote stays.

    Args:
        pack: The content.
        visit: The visit before it planned anything.
        request: What it plans.
        earlier: Treatments of the patient.
    """
    if visit.plan.targets or not request.targets or request.sessions is not None:
        return request
    return leave_rest(request, find_left(pack, replace(visit, plan=request), earlier))


def settle_request(asked: PlanRequest, plan: Plan | None, now: datetime) -> PlanRequest:
    """Return what a treatment goes by: as of now, with as many visits as came of what was asked.

    Once somebody was needled fewer would do than the patient was told of.
    """
    settled = len(plan.session_plan) if plan is not None and asked.sessions is not None else 0
    first = now.replace(second=0, microsecond=0)
    return replace(asked, first_session=first, sessions=settled or asked.sessions)


def tell_left(course: CourseLeft) -> str:
    """Return how many visits of a course were done and how many are left."""
    done = tn(
        "1 of {planned} visits done",
        "{n} of {planned} visits done",
        len(course.done),
        planned=course.planned,
    )
    return t("{done}: {left} left", done=done, left=course.left)


def find_agreed(visit: Consultation, earlier: Iterable[Consultation]) -> date | None:
    """Return when the patient was to come for the next treatment by what was agreed or planned.

    None where nothing was, that day is past, or something else was to come next.

    Args:
        visit: The return visit.
        earlier: Treatments and reviews of the patient, the latest first.
    """
    for it in earlier:
        told = it.treatment or it.review
        if it.follows is None or it.follows != visit.follows or it.state != "signed" or not told:
            continue
        if told.next_visit == "review" or (it.review and it.review.decision in {"change", "stop"}):
            return None
        if (day := told.next_date or it.expected_on) is not None:
            return day if day >= visit.visit_date else None
    return None


def begin_with(
    plan: Plan, course: CourseLeft | None, today: date, done: Sequence[date] = ()
) -> Plan:
    """Return a plan with when a change may be seen counted from the first visit of all, once.

    That is what the sheet says which the patient has. What is past by then is told no more.

    Args:
        plan: The plan, from the visit of today on.
        course: The course of another plan that it goes on with; None for no such course.
        today: The day of reading.
        done: The days of its own visits before.
    """
    begun = course.done if course is not None else done
    return see_change_from(plan, begun[0], today) if begun else plan


def _goes_on(pack: Pack, now: PlanRequest, before: PlanRequest) -> bool:
    """Return whether both plans treat the concern that sets the pace, the same, in the same place.

    A side beside it, or one area less, makes no other course of it.
    """
    primary, was = (find_primary(it, (at.concern for at in it.targets)) for it in (now, before))
    areas, then = (
        [it.area for it in plan.targets if it.concern == primary] for plan in (now, before)
    )
    tree = pack.protocol.areas
    return primary == was and any(tree.overlap(a, b) for a in areas for b in then)
