"""What an import would make of each record: one that comes in, held against ours."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from itertools import chain
from typing import Literal

from consult_app import record
from consult_app.custody.beside import open_again, says_more
from consult_app.custody.identities import Otherwise, list_otherwise, merge
from consult_app.custody.waiting import Waiting, rests_beside
from consult_app.domain.attachments import find_attachments
from consult_app.domain.consultation import Consultation
from consult_app.domain.fingerprint import fits
from consult_app.domain.patient_record import PatientRecord
from consult_app.errors import ConsultError, Fault
from consult_app.exchange.archive import ArchivedRecord, Kind
from consult_app.store.arrivals import Arrival
from consult_app.store.erasures import Ledger, find_erased
from consult_app.store.faults import DamagedRecordError, NewerStoreError, UnknownRecordError
from consult_app.store.interface import PUT_AWAY, Document, Store, Summary
from consult_app.store.kinds import KINDS
from consult_app.store.repositories import FileStore

Fate = Literal[
    "new", "mended", "replaced", "filled", "beside", "kept", "same", "older", "signed", "erased"
]
"""What becomes of a record: it is added, takes the place of a damaged one or of one that was saved
earlier, fills what our record of the patient leaves open, is added beside our signed visit or, as
ours, kept beside the one that comes in, is here already, or stays out because it was not saved
later than ours, the visit is signed or the patient was erased.
"""

TAKEN = frozenset({"new", "mended", "replaced", "filled", "beside"})

FINAL = "which is final"
UNTIMED = "and nobody knows which of the two was saved later"

_DOMAIN: dict[Kind, type] = {
    "patients": PatientRecord,
    "consultations": Consultation,
    "drafts": Consultation,
    "anonymous": Consultation,
}
_KINDS = {kind.table: kind for kind in KINDS}


class Comparison:
    """Judges one record after the other against ours.

    Attributes:
        fates: By kind and id, what becomes of each record.
        kept: Our unfinished visits, as they are kept beside those of their id that come in.
        names: By kind and id, under which ids visits come in beside those of their own id here.
        beside: What will be unfinished beside a signed visit that it says something else than, be
            it signed elsewhere or not.
        twice: What will be unfinished beside another unfinished copy of the same visit.
        merged: Patients' records, as both know them, by id.
        otherwise: What two records of a patient say otherwise.
        put_away: Ids of the drafts that were put away.
        came: Ids of visits whose patient has others here, of which nobody there need know.
        faults: Why the import is refused.
        without_files: How many records refer to files that did not come with them.
    """

    def __init__(self, store: Store, arriving: Collection[str]) -> None:
        """Take our records, and the ids of all signed visits that come in."""
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
        visits = (self._ours[kind].values() for kind in ("consultations", "drafts"))
        self._met = {it.patient_id for it in chain.from_iterable(visits)}
        self._ledger = Ledger(store.rows).entries() if isinstance(store, FileStore) else ()
        self.fates: dict[tuple[Kind, str], Fate] = {}
        self.kept: dict[str, Arrival] = {}
        self.names: dict[tuple[Kind, str], str] = {}
        self._waiting = Waiting(store, self._ours["consultations"].keys(), arriving)
        self.beside: list[Summary] = []
        self.twice: list[Summary] = []
        self.merged: dict[str, Arrival] = {}
        self.otherwise: list[Otherwise] = []
        self.put_away: set[str] = set()
        self.came: set[str] = set()
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
            why = FINAL if _KINDS[arriving.kind].final else UNTIMED
            self.faults.append(Fault(place, f"differs from the one that is here, {why}"))
            return
        self.fates[arriving.kind, arriving.id] = fate
        if arriving.kind == "drafts" and fate in TAKEN and fate != "beside":
            self._waiting.take(arriving.id, document)
        if document.get("patient_id") in self._met:
            self.came.add(arriving.id)
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
        if arriving.kind == "drafts" and self._waiting.repeats(arriving.id, document):
            return "signed"
        placed = self._waiting.find_placed(arriving.id)
        if arriving.kind == "drafts" and placed is not None:
            counting = {} if rests_beside(placed, document) else placed
            return self._place_beside(arriving, document, counting, self.twice) or "same"
        if arriving.kind == "drafts" and self._is_signed(arriving.id):
            return self._judge_signed(arriving, document)
        if arriving.kind == "consultations" and arriving.id in self._ours["drafts"]:
            self._keep_beside(arriving.id, document)
            return "new"
        try:
            ours = self._records[arriving.kind].get(arriving.id)
        except UnknownRecordError:
            return "new"
        except DamagedRecordError:
            return "mended"
        return "same" if ours == document else self._judge_other(arriving, ours, document)

    def _judge_other(
        self, arriving: ArchivedRecord, ours: Document, document: Document
    ) -> Fate | None:
        """Return what becomes of a record that is another than ours of its id."""
        if arriving.kind == "consultations":
            # Which of two that are signed is right only a person can tell, so ours stays.
            return self._place_beside(arriving, open_again(document), ours, self.beside) or "signed"
        later = self._is_later(arriving)
        if _KINDS[arriving.kind].final or later is None:
            return None
        if arriving.kind == "patients":
            return self._judge_patient(arriving, ours, document, later=later)
        if arriving.kind == "drafts":
            return self._judge_draft(arriving, ours, document, later=later)
        return "replaced" if later else "older"

    def _judge_patient(
        self, arriving: ArchivedRecord, ours: Document, document: Document, *, later: bool
    ) -> Fate:
        """Return what becomes of a patient's record that is another here: both are joined."""
        self.otherwise += list_otherwise(ours, document, taken=later)
        merged = merge(ours, document, later=later)
        if not later and merged == ours:
            return "older"
        own = self._ours["patients"][arriving.id].saved_at
        saved_at = datetime.fromisoformat(arriving.saved_at) if later else own
        self.merged[arriving.id] = Arrival(
            table="patients", id=arriving.id, document=merged, saved_at=saved_at
        )
        return "replaced" if later else "filled"

    def _judge_draft(
        self, arriving: ArchivedRecord, ours: Document, document: Document, *, later: bool
    ) -> Fate:
        """Return what becomes of an unfinished visit that is another here: the later one counts.

        It may have been looked at only, so what the other one says besides stays too.
        """
        if self._waiting.holds(arriving.id, document):
            return "same"
        if not later:
            return self._place_beside(arriving, document, ours, self.twice) or "older"
        self._keep(arriving.id, ours, document, self.twice)
        return "replaced"

    def _judge_signed(self, arriving: ArchivedRecord, document: Document) -> Fate:
        """Return what becomes of an unfinished visit that is signed here.

        What it says besides nobody here may have known, also where it was saved before that.
        """
        try:
            signed = self._records["consultations"].get(arriving.id)
        except DamagedRecordError:
            signed = {}
        except UnknownRecordError:
            return "signed"  # by what comes with it
        return self._place_beside(arriving, document, signed, self.beside) or "signed"

    def _place_beside(
        self, arriving: ArchivedRecord, document: Document, counting: Document, told: list[Summary]
    ) -> Fate | None:
        """Return what becomes of a visit that comes in beside the one of its id that counts.

        None where it says nothing besides.
        """
        if not says_more(document, counting):
            return None
        moved = self._waiting.place(arriving.id, document)
        if moved is None:
            return "same"
        self.names[arriving.kind, arriving.id] = str(moved["id"])
        _tell(moved, told)
        return "beside"

    def _keep_beside(self, visit_id: str, signed: Document) -> None:
        """Keep our unfinished visit beside the signed one that takes its place."""
        try:
            ours = self._records["drafts"].get(visit_id)
        except DamagedRecordError:
            return  # nobody can read it
        self._keep(visit_id, ours, signed, self.beside)

    def _keep(self, visit_id: str, ours: Document, counting: Document, told: list[Summary]) -> None:
        """Keep what our unfinished visit says besides the one that takes its place."""
        if not says_more(ours, counting):
            return
        moved = self._waiting.place(visit_id, ours, ours=True)
        if moved is None:
            return  # it is kept already
        saved_at = self._ours["drafts"][visit_id].saved_at
        # It knew nothing of what comes in, which is written before it.
        self.kept[visit_id] = Arrival(
            table="drafts", id=str(moved["id"]), document=moved, saved_at=saved_at, came=True
        )
        _tell(moved, told)
        if ours["state"] == PUT_AWAY:
            self.put_away.add(visit_id)

    def _is_signed(self, record_id: str) -> bool:
        return (
            record_id in self._ours["consultations"] or ("consultations", record_id) in self.fates
        )

    def _is_later(self, arriving: ArchivedRecord) -> bool | None:
        """Tell whether a record was saved later than ours, None when nobody knows."""
        ours = self._ours[arriving.kind][arriving.id].saved_at
        if ours is None or not arriving.saved_at:
            return None
        return datetime.fromisoformat(arriving.saved_at) > ours


def _tell(moved: Document, told: list[Summary]) -> None:
    """Note a visit that is kept beside another; what was put away waits for nobody."""
    if moved["state"] != PUT_AWAY:
        told.append(_KINDS["drafts"].describe(str(moved["id"]), moved, None))
