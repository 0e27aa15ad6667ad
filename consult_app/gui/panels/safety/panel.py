"""Safety: the screening questions in short groups, stop questions first."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from consult_app.gui.asked import Asked
from consult_app.gui.denied_once import DeniedOnce
from consult_app.gui.entry_fields import EntryFields
from consult_app.gui.information import ITEM as INFORMATION
from consult_app.gui.information import InformationGiven
from consult_app.gui.panel import Panel
from consult_app.gui.panels.safety.ahead import make_card, make_next
from consult_app.gui.panels.safety.allergy_state import AllergyState
from consult_app.gui.panels.safety.beneath import tell_beneath
from consult_app.gui.panels.safety.body_image import BodyImageScreen
from consult_app.gui.panels.safety.group_head import WITH_LAST, GroupHead, list_denied, list_loose
from consult_app.gui.panels.safety.medicine_search import make_search
from consult_app.gui.panels.safety.onward import Onward, find_stop_left, make_groups
from consult_app.gui.panels.safety.questions import GROUPS, list_asked, list_questions, say_unasked
from consult_app.gui.panels.safety.unknown_codes import UnknownCodes
from consult_app.gui.screen_offer import SCREEN, ScreenOffer
from consult_app.gui.widgets.answer_row import NOT_ASKED, AnswerRow
from consult_app.gui.widgets.cards import Card
from consult_app.gui.workspace.reading_order import list_widgets
from consult_app.gui.workspace.whereabouts import GROUP
from consult_app.knowledge.pack.pack import Question
from consult_app.knowledge.scoring.body_image import ITEM as BODY_IMAGE
from consult_app.knowledge.told.allergies import ALLERGIES
from consult_app.knowledge.visits.recall import reconfirm
from consult_app.wording import t

AHEAD_MS = 20
"""Between two parts that are made before they are shown, so that keys are heard meanwhile."""


class SafetyPanel(Panel):
    """Asks the questions of the content; blocks nothing, a stop shows in the decision box."""

    step = "safety"
    title = t("Safety")
    subtitle = t(
        "Ask each question. {answer_no}, {answer_yes} or {answer_unsure} answers and moves on."
    )
    pages = GROUPS
    asks_again = True

    def build(self) -> None:
        """Make the group switch; rows and details are made when they are first shown, or before."""
        self._rows: dict[str, Asked] = {}
        self.once = DeniedOnce(self.desk.pack, self.session)
        self._cards: dict[str, Card] = {}
        self._ahead = QTimer(self)
        self._ahead.timeout.connect(self._make_ahead)
        self.body_image: BodyImageScreen | None = None
        self.groups = make_groups(self.theme)
        self.groups.edited.connect(self.show_group)
        self.groups.pressed.connect(self._begin_group)
        self.pane.keep_width()
        self.pane.body.addWidget(self.groups)
        if self.last is not None:  # beneath them, so that they stay where they are
            self.pane.body.addWidget(self.last)
        self.offer = ScreenOffer(self.theme, self.desk.pack, self.session)
        self.offer.acted.connect(lambda: self.wants.emit(f"item:{BODY_IMAGE}:{SCREEN}"))
        self.pane.body.addWidget(self.offer)
        self.unknown = UnknownCodes(self.theme, self.desk.pack, self.session)
        self.pane.body.addWidget(self.unknown)
        self._head = head = GroupHead(self.theme)
        self.rest, self.same = head.rest, head.same
        self.rest.clicked.connect(self.answer_rest)
        self.same.clicked.connect(self.take_same)
        self.pane.body.addWidget(head)
        # Before it has its place it would be shown as a window of its own.
        self.same.setVisible(self.session.last is not None)
        self.information = InformationGiven(self.theme, self.session)
        self.pane.body.addWidget(self.information)
        self._groups = QVBoxLayout()
        self.pane.body.addLayout(self._groups)
        self.onward = Onward(self.theme, GROUPS)
        self.onward.wanted.connect(self._begin_group)
        self.pane.body.addWidget(self.onward, 0, Qt.AlignmentFlag.AlignTrailing)
        self.show_group(GROUPS[0][0])

    def show_group(self, group: str) -> None:
        """Show one group of questions."""
        self._group = group
        if self.last is not None:
            self.last.stand(on=group in WITH_LAST)
        for question in list_questions(self.desk.pack, group):
            if question.id not in self._rows:
                self._make_row(question)
        self.groups.set_value(group)
        self.onward.show_after(group)
        self.refresh()  # before its card is shown, so that it is laid out once
        focused = QApplication.focusWidget()
        for key, card in self._cards.items():
            if key != group and focused is not None and card.isAncestorOf(focused):
                self.groups.take_focus()  # else Qt looks for a field through the whole window
            card.setVisible(key == group)
        if self.session.locked:
            self.show_lock()  # a card that was made only now is part of the record, too

    def parts(self) -> list[QWidget]:
        """Return what stands beneath the heading, without the ways to what is to be read."""
        return [it for it in list_widgets(self.pane.body) if it not in (self.groups, self.onward)]

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Make what is not made yet, while nobody waits for it."""
        super().showEvent(event)
        self._ahead.start(AHEAD_MS)

    def refresh(self) -> None:
        """Show the answers of the group as recorded; the others follow when they are shown."""
        answers, pack, stops = self.session.visit.answers, self.desk.pack, self.desk.pack.stop_items
        questions = self._questions(self._group)
        for it in list_questions(self.desk.pack, self._group):
            self._rows[it.id].row.setVisible(it in questions)
        for question in questions:
            item, asked, answer = question.id, self._rows[question.id], answers.get(question.id)
            asked.row.set_answer(answer.state if answer else NOT_ASKED)
            told = (asked.offer_told, "text") if asked.offer_told else None
            told = self.once.add(item, *(told or tell_beneath(pack, self.session, item)))
            asked.row.set_caption(*told)
            asked.row.offer_same(on=not self.session.locked and self._answered_last(item))
            asked.row.set_stop(on=item in stops)
            asked.row.setEnabled(not self.session.locked)
            if answer and answer.state == "yes":
                self._open_details(asked).refresh()
        self._head.show_count(sum(it.id in answers for it in questions), len(questions))
        self.rest.setEnabled(bool(list_denied(pack, self.session, self._group)))
        loose = map(self._answered_last, list_loose(pack, self.session, self._group))
        self.same.setEnabled(any(loose))
        if self._group == "allergies":
            self._allergies.refresh()
        self.unknown.show_group(self._group)
        self.information.show_visit(self.desk.pack, here=self._group == "today")
        self.offer.show_visit()
        if self.body_image is not None:
            self.body_image.show_visit()

    def focus_item(self, item: str) -> bool:
        """Show the group of a question and give its row the keyboard, or what it still lacks."""
        if item == ALLERGIES:
            self.show_group("allergies")
            self._allergies.take_list()
            return True
        question = self.desk.pack.question_by_id.get(item)
        if question is None or question.group not in dict(GROUPS) or question.step != "safety":
            return False
        self.show_group(question.group)
        if question not in self._questions(question.group):
            say_unasked(self.theme, self.groups, self.desk.pack, question)
            return True
        self._go_to(item)
        if any(it.item == item for it in self.session.judgement.decision.needed):
            self._rows[item].take_details()
        elif item == INFORMATION and self.information.needed:
            self.information.take_focus()
        return True

    def offer_entry(self, item: str, entry: str) -> None:
        """Offer what was looked for with a *Yes*: its question alone may say *No*."""
        if entry == SCREEN and self.body_image is not None:
            self.body_image.open_questions()
        elif entry and item in self._rows and not self._rows[item].row.isHidden():
            self._rows[item].offer(self.theme, self.desk.pack, self.session, entry)

    def find_field(self, name: str) -> QWidget | None:
        """Return a field by its name, after its group was shown."""
        groups = [part.removeprefix(GROUP) for part in name.split("/") if part.startswith(GROUP)]
        if groups and groups[0] in dict(GROUPS):
            self.show_group(groups[0])
        return super().find_field(name)

    def focus_first(self) -> None:
        """Go to the first question not asked yet, else the first; once signed to the groups."""
        if self.session.locked:
            self.groups.take_focus()
            return
        if self._group == "allergies" and self._allergies.is_open:
            self._allergies.take_focus()
            return
        ids = [question.id for question in self._questions(self._group)]
        self._go_to(next((it for it in ids if it not in self.session.visit.answers), ids[0]))

    def answer_rest(self) -> None:
        """Answer No for what was not asked yet, stop questions left out."""
        self.session.answer_rest(list_denied(self.desk.pack, self.session, self._group))

    def take_same(self) -> None:
        """Re-confirm what was not asked yet, stop questions left out."""
        last, visit = self.session.last, self.session.visit
        items = list_loose(self.desk.pack, self.session, self._group)
        if last is not None:
            self.session.take(reconfirm(self.desk.pack, visit, last, items, bulk=True), "")

    def _take_allergies(self) -> None:
        if self.last is not None:
            self.last.take("allergies")
            self.focus_first()

    def _answered_last(self, item: str) -> bool:
        return self.session.last is not None and item in self.session.last.answers

    def _reconfirm(self, item: str) -> None:
        last = self.session.last
        if last is not None and self._answered_last(item):
            visit = reconfirm(self.desk.pack, self.session.visit, last, (item,))
            self.session.take(visit, f"answers.{item}")
            self._go_beyond(item, passing=True)

    def _questions(self, group: str) -> list[Question]:
        return list_asked(self.desk.pack, self.session.visit, group)

    def _make_ahead(self) -> None:
        prepare = None if self.session.locked else self._prepare
        made = self.isVisible() and make_next(self.desk.pack, self._rows, self._make_row, prepare)
        if not made:
            self._ahead.stop()

    def _prepare(self, asked: Asked) -> None:
        self._open_details(asked).prepare()

    def _make_row(self, question: Question) -> None:
        card = self._find_card(question.group)
        row = AnswerRow(self.theme, question.asked_as or question.text, item=question.id)
        row.around = lambda: self.pane.one_layout(row)
        row.answered.connect(lambda state: self._answer(question.id, state))
        row.reconfirmed.connect(lambda: self._reconfirm(question.id))
        row.advance.connect(lambda: self._move_on(question.id))
        card.add(row)
        self._rows[question.id] = asked = Asked(question, row)
        row.repeated.connect(lambda: asked.repeat(self.desk.pack, self.session))
        if question.id == BODY_IMAGE:
            self.body_image = BodyImageScreen(self.theme, self.desk.pack, self.session)
            card.add(self.body_image)

    def _find_card(self, group: str) -> Card:
        """Return the card of a group, hidden until the group is shown."""
        if group not in self._cards:
            card = self._cards[group] = make_card(self.theme, group)
            self._groups.addWidget(card)
            if group == "allergies":
                self._allergies = AllergyState(self.theme, self.desk.pack, self.session, self.once)
                self._allergies.reconfirmed.connect(self._take_allergies)
                self._allergies.advance.connect(self.focus_first)
                card.add(self._allergies)
            elif group == "medicines":
                card.add(make_search(self.theme, lambda: self.wants.emit("finder:medications")))
        return self._cards[group]

    def _open_details(self, asked: Asked) -> EntryFields:
        return asked.open_details(self.theme, self.desk.pack, self.session, self.wants.emit)

    def _answer(self, item: str, state: str) -> None:
        asked, told = self._rows[item], self.session.visit.answers.get(item)
        with self.session.one_step():
            if state != "unsure" and told is not None and told.state == state:
                asked.repeat(self.desk.pack, self.session)
            else:
                asked.take_offered(self.session, yes=state == "yes")
                self.session.answer(item, self.once.take(item, state))
                if state == "yes":
                    self._open_details(asked).take_yes()
        self.refresh()  # the row forgot what stands beneath it, which may be what it was

    def _move_on(self, item: str) -> None:
        """Give the keyboard to what a Yes opened, to the next question, or to the next group."""
        if not self._rows[item].take_details():
            self._go_beyond(item)

    def _go_beyond(self, item: str, *, passing: bool = False) -> None:
        """Give the keyboard to the next question not told Yes or Unsure, or to the next group."""
        if self.focus_item(find_stop_left(self.desk.pack, self.session.visit, item)):
            return
        ids = [question.id for question in self._questions(self._group)]
        answers = self.session.visit.answers if passing else {}  # the last visit's are given
        rest = [it for it in ids[ids.index(item) + 1 :] if it not in answers]
        if left := [it for it in rest if not self._rows[it].told]:
            self._go_to(left[0])
        elif self.onward.following:
            self._begin_group(self.onward.following)

    def _begin_group(self, group: str) -> None:
        self.show_group(group)
        self.focus_first()
        self.pane.begin()

    def _go_to(self, item: str) -> None:
        row = self._rows[item].row
        if self.session.locked:  # no field keeps it in sight while its group is laid out
            self.groups.take_focus()
            with self.pane.one_layout(row):
                row.updateGeometry()
            self.pane.show_start(row)
        self.pane.show_widget(row)
        row.take_focus()
