# ruff: noqa: N802 - Qt names its own hooks
"""Lines to read: never longer than can be read, in columns where the width allows them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.labels import Label

MEASURE = 580
"""Of body text: some 80 letters, beyond which the eye loses its line on the way back."""
CAPTION = 480
"""The same for the smallest type."""
BESIDE = 480
"""A column beside another is at least as wide."""
_APART = 32


def keep_short(label: Label, width: int) -> QHBoxLayout:
    """Return a row with the label, which takes no more than this width of it."""
    label.setMaximumWidth(width)
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(label, 100)
    row.addStretch(1)
    return row


class Lines(QWidget):
    """Groups of lines, beneath each other, or side by side where there is room for all.

    Args:
        theme: The look.
        groups: The lines of each group; one without lines is left out.
    """

    def __init__(self, theme: Theme, groups: Sequence[Sequence[str]]) -> None:
        super().__init__()
        self._theme = theme
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._close = self._row.spacing()
        self.labels: list[Label] = []
        for group in filter(None, groups):
            column = QVBoxLayout()
            column.setSpacing(self._close)  # not that between columns
            for line in group:
                label = Label(theme, line, "body", wrap=True)
                self.labels.append(label)
                column.addLayout(keep_short(label, theme.px(MEASURE)))
            column.addStretch(1)
            self._row.addLayout(column, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the groups side by side where each has its width."""
        super().resizeEvent(event)
        count, px = self._row.count(), self._theme.px
        beside = count > 1 and self.width() >= count * px(BESIDE) + (count - 1) * px(_APART)
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        self._row.setSpacing(px(_APART) if beside else self._close)
