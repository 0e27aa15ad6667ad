"""Backups that nobody has to think of: every few hours, and when the program is closed."""

# ruff: noqa: PLC0415 - backups are loaded when the first is looked for, not at the start

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from consult_app import log
from consult_app.errors import ConsultError
from consult_app.gui.access import Opened
from consult_app.gui.tasks import Tasks

if TYPE_CHECKING:
    from consult_app.gui.backups import Backups

LOOK_MINUTES = 15
"""How often the window looks whether a backup is due."""


class Upkeep(QObject):
    """Backs up the records that are open; what fails is logged, and *Records* tells the last."""

    def __init__(self, parent: QObject, clock: Callable[[], datetime]) -> None:
        super().__init__(parent)
        self._clock = clock
        self._opened: Opened | None = None
        self._tasks: Tasks | None = None
        self._find_folder: Callable[[], str] = str
        self._stopped = Event()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MINUTES * 60_000)
        self._timer.timeout.connect(self.look)

    def begin(self, opened: Opened, tasks: Tasks, find_folder: Callable[[], str]) -> None:
        """Look after records that were opened; `find_folder` tells where backups go by now."""
        self._opened, self._tasks, self._find_folder = opened, tasks, find_folder
        self._stopped.clear()
        self._timer.start()

    def stop(self) -> None:
        """Have a backup that is being made stop soon, as before the records are closed."""
        self._stopped.set()
        self._timer.stop()

    def end(self) -> None:
        """Let go of the records."""
        self.stop()
        self._opened = self._tasks = None

    def look(self) -> None:
        """Make a backup beside the work if one is due."""
        backups = self._find()
        if backups is None or self._tasks is None:
            return

        from consult_app.store.watching import Watch

        watch = Watch(is_stopped=self._stopped.is_set)

        def work() -> bool:
            due = backups.is_due()
            if due:
                backups.make(watch)
            return due

        self._tasks.run(work, lambda due: log.note("backup.looked", due=due), _note)

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
        from consult_app.gui.backups import Backups

        return Backups(opened.keys, opened.desk.home, self._find_folder(), self._clock)


def _note(error: Exception) -> None:
    log.note("backup.failed", kind=type(error).__name__)
