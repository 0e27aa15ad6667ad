# ruff: noqa: N802 - Qt names its own hooks
"""A table of short texts; where it is narrow each row becomes a paragraph of its own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.themed import Themed, smooth

_TOP = Qt.AlignmentFlag.AlignTop
_COLUMN = 104
_GAP = 14


class TextTable(Themed, QWidget):
    """Rows under column headings; the first cell heads its row, its second line quieter.

    Args:
        theme: The look.
        columns: Headings; the first is that of the row heads and may be empty.
        rows: Cells as text, as many as there are columns.
        marked: The row set off from the others; None for none.
        parent: Qt owner.
    """

    def __init__(
        self,
        theme: Theme,
        columns: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        marked: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns, self._rows, self._marked = columns, rows, marked
        self._wide: bool | None = None
        self._lines: list[list[QWidget]] = []
        self._grid = QGridLayout(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.follow(theme)

    def restyle(self) -> None:
        """Take gaps from the theme."""
        side = self.theme.px(_GAP / 2)
        self._grid.setContentsMargins(side, 0, side, side)
        self._grid.setHorizontalSpacing(self.theme.px(_GAP))
        self._grid.setVerticalSpacing(self.theme.px(_GAP))
        self._lay_out()
        super().restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the form that the width has room for."""
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a hairline above each row and the ground of the one that is set off."""
        gap = self.theme.px(_GAP) / 2
        with QPainter(self) as painter:
            smooth(painter)
            for number, cells in enumerate(self._lines):
                top = min(cell.y() for cell in cells) - gap
                if number == self._marked:
                    bottom = max(cell.geometry().bottom() for cell in cells) + gap
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(self.theme.color("accent_soft"))
                    painter.drawRoundedRect(QRectF(0, top, self.width(), bottom - top), 8, 8)
                elif top > 0:
                    painter.setPen(QPen(self.theme.color("line"), 1))
                    painter.drawLine(0, round(top), self.width(), round(top))

    def _lay_out(self) -> None:
        wide = self.width() >= self.theme.px(_COLUMN) * len(self._columns)
        if wide == self._wide:
            return
        self._wide = wide
        while (item := self._grid.takeAt(0)) is not None:
            cell = item.widget()
            if cell is not None:
                cell.hide()
                cell.deleteLater()
        if wide:
            self._fill_wide()
        else:
            self._fill_narrow()

    def _fill_wide(self) -> None:
        for column, heading in enumerate(self._columns):
            self._grid.setColumnStretch(column, 1)
            self._put(heading, "label", 0, column, tone="text2")
        self._lines = [
            [
                self._put(text, "label", number, column) if column else self._put_head(text, number)
                for column, text in enumerate(row)
            ]
            for number, row in enumerate(self._rows, 1)
        ]

    def _fill_narrow(self) -> None:
        for column in range(len(self._columns)):
            self._grid.setColumnStretch(column, 0 if column else 1)
        self._lines = []
        for number, row in enumerate(self._rows):
            head, *cells = zip(self._columns, row, strict=True)
            first = number * len(row)
            self._lines.append(
                [
                    self._put_head(head[1], first),
                    *(
                        self._put(f"{name}: {text}", "label", first + line, 0)
                        for line, (name, text) in enumerate(cells, 1)
                    ),
                ]
            )

    def _put_head(self, text: str, line: int) -> QWidget:
        head, _, more = text.partition("\n")
        if not more:
            return self._put(head, "label_strong", line, 0)
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Label(self.theme, head, "label_strong", wrap=True))
        column.addWidget(Label(self.theme, more, "label", "text2", wrap=True))
        self._grid.addWidget(both, line, 0, _TOP)
        return both

    def _put(self, text: str, role: str, line: int, column: int, tone: str = "text") -> Label:
        cell = Label(self.theme, text, role, tone, wrap=True)
        self._grid.addWidget(cell, line, column, _TOP)
        return cell
