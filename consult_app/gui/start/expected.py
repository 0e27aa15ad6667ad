"""Who is expected back or called, by what was signed of each patient last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import islice

from consult_app import record
from consult_app.domain.consultation import Consultation
from consult_app.errors import ConsultError
from consult_app.gui.start.course import Course
from consult_app.gui.start.due import PROMISED, First, is_open, tell_absent
from consult_app.gui.start.due_days import DueDay, find_left, list_before, list_days, list_next
from consult_app.gui.start.listed import FollowUp, ListedPatient
from consult_app.gui.start.listed_from import list_patient
from consult_app.knowledge.visits.coming import CHECK_UP
from consult_app.store.interface import Store, Summary
from consult_app.store.listing import find_latest, is_counted
from consult_app.wording import t

TITLE = t("This patient's record cannot be read")
LOOKING_AHEAD, LOOKING_BACK = timedelta(days=7), timedelta(days=90)
"""Who is due within a week is listed, and who was and did not come, for a season."""
YEARS_AHEAD = timedelta(days=5 * 365)
"""Of one patient all is told that is to come."""
EVER = 10 * YEARS_AHEAD
Line = tuple[date, str, Summary, str]
"""A day, the id of the visit it follows from, that visit, and the promise it is for, if one."""


class Expected:
    """Lists them.

    Args:
        store: Where documents are kept.
        find_promises: Finds how long after a treatment a call and a look at the skin are promised.
        find_first: Finds the first visit by the plan of a signed consultation.
        find_ruled_out: Says what rules needling out on a day that a signed visit did not know, as
            words that take what the day was for; empty for nothing.
        find_course: Finds how far the course is to which a signed treatment or review belongs.
    """

    def __init__(
        self,
        store: Store,
        find_promises: Callable[[], Mapping[str, timedelta]],
        find_first: Callable[[Consultation], First],
        find_ruled_out: Callable[[Consultation, date], str],
        find_course: Callable[[Consultation], Course],
    ) -> None:
        self._find_promises = find_promises
        self._find_first = find_first
        self._find_ruled_out = find_ruled_out
        self._find_course = find_course
        self._store = store

    def list_due(
        self, today: date, limit: int | None = None, *, every: bool = False
    ) -> Sequence[FollowUp]:
        """Return the nearest who are expected or called about now, or at all, earliest first."""
        back, ahead = (EVER, EVER) if every else (LOOKING_BACK, LOOKING_AHEAD)
        lines = self._list_lines(today - back, today + ahead, today)
        near = sorted(lines, key=lambda it: abs(it[0] - today))
        told = (due for line in near for due in self._tell_line(line, today, today + ahead))
        return _sort(islice(told, limit))

    def list_of(self, patient_id: str, today: date) -> Sequence[FollowUp]:
        """Return what one patient is expected back or called for, also long from now or overdue."""
        visits, last = self._store.consultations.of_patient(patient_id), today + YEARS_AHEAD
        latest = find_latest(visits)
        lines = list[Line]()
        if latest is not None and latest.due:
            lines.append((date.fromisoformat(latest.due), latest.id, latest, ""))
        for it in (it for it in visits if it.kind == "treatment" and is_counted(it)):
            told = (_promise(it, *promise) for promise in self._find_promises().items())
            lines += [line for line in told if today - LOOKING_BACK <= line[0] <= last]
        return _sort(due for line in lines for due in self._tell_line(line, today, last))

    def _list_lines(self, first: date, last: date, today: date) -> list[Line]:
        due = self._store.consultations.due(first.isoformat(), last.isoformat())
        expected = [(date.fromisoformat(it.due), it.id, it, "") for it in due]
        promised = self._list_promises(max(first, today - LOOKING_BACK), last)
        return sorted([*expected, *promised], key=lambda it: it[:2])

    def _tell_line(self, line: Line, today: date, last: date) -> Iterator[FollowUp]:
        """Yield a line as it is listed; none for a promise that was kept."""
        day, _, it, promise = line
        if not promise:
            patient = self._list(it)
            for due in self._tell_due(it, day, today, last):
                told = FollowUp(patient=patient, due=due.day, what=due.what, at=due.at)
                yield replace(told, treated=due.treated, looked=due.looked)
        elif self._is_open(it, day, promise):
            yield FollowUp(patient=self._list(it), due=day, what=PROMISED[promise], looked=True)

    def _list_promises(self, first: date, last: date) -> Iterator[Line]:
        """Yield after which treatments something is promised between two days."""
        for promise, wait in self._find_promises().items():
            begin, end = (first - wait).isoformat(), (last - wait).isoformat()
            for it in self._store.consultations.treated(begin, end):
                yield _promise(it, promise, wait)

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

    def _list(self, line: Summary) -> ListedPatient:
        return list_patient(line, self._store.consultations.of_patient(line.patient_id))

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
        stores = (self._store.consultations, self._store.drafts)
        visits = [it for kept in stores for it in kept.of_patient(line.patient_id)]
        absent, day = tell_absent(line, visits), date.fromisoformat(line.due)
        if line.kind == "consultation":
            planned = self._find_first(visit) if is_open(visit) else First()
            again = self._is_treated(line.patient_id)
            days = list_days(visit, day, planned, today, last, again=again)
        else:
            days = list_next(visit, day, self._find_course(visit), last)
        for it in days:
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


def _promise(line: Summary, promise: str, wait: timedelta) -> Line:
    return date.fromisoformat(line.visit_date) + wait, line.id, line, promise


def _sort(told: Iterable[FollowUp]) -> list[FollowUp]:
    """Return them by day; of one day first those without an hour, then one hour after the other."""
    return sorted(told, key=lambda it: (it.due, it.at or time.min))
