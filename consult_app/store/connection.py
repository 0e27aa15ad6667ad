"""A connection to SQLite as records need it: careful, durable, silent about what it reads."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import partial
from pathlib import Path

Found = list[tuple[object, ...]]

_WAIT_SECONDS = 5.0
_PRAGMAS = (
    # Deleted words are overwritten, and no scratch data reaches the system's temp folder.
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    # The file is not trusted: a damaged cell or a planted trigger is refused.
    "PRAGMA cell_size_check = ON",
    "PRAGMA trusted_schema = OFF",
    # A commit returns after the disk has it, past the drive's own cache on macOS.
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",
    "PRAGMA checkpoint_fullfsync = ON",
)


def connect(path: Path) -> sqlite3.Connection:
    """Return a connection to a file."""
    connection = sqlite3.connect(
        path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False
    )
    # Damaged text is still text: an error here would quote it and stop the rows around it.
    connection.text_factory = partial(str, encoding="utf-8", errors="replace")
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    return connection


class Snapshot:
    """A file as it was at one moment, whatever is written meanwhile.

    Args:
        connection: One of its own, inside a transaction that has begun.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def fetch(self, sql: str) -> Found:
        """Return the rows of a query."""
        return self._connection.execute(sql).fetchall()

    def read_pages(self, sql: str, size: int) -> Iterator[Found]:
        """Yield the rows of a query, so many at a time.

        SQLite goes from row to row as they lie. Asking for what comes after the last number would
        never end where damage has put the numbers out of order.
        """
        cursor = self._connection.execute(sql)
        while page := cursor.fetchmany(size):
            yield page


def has_log(path: Path) -> bool:
    """Tell whether the last owner ended without closing: a clean close removes the log."""
    return name_log(path).exists()


def name_log(path: Path) -> Path:
    """Return where the log of a file lies."""
    return path.with_name(f"{path.name}-wal")


def empty_log(connection: sqlite3.Connection) -> None:
    """Bring everything from the log into the file."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def rewrite(connection: sqlite3.Connection, folder: Path) -> None:
    """Write the file anew without gaps, and empty the log.

    The scratch file goes to the records folder, not to the system's: in memory it would take as
    much as the file.
    """
    place = str(folder.resolve()).replace("'", "''")
    connection.execute(f"PRAGMA temp_store_directory = '{place}'")
    connection.execute("PRAGMA temp_store = FILE")
    try:
        connection.execute("VACUUM")
    finally:
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA temp_store_directory = ''")
    empty_log(connection)
