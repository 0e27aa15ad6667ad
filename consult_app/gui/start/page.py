"""The start page: find a patient, begin, resume what is unfinished, see who is due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from consult_app.errors import ConsultError
from consult_app.gui.commands import fill_keys, with_keys
from consult_app.gui.desk import Desk
from consult_app.gui.start.blank_visit import BlankVisit
from consult_app.gui.start.filing import PutAway
from consult_app.gui.start.lines import tell_draft, tell_due, tell_lot, tell_patient
from consult_app.gui.start.listed import FollowUp, ListedPatient, ListedVisit
from consult_app.gui.start.lists import MOST, StartLists
from consult_app.gui.start.patient_line import describe_line, read_patient, write_search
from consult_app.gui.start.person_row import PersonRow
from consult_app.gui.start.reminder_list import ReminderList
from consult_app.gui.start.same_person import SamePersonCard
from consult_app.gui.tasks import Tasks
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.cards_wide import CardsWide
from consult_app.gui.widgets.fields import TextField
from consult_app.gui.widgets.gaps import Gaps
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.widgets.scrolling import ScrollPane
from consult_app.gui.workspace.reading_order import ReadPage
from consult_app.wording import t

LOTS_LISTED = 50
"""A recall needs everybody treated with a lot, not the first few."""
READING = t("Reading the list of patients \N{HORIZONTAL ELLIPSIS}")
HELP = t(
    "Name, birth date or record number. Enter opens the first match, {new} begins with what is "
    "typed."
)

BEGINS = t("{new} begins with {told}")
NO_MATCH = t("No match. {new} begins a new record with what was typed.")


class StartPage(ReadPage):
    """One line finds or creates; unfinished work and follow-ups wait below.

    Attributes:
        open_wanted: Open a visit; carries its id.
        patient_wanted: Show a patient; carries the id.
        new_wanted: Begin with somebody new; carries the `Patient` as far as typed.
        sample_wanted: Begin one with an invented patient.
        file_wanted: Open a case file.
        settings_wanted: Show the settings.
        records_wanted: Look after backup and keys; carries what to begin with, or nothing.
    """

    help_place = "start"
    open_wanted = Signal(str)
    patient_wanted = Signal(str)
    new_wanted = Signal(object)
    sample_wanted = Signal()
    file_wanted = Signal()
    settings_wanted = Signal()
    records_wanted = Signal(str)
    _due: Sequence[FollowUp] = ()

    def __init__(self, theme: Theme, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.setAccessibleName(t("Start"))
        self._theme = theme
        self.desk = desk
        self._patients: Sequence[ListedPatient] = ()
        self._drafts: Sequence[ListedVisit] = ()
        self._lots: Sequence[ListedVisit] = ()
        self._tasks, self._reading, self._lines = Tasks(self._read, self), False, 0
        outer = QHBoxLayout(self)
        Gaps(theme, self, outer, 0, (24, 20, 12, 12))
        outer.addStretch(1)
        self._pane = pane = ScrollPane(theme)
        outer.addWidget(self._make_middle(pane), 100)
        outer.addStretch(1)
        column = pane.body
        Gaps(theme, self, column, 14)
        column.addWidget(Label(theme, t("Microneedling consultation"), "title"))
        column.addWidget(self._make_search())
        self.same = SamePersonCard(theme)
        self.same.known.connect(self.patient_wanted.emit)
        self.notice = Notice(theme, speaks=True)
        self.blank, self.away = BlankVisit(theme), PutAway(theme)
        self.sample = self._make_sample()
        for part in (self.same, self.notice, self.away, self.blank, self.sample):
            column.addWidget(part)
        self._lists = StartLists(theme)
        self.found, self.unfinished, self.due, self.lots = self._lists.all
        self.due.turned.connect(self._fill)
        column.addLayout(self._lists)
        column.addLayout(self._make_foot())
        column.addStretch(1)
        # As shortcuts, because the scrolling column would take the keys for itself.
        for key, step in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_Up, -1)):
            arrow = QShortcut(QKeySequence(key), self)
            arrow.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            arrow.activated.connect(lambda by=step: self._step(by))

    def _make_middle(self, pane: ScrollPane) -> QWidget:
        """Let the reminders stand beneath all that scrolls.

        They come late, and there push nothing from under the pointer and are in sight.
        """
        self.reminders = ReminderList(self._theme)
        self.reminders.acted.connect(self.records_wanted)
        self._middle = QWidget()
        column = QVBoxLayout(self._middle)
        Gaps(self._theme, self._middle, column, 8, (0, 0, 0, 0))
        column.addWidget(pane, 1)
        column.addLayout(CardsWide(self.reminders, pane))
        return self._middle

    def _make_search(self) -> QWidget:
        card = Card(self._theme, name=t("Find or begin"))
        self.search = TextField(self._theme, t("Patient"), help_text=fill_keys(HELP))
        self.begin = Button(self._theme, t("New consultation"), "primary", "plus")
        self.begin.setToolTip(with_keys(t("Begin with what was typed"), "new"))
        self.search.put_beside(self.begin, 12)
        card.add(self.search)
        self.search.edited.connect(lambda _: self.refresh())
        self.search.line.returnPressed.connect(self._open_first)
        self.begin.clicked.connect(self.begin_new)
        return card

    def _make_sample(self) -> QWidget:
        card = Card(self._theme, t("New here?"))
        text = t("Walk through a whole consultation with an invented patient.")
        card.add(Label(self._theme, text, "body", "text2", wrap=True))
        button = Button(
            self._theme, t("Try it with a sample patient"), "secondary", "flask-conical"
        )
        button.clicked.connect(self.sample_wanted)
        card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _make_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        file = Button(self._theme, t("Open case file"), "ghost", "folder-open")
        file.clicked.connect(self.file_wanted)
        settings = Button(self._theme, t("Settings"), "ghost", "settings")
        settings.clicked.connect(self.settings_wanted)
        records = Button(self._theme, t("Records and backup"), "ghost", "archive")
        records.clicked.connect(lambda: self.records_wanted.emit(""))
        Gaps(self._theme, self, row, 28)
        for button in (file, settings, records):
            button.set_flush()
            # What is typed after a click goes on being looked for.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Stand the lists side by side, and as long, as there is room for."""
        super().resizeEvent(event)
        self._arrange()
        self._fit_lists()

    def _arrange(self) -> None:
        scale = self._theme.scale
        self._middle.setMaximumWidth(self._theme.px(self._lists.arrange(self.width() / scale)))

    def refresh(self) -> None:
        """List what matches what was typed, once what all lists need has been read."""
        if self.desk.patients.is_at_hand:
            self._fill()
        elif not self._reading:
            self._reading = True
            for part in (self.sample, *self._lists.all):
                part.hide()
            self.notice.show_text(READING, "info")
            self._tasks.run(self.desk.patients.read_ahead, self._read)

    def _read(self, _: object) -> None:
        """Fill the lists, also after a failure: what could not be read says so there."""
        self._reading = False
        if self.isVisible():
            self._fill()  # else it is filled when it is shown again

    def _fill(self) -> None:
        """List what matches; without a text who was seen last and who is due."""
        text = self.search.text().strip()
        self._due = ()
        self.same.hide()
        self.notice.hide()
        try:
            self._patients = self.desk.patients.find(write_search(text), MOST)
            self._drafts = self.desk.records.list_drafts(write_search(text), MOST)
            self._lots = self.desk.patients.find_lots(text, LOTS_LISTED)
            self._due = () if text else self.due.list_for(self.desk.patients, self._today, MOST)
        except ConsultError as error:
            self._patients, self._drafts, self._lots = (), (), ()
            self.notice.show_text(f"{error.title}. {error.advice}", "stop")
        told = describe_line(text, self._today)
        self.search.set_help(fill_keys(BEGINS, told=told) if told else fill_keys(HELP))
        self.sample.setVisible(not (self._patients or self._drafts or text))
        self.found.set_title(t("Patients") if text else t("Seen last"))
        self._show_lists()
        self._fit_lists()  # the columns are others for what is shown now
        self._lists.speak_first(fill_keys(NO_MATCH) if text else "")

    def _show_lists(self) -> None:
        """Show as many lines as are in sight; of a lot all."""
        self._lines = lines = self._count_lines()
        none = fill_keys(NO_MATCH) if self.search.text().strip() else ""
        self.found.show_rows([self._make_patient(it) for it in self._patients[:lines]], none)
        self.unfinished.show_rows([self._make_draft(it) for it in self._drafts[:lines]])
        due = [self._make_due(it) for it in self.due.cut(self._due, self._today, lines)]
        self.due.show_due(due, () if none else self._patients)
        self.lots.show_rows([self._make_lot(it) for it in self._lots])
        self._arrange()

    def _fit_lists(self) -> None:
        """Show more lines or fewer where there is other room for them now."""
        lines, cut = self._count_lines(), (self._patients, self._drafts, self._due)
        if any(min(len(it), lines) != min(len(it), self._lines) for it in cut):
            self._show_lists()

    def _count_lines(self) -> int:
        counts = [len(it) for it in (self._patients, self._drafts, self._due, self._lots)]
        counts[2] += self.due.expects
        return self._lists.count_lines(self.height() / self._theme.scale, counts)

    def begin_new(self) -> None:
        """Begin with what was typed, unless that person may be here already."""
        typed = read_patient(self.search.text(), self._today)
        self.same.begin(self.desk, typed, partial(self.new_wanted.emit, typed))

    def focus_first(self) -> None:
        """Give the keyboard to the end of the search line."""
        self.search.control.setFocus()
        self.search.line.setCursorPosition(len(self.search.text()))

    def leave_for(self, page: QWidget) -> None:
        """Forget what was looked for once something else is shown: the next person is another."""
        if page is not self:
            self.search.set_text("")

    def _step(self, by: int) -> None:
        """Go through the lines, also from the search line."""
        stops = [self.search.control, *(row.button for it in self._lists.all for row in it.rows)]
        at = next((n for n, stop in enumerate(stops) if stop.hasFocus()), 0)
        stops[max(0, min(len(stops) - 1, at + by))].setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def _today(self) -> date:
        return self.desk.clock().date()

    def _open_first(self) -> None:
        """Open the first match; a name and a birth date begin where there is none.

        A name alone does not: one that was mistyped, or looked for before the list was read, would
        become a second patient.
        """
        if not self.search.text().strip():
            return
        if self._patients:
            self.patient_wanted.emit(self._patients[0].id)
        elif self._drafts:
            self.open_wanted.emit(self._drafts[0].id)
        elif self._lots:
            self.lots.rows[0].button.click()
        elif read_patient(self.search.text(), self._today).date_of_birth is not None:
            self.begin_new()

    def _make_patient(self, it: ListedPatient) -> PersonRow:
        name = it.name or t("Name not given yet")
        take = partial(self.patient_wanted.emit, it.id)
        return PersonRow(self._theme, name, tell_patient(it), t("Open"), take)

    def _make_draft(self, it: ListedVisit) -> PersonRow:
        name = it.name or t("Name not given yet")
        resume = partial(self.open_wanted.emit, it.id)
        return PersonRow(self._theme, name, tell_draft(it), t("Resume"), resume)

    def _make_lot(self, it: ListedVisit) -> PersonRow:
        name, away = it.name or t("Name not given"), (self.patient_wanted, it.patient_id)
        wanted, known = away if it.put_away else (self.open_wanted, it.id)  # it stays put away
        return PersonRow(self._theme, name, tell_lot(it), t("Open"), partial(wanted.emit, known))

    def _make_due(self, it: FollowUp) -> PersonRow:
        name = it.patient.name or t("Name not given yet")
        take = partial(self.patient_wanted.emit, it.patient.id)
        return PersonRow(self._theme, name, tell_due(it, self._today), t("Open"), take)
