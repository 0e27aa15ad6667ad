"""All rows of one file, sealed anew into another, and compared before that one counts.

A row that is damaged stays damaged and named: its bytes are sealed where they open as nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import cast

from consult_app.store.engine import Found
from consult_app.store.rows import Rows
from consult_app.store.sealing import AesSealer, SealBrokenError, Sealer

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


def copy_rows(source: Rows, target: Rows, sealer: AesSealer) -> None:
    """Seal everything in one file into another.

    Args:
        source: The rows there are.
        target: The rows of a new file, which holds nothing yet.
        sealer: The target's own.
    """
    copy = _Copy(source, target, sealer)
    with target.engine.transaction():
        for name in source.names():
            target.add_table(name)
    copy.carry(_ROWS, copy.put_row)
    copy.carry(_ASIDE, copy.put_aside)
    copy.carry(_ENTRIES, copy.put_entry)
    copy.carry(_BLOBS, copy.put_blob)
    with target.engine.transaction():
        target.tally.found()


class _Copy:
    """One file on its way into another."""

    def __init__(self, source: Rows, target: Rows, sealer: AesSealer) -> None:
        self._source = source
        self._engine = target.engine
        self._sealer = sealer

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
        """Put an attachment."""
        named = _seal_blob(self._source, self._sealer, raw)
        self._engine.run("INSERT INTO attachment VALUES (?, ?)", named)


def is_lost(source: Rows, target: Rows, sealer: AesSealer) -> bool:
    """Tell whether anything differs in a copy; what was damaged has to be damaged there too."""
    for sql in (_ROWS, _ENTRIES):
        for old, new in zip_longest(_read(source, sql), _read(target, sql)):
            if old is None or new is None or (old.n, old.place) != (new.n, new.place):
                return True
            if _open(source, old) != _open(target, new):
                return True
    aside = [sum(1 for _ in _read(rows, _ASIDE)) for rows in (source, target)]
    blobs = zip_longest(_read(source, _BLOBS), _read(target, _BLOBS))
    return aside[0] != aside[1] or any(
        old is None or new is None or _is_blob_lost(source, sealer, old, new) for old, new in blobs
    )


def _read(rows: Rows, sql: str) -> Iterator[_Raw]:
    for page in _read_pages(rows, sql):
        yield from page


def _read_pages(rows: Rows, sql: str) -> Iterator[list[_Raw]]:
    number = "rowid" if sql is _BLOBS else "n"
    last = 0
    while True:
        limited = f"{sql} WHERE {number} > ? ORDER BY {number} LIMIT {_PAGE}"
        found: Found = rows.engine.fetch(limited, (last,))
        if not found:
            return
        page = [
            _Raw(cast("int", n), str(table), str(row_id), cast("int", version), cast("bytes", body))
            for n, table, row_id, version, body in found
        ]
        last = page[-1].n
        yield page


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


def _seal_blob(source: Rows, sealer: AesSealer, raw: _Raw) -> tuple[str, bytes]:
    old = source.sealer
    # An encrypted one opens with the key in its document only, and that document stays as it is.
    name = raw.id if isinstance(old, AesSealer) else sealer.name_of(raw.id)
    try:
        old.check_blob(raw.id, raw.body)
    except SealBrokenError:
        return name, _seal_damaged(sealer, raw)
    if isinstance(old, AesSealer):
        return name, sealer.frame_blob(name, old.unframe_blob(raw.body))
    return name, sealer.seal_blob(raw.id, old.open_blob(raw.id, raw.body))


def _is_blob_lost(source: Rows, sealer: AesSealer, old: _Raw, new: _Raw) -> bool:
    sound = _is_sound(source.sealer, old)
    if sound != _is_sound(sealer, new):
        return True
    if not sound:
        return False
    if isinstance(source.sealer, AesSealer):
        inner = source.sealer.unframe_blob(old.body)
        return (old.id, inner) != (new.id, sealer.unframe_blob(new.body))
    opened = source.sealer.open_blob(old.id, old.body)
    return opened != sealer.open_blob(old.id, new.body)


def _is_sound(sealer: Sealer, raw: _Raw) -> bool:
    try:
        sealer.check_blob(raw.id, raw.body)
    except SealBrokenError:
        return False
    return True
