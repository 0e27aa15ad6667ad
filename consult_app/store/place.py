"""Where an open file lies: moved or deleted under us it still takes writes that nobody will see."""

from __future__ import annotations

from os import stat_result
from pathlib import Path

from consult_app.store.faults import Border, report_missing


class Place:
    """A file under its name, as it was when it was opened.

    Raises:
        OSError: There is none.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = _identify(path.stat())

    def check(self) -> stat_result:
        """Look whether the file is still there, and return what it is like.

        Raises:
            StoreError: It is not, or another has its name.
        """
        with Border(self._path.parent):
            status = self._path.stat()
            if _identify(status) != self._file:
                raise report_missing(self._path.parent)
        return status


def _identify(status: stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino
