# ruff: noqa: N802 - Qt names its own hooks
"""A page that scrolls by finger, wheel and keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractSlider,
    QApplication,
    QFrame,
    QLayout,
    QWidget,
)

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.finger_area import FingerArea
from consult_app.gui.widgets.pages import Pages
from consult_app.gui.widgets.scrolled import Scrolled
from consult_app.gui.widgets.themed import is_mirrored

GUTTER = 10
"""Room beside the content for the scroll bar."""
SEEN = 24
"""How much of a field at least is seen where the page is shown from its top."""
_Action = QAbstractSlider.SliderAction
WAYS: dict[int, QAbstractSlider.SliderAction] = {
    Qt.Key.Key_Up: _Action.SliderSingleStepSub,
    Qt.Key.Key_Down: _Action.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: _Action.SliderPageStepSub,
    Qt.Key.Key_PageDown: _Action.SliderPageStepAdd,
    Qt.Key.Key_Home: _Action.SliderToMinimum,
    Qt.Key.Key_End: _Action.SliderToMaximum,
}
"""The keys that scroll, and how far."""


class ScrollPane(FingerArea):
    """A column that scrolls vertically and follows the keyboard.

    Where nothing in it takes the keyboard, its scroll bar can: else what is only read could not be
    read on without a mouse. It has a role and a share to be heard, which a page has not.

    Args:
        theme: The look.
        ground: What it lies on, "canvas" or "surface". It is painted here once more, because Qt
            moves what it knows to hide everything beneath, and paints all else anew.
        parent: Qt owner.

    Attributes:
        body: Column for the content.
    """

    def __init__(
        self, theme: Theme, *, ground: str = "canvas", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = inside = Scrolled()
        inside.setObjectName("scroll_body")
        self.body = inside.column
        self.body.setSpacing(14)
        self.setWidget(inside)
        self._ground = ground
        theme.changed.connect(self._paint_ground)
        self._paint_ground()
        self._followed: QWidget | None = None
        self._left: QWidget | None = None
        self._opened_at: QWidget | None = None
        self._spot: int | None = None
        self._steady = False
        self.verticalScrollBar().valueChanged.connect(self._notice_scrolling)
        self.verticalScrollBar().rangeChanged.connect(self._stay_with_focus)
        self._leave_room()
        QApplication.instance().focusChanged.connect(self._follow_focus)  # type: ignore[union-attr] # exists while widgets do

    def show_widget(self, widget: QWidget) -> None:
        """Scroll until a widget is seen whole, with a margin; its cursor where it is too high.

        Qt alone shows the line with the cursor, which leaves half of a larger text out of sight.
        """
        margin, seen = self._theme.px(24), self.viewport().height()
        if widget.height() + 2 * margin > seen or not self.isAncestorOf(widget):
            self.ensureWidgetVisible(widget, 0, margin)
            return
        above = widget.mapTo(self, QPoint()).y() - self.viewport().y() - margin
        below = above + widget.height() + 2 * margin - seen
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + (above if above < 0 else max(below, 0)))

    def show_start(self, widget: QWidget) -> None:
        """Scroll until a widget begins at the top, unless it is seen whole.

        A field that is out of sight then stays so when it has the keyboard back from a sheet.
        """
        if widget.visibleRegion().boundingRect() != widget.rect():
            above = widget.mapTo(self, QPoint()).y() - self.viewport().y()
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + above)
        held: QWidget | None = self.window().focusWidget()
        if held is not None and self.isAncestorOf(held) and held.visibleRegion().isEmpty():
            self._followed, self._left = None, held

    def begin(self) -> None:
        """Show the top, as a page opens, as long as the field with the keyboard begins in sight.

        To see that field whole would hide what it belongs to where the window is small.
        """
        self._opened_at = QApplication.focusWidget()
        self._stay_at_top()

    def let_read(self, name: str, *, on: bool = True) -> None:
        """Let Tab stop at the scroll bar, called so, and the keys there scroll; or no more."""
        bar, policy = self.verticalScrollBar(), Qt.FocusPolicy
        bar.setAccessibleName(name)
        bar.setFocusPolicy(policy.TabFocus if on else policy.NoFocus)

    def scroll_by_key(self, key: int) -> bool:
        """Scroll as this key says; return whether it is one that scrolls."""
        if key not in WAYS:
            return False
        self.verticalScrollBar().triggerAction(WAYS[key])
        return True

    def scroll_page(self, by: int) -> bool:
        """Scroll down (or up) as far as is seen but for two lines; return whether that was on."""
        bar = self.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + by * (bar.pageStep() - self._theme.px(2 * SEEN)))
        return bar.value() != before

    @property
    def share(self) -> float:
        """How far down it is scrolled, from 0 to 1."""
        bar = self.verticalScrollBar()
        return bar.value() / max(1, bar.maximum())

    def show_share(self, share: float) -> None:
        """Scroll as far down as `share` said."""
        bar = self.verticalScrollBar()
        bar.setValue(round(share * bar.maximum()))

    @contextmanager
    def one_layout(self, part: QWidget) -> Iterator[Callable[[int], None]]:
        """Lay out once what changes in a part of the content, at the end.

        Qt lays out everything around a widget each time one comes into sight, and what it asks for
        later climbs from each part to the next, in a layout of its own for each.

        Gives what scrolls ahead as far as the part needs to be seen once it has grown by a height,
        while nothing of it changed its place: only then Qt moves what is painted already.
        """
        column = [part]
        while (around := column[-1].parentWidget()) not in (None, self.viewport()):
            column.append(around)
        layouts = [layout for it in column if (layout := it.layout()) is not None]
        for layout in layouts:
            layout.setEnabled(False)
        try:
            yield partial(self._make_room, part)
        finally:
            self._inside.room = 0
            for layout in layouts:
                layout.setEnabled(True)
                for inner in (layout, *layout.findChildren(QLayout)):
                    inner.invalidate()
            for it in column:
                it.updateGeometry()
            QApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))
            for layout in reversed(layouts):  # where the content has the same height as before
                layout.activate()

    def _make_room(self, part: QWidget, more: int) -> None:
        self._inside.room = more
        QApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))
        margin = self._theme.px(24)
        above = part.mapTo(self, QPoint()).y() - self.viewport().y() - margin
        below = above + part.height() + more + 2 * margin - self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + max(0, min(below, above)))

    def changeEvent(self, event: QEvent) -> None:
        """Leave room for the scroll bar at the side on which it stands, and keep the ground.

        The style sheet of what takes it in gives its parts back the palette they were made with.
        """
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._leave_room()
        elif event.type() == QEvent.Type.StyleChange:
            self._paint_ground()

    def _paint_ground(self) -> None:
        """Take the ground's colour from the theme: the palette is that of the whole application."""
        palette = QPalette()
        self._inside.ground = self._theme.color(self._ground)
        palette.setColor(QPalette.ColorRole.Window, self._inside.ground)
        for part in (self.viewport(), self._inside):
            part.setPalette(palette)

    def keep_width(self) -> None:
        """Give the content one width, whether it scrolls or not, as where parts take turns."""
        self._steady = True
        self.verticalScrollBar().rangeChanged.connect(self._leave_room)
        self._leave_room()

    def _leave_room(self) -> None:
        bar = self.verticalScrollBar()
        spare = bar.sizeHint().width() if self._steady and not bar.maximum() else 0
        left, right = (GUTTER + spare, 0) if is_mirrored(self) else (0, GUTTER + spare)
        self.body.setContentsMargins(left, 0, right, 0)

    def _notice_scrolling(self) -> None:
        """Leave whoever scrolled away from the field with the keyboard where they are."""
        now = QApplication.focusWidget()
        if now is not None and now is self._followed and now.visibleRegion().isEmpty():
            self._followed = None
        if self.verticalScrollBar().value():
            self._opened_at = None
        self._note_spot()

    def _find_left(self, old: QWidget | None, now: QWidget | None) -> QWidget | None:
        """Return the field whose keyboard another window or page has; None where none has."""
        if now is not None and now.window() is self.window() and not self._is_turned_from(now):
            return None
        within = old is not None and self.isAncestorOf(old)
        return old if within else self._left

    def _is_turned_from(self, now: QWidget) -> bool:
        """Whether the keyboard is on another page, which is shown in the place of this one."""
        around = self.parentWidget()
        while around is not None and not around.isAncestorOf(now):
            around = around.parentWidget()
        return isinstance(around, Pages) and not self.isAncestorOf(now)

    def _stay_at_top(self) -> bool:
        """Show the top of a page that nobody has moved on from; return whether it could be."""
        now, inside = self._opened_at, self.widget()
        if now is None or now is not QApplication.focusWidget():
            return False
        if inside is None or not inside.isAncestorOf(now):
            return False
        begins = now.mapTo(inside, QPoint()).y()
        if begins + min(now.height(), self._theme.px(SEEN)) > self.viewport().height():
            return False
        self.verticalScrollBar().setValue(0)
        return True

    def _note_spot(self) -> None:
        """Note where the field with the keyboard stands, once somebody scrolled to it.

        At the top only what the mouse presses is: else an alert above would be out of sight.
        """
        now = QApplication.focusWidget()
        scrolled = self.verticalScrollBar().value() or QApplication.mouseButtons()
        held = now if now is self._followed and scrolled else None
        self._spot = None if held is None else held.mapTo(self, QPoint()).y()

    def _stay_with_focus(self) -> None:
        """Keep the field with the keyboard where it is when something above it grew, as a fault.

        Else what is pressed next would move away from under the pointer.
        """
        now = QApplication.focusWidget()
        if now is None or now is not self._followed or self._stay_at_top():
            return
        if self._spot is not None:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + now.mapTo(self, QPoint()).y() - self._spot)
        if now.height() < self.viewport().height() and not QApplication.mouseButtons():
            self.show_widget(now)
        self._note_spot()

    def _follow_focus(self, old: QWidget | None, now: QWidget | None) -> None:
        """Show what is given the keyboard, but not what only has it back from another window.

        Whoever scrolled away from that field finds the page where it was, as behind the settings.
        """
        inside = self.widget()
        back, self._left = now is self._left, self._find_left(old, now)
        if back and now is not self._followed:
            return
        if now is not None and inside is not None and inside.isAncestorOf(now):
            self._followed = now
            self._opened_at = now if now is self._opened_at else None
            written = now.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
            if written or not QApplication.mouseButtons():
                self.show_widget(now)  # a button would leave the pointer, and lose the click
            self._note_spot()
