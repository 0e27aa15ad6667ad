"""Work off the window's thread, and work whose failure must show.

This is one of the four places that may catch every exception: a failure always reaches `failed`,
so none can vanish and no state can stay green because of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal

from consult_app import log
from consult_app.errors import ConsultError

T = TypeVar("T")
Failed = Callable[[Exception], None]


def attempt(work: Callable[[], T], failed: Callable[[Exception], T]) -> T:
    """Return what `work` gives here and now, or what `failed` makes of its exception.

    What nobody foresaw is logged as kind and frames, without its words.
    """
    try:
        return work()
    except Exception as error:  # noqa: BLE001 - a failed check must show as failed, whatever it was
        if not isinstance(error, ConsultError):
            log.LOGGER.error(log.describe(type(error), error.__traceback__))
        return failed(error)


class _Relay(QObject):
    """Carries the end of one piece of work to the window's thread, where it was made."""

    ended = Signal(object, object)

    def __init__(self, then: Callable[[object], None], failed: Failed, parent: QObject) -> None:
        super().__init__(parent)
        self._then = then
        self._failed = failed
        self.ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def _deliver(self, value: object, error: Exception | None) -> None:
        self.deleteLater()
        if error is not None:
            self._failed(error)
        else:
            self._then(value)


class _Job(QRunnable):
    """One piece of work for the pool; it is given frozen values and touches no widget."""

    def __init__(self, work: Callable[[], object], relay: _Relay) -> None:
        super().__init__()
        self._work = work
        self._relay = relay

    def run(self) -> None:
        """Do the work and hand over its result or its failure."""
        value, error = attempt(lambda: (self._work(), None), lambda error: (None, error))
        self._relay.ended.emit(value, error)


class Tasks(QObject):
    """Runs work in the background for one window.

    Attributes:
        busy: Emitted with the number of pieces of work under way.
    """

    busy = Signal(int)

    def __init__(self, failed: Failed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._failed = failed
        self._pool = QThreadPool(self)
        self._under_way = 0

    def run(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Failed | None = None,
    ) -> None:
        """Do `work` in the background, then call `then` or `failed` on the window's thread.

        Without `failed` the window shows the error.
        """
        relay = _Relay(then, failed or self._failed, self)  # type: ignore[arg-type] # typed by `work`
        relay.destroyed.connect(self._count_down)
        self._under_way += 1
        self.busy.emit(self._under_way)
        self._pool.start(_Job(work, relay))

    def wait(self) -> None:
        """Wait until everything under way has ended, as at closing."""
        self._pool.waitForDone()

    def _count_down(self) -> None:
        self._under_way -= 1
        self.busy.emit(self._under_way)
