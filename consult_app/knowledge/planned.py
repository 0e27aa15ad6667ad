"""What a plan says of the first session, as the screening is asked about it."""

from __future__ import annotations

from consult_app.domain.history import Facts
from consult_app.domain.plan import Plan
from consult_app.values import replace


def deepest_first(plan: Plan) -> float | None:
    """Return the deepest planned depth of the first session in mm, None without lines."""
    if not plan.session_plan:
        return None
    return max((depth.planned_mm for depth in plan.session_plan[0].depths), default=None)


def first_depths(plan: Plan) -> dict[str, float]:
    """Return the deepest planned depth of the first session in mm, by area."""
    depths: dict[str, float] = {}
    for line in plan.session_plan[0].depths if plan.session_plan else ():
        depths[line.area] = max(line.planned_mm, depths.get(line.area, 0.0))
    return depths


def plan_facts(facts: Facts, plan: Plan) -> Facts:
    """Return the facts at the areas, first day and deepest first depth of a plan."""
    areas = tuple(dict.fromkeys(line.area for line in plan.lines))
    first = plan.session_dates[0].date() if plan.session_dates else facts.treatment_date
    depth = deepest_first(plan)
    return replace(facts, zones=areas or facts.zones, depth_mm=depth, treatment_date=first)
