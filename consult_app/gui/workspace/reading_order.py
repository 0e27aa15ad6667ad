"""The order in which Tab visits fields: the order in which they are read.

Qt goes by the order of making, and parts of a panel are made when they are first needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QLayout, QScrollArea, QWidget

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


class ReadPage(QWidget):
    """A page of its own, through which Tab goes as it is read, round and round."""

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001, N802 - Qt's names
        """Go to the next field, or to the one before."""
        if field := find_next([self], QApplication.focusWidget(), 1 if next else -1):
            field.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().focusNextPrevChild(next)


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
        yield widget.verticalScrollBar()  # where there is more to read than to fill in
        if inside is not None:
            yield inside
    elif layout is not None:
        yield from list_widgets(layout)
    else:
        for child in widget.children():
            if isinstance(child, QWidget) and not child.isWindow():
                yield child


def list_widgets(layout: QLayout) -> Iterator[QWidget]:
    """Yield the widgets of a layout and of those inside it, those of a grid row by row."""
    for part in _read_parts(layout):
        if isinstance(part, QLayout):
            yield from list_widgets(part)
        else:
            yield part


def _read_parts(layout: QLayout) -> list[QWidget | QLayout]:
    """Return what stands in a layout itself.

    Qt is not asked for the items of its own layouts: what Python holds of one outlives it, and when
    its place in memory is used again, taking down what stands there ends the program.
    """
    host = layout.parentWidget()
    near = [*(host.children() if host is not None else ()), *layout.children()]
    parts = [part for part in near if isinstance(part, (QWidget, QLayout))]
    found = [(number, part) for part in parts if (number := layout.indexOf(part)) >= 0]
    if isinstance(layout, QGridLayout):
        found.sort(key=lambda pair: cast("Position", layout.getItemPosition(pair[0]))[:2])
    else:
        found.sort(key=lambda pair: pair[0])
    return [part for _, part in found]


def turn_part(parts: Sequence[QWidget], focused: QWidget | None, by: int) -> None:
    """Give the keyboard to the first field of the part that comes `by` after the focused one.

    A part without any is passed by: it would keep whoever comes to it.
    """
    shown = [part for part in parts if part.isVisible()]
    at = next((n for n, part in enumerate(shown) if focused and part.isAncestorOf(focused)), 0)
    turned = [shown[(at + by * step) % len(shown)] for step in range(1, len(shown))]
    fields = (field for part in turned for field in list_fields(part))
    if target := next(filter(takes_tab, fields), None):
        target.setFocus(Qt.FocusReason.TabFocusReason)
