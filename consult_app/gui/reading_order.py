"""The order in which Tab visits fields: the order in which they are read.

Qt goes by the order of making, and parts of a panel are made when they are first needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QLayoutItem, QScrollArea, QWidget

from consult_app.gui.widgets.chips import Chip

Position = tuple[int, int, int, int]


def find_next(parts: Iterable[QWidget], current: QWidget | None, by: int) -> QWidget | None:
    """Return the field that Tab leads to: the next (or last) one as they are read, round and round.

    Qt's own chain is not used: it loses members when parts are made, hidden and moved. A button
    that was pressed and serves no more hands the keyboard on in the same way; by Qt's chain it
    would go to the far end of the page, which would scroll there.

    Args:
        parts: What is on the screen, in reading order.
        current: What has the keyboard.
        by: 1 for the next field, -1 for the one before.

    Returns:
        The field; None where the keyboard is somewhere else, or nothing can have it.
    """
    fields = [
        field
        for part in parts
        for field in list_fields(part)
        if field is current or takes_tab(field)
    ]
    if current not in fields:
        return None
    found = fields[(fields.index(current) + by) % len(fields)]
    return found if takes_tab(found) else None


def takes_tab(widget: QWidget) -> bool:
    """Return whether Tab may stop at a widget as it is now; of a group of chips at one of them."""
    if isinstance(widget, Chip) and not widget.is_stop():
        return False
    tabbed = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(tabbed) and widget.isVisible() and widget.isEnabled()


def list_fields(
    widget: QWidget, enters: Callable[[QWidget], bool] = lambda _: True
) -> Iterator[QWidget]:
    """Yield what can have the keyboard in a widget, in reading order.

    Args:
        widget: The widget.
        enters: Whether to look at a part inside it; by itself at every one.
    """
    if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None:
        yield widget
    for part in _list_parts(widget):
        if enters(part):
            yield from list_fields(part, enters)


def _list_parts(widget: QWidget) -> Iterator[QWidget]:
    """Yield what stands in a widget itself, in reading order."""
    layout = widget.layout()
    if isinstance(widget, QScrollArea):
        inside = widget.widget()
        if inside is not None:
            yield inside
    elif layout is not None:
        yield from _list_in_layout(layout)
    else:
        for child in widget.children():
            if isinstance(child, QWidget) and not child.isWindow():
                yield child


def _list_in_layout(layout: QLayout) -> Iterator[QWidget]:
    for item in _read_items(layout):
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _list_in_layout(inner)


def _read_items(layout: QLayout) -> list[QLayoutItem]:
    """Return the items of a layout, those of a grid row by row."""
    found = [(number, layout.itemAt(number)) for number in range(layout.count())]
    items = [(number, item) for number, item in found if item is not None]
    if isinstance(layout, QGridLayout):
        items.sort(key=lambda pair: cast("Position", layout.getItemPosition(pair[0]))[:2])
    return [item for _, item in items]
