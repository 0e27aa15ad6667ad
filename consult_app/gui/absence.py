"""Noticing that nobody works here any more: no key or touch, out of sight, or asleep."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import SLOT, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

    from consult_app.gui.held_sleep import HeldSleep

HIDDEN_SECONDS = 60
"""How long a window that nobody can see stays open."""

BEAT = timedelta(seconds=5)
ASLEEP = timedelta(seconds=30)
"""How far the clock runs ahead of the computer's own time in a sleep that counts."""

_SIGNS = frozenset(
    {
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
    }
)


class Absence(QObject):
    """Watches while records are open.

    Args:
        window: Whose being hidden counts.
        patience: How many seconds without a sign of anybody are borne at this moment.
        clock: Local wall-clock time; it runs on while the computer sleeps.

    Attributes:
        noticed: Nobody works here; carries the reason: `idle`, `hidden`, `asleep`, or `asked` when
            the keys were pressed.
        keys: Lock at once, also where a dialog keeps the window's own keys from working.
    """

    noticed = Signal(str)

    def __init__(
        self, window: QWidget, patience: Callable[[], float], clock: Callable[[], datetime]
    ) -> None:
        super().__init__(window)
        self._window, self._patience, self._clock = window, patience, clock
        self._idle = self._make_timer("idle")
        self._hidden = self._make_timer("hidden")
        self._hidden.setInterval(HIDDEN_SECONDS * 1000)
        self._beat = QTimer(self)
        self._beat.setInterval(int(BEAT.total_seconds() * 1000))
        self._beat.timeout.connect(self.beat)
        self._last, self._last_run = clock(), time.monotonic()
        self.keys = QKeySequence()
        self._sleep: HeldSleep | None = None

    def begin(self) -> None:
        """Watch from now on."""
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr] # exists while windows do
        self._last, self._last_run = self._clock(), time.monotonic()
        self._beat.start()
        self._restart()
        self._look()

    def end(self) -> None:
        """Watch no more."""
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr] # exists while windows do
        for timer in (self._beat, self._idle, self._hidden):
            timer.stop()

    def listen_to_system(self, bus: QDBusConnection | None = None) -> None:
        """Ask the system to say before it sleeps, and to wait, where that can be asked.

        Args:
            bus: Where it is asked; the system's own by default.
        """
        if not sys.platform.startswith("linux"):
            return  # elsewhere the beat notices it on waking
        # Loaded once the window stands: no start waits for it.
        from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415

        from consult_app.gui.held_sleep import LOGIND, HeldSleep  # noqa: PLC0415

        bus = bus or QDBusConnection.systemBus()
        if bus.isConnected():
            service, path, interface = LOGIND
            slot = SLOT("prepare_for_sleep(bool)")
            # Its types ask for bytes; it takes what SLOT makes, and nothing else.
            bus.connect(service, path, interface, "PrepareForSleep", self, slot)  # type: ignore[call-overload] # see above
            self._sleep = HeldSleep(bus, self)
            self._sleep.take()

    @Slot(bool)
    def prepare_for_sleep(self, starts: bool) -> None:  # noqa: FBT001 - the system's signal
        """Take the system's word that it is about to sleep, or woke up; it waits for the lock."""
        if starts and self._beat.isActive():
            self.noticed.emit("asleep")
        if self._sleep is not None:
            (self._sleep.give_up if starts else self._sleep.take)()

    def beat(self) -> None:
        """Notice that the clock went on while nothing here did."""
        now, run = self._clock(), time.monotonic()
        # Work that held the window up let both go on; sleep stops the second one.
        awake = timedelta(seconds=run - self._last_run)
        slept = now - self._last - awake > ASLEEP
        self._last, self._last_run = now, run
        if slept:
            self.noticed.emit("asleep")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Start counting anew at every sign of a person; every event comes through here."""
        kind = event.type()
        if isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress:
            if QKeySequence(event.keyCombination()) == self.keys:
                self.noticed.emit("asked")
                return True
            self._restart()
        elif kind in _SIGNS:
            self._restart()
        elif kind == QEvent.Type.ApplicationStateChange or (
            kind == QEvent.Type.WindowStateChange and watched is self._window
        ):
            self._look()
        return False

    def _restart(self) -> None:
        self._idle.start(int(self._patience() * 1000))

    def _look(self) -> None:
        """Count from the moment on which nobody can see the window."""
        hidden = self._window.isMinimized() or (
            QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationHidden
        )
        if not hidden:
            self._hidden.stop()
        elif not self._hidden.isActive():
            self._hidden.start()

    def _make_timer(self, reason: str) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(lambda: self.noticed.emit(reason))
        return timer
