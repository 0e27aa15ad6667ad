# ruff: noqa: N802 - Qt names its own hooks
"""One ring per window around the control that has the keyboard."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.themed import Themed, smooth

_KEYS = frozenset(
    {
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
    }
)
_POINTS = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin})
_MOVES = frozenset({QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.LayoutRequest})
_DISTANCE, _WIDTH, _REACH = 4.0, 2.5, 6
"""From the control to the middle of the ring, the ring's line, and room for both, in pixels."""


class FocusRing(QWidget):
    """An overlay that rings the focused control, only while the keyboard is in use.

    Tab and arrow keys turn it on, mouse and touch turn it off; the layout never moves. A dialog
    that gets the keyboard gets a ring of its own, which ends with it.

    Args:
        window: The window it lies over.
        theme: The look.
        keyboard: Whether the keyboard is in use already.
    """

    def __init__(self, window: QWidget, theme: Theme, *, keyboard: bool = False) -> None:
        super().__init__(window)
        self._theme = theme
        self._target: QWidget | None = None
        self._keyboard = keyboard
        self._due = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)
            app.installEventFilter(self)
        theme.changed.connect(self.update)

    @property
    def target(self) -> QWidget | None:
        """The control that is ringed, or would be."""
        return self._target

    def take(self, now: QWidget | None) -> None:
        """Ring this control, or nothing, once the event under way has been dealt with."""
        self._target = now
        self._place_soon()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Notice whether keyboard or pointer is in use, and when things move."""
        kind = event.type()
        if kind == QEvent.Type.KeyPress:
            if isinstance(event, QKeyEvent) and event.key() in _KEYS:
                self._use_keyboard(on=True)
        elif kind in _POINTS:
            self._use_keyboard(on=False)
        elif kind in _MOVES and self._keyboard and self._target is not None:
            self._place_soon()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring around the target's own outline."""
        if not self._has_target() or self._target is None:
            return
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._draw_ring(_outline_of(self._target)))

    def _draw_ring(self, outline: QPainterPath) -> QPixmap:
        """Return a line around the outline at an even distance, whatever its shape.

        The shape is drawn thick and its inside taken away again, which needs no path
        arithmetic; on a picture of its own, so nothing beneath is taken away with it.
        """
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        with QPainter(picture) as painter:
            smooth(painter)
            painter.translate(_REACH, _REACH)
            painter.setPen(_round_pen(self._theme.color("focus"), 2 * _DISTANCE + _WIDTH))
            painter.drawPath(outline)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
            painter.setBrush(Qt.GlobalColor.black)
            painter.setPen(_round_pen(QColor("black"), 2 * _DISTANCE - _WIDTH))
            painter.drawPath(outline)
        return picture

    def _use_keyboard(self, *, on: bool) -> None:
        if self._keyboard != on:
            self._keyboard = on
            self._place_soon()

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        self.take(now)
        window = now.window() if now is not None else None
        if isinstance(window, QDialog) and window.findChild(FocusRing) is None:
            ring = FocusRing(window, self._theme, keyboard=self._keyboard)
            ring.take(now)

    def _place_soon(self) -> None:
        if not self._due:
            self._due = True
            QTimer.singleShot(0, self, self._place)

    def _place(self) -> None:
        self._due = False
        if not (self._keyboard and self._has_target()) or self._target is None:
            self.hide()
            return
        corner = self._target.mapTo(self.window(), QPoint(0, 0))
        box = QRect(corner, self._target.size())
        self.setGeometry(box.adjusted(-_REACH, -_REACH, _REACH, _REACH))
        self.raise_()
        self.show()
        self.update()

    def _has_target(self) -> bool:
        target = self._target
        if target is None or not shiboken6.isValid(target):
            return False
        return target.isVisible() and target.window() is self.window() is not target


def _outline_of(target: QWidget) -> QPainterPath:
    if isinstance(target, Themed):
        return target.focus_outline()
    path = QPainterPath()
    path.addRoundedRect(target.rect(), 10, 10)
    return path


def _round_pen(colour: QColor, width: float) -> QPen:
    return QPen(
        colour,
        width,
        Qt.PenStyle.SolidLine,
        Qt.PenCapStyle.RoundCap,
        Qt.PenJoinStyle.RoundJoin,
    )
