"""The frame: the one window on the screen. What it shows may name a patient; its title never."""

from __future__ import annotations

import gc
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QClipboard, QCloseEvent
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QVBoxLayout, QWidget

from consult_app import log
from consult_app.errors import ConsultError
from consult_app.gui.absence import Absence
from consult_app.gui.access import Access, Opened
from consult_app.gui.custody.upkeep import Upkeep
from consult_app.gui.gate.gate import Gate
from consult_app.gui.gate.sample_strip import SampleStrip
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.focus_ring import FocusRing
from consult_app.gui.widgets.pages import Pages
from consult_app.settings import Lock
from consult_app.wording import t

if TYPE_CHECKING:
    from consult_app.gui.custody.restore_sheet import Wish
    from consult_app.gui.main_window import MainWindow
    from consult_app.gui.practice.sheet import PracticeSheet

TITLE = t("Consultation")


class Frame(QMainWindow):
    """Holds the gate while the records are closed, and the work while they are open.

    Attributes:
        gate: Where the passphrase is asked for.
        room: Where the work is done; None while the records are closed.
        closing: It is closed, with a last backup to make that may take a while.
    """

    closing = Signal()

    def __init__(self, theme: Theme, access: Access) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)  # never a name: titles show in the task switcher
        self.setMinimumSize(720, 480)
        self._theme = theme
        self._opened: Opened | None = None
        self._visit = ""
        self._since: datetime | None = None
        self._welcomed = False
        self._typed: PracticeSheet | None = None
        self.room: MainWindow | None = None
        self._sample = SampleStrip(theme)
        self._pages = Pages()
        self.setCentralWidget(_stack_up(self._sample, self._pages))
        self.gate = Gate(theme, access)
        self._pages.show_page(self.gate)
        self.gate.opened.connect(self.enter)
        self.ring = FocusRing(self, theme)
        self.absence = Absence(self, self._bear, access.clock)
        self.absence.noticed.connect(self._rest)
        self.absence.begin()
        self.upkeep = Upkeep(self, access.clock)

    def enter(self, opened: Opened) -> None:
        """Begin the work on open records, or go on with it."""
        if self.room is None:
            # Loaded behind the first frame, while the passphrase is typed.
            from consult_app.gui.main_window import MainWindow  # noqa: PLC0415

            self._opened = opened
            self.room = MainWindow(self._theme, opened.desk)
            self._pages.add_page(self.room)  # before its fields are given the keyboard
            self.room.lock_wanted.connect(self.lock)
            self.room.records_wanted.connect(self.look_after_records)
            log.note("records.opened", sample=opened.sample)
            self.room.start.focus_first()
            if self._visit and _is_there(opened, self._visit):
                self.room.open_visit(self._visit)
                self._keep_counting(self.room)
            self.upkeep.reminded.connect(self.room.start.reminders.show_all)
            self.absence.keys = self.room.sheets.keys_of("lock")
        else:
            self.keep_draft()  # what could not be saved waited behind the lock for this
        self.upkeep.begin(opened, self.room.tasks, self._backup_folder)
        self._sample.setVisible(opened.sample)
        self._pages.show_page(self.room)
        self.room.sheets.show_again()
        self.room.sheets.typed, self._typed = self._typed, None
        if self.room.sheets.typed is not None:
            self.room.run("settings")
        practice = opened.desk.settings.practice
        if not (opened.sample or practice.clinic_name or self._welcomed):
            self._welcomed = True
            self.room.run("settings")  # the practice, in one sheet that can be closed at once

    def look_after_records(self, task: str = "") -> None:
        """Show what was backed up, and the keys; a task that is named begins at once."""
        room, opened = self.room, self._opened
        if room is None or opened is None:
            return
        if task == "settings":
            room.run(task)
            return
        if opened.keys is None:
            room.tell(
                ConsultError(t("Sample patients are not backed up"), t("Nothing of them is kept."))
            )
            return
        # As in `enter`.
        from consult_app.gui.custody.records_sheet import RecordsSheet  # noqa: PLC0415

        sheet = RecordsSheet(self._theme, room, opened.keys, self.gate.access)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.key_card.renew_wanted.connect(self.renew)
        sheet.restore_wanted.connect(self.restore)
        sheet.back_wanted.connect(self.go_back)
        sheet.finished.connect(self.upkeep.remind)
        sheet.help_wanted.connect(room.sheets.show_help)
        sheet.open()
        sheet.start(task)

    def restore(self, wish: Wish) -> None:
        """Close the records, put a backup in their place, and open them again."""
        self.lock()
        if self.room is None:
            self.gate.restoring.restore(wish)

    def go_back(self) -> None:
        """Close restored records and bring back those they replaced."""
        self.lock()
        if self.room is None:
            self.gate.restoring.go_back()

    def renew(self, secret: str, passphrase: str) -> None:
        """Close the records and encrypt everything anew, because a secret leaked."""
        self.lock()
        if self.room is None:
            self.gate.renew(secret, passphrase)

    def lock(self) -> None:
        """Hide everything at once, then save, close the records and drop their keys.

        What cannot be saved stays open behind the page, and so do sample patients, whose key is
        nowhere else.
        """
        room, opened = self.room, self._opened
        if room is None or opened is None or self._pages.page is self.gate:
            return
        workspace = room.workspace
        self._visit = workspace.session.visit.id if workspace is not None else ""
        self._since = room.reception.visit.since if room.reception.visit is not None else None
        room.forget_steps()
        room.patient.end()
        ours = QApplication.activeWindow() is not None
        room.sheets.hide()
        if ours:  # Some window managers give the keyboard to a sheet that is gone.
            self.activateWindow()
        clear_clipboard()
        self.gate.lock()
        self._pages.show_page(self.gate)
        self.repaint()
        self.upkeep.stop()
        unsaved = self._settle(room)
        if unsaved is None and not opened.sample:
            self._typed = room.sheets.give_settings(self)
            self._leave(room)
        else:
            self.gate.hold(opened, unsaved)

    def come_forward(self) -> None:
        """Stand in front of the other windows, as when the program is started once more."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()

    def _rest(self, reason: str) -> None:
        """Lock because nobody works here."""
        log.note("absence.noticed", reason=reason)
        if self.room is None:
            for sheet in self.gate.findChildren(QDialog):
                sheet.close()  # with the passphrase of a backup, or the code that is printed
            self.gate.rest()
        else:
            self.lock()

    def _bear(self) -> float:
        """Return after how many seconds without a sign of anybody to lock."""
        if self.room is None:
            return Lock().after_minutes * 60
        lock = self.room.desk.settings.lock
        shown = self.room.patient.view is not None
        return (lock.in_patient_view_minutes if shown else lock.after_minutes) * 60

    def _keep_counting(self, room: MainWindow) -> None:
        """Have a visit run on behind a lock: the patient is still in the room."""
        if room.reception.visit is not None and self._since is not None:
            room.reception.visit.since = self._since
            room.reception.visit.show_elapsed()

    def _settle(self, room: MainWindow) -> Exception | None:
        """Make everything durable, and return why that could not be done."""
        room.handout.forget()
        try:
            room.settle()
        except ConsultError as error:
            return error
        return None

    def _leave(self, room: MainWindow) -> None:
        """Close the records and let go of everything that came from them."""
        log.note("records.closed")
        room.close()
        opened, self._opened, self.room = self._opened, None, None
        self.upkeep.end()
        self._pages.drop_page(room)
        # Only once its parts are gone do the keys behind them leave the memory.
        room.destroyed.connect(lambda: QTimer.singleShot(0, gc.collect))
        room.deleteLater()
        try:
            if opened is not None:
                opened.close()
        except ConsultError as error:
            log.note("records.unsaved", kind=type(error).__name__)

    def _backup_folder(self) -> str:
        return self.room.desk.settings.keeping.backup_folder if self.room is not None else ""

    def keep_draft(self) -> None:
        """Hand an open draft over to be made durable."""
        if self.room is not None:
            self.room.reception.keep_draft()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Close once everything is kept."""
        if self.room is not None:
            self.upkeep.stop()
            if not (self.room.reception.put_away() and self.room.close()):
                event.ignore()
                return
            self.closing.emit()
            self.hide()  # nobody waits for the backup
            self.upkeep.back_up()
            self._leave(self.room)
        clear_clipboard()  # some systems keep what a program that ended had put there
        self.absence.end()
        self.gate.let_go()
        super().closeEvent(event)


def _is_there(opened: Opened, visit: str) -> bool:
    """Tell whether the records have a visit; those restored from an older backup may not."""
    # Cryptography comes with it; it is loaded by now.
    from consult_app.store.faults import UnknownRecordError  # noqa: PLC0415

    try:
        opened.visits.open_visit(visit)
    except UnknownRecordError:
        return False
    except ConsultError:
        return True  # there, and what is wrong with it is told when it is opened
    return True


def clear_clipboard() -> None:
    """Take back what this program put on the clipboard; what others put there is theirs."""
    board = QApplication.clipboard()
    owned = (
        (QClipboard.Mode.Clipboard, board.ownsClipboard()),
        (QClipboard.Mode.Selection, board.ownsSelection()),
        (QClipboard.Mode.FindBuffer, board.ownsFindBuffer()),
    )
    for mode, ours in owned:
        if ours:
            board.clear(mode)


def _stack_up(strip: QWidget, pages: QWidget) -> QWidget:
    """Put a strip above the pages; it takes no more than its words, they take the rest."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(strip)
    column.addWidget(pages, 1)
    return page
