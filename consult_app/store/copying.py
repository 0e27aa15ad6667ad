"""All rows of one file, sealed anew into another, and compared before that one counts.

A row that is damaged stays damaged and named: its bytes are sealed where they open as nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import cast

from consult_app.store.attachments import TABLE
from consult_app.store.faults import DamagedRecordError, UnknownRecordError
from consult_app.store.repositories import FileStore
from consult_app.store.rows import Rows
from consult_app.store.sealing import PlainSealer, SealBrokenError, Sealer

_PAGE = 500
_ROWS = """SELECT n, in_table, id, coalesce(CAST(version AS INTEGER), 0),
    coalesce(CAST(body AS BLOB), x'') FROM row"""
_ASIDE = """SELECT n, in_table, id, coalesce(CAST(version AS INTEGER), 0),
    coalesce(CAST(body AS BLOB), x'') FROM set_aside"""
_ENTRIES = "SELECT n, 'audit', CAST(n AS TEXT), 1, coalesce(CAST(body AS BLOB), x'') FROM audit"
_BLOBS = "SELECT rowid, 'attachments', key, 1, coalesce(CAST(body AS BLOB), x'') FROM attachment"
_DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class _Raw:
    """A row as it lies in the file."""

    n: int
    table: str
    id: str
    version: int
    body: bytes = field(repr=False)

    @property
    def place(self) -> tuple[str, str, int]:
        """What its seal is bound to."""
        return self.table, self.id, self.version


def copy_rows(source: Rows, target: FileStore) -> None:
    """Seal everything in one file into another.

    Attachments that are encrypted already stay as they are: the keys in their documents go on
    opening them.

    Args:
        source: The rows there are.
        target: A new file, which holds nothing yet.
    """
    copy = _Copy(source, target)
    rows = target.rows
    with rows.engine.transaction():
        for name in source.names():
            rows.add_table(name)
    copy.carry(_ROWS, copy.put_row)
    copy.carry(_ASIDE, copy.put_aside)
    copy.carry(_ENTRIES, copy.put_entry)
    copy.carry(_BLOBS, copy.put_blob)
    with rows.engine.transaction():
        rows.tally.found()


class _Copy:
    """One file on its way into another."""

    def __init__(self, source: Rows, target: FileStore) -> None:
        self._source = source
        self._engine = target.rows.engine
        self._sealer = target.rows.sealer
        self._attachments = target.attachments

    def carry(self, sql: str, put: Callable[[_Raw], None]) -> None:
        """Put every row of a query, a page in each transaction."""
        for page in _read_pages(self._source, sql):
            with self._engine.transaction():
                for raw in page:
                    put(raw)

    def put_row(self, raw: _Raw) -> None:
        """Put a document."""
        body = _seal(self._source, self._sealer, raw)
        self._engine.run("INSERT INTO row VALUES (?, ?, ?, ?, ?)", (raw.n, *raw.place, body))

    def put_aside(self, raw: _Raw) -> None:
        """Put bytes that were damaged before."""
        body = _seal_damaged(self._sealer, raw)
        self._engine.run("INSERT INTO set_aside VALUES (?, ?, ?, ?, ?)", (raw.n, *raw.place, body))

    def put_entry(self, raw: _Raw) -> None:
        """Put an entry of the audit."""
        body = _seal(self._source, self._sealer, raw)
        self._engine.run("INSERT INTO audit VALUES (?, ?)", (raw.n, body))

    def put_blob(self, raw: _Raw) -> None:
        """Put an attachment of plain records."""
        data = _open(self._source, raw)
        if data is None:
            # Its number is that of another table.
            sql = "INSERT INTO set_aside (in_table, id, version, body) VALUES (?, ?, ?, ?)"
            self._engine.run(sql, (*raw.place, _seal_damaged(self._sealer, raw)))
        else:
            self._attachments.put(raw.id, data)


def is_lost(source: Rows, target: FileStore) -> bool:
    """Tell whether anything differs in a copy; what was damaged has to be damaged there too."""
    for sql in (_ROWS, _ENTRIES):
        old_rows = _read(source, sql)
        new_rows = (raw for raw in _read(target.rows, sql) if not _is_new(source, raw))
        for old, new in zip_longest(old_rows, new_rows):
            if old is None or new is None or (old.n, old.place) != (new.n, new.place):
                return True
            if _open(source, old) != _open(target.rows, new):
                return True
    damaged = 0
    for blob in _read(source, _BLOBS):
        data = _open(source, blob)
        damaged += data is None
        if data is not None and _get(target, blob.id) != data:
            return True
    aside = [sum(1 for _ in _read(rows, _ASIDE)) for rows in (source, target.rows)]
    return aside[0] + damaged != aside[1]


def _is_new(source: Rows, raw: _Raw) -> bool:
    """Tell whether a row speaks of an attachment that was no file before."""
    return raw.table == TABLE and isinstance(source.sealer, PlainSealer)


def _get(target: FileStore, key: str) -> bytes | None:
    try:
        return target.attachments.get(key)
    except (DamagedRecordError, UnknownRecordError):
        return None


def _read(rows: Rows, sql: str) -> Iterator[_Raw]:
    for page in _read_pages(rows, sql):
        yield from page


def _read_pages(rows: Rows, sql: str) -> Iterator[list[_Raw]]:
    number = "rowid" if sql is _BLOBS else "n"
    with rows.engine.snapshot() as now:
        for page in now.read_pages(f"{sql} ORDER BY {number}", _PAGE):
            yield [
                _Raw(
                    cast("int", n),
                    str(table),
                    str(place),
                    cast("int", version),
                    cast("bytes", body),
                )
                for n, table, place, version, body in page
            ]


def _open(rows: Rows, raw: _Raw) -> bytes | None:
    try:
        return rows.sealer.open(*raw.place, raw.body)
    except SealBrokenError:
        return None


def _seal(source: Rows, sealer: Sealer, raw: _Raw) -> bytes:
    data = _open(source, raw)
    return _seal_damaged(sealer, raw) if data is None else sealer.seal(*raw.place, data)


def _seal_damaged(sealer: Sealer, raw: _Raw) -> bytes:
    return sealer.seal(_DAMAGED, raw.id, raw.version, raw.body)
