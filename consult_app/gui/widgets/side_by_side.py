# ruff: noqa: N802 - Qt names its own hooks
"""Two parts side by side, or beneath each other where there is no room for both."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from consult_app.gui.theme import Theme

LEAST = 560
"""Width from which both stand side by side."""


class SideBySide(QWidget):
    """Holds two parts; the second has half as much again of the width as the first has."""

    def __init__(self, theme: Theme, first: QWidget, second: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(16))
        self._row.addWidget(first, 2)
        self._row.addWidget(second, 3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn the row into a column, or back."""
        super().resizeEvent(event)
        directions = QBoxLayout.Direction
        beside = self.width() >= self._theme.px(LEAST)
        self._row.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
