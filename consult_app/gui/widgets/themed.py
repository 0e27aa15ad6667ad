"""What every painted control shares: it follows the theme and knows its own outline."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from consult_app.gui.theme import Theme


class Themed:
    """Mixed into a QWidget: keeps the theme and restyles when it changes."""

    theme: Theme
    radius: float = 10

    def follow(self, theme: Theme) -> None:
        """Take the theme, dress in it now and whenever it changes."""
        self.theme = theme
        theme.changed.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        """Take fonts and measures from the theme again."""
        if isinstance(self, QWidget):
            self.updateGeometry()
            self.update()

    def focus_outline(self) -> QPainterPath:
        """Return the outline that the focus ring is drawn around, in own coordinates."""
        path = QPainterPath()
        if isinstance(self, QWidget):
            path.addRoundedRect(QRectF(self.rect()), self.radius, self.radius)
        return path


def show_in_place(part: QWidget, *, on: bool) -> None:
    """Show or hide a part of a page.

    One that stands nowhere yet is shown with what it is put into: shown by itself it would be a
    window of its own for that moment, with a frame, over whatever is on the screen.
    """
    if on and part.parentWidget() is None:
        part.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, on=False)
    else:
        part.setVisible(on)


ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_SIDEWAYS = (Qt.Key.Key_Left, Qt.Key.Key_Right)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_BARE = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class Pressable(Themed):
    """Mixed into a button: a finger that travels is scrolling and never presses.

    Enter presses what has the focus, as Space does; by itself Qt leaves it to the dialog's default,
    or does nothing outside of one. An answer sets `enter_presses` to False: who goes on with Enter
    must not answer by it.

    A screen reader switches a button on and off without pressing it, which Qt tells nobody as a
    click. Here it is one, so that what can be heard to be chosen is chosen; only what the program
    itself switches is silent.
    """

    _pressed_at = None
    _travelled = False
    _silent = False
    enter_presses = True

    def follow(self, theme: Theme) -> None:
        """Take the theme, and listen for being switched by others than the program."""
        super().follow(theme)
        if isinstance(self, QAbstractButton):
            self.toggled.connect(self._hear_switch)

    def setChecked(self, on: bool) -> None:  # noqa: FBT001, N802 - Qt's name and shape
        """Switch on or off for the program, without a click."""
        self._silent = True
        super().setChecked(on)  # type: ignore[misc] # the button that this is mixed into
        self._silent = False

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's name
        """Switch for a press, which Qt tells as a click by itself."""
        self._silent = True
        super().nextCheckState()  # type: ignore[misc] # the button that this is mixed into
        self._silent = False

    def _hear_switch(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if self._silent or not isinstance(self, QAbstractButton):
            return
        # One of several is switched off by choosing another, which is told there.
        alone = not self.autoExclusive() and self.group() is None
        if on or alone:
            # Named in full: the signal also has a form without the state.
            self.clicked[bool].emit(on)  # type: ignore[index] # PySide6 has it, its stubs do not

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt names its hooks
        """Let Enter press, once for each time it goes down."""
        if event.key() not in _ENTER or event.modifiers() not in _BARE or not self.enter_presses:
            super().keyPressEvent(event)  # type: ignore[misc] # the button that this is mixed into
        elif isinstance(self, QAbstractButton) and not event.isAutoRepeat():
            self.click()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt names its hooks
        """Remember where the press began."""
        self._pressed_at, self._travelled = event.globalPosition(), False
        super().mousePressEvent(event)  # type: ignore[misc] # the button that this is mixed into

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt names its hooks
        """Give the press up once the pointer has travelled further than a click does."""
        if self._pressed_at is None or not isinstance(self, QAbstractButton):
            return
        travel = (event.globalPosition() - self._pressed_at).manhattanLength()
        if travel > QApplication.styleHints().startDragDistance():
            self._travelled = True
            self.setDown(False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt names its hooks
        """Press only when the pointer stayed where it was."""
        travelled, self._pressed_at, self._travelled = self._travelled, None, False
        if travelled:
            event.accept()
            return
        super().mouseReleaseEvent(event)  # type: ignore[misc] # the button it is mixed into


_MIDDLE = Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
AT_LEFT = Qt.AlignmentFlag.AlignLeft | _MIDDLE
"""Where a text begins that was given its place; put together once, for painting is often."""

_AT_RIGHT = Qt.AlignmentFlag.AlignRight | _MIDDLE


def is_mirrored(widget: QWidget) -> bool:
    """Whether a widget is laid out from right to left."""
    return widget.layoutDirection() == Qt.LayoutDirection.RightToLeft


def find_step(widget: QWidget, key: int) -> int:
    """Return how far an arrow key leads along a row, the way it is seen; 0 for any other key."""
    step = ARROWS.get(Qt.Key(key), 0)
    return -step if key in _SIDEWAYS and is_mirrored(widget) else step


def side_flags(widget: QWidget, *, trailing: bool = False) -> Qt.AlignmentFlag:
    """Return the alignment of text at the leading (or trailing) edge, vertically centred."""
    return _AT_RIGHT if is_mirrored(widget) != trailing else AT_LEFT


def mirror_rect(widget: QWidget, rect: QRectF) -> QRectF:
    """Return a rectangle on the other side of the widget when it runs from right to left."""
    if not is_mirrored(widget):
        return rect
    return QRectF(widget.width() - rect.right(), rect.y(), rect.width(), rect.height())


def smooth(painter: QPainter) -> None:
    """Draw soft edges."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
