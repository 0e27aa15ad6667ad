# ruff: noqa: N802 - Qt names its own hooks
"""A screening question: No, Yes or Unsure; *Not asked* until somebody answers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from consult_app.gui import commands
from consult_app.gui.commands import fill_keys, with_keys
from consult_app.gui.row_keys import read_command
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.keeping_place import MakeRoom, hold_place, leave_alone
from consult_app.gui.widgets.labels import IconLabel, Label, held_to_measure
from consult_app.gui.widgets.long_words import make_question
from consult_app.gui.widgets.question_place import name_question
from consult_app.gui.widgets.segmented import UP_AND_DOWN, Option, Segmented
from consult_app.gui.widgets.stray_text import is_text
from consult_app.gui.widgets.words import ENGLISH, Words
from consult_app.gui.widgets.yes_no import ANSWER, name_answer_keys

NOT_ASKED = "not_asked"
ANSWERS = ("no", "yes", "unsure")
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_BESIDE = 8


class AnswerRow(QWidget):
    """One question with its answer, its history and the fields that a Yes opens.

    Args:
        theme: The look.
        question: The question as asked.
        help_text: A second, quiet line; may be empty.
        words: Words for the answers.
        parent: Qt owner.

    Attributes:
        answered: Emitted with "no", "yes", "unsure" or "not_asked" when a person changed it.
        repeated: Emitted when the key of the answer says it once more.
        advance: Emitted after N, Y or U, for moving the keyboard to the next question.
        reconfirmed: Emitted when the = key says that the previous answer still holds.
        screens: Whether it asks a screening item, which is found by its own words.
        details: Column beneath for inline fields.
        around: What a person's change is shown within, such as one layout of the whole page. It
            gives what makes room for a height that is about to be shown beneath.
    """

    answered = Signal(str)
    repeated = Signal()
    advance = Signal()
    reconfirmed = Signal()

    def __init__(
        self,
        theme: Theme,
        question: str,
        *,
        item: str = "",
        help_text: str = "",
        words: Words = ENGLISH,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._words, self._caption_text = theme, words, ""
        self.screens = True
        name_question(self, item)
        self._offers, self._stops, self._moves = False, (False, 0), False
        self._shows_for: frozenset[str] = frozenset({"yes"})
        self.around: Callable[[], AbstractContextManager[MakeRoom]] = leave_alone
        self.setAccessibleName(question)
        self.setAccessibleDescription(fill_keys(words.answer_keys))
        self._stop = IconLabel(theme, "octagon-alert", "text3", 16)
        self._stop.setToolTip(words.stop_question)
        self._stop.hide()
        self._question = make_question(theme, question)
        self._help = Label(theme, help_text, "label", "text2", wrap=True)
        self._help.setVisible(bool(help_text))
        self._caption = hold_place(Label(theme, words.not_asked, "caption", "text3", wrap=True))
        self._cells = self._make_cells(theme, question)
        self._undo = _make_quiet(theme, words.back_to_not_asked, "rotate-ccw", "answer_back")
        hold_place(self._undo)
        self._undo.clicked.connect(lambda: self._take(NOT_ASKED))
        self._same = _make_quiet(theme, words.same_as_last, "history", "answer_same")
        self._same.clicked.connect(self.reconfirmed)
        self._same.hide()
        self._lay_out()
        self._show()

    def answer(self) -> str:
        """Return "no", "yes", "unsure" or "not_asked"."""
        return self._cells.value() or NOT_ASKED

    def set_answer(self, answer: str) -> None:
        """Show an answer, without a signal."""
        if answer != NOT_ASKED and answer not in ANSWERS:
            raise ValueError(answer)
        if answer != self.answer():
            self._cells.set_value("" if answer == NOT_ASKED else answer)
            self._show()

    def set_caption(self, text: str, tone: str = "text3") -> None:
        """Show how old the answer is, or that it was given in bulk; empty for nothing."""
        self._caption.set_tone(tone)
        if text != self._caption_text:
            self._caption_text = text
            self._show()

    def offer_same(self, *, on: bool) -> None:
        """Offer by a button what = does: the previous answer still holds."""
        if on != self._offers:
            self._offers = on
            self._show()

    def set_stop(self, *, on: bool) -> None:
        """Mark the question as one that can stop the treatment."""
        indent = self._theme.px(16) + _BESIDE if on else 0
        if (on, indent) == self._stops:
            return
        self._stops = (on, indent)
        self._stop.setVisible(on)
        for beneath in (self._help, self._caption):
            beneath.setIndent(indent)
        about = f"{self._words.stop_question}. " if on else ""
        self.setAccessibleDescription(about + fill_keys(self._words.answer_keys))
        self._show()

    def add_detail(self, widget: QWidget, on: Collection[str] = ("yes",)) -> None:
        """Put a field beneath, shown only for these answers; what it holds is kept when hidden."""
        self._shows_for = frozenset(on)
        self.details.addWidget(widget)
        self._show()

    def take_focus(self, answer: str = "") -> None:
        """Put the keyboard on the answer, or on one that may be given."""
        cell = self._cells.cell(answer) if answer else self._cells.stop()
        cell.setFocus(Qt.FocusReason.TabFocusReason)

    def has_focus(self) -> bool:
        """Whether the keyboard is on the answer, not in a field beneath."""
        return any(self._cells.cell(answer).hasFocus() for answer in ANSWERS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer with N, Y and U, take back with Backspace, re-confirm with =, as usual."""
        here, key = self.has_focus(), Qt.Key(event.key())
        plain = here and event.modifiers() in _PLAIN
        command = read_command(event, commands.ANSWERS) if here else ""
        if here and is_text(self._theme, self, event, answers=bool(command)):
            event.accept()
        elif command:
            self.obey(command)
        elif plain and key in UP_AND_DOWN:
            self._step(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def list_heeded(self, _field: QWidget) -> list[str]:
        """Return what a key does now, where the keyboard is on the answer."""
        if not self.isEnabled() or not self.has_focus():
            return []
        more = {"answer_back": self.answer() != NOT_ASKED, "answer_same": self._offers}
        return [*(f"{ANSWER}{it}" for it in ANSWERS), *(it for it, on in more.items() if on)]

    def obey(self, command: str) -> None:
        """Answer and move on, take the answer back or re-confirm the previous one."""
        answer = command.removeprefix(ANSWER)
        if answer == "same":
            self.reconfirmed.emit()
        elif answer == "back":
            self._take(NOT_ASKED)
        else:
            with self._moving_on():
                if answer == self.answer():
                    self.repeated.emit()
                self._take(answer)
                self.advance.emit()

    def _step(self, by: int) -> None:
        """Give the keyboard to the question beneath or above; as rows they are seen, no answer."""
        card = self.parentWidget()
        rows = [row for row in card.findChildren(AnswerRow) if row.isVisible()] if card else []
        if self in rows and 0 <= (there := rows.index(self) + by) < len(rows):
            rows[there].take_focus()

    @contextmanager
    def _moving_on(self) -> Iterator[None]:
        """Show what stands beside the answer after the page went on.

        Qt moves what is painted only while nothing in it came into sight or went out of it.
        """
        self._moves = True
        try:
            yield
        finally:
            self._moves = False
            self._show()

    def _make_cells(self, theme: Theme, question: str) -> Segmented:
        words = (self._words.no, self._words.yes, self._words.unsure)
        options = [Option(answer, word) for answer, word in zip(ANSWERS, words, strict=True)]
        cells = Segmented(theme, question, options)
        cells.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        cells.across = True
        cells.edited.connect(self._hear)
        name_answer_keys(cells)
        return cells

    def _lay_out(self) -> None:
        asked = QVBoxLayout()
        asked.setSpacing(2)
        asked.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(_BESIDE)
        line.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(held_to_measure(self._question), 1)
        asked.addLayout(line)
        asked.addWidget(self._help)
        asked.addWidget(self._caption)
        asked.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addLayout(asked, 1)
        row.addSpacing(8)
        answers = QWidget()
        beside = QHBoxLayout(answers)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(4)
        beside.addWidget(self._cells)
        beside.addWidget(self._undo)
        beside.addWidget(self._same)
        row.addWidget(answers, 0, Qt.AlignmentFlag.AlignTop)
        self._beneath = QWidget()
        self.details = QVBoxLayout(self._beneath)
        self.details.setContentsMargins(self._theme.px(16), 4, 0, 8)
        self.details.setSpacing(10)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._beneath)

    def _take(self, answer: str) -> None:
        if answer != self.answer():
            with self.around() as make_room:
                self.set_answer(answer)
                self._tell()
                if self._moves and self._opens(answer) and self._beneath.isHidden():
                    make_room(self._column.spacing() + self._measure_beneath())
                    self._beneath.show()

    def _measure_beneath(self) -> int:
        return max(self._beneath.heightForWidth(self.width()), self._beneath.sizeHint().height())

    def _opens(self, answer: str) -> bool:
        return answer in self._shows_for and self.details.count() > 0

    def _hear(self) -> None:
        with self.around() as make_room:
            hidden = self._beneath.isHidden()
            self._tell()
            if hidden and self._opens(self.answer()):
                make_room(self._column.spacing() + self._measure_beneath())

    def _tell(self) -> None:
        self._caption_text = ""
        self._show()
        self.answered.emit(self.answer())

    def _show(self) -> None:
        answer = self.answer()
        if not self._moves:
            self._show_beside(answer)
        if not self._moves or not self._opens(answer):
            self._beneath.setVisible(self._opens(answer))

    def _show_beside(self, answer: str) -> None:
        asked = answer != NOT_ASKED
        self._stop.show_icon("octagon-alert", "stop" if answer == "yes" else "text3")
        text = self._caption_text or ("" if asked else self._words.not_asked)
        if text:  # else what was said last holds the place, and nothing beneath moves
            self._caption.setText(text)
        self._caption.setVisible(bool(text))
        offered = self._offers and not asked
        hold_place(self._undo, on=not offered)
        self._undo.setVisible(asked)
        self._same.setVisible(offered)


def _make_quiet(theme: Theme, text: str, icon: str, command: str) -> Button:
    button = Button(theme, text, "quiet", icon)
    button.set_compact(on=True)
    button.setToolTip(with_keys(text, command))
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return button
