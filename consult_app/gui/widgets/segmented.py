# ruff: noqa: N802 - Qt names its own hooks
"""One of a few: cells side by side, of which at most one is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QSizePolicy,
    QWidget,
)

from consult_app.gui.theme import TARGET, Theme
from consult_app.gui.widgets.cells import CellsLayout
from consult_app.gui.widgets.stray_text import ONE_OF, is_choice_text, is_gap
from consult_app.gui.widgets.themed import (
    ARROWS,
    AT_LEFT,
    Pressable,
    Themed,
    find_step,
    is_mirrored,
    smooth,
)

_HEIGHT, _SWATCH = 48, 14
UP_AND_DOWN = (Qt.Key.Key_Up, Qt.Key.Key_Down)


@dataclass(frozen=True, slots=True)
class Option:
    """One cell.

    Attributes:
        id: What the program calls it.
        text: What the cell shows.
        spoken: What a screen reader says when it should say more; empty for the text.
        swatch: A fixed colour shown before the text, such as "#DDB08C"; may be empty.
    """

    id: str
    text: str
    spoken: str = ""
    swatch: str = ""


def rove(buttons: Iterable[QAbstractButton]) -> None:
    """Make a group one Tab stop: the checked button, or the first when none is."""
    group = list(buttons)
    stop = next((button for button in group if button.isChecked()), group[0] if group else None)
    for button in group:
        policy = Qt.FocusPolicy.StrongFocus if button is stop else Qt.FocusPolicy.ClickFocus
        button.setFocusPolicy(policy)


class Segment(Pressable, QAbstractButton):
    """One cell; exclusive by itself, so it is reported as a radio button."""

    radius = 8
    enter_presses = False

    def __init__(self, theme: Theme, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.by_mouse = False
        self._swatch = option.swatch
        self._cuts: dict[bool, tuple[QFont, int]] = {}
        self.show_text(option.text)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.follow(theme)

    @property
    def words(self) -> str:
        """The text as people see it."""
        return self.text().replace("&&", "&")

    def show_text(self, text: str) -> None:
        """Say something else, in the room it takes."""
        self._cuts = {}
        self.setText(text.replace("&", "&&"))

    def restyle(self) -> None:
        """Take the font from the theme."""
        self.setFont(self.theme.font("control"))
        self._cuts = {}
        super().restyle()

    def sizeHint(self) -> QSize:
        """Return the room for the heavier weight, so choosing moves nothing."""
        text = QFontMetrics(self.theme.font("control_strong")).horizontalAdvance(self.words)
        swatch = self.theme.px(_SWATCH) + 8 if self._swatch else 0
        px = self.theme.px
        return QSize(max(text + px(24) + swatch, px(TARGET)), px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the same: text is never cut."""
        return self.sizeHint()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose, and know while that is told that no key did it."""
        self.by_mouse = True
        super().mouseReleaseEvent(event)
        self.by_mouse = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave arrow keys to the row of cells; Qt's own order surprises."""
        if event.key() in ARROWS:
            event.ignore()
        elif not is_gap(event):
            super().keyPressEvent(event)

    def focus_outline(self) -> QPainterPath:
        """Return the raised cell."""
        path = QPainterPath()
        path.addRoundedRect(self._box(), self.radius, self.radius)
        return path

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the cell; the chosen one is raised, outlined and heavier."""
        with QPainter(self) as painter:
            smooth(painter)
            self._draw_ground(painter)
            self._draw_content(painter)

    def _draw_ground(self, painter: QPainter) -> None:
        if self.isChecked():
            painter.setPen(QPen(self.theme.color("accent"), 1.5))
            painter.setBrush(self.theme.color("surface"))
        elif self.underMouse() and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color("line"))
        else:
            return
        painter.drawRoundedRect(self._box(), self.radius, self.radius)

    def _draw_content(self, painter: QPainter) -> None:
        on, theme, box = self.isChecked(), self.theme, self._box()
        font, text = self._cut(on=on)
        painter.setFont(font)
        swatch = theme.px(_SWATCH) if self._swatch else 0
        gap = 8 if swatch and text else 0
        left = box.center().x() - (text + swatch + gap) / 2
        mirrored = is_mirrored(self)
        if swatch:
            x = left + text + gap + swatch / 2 if mirrored else left + swatch / 2
            painter.setPen(QPen(theme.color("control"), 1))
            painter.setBrush(QColor(self._swatch))
            painter.drawEllipse(QPointF(x, box.center().y()), swatch / 2, swatch / 2)
        ink = "accent_text" if on else "text" if self.isEnabled() else "text3"
        painter.setPen(theme.color(ink))
        start = left if mirrored else left + swatch + gap
        painter.drawText(QRectF(start, box.top(), text + 4, box.height()), AT_LEFT, self.words)

    def _cut(self, *, on: bool) -> tuple[QFont, int]:
        """Return the font of a cell, chosen or not, and how wide its text is in it."""
        if on not in self._cuts:
            font = QFont(self.font())
            font.setWeight(QFont.Weight.DemiBold if on else QFont.Weight.Medium)
            self._cuts[on] = (font, QFontMetrics(font).horizontalAdvance(self.words))
        return self._cuts[on]

    def _box(self) -> QRectF:
        return QRectF(self.rect()).adjusted(3, 3, -3, -3)


class Segmented(Themed, QFrame):
    """A row of cells with one Tab stop; arrow keys move the choice.

    Args:
        theme: The look.
        name: What is chosen; screen readers hear it before the cell.
        options: The cells.
        parent: Qt owner.

    Attributes:
        across: Whether Up and Down, and letters, are left to whatever the row stands in.
        no_text: What is said where words are typed on it.
        edited: Emitted with the id that a person chose.
        pressed: Emitted after that where it was pressed by mouse or finger: no arrow key goes on
            from there to another cell.
    """

    edited = Signal(str)
    pressed = Signal(str)
    radius = 12
    no_text = ONE_OF

    def __init__(
        self, theme: Theme, name: str, options: Sequence[Option], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        row = CellsLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self.across = False
        self._cells: dict[str, Segment] = {}
        for option in options:
            cell = Segment(theme, option, self)
            cell.setAccessibleName(f"{name}: {option.spoken or option.text}")
            cell.clicked.connect(self._tell)
            self._group.addButton(cell)
            row.add_cell(cell)
            self._cells[option.id] = cell
        rove(self._cells.values())
        self.follow(theme)

    def options(self) -> tuple[str, ...]:
        """Return the ids that can be chosen."""
        return tuple(self._cells)

    def value(self) -> str:
        """Return the chosen id, or an empty text when none is."""
        return next((option for option, cell in self._cells.items() if cell.isChecked()), "")

    def set_value(self, option: str) -> None:
        """Choose a cell without a signal; an empty text chooses none."""
        if not option:
            self.clear()
            return
        self._cells[option].setChecked(True)
        rove(self._cells.values())

    def show_known(self, value: object) -> None:
        """Choose a cell; a word that is none of them, as a file may hold, is kept and not shown."""
        self.set_value(str(value) if value in self._cells else "")

    def clear(self) -> None:
        """Choose none, without a signal."""
        self._group.setExclusive(False)
        for cell in self._cells.values():
            cell.setAutoExclusive(False)
            cell.setChecked(False)
            cell.setAutoExclusive(True)
        self._group.setExclusive(True)
        rove(self._cells.values())

    def cell(self, option: str) -> Segment:
        """Return the cell of an id."""
        return self._cells[option]

    def take_focus(self) -> None:
        """Put the keyboard on the chosen cell, or on the first."""
        self.stop().setFocus(Qt.FocusReason.TabFocusReason)

    def stop(self) -> Segment:
        """Return the cell that Tab leads to: the chosen one, or the first."""
        return self._cells.get(self.value()) or next(iter(self._cells.values()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the choice with the arrow keys, the way the cells are seen."""
        step = find_step(self, event.key())
        if step and not (self.across and event.key() in UP_AND_DOWN):
            self._move(step)
        elif self.across or not is_choice_text(self.theme, self, event, self.no_text):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the track."""
        with QPainter(self) as painter:
            smooth(painter)
            painter.setPen(QPen(self.theme.color("card_line"), 1))
            painter.setBrush(self.theme.color("subtle"))
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(box, self.radius, self.radius)

    def _move(self, step: int) -> None:
        cells = list(self._cells.values())
        here = next((i for i, cell in enumerate(cells) if cell.hasFocus()), 0)
        there = cells[max(0, min(len(cells) - 1, here + step))]
        there.setFocus(Qt.FocusReason.OtherFocusReason)
        there.click()

    def _tell(self) -> None:
        rove(self._cells.values())
        value = self.value()
        self.edited.emit(value)
        if value and self._cells[value].by_mouse:
            self.pressed.emit(value)
