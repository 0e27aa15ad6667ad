"""The resolver: how deep each line may go, in exact hundredths of a millimetre (reference 1.4)."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import cast

from consult_app.domain.plan import Adjustment, PlanLine, SessionDepth, SessionPlan, Target
from consult_app.knowledge.areas import DepthCaps
from consult_app.knowledge.planning.request import Order
from consult_app.knowledge.protocol.concern import Band, Concern
from consult_app.knowledge.protocol.protocol import Protocol
from consult_app.values import dataclass, replace

_AREA_LIMITS = ("area", "melasma")
_OTHER_LIMITS = ("ceiling", "device", "operator", "absolute")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One area and concern with its depths in hundredths of a millimetre.

    Attributes:
        floor: Least depth that suits the area and concern.
        typical: Usual depth.
        cap: Greatest depth.
        hard: The area's hard cap.
        reach: Greatest depth once the area's soft cap is set aside with a reason.
        first_max: Greatest depth in session 1.
        wanted: Depth asked for within the cap, or the usual depth.
        limit: Name of the limit that sets the cap.
        cap_by, reach_by, first_by: Names of all that set the cap, the reach and `first_max`.
        flags: limited_by_area, limited_by_ceiling, below_usual_depth.
    """

    target: Target
    concern: Concern
    floor: int
    typical: int
    cap: int
    hard: int
    reach: int
    first_max: int
    wanted: int
    limit: str
    flags: tuple[str, ...]
    cap_by: tuple[str, ...]
    reach_by: tuple[str, ...]
    first_by: tuple[str, ...]


@lru_cache(maxsize=256)
def hundredths(mm: float) -> int:
    """Return a depth in mm as whole hundredths, rounded down, so that no limit is ever passed."""
    return int(Decimal(str(mm)) * 100)


def millimetres(depth: int) -> float:
    """Return hundredths as mm."""
    return depth / 100


def holds_line(protocol: Protocol, limit_mm: float, reach_mm: float) -> bool:
    """Return whether a limit is what nothing goes deeper for, rounded down as depths are."""
    step = hundredths(protocol.plan.limits.step_mm)
    return hundredths(limit_mm) < hundredths(reach_mm) + step


def resolve_lines(order: Order) -> tuple[Line, ...]:
    """Return every line of the plan with its depths."""
    return tuple(_resolve_line(order, target) for target in order.targets)


def ceiling_in(order: Order, line: Line, session: int) -> int:
    """Return the greatest depth in a session; later steps need a clean skin check."""
    rise = hundredths(order.protocol.plan.ladder.rise_mm)
    return min(line.cap, line.first_max + rise * (session - 1))


def planned_in(order: Order, line: Line, session: int) -> int:
    """Return the planned depth in a session, rounded down to what the device can be set to."""
    return round_for_device(order, min(line.wanted, ceiling_in(order, line, session)))


def round_for_device(order: Order, depth: int) -> int:
    """Return the dial step or roller head at or below `depth`; `depth` when there is none."""
    if order.device.heads_mm:
        heads = (hundredths(head) for head in order.device.heads_mm)
        return max((head for head in heads if head <= depth), default=depth)
    return _round_down(depth, _step(order)) or depth


def plan_sessions(order: Order, lines: tuple[Line, ...], count: int) -> tuple[SessionPlan, ...]:
    """Return the depths and the intensity band of each session."""
    return tuple(_plan_session(order, lines, session) for session in range(1, count + 1))


def describe_line(order: Order, line: Line) -> PlanLine:
    """Return the line as the plan shows it, under the area id the case used."""
    first = round_for_device(order, min(line.typical, line.first_max))
    return PlanLine(
        area=line.target.area,
        concern=line.concern.id,
        floor_mm=millimetres(line.floor),
        typical_mm=millimetres(line.typical),
        cap_mm=millimetres(line.cap),
        hard_cap_mm=millimetres(line.hard),
        session1_max_mm=millimetres(line.first_max),
        session1_typical_mm=millimetres(first),
        reach_mm=millimetres(line.reach),
        flags=line.flags,
        cap_by=line.cap_by,
        reach_by=line.reach_by,
        first_by=line.first_by,
    )


def find_depth_changes(order: Order, lines: tuple[Line, ...]) -> tuple[Adjustment, ...]:
    """Return where the depth asked for is not the depth used."""
    asked = order.request.depth_mm
    if asked is None:
        return ()
    changes = []
    for line in lines:
        used = millimetres(round_for_device(order, line.wanted))
        if used != asked:
            reason = _explain(order, line, hundredths(asked))
            changes.append(Adjustment(field="depth_mm", requested=asked, used=used, reason=reason))
    return tuple(changes)


def band_of(order: Order, deepest: int) -> Band:
    """Return the intensity band of a session by its deepest line in hundredths."""
    limits = order.protocol.plan.limits
    if deepest <= hundredths(limits.band_light_mm):
        return "L"
    return "M" if deepest <= hundredths(limits.band_medium_mm) else "H"


def _plan_session(order: Order, lines: tuple[Line, ...], session: int) -> SessionPlan:
    depths = tuple(
        SessionDepth(
            area=line.target.area,
            concern=line.concern.id,
            planned_mm=millimetres(planned_in(order, line, session)),
            ceiling_mm=millimetres(ceiling_in(order, line, session)),
        )
        for line in lines
    )
    deepest = max((planned_in(order, line, session) for line in lines), default=0)
    return SessionPlan(session=session, intensity_band=band_of(order, deepest), depths=depths)


def _resolve_line(order: Order, target: Target) -> Line:
    concern = order.concern(target)
    # Lines without caps were taken out when the request was settled.
    caps = cast("DepthCaps", order.protocol.areas.caps(target.area, among=concern.areas))
    limits = _list_limits(order, target, concern, caps)
    cap = _round_down(min(limits.values()), _step(order))
    most = {**limits, "area": _spare_fragile(order, hundredths(caps.hard))}
    thick = replace(order, fragile=False)
    usual = hundredths(concern.depth_mm.typical)
    typical = _round_down(min(max(usual, hundredths(caps.min)), cap), _step(order))
    least = hundredths(concern.depth_mm.min)
    return Line(
        target=target,
        concern=concern,
        floor=min(max(hundredths(caps.min), least), cap),
        typical=typical,
        cap=cap,
        hard=hundredths(caps.hard),
        reach=_round_down(min(most.values()), _step(order)),
        first_max=_first_max(order, cap),
        wanted=_find_wanted(order, typical, cap),
        limit=min(limits, key=lambda name: limits[name]),
        flags=tuple(_find_flags(order, limits, least, below_usual=usual > cap)),
        cap_by=_find_lowest(order, limits, _area_limit(thick, target.area, caps)),
        reach_by=_find_lowest(order, most, hundredths(caps.hard)),
        first_by=("ladder",) if _first_max(order, cap) < cap else (),
    )


def _find_lowest(order: Order, limits: dict[str, int], thick: int) -> tuple[str, ...]:
    """Return the names of the limits that hold a depth, and of thin skin where it lowered one.

    Args:
        order: What was asked for.
        limits: The limits by name.
        thick: The area's limit where the skin is not thin.
    """
    rounded = {name: _round_down(limit, _step(order)) for name, limit in limits.items()}
    least = min(rounded.values())
    found = [name for name, limit in rounded.items() if limit == least]
    spared = "area" in found and limits["area"] < thick
    return (*found, "fragile") if spared else (*found,)


def _list_limits(order: Order, target: Target, concern: Concern, caps: DepthCaps) -> dict[str, int]:
    plan = order.protocol.plan
    limits = {
        "area": _area_limit(order, target.area, caps),
        "concern": hundredths(concern.depth_mm.max),
        "ceiling": hundredths(order.protocol.ceiling_mm(concern.group, order.phototype)),
        "absolute": hundredths(plan.limits.absolute_mm),
    }
    if order.request.device_label_max_mm is not None:
        limits["device"] = hundredths(order.request.device_label_max_mm)
    if order.limits.operator_max_mm is not None:
        limits["operator"] = hundredths(order.limits.operator_max_mm)
    if order.melasma_in(target.area):
        limits["melasma"] = hundredths(plan.limits.melasma_mm)
    return limits


def _area_limit(order: Order, area: str, caps: DepthCaps) -> int:
    """Return the soft cap, or where it is set aside the depth for which that was done."""
    name_of = order.protocol.areas.normalise
    deeper = {name_of(name): most for name, most in order.limits.deeper_areas}
    soft = _spare_fragile(order, hundredths(caps.soft))
    if name_of(area) not in deeper:
        return soft
    hard, most = _spare_fragile(order, hundredths(caps.hard)), deeper[name_of(area)]
    return hard if most is None else min(hard, max(soft, hundredths(most)))


def _spare_fragile(order: Order, limit: int) -> int:
    """Return an area's limit, less where the skin is thin."""
    rules = order.protocol.plan.limits
    if order.fragile and limit > hundredths(rules.fragile_above_mm):
        limit -= hundredths(rules.fragile_less_mm)
    return limit


def _first_max(order: Order, cap: int) -> int:
    if not order.dark:
        return cap
    return min(cap, hundredths(order.protocol.plan.ladder.first_session_mm))


def _find_wanted(order: Order, typical: int, cap: int) -> int:
    if order.request.depth_mm is None:
        return typical
    asked = _round_down(hundredths(order.request.depth_mm), _step(order))
    return min(max(asked, _step(order)), cap)


def _find_flags(
    order: Order, limits: dict[str, int], least: int, *, below_usual: bool
) -> list[str]:
    step = _step(order)
    rounded = {name: _round_down(limit, step) for name, limit in limits.items()}
    found = []
    if any(rounded.get(name, least) < least for name in _AREA_LIMITS):
        found.append("limited_by_area")
    if any(rounded.get(name, least) < least for name in _OTHER_LIMITS):
        found.append("limited_by_ceiling")
    if below_usual:
        found.append("below_usual_depth")
    return found


def _explain(order: Order, line: Line, asked: int) -> str:
    area = order.label(line.target.area)
    cap = f"{millimetres(line.cap):g}"
    if asked > line.cap:
        refused = line.limit == "area" and asked > line.hard
        return order.reason(
            "area_hard" if refused else line.limit,
            area=area,
            cap=cap,
            hard=f"{millimetres(line.hard):g}",
            concern=line.concern.label,
        )
    return order.reason("smallest" if asked < _step(order) else "step", area=area)


def _step(order: Order) -> int:
    return hundredths(order.protocol.plan.limits.step_mm)


def _round_down(depth: int, step: int) -> int:
    return depth // step * step
