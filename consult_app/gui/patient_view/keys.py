"""The keys with which the patient view is read, also while one of its buttons has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.themed import ARROWS

READS: dict[int, int] = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_Space: 1,
    Qt.Key.Key_PageUp: -1,
}
"""The keys that read on or back."""
ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
"""The keys that press what stands large beneath the page."""


class PageButton(Button):
    """A button beside a page: the arrows are for the page, and lead to no other button."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the arrows to the view."""
        if event.key() in ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)
