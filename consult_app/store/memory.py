"""A store that forgets everything when it is closed: for tests, and for looking around.

It passes the same conformance tests as the one on disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import count
from types import TracebackType
from typing import Self

from consult_app.store.attachments import make_key, report_taken
from consult_app.store.audit import Act
from consult_app.store.codec import check_keepable, decode, encode
from consult_app.store.directory import Directory
from consult_app.store.faults import SignedRecordError, StoreClosedError, UnknownRecordError
from consult_app.store.interface import Damage, Document, Summary
from consult_app.store.kinds import (
    ANONYMOUS,
    CONSULTATIONS,
    DRAFTS,
    PATIENTS,
    WITHDRAWN,
    Kind,
    pin,
    read_id,
    read_ids,
)
from consult_app.store.memory_audit import MemoryAudit
from consult_app.store.watching import UNWATCHED, Watch
from consult_app.wording import t


class MemoryRecords:
    """Documents of one kind, kept as bytes so that no one shares them."""

    def __init__(
        self,
        kind: Kind,
        check: Callable[[], None],
        audit: MemoryAudit,
        numbers: Iterator[int],
    ) -> None:
        self._kind = kind
        self._numbers, self._written = numbers, dict[str, int]()
        self._check = check
        self._audit = audit
        self._kept: dict[str, bytes] = {}
        self._directory = Directory(tuple)
        self._directory.read()

    def save(self, record_id: str, document: Document, at: datetime) -> None:
        """Keep a document in place of the one under this id."""
        self.prepare(record_id, document, at)()

    def prepare(
        self, record_id: str, document: Document, at: datetime, *others: str
    ) -> Callable[[], None]:
        """Return what is left of saving once nothing can go wrong any more."""
        self._check()
        kept = self._kind.prepare(record_id, document)
        if self._kind.final and record_id in self._kept:
            raise SignedRecordError(self._kind.table, record_id)
        data = encode(kept)
        summary = self._kind.describe(record_id, kept, pin(at))

        def keep() -> None:
            if self._kind.action:
                before, after = _digest(self._kept.get(record_id)), _digest(data)
                ids = (record_id, *others)
                self._audit.add(
                    Act(action=self._kind.tell(kept), ids=ids, at=at, before=before, after=after)
                )
            self._kept[record_id] = data
            self._written[record_id] = next(self._numbers)
            self._directory.put(summary)

        return keep

    def get(self, record_id: str) -> dict[str, object]:
        """Return the document.

        Raises:
            UnknownRecordError: There is none.
        """
        self._check()
        if record_id not in self._kept:
            raise UnknownRecordError(self._kind.table, record_id)
        return self._kind.open(record_id, decode(self._kept[record_id]))

    def written(self, record_id: str) -> int:
        """Return the number of the write that made a record; 0 when there is none."""
        self._check()
        return self._written.get(record_id, 0) if record_id in self._kept else 0

    @property
    def is_at_hand(self) -> bool:
        """Whether lists answer at once: always."""
        return True

    def list(self, limit: int | None = None) -> Sequence[Summary]:
        """Return what is kept, last saved first."""
        self._check()
        return self._directory.read().first(limit)

    def find(self, text: str, limit: int | None = None) -> Sequence[Summary]:
        """Return what matches every word, last saved first."""
        self._check()
        return self._directory.read().find(text, limit)

    def of_patient(self, patient_id: str) -> Sequence[Summary]:
        """Return what belongs to one patient, last saved first."""
        self._check()
        return self._directory.read().of_patient(patient_id)

    def due(self, first: str, last: str) -> Sequence[Summary]:
        """Return of every patient the latest visit, if the day that it names is between two."""
        self._check()
        return self._directory.read().due(first, last)

    def treated(self, first: str, last: str) -> Sequence[Summary]:
        """Return the treatments of the days between two, whatever came after."""
        self._check()
        return self._directory.read().treated(first, last)

    def delete(self, record_id: str) -> None:
        """Remove a document.

        Raises:
            UnknownRecordError: There is none.
        """
        self._check()
        if not self.discard(record_id):
            raise UnknownRecordError(self._kind.table, record_id)

    def discard(self, record_id: str) -> bool:
        """Remove a document if there is one, and tell whether there was."""
        self._directory.drop(record_id)
        return self._kept.pop(record_id, None) is not None


class MemoryAttachments:
    """Attachments by their keys."""

    def __init__(self, check: Callable[[], None]) -> None:
        self._check = check
        self._kept: dict[str, bytes] = {}

    def make_key(self) -> str:
        """Return a key that nothing has."""
        return make_key()

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes under a key.

        Raises:
            UnkeepableError: Other bytes are kept under this key.
        """
        self._check()
        if self._kept.setdefault(key, bytes(data)) != data:
            raise report_taken(key)

    def get(self, key: str) -> bytes:
        """Return the bytes.

        Raises:
            UnknownRecordError: There are none.
        """
        self._check()
        if key not in self._kept:
            raise UnknownRecordError("attachments", key)
        return self._kept[key]

    def discard(self, key: str) -> bool:
        """Take away what is under a key, and tell whether there was anything."""
        self._check()
        return self._kept.pop(key, None) is not None


class MemoryPreferences:
    """Settings by name."""

    def __init__(self, check: Callable[[], None]) -> None:
        self._check = check
        self._kept: dict[str, bytes] = {}

    def get(self, name: str, default: object = None) -> object:
        """Return the value, or the default when none was set."""
        self._check()
        return decode(self._kept[name])["value"] if name in self._kept else default

    def set(self, name: str, value: object) -> None:
        """Keep a JSON value."""
        self._check()
        check_keepable({"value": value})
        self._kept[name] = encode({"value": value})


class MemoryStore:
    """Records in memory."""

    def __init__(self) -> None:
        self._closed, numbers = False, count(1)
        self.audit = MemoryAudit(self._check)
        self.drafts = MemoryRecords(DRAFTS, self._check, self.audit, numbers)
        self.consultations = MemoryRecords(CONSULTATIONS, self._check, self.audit, numbers)
        self.patients = MemoryRecords(PATIENTS, self._check, self.audit, numbers)
        self.anonymous = MemoryRecords(ANONYMOUS, self._check, self.audit, numbers)
        self.attachments = MemoryAttachments(self._check)
        self.settings = MemoryPreferences(self._check)

    def save_draft(
        self, draft: Document, patient: Document | None, at: datetime, act: str = "", why: str = ""
    ) -> None:
        """Keep a draft, and with it its patient when that is given, all or nothing."""
        keep_draft = self.drafts.prepare(read_id(draft), draft, at)
        if patient is not None:
            self.patients.save(read_id(patient), patient, at)
        keep_draft()
        if act:
            self.audit.record(act, read_ids(draft), at, reason=why)

    def withdraw(self, draft_id: str, patient_id: str, at: datetime) -> None:
        """Remove a draft, and its patient where nothing else is kept of them."""
        self.drafts.discard(draft_id)
        if self.drafts.of_patient(patient_id) or self.consultations.of_patient(patient_id):
            return
        if self.patients.discard(patient_id):
            self.audit.record(WITHDRAWN, (patient_id,), at)

    def save_signed(
        self,
        consultation: Document,
        patient: Document,
        attachments: Mapping[str, bytes],
        at: datetime,
    ) -> None:
        """Keep a signed consultation, its patient and the sheet handed over, all or nothing."""
        consultation_id, patient_id = read_id(consultation), read_id(patient)
        keep_patient = self.patients.prepare(patient_id, patient, at)
        keep_consultation = self.consultations.prepare(
            consultation_id, consultation, at, patient_id, *attachments
        )
        for key, data in attachments.items():
            self.attachments.put(key, data)
        keep_patient()
        keep_consultation()
        self.drafts.discard(consultation_id)

    def damaged(self) -> Sequence[Damage]:
        """Return nothing: memory does not rot."""
        return ()

    def verify(self, watch: Watch = UNWATCHED) -> Sequence[Damage]:
        """Return nothing: memory does not rot."""
        watch.tell(0, 0)
        self._check()
        return ()

    def close(self) -> None:
        """Close; twice does no harm."""
        self._closed = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _check(self) -> None:
        if self._closed:
            raise StoreClosedError(t("The records are closed."), t("Open the store again."))


def _digest(data: bytes | None) -> str:
    return "" if data is None else sha256(data).hexdigest()
