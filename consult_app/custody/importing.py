"""Records from elsewhere into ours: first what would change, then all of it or nothing.

A signed visit is final, so one that differs from ours stops the import; of anything else the one
saved later stays. What was erased here does not come back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from consult_app import record
from consult_app.custody.safety import check_fresh
from consult_app.domain.attachments import find_attachments
from consult_app.domain.consultation import Consultation
from consult_app.domain.fingerprint import fits
from consult_app.domain.patient_record import PatientRecord
from consult_app.errors import ConsultError, Fault, InputError
from consult_app.exchange.archive import ArchivedRecord, Kind
from consult_app.exchange.incoming import Incoming
from consult_app.store.arrivals import Arrival, take_in
from consult_app.store.erasures import Ledger, find_erased, read_erasure
from consult_app.store.faults import DamagedRecordError, NewerStoreError, UnknownRecordError
from consult_app.store.interface import PUT_AWAY, Document, Store, Summary
from consult_app.store.kinds import KINDS
from consult_app.store.manifest import Backup
from consult_app.store.repositories import FileStore
from consult_app.store.watching import UNWATCHED, Watch

TITLE = "These records cannot be imported"
ADVICE = "Nothing was changed."

Fate = Literal["new", "mended", "replaced", "same", "older", "erased"]
"""What becomes of a record: it is added, takes the place of a damaged one or of one that was saved
earlier, is here already, or stays out because ours was saved later or the patient was erased."""

TAKEN = frozenset({"new", "mended", "replaced"})

_DOMAIN: dict[Kind, type] = {
    "patients": PatientRecord,
    "consultations": Consultation,
    "drafts": Consultation,
    "anonymous": Consultation,
}
_KINDS = {kind.table: kind for kind in KINDS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What an import would do.

    Attributes:
        fates: By kind and id, what becomes of each record.
        put_away: Ids of the drafts that were put away; they wait for nobody.
        without_files: How many records refer to files that did not come with them.
    """

    fates: Mapping[tuple[Kind, str], Fate] = field(repr=False)
    put_away: frozenset[str] = frozenset()
    without_files: int = 0

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """How many records of each kind have which fate; what was put away is counted apart."""
        counted = Counter(
            (PUT_AWAY if kind == "drafts" and name in self.put_away else kind, fate)
            for (kind, name), fate in self.fates.items()
        )
        found: dict[str, dict[str, int]] = {}
        for (kind, fate), number in sorted(counted.items()):
            found.setdefault(kind, {})[fate] = number
        return found

    @property
    def taken(self) -> int:
        """How many records would come in."""
        return sum(fate in TAKEN for fate in self.fates.values())


def compare(store: Store, incoming: Incoming, watch: Watch = UNWATCHED) -> Changes:
    """Return what an import would change; nothing is changed yet.

    Args:
        store: The records.
        incoming: What would come in.
        watch: Told how far it is.

    Raises:
        InputError: A record cannot be read, or a signed visit differs from ours; all are named.
        NewerStoreError: A newer version of the program wrote one.
        StoppedError: The watch said so.
    """
    comparison = _Comparison(store)
    for done, arriving in enumerate(incoming.read_records()):
        watch.tell(done, incoming.count)
        comparison.add(arriving)
    watch.tell(incoming.count, incoming.count)
    if comparison.faults:
        raise InputError(TITLE, tuple(comparison.faults), ADVICE)
    return Changes(
        fates=comparison.fates,
        put_away=frozenset(comparison.put_away),
        without_files=comparison.without_files,
    )


def import_records(
    store: FileStore,
    incoming: Incoming,
    changes: Changes,
    *,
    backup: Backup | None,
    at: datetime,
    watch: Watch = UNWATCHED,
) -> None:
    """Take in what `compare` found new, all of it or nothing.

    Args:
        store: The records, as they were when they were compared.
        incoming: What comes in.
        changes: What `compare` found.
        backup: A fresh one of the records; None is enough where there is nothing yet.
        at: Now, for the audit.
        watch: Told how far it is; may stop it, and then nothing was changed.

    Raises:
        StaleBackupError: The backup is not fresh.
        StoppedError: The watch said so; nothing was changed.
        StoreError: They could not be written; nothing was changed.
    """
    check_fresh(store, backup, at)
    erasures = tuple(map(read_erasure, incoming.read_erasures()))
    with store.rows.engine.transaction():
        take_in(store, _arrivals(incoming, changes, watch), at, incoming.origin)
        Ledger(store.rows).merge(erasures)


def _arrivals(incoming: Incoming, changes: Changes, watch: Watch) -> Iterator[Arrival]:
    for done, arriving in enumerate(incoming.read_records()):
        watch.tell(done, incoming.count)
        if changes.fates[arriving.kind, arriving.id] in TAKEN:
            saved_at = arriving.saved_at
            yield Arrival(
                table=arriving.kind,
                id=arriving.id,
                document=arriving.document,
                saved_at=datetime.fromisoformat(saved_at) if saved_at else None,
                attachments={
                    key: incoming.read(name) for key, name in arriving.attachments.items()
                },
            )


class _Comparison:
    """Judges one record after the other against ours."""

    def __init__(self, store: Store) -> None:
        self._records = {
            "patients": store.patients,
            "consultations": store.consultations,
            "drafts": store.drafts,
            "anonymous": store.anonymous,
        }
        self._ours: dict[str, dict[str, Summary]] = {
            kind: {summary.id: summary for summary in records.list()}
            for kind, records in self._records.items()
        }
        self._ledger = Ledger(store.rows).entries() if isinstance(store, FileStore) else ()
        self.fates: dict[tuple[Kind, str], Fate] = {}
        self.put_away: set[str] = set()
        self.faults: list[Fault] = []
        self.without_files = 0

    def add(self, arriving: ArchivedRecord) -> None:
        """Find out what becomes of a record."""
        place = f"{arriving.kind} {arriving.id}"
        if (arriving.kind, arriving.id) in self.fates:
            self.faults.append(Fault(place, "there twice"))
            return
        document = self._read(place, arriving)
        if document is None:
            return
        fate = self._judge(arriving, document)
        if fate is None:
            self.faults.append(Fault(place, "differs from the one that is here, which is final"))
            return
        self.fates[arriving.kind, arriving.id] = fate
        if arriving.kind == "drafts" and document["state"] == PUT_AWAY:
            self.put_away.add(arriving.id)
        keys = {key for _, key in find_attachments(document)}
        self.without_files += fate in TAKEN and not keys <= arriving.attachments.keys()

    def _read(self, place: str, arriving: ArchivedRecord) -> dict[str, object] | None:
        """Return the record in the newest format, after making sure that the program reads it."""
        try:
            document = _KINDS[arriving.kind].prepare(arriving.id, arriving.document)
        except NewerStoreError:
            raise
        except ConsultError as error:
            self.faults += [Fault(place, line) for line in error.details or (error.title,)]
            return None
        found: list[Fault] = []
        if _KINDS[arriving.kind].final and not fits(arriving.document):
            found.append(Fault("fingerprint", "it is not what was signed"))
        record.collect(_DOMAIN[arriving.kind], document, "", found)
        # What stands at a place may be a patient's, so only the place is told.
        self.faults += [
            Fault(f"{place}: {fault.place}", fault.problem.partition(": ")[0]) for fault in found
        ]
        return None if found else document

    def _judge(self, arriving: ArchivedRecord, document: Document) -> Fate | None:
        """Return what becomes of a record, None when it contradicts ours."""
        patient_id = arriving.id if arriving.kind == "patients" else str(document["patient_id"])
        if find_erased((patient_id,), self._ledger):
            return "erased"
        if arriving.kind == "drafts" and self._is_signed(arriving.id):
            return "older"
        if arriving.kind == "consultations" and arriving.id in self._ours["drafts"]:
            return "new" if self._is_later(arriving, "drafts") is not False else None
        try:
            ours = self._records[arriving.kind].get(arriving.id)
        except UnknownRecordError:
            return "new"
        except DamagedRecordError:
            return "mended"
        if ours == document:
            return "same"
        later = self._is_later(arriving, arriving.kind)
        if arriving.kind in ("consultations", "anonymous") or later is None:
            return None
        return "replaced" if later else "older"

    def _is_signed(self, record_id: str) -> bool:
        return (
            record_id in self._ours["consultations"] or ("consultations", record_id) in self.fates
        )

    def _is_later(self, arriving: ArchivedRecord, kind: str) -> bool | None:
        """Tell whether a record was saved later than ours, None when nobody knows."""
        ours = self._ours[kind][arriving.id].saved_at
        if ours is None or not arriving.saved_at:
            return None
        return datetime.fromisoformat(arriving.saved_at) > ours
