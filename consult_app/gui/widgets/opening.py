"""What a press opens comes into sight, as far as what was pressed can stay there."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget

from consult_app.gui.widgets.scrolling import ScrollPane

MARGIN = 12
"""Left free beneath what opened, and above what was pressed where that goes to the top."""


def show_opened(pressed: QWidget, *opened: QWidget) -> None:
    """Scroll down until what opened is seen, while what was pressed stays in sight.

    Nothing moves where all of it is seen, nor while the keyboard works somewhere else.

    Args:
        pressed: What was pressed; it has the keyboard.
        opened: What came into sight beneath, last of all; it is laid out now.
    """
    pane, held = _find_pane(pressed), QApplication.focusWidget()
    if pane is None or not opened or held is None:
        return
    if pressed is not held and not pressed.isAncestorOf(held):
        return
    last = opened[-1]
    with pane.one_layout(last):
        last.updateGeometry()
    seen = pane.viewport()
    below = last.mapTo(seen, QPoint(0, last.height())).y() + MARGIN - seen.height()
    above = pressed.mapTo(seen, QPoint()).y() - MARGIN
    bar = pane.verticalScrollBar()
    bar.setValue(bar.value() + max(0, min(below, above)))


def _find_pane(part: QWidget) -> ScrollPane | None:
    around = part.parentWidget()
    while around is not None and not isinstance(around, ScrollPane):
        around = around.parentWidget()
    return around
