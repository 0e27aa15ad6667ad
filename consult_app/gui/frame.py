"""The frame: the one window on the screen. What it shows may name a patient; its title never."""

from __future__ import annotations

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from consult_app.gui.desk import Desk
from consult_app.gui.lock_page import LockPage
from consult_app.gui.main_window import TITLE, MainWindow
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.focus_ring import FocusRing


class Frame(QMainWindow):
    """Holds the work, and an opaque page in its place while the screen is locked.

    Attributes:
        room: Where the work is done.
    """

    def __init__(self, theme: Theme, desk: Desk) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self.setMinimumSize(720, 480)
        self._pages = QStackedWidget()
        self.setCentralWidget(self._pages)
        self.room = MainWindow(theme, desk)
        self.lock_page = LockPage(theme)
        for page in (self.room, self.lock_page):
            self._pages.addWidget(page)
        self.room.lock_wanted.connect(self.lock)
        self.lock_page.unlock_wanted.connect(self.unlock)
        self.ring = FocusRing(self, theme)

    def lock(self) -> None:
        """Hide everything at once; the draft is saved first."""
        self.room.keep_draft()
        self.room.patient.end()
        self.room.handout.forget()
        self.room.sheets.hide()
        self._pages.setCurrentWidget(self.lock_page)
        self.lock_page.button.setFocus()

    def unlock(self) -> None:
        """Go back to where the work was."""
        self._pages.setCurrentWidget(self.room)
        self.room.sheets.show_again()

    def keep_draft(self) -> None:
        """Hand an open draft over to be made durable."""
        self.room.keep_draft()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Close once everything is kept."""
        if self.room.close():
            super().closeEvent(event)
        else:
            event.ignore()
