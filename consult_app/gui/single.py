"""One window for one home: a second start shows the first window and ends.

Who is first is settled by a lock that the system holds and gives up however the program ends, so
the start after a crash finds nothing in its way. The socket only carries the wish to be shown, and
only the same user can reach it.
"""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from consult_app.errors import ConsultError
from consult_app.store.faults import Border, StoreInUseError
from consult_app.store.files import make_folder
from consult_app.store.lock import hold
from consult_app.wording import t

LOCK_NAME = "WINDOW"
PATIENCE_MS = 2000


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
                    "Look for it among the open windows, or end it and start again. Everything it "
                    "called saved is kept."
                ),
            )
        socket.disconnectFromServer()

    def listen(self) -> None:
        """Take the wishes of later starts."""
        # Loaded once the window stands: no start waits for it.
        from PySide6.QtNetwork import QLocalServer  # noqa: PLC0415

        QLocalServer.removeServer(self._name)  # left by a crash; the lock says nobody listens
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._take_wish)
        self._server.listen(self._name)

    def give_up(self) -> None:
        """Let another program own the window."""
        self._held.close()

    def _take_wish(self) -> None:
        connection = self._server.nextPendingConnection()
        connection.disconnected.connect(connection.deleteLater)
        self.wanted.emit()
