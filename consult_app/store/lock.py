"""One program at a time owns a store: a lock that the operating system holds.

The system gives it up when the process ends, however it ends, so no stale lock is left behind.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from consult_app.store.faults import report_in_use

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def hold(path: Path) -> Iterator[None]:
    """Own the lock file at `path`, made when absent and never removed, until the block ends.

    Raises:
        StoreInUseError: Somebody else owns it.
        OSError: The file cannot be made or opened for writing.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _take(handle)
        except (BlockingIOError, PermissionError) as error:
            raise report_in_use(path.parent) from error
        yield
    finally:
        os.close(handle)
