"""A mark beside a file of records: its log holds saves that the file does not have yet.

Without it nobody would miss a log that was taken away after the program had been killed: what is
left is a sound file of a moment before.

The mark names the file as it was when something was saved that only the log has. Whoever takes the
log in writes to the file, so the mark no longer fits and says nothing, whatever program that was
and wherever it was cut off. It is written once between two emptyings of the log, after a save is
durable, and is not made durable itself: one that is lost or torn says nothing either.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from consult_app.store.connection import name_log

MARK = "-mark"


class LogMark:
    """The mark of a file that is open.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        self._log, self._mark = name_log(path), name_mark(path)
        self._told = self._next = b""
        self._before = b""

    def look(self, status: os.stat_result) -> None:
        """See before a save what the file is like, and its log where the mark no longer fits."""
        self._next = _describe(status)
        if self._next != self._told:
            self._before = _look_at(self._log)

    def tell_saved(self) -> None:
        """Note that a save is durable, unless it wrote nothing."""
        if self._next == self._told or self._before == _look_at(self._log):
            return
        self._told = self._next
        with suppress(OSError):  # a full disk is told of by the save that meets it
            handle = os.open(self._mark, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(self._told)


def name_mark(path: Path) -> Path:
    """Return where the mark of a file lies."""
    return path.with_name(f"{path.name}{MARK}")


def clear_mark(path: Path) -> None:
    """Take the mark of a file away, once its log is empty."""
    with suppress(OSError):  # one that stays does not fit
        name_mark(path).unlink(missing_ok=True)


def is_log_missed(path: Path) -> bool:
    """Tell whether the log of a file should hold something and does not; asked before opening."""
    try:
        log = name_log(path)
        if log.exists() and log.stat().st_size:
            return False
        return name_mark(path).read_bytes() == _describe(path.stat())
    except OSError:
        return False


def _look_at(path: Path) -> bytes:
    try:
        return _describe(path.stat())
    except OSError:
        return b""


def _describe(status: os.stat_result) -> bytes:
    return b"%d %d\n" % (status.st_size, status.st_mtime_ns)
