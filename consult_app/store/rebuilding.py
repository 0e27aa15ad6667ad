"""A file that SQLite cannot read through, made anew from the rows that can still be read.

Nothing is taken on trust: a row goes over as it lies, its seal proves it when it is opened, and the
tally tells how many are missing. One that only the index still knows gets a place with nothing in
it, so that it is named like any other damaged row.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from consult_app.store.faults import Border, is_damage, report_damaged
from consult_app.store.files import PART, Disk
from consult_app.store.frozen import connect_frozen
from consult_app.store.layout import LAYOUT, check_made, make_tables

_ROW = ("n", "in_table", "id", "version", "body")
_TABLES = {
    # The first column tells the rows of a table apart, and in which order they lie.
    "fact": ("name", "value"),
    "known_table": ("n", "name"),
    "row": _ROW,
    "attachment": ("rowid", "key", "body"),
    "set_aside": _ROW,
    "tally": ("one", "version", "body"),
    "audit": ("n", "body"),
}
_BY_INDEX = (
    "SELECT n, in_table, id FROM row INDEXED BY sqlite_autoindex_row_1 ORDER BY in_table {0}"
)
_SEALING = "SELECT 1 FROM fact WHERE name = 'sealing'"
_ONE = f"SELECT {', '.join(_ROW)} FROM row NOT INDEXED WHERE n = ?"  # noqa: S608  # columns from above

_Row = tuple[object, ...]


def rebuild(path: Path, disk: Disk) -> None:
    """Put a new file with all rows that can be read in the place of a damaged one.

    Args:
        path: The file, which nobody has open: a copy, never that of the records themselves.
        disk: The disk.

    Raises:
        DamagedStoreError: Not even its tables can be told, or whose it is.
        StoreError: The new file could not be written.
    """
    fresh = path.with_name(f"{path.name}{PART}")
    disk.remove(fresh)
    disk.write(fresh, b"")  # for this user alone
    try:
        with (
            Border(path.parent),
            closing(connect_frozen(path)) as source,
            closing(sqlite3.connect(fresh, isolation_level=None)) as target,
        ):
            version = check_made(source, path.parent)
            if version == LAYOUT:  # an older one has no tally, so nothing would name what is lost
                _fill(source, target)
            _check_facts(target, path.parent, version)
        disk.sync(fresh)
        disk.rename(fresh, path)
    except BaseException:
        disk.remove(fresh)
        raise


def _fill(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    target.execute("PRAGMA journal_mode = OFF")
    target.execute("PRAGMA synchronous = OFF")  # made durable as a whole afterwards
    make_tables(target)
    target.execute("BEGIN")
    target.execute("DELETE FROM fact")
    for table, columns in _TABLES.items():
        _put(target, table, columns, _read_surviving(source, table, columns))
    _put(target, "row", _ROW, _read_by_index(source, target))
    target.execute("COMMIT")


def _check_facts(target: sqlite3.Connection, folder: Path, version: int) -> None:
    """Make sure that the facts are there: without them the rows would be counted as a new file's.

    Raises:
        DamagedStoreError: They are not.
    """
    if version != LAYOUT or not target.execute(_SEALING).fetchone():
        raise report_damaged(folder, ("what it says of itself cannot be read",))


def _put(
    target: sqlite3.Connection, table: str, columns: tuple[str, ...], rows: Iterator[_Row]
) -> None:
    marks = ", ".join("?" * len(columns))
    insert = f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608  # names from above
    for row in rows:
        target.execute(insert, row)


def _read_surviving(
    source: sqlite3.Connection, table: str, columns: tuple[str, ...]
) -> Iterator[_Row]:
    """Yield the rows of a table from its beginning to the damage, then from its end to it."""
    seen: set[object] = set()
    for order in ("ASC", "DESC"):
        sql = f"SELECT {', '.join(columns)} FROM {table} NOT INDEXED ORDER BY {columns[0]} {order}"  # noqa: S608  # names from above
        for row in _read_on(source, sql):
            if row[0] in seen:
                break
            seen.add(row[0])
            yield row


def _read_by_index(source: sqlite3.Connection, target: sqlite3.Connection) -> Iterator[_Row]:
    """Yield the rows that only the index still finds; those that it cannot read either, empty."""
    seen = {n for (n,) in target.execute("SELECT n FROM row")}
    for order in ("ASC", "DESC"):
        for n, table, row_id in _read_on(source, _BY_INDEX.format(order)):
            if n not in seen:
                seen.add(n)
                yield next(_read_on(source, _ONE, n), (n, table, row_id, 0, b""))


def _read_on(source: sqlite3.Connection, sql: str, *parameters: object) -> Iterator[_Row]:
    """Yield what a query finds, up to where it meets damage."""
    try:
        yield from source.execute(sql, parameters)
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
