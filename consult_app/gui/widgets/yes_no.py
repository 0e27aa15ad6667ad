# ruff: noqa: N802 - Qt names its own hooks
"""Yes or no beside its words, or Unsure too, answered by the keys of an answer row."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.segmented import Option, Segmented
from consult_app.wording import t

KEYS = {Qt.Key.Key_N: "no", Qt.Key.Key_Y: "yes", Qt.Key.Key_U: "unsure"}
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

    Attributes:
        advance: Emitted after an answer by key.
    """

    advance = Signal()

    def __init__(
        self, theme: Theme, name: str, parent: QWidget | None = None, *, unsure: bool = False
    ) -> None:
        super().__init__(theme, name, (*OPTIONS, UNSURE) if unsure else OPTIONS, parent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer with N, Y and U, take back with Backspace."""
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        key = Qt.Key(event.key())
        option = KEYS.get(key) if plain else None
        if option in self.options():
            self.cell(option).setFocus(Qt.FocusReason.OtherFocusReason)
            self.cell(option).click()
            self.advance.emit()
        elif plain and key == Qt.Key.Key_Backspace:
            self._take_back()
        else:
            super().keyPressEvent(event)

    def _take_back(self) -> None:
        """Leave it unanswered, with the keyboard where Tab leads to from now on."""
        if self.value():
            self.clear()
            self.take_focus()
            self.edited.emit("")
