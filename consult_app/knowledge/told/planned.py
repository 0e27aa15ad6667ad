"""What a plan says of the first session, as the screening is asked about it, and of the cream."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from consult_app.domain.history import Condition, Facts
from consult_app.domain.plan import Plan, PlanRequest, SessionPlan, Target
from consult_app.knowledge.areas import AreaTree
from consult_app.knowledge.pack.pack import Pack
from consult_app.values import replace

if TYPE_CHECKING:  # a command has no records
    from consult_app.domain.consultation import Consultation

_MELASMA = "melasma"
_FACE = "face"
"""Where the reference plans for melasma (planning reference 1.6)."""


def deepest_first(plan: Plan) -> float | None:
    """Return the deepest planned depth of the first session in mm, None without lines."""
    if not plan.session_plan:
        return None
    return max((depth.planned_mm for depth in plan.session_plan[0].depths), default=None)


def first_depths(plan: Plan) -> dict[str, float]:
    """Return the deepest planned depth of the first session in mm, by area."""
    return depths_of(plan.session_plan[0]) if plan.session_plan else {}


def depths_of(session: SessionPlan) -> dict[str, float]:
    """Return the deepest planned depth of a session in mm, by area."""
    depths: dict[str, float] = {}
    for line in session.depths:
        depths[line.area] = max(line.planned_mm, depths.get(line.area, 0.0))
    return depths


def list_first(plan: Plan) -> dict[tuple[str, str], float]:
    """Return the planned depth of the first session in mm, by area and concern."""
    first = plan.session_plan[0].depths if plan.session_plan else ()
    return {(it.area, it.concern): it.planned_mm for it in first}


def depths_of_day(plan: Plan | None, lines: Iterable[tuple[str, float | None]]) -> dict[str, float]:
    """Return the deepest depth in mm by area, as a treatment is to go or went.

    Args:
        plan: The plan of the day; its first session stands for a line without a depth.
        lines: Areas and depths of the treatment, as offered or as written.
    """
    depths = first_depths(plan) if plan is not None else {}
    told: dict[str, float] = {}
    for area, written in lines:
        depth = depths.get(area) if written is None else written
        if depth is not None:
            told[area] = max(depth, told.get(area, 0.0))
    return depths | told


def add_treated(tree: AreaTree, visit: Consultation) -> PlanRequest:
    """Return the plan of a visit with the lines of its treatment that the plan lacks.

    A record from elsewhere may hold some, and what is needled is judged like all that is planned.
    """
    plan = visit.plan
    planned = {(tree.normalise(it.area), it.concern) for it in plan.targets}
    lines = visit.treatment.lines if visit.treatment is not None else ()
    named = dict.fromkeys((tree.normalise(it.area), it.concern) for it in lines if it.concern)
    more = tuple(Target(area=area, concern=it) for area, it in named if (area, it) not in planned)
    return replace(plan, targets=(*plan.targets, *more)) if more else plan


def add_planned(facts: Facts, tree: AreaTree, targets: tuple[Target, ...]) -> Facts:
    """Return the facts with the melasma that only the plan tells of.

    Who plans to treat it, or says that it lies where something else is treated, has told of it.
    """
    known = [zone for it in facts.conditions if it.code == _MELASMA for zone in it.zones or ()]
    seen = (it.area for it in targets if it.melasma_here or it.concern == _MELASMA)
    new = (area for area in seen if not any(tree.overlap(area, zone) for zone in known))
    zones = tuple(dict.fromkeys(new))
    if not zones:
        return facts
    told = Condition(code=_MELASMA, zones=zones)
    return replace(facts, conditions=(*facts.conditions, told))


def has_place_for_melasma(tree: AreaTree, target: Target) -> bool:
    """Return whether a line may be asked whether melasma lies there beside what is treated.

    A line for melasma says so itself. What was said of another part of the body can be taken back.
    """
    if target.concern == _MELASMA:
        return False
    return target.melasma_here or tree.overlap(target.area, _FACE)


def plan_facts(facts: Facts, plan: Plan) -> Facts:
    """Return the facts at the areas, first day and deepest first depth of a plan."""
    areas = tuple(dict.fromkeys(line.area for line in plan.lines))
    first = plan.session_dates[0].date() if plan.session_dates else facts.treatment_date
    depth = deepest_first(plan)
    return replace(facts, zones=areas or facts.zones, depth_mm=depth, treatment_date=first)


def name_addons(pack: Pack, request: PlanRequest, plan: Plan | None) -> list[str]:
    """Return by name what goes on the needled skin, without what the plan left out."""
    changes = plan.adjustments if plan else ()
    left_out = {it.requested for it in changes if it.field.startswith("addons")}
    topicals = pack.protocol.plan.topical
    known = {name: it.short or it.label for it in topicals for name in (it.id, *it.also)}
    return [known.get(it, it) for it in request.addons if it not in left_out]


def find_cream(request: PlanRequest, plan: Plan | None) -> str | None:
    """Return the numbing cream that a plan has kept or put in its place; None for none.

    One without a name is an empty text. Without a plan the cream asked for stands.
    """
    asked = request.numbing
    if asked is None:
        return None
    changes = plan.adjustments if plan else ()
    swaps = [item.used for item in changes if item.field == "numbing.product"]
    chosen = swaps[-1] if swaps else asked.product or ""
    return None if chosen in (None, "none") else str(chosen)


def name_numbing(pack: Pack, code: str | None) -> str:
    """Return what a numbing cream is called; empty for none."""
    known = next((it for it in pack.protocol.plan.numbing if code in (it.id, *it.also)), None)
    if known is None:
        return code or ""
    return "" if known.id == "none" else known.label


def find_cream_minutes(request: PlanRequest, plan: Plan | None) -> float | None:
    """Return how long the plan leaves the cream on; None where that was not said.

    What was said of a cream that another has replaced does not count for the other.
    """
    asked = request.numbing
    changes = plan.adjustments if plan else ()
    if asked is None or any(item.field == "numbing.product" for item in changes):
        return None
    used = [item.used for item in changes if item.field == "numbing.minutes"]
    return float(str(used[-1])) if used else asked.minutes
