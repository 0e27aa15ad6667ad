# ruff: noqa: N802 - Qt names its own hooks
"""A line above or beneath a scrolling column, no wider than the cards in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QHBoxLayout, QWidget

from consult_app.gui.widgets.scrolling import GUTTER, ScrollPane
from consult_app.gui.widgets.themed import is_mirrored

_TURNS = (QEvent.Type.LayoutDirectionChange, QEvent.Type.Show)


class CardsWide(QHBoxLayout):
    """Holds a widget that stands outside a pane, and ends where the cards in the pane do.

    The cards leave room for the scroll bar, and for more while it is there.
    """

    def __init__(self, widget: QWidget, pane: ScrollPane) -> None:
        super().__init__()
        self._pane = pane
        self.setContentsMargins(0, 0, 0, 0)
        self.addWidget(widget)
        pane.verticalScrollBar().rangeChanged.connect(self._fit)
        pane.installEventFilter(self)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the room on the other side where the pane is turned round."""
        if event.type() in _TURNS:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        bar = self._pane.verticalScrollBar()
        room = GUTTER + (bar.sizeHint().width() if bar.maximum() > bar.minimum() else 0)
        self.setContentsMargins(*((room, 0, 0, 0) if is_mirrored(self._pane) else (0, 0, room, 0)))
