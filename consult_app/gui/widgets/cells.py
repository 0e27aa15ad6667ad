# ruff: noqa: N802 - Qt names its own hooks
"""A layout of cells side by side, which starts more rows where one has no room."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QWidget


class CellsLayout(QHBoxLayout):
    """One row that fills its width; in a narrow window with large text as many as it takes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._cells: list[QWidget] = []

    def add_cell(self, cell: QWidget) -> None:
        """Put one more cell at the end."""
        self._cells.append(cell)
        self.addWidget(cell)

    def minimumSize(self) -> QSize:
        """Return the room of the widest cell: the others may stand beneath."""
        edges, whole = self.contentsMargins(), super().minimumSize()
        widest = max((it.minimumSizeHint().width() for it in self._cells), default=0)
        return QSize(widest + edges.left() + edges.right(), whole.height())

    def hasHeightForWidth(self) -> bool:
        """Say that the height follows from the width, unless the row keeps its width."""
        host, fixed = self.parentWidget(), QSizePolicy.Policy.Fixed
        return host is None or host.sizePolicy().horizontalPolicy() != fixed

    def heightForWidth(self, width: int) -> int:
        """Return the height of as many rows as this width takes."""
        edges, rows = self.contentsMargins(), len(self._split(width))
        return self._find_height() * rows + edges.top() + edges.bottom()

    def minimumHeightForWidth(self, width: int) -> int:
        """Return the same: a cell is as high as it is."""
        return self.heightForWidth(width)

    def setGeometry(self, rect: QRect) -> None:
        """Place the cells."""
        rows = self._split(rect.width())
        if len(rows) < 2:  # noqa: PLR2004 - one row is Qt's to place
            super().setGeometry(rect)
            return
        QLayout.setGeometry(self, rect)
        inside, height = self.contentsRect(), self._find_height()
        host = self.parentWidget()
        mirrored = host is not None and host.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for number, row in enumerate(rows):
            widths = [it.minimumSizeHint().width() for it in row]
            spare, left = inside.width() - sum(widths), inside.left()
            for place, (cell, width) in enumerate(zip(row, widths, strict=True)):
                wide = width + spare * (place + 1) // len(row) - spare * place // len(row)
                at = inside.left() + inside.right() + 1 - left - wide if mirrored else left
                cell.setGeometry(at, inside.top() + number * height, wide, height)
                left += wide

    def _split(self, width: int) -> list[list[QWidget]]:
        """Return the cells row by row, in rows of about as many."""
        edges, cells = self.contentsMargins(), self._cells
        room = width - edges.left() - edges.right()
        widths = [it.minimumSizeHint().width() for it in cells]
        for count in range(1, len(cells) + 1):
            most = -(-len(cells) // count)
            begins = range(0, len(cells), most)
            if all(sum(widths[at : at + most]) <= room for at in begins):
                return [cells[at : at + most] for at in begins]
        return [[it] for it in cells]

    def _find_height(self) -> int:
        return max((it.sizeHint().height() for it in self._cells), default=0)
