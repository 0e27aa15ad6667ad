"""Documents in their tables: records with their summaries, and what the clinic chose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from consult_app.store.audit import Act, StoredAudit
from consult_app.store.codec import check_keepable, encode
from consult_app.store.directory import Directory
from consult_app.store.faults import DamagedRecordError, SignedRecordError, UnknownRecordError
from consult_app.store.interface import Document, Summary
from consult_app.store.kinds import Kind, pin, read_saved_at, read_summary, write_summary
from consult_app.store.rows import KeptRow, OpenRow
from consult_app.store.tables import Documents, RecordTable
from consult_app.store.upgrade import SETTING

CAME = "yes"
"""Of a record that came to others of its patient and was not saved here since."""
_SHORT = 500
"""Records whose list is read in less time than anybody notices."""


class Told(NamedTuple):
    """What the audit is to tell of a save."""

    action: str
    ids: tuple[str, ...]
    at: datetime


class StoredRecords:
    """Documents of one kind in their table, and their summaries in another."""

    def __init__(self, documents: Documents, kind: Kind, audit: StoredAudit) -> None:
        self._kind = kind
        self._audit = audit
        self._rows = documents.storage.rows
        self._documents = documents.records(kind.table)
        self._directory = Directory(self._load)

    def save(self, record_id: str, document: Document, at: datetime) -> None:
        """Keep a document in place of the one under this id; durable on return.

        Raises:
            UnkeepableError: It would not come back as it is.
            NewerStoreError: It, or the one it would replace, has a newer format.
            SignedRecordError: The one it would replace is a signed consultation.
            StoreError: It could not be written; the last saved state is still there.
        """
        with self._rows.engine.transaction():
            self.put(record_id, document, at)

    def put(self, record_id: str, document: Document, at: datetime, *others: str) -> None:
        """Do as `save` does inside the transaction that is open in this thread.

        What it leaves when it fails goes with that transaction. The audit names the others too.
        """
        told = Told(self._kind.tell(document), (record_id, *others), at)
        self._keep(record_id, document, pin(at), told)

    def take_in(
        self,
        record_id: str,
        document: Document,
        saved_at: datetime | None,
        at: datetime,
        *,
        came: bool = False,
    ) -> None:
        """Keep a document that was saved elsewhere, and leave it the time it was saved at.

        Args:
            record_id: Its id.
            document: The document.
            saved_at: When it was saved there; None when nobody knows.
            at: Now.
            came: It is to be known as one that came from elsewhere until it is saved here.

        Raises:
            UnkeepableError: It would not come back as it is.
            NewerStoreError: It, or the one it would replace, has a newer format.
            SignedRecordError: The one it would replace is a signed consultation.
        """
        told = Told(self._kind.tell_arrival(document), (record_id,), at)
        with self._rows.engine.transaction():
            self._keep(
                record_id, document, pin(saved_at) if saved_at else None, told, CAME if came else ""
            )

    def get(self, record_id: str) -> dict[str, object]:
        """Return the document, upgraded to the newest format.

        Raises:
            UnknownRecordError: There is none.
            DamagedRecordError: It cannot be read.
            NewerStoreError: A newer version of the program wrote it.
        """
        return self._kind.open(record_id, _fetch(self._documents, record_id))

    def written(self, record_id: str) -> int:
        """Return the number of the write that made a record; 0 when there is none."""
        return self._rows.version(self._kind.table, record_id)

    @property
    def is_at_hand(self) -> bool:
        """Whether lists answer at once: they were read already, or are short."""
        return self._directory.is_loaded or self._rows.count(self._kind.table) <= _SHORT

    def list(self, limit: int | None = None) -> Sequence[Summary]:
        """Return what is kept, last saved first."""
        return self._directory.read().first(limit)

    def find(self, text: str, limit: int | None = None) -> Sequence[Summary]:
        """Return what matches every word, last saved first."""
        return self._directory.read().find(text, limit)

    def of_patient(self, patient_id: str) -> Sequence[Summary]:
        """Return what belongs to one patient, last saved first."""
        return self._directory.read().of_patient(patient_id)

    def due(self, first: str, last: str) -> Sequence[Summary]:
        """Return of every patient the latest visit, if the day that it names is between two."""
        return self._directory.read().due(first, last)

    def treated(self, first: str, last: str) -> Sequence[Summary]:
        """Return the treatments of the days between two, whatever came after."""
        return self._directory.read().treated(first, last)

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
            there = self._rows.find_tables(record_id, self._kind.table, self._kind.summaries)
            for table in there:
                self._rows.remove(table, record_id)
            if there:
                self._rows.engine.after_commit(lambda: self._directory.drop(record_id))
        return self._kind.table in there

    def _keep(
        self,
        record_id: str,
        document: Document,
        saved_at: datetime | None,
        told: Told,
        came: str = "",
    ) -> None:
        """Keep a document with its summary and its line in the audit, if its kind has one."""
        kept = self._kind.prepare(record_id, document)
        summary = replace(self._kind.describe(record_id, kept, saved_at), came=came)
        data, shown = encode(kept), encode(write_summary(summary))
        for table in (self._kind.table, self._kind.summaries):
            self._rows.add_table(table)
        old = self._put(record_id, data)
        if old is None:
            self._rows.write(self._kind.summaries, record_id, shown)
        else:
            before = self._rows.find(self._kind.summaries, record_id)
            self._rows.replace(self._kind.summaries, record_id, before, shown)
        if told.action:
            after = self._rows.sealer.digest(data)
            self._audit.put(
                Act(
                    action=told.action,
                    ids=told.ids,
                    at=told.at,
                    before=self._tell_old(old),
                    after=after,
                )
            )
        self._rows.engine.after_commit(lambda: self._directory.put(summary))

    def _put(self, record_id: str, data: bytes) -> KeptRow | None:
        """Write a document, and return what it took the place of."""
        # What is final is seldom there already, which SQLite tells while it takes in the new one.
        if self._kind.final and self._rows.add(self._kind.table, record_id, data):
            return None
        old = self._rows.find(self._kind.table, record_id)
        if old and old.opened:
            self._check_replaceable(record_id, old.opened)
        self._rows.replace(self._kind.table, record_id, old, data)
        return old

    def _check_replaceable(self, record_id: str, old: OpenRow) -> None:
        """Make sure that writing over a document loses nothing.

        Raises:
            NewerStoreError: A newer version of the program wrote it.
            SignedRecordError: It is final.
        """
        self._kind.format.bring(old.document)
        if self._kind.final:
            raise SignedRecordError(self._kind.table, record_id)

    def _tell_old(self, old: KeptRow | None) -> str:
        """Return what the audit says of what was written over."""
        if old is None:
            return ""
        return self._rows.sealer.digest(old.opened.data) if old.opened else "damaged"

    def _load(self) -> Iterator[Summary]:
        left = dict.fromkeys(self._rows.ids(self._kind.table))
        saved: dict[str, datetime | None] = {}
        for row in self._rows.scan(self._kind.summaries):
            if row.id in left:
                summary = read_summary(row.id, row.document)
                if summary is None:
                    saved[row.id] = read_saved_at(row.document)
                else:
                    del left[row.id]
                    yield summary
        for record_id in left:
            yield self._describe_again(record_id, saved.get(record_id))

    def _describe_again(self, record_id: str, saved_at: datetime | None) -> Summary:
        """Return the summary of a document whose own row of it is damaged or of another time."""
        try:
            document = _fetch(self._documents, record_id)
        except (DamagedRecordError, UnknownRecordError):
            return Summary(id=record_id)  # of a damaged id only this much can be shown
        return self._kind.describe(record_id, document, saved_at)


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


def _fetch(table: RecordTable, record_id: str) -> Document:
    found = table.look_up(record_id)
    if found is None:
        raise UnknownRecordError(table.name, record_id)
    return found
