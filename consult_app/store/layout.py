"""The tables inside the SQLite file, and whether a file is one of ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from consult_app.store.connection import name_log
from consult_app.store.faults import ForeignStoreError, NewerStoreError, StoreError, report_damaged
from consult_app.store.log_end import LogEnd, look_at_end
from consult_app.wording import t

APPLICATION_ID = 0x436F6E73
"""`Cons` in ASCII, at a fixed place in the file's header."""

LAYOUT = 2
"""Version of the tables below (`user_version`)."""

_FIRST_LAYOUT = 1

_FIRST = (
    "CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE known_table (n INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    # `n` keeps the order of insertion; no two writes have the same `version`.
    """CREATE TABLE row (n INTEGER PRIMARY KEY, in_table TEXT NOT NULL, id TEXT NOT NULL,
    version INTEGER NOT NULL, body BLOB NOT NULL, UNIQUE (in_table, id))""",
    "CREATE TABLE attachment (key TEXT PRIMARY KEY, body BLOB NOT NULL)",
    # Damaged rows as they were found, when something new took their place.
    """CREATE TABLE set_aside (n INTEGER PRIMARY KEY, in_table TEXT NOT NULL, id TEXT NOT NULL,
    version INTEGER NOT NULL, body BLOB NOT NULL)""",
    f"PRAGMA application_id = {APPLICATION_ID}",
    "INSERT INTO fact VALUES ('store_id', lower(hex(randomblob(16))))",
)
_SECOND = (
    # How many rows each table has, and which.
    """CREATE TABLE tally (one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL,
    body BLOB NOT NULL)""",
    "CREATE TABLE audit (n INTEGER PRIMARY KEY, body BLOB NOT NULL)",
    """CREATE TRIGGER audit_keeps BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit is only added to'); END""",
    """CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit is only added to'); END""",
    # Taken away once the rows have been counted.
    "INSERT INTO fact VALUES ('untallied', 'yes')",
    "PRAGMA user_version = 2",
)


def _list_tables(statements: Iterable[str]) -> frozenset[str]:
    """Return those that make tables, however their lines are broken."""
    return frozenset(" ".join(one.split()) for one in statements if one.startswith("CREATE TABLE"))


_TABLES = {_FIRST_LAYOUT: _list_tables(_FIRST), LAYOUT: _list_tables(_FIRST + _SECOND)}


def prepare(connection: sqlite3.Connection, path: Path, *, unclean: bool) -> LogEnd:
    """Make the tables in a new file, or those an old file of ours lacks.

    A file that is not ours, or is newer than this program, is left exactly as it was.

    Args:
        connection: The open file.
        path: Where it lies.
        unclean: Whether it was not closed the last time, so that all of it is checked first.

    Returns:
        How the log ended that was left the last time.

    Raises:
        DamagedStoreError: The check found something.
        ForeignStoreError: Another program made it.
        NewerStoreError: A newer version of this program made it.
    """
    folder, end = path.parent, LogEnd.WHOLE
    version = check_made(connection, folder)
    _keep_log(connection, folder)
    if unclean:
        _check(connection, folder)
        end = look_at_end(connection, name_log(path))
    if not version:
        make_tables(connection)
    elif version < LAYOUT:
        _make_tables(connection, _SECOND)
    # An index of earlier files of the same layout, which every save had to keep up. Those who know
    # it find the same rows without it.
    connection.execute("DROP INDEX IF EXISTS row_order")
    return end


def check_made(connection: sqlite3.Connection, folder: Path) -> int:
    """Return the version of the tables in a file of ours, 0 for an empty one; nothing is changed.

    Raises:
        ForeignStoreError: Another program made it.
        NewerStoreError: A newer version of this program made it.
        DamagedStoreError: Its tables are not as they were made, so no row can be told from another.
    """
    application = _read(connection, "PRAGMA application_id")
    version = _read(connection, "PRAGMA user_version")
    if not (application or version or _read(connection, "SELECT count(*) FROM sqlite_schema")):
        return 0
    if application != APPLICATION_ID:
        raise ForeignStoreError(
            t("The records file belongs to another program."),
            t(
                "Nothing was changed. Choose another folder than {folder}, or move the file away.",
                folder=folder,
            ),
        )
    if version > LAYOUT:
        raise NewerStoreError(
            t("These records were written by a newer version of the program."),
            t(
                "Install a version that reads store layout {version}. Nothing was changed.",
                version=version,
            ),
            (f"store layout {version} is needed, this program reads up to {LAYOUT}",),
        )
    made = version or _FIRST_LAYOUT
    found = connection.execute("SELECT sql FROM sqlite_schema WHERE type = 'table'").fetchall()
    if not _TABLES[made] <= _list_tables(str(sql) for (sql,) in found):
        raise report_damaged(folder, ("its tables are not as they were made",))
    return made


def _read(connection: sqlite3.Connection, sql: str) -> int:
    return int(connection.execute(sql).fetchone()[0])


def _keep_log(connection: sqlite3.Connection, folder: Path) -> None:
    mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    if mode != "wal":
        raise StoreError(
            t("This disk cannot keep records durably."),
            t("Choose a folder on the computer's own disk instead of {folder}.", folder=folder),
            (f"journal mode {mode}",),
        )


def _check(connection: sqlite3.Connection, folder: Path) -> None:
    found = [str(row[0]) for row in connection.execute("PRAGMA quick_check(20)")]
    if found != ["ok"]:
        raise report_damaged(folder, tuple(found))


def make_tables(connection: sqlite3.Connection) -> None:
    """Make the tables in a file that is empty."""
    _make_tables(connection, _FIRST + _SECOND)


def _make_tables(connection: sqlite3.Connection, statements: Iterable[str]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for statement in statements:
        connection.execute(statement)
    connection.execute("COMMIT")
