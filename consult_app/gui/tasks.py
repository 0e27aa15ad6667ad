"""Work off the window's thread, and work whose failure must show.

This is one of the four places that may catch every exception: a failure always reaches `failed`,
so none can vanish and no state can stay green because of it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal

from consult_app import log
from consult_app.errors import ConsultError
from consult_app.gui.post import Answer, expect, hand_over

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

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


def is_busy(part: QObject) -> bool:
    """Whether some of its work is under way, or has ended and is yet to be told."""
    return any(tasks.untold for tasks in part.findChildren(Tasks))


def finish(part: QObject) -> None:
    """Wait until all the work of a part has ended and is told, as before it is closed or signed."""
    for tasks in part.findChildren(Tasks):
        tasks.wait()
    hand_over()


class _Piece:
    """A piece of work and what came of it; once it is told, nothing of the window is left in it."""

    def __init__(self, work: Callable[[], object]) -> None:
        self._work: Callable[[], object] | None = work
        self._value: object = None
        self._error: Exception | None = None

    def do(self, tell: Answer) -> None:
        """Do the work; it is given frozen values and touches no widget."""
        attempt(self._do, self._fail)
        tell(None)

    def end(self, then: Callable[[object], None], failed: Failed) -> None:
        """Tell what came of it, on the window's thread."""
        value, error = self._value, self._error
        self._work = self._value = self._error = None
        if error is not None:
            failed(error)
        else:
            then(value)

    def _do(self) -> None:
        assert self._work is not None  # noqa: S101 - it is done once, before it is told
        self._value = self._work()

    def _fail(self, error: Exception) -> None:
        self._error = error


class Tasks(QObject):
    """Runs work in the background for one window.

    Work that is still under way when the window goes is done to its end, and tells nobody. The
    threads are Python's: Qt's pool waits for them while it is taken down, with a lock that they
    need to end.

    Attributes:
        busy: Emitted with the number of pieces of work under way.
        untold: That number.
    """

    busy = Signal(int)

    def __init__(self, failed: Failed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._failed = failed
        self._workers: ThreadPoolExecutor | None = None
        self._under_way: list[Future[None]] = []
        self.untold = 0

    def run(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Failed | None = None,
    ) -> None:
        """Do `work` in the background, then call `then` or `failed` on the window's thread.

        Without `failed` the window shows the error. Nothing is begun for a window that is gone.
        """
        if not shiboken6.isValid(self):
            return
        # Not needed before the first frame.
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

        if self._workers is None:
            self._workers = ThreadPoolExecutor()
        piece = _Piece(work)
        ended = (partial(self._end, then), partial(self._end, failed or self._failed))
        self._under_way = [future for future in self._under_way if not future.done()]
        told = expect(lambda _: piece.end(*ended))
        self._under_way.append(self._workers.submit(piece.do, told))
        self.untold += 1
        self.busy.emit(self.untold)

    def wait(self) -> None:
        """Wait until everything under way has ended, as at closing."""
        for future in self._under_way:
            future.result()

    def _end(self, tell: Callable[[T], None], value: T) -> None:
        if not shiboken6.isValid(self):
            return
        try:
            tell(value)
        finally:
            self.untold -= 1
            if shiboken6.isValid(self):
                self.busy.emit(self.untold)
