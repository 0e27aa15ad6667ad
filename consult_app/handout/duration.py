"""How long a visit takes, as the sheet and its dates tell it."""

from __future__ import annotations

from consult_app.domain.plan import Plan, Target
from consult_app.handout.compose_case import Course, list_addons
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.numbing import PACK_LIMITS
from consult_app.knowledge.planning.outlook import VisitTime, numbing_minutes, visit_minutes
from consult_app.knowledge.protocol.concern import Span
from consult_app.knowledge.told.planned import find_cream, find_cream_minutes


def find_duration(pack: Pack, course: Course) -> VisitTime:
    """Return how long each visit of a course takes.

    A cream that the plan put in the place of another, and whose limits nobody typed in yet, is not
    named on the sheet: how long a visit takes without one is then the least.
    """
    if _waits_for_limits(course.plan):
        bare = _find_time(pack, course, None).minutes.first
        return VisitTime(minutes=Span(first=bare, last=bare), least=True)
    return _find_time(pack, course, find_cream(course.request, course.plan))


def _waits_for_limits(plan: Plan) -> bool:
    """Return whether a cream was put in the place of another, without the limits of its pack."""
    swapped = any(item.field == "numbing.product" for item in plan.adjustments)
    return swapped and any(note.id == PACK_LIMITS for note in plan.warnings)


def _find_time(pack: Pack, course: Course, used: str | None) -> VisitTime:
    wait = numbing_minutes(
        pack.protocol,
        "none" if used is None else used,
        planned=find_cream_minutes(course.request, course.plan),
        atopic=any(
            it.code == "eczema" and it.atopic is not False for it in course.facts.conditions
        ),
    )
    return visit_minutes(
        pack.protocol,
        tuple(Target(area=line.area, concern=line.concern) for line in course.plan.lines),
        wait=wait,
        prp="prp" in list_addons(course),
        sides=course.sides,
    )
