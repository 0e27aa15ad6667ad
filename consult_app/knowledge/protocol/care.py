"""What `care.toml` holds: before-care and aftercare as offsets from a session (reference 3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from consult_app.values import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Trait:
    """Something about a plan that care rules depend on; it holds when any of its tests does.

    Attributes:
        id: Named by rules.
        areas: Any planned area overlaps one of these.
        areas_unless_female: The same, unless the patient's recorded sex is F.
        outside_region: Any planned area lies outside this region.
        phototypes: The patient's phototype is one of these.
        pigment: Any pigment concern is planned, or melasma lies in a planned area.
        melasma: Melasma is planned or lies in a planned area.
        found: Named by the plan itself: facial_cold_sores or test_patch.
    """

    id: str
    areas: tuple[str, ...] = ()
    areas_unless_female: tuple[str, ...] = ()
    outside_region: str = ""
    phototypes: tuple[int, ...] = ()
    pigment: bool = False
    melasma: bool = False
    found: Literal["", "facial_cold_sores", "test_patch"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CareRule:
    """One thing to do or avoid.

    Attributes:
        id: Stable id.
        phase: Before or after the session.
        kind: Do or avoid.
        what: In plain words.
        without_tablets: The same for whom the prescriber wants no antiviral tablets; empty where
            it is no other.
        tablets: What it says of them, by itself.
        unit: h counts wall-clock hours from the start, d counts days from the date.
        start: First hour or day.
        start_dark: The same while the trait `dark` holds.
        end: Last hour or day by intensity band.
        end_dark: The same while the trait `dark` holds.
        melasma_end: What a note of the reference says of the creams for melasma; the patient is
            told it where it is longer.
        dark: Trait that picks the dark values.
        applies: Traits of which one must hold; empty when it always applies.
        joins: Rules around the next session that are about the same thing. Where one begins before
            this one ends, both are one wait with the later end (planning reference 3.1).
        names: Other rules before a session whose things its words name as well.
        follows: A rule by the hour; this one begins when that has ended.
        dated: Named by the plan: the rule falls on that day, once.
        minimum: Shortest end a clinic may set.
        diary: Goes into the calendar file.
        headline: One of the few that are talked through with the patient.
        by_clinic: The clinic does it, which it promises only for a treatment of its own.
        note: For the practitioner.
    """

    id: str
    phase: Literal["before", "after"]
    kind: Literal["do", "avoid"]
    what: str
    without_tablets: str = ""
    tablets: str = ""
    unit: Literal["h", "d"]
    start: int
    start_dark: int | None = None
    end: Mapping[str, int]
    end_dark: int | None = None
    melasma_end: Mapping[str, int] = field(default_factory=dict)
    dark: str = ""
    applies: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    follows: str = ""
    dated: Literal["", "test_patch"] = ""
    minimum: int | None = None
    diary: bool = False
    headline: bool = False
    by_clinic: bool = False
    note: str = ""
    sources: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A disagreement to keep visible beside the rules."""

    text: str
    sources: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CareRules:
    """Everything in `care.toml`."""

    trait: tuple[Trait, ...]
    rule: tuple[CareRule, ...]
    remark: tuple[Remark, ...] = ()
