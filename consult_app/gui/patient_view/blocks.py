"""The kinds of block of the patient's sheet, as the patient reads them on a screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from consult_app.gui.patient_view.figure import SheetFigure
from consult_app.gui.patient_view.table import SheetTable
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.flow import FlowBox
from consult_app.gui.widgets.labels import IconLabel, Label
from consult_app.gui.widgets.lines import keep_short
from consult_app.handout.document import (
    Block,
    Bullets,
    Calendar,
    CallBox,
    DatedList,
    Figure,
    KeyPoints,
    Paragraph,
    Quotes,
    Section,
    Table,
    Visit,
)
from consult_app.handout.text import capitalise, plain
from consult_app.wording import t

_TOP = Qt.AlignmentFlag.AlignTop
_MARKS = {
    "dot": ("circle-dot", "text2"),
    "tick": ("check", "ok"),
    "cross": ("x", "stop"),
    "box": ("circle", "text2"),
}
_HEADS = {"do": ("circle-check", "ok"), "avoid": ("octagon-x", "stop")}
_ALARM = ("triangle-alert", "stop")
_ICON = 20
ROOM = 320
"""What the words beside a figure need at least."""
MEASURE = 530
"""Of a paragraph: some 75 letters, also where the columns above it are broader."""


def is_shown(section: Section) -> bool:
    """Whether anything of a section is for a screen.

    Lines to write on and boxes to tick are for paper.
    """
    return any(type(block) in _SHOWN for block in section.blocks)


def show_section(theme: Theme, section: Section) -> Card:
    """Return a card that says what the section says."""
    parts = [made for block in section.blocks if (made := show_block(theme, block))]
    card = Card(theme, plain(section.heading), name=plain(section.heading) or t("Your plan"))
    icon = _ALARM if section.tone == "alarm" else _HEADS.get(section.tone)
    if icon and section.heading:
        card.header.insertWidget(0, IconLabel(theme, *icon, 22))
    figures = [part for part in parts if isinstance(part, SheetFigure)]
    if figures:
        parts = [Beside(theme, figures[0], [it for it in parts if it is not figures[0]])]
    for part in parts:
        card.add(part)
    return card


class Beside(QWidget):
    """A figure with what is said of it beside it, or beneath it where the width is short."""

    def __init__(self, theme: Theme, figure: SheetFigure, parts: Sequence[QWidget]) -> None:
        super().__init__()
        self._theme = theme
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(20))
        words = QVBoxLayout()
        words.setSpacing(theme.px(10))
        for part in parts:
            words.addWidget(part)
        words.addStretch(1)
        self._figure = figure
        self._row.addWidget(figure, 0, _TOP)
        self._row.addLayout(words, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the words where there is room for them."""
        super().resizeEvent(event)
        wide = self.width() >= self._figure.sizeHint().width() + self._theme.px(ROOM)
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.LeftToRight if wide else direction.TopToBottom)


def show_block(theme: Theme, block: Block) -> QWidget | None:
    """Return a widget that says what the block says; None for what only paper has."""
    show = _SHOWN.get(type(block))
    return show(theme, block) if show else None


def _hold(layout: QLayout) -> QWidget:
    held = QWidget()
    layout.setContentsMargins(0, 0, 0, 0)
    held.setLayout(layout)
    return held


def _say(theme: Theme, text: str, role: str = "body", tone: str = "text") -> Label:
    return Label(theme, plain(text), role, tone, wrap=True)


def _show_paragraph(theme: Theme, block: Paragraph) -> QWidget:
    label = _say(theme, block.text, "section" if block.lead else "body")
    return _hold(keep_short(label, theme.px(MEASURE)))


def _list_items(theme: Theme, icon: tuple[str, str], items: tuple[str, ...]) -> QWidget:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px(10))
    grid.setVerticalSpacing(theme.px(8))
    grid.setColumnStretch(1, 1)
    for number, item in enumerate(items):
        grid.addWidget(IconLabel(theme, *icon, _ICON), number, 0, _TOP)
        grid.addWidget(_say(theme, item), number, 1)
    return _hold(grid)


def _show_bullets(theme: Theme, block: Bullets) -> QWidget:
    return _list_items(theme, _MARKS[block.mark], block.items)


def _show_key_points(theme: Theme, block: KeyPoints) -> QWidget:
    column = QVBoxLayout()
    column.setSpacing(theme.px(12))
    for point in block.points:
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(IconLabel(theme, "check", "accent", _ICON), 0, _TOP)
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(_say(theme, point.title, "strong"))
        words.addWidget(_say(theme, point.text))
        row.addLayout(words, 1)
        column.addLayout(row)
    return _hold(column)


def _show_calendar(theme: Theme, block: Calendar) -> QWidget:
    tiles = FlowBox(t("Your visits"), row_gap=8, even=True)
    for visit in block.visits:
        tiles.add(_make_tile(theme, visit))
    return tiles


def _make_tile(theme: Theme, visit: Visit) -> Card:
    """Return the day of one visit; one sentence of it is what a screen reader says."""
    tile = Card(theme, name=f"{visit.label}: {plain(visit.spoken)}")
    tile.setMinimumWidth(theme.px(140))
    tile.body.setSpacing(theme.px(2))
    lines = (
        (visit.label, "label_strong", "accent_text"),
        (visit.day_number, "title", "text"),
        (visit.month_year, "body", "text"),
        (visit.weekday_time, "strong", "text"),
        (visit.gap, "caption", "text2"),
    )
    for text, role, tone in lines:
        tile.add(Label(theme, plain(text), role, tone))
    return tile


def _show_dated(theme: Theme, block: DatedList) -> QWidget:
    icon = _MARKS["tick" if block.kind == "do" else "cross"]
    items = tuple(f"{capitalise(item.when)}: {item.text}" for item in block.items)
    return _list_items(theme, icon, items)


def _show_call(theme: Theme, block: CallBox) -> QWidget:
    column = QVBoxLayout()
    column.setSpacing(theme.px(12))
    column.addWidget(_list_items(theme, ("circle-alert", "stop"), block.signs))
    if block.number_line:
        column.addWidget(_say(theme, block.number_line, "section"))
    if block.also:
        column.addWidget(_say(theme, block.also))
    return _hold(column)


def _show_figure(theme: Theme, block: Figure) -> QWidget | None:
    figure = SheetFigure(theme, block)
    return figure if figure.drawings else None


def _show_quotes(theme: Theme, block: Quotes) -> QWidget:
    return _list_items(theme, _MARKS["dot"], block.items)


_SHOWN: dict[type, Callable[..., QWidget | None]] = {
    Paragraph: _show_paragraph,
    Bullets: _show_bullets,
    KeyPoints: _show_key_points,
    Table: SheetTable,
    Calendar: _show_calendar,
    DatedList: _show_dated,
    Figure: _show_figure,
    CallBox: _show_call,
    Quotes: _show_quotes,
}
