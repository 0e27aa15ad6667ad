"""Takes everything of one patient out of the records, and proves that it is gone.

All of it goes in one transaction, with an entry in the ledger. Then the file is written anew, so
that nothing is left in its gaps, and is searched: no row may open that speaks of the patient, and
no id of theirs may stand in its bytes. What the audit says stays: that something was done to an
id, and a keyed digest.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

from consult_app.domain.attachments import find_attachments
from consult_app.store.attachments import PLACE, TABLE, list_files
from consult_app.store.audit import Act
from consult_app.store.deciding import check_decided
from consult_app.store.erasures import Erasure, How, Ledger, find_erased
from consult_app.store.faults import Border, StoreError, UnknownRecordError
from consult_app.store.folder import clear_leftovers
from consult_app.store.interface import PUT_AWAY, Document
from consult_app.store.kinds import ANONYMOUS, CONSULTATIONS, DRAFTS
from consult_app.store.repositories import FileStore
from consult_app.store.watching import UNWATCHED, Watch
from consult_app.wording import t

ACTION = "patient.erased"
_CHUNK = 2**20
_TELLING = 16
"""How many letters an id has at least that stands in a file for no other reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Belongings:
    """Everything that is kept of one patient.

    Attributes:
        patient_id: The patient's id.
        consultations: Ids of the signed visits.
        drafts: Ids of those that are not signed.
        put_away: Those of them that were put away, so that nobody is to finish them.
        attachments: Keys of files that no other record refers to.
        unread: Ids of visits that are damaged, so that their files are not known.
    """

    patient_id: str
    consultations: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    put_away: tuple[str, ...] = ()
    attachments: tuple[str, ...] = field(default=(), repr=False)
    unread: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id that is to be found no more."""
        return (self.patient_id, *self.consultations, *self.drafts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was searched after an erasure, with nothing found.

    Attributes:
        rows: How many rows were opened and read.
        bytes: How many bytes of the file were searched.
        attachments: How many files of the patient are gone.
    """

    rows: int
    bytes: int
    attachments: int


def find_belongings(store: FileStore, patient_id: str, watch: Watch = UNWATCHED) -> Belongings:
    """Return everything that is kept of a patient.

    Raises:
        UnknownRecordError: There is nothing.
        StoppedError: The watch said so.
    """
    consultations = tuple(row.id for row in store.consultations.of_patient(patient_id))
    unsigned = store.drafts.of_patient(patient_id)
    drafts = tuple(row.id for row in unsigned)
    if not (consultations or drafts or store.patients.of_patient(patient_id)):
        raise UnknownRecordError("patients", patient_id)
    own: set[str] = set()
    others: set[str] = set()
    read: set[str] = set()
    tables = [kind.table for kind in (CONSULTATIONS, DRAFTS, ANONYMOUS)]
    total = sum(store.rows.count(table) for table in tables)
    rows = chain.from_iterable(store.rows.scan(table) for table in tables)
    visits = {*consultations, *drafts}
    for done, row in enumerate(rows):
        watch.tell(done, total)
        keys = {key for _, key in find_attachments(row.document)}
        (own if row.id in visits else others).update(keys)
        read.add(row.id)
    return Belongings(
        patient_id=patient_id,
        consultations=consultations,
        drafts=drafts,
        put_away=tuple(row.id for row in unsigned if row.state == PUT_AWAY),
        attachments=tuple(sorted(own - others)),
        unread=tuple(sorted(visits - read)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What an erasure is told.

    Attributes:
        reason: Why, as it is written down.
        at: Now.
        who: Code of the practitioner.
        how: Whether the visits go, or stay without anybody they belong to.
        anonymous: By new ids, what stays of the visits.
    """

    reason: str = field(repr=False)
    at: datetime
    who: str = ""
    how: How = "erased"
    anonymous: Mapping[str, Document] = field(default_factory=dict, repr=False)


def erase(
    store: FileStore, belongings: Belongings, order: Order, watch: Watch = UNWATCHED
) -> tuple[Erasure, Proof]:
    """Take everything of a patient out of the records for good.

    Args:
        store: The records.
        belongings: What `find_belongings` found.
        order: Why, when and by whom.
        watch: Told how far it is; it may stop only what comes before the erasure itself.

    Returns:
        The entry in the ledger, and what was searched afterwards.

    Raises:
        StoppedError: The watch said so; nothing was changed.
        UnconfirmedRestoreError: Records that were replaced are still there; nothing was changed.
        LeftOverError: The patient is erased, but something was found that still speaks of them.
        StoreError: The records could not be written.
    """
    watch.tell(0, 1)
    folder = store.rows.engine.folder
    with Border(folder):
        check_decided(folder)
        clear_leftovers(folder, store.rows.engine.name)
    with store.rows.engine.transaction():
        entry = Ledger(store.rows).add(
            belongings.patient_id, at=order.at, who=order.who, reason=order.reason, how=order.how
        )
        _remove(store, belongings, order.at, entry)
        for record_id, document in order.anonymous.items():
            store.anonymous.save(record_id, document, order.at)
    store.rows.engine.compact()
    return entry, prove(store, belongings)


def replay(store: FileStore, entries: Sequence[Erasure], at: datetime) -> int:
    """Make records that were restored forget again who was erased since; return how many.

    Args:
        store: The restored records.
        entries: The ledger of those they take the place of.
        at: Now, for the audit.
    """
    kinds = (store.patients, store.consultations, store.drafts)
    ids = {summary.patient_id for records in kinds for summary in records.list()} - {""}
    erased = find_erased(ids, entries)
    with store.rows.engine.transaction():
        Ledger(store.rows).merge(entries)
        for patient_id, entry in erased.items():
            _remove(store, find_belongings(store, patient_id), at, entry)
    if erased:
        store.rows.engine.compact()
    return len(erased)


def prove(store: FileStore, belongings: Belongings) -> Proof:
    """Search everything for what is to be gone.

    Raises:
        LeftOverError: It is not; the places are named.
    """
    found: list[str] = []
    rows = 0
    spoken = [_quote(record_id) for record_id in belongings.ids]
    for table in store.rows.all_names():
        for row in store.rows.scan(table):
            rows += 1
            if row.id in belongings.ids or any(each in row.data for each in spoken):
                found.append(f"{table} {row.id}")
    found += [f"attachment {name}" for name in _find_files(store, belongings.attachments)]
    searched, places = _search_files(store, belongings.ids)
    found += places
    if found:
        raise LeftOverError(
            t("The patient was erased, but something still speaks of them."),
            t("Make no further change, and ask for help with the places named."),
            tuple(found),
        )
    return Proof(rows=rows, bytes=searched, attachments=len(belongings.attachments))


class LeftOverError(StoreError):
    """After an erasure something was found that should be gone."""


def _quote(record_id: str) -> bytes:
    """Return an id as it stands as a value in a document."""
    return json.dumps(record_id, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _remove(store: FileStore, gone: Belongings, at: datetime, entry: Erasure) -> None:
    """Take the rows away, inside a transaction."""
    for record_id in gone.consultations:
        store.consultations.discard(record_id)
    for record_id in gone.drafts:
        store.drafts.discard(record_id)
    store.patients.discard(gone.patient_id)
    for key in gone.attachments:
        store.attachments.discard(key)
    for record_id in gone.ids:
        store.rows.forget_aside(record_id)
    reason = f"ledger {entry.hash}"
    store.audit.add(Act(action=ACTION, ids=gone.ids, at=at, reason=reason))


def _find_files(store: FileStore, keys: Sequence[str]) -> list[str]:
    """Return the names of attachments that are still there."""
    rows = store.rows
    names = {sealer.name_of(key) for sealer in rows.sealers() for key in keys}
    kept = [name for name in names if rows.has(TABLE, name)]
    files = {path.name for path in list_files(rows.engine.folder / PLACE)}
    return sorted({*kept, *(names & files)})


def _search_files(store: FileStore, ids: Sequence[str]) -> tuple[int, list[str]]:
    """Search the bytes of every file of records; return how many there are and what was found."""
    wanted = [each.encode() for each in ids if len(each) >= _TELLING]
    overlap = max(map(len, wanted), default=1)
    folder = store.rows.engine.folder
    searched, found = 0, set()
    for path in sorted(path for path in folder.glob("*.sqlite*") if path.is_file()):
        with Border(folder), path.open("rb") as file:
            before = b""
            while piece := file.read(_CHUNK):
                searched += len(piece)
                if any(each in before + piece for each in wanted):
                    found.add(f"the bytes of {path.name}")
                before = piece[-overlap:]
    return searched, sorted(found)
