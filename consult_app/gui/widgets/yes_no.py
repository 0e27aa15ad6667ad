# ruff: noqa: N802 - Qt names its own hooks
"""Yes or no beside its words, or Unsure too, answered by the keys of an answer row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from consult_app.gui.commands import ANSWERS, with_keys
from consult_app.gui.row_keys import read_command
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.segmented import Option, Segmented
from consult_app.gui.widgets.stray_text import NO_TEXT, YES_OR_NO, is_choice_text
from consult_app.wording import t

ANSWER = "answer_"
"""What the commands of answers begin with, before the answer."""
OPTIONS = (Option("no", t("No")), Option("yes", t("Yes")))
UNSURE = Option("unsure", t("Unsure"))


class YesNo(Segmented):
    """Its cells; N and Y choose, and U where it is offered, and the next may be answered.

    Backspace takes the answer back; an empty text is told then, as of one that nobody gave.

    Args:
        theme: The look.
        name: What is asked.
        parent: Qt owner.
        unsure: Whether *Unsure* is an answer.
        words: What the cells of no and of yes say, where it is said otherwise.

    Attributes:
        advance: Emitted after an answer by key.
    """

    advance = Signal()

    def __init__(
        self,
        theme: Theme,
        name: str,
        parent: QWidget | None = None,
        *,
        unsure: bool = False,
        words: Sequence[Option] = OPTIONS,
    ) -> None:
        super().__init__(theme, name, (*words, UNSURE) if unsure else words, parent)
        self.no_text = NO_TEXT if unsure else YES_OR_NO
        name_answer_keys(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer with N, Y and U, take back with Backspace, or the keys chosen for that."""
        command = read_command(event, ANSWERS)
        if is_choice_text(self.theme, self, event, self.no_text):
            event.accept()
        elif command == "answer_back" or command.removeprefix(ANSWER) in self.options():
            self.obey(command)
        else:
            super().keyPressEvent(event)

    def list_heeded(self, _field: QWidget) -> list[str]:
        """Return the answers, and the way back from one."""
        answers = [f"{ANSWER}{option}" for option in self.options()]
        return [*answers, *(["answer_back"] if self.value() else ())] if self.isEnabled() else []

    def obey(self, command: str) -> None:
        """Answer, or take the answer back."""
        if command == "answer_back":
            self._take_back()
            return
        cell = self.cell(command.removeprefix(ANSWER))
        cell.setFocus(Qt.FocusReason.OtherFocusReason)
        cell.click()
        self.advance.emit()

    def _take_back(self) -> None:
        """Leave it unanswered, with the keyboard where Tab leads to from now on."""
        if self.value():
            self.clear()
            self.take_focus()
            self.edited.emit("")


def name_answer_keys(cells: Segmented) -> None:
    """Name the keys that answer in the tool tips of No, Yes and Unsure."""
    for option in cells.options():
        cell = cells.cell(option)
        cell.setToolTip(with_keys(cell.words, f"{ANSWER}{option}"))
