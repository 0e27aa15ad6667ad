"""Enter as *Done* on what else it would take away again in a sheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class EnterDone(QObject):
    """Heeds Enter for parts of a sheet; Space still chooses.

    Args:
        sheet: The sheet, its owner.
        finish: Closes it.
        parts: What has the keyboard when Enter is pressed.
    """

    def __init__(self, sheet: QWidget, finish: Callable[[], None], *parts: QWidget) -> None:
        super().__init__(sheet)
        self._finish = finish
        for part in parts:
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Finish with Enter."""
        pressed = event.type() == QEvent.Type.KeyPress
        if pressed and cast("QKeyEvent", event).key() in ENTER:
            self._finish()
            return True
        return super().eventFilter(watched, event)
