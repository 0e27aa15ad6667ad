"""The patients of this clinic, as the window asks for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import chain, islice

from consult_app import record
from consult_app.custody.beside import list_beside
from consult_app.domain.consultation import Consultation
from consult_app.domain.patient_record import PatientRecord
from consult_app.domain.people import Patient
from consult_app.errors import ConsultError
from consult_app.gui.start.course import Course
from consult_app.gui.start.due import First
from consult_app.gui.start.expected import TITLE, Expected
from consult_app.gui.start.listed import FollowUp, ListedPatient, ListedVisit
from consult_app.gui.start.listed_from import list_patient, list_visit
from consult_app.gui.start.namesakes import may_be_same
from consult_app.store.faults import DamagedRecordError, UnknownRecordError
from consult_app.store.interface import PUT_AWAY, Store, Summary
from consult_app.store.listing import fold, squeeze

SHORTEST_LOT = 3
"""Letters from which a text is looked for among the lots."""


class Patients:
    """Translates patients to and from the documents of the store.

    Args:
        store: Where documents are kept.
        clock: Local wall-clock time.
        find_promises: As `Expected` has it, and the next three.
        find_first: As above.
        find_ruled_out: As above.
        find_course: As above.
    """

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        find_promises: Callable[[], Mapping[str, timedelta]] = dict,
        find_first: Callable[[Consultation], First] = lambda _: First(),
        find_ruled_out: Callable[[Consultation, date], str] = lambda _, _day: "",
        find_course: Callable[[Consultation], Course] = lambda _: Course(),
    ) -> None:
        self._expected = Expected(store, find_promises, find_first, find_ruled_out, find_course)
        self._store = store
        self._listed = (store.drafts, store.patients, store.consultations)
        self._clock = clock

    def open(self, patient_id: str) -> PatientRecord:
        """Return one patient.

        Raises:
            ConsultError: There is none, or it cannot be read.
        """
        return record.read(PatientRecord, self._store.patients.get(patient_id), title=TITLE)

    @property
    def is_at_hand(self) -> bool:
        """Whether lists and searches answer at once; otherwise `read_ahead` comes first."""
        try:
            return all(records.is_at_hand for records in self._listed)
        except ConsultError:
            return True  # whoever lists them is told at once what is wrong

    def read_ahead(self) -> None:
        """Read what lists and searches need; takes seconds where there is much. Any thread.

        Raises:
            ConsultError: It cannot be read.
        """
        for records in self._listed:
            records.list(0)

    def find(self, text: str, limit: int) -> Sequence[ListedPatient]:
        """Return those whose name, birth date or record number match, last saved first."""
        return [self._list(line) for line in self._store.patients.find(text, limit)]

    def find_namesakes(self, patient: Patient) -> Sequence[ListedPatient]:
        """Return those who may be the same person: born on the same day, with a similar name."""
        if patient.date_of_birth is None:
            return ()
        born = patient.date_of_birth.isoformat()
        same_day = (self._list(line) for line in self._store.patients.find(born))
        return [it for it in same_day if it.born == born and may_be_same(it.name, patient.name)]

    def list_visits(self, patient_id: str) -> Sequence[ListedVisit]:
        """Return what is unfinished, then signed, latest day first, then put away."""
        begun = self._store.drafts.of_patient(patient_id)
        drafts = [line for line in begun if line.state != PUT_AWAY]
        away = [line for line in begun if line.state == PUT_AWAY]
        signed = self._store.consultations.of_patient(patient_id)
        latest_first = sorted(signed, key=lambda line: line.visit_date, reverse=True)
        added = Counter(line.follows for line in signed if line.kind == "addendum")
        listed = (list_visit(line, self._clock) for line in (*drafts, *latest_first, *away))
        kept = {name for line in (*drafts, *signed) for name in list_beside(line.id)}
        return [
            replace(it, addenda=added[it.id], beside=it.id in kept, written=self._find_write(it))
            for it in listed
        ]

    def _find_write(self, it: ListedVisit) -> int:
        records = self._store.consultations if it.signed else self._store.drafts
        return records.written(it.id)

    def find_lots(self, text: str, limit: int) -> Sequence[ListedVisit]:
        """Return the treatments at which a lot was used, those put away last.

        Packs print lots with and without spaces, hyphens and dots.
        """
        wanted = squeeze(fold(text))
        if len(wanted) < SHORTEST_LOT:
            return ()
        away = (it for it in self._store.drafts.find(text) if it.state == PUT_AWAY)
        lines = chain(self._store.consultations.find(text), away)
        found = (it for it in lines if wanted in squeeze(fold(it.lots)))
        return [list_visit(line, self._clock) for line in islice(found, limit)]

    def list_due(
        self, today: date, limit: int | None = None, *, every: bool = False
    ) -> Sequence[FollowUp]:
        """Return the nearest who are expected or called about now, or at all, earliest first."""
        return self._expected.list_due(today, limit, every=every)

    def list_due_of(self, patient_id: str, today: date) -> Sequence[FollowUp]:
        """Return what one patient is expected back or called for, also long from now."""
        return self._expected.list_of(patient_id, today)

    def _list(self, line: Summary) -> ListedPatient:
        return list_patient(line, self._store.consultations.of_patient(line.patient_id))

    def recall(self, visit: Consultation) -> Consultation:
        """Return a draft with who the patient is by now; another visit may have written it."""
        kept = self._look_up(visit.patient_id)
        return visit if kept is None else replace(visit, patient=kept.identity, needs=kept.needs)

    def describe(self, visit: Consultation, at: datetime) -> PatientRecord:
        """Return the patient's record as this visit knows the person."""
        kept = self._look_up(visit.patient_id)
        if kept is None:
            kept = PatientRecord(id=visit.patient_id, sample=visit.sample, entered_at=at)
        return kept.identify(visit.patient, visit.needs)

    def find_change(self, visit: Consultation, at: datetime) -> PatientRecord | None:
        """Return the patient's record when it is to be written: the visit knows something new.

        A person nobody could find again is not entered yet.
        """
        described = self.describe(visit, at)
        return described if described.known and described != self._look_up(described.id) else None

    def _look_up(self, patient_id: str) -> PatientRecord | None:
        """Return what is kept; None when there is nothing, or nothing that can be read."""
        try:
            return self.open(patient_id)
        except (UnknownRecordError, DamagedRecordError):
            return None  # a visit carries who it is for, so the record can be written anew
