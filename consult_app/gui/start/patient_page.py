"""One patient: who they are, what the last visit said, their visits, and what can begin now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from consult_app.domain.consultation import Consultation
from consult_app.domain.patient_record import PatientRecord
from consult_app.errors import ConsultError
from consult_app.gui.commands import with_keys
from consult_app.gui.consent_given import list_missed
from consult_app.gui.desk import Desk
from consult_app.gui.panel import swap
from consult_app.gui.phrases import write_day, write_distance, write_name, write_time
from consult_app.gui.said_last import list_otherwise, list_words
from consult_app.gui.start.expected import LOOKING_BACK
from consult_app.gui.start.filing import tell_away
from consult_app.gui.start.following import find_counting, find_review
from consult_app.gui.start.listed import FollowUp, ListedVisit
from consult_app.gui.start.patient_words import (
    name_done,
    name_signers,
    tell_ahead,
    tell_expected,
    tell_lots,
    tell_nothing,
    tell_person,
    tell_review,
    tell_visit,
)
from consult_app.gui.start.person_list import PersonList
from consult_app.gui.start.person_row import PersonRow
from consult_app.gui.start.same_person import tell_twice
from consult_app.gui.start.what_follows import find_offered
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.flow import ROW, FlowBox
from consult_app.gui.widgets.gaps import Gaps
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.widgets.scrolling import ScrollPane
from consult_app.gui.workspace.earlier import TELLING, lay_signed, open_begun, write_after
from consult_app.gui.workspace.entered import list_late
from consult_app.gui.workspace.reading_order import ReadPage
from consult_app.gui.workspace.unfinished import list_late_found
from consult_app.knowledge.visits.allergies_elsewhere import tell_more_allergies
from consult_app.knowledge.visits.later_said import LastSaid
from consult_app.wording import t

WIDTH = 860
LATER = ("treatment", "review")


class PatientPage(ReadPage):
    """Shows one patient and begins the next visit.

    Attributes:
        open_wanted: Open a visit; carries its id.
        begin_wanted: Begin a visit; carries the `PatientRecord` and the id of the visit it follows.
        later_wanted: Begin a treatment or a review; carries which.
        export_wanted: Write everything of the patient into a file; carries their id.
        back_wanted: Back to the start page.
    """

    open_wanted = Signal(str)
    begin_wanted = Signal(object, object)
    later_wanted = Signal(str)
    export_wanted = Signal(str)
    back_wanted = Signal()
    _due: Sequence[FollowUp] = ()
    _patient: PatientRecord | None = None
    _last: Consultation | None = None

    def __init__(self, theme: Theme, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.setAccessibleName(t("Patient"))
        self._theme = theme
        self.desk = desk
        self._later: dict[str, Consultation] = {}
        self._signers: Mapping[str, str] = {}
        outer = QHBoxLayout(self)
        Gaps(theme, self, outer, 0, (24, 20, 12, 12))
        outer.addStretch(1)
        self._pane = pane = ScrollPane(theme)
        outer.addWidget(pane, 100)
        outer.addStretch(1)
        Gaps(theme, self, pane.body, 14)
        theme.changed.connect(self._fit)
        self._fit()
        self.back = Button(theme, t("Start page"), "ghost", "chevron-left")
        self.back.set_flush()
        self.back.setToolTip(with_keys(t("Back to the start page"), "start"))
        self.back.clicked.connect(self.back_wanted)
        self.export = Button(theme, t("Export this patient"), "ghost", "download")
        self.export.set_flush()
        self.export.setToolTip(t("Everything kept of this patient, as one file to hand over"))
        self.export.clicked.connect(self._export)
        top = QHBoxLayout()
        top.addWidget(self.back)
        top.addStretch(1)
        top.addWidget(self.export)
        self._name = Label(theme, "", "title", wrap=True)
        self._line = Label(theme, "", "body", "text2", wrap=True)
        self.notice = Notice(theme, speaks=True)
        pane.body.addLayout(top)
        for part in (self._name, self._line, self.notice, self._make_begin()):
            pane.body.addWidget(part)
        self.visits = PersonList(theme, t("Visits"))
        pane.body.addWidget(self.visits)
        pane.body.addStretch(1)

    def _fit(self) -> None:
        self._pane.setMaximumWidth(self._theme.px(WIDTH))

    def _make_begin(self) -> QWidget:
        card = Card(self._theme, name=t("Begin"))
        self._told: QWidget | None = None
        self._facts = card.body
        self.begin = Button(self._theme, t("Begin consultation"), "primary", "plus")
        self.begin.clicked.connect(self.begin_again)
        row = FlowBox(t("Begin"), gap=ROW, trailing=True)
        self.treat = Button(self._theme, t("Treatment record"), "secondary", "syringe")
        self.treat.setToolTip(
            with_keys(t("Record a treatment by the last consultation"), "treatment")
        )
        self.treat.clicked.connect(lambda: self.later_wanted.emit("treatment"))
        self.review = Button(self._theme, t("Review visit"), "secondary", "star")
        self.review.clicked.connect(lambda: self.later_wanted.emit("review"))
        for button in (self.treat, self.review, self.begin):
            row.add(button)
        self._told = swap(card.body, None, QWidget())
        card.add(row)
        return card

    def show_patient(self, patient_id: str) -> None:
        """Show a patient.

        Raises:
            ConsultError: The patient's record cannot be read.
        """
        self._patient = self.desk.patients.open(patient_id)
        visits = self.desk.patients.list_visits(patient_id)
        self.notice.hide()
        self._last = self._open_last(visits)
        review = self._open_review(visits)
        wanted = (it for it in visits if it.signed or (it.kind in LATER and not it.put_away))
        known = [visit for it in wanted if (visit := self._open(it.id)) is not None]
        self._later = {it.id: it for it in known if it.kind in LATER}
        self._signers = name_signers(known, self.desk.settings)
        offered = find_offered(self._last, review)
        self._name.setText(write_name(self._patient.name) or t("Name not given yet"))
        self._line.setText(tell_person(self._patient, self._today))
        self.visits.show_rows([self._make_row(it) for it in visits], t("No visit yet."))
        self.begin.set_text(t("Return visit") if self._last else t("Begin consultation"))
        self.treat.setVisible("treatment" in offered)
        self.review.setVisible("review" in offered)
        self._due = self.desk.patients.list_due_of(patient_id, self._today)
        for button in (self.treat, self.review, self.begin):
            button.set_kind("primary" if button is self._find_first() else "secondary")
        if self.notice.isHidden():
            ahead = tell_ahead(visits, self._today)
            self.notice.show_text(ahead or tell_twice(self.desk, self._patient), "warn")
        said = self._lay_later(visits)
        # What went wrong or beyond its limits, latest first; also of an earlier course.
        adverse = (it for done in self._later.values() for it in write_after(self.desk.pack, done))
        since = (*list_otherwise(said), *list_words(said), *adverse)
        if self._last is not None:
            since = (*list_late_found(self.desk, self._last, visits, self._today), *since)
        self._tell_last(said, review, since, tell_nothing(visits), self._tell_begun(visits))

    def focus_first(self) -> None:
        """Give the keyboard to what is unfinished, else to the button that begins."""
        unfinished = [row.button for row in self.visits.rows if row.resumes]
        first = unfinished[0] if unfinished else self._find_first()
        first.setFocus(Qt.FocusReason.TabFocusReason)
        self._pane.begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let Escape lead back, as out of everything in which nothing is typed."""
        if event.key() == Qt.Key.Key_Escape:
            self.back_wanted.emit()
        else:
            super().keyPressEvent(event)

    def begin_again(self) -> None:
        """Begin a visit; it follows the last one signed."""
        if self._patient is not None:
            self.begin_wanted.emit(self._patient, self._last.id if self._last else None)

    def _export(self) -> None:
        if self._patient is not None:
            self.export_wanted.emit(self._patient.id)

    @property
    def last(self) -> Consultation | None:
        """The last signed consultation."""
        return self._last

    def _find_first(self) -> Button:
        """Return what begins that which is due today, or the treatment that was; else a visit."""
        since = self._today - LOOKING_BACK
        due = [it for it in self._due if (since if it.treated else self._today) <= it.due]
        due = [it for it in due if it.due <= self._today]
        ways = ((self.treat, "treated"), (self.review, "looked"))
        wanted = (it for it, name in ways if any(getattr(one, name) for one in due))
        return next((it for it in wanted if not it.isHidden()), self.begin)

    @property
    def _today(self) -> date:
        return self.desk.clock().date()

    def _open_review(self, visits: Sequence[ListedVisit]) -> Consultation | None:
        """Return the last signed review since the last consultation."""
        found = find_review(self._last, visits) if self._last is not None else None
        return self._open(found.id) if found is not None else None

    def _open_last(self, visits: Sequence[ListedVisit]) -> Consultation | None:
        """Return the last signed consultation; one that cannot be read is told of."""
        counting = find_counting(visits)
        return self._open(counting.id) if counting is not None else None

    def _open(self, visit_id: str) -> Consultation | None:
        try:
            return self.desk.records.open_visit(visit_id)
        except ConsultError as error:
            self.notice.show_text(f"{error.title} {error.advice}", "stop")
            return None

    def _tell_begun(self, visits: Sequence[ListedVisit]) -> tuple[str, ...]:
        """Return the allergies that other visits tell beyond the last consultation."""
        if self._last is None:
            return ()
        begun = [it for it in visits if it.unfinished and it.kind == "consultation"]
        begun += list_late(visits, self._last.id, self._today)
        opened = [visit for it in begun if (visit := self._open(it.id)) is not None]
        return tell_more_allergies(self.desk.pack, self._last, opened)

    def _lay_later(self, visits: Sequence[ListedVisit]) -> LastSaid | None:
        """Return the last consultation with what was said since; what cannot be read is told of."""
        if self._last is None:
            return None
        try:
            begun = open_begun(self.desk, visits, TELLING)
            return lay_signed(self.desk, self._last, visits, begun=begun)
        except ConsultError as error:
            self.notice.show_text(f"{error.title} {error.advice}", "stop")
            return None

    def _tell_last(
        self,
        said: LastSaid | None,
        review: Consultation | None,
        since: tuple[str, ...],
        nothing: str,
        more: tuple[str, ...],
    ) -> None:
        """Say what the last visit said, and how old that is; none of it counts for today."""
        last = self._last
        lines = tell_visit(self.desk.pack, last, said, self._today) if last else ()
        lines += (*tell_review(review), *tell_expected(self._due, self._today), *since)
        shown = QWidget()
        row = QVBoxLayout(shown)
        row.setContentsMargins(0, 0, 0, 0)
        text = "\n".join(lines) or nothing
        row.addWidget(Label(self._theme, text, "body", "text2", wrap=True))
        if missed := list_missed(last):
            row.addWidget(Label(self._theme, " ".join(missed), "body", "warn", wrap=True))
        if more:
            told = t("Allergies also told: {allergies}", allergies="; ".join(more))
            row.addWidget(Label(self._theme, told, "body", "stop", wrap=True))
        self._told = swap(self._facts, self._told, shown)

    def _tell_state(self, it: ListedVisit) -> str:
        """Return how a visit stands, and why it was put away."""
        visit = self._open(it.id) if it.put_away else None
        return tell_away(visit) if visit is not None else it.state

    def _make_row(self, it: ListedVisit) -> PersonRow:
        day = write_day(it.visit_date) if it.visit_date else t("Day not known")
        distance = write_distance(it.visit_date, self._today) if it.visit_date else ""
        saved = f"{write_day(it.changed_at.date())} {write_time(it.changed_at)}"
        done = self._later.get(it.id)
        lots = tell_lots(it, done)
        verb = t("Open") if it.signed else t("Resume")
        return PersonRow(
            self._theme,
            f"{day}: {name_done(it, done)}",
            (distance, f"{self._tell_state(it)}, {saved}", self._signers.get(it.id, ""), lots),
            t("Take up again") if it.put_away else verb,
            lambda: self.open_wanted.emit(it.id),
            resumes=it.unfinished,
        )
