"""A first visit on a day that is refused now: the sheet names no day that cannot be kept."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from consult_app.handout.compose_case import Course
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.undated import leave_out_days
from consult_app.knowledge.visits.waiting import find_unset
from consult_app.values import replace


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
