# ruff: noqa: N802 - Qt names its own hooks
"""Yes or no beside its words, answered by the keys of an answer row."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.segmented import Option, Segmented
from consult_app.wording import t

KEYS = {Qt.Key.Key_N: "no", Qt.Key.Key_Y: "yes"}


class YesNo(Segmented):
    """Two cells; N and Y choose, and the next of its kind may be answered.

    Attributes:
        advance: Emitted after an answer by key.
    """

    advance = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name, (Option("no", t("No")), Option("yes", t("Yes"))), parent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer with N and Y."""
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        option = KEYS.get(Qt.Key(event.key())) if plain else None
        if option is None:
            super().keyPressEvent(event)
            return
        self.cell(option).setFocus(Qt.FocusReason.OtherFocusReason)
        self.cell(option).click()
        self.advance.emit()
