# ruff: noqa: N802 - Qt names its own hooks
"""So or not so: two cells of which neither is chosen before somebody says which."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from consult_app.gui.commands import ANSWERS
from consult_app.gui.row_keys import read_command
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.segmented import Option, Segmented

NOT_SO, SO = "not_so", "so"


class Either(Segmented):
    """A choice that can be taken back: by Backspace, or by pressing the chosen cell again.

    Args:
        theme: The look.
        name: What is asked.
        denied: What is said where it is not so.
        told: What is said where it is.
        parent: Qt owner.

    Attributes:
        said: Carries True, False or None when a person changed it.
    """

    said = Signal(object)

    def __init__(
        self, theme: Theme, name: str, denied: str, told: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, name, (Option(NOT_SO, denied), Option(SO, told)), parent)
        self._shown = ""

    def show_said(self, so: object) -> None:
        """Show what is said, without a signal; None for nothing."""
        self._shown = "" if so is None else SO if so else NOT_SO
        self.set_value(self._shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take back with Backspace, or the key chosen for that."""
        if read_command(event, ANSWERS) == "answer_back":
            self._say(None)
        else:
            super().keyPressEvent(event)

    def list_heeded(self, _field: QWidget) -> list[str]:
        """Return the way back, where something is said."""
        return ["answer_back"] if self._shown and self.isEnabled() else []

    def obey(self, _command: str) -> None:
        """Take back what is said."""
        self._say(None)

    def _tell(self) -> None:
        """Say what was pressed; no arrow key takes it back at the end of the row."""
        value = self.value()
        again = value == self._shown and self.cell(value).by_mouse
        self._say(None if again else value == SO)

    def _say(self, so: bool | None) -> None:  # noqa: FBT001 - one of three
        before = self._shown
        self.show_said(so)
        if self._shown != before:
            self.said.emit(so)
