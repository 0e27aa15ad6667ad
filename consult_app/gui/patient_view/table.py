# ruff: noqa: N802 - Qt names its own hooks
"""A table of the patient's sheet; where it is narrow each row becomes a paragraph of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.cards import Meter
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.words import ENGLISH
from consult_app.handout.document import Table
from consult_app.handout.text import plain

_TOP = Qt.AlignmentFlag.AlignTop
SHORTEST, LONGEST = 12, 36
"""Letters by which the columns share the width, so that none becomes a word wide."""
COLUMN = 120
"""What each column needs at a text size of 100 %; with less it would become a word wide too."""


class SheetTable(QWidget):
    """Shows rows beneath their headings, or beneath each other with the heading in each line."""

    def __init__(self, theme: Theme, block: Table) -> None:
        super().__init__()
        self._theme, self._block = theme, block
        self._wide: bool | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(20))
        self._headings = [self._say(it, "label", "text2") for it in block.columns]
        self._rows = [self._make_row(number) for number in range(len(block.rows))]
        self._lay_out(wide=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the form that the width has room for."""
        super().resizeEvent(event)
        columns = len(self._block.columns) + bool(self._block.meters)
        self._lay_out(wide=self.width() >= self._theme.px(COLUMN) * columns)

    def _say(self, text: str, role: str, tone: str = "text") -> Label:
        return Label(self._theme, plain(text), role, tone, wrap=True, parent=self)

    def _make_row(self, number: int) -> list[QWidget]:
        block = self._block
        row = block.rows[number]
        head = f"{number + 1}. {row[0]}" if block.numbered else row[0]
        parts: list[QWidget] = [self._say(head, "strong")]
        parts += [self._say(cell, "body") for cell in row[1:]]
        if block.meters:
            meter = Meter(self._theme, words=replace(ENGLISH, severities=block.meter_words))
            meter.show_grade(block.meter_heading, block.meters[number])
            parts.append(meter)
        return parts

    def _lay_out(self, *, wide: bool) -> None:
        if wide == self._wide:
            return
        self._wide = wide
        self._grid.setVerticalSpacing(self._theme.px(10 if wide else 4))
        for column, heading in enumerate(self._headings):
            heading.setVisible(wide)
            longest = max((len(row[column]) for row in self._block.rows), default=0)
            share = min(max(longest, SHORTEST), LONGEST)
            self._grid.setColumnStretch(column, share if wide else int(column == 0))
            self._grid.addWidget(heading, 0, column)
        for number, parts in enumerate(self._rows):
            self._name_cells(number, named=not wide)
            for at, part in enumerate(parts):
                place = (number + 1, at) if wide else (1 + number * (len(parts) + 1) + at, 0)
                self._grid.addWidget(part, *place, _TOP if wide else Qt.AlignmentFlag(0))
            beneath = (number + 1) * (len(parts) + 1)
            self._grid.setRowMinimumHeight(beneath, 0 if wide else self._theme.px(8))

    def _name_cells(self, number: int, *, named: bool) -> None:
        """Let the cells of a row say of themselves what they are, where no heading does."""
        row, names = self._block.rows[number], self._block.columns
        cells: Sequence[QWidget] = self._rows[number][1 : len(row)]
        for cell, text, name in zip(cells, row[1:], names[1:], strict=True):
            if isinstance(cell, Label):
                cell.setText(plain(f"{name}: {text}" if named and text else text))
