"""What `concerns.toml` and `devices.toml` hold (planning reference 1.1, 1.3, 1.6, 2.2).

Lengths are in mm, gaps in the unit their name says. Every value keeps its source ids in `sources`
and any other basis (house rule, general knowledge, introductory article) in `marks`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from consult_app.values import dataclass, field

Band = Literal["L", "M", "H"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Depths:
    """Depths in mm."""

    min: float
    typical: float
    max: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Whole numbers: sessions, weeks or minutes."""

    min: int
    typical: int
    max: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Passes:
    """Passes of the pen."""

    min: int
    max: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From `first` to `last`, both included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """What the patient wants treated (planning reference 1.3, 1.6, 2.2).

    Attributes:
        id: Stable id.
        label: Plain name.
        group: scar, striae, rejuv, pigment or hair; picks the ceiling for the phototype.
        depth_mm: Depth range.
        passes: Passes of the pen; None when a specialist decides.
        end_point: E1 to E3, in words.
        sessions: How many.
        interval_weeks: Gap between sessions in weeks.
        areas: Offered by default.
        grade: Evidence grade A to D.
        first_change_weeks: When a change may show, in weeks after session 1.
        judge_weeks: When to judge, in weeks after the last session.
        peak_weeks: Best result, in weeks after the last session.
        indication: The screening vocabulary's word for it.
        indication_at: Another word for it in some areas.
        pigment: A pigment concern: longer sun rules.
        specialist: Only with a scar specialist.
        tells: The condition that it is, which who sees or plans to treat it has told of; empty for
            none.
        note: What to add or refer to.
    """

    id: str
    label: str
    group: str
    depth_mm: Depths
    passes: Passes | None = None
    end_point: str
    sessions: Counts
    interval_weeks: Counts
    areas: tuple[str, ...]
    grade: Literal["A", "B", "C", "D"]
    first_change_weeks: Span
    judge_weeks: int
    peak_weeks: Span
    indication: str
    indication_at: Mapping[str, str] = field(default_factory=dict)
    pigment: bool = False
    specialist: bool = False
    tells: str = ""
    note: str = ""
    sources: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A kind of device; `out_of_scope` says why it is not planned here, empty when it is."""

    id: str
    label: str
    what: str
    depth_control: str
    step_mm: float | None = None
    heads_mm: tuple[float, ...] = ()
    default: bool = False
    out_of_scope: str = ""
    note: str = ""
    sources: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceLabel:
    """One use that the label of a device profile covers."""

    id: str
    device: str
    areas: tuple[str, ...]
    concerns: tuple[str, ...]
    phototypes: tuple[int, ...]
    max_mm: float | None = None
    min_age: int | None = None
    sources: tuple[str, ...] = ()
