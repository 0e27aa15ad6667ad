"""What the rest of the program may ask of the records, whatever engine keeps them.

Documents are plain JSON objects under string ids; every document handed out is a fresh copy.
Moments carry a time zone. Another engine has to pass the same conformance tests.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from consult_app.store.entry import Actor, Anchor, Entry
from consult_app.store.watching import UNWATCHED, Watch

Document = Mapping[str, object]
"""A JSON object. Its `schema` is the version of its format; without one it gets the newest."""


PUT_AWAY = "put_away"
"""State of a visit that nobody is to finish; it lies among the drafts and is not counted as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a list shows of a record.

    Attributes:
        id: The record's id.
        patient_id: Id of the patient's record; a patient's own id.
        name: The patient's name as it was written.
        date_of_birth: ISO date, empty when not given.
        record_number: The clinic's own number.
        visit_date: ISO date of the visit; empty for a patient.
        state: `draft`, `put_away` or `signed`; empty for a patient.
        kind: What kind of visit it is, such as `consultation`; empty for a patient.
        follows: Id of the visit this one follows; empty when there is none.
        lots: Batch numbers used at a treatment.
        absent: `yes` of a visit to which the patient did not come; else empty.
        came: `yes` where it came from elsewhere to others of its patient, and was not saved here
            since; else empty.
        due: ISO date by which the patient is expected next; empty when none was agreed.
        saved_at: When it was last saved; None when the row that told it is damaged.
    """

    id: str
    patient_id: str = ""
    name: str = field(default="", repr=False)
    date_of_birth: str = field(default="", repr=False)
    record_number: str = field(default="", repr=False)
    visit_date: str = ""
    state: str = ""
    kind: str = ""
    follows: str = ""
    due: str = ""
    lots: str = ""
    absent: str = ""
    came: str = ""
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """A row that cannot be read: where it stands and what is wrong with it."""

    table: str
    id: str
    reason: str


class Records(Protocol):
    """Documents of one kind, under their ids."""

    def save(self, record_id: str, document: Document, at: datetime) -> None:
        """Keep a document in place of the one under this id; durable on return.

        Raises:
            UnkeepableError: It would not come back as it is.
            NewerStoreError: It, or the one it would replace, has a newer format.
            SignedRecordError: The one it would replace is a signed consultation.
            StoreError: It could not be written; the last saved state is still there.
        """

    def get(self, record_id: str) -> dict[str, object]:
        """Return the document, upgraded to the newest format.

        Raises:
            UnknownRecordError: There is none.
            DamagedRecordError: It cannot be read.
            NewerStoreError: A newer version of the program wrote it.
        """

    def written(self, record_id: str) -> int:
        """Return the number of the write that made a record; 0 when there is none.

        Of two records the one that was written here later has the higher one, whatever kind they
        are, when they were saved by their clock, and where.
        """

    @property
    def is_at_hand(self) -> bool:
        """Whether lists answer at once; otherwise the first one reads what all of them show."""

    def list(self, limit: int | None = None) -> Sequence[Summary]:
        """Return what is kept, last saved first."""

    def find(self, text: str, limit: int | None = None) -> Sequence[Summary]:
        """Return what matches every word, last saved first.

        Words are looked for anywhere in name, birth date (any usual order of day, month and
        year), record number and lots; accents and capitals make no difference.
        """

    def of_patient(self, patient_id: str) -> Sequence[Summary]:
        """Return what belongs to one patient, last saved first."""

    def due(self, first: str, last: str) -> Sequence[Summary]:
        """Return of every patient the latest visit, if the day that it names is between two days.

        The latest is the one of the latest date, whenever it was saved; addenda do not count.

        Args:
            first: ISO date of the first day.
            last: ISO date of the last day.
        """

    def treated(self, first: str, last: str) -> Sequence[Summary]:
        """Return the treatments of the days between two, whatever came after.

        Args:
            first: ISO date of the first day.
            last: ISO date of the last day.
        """


class Drafts(Records, Protocol):
    """Unfinished consultations."""

    def delete(self, record_id: str) -> None:
        """Remove a draft; durable on return.

        Raises:
            UnknownRecordError: There is none.
        """


class Attachments(Protocol):
    """Files kept with records: sheets that were handed over, photographs.

    The key of each stands only in the document that refers to it. With that document gone, nobody
    can open the attachment.
    """

    def make_key(self) -> str:
        """Return a key that nothing has."""

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes under a key; durable on return. The same bytes again do no harm.

        Raises:
            UnkeepableError: Other bytes are kept under this key.
        """

    def get(self, key: str) -> bytes:
        """Return the bytes, after making sure they are the ones that were kept.

        Raises:
            UnknownRecordError: There are none.
            DamagedRecordError: They were changed, or are missing.
        """

    def discard(self, key: str) -> bool:
        """Take away what is under a key, and tell whether there was anything; durable on return."""


class Audit(Protocol):
    """Who did what, only ever added to. Saving patients and signed consultations adds to it."""

    def act_as(self, actor: Actor) -> None:
        """Write this actor into every entry from now on.

        Raises:
            ValueError: It is told by a name instead of codes.
        """

    def record(self, action: str, ids: Sequence[str], at: datetime, *, reason: str = "") -> Entry:
        """Add what changes no record: a view, an export, a print, a failed unlock.

        Args:
            action: A code, such as `handout.printed`.
            ids: Of the records concerned.
            at: When.
            reason: Why; no clinical text and no names.
        """

    def entries(self, limit: int | None = None) -> Sequence[Entry]:
        """Return what can be read, newest first."""

    def anchor(self) -> Anchor:
        """Return number and hash of the newest entry that can be read; number 0 for none."""


class Preferences(Protocol):
    """Small values the clinic chose, by name."""

    def get(self, name: str, default: object = None) -> object:
        """Return the value, or the default when none was set."""

    def set(self, name: str, value: object) -> None:
        """Keep a JSON value; durable on return."""


class Store(AbstractContextManager["Store"], Protocol):
    """Everything that is kept; closed at the end of a `with`."""

    @property
    def drafts(self) -> Drafts:
        """Unfinished consultations."""

    @property
    def consultations(self) -> Records:
        """Signed visits of every kind. Each is final: an addendum is a document of its own."""

    @property
    def patients(self) -> Records:
        """The directory of patients; the documents are `domain.patient_record.PatientRecord`."""

    @property
    def anonymous(self) -> Records:
        """Visits of which nobody can tell any more whose they were; each is final."""

    @property
    def attachments(self) -> Attachments:
        """Files kept with records."""

    @property
    def audit(self) -> Audit:
        """Who did what."""

    @property
    def settings(self) -> Preferences:
        """What the clinic chose."""

    def save_draft(
        self, draft: Document, patient: Document | None, at: datetime, act: str = "", why: str = ""
    ) -> None:
        """Keep a draft under its own `id`, and its patient if given, all or nothing.

        The audit leaves drafts out, unless it is told of an act and why, as codes.
        """

    def withdraw(self, draft_id: str, patient_id: str, at: datetime) -> None:
        """Remove a draft, and its patient where nothing else is kept of them, all or nothing.

        For somebody who was entered by mistake. It is no erasure: the ledger does not remember it.
        """

    def save_signed(
        self,
        consultation: Document,
        patient: Document,
        attachments: Mapping[str, bytes],
        at: datetime,
    ) -> None:
        """Keep a signed consultation, its patient and the sheet handed over, all or nothing.

        The ids are the documents' own `id`. The draft of the same id is removed with it, and the
        audit tells of it.

        Args:
            consultation: It names the attachments by their keys.
            patient: Whose it is.
            attachments: What was handed over, by keys.
            at: Now.

        Raises:
            SignedRecordError: A consultation is signed under this id already.
        """

    def damaged(self) -> Sequence[Damage]:
        """Return the rows found damaged so far."""

    def verify(self, watch: Watch = UNWATCHED) -> Sequence[Damage]:
        """Read everything and return what is damaged, missing or too much.

        Where a whole table differs from its tally, the damage has the table and no id.

        Raises:
            StoppedError: The watch said so.
        """

    def close(self) -> None:
        """Close. Twice does no harm; anything else after it raises StoreClosedError."""
