# ruff: noqa: N802 - Qt names its own hooks
"""What scrolls in a page: one column, as high as its width asks for."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget


class Scrolled(QWidget):
    """What scrolls: a column whose height comes from its width alone.

    Attributes:
        room: Height kept free for what is about to be shown.
        ground: What it lies on. It is painted here too: a style sheet that takes it in late gives
            it back the palette it was made with.
    """

    def __init__(self) -> None:
        super().__init__()
        self.room = 0
        self.ground = QColor()
        self.column = QVBoxLayout(self)
        # When it grows, what is painted already stays; its parts know where they went.
        self.setAttribute(Qt.WidgetAttribute.WA_StaticContents)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what it lies on."""
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), self.ground)

    def heightForWidth(self, width: int) -> int:
        """Return the height of all there is, and the room."""
        return super().heightForWidth(width) + self.room

    def sizeHint(self) -> QSize:
        """Return the size without the height for that width, for the same reason as a card."""
        return self.column.sizeHint()
