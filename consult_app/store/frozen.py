"""A file of records that is only read: a backup, or records that were replaced.

Nothing beside it is made and not a byte of it changes, so it may lie on a stick or in a synced
folder, and be read by anybody at the same time. It must not be the file of an open store.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from typing import NoReturn

from consult_app.store.connection import Snapshot
from consult_app.store.engine import Engine
from consult_app.store.faults import Border, report_read_only
from consult_app.store.layout import check_made
from consult_app.store.place import Place

_PRAGMAS = (
    "PRAGMA cell_size_check = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA query_only = ON",
    "PRAGMA temp_store = MEMORY",
)


class FrozenEngine(Engine):
    """An open file that refuses to be changed. Made by `open_frozen`."""

    def transaction(self) -> NoReturn:
        """Refuse.

        Raises:
            ReadOnlyStoreError: Always.
        """
        raise report_read_only(self.folder)

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """Yield the file, beside others who read it.

        Raises:
            StoreError: The file could not be read.
        """
        path = self.folder / self.name
        with Border(self.folder), closing(connect_frozen(path)) as connection:
            yield Snapshot(connection)


def open_frozen(path: Path) -> FrozenEngine:
    """Open a file for reading only; it was closed cleanly, or copied whole.

    Raises:
        StoreError: It cannot be read.
    """
    with Border(path.parent), ExitStack() as undo:
        connection = undo.enter_context(closing(connect_frozen(path)))
        check_made(connection, path.parent)
        return FrozenEngine(path, Place(path), connection, connection, undo.pop_all())


def connect_frozen(path: Path) -> sqlite3.Connection:
    """Return a connection to a file that nobody changes."""
    place = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(place, uri=True, isolation_level=None, check_same_thread=False)
    # Damaged text is still text: an error here would quote it and stop the rows around it.
    connection.text_factory = partial(str, encoding="utf-8", errors="replace")
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    return connection
