"""Backups that nobody has to think of: every few hours, and when the program is closed."""

# ruff: noqa: PLC0415 - backups are loaded when the first is looked for, not at the start

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from consult_app import log
from consult_app.errors import ConsultError
from consult_app.gui.access import Opened
from consult_app.gui.tasks import Tasks

if TYPE_CHECKING:
    from consult_app.gui.custody.backups import Backups

LOOK_MINUTES, FIRST_LOOK_MINUTES = 15, 1
"""How often the window looks whether a backup is due, and how soon after the records were opened:
who locks the screen between two patients would otherwise never come to it."""


class Upkeep(QObject):
    """Backs up the records that are open; what fails is logged, and *Records* tells the last.

    Attributes:
        reminded: What is to be said about the records by now; carries the reminders.
    """

    reminded = Signal(object)

    def __init__(self, parent: QObject, clock: Callable[[], datetime]) -> None:
        super().__init__(parent)
        self._clock = clock
        self._opened: Opened | None = None
        self._tasks: Tasks | None = None
        self._find_folder: Callable[[], str] = str
        self._stopped = Event()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._come_round)

    def begin(self, opened: Opened, tasks: Tasks, find_folder: Callable[[], str]) -> None:
        """Look after records that were opened; `find_folder` tells where backups go by now."""
        self._opened, self._tasks, self._find_folder = opened, tasks, find_folder
        self._stopped.clear()
        self._timer.start(FIRST_LOOK_MINUTES * 60_000)
        self.remind()

    def stop(self) -> None:
        """Have a backup that is being made stop soon, as before the records are closed."""
        self._stopped.set()
        self._timer.stop()

    def end(self) -> None:
        """Let go of the records."""
        self.stop()
        self._opened = self._tasks = None

    def remind(self) -> None:
        """Find out beside the work what is to be said about the records."""
        opened, backups = self._opened, self._find()
        if opened is None or opened.keys is None or backups is None or self._tasks is None:
            return
        from consult_app.gui.custody.reminders import find_reminders

        keys, now = opened.keys, self._clock().astimezone()
        self._tasks.run(
            lambda: find_reminders(keys, backups, now), self.reminded.emit, _note_reminding
        )

    def _come_round(self) -> None:
        self._timer.start(LOOK_MINUTES * 60_000)
        self.look()

    def look(self) -> None:
        """Make a backup beside the work if one is due, and try a restore out once a week."""
        backups = self._find()
        if backups is None or self._tasks is None:
            return

        from consult_app.store.watching import Watch

        watch = Watch(is_stopped=self._stopped.is_set)

        def work() -> bool:
            due = backups.is_due()
            if due:
                backups.make(watch)
            last = backups.find_last()
            if last is not None and backups.is_trial_due():
                backups.drill(last, watch)
            return due

        def tell(due: bool) -> None:  # noqa: FBT001 - what the work gave
            log.note("backup.looked", due=due)
            self.remind()

        def fail(error: Exception) -> None:
            _note(error)
            self.remind()  # what kept it from being made may be damage

        self._tasks.run(work, tell, fail)

    def back_up(self) -> None:
        """Make a backup now and wait for it, as at closing."""
        backups = self._find()
        if backups is None:
            return
        try:
            backups.make()
            log.note("backup.made")
        except ConsultError as error:
            _note(error)

    def _find(self) -> Backups | None:
        opened = self._opened
        if opened is None or opened.keys is None:
            return None
        from consult_app.gui.custody.backups import Backups

        return Backups(opened.keys, opened.desk.home, self._find_folder(), self._clock)


def _note_reminding(error: Exception) -> None:
    log.note("reminders.failed", kind=type(error).__name__)


def _note(error: Exception) -> None:
    log.note("backup.failed", kind=type(error).__name__)
