"""The computer asked to wait with its sleep until nothing of a patient is on the screen.

What is shown when it falls asleep is what whoever wakes it sees first.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
)

LOGIND = ("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager")
PAINTED_MS = 100
"""The lock page has to come from here to the screen; the system waits for five seconds."""


class HeldSleep(QObject):
    """Holds the sleep of the computer up; the system lets go of it when the program ends.

    Args:
        bus: Where the system is asked.
        parent: Qt owner.
    """

    def __init__(self, bus: QDBusConnection, parent: QObject) -> None:
        super().__init__(parent)
        self._bus = bus
        self._held: list[QDBusUnixFileDescriptor] = []

    def take(self) -> None:
        """Have the system wait from now on; where it refuses, it sleeps at once as ever."""
        message = QDBusMessage.createMethodCall(*LOGIND, "Inhibit")
        message.setArguments(["sleep", "consult-app", "The records are locked first", "delay"])
        asked = QDBusPendingCallWatcher(self._bus.asyncCall(message), self)
        asked.finished.connect(self._keep)

    def give_up(self) -> None:
        """Let it sleep, now that the lock page is shown."""
        held, self._held = self._held, []
        QTimer.singleShot(PAINTED_MS, self, held.clear)

    def _keep(self, asked: QDBusPendingCallWatcher) -> None:
        answer = asked.reply().arguments()
        self._held = [it for it in answer if isinstance(it, QDBusUnixFileDescriptor)]
        asked.deleteLater()
