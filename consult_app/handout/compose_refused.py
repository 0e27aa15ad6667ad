"""A first visit on a day that is refused now: the sheet names no day that cannot be kept."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta

from consult_app.domain.plan import CareEntry, CareOffset, Plan
from consult_app.handout.compose_case import Course, day_of
from consult_app.handout.compose_course import as_moment
from consult_app.knowledge.pack import Pack
from consult_app.knowledge.waiting import find_unset
from consult_app.values import replace

_HOUR = timedelta(hours=1)


def refuse_day(pack: Pack, course: Course, made_on: date, allowed: Collection[str] = ()) -> Course:
    """Return a course without the days that its own findings rule out, and from when it may be.

    A day in a tile is what a patient keeps, whatever is said below it (planning reference 1.5).
    A plan of which visits are done is that of a day on which the patient was treated, and so is
    one against whose findings a supervisor `allowed` to treat.
    """
    found = [it for it in course.screening.findings if it.id not in allowed]
    unset = find_unset(pack, course.facts, found, course.plan, made_on)
    if unset is None or course.done:
        return course
    plan = leave_out_days(pack, course.plan)
    return replace(course, plan=plan, unset=True, soonest=unset.soonest)


def leave_out_days(pack: Pack, plan: Plan) -> Plan:
    """Return a plan whose visits have no days; its care is told by how long before and after."""
    offsets = {
        name: tuple(_list_offsets(pack, plan.care_calendar[name], moment))
        for number, moment in enumerate(plan.session_dates, 1)
        if (name := f"session_{number}") in plan.care_calendar
    }
    return replace(
        plan,
        session_dates=(),
        earliest_session_2=None,
        test_patch_date=None,
        first_visible_window=(),
        review_date=None,
        peak_window=(),
        care_calendar={},
        care_offsets=offsets,
    )


def _list_offsets(
    pack: Pack, entries: tuple[CareEntry, ...], moment: datetime
) -> Iterator[CareOffset]:
    rules = {rule.id: rule for rule in pack.protocol.care.rule}
    for entry in entries:
        rule = rules[entry.rule]
        if rule.dated:  # it has a day of its own, which goes with that of the visit
            continue
        end = entry.until or entry.last_day or entry.allowed_from or entry.start
        if rule.unit == "h":
            start, last = ((as_moment(at) - moment) // _HOUR for at in (entry.start, end))
        else:
            start, last = ((day_of(at) - moment.date()).days for at in (entry.start, end))
        yield CareOffset(rule=rule.id, unit=rule.unit, start=start, end=last)
