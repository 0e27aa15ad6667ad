"""What `plan.toml` holds (planning reference 1.2 to 1.12).

Lengths are in mm, gaps in the unit their name says. Every value keeps its source ids in `sources`
and any other basis (house rule, general knowledge, introductory article) in `marks`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from consult_app.knowledge.protocol.concern import Counts, Span
from consult_app.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers of the extra cap rules (planning reference 1.2) and of the intensity bands (1.4)."""

    step_mm: float
    absolute_mm: float
    face_unevaluated_mm: float
    fragile_less_mm: float
    fragile_above_mm: float
    fragile_age: int
    fragile_conditions: tuple[str, ...]
    fragile_medicines: tuple[str, ...]
    melasma_mm: float
    band_light_mm: float
    band_medium_mm: float
    review_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """How darker skin starts low and rises (planning reference 1.4, 1.5).

    `end_point` is the strongest, but for the groups of concerns that are `end_point_free`.
    """

    phototypes: tuple[int, ...]
    first_session_mm: float
    rise_mm: float
    cap_from_mm: float
    min_interval_weeks: int
    fewer_passes: int
    end_point: str
    end_point_free: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeepGap:
    """The longer interval that any planned depth above `above_mm` asks for."""

    above_mm: float
    min_interval_weeks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TestPatchRule:
    """When a test patch is advised or required, by phototype, and by which rules of screening."""

    days_before: int
    depth_from_mm: float
    advise: tuple[int, ...]
    require: tuple[int, ...]
    asked_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparing:
    """The weeks of preparation before the first visit that the action of a rule asks for."""

    rule: str
    weeks: Span
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventBuffer:
    """Days from a session or test patch to a big event."""

    days: Mapping[str, int]
    dark_phototypes: tuple[int, ...]
    dark_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedlingGap:
    """Days after a needling `below_mm` or `up_to_mm` deep; with neither, of any depth."""

    days: int
    below_mm: float | None = None
    up_to_mm: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """Depth ceilings of a concern group for phototypes I to VI."""

    group: str
    by_phototype_mm: tuple[float, ...]
    sources: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule, end point, technique or step in words."""

    text: str
    id: str = ""
    note: str = ""
    sources: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScarAge:
    """How old a scar should be before it is needled."""

    concern: str
    months: int
    text: str
    sources: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbingProduct:
    """A numbing cream with its limits; a limit of None is not known here."""

    id: str
    label: str
    wait_minutes: Counts | None = None
    also: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()
    max_grams: float | None = None
    max_area_cm2: float | None = None
    max_minutes: float | None = None
    eczema_max_minutes: float | None = None
    max_grams_per_10_cm2: float | None = None
    pack_limits: bool = False
    unlicensed: bool = False
    note: str = ""
    sources: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbingSwap:
    """Ingredients that a finding forbids, and the cream used instead.

    Attributes:
        finding: Rule that fired.
        forbids: Ingredients.
        use: Cream instead, or none.
        conditions: The finding forbids only beside one of these; empty for always.
    """

    finding: str
    forbids: tuple[str, ...]
    use: str
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbingRules:
    """Rules for every cream."""

    large_area_cm2: float
    text: tuple[str, ...]
    sources: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PainFigure:
    """Average pain out of 10 in a study."""

    where: str
    of_10: int
    note: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """Parts of a visit in minutes.

    Attributes:
        talk, calm: Before and after; talking, photos and cleaning, then gel and advice.
        full_face: Needling of more than one area of the face.
        single_scar: Needling of one scar where its area has no number.
        scars: Concerns that are one scar, as acne scars over a whole back are not.
        area: Needling by area; an area left out has no number.
        each_side: Areas whose minutes are those of one side alone.
        prp: What plasma adds.
        usual: A visit that has no numbers of its own.
    """

    talk: int
    calm: int
    full_face: int
    single_scar: int
    scars: tuple[str, ...]
    area: Mapping[str, int]
    each_side: tuple[str, ...]
    prp: Span
    usual: Span
    sources: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Topical:
    """What may touch needled skin.

    Attributes:
        screened_as: Its code in the facts.
        words: By what a product that somebody wrote down is known to be one, word by word.
        unless: Not where this word stands beside them.
    """

    id: str
    label: str
    short: str = ""
    words: tuple[str, ...] = ()
    unless: str = ""
    allowed: Literal["yes", "no", "addon", "prescriber"]
    reason: str
    also: tuple[str, ...] = ()
    screened_as: str | None = None
    sources: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """A treatment that needs a gap from needling."""

    id: str
    rule: str
    effect: Literal["block", "warn"]
    also: tuple[str, ...] = ()
    note: str = ""
    sources: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlasmaAddon:
    """Platelet-rich plasma (planning reference 1.12)."""

    benefit: str
    harms: str
    grade_for: Mapping[str, str]
    record: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRules:
    """Everything in `plan.toml`; `conditions`, `warnings` and `reasons` are sentences by id."""

    limits: Limits
    ladder: Ladder
    deep: DeepGap
    test_patch: TestPatchRule
    preparing: tuple[Preparing, ...]
    event_buffer: EventBuffer
    needling_gap: tuple[NeedlingGap, ...]
    ceiling: tuple[Ceiling, ...]
    cap_rule: tuple[Rule, ...]
    end_point: tuple[Rule, ...]
    technique: tuple[Rule, ...]
    scar_age: tuple[ScarAge, ...]
    numbing: tuple[NumbingProduct, ...]
    numbing_swap: tuple[NumbingSwap, ...]
    numbing_rules: NumbingRules
    pain: tuple[PainFigure, ...]
    minutes: Minutes
    procedure_step: tuple[Rule, ...]
    topical: tuple[Topical, ...]
    combination: tuple[Combination, ...]
    prp: PlasmaAddon
    conditions: Mapping[str, str]
    warnings: Mapping[str, str]
    reasons: Mapping[str, str]

    def find_needling_gap(self, deepest_mm: float) -> int:
        """Return after how many days skin needled so deep may be needled again."""
        return next(
            gap.days
            for gap in self.needling_gap
            if (gap.below_mm is None or deepest_mm < gap.below_mm)
            and (gap.up_to_mm is None or deepest_mm <= gap.up_to_mm)
        )
