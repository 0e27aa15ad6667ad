# ruff: noqa: N802 - Qt names its own hooks
"""Lines to read: never longer than can be read, in columns where the width allows them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.labels import IconLabel, Label
from consult_app.values import dataclass, field
from consult_app.wording import t

MEASURE = 580
"""Of body text: some 80 letters, beyond which the eye loses its line on the way back."""
CAPTION = 480
"""The same for the smallest type."""
BESIDE = 480
"""A column beside another is at least as wide."""
_APART = 32
_LOOSE = 4
"""More than the text measures, so that rounding breaks no line."""


def keep_short(label: Label, width: int) -> QHBoxLayout:
    """Return a row with the label, which takes no more than this width of it."""
    label.setMaximumWidth(width)
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(label, 100)
    row.addStretch(1)
    return row


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A line with an icon before it, which only repeats what the line says.

    With a `place` it leads there instead.
    """

    text: str = field(repr=False)
    icon: str = ""
    tone: str = "text2"
    place: str = ""


class Lines(QWidget):
    """Groups of lines, beneath each other, or side by side where there is room for all.

    Args:
        theme: The look.
        groups: The lines of each group; one without lines is left out.

    Attributes:
        led: Lead to what a line is about; carries its place.
    """

    led = Signal(str)

    def __init__(self, theme: Theme, groups: Sequence[Sequence[str | Marked]]) -> None:
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
                column.addLayout(self._make_line(line))
            column.addStretch(1)
            self._row.addLayout(column, 1)

    def _make_line(self, line: str | Marked) -> QHBoxLayout:
        marked = line if isinstance(line, Marked) else None
        text = line.text if isinstance(line, Marked) else line
        label = Label(self._theme, text, "body", wrap=True)
        self.labels.append(label)
        row = keep_short(label, self._theme.px(MEASURE))
        if marked is not None and marked.place:
            label.setMaximumWidth(min(label.maximumWidth(), _measure_line(label)))
            row.insertWidget(1, self._make_way(marked), 0, Qt.AlignmentFlag.AlignTop)
        elif marked is not None:
            icon = IconLabel(self._theme, marked.icon, marked.tone, 18)
            row.insertWidget(0, icon, 0, Qt.AlignmentFlag.AlignTop)
            row.setSpacing(self._theme.px(8))
        return row

    def _make_way(self, marked: Marked) -> Button:
        way = Button(self._theme, t("Go"), "ghost", "arrow-right")
        way.set_flush()
        way.setAccessibleName(t("Go: {text}", text=marked.text))
        way.clicked.connect(lambda: self.led.emit(marked.place))
        return way

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the groups side by side where each has its width."""
        super().resizeEvent(event)
        count, px = self._row.count(), self._theme.px
        beside = count > 1 and self.width() >= count * px(BESIDE) + (count - 1) * px(_APART)
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        self._row.setSpacing(px(_APART) if beside else self._close)


class Points(QWidget):
    """Points that have nothing to do with one another, each with its mark where there are more.

    They are shown by the same labels from one time to the next, so that nothing above them moves;
    nor does it where they grow fewer at the end of a page that is scrolled down to them.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[tuple[IconLabel, Label]] = []
        self._shown: tuple[str, ...] = ()
        self._column = QVBoxLayout()
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(0)
        around.addLayout(self._column)
        around.addStretch(1)
        theme.changed.connect(self._let_go)

    def show_points(self, points: Sequence[str]) -> None:
        """Show these and no others."""
        if self.isVisible() and len(points) < len(self._shown):
            self.setMinimumHeight(self.height())
        self._shown = tuple(points)
        while len(self._rows) < len(points):
            self._rows.append(self._make_row())
        for at, (mark, label) in enumerate(self._rows):
            label.setText(points[at] if at < len(points) else "")
            label.setVisible(at < len(points))
            mark.setVisible(1 < len(points) > at)

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as what is shown, where nobody is about to press what stands above."""
        self._let_go()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be so in another width too."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._let_go()

    def _let_go(self) -> None:
        self.setMinimumHeight(0)

    def points(self) -> tuple[str, ...]:
        """Return what is shown."""
        return self._shown

    def text(self) -> str:
        """Return all of it, one point in a line."""
        return "\n".join(self._shown)

    def _make_row(self) -> tuple[IconLabel, Label]:
        mark = IconLabel(self._theme, "circle", "text2", 18, self)
        label = Label(self._theme, "", "body", wrap=True, parent=self)
        row = keep_short(label, self._theme.px(MEASURE))
        row.insertWidget(0, mark, 0, Qt.AlignmentFlag.AlignTop)
        row.setSpacing(self._theme.px(8))
        self._column.addLayout(row)
        return mark, label


def _measure_line(label: Label) -> int:
    """Return the width of the text in one line; what stands beside it then stands there."""
    return label.fontMetrics().size(0, label.text()).width() + _LOOSE
