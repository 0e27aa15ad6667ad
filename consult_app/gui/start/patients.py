"""The patients of this clinic, as the window asks for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import chain, islice

from consult_app import record
from consult_app.custody.beside import list_beside
from consult_app.domain.consultation import Consultation
from consult_app.domain.patient_record import PatientRecord
from consult_app.domain.people import Patient
from consult_app.errors import ConsultError
from consult_app.gui.start.due import (
    PROMISED,
    First,
    is_open,
    tell_absent,
)
from consult_app.gui.start.due_days import DueDay, find_left, list_before, list_days
from consult_app.gui.start.listed import FollowUp, ListedPatient, ListedVisit
from consult_app.gui.start.listed_from import list_visit, read_day
from consult_app.gui.start.namesakes import may_be_same
from consult_app.knowledge.coming import CHECK_UP
from consult_app.store.faults import DamagedRecordError, UnknownRecordError
from consult_app.store.interface import PUT_AWAY, Store, Summary
from consult_app.store.listing import fold, squeeze
from consult_app.wording import t

TITLE = t("This patient's record cannot be read")
SHORTEST_LOT = 3
"""Letters from which a text is looked for among the lots."""
LOOKING_AHEAD, LOOKING_BACK = timedelta(days=7), timedelta(days=90)
"""Who is due within a week is listed, and who was and did not come, for a season."""
YEARS_AHEAD = timedelta(days=5 * 365)
"""Of one patient all is told that is to come."""


Line = tuple[date, str, Summary, str]
"""A day, the id of the visit it follows from, that visit, and the promise it is for, if one."""


class Patients:
    """Translates patients to and from the documents of the store.

    Args:
        store: Where documents are kept.
        clock: Local wall-clock time.
        find_promises: Finds how long after a treatment a call and a look at the skin are promised.
        find_first: Finds the first visit by the plan of a signed consultation.
        find_ruled_out: Says what rules needling out on a day that a signed visit did not know, as
            words that take what the day was for; empty for nothing.
    """

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        find_promises: Callable[[], Mapping[str, timedelta]] = dict,
        find_first: Callable[[Consultation], First] = lambda _: First(),
        find_ruled_out: Callable[[Consultation, date], str] = lambda _, _day: "",
    ) -> None:
        self._find_promises = find_promises
        self._find_first = find_first
        self._find_ruled_out = find_ruled_out
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

    def list_due(self, today: date, limit: int | None = None) -> Sequence[FollowUp]:
        """Return who is expected back or called about now, and what for, earliest first."""
        first, last = today - LOOKING_BACK, today + LOOKING_AHEAD
        lines = self._list_lines(first, last)
        told = (due for line in lines for due in self._tell_line(line, today, last))
        return _sort(islice(told, limit))

    def list_due_of(self, patient_id: str, today: date) -> Sequence[FollowUp]:
        """Return what one patient is expected back or called for, also long from now."""
        first, last = today - LOOKING_BACK, today + YEARS_AHEAD
        lines = [it for it in self._list_lines(first, last) if it[2].patient_id == patient_id]
        return _sort(due for line in lines for due in self._tell_line(line, today, last))

    def _list_lines(self, first: date, last: date) -> list[Line]:
        due = self._store.consultations.due(first.isoformat(), last.isoformat())
        expected = [(date.fromisoformat(it.due), it.id, it, "") for it in due]
        return sorted([*expected, *self._list_promises(first, last)], key=lambda it: it[:2])

    def _tell_line(self, line: Line, today: date, last: date) -> Iterator[FollowUp]:
        """Yield a line as it is listed; none for a promise that was kept."""
        day, _, it, promise = line
        if not promise:
            patient = self._list(it)
            for due in self._tell_due(it, day, today, last):
                yield FollowUp(
                    patient=patient, due=due.day, what=due.what, at=due.at, treated=due.treated
                )
        elif self._is_open(it, day, promise):
            yield FollowUp(patient=self._list(it), due=day, what=PROMISED[promise])

    def _list_promises(self, first: date, last: date) -> Iterator[Line]:
        """Yield after which treatments something is promised between two days."""
        for promise, wait in self._find_promises().items():
            begin, end = (first - wait).isoformat(), (last - wait).isoformat()
            for it in self._store.consultations.treated(begin, end):
                yield date.fromisoformat(it.visit_date) + wait, it.id, it, promise

    def _is_open(self, line: Summary, day: date, promise: str) -> bool:
        """Return whether a patient was needled, and nothing tells of them since.

        That is a review or an addendum of a later day, or any visit from the promised day on. The
        skin is looked at on its day or after it, or at the next visit where that is sooner
        (reference 3, a_photo).
        """
        check = promise == CHECK_UP
        if check and line.due and line.due <= day.isoformat():
            return False
        told = day.isoformat() if check else line.visit_date
        since = [it for it in self._store.consultations.of_patient(line.patient_id) if it != line]
        for it in since:
            records = it.follows == line.id if it.kind == "addendum" else it.kind == "review"
            if records and (it.visit_date >= told if check else it.visit_date > told):
                return False
            if it.kind != "addendum" and it.visit_date >= day.isoformat() and self._came(it):
                return False
        return self._is_needled(line)

    def _came(self, line: Summary) -> bool:
        """Return whether the patient came to a visit: not where a treatment was not given."""
        return line.kind != "treatment" or self._is_needled(line)

    def _is_needled(self, line: Summary) -> bool:
        try:
            visit = self._read_visit(line.id)
        except ConsultError:
            return False  # whoever opens it is told
        return visit.treatment is not None and visit.treatment.treated is True

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

    def _list(self, line: Summary) -> ListedPatient:
        visits = self._store.consultations.of_patient(line.patient_id)
        came = (visit for visit in visits if not visit.absent)
        days = [day for visit in came if (day := read_day(visit.visit_date))]
        return ListedPatient(
            id=line.patient_id,
            name=line.name,
            born=line.date_of_birth,
            record_number=line.record_number,
            last_visit=max(days, default=None),
        )

    def _tell_due(self, line: Summary, day: date, today: date, last: date) -> Iterator[DueDay]:
        """Yield what a signed visit says its patient is to come for, and when.

        Of a damaged visit only the day is known.
        """
        try:
            visit = self._read_visit(line.id)
        except ConsultError:
            yield DueDay(day=day, what="")  # whoever opens it is told
            return
        signed = self._store.consultations.of_patient(line.patient_id)
        before, ahead = list_before(visit, line, signed), today + YEARS_AHEAD
        left = find_left(
            visit, before, self._read_visit, lambda it, of: self._tell_days(it, of, today, ahead)
        )
        yield from (it for it in left if it.day <= last)
        if not left or (day > visit.visit_date and day not in {it.day for it in left}):
            yield from self._tell_days(line, visit, today, last)

    def _tell_days(
        self, line: Summary, visit: Consultation, today: date, last: date
    ) -> Iterator[DueDay]:
        planned = self._find_first(visit) if is_open(visit) else First()
        again = line.kind == "consultation" and self._is_treated(line.patient_id)
        stores = (self._store.consultations, self._store.drafts)
        visits = [it for kept in stores for it in kept.of_patient(line.patient_id)]
        absent, day = tell_absent(line, visits), date.fromisoformat(line.due)
        for it in list_days(visit, day, planned, today, last, again=again):
            told = self._find_ruled_out(visit, it.day) if it.needled else ""
            due = replace(it, what=told.format(what=it.what), treated=False) if told else it
            yield replace(due, what=absent.format(what=due.what))

    def _is_treated(self, patient_id: str) -> bool:
        """Return whether a patient was needled here; what cannot be read is told where opened."""
        for it in self._store.consultations.of_patient(patient_id):
            if it.kind == "treatment":
                with suppress(ConsultError):
                    treatment = self._read_visit(it.id).treatment
                    if treatment is not None and treatment.treated:
                        return True
        return False

    def _read_visit(self, visit_id: str) -> Consultation:
        document = self._store.consultations.get(visit_id)
        return record.read(Consultation, document, title=TITLE)

    def _look_up(self, patient_id: str) -> PatientRecord | None:
        """Return what is kept; None when there is nothing, or nothing that can be read."""
        try:
            return self.open(patient_id)
        except (UnknownRecordError, DamagedRecordError):
            return None  # a visit carries who it is for, so the record can be written anew


def _sort(told: Iterable[FollowUp]) -> list[FollowUp]:
    """Return them by day; of one day first those without an hour, then one hour after the other."""
    return sorted(told, key=lambda it: (it.due, it.at or time.min))
