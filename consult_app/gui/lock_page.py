"""The lock page: opaque, and it names nobody."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.labels import Label


class LockPage(QWidget):
    """Shown while the screen is locked.

    Attributes:
        unlock_wanted: Somebody came back.
    """

    unlock_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.setAccessibleName("Locked")
        column = QVBoxLayout(self)
        column.addStretch(1)
        self.button = Button(theme, "Continue", "primary", "key-round")
        self.button.clicked.connect(self.unlock_wanted)
        words = (
            Label(theme, "Locked", "title"),
            Label(theme, "Everything is kept. Nothing about a patient is shown here.", "body"),
            self.button,
        )
        for widget in words:
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
