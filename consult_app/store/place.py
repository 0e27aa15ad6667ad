"""Where an open file lies: moved or deleted under us it still takes writes that nobody will see."""

from __future__ import annotations

from pathlib import Path

from consult_app.store.faults import Border, report_missing


class Place:
    """A file under its name, as it was when it was opened.

    Raises:
        OSError: There is none.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = self._identify()

    def check(self) -> None:
        """Look whether the file is still there.

        Raises:
            StoreError: It is not, or another has its name.
        """
        with Border(self._path.parent):
            if self._identify() != self._file:
                raise report_missing(self._path.parent)

    def _identify(self) -> tuple[int, int]:
        status = self._path.stat()
        return status.st_dev, status.st_ino
