"""One window for one home: a second start shows the first window and ends.

Who is first is settled by a lock that the system holds and gives up however the program ends, so
the start after a crash finds nothing in its way. The socket only carries the wish to be shown, and
only the same user can reach it.
"""

from __future__ import annotations

import hashlib
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from consult_app.errors import ConsultError
from consult_app.store.faults import Border, StoreInUseError
from consult_app.store.files import make_folder
from consult_app.store.lock import hold
from consult_app.wording import t

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

LOCK_NAME = "WINDOW"
PATIENCE_MS = 2000
PAUSE_SECONDS = 0.1


class SingleWindow(QObject):
    """Owns the window of one home as long as it lives.

    Attributes:
        wanted: Somebody started the program once more.
    """

    wanted = Signal()

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home = home
        self._held = ExitStack()
        self._server: QLocalServer | None = None
        digest = hashlib.sha256(str(home.resolve()).encode()).hexdigest()
        self._name = f"consult-app-{digest[:16]}"

    def take(self) -> bool:
        """Own the window; False when another program does.

        Raises:
            StoreError: The home cannot be used.
        """
        with Border(self._home):
            make_folder(self._home)
            try:
                self._held.enter_context(hold(self._home / LOCK_NAME))
            except StoreInUseError:
                return False
        return True

    def take_over(self) -> bool:
        """Own the window, or have the one that is there come to the front; False for that.

        One that is closing answers nobody and is soon gone, so it is waited for.

        Raises:
            ConsultError: It does not answer, and is still there.
            StoreError: The home cannot be used.
        """
        end = time.monotonic() + PATIENCE_MS / 1000
        while not self.take():
            try:
                self.show_other()
            except ConsultError:
                if time.monotonic() > end:
                    raise
                time.sleep(PAUSE_SECONDS)
            else:
                return False
        return True

    def show_other(self) -> None:
        """Have the window that is there already come to the front.

        Raises:
            ConsultError: It does not answer.
        """
        from PySide6.QtNetwork import QLocalSocket  # noqa: PLC0415 - as in `listen`

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(PATIENCE_MS):
            raise ConsultError(
                t("The program is open already, but its window does not answer."),
                t(
                    "If you have just closed it, it is making a last backup: wait a little and "
                    "start again. Else look for it among the open windows, or end it. Everything "
                    "it called saved is kept."
                ),
            )
        socket.disconnectFromServer()

    def listen(self) -> None:
        """Take the wishes of later starts."""
        # Loaded once the window stands: no start waits for it.
        from PySide6.QtNetwork import QLocalServer  # noqa: PLC0415

        QLocalServer.removeServer(self._name)  # left by a crash; the lock says nobody listens
        self._server = server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(lambda: self._take_wish(server.nextPendingConnection()))
        server.listen(self._name)

    def fall_silent(self) -> None:
        """Take no wish any more, as while the window is closing: nobody would come forward."""
        if self._server is not None:
            self._server.close()

    def give_up(self) -> None:
        """Let another program own the window."""
        self._held.close()

    def _take_wish(self, connection: QLocalSocket) -> None:
        connection.disconnected.connect(connection.deleteLater)
        self.wanted.emit()
