"""What is planned: the request, and the plan as resolved (interfaces 2 and 4)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from consult_app.domain.history import Numbing
from consult_app.values import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One area treated for one concern; `melasma_here` caps the whole area.

    `severity` is None as long as nobody said how marked it is.
    """

    area: str
    concern: str
    severity: Literal["mild", "moderate", "severe"] | None = None
    melasma_here: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRequest:
    """What was asked for.

    Attributes:
        primary_concern: The concern that sets interval and sessions.
        targets: Areas and concerns.
        device_kind: A device id (planning reference 1.1).
        device_label_max_mm: Label maximum of the device in mm.
        first_session: Local wall-clock date and time.
        sessions: Number asked for; None for the typical value.
        interval_weeks: Gap asked for in weeks; None for the typical value.
        depth_mm: Depth asked for in mm; None for the typical value.
        fragile: Thin-skin rule of planning reference 1.2.
        event_date: A wedding, a flight.
        numbing: The numbing cream, or None.
        addons: Ids such as prp, vitamin_c_serum.
    """

    primary_concern: str | None = None
    targets: tuple[Target, ...] = ()
    device_kind: str = "automated_pen"
    device_label_max_mm: float | None = None
    first_session: datetime | None = None
    sessions: int | None = None
    interval_weeks: int | None = None
    depth_mm: float | None = None
    fragile: bool = False
    event_date: date | None = None
    numbing: Numbing | None = None
    addons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedledToday:
    """What a treatment was needled with, or is to be, as its sheet tells it.

    Attributes:
        session: Which session of the plan it is, from 1.
        depths: Area, concern and depth in mm, as offered or written.
    """

    session: int
    depths: tuple[tuple[str, str, float], ...]


class PlanOutcome(StrEnum):
    """The strongest that applies, strongest first (interfaces 4)."""

    DO_NOT_TREAT = "do_not_treat"
    DEFER_THEN_PROCEED = "defer_then_proceed"
    PROCEED_WITH_CONDITIONS = "proceed_with_conditions"
    PROCEED_WITH_ADJUSTMENTS = "proceed_with_adjustments"
    PROCEED = "proceed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """Something asked for that was changed."""

    field: str
    requested: object
    used: object
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A condition or a warning: an id that scripts rely on and a sentence for people."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventNote(Note):
    """The warning that the patient's event moved the plan, with the days that it names.

    They are for who words it anew; the output for scripts has the sentence alone.

    Attributes:
        event: Its day.
        before: The last day up to the one asked for on which a first visit keeps all clear of it.
        after: The next such day; none between the two does.
    """

    event: date
    before: date | None
    after: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """Depths in mm for one area and concern, with the flags of the resolver.

    `reach_mm` is the greatest depth that a written reason can allow. Device, skin type, concern and
    melasma may hold it below the area's hard cap. `cap_by`, `reach_by` and `first_by` name what
    sets the cap, that depth and the first session's. `outside_label` says that no label known
    covers this use. The output for scripts leaves all of these out.
    """

    area: str
    concern: str
    floor_mm: float
    typical_mm: float
    cap_mm: float
    hard_cap_mm: float
    session1_max_mm: float
    session1_typical_mm: float
    reach_mm: float
    outside_label: bool = False
    flags: tuple[str, ...] = ()
    cap_by: tuple[str, ...] = ()
    reach_by: tuple[str, ...] = ()
    first_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Gap between sessions in weeks: limits, usual value and the one used."""

    min: int
    typ: int
    max: int
    used: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDepth:
    """Planned depth and ceiling in mm of one line in one session."""

    area: str
    concern: str
    planned_mm: float
    ceiling_mm: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPlan:
    """One session: its number from 1, its intensity band and its depths."""

    session: int
    intensity_band: Literal["L", "M", "H"]
    depths: tuple[SessionDepth, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Grade A to D of planning reference 2.1."""

    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CareEntry:
    """When one care rule holds.

    Hour rules carry moments, day rules carry days. `start` is written as `from`.

    Attributes:
        rule: The care rule's id.
        start: First moment or day.
        until: For *do* rules by the hour: last moment.
        last_day: For day rules: last day, inclusive.
        allowed_from: For *avoid* rules after the visit: when it is allowed again.
    """

    rule: str
    start: date | datetime
    until: datetime | None = None
    last_day: date | None = None
    allowed_from: date | datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CareOffset:
    """When one care rule holds around a session that has no day yet.

    Attributes:
        rule: The care rule's id.
        unit: `h` counts hours from the start, `d` days from the day; the last day is inclusive.
        start: First hour or day; before the session it is negative.
        end: Last hour or day.
    """

    rule: str
    unit: Literal["h", "d"]
    start: int
    end: int


WAITS = "waits_for_event"
"""The warning that something without a day has to happen first."""
MISSED_PATCH = "test_patch_too_late"
"""The warning of a test patch that would have been due before the day of planning."""
REACTED = "test_patch_reaction"
"""What is found where a test patch showed a reaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The resolved plan (interfaces 4)."""

    content_id: str
    content_version: str
    outcome: PlanOutcome
    earliest_first_session: date | None = None
    adjustments: tuple[Adjustment, ...] = ()
    conditions: tuple[Note, ...] = ()
    warnings: tuple[Note, ...] = ()
    lines: tuple[PlanLine, ...] = ()
    interval_weeks: Interval | None = None
    session_dates: tuple[datetime, ...] = ()
    session_plan: tuple[SessionPlan, ...] = ()
    earliest_session_2: date | None = None
    test_patch_date: date | None = None
    patch_waits_until: date | None = None
    first_visible_window: tuple[date, ...] = ()
    review_date: date | None = None
    peak_window: tuple[date, ...] = ()
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    care_calendar: Mapping[str, tuple[CareEntry, ...]] = field(default_factory=dict)
    care_offsets: Mapping[str, tuple[CareOffset, ...]] = field(default_factory=dict)

    @property
    def outside_label(self) -> tuple[tuple[str, str], ...]:
        """Uses that no label known covers: a concern, and its area where other areas are covered.

        The area is empty where none of this concern is covered.
        """
        covered = {line.concern for line in self.lines if not line.outside_label}
        uses = (
            (line.concern, line.area if line.concern in covered else "")
            for line in self.lines
            if line.outside_label
        )
        return tuple(dict.fromkeys(uses))

    @property
    def covered_in_part(self) -> bool:
        """Whether a label covers some of the uses and not all."""
        outside = [line.outside_label for line in self.lines]
        return any(outside) and not all(outside)

    @property
    def waits(self) -> bool:
        """Whether something that has no day has to happen first, so that all dates may change."""
        return any(note.id == WAITS for note in self.warnings)

    @property
    def coming_patch(self) -> date | None:
        """Day of the test patch; None also where it was past when the plan was made.

        So it is where the patch would have to wait on its own day, for it is needling too, which
        screening allows from `patch_waits_until` only. Then another first session is asked for;
        nobody can be told to come on that day.
        """
        missed = any(note.id == MISSED_PATCH for note in self.warnings)
        return None if missed or self.patch_waits_until else self.test_patch_date
