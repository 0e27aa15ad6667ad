"""The order in which Tab visits fields: the order in which they are read.

Qt goes by the order of making, and parts of a panel are made when they are first needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QLayoutItem, QScrollArea, QWidget

Position = tuple[int, int, int, int]


def order_tabs(parts: Iterable[QWidget]) -> list[QWidget]:
    """Let Tab visit the fields of these parts as they are read, and return the fields."""
    fields = [field for part in parts for field in list_fields(part)]
    for before, after in pairwise(fields):
        QWidget.setTabOrder(before, after)
    return fields


def list_fields(widget: QWidget) -> Iterator[QWidget]:
    """Yield what can have the keyboard in a widget, in reading order."""
    if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None:
        yield widget
    layout = widget.layout()
    if isinstance(widget, QScrollArea):
        inside = widget.widget()
        if inside is not None:
            yield from list_fields(inside)
    elif layout is not None:
        yield from _list_in_layout(layout)
    else:
        for child in widget.children():
            if isinstance(child, QWidget) and not child.isWindow():
                yield from list_fields(child)


def _list_in_layout(layout: QLayout) -> Iterator[QWidget]:
    for item in _read_items(layout):
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield from list_fields(widget)
        elif inner is not None:
            yield from _list_in_layout(inner)


def _read_items(layout: QLayout) -> list[QLayoutItem]:
    """Return the items of a layout, those of a grid row by row."""
    found = [(number, layout.itemAt(number)) for number in range(layout.count())]
    items = [(number, item) for number, item in found if item is not None]
    if isinstance(layout, QGridLayout):
        items.sort(key=lambda pair: cast("Position", layout.getItemPosition(pair[0]))[:2])
    return [item for _, item in items]
