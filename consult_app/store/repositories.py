"""The records of a clinic in a folder on this computer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from consult_app.store.attachments import PLACE, SealedAttachments
from consult_app.store.audit import Act, StoredAudit
from consult_app.store.authenticating import authenticate
from consult_app.store.engine import open_engine
from consult_app.store.files import DISK, Disk
from consult_app.store.ids import Clock
from consult_app.store.interface import Damage, Document
from consult_app.store.key_faults import report_locked
from consult_app.store.kinds import (
    ANONYMOUS,
    CONSULTATIONS,
    DRAFTS,
    KINDS,
    PATIENTS,
    WITHDRAWN,
    read_id,
    read_ids,
)
from consult_app.store.plain_attachments import PlainAttachments
from consult_app.store.records import StoredPreferences, StoredRecords
from consult_app.store.rows import FILE, Rows
from consult_app.store.sealing import PlainSealer, Sealer
from consult_app.store.state import State, find_state
from consult_app.store.tables import Documents
from consult_app.store.watching import UNWATCHED, Watch

_ROWS_SHARE = 0.7
"""How much of verifying goes to the rows; the rest goes to the attachments."""

_SEALS_SHARE = 0.6
"""How much of reading the rows goes to their seals."""


class FileStore:
    """The records in one folder. Made by `open_store`.

    Any thread may read; writes wait for one another.

    Attributes:
        rows: The rows beneath, for those who keep or check the file as a whole.
    """

    def __init__(self, documents: Documents, disk: Disk = DISK, place: Path | None = None) -> None:
        """Take the documents of an open file.

        Args:
            documents: The documents.
            disk: The disk.
            place: Where the attachments lie; None for the usual folder beside the file.
        """
        self.rows = documents.storage.rows
        self.audit = StoredAudit(self.rows)
        self.drafts = StoredRecords(documents, DRAFTS, self.audit)
        self.consultations = StoredRecords(documents, CONSULTATIONS, self.audit)
        self.patients = StoredRecords(documents, PATIENTS, self.audit)
        self.anonymous = StoredRecords(documents, ANONYMOUS, self.audit)
        self.attachments = _open_attachments(self.rows, place, disk)
        self.settings = StoredPreferences(documents)

    def save_draft(
        self, draft: Document, patient: Document | None, at: datetime, act: str = "", why: str = ""
    ) -> None:
        """Keep a draft, and with it its patient and a line of the audit when given, or nothing.

        Raises:
            UnkeepableError: A document carries no id, or would not come back as it is.
            NewerStoreError: One of them, or what it would replace, has a newer format.
            StoreError: It could not be written; nothing of it was kept.
        """
        with self.rows.engine.transaction():
            if patient is not None:
                self.patients.put(read_id(patient), patient, at)
            self.drafts.put(read_id(draft), draft, at)
            if act:
                self.audit.put(Act(action=act, ids=read_ids(draft), at=at, reason=why))

    def withdraw(self, draft_id: str, patient_id: str, at: datetime) -> None:
        """Remove a draft, and its patient where nothing else is kept of them, all or nothing.

        Raises:
            StoreError: It could not be written; nothing was removed.
        """
        with self.rows.engine.transaction():
            drafts = self.drafts.of_patient(patient_id)
            others = any(it.id != draft_id for it in drafts)
            self.drafts.discard(draft_id)
            if others or self.consultations.of_patient(patient_id):
                return
            if self.patients.discard(patient_id):
                self.audit.put(Act(action=WITHDRAWN, ids=(patient_id,), at=at))

    def save_signed(
        self,
        consultation: Document,
        patient: Document,
        attachments: Mapping[str, bytes],
        at: datetime,
    ) -> None:
        """Keep a signed consultation, its patient and the sheet handed over, all or nothing.

        Raises:
            UnkeepableError: A document carries no id, or would not come back as it is.
            SignedRecordError: A consultation is signed under this id already.
            StoreError: It could not be written; nothing of it was kept.
        """
        consultation_id, patient_id = read_id(consultation), read_id(patient)
        names = (self.rows.sealer.name_of(key) for key in attachments)
        with self.attachments.keeping(attachments):
            self.patients.put(patient_id, patient, at)
            self.consultations.put(consultation_id, consultation, at, patient_id, *names)
            self.drafts.discard(consultation_id)

    def damaged(self) -> Sequence[Damage]:
        """Return the rows found damaged so far."""
        return self.rows.damaged

    def verify(self, watch: Watch = UNWATCHED) -> Sequence[Damage]:
        """Read everything and return what is damaged, missing or too much.

        Raises:
            StoppedError: The watch said so.
        """
        self.verify_rows(watch.part(0, _ROWS_SHARE))
        self.attachments.verify(watch.part(_ROWS_SHARE, 1))
        return self.rows.damaged

    def verify_rows(self, watch: Watch = UNWATCHED) -> Sequence[Damage]:
        """Read everything but the attachments; else as `verify` does."""
        self.authenticate(watch.part(0, _SEALS_SHARE))
        return self.verify_links()

    def verify_links(self) -> Sequence[Damage]:
        """Look at how records hang together, after `authenticate`; return all that is damaged."""
        for kind in KINDS:
            self.rows.note_missing(kind.table, kind.summaries)
        self.audit.verify()
        return self.rows.damaged

    def authenticate(self, watch: Watch = UNWATCHED) -> Sequence[Damage]:
        """Return broken seals, incomplete tables, and what is wrong with the file itself.

        This is what a backup counts, when it is made and when it is restored. `verify_links` says
        of the same damage more precisely what it is.
        """
        self.rows.forget_notes()
        with ThreadPoolExecutor(1) as beside:
            # SQLite looks through the file by itself, so another core may do it.
            checked = beside.submit(self.rows.engine.check)
            authenticate(self.rows, watch)
            faults = checked.result()
        for fault in faults:
            self.rows.note(Damage(table=FILE, id="", reason=fault))
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


def _open_attachments(
    rows: Rows, place: Path | None, disk: Disk
) -> SealedAttachments | PlainAttachments:
    if isinstance(rows.sealer, PlainSealer):
        return PlainAttachments(rows)
    return SealedAttachments(rows, place or rows.engine.folder / PLACE, disk)


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
