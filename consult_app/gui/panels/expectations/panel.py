"""Expectations: honest ranges, days after, harms and other choices, for the patient to see."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from consult_app.domain.plan import Plan
from consult_app.gui.handout.printed_words import advise
from consult_app.gui.panel import Panel, swap
from consult_app.gui.panels.expectations import content, studies
from consult_app.gui.read_through import ReadThrough
from consult_app.gui.widgets.cards import Card, Rule
from consult_app.gui.widgets.chips import Chip
from consult_app.gui.widgets.fields import TextArea
from consult_app.gui.widgets.fold import Fold
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.step_strip import StepStrip
from consult_app.gui.widgets.text_table import TextTable
from consult_app.gui.workspace.reading_order import takes_tab
from consult_app.knowledge.visits.course_left import begin_with, find_left
from consult_app.knowledge.visits.supervising import list_allowed
from consult_app.knowledge.visits.undated import find_told
from consult_app.wording import t

WAITING = t("Follows when the plan has an area, a skin type and a first date.")
UNREAD = t("Not all of the possible harms were on the screen yet. They stand further up.")
LEAD_WIDTH = 170
TOP = Qt.AlignmentFlag.AlignTop
TICKS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ExpectationsPanel(Panel):
    """Shown to the patient; harms count as shown once all of them were on the screen."""

    step = "expectations"
    title = t("Expectations")
    subtitle = t("Look at this together. Numbers come from studies; unknown ones say so.")
    patient_safe = True

    def build(self) -> None:
        """Make the cards; they are filled from the plan."""
        self._shown: object = None
        self.may = Card(self.theme, t("What it may do, and not do"))
        self.days = Card(self.theme, t("How your skin will look"))
        self.harms = Card(self.theme, t("Possible harms"))
        self.care = Card(self.theme, t("After the visit, in five lines"))
        self.choices = Card(self.theme, t("Other choices, and none"))
        self.studies = Card(self.theme, t("Where the numbers come from"))
        self._contents: dict[str, QWidget] = {}
        self._read = ReadThrough(self.pane)
        bar = self.pane.verticalScrollBar()
        for moved in (bar.valueChanged, bar.rangeChanged):
            moved.connect(self._note_soon)
        bar.installEventFilter(self)
        for card in (self.may, self.days, self.harms, self.choices, self.care, self.studies):
            self.pane.body.addWidget(card)
        self.pane.body.addWidget(self._make_talk())

    def refresh(self) -> None:
        """Show what was talked about."""
        talk = self.session.visit.discussion
        self.agreed.set_text(talk.agreed_range)
        advise(self.agreed, self.desk.pack, talk.agreed_range)
        advise(self.must_avoid, self.desk.pack, talk.must_avoid)
        self.questions.set_text(talk.questions)
        self.must_avoid.set_text(talk.must_avoid)
        self.discussed.setChecked(talk.discussed)
        could = self.session.judgement.plan is not None and not self.session.locked
        self.unread.setVisible(could and talk.discussed and not talk.risks_shown)
        self.show_judgement()

    def show_judgement(self) -> None:
        """Fill the cards from the plan."""
        judgement, visit = self.session.judgement, self.session.visit
        plan = find_told(self.desk.pack, judgement, list_allowed(visit))
        found = judgement.screening.findings if judgement.screening else ()
        # All that the cards are filled from: a cream, say, makes another harm and the same plan.
        key = (plan, found, visit.facts, visit.plan, visit.goals.first)
        if key != self._shown or not self._contents:
            self._shown = key
            self._fill(plan)
        self._note_soon()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Count the harms as shown once they are, also where work resumes on this panel."""
        super().showEvent(event)
        self._note_soon()

    def _note_soon(self) -> None:
        """Note what is on the screen once it is laid out there."""
        QTimer.singleShot(0, self, self._note_harms)

    def _note_harms(self) -> None:
        session = self.session
        told = session.judgement.plan is not None and not session.locked
        waits = told and not session.visit.discussion.risks_shown and self.isVisible()
        if waits and self._read.note(self._contents["harms"]):
            session.set("discussion.risks_shown", value=True)

    def places(self) -> dict[str, QWidget]:
        """Return where the words stand that are printed."""
        return {"agreed_range": self.agreed.control, "must_avoid": self.must_avoid.control}

    def focus_first(self) -> None:
        """Show the top: the patient reads from there, and the keyboard is where its place is seen.

        That is the scroll bar. From there Tab goes through the fields as they are read.
        """
        bar = self.pane.verticalScrollBar()
        (bar if takes_tab(bar) else self.discussed).setFocus()
        bar.setValue(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Read on to *discussed* before a key ticks it: nobody ticks what they do not see.

        At the scroll bar the keys that tick read on as well, and end at *discussed*.
        """
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in TICKS:
            unseen = self.discussed.visibleRegion().isEmpty()
            if not unseen or not self.pane.scroll_page(1):
                self.pane.show_widget(self.discussed)
            if watched is self.discussed:
                return unseen
            if self.discussed.isEnabled() and not self.discussed.visibleRegion().isEmpty():
                self.discussed.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _let_read(self) -> None:
        """Let the keyboard begin at the scroll bar always: most of this panel is only read."""
        self.pane.let_read(self.title)

    def _make_talk(self) -> Card:
        card = Card(self.theme, t("Talked about"))
        self.agreed = TextArea(self.theme, t("What we agreed to expect"), rows=2)
        self.questions = TextArea(self.theme, t("Questions the patient raised"), rows=2)
        self.must_avoid = TextArea(
            self.theme, t("What the patient wants to avoid above all"), rows=2
        )
        self.discussed = Chip(self.theme, t("Discussed with the patient"))
        self.discussed.installEventFilter(self)
        self.unread = Label(self.theme, UNREAD, "label", "text2", wrap=True, parent=self)
        self.unread.hide()
        for field in (self.agreed, self.questions, self.must_avoid):
            card.add(field)
        said = QHBoxLayout()  # beside it, for beneath it might be out of sight
        said.setSpacing(self.theme.px(12))
        said.addWidget(self.discussed)
        said.addWidget(self.unread, 1)
        said.addStretch()
        card.add(said)
        put = self.session.set
        for field in (self.agreed, self.must_avoid):
            field.edited.connect(lambda text, it=field: advise(it, self.desk.pack, text))
        self.agreed.edited.connect(lambda text: put("discussion.agreed_range", text))
        self.questions.edited.connect(lambda text: put("discussion.questions", text))
        self.must_avoid.edited.connect(lambda text: put("discussion.must_avoid", text))
        self.discussed.clicked.connect(lambda on: put("discussion.discussed", on))
        return card

    def _fill(self, plan: Plan | None) -> None:
        pack, visit = self.desk.pack, self.session.visit
        table = TextTable(self.theme, content.COMPARED, content.list_choices(pack, visit), marked=0)
        self._put("choices", self.choices, table)
        self._put("studies", self.studies, self._tell_studies(plan))
        if plan is None:
            for name, card in (("may", self.may), ("days", self.days), ("harms", self.harms)):
                self._put(name, card, Label(self.theme, WAITING, "body", wrap=True))
            self.care.hide()
            return
        earlier = self.session.said.course if self.session.said is not None else ()
        plan = begin_with(plan, find_left(pack, visit, earlier), visit.visit_date)
        screening = self.session.judgement.screening
        found = {finding.item for finding in screening.findings} if screening else set()
        first = visit.goals.first or visit.plan.primary_concern
        may = content.list_benefits(pack, visit.plan, plan, first)
        self._put("may", self.may, self._list((*may, *content.tell_label(pack, visit, plan))))
        self._put("days", self.days, StepStrip(self.theme, content.list_days(pack, plan)))
        self._put("harms", self.harms, self._list(content.list_harms(pack, visit, found, plan)))
        self._put("care", self.care, self._list(content.list_care(pack, plan)))
        self.care.show()

    def _tell_studies(self, plan: Plan | None) -> QWidget:
        """Return closed parts with what only some want to know."""
        pack, visit = self.desk.pack, self.session.visit
        parts = [(t("Studies of other choices"), studies.list_compared(pack))]
        if plan is not None:
            found = chain(studies.list_found(pack, plan), studies.list_plasma(pack, visit, plan))
            parts = [
                (t("Studies of what it may do"), found),
                (t("Studies of harms"), studies.list_counted(pack, visit)),
                *parts,
            ]
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for title, lines in parts:
            fold = Fold(self.theme, title)
            fold.body.addWidget(self._list(lines, quiet=True))
            column.addWidget(fold)
        return shown

    def _list(self, lines: Iterable[content.Line], *, quiet: bool = False) -> QWidget:
        """Return lines below each other; headings of groups stand out from the names of lines."""
        lines, px = tuple(lines), self.theme.px
        grouped = quiet or any(not line.text for line in lines)
        shown = QWidget()
        grid = QGridLayout(shown)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(20))
        grid.setVerticalSpacing(px(10))
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, px(LEAD_WIDTH))
        for number, line in enumerate(lines):
            if not line.text:
                grid.addWidget(self._make_heading(line, ruled=number > 0), number, 0, 1, 2)
                continue
            lead = Label(self.theme, line.head, "body" if grouped else "strong", wrap=True)
            lead.setMaximumWidth(px(LEAD_WIDTH))
            tone = "text2" if grouped else "text"
            # Both begin on one line, however many lines the longer one takes.
            grid.addWidget(lead, number, 0, TOP)
            grid.addWidget(Label(self.theme, line.text, "body", tone, wrap=True), number, 1, TOP)
        return shown

    def _make_heading(self, line: content.Line, *, ruled: bool) -> QWidget:
        """Return the heading of a group, set off from the group before by a hairline."""
        heading = QWidget()
        column = QVBoxLayout(heading)
        column.setContentsMargins(0, self.theme.px(4), 0, 0)
        column.setSpacing(self.theme.px(12))
        if ruled:
            column.addWidget(Rule(self.theme))
        column.addWidget(Label(self.theme, line.head, "strong", line.tone, wrap=True))
        return heading

    def _put(self, name: str, card: Card, shown: QWidget) -> None:
        self._contents[name] = swap(card.body, self._contents.get(name), shown)
