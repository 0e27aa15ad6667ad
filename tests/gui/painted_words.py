"""Sees which words a window paints with less room than they take, and which its fields cut."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest import mock

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QStyle,
    QStyleOptionFrame,
    QWidget,
)

SLACK = 2.0
"""Letters are placed between pixels, and the last may lean a little out of its place."""
BESIDE = 2
"""What Qt leaves free at each side of what is written in a line."""
CUT = "\N{HORIZONTAL ELLIPSIS}"

draw_text = QPainter.drawText


def seen(root: QWidget) -> list[QWidget]:
    """Return every visible widget in `root` that is neither empty nor part of a scroll bar."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisible()
        and not isinstance(widget, QScrollBar)
        and not isinstance(widget.parentWidget(), (QScrollBar, QComboBox, QLineEdit))
        and widget.objectName() not in {"qt_scrollarea_vcontainer", "qt_scrollarea_hcontainer"}
    ]


def find_painted_short(root: QWidget) -> Iterator[str]:
    """Yield what our own widgets paint of words and has no room: chips, cells, lists, tags, maps.

    The program paints them by `drawText`, which is watched while the window is painted once more.
    """
    short: list[str] = []

    def watch(painter: QPainter, *said: Any) -> object:  # noqa: ANN401 - any of its forms
        device = painter.device()
        if isinstance(device, QWidget) and len(said) == 3:
            short.extend(_measure(painter, device, *said))
        return draw_text(painter, *said)

    with mock.patch.object(QPainter, "drawText", watch):
        root.grab()
    yield from dict.fromkeys(short)


def _measure(
    painter: QPainter, widget: QWidget, room: QRectF, flags: Qt.AlignmentFlag, words: str
) -> Iterator[str]:
    """Yield where words stick out of the room they are given, or of their widget."""
    metrics = QFontMetricsF(painter.font())
    taken = painter.boundingRect(QRectF(room), flags, words)
    # The letters alone: in a small disc the room above and beneath them is outside.
    spare = metrics.height() - metrics.tightBoundingRect(words).height()
    width, height = taken.width(), taken.height() - max(spare, 0)
    shown = QRectF(room) & painter.transform().inverted()[0].mapRect(QRectF(widget.rect()))
    if width > shown.width() + SLACK or height > shown.height() + SLACK:
        yield (
            f"{type(widget).__name__} {words!r} {shown.width():.0f}x{shown.height():.0f} "
            f"needs {width:.0f}x{height:.0f}"
        )
    if words.endswith(CUT):
        yield f"{type(widget).__name__} {words!r}"


def find_cut_fields(root: QWidget) -> Iterator[str]:
    """Yield lines that cut what the program wrote in them, and lists that cut what they offer."""
    for widget in seen(root):
        if isinstance(widget, QLineEdit):
            told = widget.text() or widget.placeholderText()
            needs = widget.fontMetrics().horizontalAdvance(told)
            if needs > (room := find_room(widget)):
                yield f"{widget.accessibleName()!r} {told!r} {room} needs {needs}"
        elif isinstance(widget, QAbstractItemView) and widget.sizeHintForColumn(0) > (
            room := widget.viewport().width()
        ):
            yield f"{widget.accessibleName()!r} {room} needs {widget.sizeHintForColumn(0)}"


def find_room(line: QLineEdit) -> int:
    """Return the width in which a line shows what is written in it."""
    option = QStyleOptionFrame()
    line.initStyleOption(option)
    inside = line.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, line)
    return inside.marginsRemoved(line.textMargins()).width() - 2 * BESIDE


def find_scrolling_inside(root: QWidget) -> Iterator[str]:
    """Yield what scrolls sideways, and what scrolls within a page that scrolls."""
    for widget in seen(root):
        if isinstance(widget, QAbstractScrollArea):
            if aside := widget.horizontalScrollBar().maximum():
                yield f"{type(widget).__name__} {widget.accessibleName()!r} by {aside} sideways"
            within = isinstance(widget, QPlainTextEdit) or is_within(widget)
            if within and (down := widget.verticalScrollBar().maximum()):
                yield f"{type(widget).__name__} {widget.accessibleName()!r} by {down} inside a page"


def is_within(widget: QWidget) -> bool:
    """Return whether a widget is part of something that scrolls."""
    above = widget.parentWidget()
    while above is not None and not above.isWindow():
        if isinstance(above, QScrollArea):
            return True
        above = above.parentWidget()
    return False
