"""Depths, steps, intervals and days of a plan, by hand from the planning reference (1.2 to 1.5)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from consult_app.domain.plan import PlanRequest, Target
from tests.knowledge.plan_oracle.tables import (
    AIMS,
    DARK_CEILING,
    LIGHT_CEILING,
    Aim,
    Row,
    find_row,
    find_zones,
)

HEADS = (2.5, 2.0, 1.5, 1.0, 0.5)
"""Lengths of the needles of a roller (1.1)."""


@dataclass(frozen=True, kw_only=True)
class Skin:
    """What is known of the skin: its type, and whether it is thin or has melasma in an area."""

    phototype: int
    fragile: bool
    melasma: frozenset[str]
    operator_mm: float | None = None
    reasons: tuple[tuple[str, float | None], ...] = ()

    def find_reason(self, area: str) -> float | None:
        """Return how deep a written reason allows in an area; None where there is none."""
        reached = [9.0 if mm is None else mm for name, mm in self.reasons if _is_same(name, area)]
        return max(reached, default=None)

    @property
    def is_dark(self) -> bool:
        """Types IV to VI."""
        return self.phototype >= 4


def _is_same(name: str, area: str) -> bool:
    """Return whether two names, of either vocabulary, are the same area."""
    return find_zones(name) == find_zones(area)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a plan as the reference has it, and the depths of its sessions."""

    area: str
    concern: str
    floor: float
    typical: float
    cap: float
    hard: float
    first: float
    flags: frozenset[str]
    by: frozenset[str]

    def find_most(self, session: int) -> float:
        """Return the most of a session: a quarter more after each clean review."""
        return min(self.cap, self.first + 0.25 * (session - 1))


@dataclass(frozen=True, kw_only=True)
class Weeks:
    """The interval in weeks: least, usual, longest and the one that is used."""

    least: int
    usual: int
    most: int
    used: int


def round_down(mm: float) -> float:
    """Return the quarter of a millimetre at or below a depth."""
    return math.floor(mm * 4 + 1e-9) / 4


def resolve_line(target: Target, asked: PlanRequest, skin: Skin) -> Line:
    """Return the depths of one area and concern (1.4)."""
    row, aim = find_row(target.area, target.concern), AIMS[target.concern]
    limits = list_limits(target, asked, skin)
    cap = round_down(min(limits.values()))
    usual = round_down(min(max(aim.depths[1], row.least), cap))
    return Line(
        area=target.area,
        concern=target.concern,
        floor=min(max(row.least, aim.depths[0]), cap),
        typical=usual,
        cap=cap,
        hard=row.hard,
        first=min(cap, 1.0) if skin.is_dark else cap,
        flags=frozenset(_list_flags(aim, limits, cap)),
        by=frozenset(name for name, mm in limits.items() if round_down(mm) == cap),
    )


def list_limits(target: Target, asked: PlanRequest, skin: Skin) -> dict[str, float]:
    """Return what holds a depth back, each by its name (1.2 and 1.5)."""
    row, aim = find_row(target.area, target.concern), AIMS[target.concern]
    limits = {
        "area": _limit_area(row, skin, skin.find_reason(target.area)),
        "concern": aim.depths[2],
        "ceiling": (DARK_CEILING if skin.is_dark else LIGHT_CEILING)[aim.group],
        "absolute": 2.5,
    }
    thick = _limit_area(row, replace(skin, fragile=False), skin.find_reason(target.area))
    if limits["area"] < thick:
        limits["fragile"] = limits["area"]
    if asked.device_label_max_mm is not None:
        limits["device"] = asked.device_label_max_mm
    if skin.operator_mm is not None:
        limits["operator"] = skin.operator_mm
    if target.area in skin.melasma:
        limits["melasma"] = 0.5
    return limits


def _limit_area(row: Row, skin: Skin, reason: float | None) -> float:
    """Return the cap of an area: a reason goes beyond the soft one, never beyond the hard one."""
    soft, hard = (mm - (0.25 if skin.fragile and mm > 0.5 else 0) for mm in (row.soft, row.hard))
    return soft if reason is None else min(hard, max(soft, reason))


def _list_flags(aim: Aim, limits: dict[str, float], cap: float) -> Iterable[str]:
    """Yield the flags of 1.4: what is below what the concern needs, and why."""
    if aim.depths[0] > cap:
        if any(limits.get(it, 9) < aim.depths[0] for it in ("area", "melasma")):
            yield "limited_by_area"
        if any(limits.get(it, 9) < aim.depths[0] for it in ("ceiling", "device", "operator")):
            yield "limited_by_ceiling"
    if aim.depths[1] > cap:
        yield "below_usual_depth"


def plan_depth(line: Line, session: int, asked: PlanRequest) -> float:
    """Return what is needled in a session: what was asked for or is usual, as far as it may be."""
    wanted = line.typical
    if asked.depth_mm is not None:
        wanted = min(line.cap, round_down(asked.depth_mm))
    planned = min(wanted, line.find_most(session))
    if asked.device_kind == "dermaroller":
        return next((head for head in HEADS if head <= planned), planned)
    return planned


def find_sessions(aim: Aim, asked: PlanRequest) -> int:
    """Return how many visits: those asked for, as far as the concern allows."""
    least, usual, most = aim.sessions
    return usual if asked.sessions is None else max(least, min(most, asked.sessions))


def find_weeks(aim: Aim, asked: PlanRequest, *, wide: bool, deep: bool) -> Weeks:
    """Return the interval (1.4); six weeks at least in darker skin or beyond 1.5 mm."""
    least = max(aim.weeks[0], 6) if wide or deep else aim.weeks[0]
    usual, most = max(aim.weeks[1], least), max(aim.weeks[2], least)
    wanted = usual if asked.interval_weeks is None else asked.interval_weeks
    return Weeks(least=least, usual=usual, most=most, used=max(least, min(most, wanted)))


def find_band(deepest: float) -> str:
    """Return the band of a session by its deepest line."""
    if deepest <= 0.5:
        return "L"
    return "M" if deepest <= 1.0 else "H"


def list_days(first: datetime, count: int, weeks: int) -> list[datetime]:
    """Return the visits, all at the same hour of the clock."""
    days = [first.date() + timedelta(days=7 * weeks * number) for number in range(count)]
    return [datetime.combine(day, first.time()) for day in days]
