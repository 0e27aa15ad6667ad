"""The lines of the lists: patients, their visits, and who is expected back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time

from consult_app.wording import t, tn

KINDS = {
    "consultation": t("Consultation"),
    "treatment": t("Treatment"),
    "review": t("Review"),
    "addendum": t("Addendum"),
}
"""What each kind of visit is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedVisit:
    """A visit, unfinished or signed.

    Attributes:
        id: The visit's id.
        patient_id: Id of the patient's record.
        kind: What kind of visit it is.
        name: The patient's name as this visit has it.
        born: ISO date of birth; empty when not given.
        record_number: The clinic's own number.
        visit_date: Day of the visit; None when it cannot be read.
        changed_at: When it was last saved.
        written: The number of the write that made it: higher for what was written here later.
        came: Whether it may have come from elsewhere to others of the patient, and was not saved
            here since.
        signed: Whether it is signed and locked.
        put_away: Whether it was put away unfinished.
        beside: Whether it is a copy that was kept beside the one of the same visit that counts.
        follows: Id of the visit it follows; of an addendum, the record it adds to.
        addenda: How many signed addenda it has.
        lots: Batch numbers used, for a treatment.
        absent: Whether the patient did not come to it.
    """

    id: str
    patient_id: str
    kind: str = "consultation"
    name: str = field(default="", repr=False)
    born: str = field(default="", repr=False)
    record_number: str = field(default="", repr=False)
    visit_date: date | None = None
    changed_at: datetime
    written: int = 0
    came: bool = False
    signed: bool = False
    put_away: bool = False
    beside: bool = False
    follows: str = ""
    addenda: int = 0
    lots: str = ""
    absent: bool = False

    @property
    def unfinished(self) -> bool:
        """Whether it waits to be gone on with."""
        return not (self.signed or self.put_away)

    def is_apart_from(self, other: ListedVisit) -> bool:
        """Return whether nobody can tell which of two of one day came first.

        One of them came from elsewhere, and the clocks of two places differ.
        """
        linked = self.id in {other.id, other.follows} or self.follows == other.id
        told = linked or self.knew(other) or other.knew(self)
        return self.visit_date == other.visit_date and self.came != other.came and not told

    def knew(self, other: ListedVisit) -> bool:
        """Return whether it was signed here when another of its day had come from elsewhere.

        So it is the later one, whatever the clock there said.
        """
        here = self.signed and other.came and not self.came
        return here and self.visit_date == other.visit_date and self.written > other.written

    @property
    def state(self) -> str:
        """Its state in words: draft, put away, signed, or signed with addenda."""
        if self.put_away:
            return t("Put away")
        if not self.signed:
            return t("Draft, another copy") if self.beside else t("Draft")
        if not self.addenda:
            return t("Signed")
        return tn("Signed with an addendum", "Signed with {n} addenda", self.addenda)

    @property
    def title(self) -> str:
        """What the visit is called."""
        return KINDS.get(self.kind, self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPatient:
    """A person, and the day of their latest signed visit if there was one."""

    id: str
    name: str = field(default="", repr=False)
    born: str = field(default="", repr=False)
    record_number: str = field(default="", repr=False)
    last_visit: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A person who is expected back.

    Attributes:
        patient: Who.
        due: The day that was agreed.
        what: What for, as far as that visit says; empty where it cannot be read.
        at: The hour that was planned; None where none is known.
        treated: Whether it is a treatment of the plan that nothing known by now rules out.
        looked: Whether it is a review, or a promised call or look at the skin, which one records.
    """

    patient: ListedPatient
    due: date
    what: str = ""
    at: time | None = None
    treated: bool = False
    looked: bool = False
