"""A place in a window where a line can stand for a while and cover nothing."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QLabel, QScrollBar, QWidget

from consult_app.gui.widgets.figure_canvas import FigureCanvas
from consult_app.gui.widgets.scrolling import ScrollPane

_STEPS = ((24, 8), (12, 2))
"""How far the places are apart that are tried: first a few, then many."""
BARS = frozenset({"topbar", "rail", "footer"})


def find_free(window: QWidget, field: QWidget, size: QSize) -> QPoint | None:
    """Return the corner of a free place of a size, the nearest to a field; None without one."""
    taken = QRegion()
    for place in _list_taken(window):
        taken += place
    near = QRect(field.mapTo(window, QPoint()), field.size())
    for step in _STEPS:
        found = [it for it in _list_places(window.size(), size, step) if not taken.intersects(it)]
        if found:
            return min(found, key=lambda it: _tell_distance(it, near)).topLeft()
    return None


def _list_places(room: QSize, size: QSize, step: tuple[int, int]) -> Iterator[QRect]:
    across, down = step
    for y in range(0, room.height() - size.height() + 1, down):
        for x in range(0, room.width() - size.width() + 1, across):
            yield QRect(QPoint(x, y), size)


def _list_taken(window: QWidget) -> Iterator[QRect]:
    """Yield where something is seen, in the window's own places."""
    for part in window.findChildren(QWidget):
        if part.isVisible():
            for seen in _list_seen(part):
                yield seen.translated(part.mapTo(window, QPoint()))


def _list_seen(part: QWidget) -> Iterator[QRect]:
    """Yield what is seen of a part alone.

    What lies over all of a window to be seen through is nothing. The edges of a bar and of what
    scrolls are something: a line across one would seem to belong to neither side.
    """
    if isinstance(part, ScrollPane) or part.objectName() in BARS:
        edge = part.rect()
        yield QRect(edge.topLeft(), QSize(edge.width(), 1))
        yield QRect(edge.bottomLeft(), QSize(edge.width(), 1))
    through = part.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    bare = type(part) is QWidget or through or isinstance(part.parentWidget(), QScrollBar)
    if not bare and (isinstance(part, FigureCanvas) or not _holds_others(part)):
        seen = part.visibleRegion().boundingRect()
        yield seen.intersected(_find_words(part)) if isinstance(part, QLabel) else seen


def _holds_others(part: QWidget) -> bool:
    children = part.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return any(child.isVisible() for child in children)


def _find_words(label: QLabel) -> QRect:
    """Return where the words of a label stand, in one line often far shorter than its room."""
    room = label.rect()
    words = label.fontMetrics().horizontalAdvance(label.text())
    if words < room.width():
        ends = bool(label.alignment() & Qt.AlignmentFlag.AlignRight)
        room = QRect(room.right() - words if ends else 0, 0, words + 1, room.height())
    return room


def _tell_distance(place: QRect, near: QRect) -> int:
    down = max(place.top() - near.bottom(), near.top() - place.bottom(), 0)
    across = max(place.left() - near.right(), near.left() - place.right(), 0)
    return 4 * (down + across) + abs(place.left() - near.left())
