# ruff: noqa: N802 - Qt names its own hooks
"""A layout of columns of equal width; what is hidden takes no room in any of them."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem

Groups = tuple[tuple[int, ...], ...]


class ColumnLayout(QLayout):
    """Puts widgets beneath each other in columns; mirrors itself.

    Its spacing is that between columns, and between what stands in one.

    Attributes:
        groups: The places of the widgets of each column, from the leading edge and from the top.
    """

    def __init__(self) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.groups: Groups = ()
        self.setContentsMargins(0, 0, 0, 0)

    def set_groups(self, groups: Groups) -> None:
        """Lay out in other columns."""
        if groups != self.groups:
            self.groups = groups
            self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        """Take one more item."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, or None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and return an item."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Ask for no extra height."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Say that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the longest column at this width."""
        places = self._find_places(QRect(0, 0, width, 0))
        return max((place.bottom() + 1 for _, place in places), default=0)

    def sizeHint(self) -> QSize:
        """Return the width of the columns, with a height that no width is asked for."""
        wide = max((item.sizeHint().width() for item in self._items), default=0)
        count = max(1, len(self.groups))
        return QSize(count * wide + (count - 1) * self.spacing(), self.minimumSize().height())

    def minimumSize(self) -> QSize:
        """Return the smallest width of the columns, and the height of the largest item."""
        shown = [item.minimumSize() for item in self._items if not item.isEmpty()]
        wide = max((it.width() for it in shown), default=0)
        high = max((it.height() for it in shown), default=0)
        count = max(1, len(self.groups))
        return QSize(count * wide + (count - 1) * self.spacing(), high)

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        for item, place in self._find_places(rect):
            item.setGeometry(place)

    def _find_places(self, rect: QRect) -> Iterator[tuple[QLayoutItem, QRect]]:
        host = self.parentWidget()
        mirrored = host is not None and host.layoutDirection() == Qt.LayoutDirection.RightToLeft
        count = max(1, len(self.groups))
        for column, group in enumerate(self.groups):
            at = count - 1 - column if mirrored else column
            left, after = (round(n * (rect.width() + self.spacing()) / count) for n in (at, at + 1))
            width, y = after - self.spacing() - left, rect.top()
            for item in (self._items[number] for number in group):
                if not item.isEmpty():
                    high = item.heightForWidth(width)
                    high = high if item.hasHeightForWidth() else item.sizeHint().height()
                    yield item, QRect(rect.left() + left, y, width, high)
                    y += high + self.spacing()
