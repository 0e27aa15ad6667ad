"""The records of a clinic in a folder on this computer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from consult_app.store.attachments import StoredAttachments
from consult_app.store.audit import Act, StoredAudit
from consult_app.store.codec import check_keepable, encode
from consult_app.store.directory import Directory
from consult_app.store.engine import open_engine
from consult_app.store.faults import DamagedRecordError, SignedRecordError, UnknownRecordError
from consult_app.store.folder import State, find_state
from consult_app.store.ids import Clock
from consult_app.store.interface import Damage, Document, Summary
from consult_app.store.key_faults import report_locked
from consult_app.store.kinds import (
    CONSULTATIONS,
    DRAFTS,
    PATIENTS,
    Kind,
    pin,
    read_id,
    read_summary,
    write_summary,
)
from consult_app.store.rows import Rows
from consult_app.store.sealing import PlainSealer, Sealer
from consult_app.store.tables import Documents, RecordTable
from consult_app.store.upgrade import SETTING


class StoredRecords:
    """Documents of one kind in their table, and their summaries in another."""

    def __init__(self, documents: Documents, kind: Kind, audit: StoredAudit) -> None:
        self._kind = kind
        self._audit = audit
        self._rows = documents.storage.rows
        self._documents = documents.records(kind.table)
        self._summaries = documents.records(kind.summaries)
        self._directory = Directory(self._load)

    def save(self, record_id: str, document: Document, at: datetime) -> None:
        """Keep a document in place of the one under this id; durable on return.

        Raises:
            UnkeepableError: It would not come back as it is.
            NewerStoreError: It, or the one it would replace, has a newer format.
            SignedRecordError: The one it would replace is a signed consultation.
            StoreError: It could not be written; the last saved state is still there.
        """
        self.save_with(record_id, document, at)

    def save_with(self, record_id: str, document: Document, at: datetime, *others: str) -> None:
        """Keep a document as `save` does; the audit names the other ids beside its own."""
        kept = self._kind.prepare(record_id, document)
        summary = self._kind.describe(record_id, kept, pin(at))
        with self._rows.engine.transaction():
            before = self._look_before(record_id)
            self._documents.keep(record_id, kept)
            self._summaries.keep(record_id, write_summary(summary))
            self._tell(before, kept, at, (record_id, *others))
            self._rows.engine.after_commit(lambda: self._directory.put(summary))

    def get(self, record_id: str) -> dict[str, object]:
        """Return the document, upgraded to the newest format.

        Raises:
            UnknownRecordError: There is none.
            DamagedRecordError: It cannot be read.
            NewerStoreError: A newer version of the program wrote it.
        """
        return self._kind.format.bring(_fetch(self._documents, record_id))

    def list(self, limit: int | None = None) -> Sequence[Summary]:
        """Return what is kept, last saved first."""
        return self._directory.read().first(limit)

    def find(self, text: str, limit: int | None = None) -> Sequence[Summary]:
        """Return what matches every word, last saved first."""
        return self._directory.read().find(text, limit)

    def delete(self, record_id: str) -> None:
        """Remove a document; durable on return.

        Raises:
            UnknownRecordError: There is none.
        """
        if not self.discard(record_id):
            raise UnknownRecordError(self._kind.table, record_id)

    def discard(self, record_id: str) -> bool:
        """Remove a document if there is one, and tell whether there was."""
        with self._rows.engine.transaction():
            removed = self._documents.discard(record_id)
            self._summaries.discard(record_id)
            self._rows.engine.after_commit(lambda: self._directory.drop(record_id))
        return removed

    def _look_before(self, record_id: str) -> str:
        """Return the digest of what is to be written over, unless that would lose it.

        Raises:
            NewerStoreError: A newer version of the program wrote it.
            SignedRecordError: It is final.
        """
        try:
            before = self._documents.look_up(record_id)
        except DamagedRecordError:
            return "damaged"  # set aside when it is written over
        if before is None:
            return ""
        self._kind.format.bring(before)
        if self._kind.final:
            raise SignedRecordError(self._kind.table, record_id)
        return self._rows.sealer.digest(encode(before)) if self._kind.action else ""

    def _tell(self, before: str, after: Document, at: datetime, ids: tuple[str, ...]) -> None:
        if self._kind.action:
            new = self._rows.sealer.digest(encode(after))
            self._audit.add(Act(action=self._kind.action, ids=ids, at=at, before=before, after=new))

    def _load(self) -> Iterator[Summary]:
        kept = self._summaries.read_all()
        for record_id in self._rows.ids(self._kind.table):
            row = kept.get(record_id)
            summary = read_summary(record_id, row) if row is not None else None
            yield summary or self._describe_again(record_id)

    def _describe_again(self, record_id: str) -> Summary:
        """Return the summary of a document whose own row of it is damaged or of another time."""
        try:
            document = _fetch(self._documents, record_id)
        except (DamagedRecordError, UnknownRecordError):
            return Summary(id=record_id)  # of a damaged id only this much can be shown
        return self._kind.describe(record_id, document, None)


class StoredPreferences:
    """Settings as documents."""

    def __init__(self, documents: Documents) -> None:
        self._table = documents.records("settings")

    def get(self, name: str, default: object = None) -> object:
        """Return the value, or the default when none was set."""
        kept = self._table.look_up(name)
        return default if kept is None else SETTING.bring(kept)["value"]

    def set(self, name: str, value: object) -> None:
        """Keep a JSON value; durable on return.

        Raises:
            UnkeepableError: It would not come back as it is.
        """
        check_keepable({"value": value})
        self._table.keep(name, SETTING.bring({"value": value}))


class FileStore:
    """The records in one folder. Made by `open_store`.

    Any thread may read; writes wait for one another.

    Attributes:
        rows: The rows beneath, for those who keep or check the file as a whole.
    """

    def __init__(self, documents: Documents) -> None:
        self.rows = documents.storage.rows
        self.audit = StoredAudit(self.rows)
        self.drafts = StoredRecords(documents, DRAFTS, self.audit)
        self.consultations = StoredRecords(documents, CONSULTATIONS, self.audit)
        self.patients = StoredRecords(documents, PATIENTS, self.audit)
        self.attachments = StoredAttachments(self.rows)
        self.settings = StoredPreferences(documents)

    def save_signed(
        self, consultation: Document, patient: Document, attachment: bytes | None, at: datetime
    ) -> str | None:
        """Keep a signed consultation, its patient and the sheet handed over, all or nothing.

        Returns:
            The key of the attachment, if there was one.

        Raises:
            UnkeepableError: A document carries no id, or would not come back as it is.
            SignedRecordError: A consultation is signed under this id already.
            StoreError: It could not be written; nothing of it was kept.
        """
        consultation_id, patient_id = read_id(consultation), read_id(patient)
        with self.rows.engine.transaction():
            key = None if attachment is None else self.attachments.put(attachment)
            self.patients.save(patient_id, patient, at)
            others = (patient_id,) if key is None else (patient_id, self.rows.sealer.name_of(key))
            self.consultations.save_with(consultation_id, consultation, at, *others)
            self.drafts.discard(consultation_id)
        return key

    def damaged(self) -> Sequence[Damage]:
        """Return the rows found damaged so far."""
        return self.rows.damaged

    def verify(self) -> Sequence[Damage]:
        """Read everything and return what is damaged, missing or too much."""
        self.rows.forget_notes()
        for table in self.rows.all_names():
            for _ in self.rows.scan(table):
                pass
        for kind in (DRAFTS, CONSULTATIONS, PATIENTS):
            self.rows.note_missing(kind.table, kind.summaries)
        self.attachments.verify()
        self.audit.verify()
        for damage in self.rows.tally.compare():
            self.rows.note(damage)
        for fault in self.rows.engine.check():
            self.rows.note(Damage(table="file", id="", reason=fault))
        return self.rows.damaged

    def close(self) -> None:
        """Close; twice does no harm."""
        self.rows.engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_store(folder: Path, *, clock: Clock | None = None) -> FileStore:
    """Open plain records in a folder, making both when absent, and own them until closed.

    Args:
        folder: Where the records lie.
        clock: Needed only if a document is ever inserted without an id.

    Raises:
        LockedStoreError: The records are encrypted; `vault.unlock_store` opens them.
        StoreInUseError: Another copy of the program has them open.
        StoreError: The folder or the file in it cannot be used; nothing was changed.
    """
    if find_state(folder) is State.SEALED:
        raise report_locked(folder)
    return open_file(folder, seal=PlainSealer, clock=clock)


def open_file(
    folder: Path, *, seal: Callable[[str], Sealer], clock: Clock | None = None
) -> FileStore:
    """Open the records in a folder with any sealing.

    Args:
        folder: Where the records lie.
        seal: Makes the sealer from the id of the store.
        clock: Needed only if a document is ever inserted without an id.

    Raises:
        StoreError: The folder or the file in it cannot be used; nothing was changed.
    """
    with ExitStack() as undo:
        engine = open_engine(folder)
        undo.callback(engine.close)
        rows = Rows(engine, seal(engine.read_fact("store_id")))
        store = FileStore(Documents(rows, clock))
        undo.pop_all()
    return store


def _fetch(table: RecordTable, record_id: str) -> Document:
    found = table.look_up(record_id)
    if found is None:
        raise UnknownRecordError(table.name, record_id)
    return found
