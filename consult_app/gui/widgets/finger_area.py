# ruff: noqa: N802 - Qt names its own hooks
"""What a finger scrolls from anywhere, without changing anything on its way."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSizeF
from PySide6.QtGui import QScrollPrepareEvent
from PySide6.QtWidgets import QScrollArea, QScroller, QScrollerProperties, QWidget

KEEPS_FINGER = "keeps_finger"
"""Property of a widget on which a finger draws and must not scroll the page."""


class FingerArea(QScrollArea):
    """A part of the window that scrolls by finger.

    Buttons and sliders of this package never act when the finger travelled, so scrolling
    changes nothing.

    Args:
        parent: Qt owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self._lock_axis()

    def viewportEvent(self, event: QEvent) -> bool:
        """Let a finger scroll from anywhere, except from a widget that it draws on.

        Qt itself would not scroll from a slider; the sliders of this package leave
        vertical swipes alone, so the page takes them.
        """
        if not isinstance(event, QScrollPrepareEvent):
            return super().viewportEvent(event)
        if self._keeps(event.startPos().toPoint()):
            event.ignore()
            return True
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        event.setViewportSize(QSizeF(self.viewport().size()))
        event.setContentPosRange(QRectF(0, 0, across.maximum(), down.maximum()))
        event.setContentPos(QPointF(across.value(), down.value()))
        event.accept()
        return True

    def _keeps(self, spot: QPoint) -> bool:
        widget = self.viewport().childAt(spot)
        while widget is not None and widget is not self.viewport():
            if widget.property(KEEPS_FINGER):
                return True
            widget = widget.parentWidget()
        return False

    def _lock_axis(self) -> None:
        """Let a swipe keep its first direction, so a slanted drag of a slider scrolls nothing."""
        scroller = QScroller.scroller(self.viewport())
        properties = scroller.scrollerProperties()
        properties.setScrollMetric(QScrollerProperties.ScrollMetric.AxisLockThreshold, 0.9)
        scroller.setScrollerProperties(properties)
