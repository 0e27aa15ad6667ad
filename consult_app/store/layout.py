"""The tables inside the SQLite file, and whether a file is one of ours."""

from __future__ import annotations

import secrets
import sqlite3
from pathlib import Path

from consult_app.store.faults import ForeignStoreError, NewerStoreError, StoreError

APPLICATION_ID = 0x436F6E73
"""`Cons` in ASCII, at a fixed place in the file's header."""

LAYOUT = 1
"""Version of the tables below (`user_version`)."""

_TABLES = (
    "CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE known_table (n INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    # `n` keeps the order of insertion, `version` counts how often the row was written.
    """CREATE TABLE row (n INTEGER PRIMARY KEY, in_table TEXT NOT NULL, id TEXT NOT NULL,
    version INTEGER NOT NULL, body BLOB NOT NULL, UNIQUE (in_table, id))""",
    "CREATE INDEX row_order ON row (in_table, n)",
    "CREATE TABLE attachment (key TEXT PRIMARY KEY, body BLOB NOT NULL)",
    # Damaged rows as they were found, when something new took their place.
    """CREATE TABLE set_aside (n INTEGER PRIMARY KEY, in_table TEXT NOT NULL, id TEXT NOT NULL,
    version INTEGER NOT NULL, body BLOB NOT NULL)""",
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {LAYOUT}",
)


def prepare(connection: sqlite3.Connection, folder: Path) -> None:
    """Make the tables in a new file, or make sure that an old file is one of ours.

    A file that is not ours, or is newer than this program, is left exactly as it was.

    Raises:
        ForeignStoreError: Another program made it.
        NewerStoreError: A newer version of this program made it.
    """
    application = _read(connection, "PRAGMA application_id")
    version = _read(connection, "PRAGMA user_version")
    new = not (application or version or _read(connection, "SELECT count(*) FROM sqlite_schema"))
    if not new and application != APPLICATION_ID:
        raise ForeignStoreError(
            "The records file belongs to another program.",
            f"Nothing was changed. Choose another folder than {folder}, or move the file away.",
        )
    if version > LAYOUT:
        raise NewerStoreError(
            "These records were written by a newer version of the program.",
            f"Install a version that reads store layout {version}. Nothing was changed.",
            (f"store layout {version} is needed, this program reads up to {LAYOUT}",),
        )
    _keep_log(connection, folder)
    if new:
        _make_tables(connection)


def _read(connection: sqlite3.Connection, sql: str) -> int:
    return int(connection.execute(sql).fetchone()[0])


def _keep_log(connection: sqlite3.Connection, folder: Path) -> None:
    mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    if mode != "wal":
        raise StoreError(
            "This disk cannot keep records durably.",
            f"Choose a folder on the computer's own disk instead of {folder}.",
            (f"journal mode {mode}",),
        )


def _make_tables(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for statement in _TABLES:
        connection.execute(statement)
    connection.execute("INSERT INTO fact VALUES ('store_id', ?)", (secrets.token_hex(16),))
    connection.execute("COMMIT")
