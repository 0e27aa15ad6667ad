"""When the program itself fails: keep the draft, log no values, tell people plainly."""

from __future__ import annotations

import platform
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6 import __version__ as qt_version
from PySide6.QtCore import QObject, Qt, Signal

from consult_app import __version__, log
from consult_app.gui.tasks import attempt

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


class Reporter(QObject):
    """Brings a report from whichever thread failed to the window's thread.

    Args:
        keep: Saves the draft; its own failure does not stop the report.
        tell: Shows the report, which holds kinds and frames but no values.
        parent: The window.
    """

    _failed = Signal(str)

    def __init__(
        self, keep: Callable[[], None], tell: Callable[[str], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._keep, self._tell = keep, tell
        self._failed.connect(self._serve, Qt.ConnectionType.QueuedConnection)

    def report(self, text: str) -> None:
        """Take a report; may be called on any thread."""
        self._failed.emit(text)

    def _serve(self, text: str) -> None:
        attempt(self._keep, lambda _: None)
        attempt(lambda: self._tell(describe_program() + "\n" + text), lambda _: None)


def install_hooks(tell: Callable[[str], None]) -> None:
    """Send every unexpected exception to the log and to `tell`, on the thread that failed."""

    def report(kind: type[BaseException], trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        text = log.describe(kind, trace)
        log.LOGGER.error(text)
        tell(text)

    sys.excepthook = lambda kind, _value, trace: report(kind, trace)
    threading.excepthook = lambda args: report(args.exc_type, args.exc_traceback)
    sys.unraisablehook = lambda args: report(args.exc_type, args.exc_traceback)


def describe_program() -> str:
    """Return the versions that a report needs."""
    return (
        f"consult-app {__version__}, Python {platform.python_version()}, Qt {qt_version}, "
        f"{platform.system()} {platform.release()}"
    )
