"""How long a visit takes, as the sheet and its dates tell it."""

from __future__ import annotations

from consult_app.domain.plan import Target
from consult_app.handout.compose_case import Course, list_addons
from consult_app.knowledge.outlook import VisitTime, numbing_minutes, visit_minutes
from consult_app.knowledge.pack import Pack
from consult_app.knowledge.planned import find_cream, find_cream_minutes


def find_duration(pack: Pack, course: Course) -> VisitTime:
    """Return how long each visit of a course takes."""
    used = find_cream(course.request, course.plan)
    wait = numbing_minutes(
        pack.protocol,
        "none" if used is None else used,
        planned=find_cream_minutes(course.request, course.plan),
        atopic=any(it.code == "eczema" and it.atopic for it in course.facts.conditions),
    )
    return visit_minutes(
        pack.protocol,
        tuple(Target(area=line.area, concern=line.concern) for line in course.plan.lines),
        wait=wait,
        prp="prp" in list_addons(course),
        sides=course.sides,
    )
