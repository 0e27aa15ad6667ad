"""Lets patients in: finds them, and begins, opens and closes their visits, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from consult_app.domain.consultation import Consultation
from consult_app.domain.patient_record import PatientRecord
from consult_app.domain.people import Patient
from consult_app.errors import ConsultError
from consult_app.gui.desk import Desk
from consult_app.gui.practice.countries import write_as_in
from consult_app.gui.sheets import Sheets
from consult_app.gui.start.following import find_base, find_begun
from consult_app.gui.start.leaving import leave_visit
from consult_app.gui.start.page import StartPage
from consult_app.gui.start.patient_page import PatientPage
from consult_app.gui.start.resuming import resume_visit
from consult_app.gui.start.same_person import FROM_FILE
from consult_app.gui.theme import Theme
from consult_app.gui.workspace.begun_after import lay_records
from consult_app.gui.workspace.course_before import recall_said
from consult_app.gui.workspace.earlier import lay_signed
from consult_app.gui.workspace.entered import list_since
from consult_app.gui.workspace.open_visit import OpenVisit
from consult_app.gui.workspace.overtaking import check_overtaken
from consult_app.gui.workspace.stepping import count_deeper
from consult_app.knowledge.visits.later_said import LastSaid


class Reception(QObject):
    """Owns the start page, the page of a patient and the visit that is open.

    Args:
        theme: The look.
        desk: What it works with.
        sheets: Says what went wrong.
        leave: Closes the window all the same when the last changes cannot be kept.
        parent: Qt owner.

    Attributes:
        desk: What it works with; another one once the settings changed.
        visit: The visit that is open, or None.
        shown: A page is to be shown.
        opened: A visit was opened; carries the `OpenVisit`.
        closing: The open visit is about to be let go of; it is durable by now.
    """

    shown = Signal(QWidget)
    opened = Signal(object)
    closing = Signal()

    def __init__(
        self, theme: Theme, desk: Desk, sheets: Sheets, leave: Callable[[], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sheets = sheets
        self._leave = leave
        self._leaving = False
        self.desk = desk
        write_as_in(desk.settings.practice.country)
        self.visit: OpenVisit | None = None
        self.start = StartPage(theme, desk)
        self.person = PatientPage(theme, desk)
        self.shown.connect(self.start.leave_for)
        self.start.open_wanted.connect(self.open_visit)
        self.start.patient_wanted.connect(self.show_patient)
        self.start.new_wanted.connect(self.begin_visit)
        self.start.blank.withdraw_wanted.connect(self._withdraw)
        sheets.file_wanted.connect(self.ask_to_file)
        self.start.away.back_wanted.connect(self.open_visit)
        self.start.sample_wanted.connect(lambda: self.show_visit(self.desk.sample_visit()))
        self.start.file_wanted.connect(lambda: sheets.choose_case_file(self._read_case))
        self.person.open_wanted.connect(self.open_visit)
        self.person.begin_wanted.connect(self.begin_again)
        self.person.later_wanted.connect(self.begin_after)
        self.person.back_wanted.connect(self.show_start)

    def use(self, desk: Desk) -> None:
        """Work with another desk, as after the settings changed."""
        self.desk = self.start.desk = self.person.desk = desk
        write_as_in(desk.settings.practice.country)
        if self.visit is not None:
            self.visit.use(desk)
        else:
            self.start.refresh()  # it repeats the birth date that it reads in what is typed

    def show_start(self) -> None:
        """Show the start page; an open draft is saved first and stays in the list."""
        if not self.put_away():
            return
        self.start.away.tell(None)
        self.start.refresh()
        self.shown.emit(self.start)
        self.start.focus_first()

    def look_for(self, text: str) -> None:
        """Show the start page with the patients, visits and treatments that a text finds."""
        if self.put_away():
            self.start.search.set_text(text)
            self.show_start()

    def show_patient(self, patient_id: str) -> None:
        """Show a patient of the directory with their visits."""
        if not self.put_away():
            return
        try:
            self.person.show_patient(patient_id)
        except ConsultError as error:
            self._sheets.tell(error)
            return
        self.desk.records.tell_audit("patient.viewed", patient_id)
        self.shown.emit(self.person)
        # Its lines are shown only when Qt comes to it.
        QTimer.singleShot(0, self.person, self.person.focus_first)

    def begin_visit(self, patient: Patient) -> None:
        """Begin a consultation for a new patient as far as known."""
        self.show_visit(self.desk.begin_visit(self.desk.settings, patient))

    def begin_again(self, patient: PatientRecord, follows: str | None) -> None:
        """Begin a consultation for a patient of the directory; it follows an earlier visit."""
        begun = self.desk.begin_again(self.desk.settings, patient, follows)
        self.show_visit(lay_records(self.desk, begun, self._sheets.tell), begun=True)

    def begin_after(self, kind: str, after: Consultation | None = None) -> None:
        """Begin a treatment, review or return visit after the last consultation, or an addendum.

        Of the patient on the page, or of the visit that is open, or was. One begun on the same day
        and not signed yet is gone on with: a second would stand beside it and count as another.
        """
        self.keep_draft()
        open_now = self.visit.session.visit if self.visit is not None else after
        today = self.desk.clock().date()
        try:
            self.desk.records.finish_writing()  # what is begun knows of what was just said
            last = find_base(self.desk, kind, open_now, self.person.last)
            patient = self.desk.patients.open(last.patient_id)
            done = self.desk.patients.list_visits(patient.id)
            begun = find_begun(kind, last, done, open_now, today)
            if kind == "treatment" and not begun:
                check_overtaken(self.desk, last, done)
            if kind != "addendum" and not begun:
                last = lay_signed(self.desk, last, done).visit
            steps = 0 if begun else count_deeper(self.desk, last, done)
        except ConsultError as error:
            self._sheets.tell(error)
            return
        if begun:
            self.open_visit(begun)
            return
        if kind == "return":
            self.begin_again(patient, last.id)
            return
        settings = self.desk.settings
        later = self.desk.begin_after(kind, settings, patient, last, steps)
        self.show_visit(lay_records(self.desk, later, self._sheets.tell), begun=True)

    def open_visit(self, visit_id: str) -> None:
        """Open a consultation of the records; one that was put away is unfinished again.

        The one that is open already stays as it is: what was just typed is kept nowhere else yet.
        """
        if self.visit is not None and self.visit.session.visit.id == visit_id:
            self.shown.emit(self.visit.workspace)
            return
        try:
            visit = self.desk.records.open_visit(visit_id)
            listed = self.desk.patients.list_visits(visit.patient_id)
            since = list_since(listed, visit_id)
        except ConsultError as error:
            self._sheets.tell(error)
            return
        if visit.state == "signed":  # the audit leaves out what is unfinished
            self.desk.records.tell_audit(f"{visit.kind}.viewed", visit.id, visit.patient_id)
        self.show_visit(visit, since=since)

    def show_visit(
        self, visit: Consultation, *, begun: bool = False, since: frozenset[str] = frozenset()
    ) -> None:
        """Open a consultation in the workspace, as of now; one may just be begun."""
        if not self.put_away():
            return
        said, addenda = self._recall_last(visit), self._recall_addenda(visit)
        if not begun:
            try:
                visit = resume_visit(self.desk, visit, said, since, self._sheets.tell)
            except ConsultError as error:
                self._sheets.tell(error)
                self.show_start()
                return
        self.visit = OpenVisit(visit, said, addenda, self._theme, self.desk, self, begun=begun)
        self.opened.emit(self.visit)
        self.shown.emit(self.visit.workspace)

    def _withdraw(self, visit: Consultation) -> None:
        """Take back a visit in which nothing was entered, with its patient."""
        try:
            self.desk.records.withdraw(visit)
        except ConsultError as error:
            self._sheets.tell(error)
        self.start.refresh()
        self.start.focus_first()

    def ask_to_file(self) -> None:
        """Ask why the open visit is to be put away; one in which nothing was entered just goes."""
        opened = self.visit
        if opened is None or opened.session.locked:
            return
        if opened.untouched:
            self.show_start()
            return
        visit, renamed = opened.session.visit, opened.renamed
        sheet = self._sheets.ask_to_file(visit, self.desk, renamed=renamed)
        sheet.chosen.connect(self.file_away)

    def file_away(self, reason: str) -> None:
        """Put the open visit away for a reason; it stays with its patient as it was left."""
        filed = self.visit.session.visit if self.visit is not None else None
        if filed is None or not self.close_visit():
            return
        try:
            self.desk.records.put_away(filed.id, reason)
        except ConsultError as error:
            self._sheets.tell(error)
            filed = None  # it is unfinished as before
        self.show_start()
        self.start.away.tell(filed)

    def keep_draft(self) -> None:
        """Hand the open draft over to be made durable."""
        if self.visit is not None:
            self.visit.keep()

    def put_away(self) -> bool:
        """Close the open visit; one with nothing entered may go. False where it was not kept."""
        if (left := self.visit) is None:
            return True
        left.finish()
        visit, idle = left.session.visit, left.untouched
        if not self.close_visit():
            return False
        self.start.blank.offer(leave_visit(self.desk, visit, idle=idle))
        return True

    def close_visit(self) -> bool:
        """Close the open visit once it is durable; return False when that could not be done."""
        if self.visit is None:
            return True
        self.keep_draft()
        try:
            self.desk.records.finish_writing()
        except ConsultError as error:
            if not self._leaving:
                self._sheets.tell_unsaved(error, self._go_without_saving)
                return False
        self.closing.emit()
        self.visit.close()
        self.visit = None
        return True

    def _go_without_saving(self) -> None:
        self._leaving = True
        self._leave()

    def _recall_last(self, visit: Consultation) -> LastSaid | None:
        """Return what it follows; all or nothing: an older answer would be taken for the last."""
        try:
            return recall_said(self.desk, visit)
        except ConsultError as error:
            self._sheets.tell(error)
            return None

    def _recall_addenda(self, visit: Consultation) -> Sequence[Consultation]:
        """Return what was added to a signed visit; what cannot be read is told of."""
        if visit.state != "signed":
            return ()
        try:
            return self.desk.records.list_addenda(visit)
        except ConsultError as error:
            self._sheets.tell(error)
            return ()

    def _read_case(self, path: Path) -> None:
        try:
            visit = self.desk.read_case(path)
        except ConsultError as error:
            self._sheets.tell(error)
            return
        begin = partial(self.show_visit, visit)
        self.start.same.begin(self.desk, visit.patient, begin, FROM_FILE, self.show_start)
