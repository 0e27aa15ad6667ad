# ruff: noqa: N802 - Qt names its own hooks
"""A layout that wraps like words do, and a box that holds it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLayout, QLayoutItem, QSizePolicy, QWidget

GAP = 8
ROW = 12
"""The gap between buttons where a row of a card has it as between its lines."""


class FlowLayout(QLayout):
    """Puts widgets side by side and starts a new row when one is full; mirrors itself.

    Args:
        parent: Qt owner.
        gap: Between two widgets of a row.
        row_gap: Between two rows.
        trailing: Whether the rows end where others begin, as buttons do beside a line of words.
        even: Whether the rows are about as long as one another, so that none has one item alone.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        gap: int = GAP,
        row_gap: int = 2,
        *,
        trailing: bool = False,
        even: bool = False,
    ) -> None:
        super().__init__()
        self._trailing, self._even = trailing, even
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        self._gap, self._row_gap = gap, row_gap
        self.setContentsMargins(0, 0, 0, 0)
        if parent is not None:
            parent.setLayout(self)

    def addItem(self, item: QLayoutItem) -> None:
        """Take one more item."""
        self._items.append(item)
        self._heights = {}

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, or None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and return an item."""
        self._heights = {}
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Ask for no extra room."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Say that the height follows from the width."""
        return True

    def invalidate(self) -> None:
        """Measure anew: an item came, went, or changed its size."""
        self._heights = {}
        super().invalidate()

    def heightForWidth(self, width: int) -> int:
        """Return the height the rows take at this width, which Qt asks for over and over."""
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """Return the smallest size."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Return the size of the largest item."""
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def count_fitting(self, rows: int, width: int) -> int:
        """Return how many of the items, also hidden ones, fit into so many rows."""
        x, row = 0, 1
        for number, item in enumerate(self._items):
            widget = item.widget()
            needed = widget.sizeHint().width() if widget is not None else 0
            if x and x + needed > width:
                x, row = 0, row + 1
            if row > rows:
                return number
            x += needed + self._gap
        return len(self._items)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        host = self.parentWidget()
        mirrored = host is not None and host.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = y = row = 0
        begun: list[tuple[QLayoutItem, QRect]] = []
        most = self._count_even(rect.width())
        for item in self._shown():
            size = item.sizeHint()
            if x and (x + size.width() > rect.width() or len(begun) == most):
                _place(begun if move else [], row, self._find_shift(rect, x, mirrored=mirrored))
                x, y, row, begun = 0, y + row + self._row_gap, 0, []
            left = rect.width() - x - size.width() if mirrored else x
            begun.append((item, QRect(rect.topLeft() + QPoint(left, y), size)))
            x += size.width() + self._gap
            row = max(row, size.height())
        _place(begun if move else [], row, self._find_shift(rect, x, mirrored=mirrored))
        return y + row

    def _count_even(self, width: int) -> int:
        """Return how many items a row has at most."""
        shown = self._shown()
        if not self._even or not shown:
            return len(shown)
        widest = max(item.sizeHint().width() for item in shown)
        fitting = max(1, (width + self._gap) // (widest + self._gap))
        rows = -(-len(shown) // fitting)
        return -(-len(shown) // rows)

    def _find_shift(self, rect: QRect, end: int, *, mirrored: bool) -> int:
        """Return how far a row that ends there goes towards the other side."""
        slack = max(0, rect.width() - end + self._gap) if self._trailing else 0
        return -slack if mirrored else slack


def _place(row: list[tuple[QLayoutItem, QRect]], height: int, shift: int) -> None:
    """Put the items of a row where they belong; buttons of two heights share a middle."""
    for item, place in row:
        place.translate(shift, 0)
        if isinstance(item.widget(), QAbstractButton):
            place.translate(0, (height - place.height()) // 2)
        item.setGeometry(place)


LOOSE = 24
"""The gap between buttons whose words stand at their very edges."""


class FlowBox(QWidget):
    """Holds a flow of widgets and keeps its own height honest, which scroll areas need.

    Attributes:
        resized: It has another width or height.
    """

    resized = Signal()

    def __init__(
        self,
        name: str = "",
        parent: QWidget | None = None,
        *,
        gap: int = GAP,
        row_gap: int = 2,
        trailing: bool = False,
        even: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._flow = FlowLayout(self, gap, row_gap, trailing=trailing, even=even)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def add(self, widget: QWidget) -> None:
        """Put one more widget at the end."""
        self._flow.addWidget(widget)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width."""
        super().resizeEvent(event)
        self._fit()
        self.resized.emit()

    def event(self, event: QEvent) -> bool:
        """Follow a widget inside that wants more room, as a place with a long name does."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return handled

    def count_fitting(self, rows: int) -> int:
        """Return how many of the widgets, also hidden ones, fit into so many rows."""
        return self._flow.count_fitting(rows, max(1, self.width()))

    def refit(self) -> None:
        """Measure again after the widgets inside changed their size."""
        self._flow.invalidate()
        self._fit()

    def _fit(self) -> None:
        height = self._flow.heightForWidth(max(1, self.width()))
        if height != self.height() or height != self.minimumHeight():
            self.setFixedHeight(height)
