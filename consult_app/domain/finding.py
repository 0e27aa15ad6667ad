"""What screening found, as values that carry their evidence."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from consult_app.values import dataclass


class Severity(StrEnum):
    """How much a finding stands in the way (screening reference 0.1)."""

    ABSOLUTE = "absolute"
    DEFER = "defer"
    RELATIVE = "relative"
    PRECAUTION = "precaution"
    CLEAR = "clear"

    @property
    def rank(self) -> int:
        """0 for the strongest."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One rule that fired.

    Attributes:
        id: The rule's id.
        item: The screening item it belongs to.
        severity: After depth, phototype, device and jurisdiction were taken into account.
        until: First eligible day, for dated deferrals; None when open or not a deferral.
        resolves_by: time, event, event_or_time, clearance, change_plan or none.
        open: No date can be computed: an event must happen, or a date is unknown.
        because: Places of the facts that made it true, such as `facts.medications[0]`.
        action: What to do.
        why: The reason.
        sources: Source codes.
        disagreement: Where guidance conflicts; may be empty.
        notes: Advice on depth or phototype; shown, never executed.
        digest: Fingerprint of the rule, and where it can be decided of the facts it found; an
            override lapses when they change.
    """

    id: str
    item: str
    severity: Severity
    until: date | None = None
    resolves_by: str = "none"
    open: bool = False
    because: tuple[str, ...] = ()
    action: str = ""
    why: str = ""
    sources: tuple[str, ...] = ()
    disagreement: str = ""
    notes: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something still open.

    Attributes:
        item: The screening item that asks for it.
        place: The fact that is missing, such as `facts.phototype` or
            `facts.conditions[0].zones`; empty when the item itself was not answered.
    """

    item: str
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """The result of screening (interfaces 3).

    Attributes:
        content_id: Which treatment's content judged.
        content_version: Its version.
        outcome: The headline; None when nothing fired but something is unanswered.
        complete: Whether every question was answered.
        unanswered: Item ids still open.
        defer_until: First eligible day, only for a deferral with no open event.
        not_before: Latest dated deferral, whatever the headline.
        open_events: Ids of findings that wait for an event or an unknown date.
        findings: Ordered by severity, then by id.
        gaps: What exactly is open, in the order of the questions.
    """

    content_id: str
    content_version: str
    outcome: Severity | None
    complete: bool
    unanswered: tuple[str, ...] = ()
    defer_until: date | None = None
    not_before: date | None = None
    open_events: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    gaps: tuple[Gap, ...] = ()
