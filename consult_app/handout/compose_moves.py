"""Why the first visit is not on the day that was asked for, or cannot be yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from consult_app.domain.finding import Severity
from consult_app.handout.compose_case import Course
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.screening.screening import screen
from consult_app.knowledge.told.planned import add_planned, first_depths, plan_facts
from consult_app.values import replace

EVENT = "event_buffer"
"""Warning of a plan whose visits would fall too close before the patient's event."""


def list_moves(pack: Pack, course: Course, made_on: date) -> Iterator[str]:
    """Yield the event, and the findings that wait until after the day asked for, or today.

    On the day that the visit has been moved to they are over, and no finding any more.
    """
    plan, asked = course.plan, course.request.first_session
    if plan.earliest_first_session is None:
        return
    day = asked.date() if asked else made_on
    if any(note.id == EVENT for note in plan.warnings):
        yield EVENT
    told = add_planned(course.facts, pack.protocol.areas, course.request.targets)
    facts = replace(plan_facts(told, plan), treatment_date=day)
    for found in screen(pack, facts, today=made_on, depths=first_depths(plan)).findings:
        if found.severity is Severity.DEFER and found.until and found.until > day:
            yield found.id
