# ruff: noqa: N802 - Qt names its own hooks
"""One ring per window around the control that has the keyboard."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QDialog, QWidget

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
_PRESSES = frozenset({QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride})
"""A chord that is a command never arrives as a key that was pressed."""
_POINTS = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin})
_MOVES = frozenset({QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.LayoutRequest})
_DISTANCE, _WIDTH, _REACH = 4.0, 2.5, 6
"""From the control to the middle of the ring, the ring's line, and room for both, in pixels."""
_MARGINS = QMargins(_REACH, _REACH, _REACH, _REACH)


class FocusRing(QWidget):
    """An overlay that rings the focused control, only while the keyboard is in use.

    Tab and arrow keys turn it on, and so does any key that takes the keyboard elsewhere, such as
    F6; mouse and touch turn it off; the layout never moves. Of a control that is partly scrolled
    away only what is in sight is ringed, and nothing of a page that only takes keys. A dialog
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
        self._pressed = False
        self._shift = QPoint(0, 0)
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

    @property
    def by_keys(self) -> bool:
        """Whether what happens now was asked for by a key and not by mouse or touch."""
        return self._pressed

    def take(self, now: QWidget | None) -> None:
        """Ring this control, or nothing, once the event under way has been dealt with."""
        self._target = now
        self._place_soon()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Notice whether keyboard or pointer is in use, and when things move."""
        kind = event.type()
        if kind in _PRESSES:
            self._pressed = True
            if isinstance(event, QKeyEvent) and event.key() in _KEYS:
                self._use_keyboard(on=True)
        elif kind in _POINTS:
            self._pressed = False
            self._use_keyboard(on=False)
        elif kind in _MOVES and self._keyboard and self._target is not None:
            self._place_soon()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring around the target's own outline."""
        if not self._has_target() or self._target is None:
            return
        with QPainter(self) as painter:
            painter.drawPixmap(self._shift, self._draw_ring(self._target))

    def _draw_ring(self, target: QWidget) -> QPixmap:
        """Return a line around the outline at an even distance, whatever its shape.

        The shape is drawn thick and its inside taken away again, which needs no path
        arithmetic; on a picture of its own, so nothing beneath is taken away with it.
        """
        outline, ratio = _outline_of(target), self.devicePixelRatioF()
        picture = QPixmap(target.size().grownBy(_MARGINS) * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        with QPainter(picture) as painter:
            smooth(painter)
            painter.translate(_REACH, _REACH)
            colour = _find_theme(target, self._theme).color("focus")
            painter.setPen(_round_pen(colour, 2 * _DISTANCE + _WIDTH))
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
        self._keyboard |= self._pressed
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
        whole = _find_box(self._target).marginsAdded(_MARGINS)
        seen = _find_sight(self._target)
        if seen.isEmpty():
            self.hide()
            return
        self._shift = whole.topLeft() - seen.topLeft()
        self.setGeometry(seen)
        self.raise_()
        self.show()
        self.update()

    def _has_target(self) -> bool:
        target = self._target
        if target is None or not shiboken6.isValid(target):
            return False
        if target.focusPolicy() == Qt.FocusPolicy.NoFocus:
            return False  # a page that takes the keys, such as that of the patient
        return target.isVisible() and target.window() is self.window() is not target


def _find_box(widget: QWidget) -> QRect:
    """Return where a widget lies in its window."""
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


def _find_sight(target: QWidget) -> QRect:
    """Return where the ring may lie: around the control, within the areas in which it scrolls.

    Empty where the control itself is scrolled away.
    """
    box = _find_box(target)
    sight = box.marginsAdded(_MARGINS)
    around = target.parentWidget()
    while around is not None and around is not target.window():
        above = around.parentWidget()
        if isinstance(above, QAbstractScrollArea) and above.viewport() is around:
            port = _find_box(around)
            box = box.intersected(port)
            sight = sight.intersected(port.marginsAdded(_MARGINS))
        around = above
    return sight if box.isValid() else QRect()


def _find_theme(target: QWidget, usual: Theme) -> Theme:
    """Return the look of what a control stands in: that of the patient is not the window's."""
    around: QWidget | None = target
    while around is not None and not isinstance(getattr(around, "theme", None), Theme):
        around = around.parentWidget()
    return getattr(around, "theme", usual)


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
