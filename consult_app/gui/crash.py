"""When the program itself fails: keep the draft, log no values, tell people plainly.

This is one of the three places that see every exception.
"""

from __future__ import annotations

import platform
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6 import __version__ as qt_version

from consult_app import __version__, log

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def install_hooks(keep: Callable[[], None], tell: Callable[[str], None]) -> None:
    """Send every unexpected exception to the log and to people.

    Args:
        keep: Saves the draft; its own failure must not stop the report.
        tell: Shows the report, which holds kinds and frames but no values.
    """

    def report(kind: type[BaseException], trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        text = log.describe(kind, trace)
        log.LOGGER.error(text)
        for step in (keep, lambda: tell(describe_program() + "\n" + text)):
            try:
                step()
            except Exception as error:  # noqa: BLE001 - the other step still has to run
                log.LOGGER.error(log.describe(type(error), error.__traceback__))

    sys.excepthook = lambda kind, _value, trace: report(kind, trace)
    threading.excepthook = lambda args: report(args.exc_type, args.exc_traceback)
    sys.unraisablehook = lambda args: report(args.exc_type, args.exc_traceback)


def describe_program() -> str:
    """Return the versions that a report needs."""
    return (
        f"consult-app {__version__}, Python {platform.python_version()}, Qt {qt_version}, "
        f"{platform.system()} {platform.release()}"
    )
