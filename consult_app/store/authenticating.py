"""Opens every row of a file and compares what is there with the tally, in one pass.

Only the seal is looked at: what opens is exactly what was written, so nothing is read as JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

from consult_app.store.engine import Found
from consult_app.store.interface import Damage
from consult_app.store.rows import Rows
from consult_app.store.sealing import SealBrokenError
from consult_app.store.tally import Adding
from consult_app.store.watching import Watch

_PAGE = 1000
_CHANGED = "not what was written"
_ROWS = """SELECT n, coalesce(CAST(in_table AS TEXT), ''), coalesce(CAST(id AS TEXT), ''),
    coalesce(CAST(version AS INTEGER), 0), coalesce(CAST(body AS BLOB), x'') FROM row"""
_ENTRIES = "SELECT n, 'audit', CAST(n AS TEXT), 1, coalesce(CAST(body AS BLOB), x'') FROM audit"
_KEYS = "SELECT key FROM attachment"

_Raw = tuple[int, str, str, int, bytes]


def authenticate(rows: Rows, watch: Watch) -> None:
    """Note every row that does not open, and every table that lacks rows or has too many.

    The file is read as it is at one moment, whatever is written meanwhile.

    Raises:
        StoppedError: The watch said so.
        StoreError: The file could not be read.
    """
    open_row, adding = rows.sealer.open, Adding(rows.sealer)
    with rows.engine.snapshot() as fetch:
        kept = rows.tally.fetch(fetch)
        total = sum(_count(fetch, table) for table in ("row", "audit"))
        for sql in (_ROWS, _ENTRIES):
            for _, table, row_id, version, body in _read(fetch, sql, watch, total):
                try:
                    open_row(table, row_id, version, body)
                except SealBrokenError:
                    rows.note(Damage(table=table, id=row_id, reason=_CHANGED))
                adding.add(table, row_id, version)
        for (key,) in fetch(_KEYS):
            adding.add("attachments", str(key), 1)
    for damage in rows.tally.judge(kept, adding.counts):
        rows.note(damage)


def _read(fetch: Callable[[str], Found], sql: str, watch: Watch, total: int) -> Iterator[_Raw]:
    last, done = 0, 0
    while page := fetch(f"{sql} WHERE n > {last} ORDER BY n LIMIT {_PAGE}"):
        watch.tell(min(done, total), total)
        yield from cast("list[_Raw]", page)
        last = cast("int", page[-1][0])
        done += len(page)


def _count(fetch: Callable[[str], Found], table: str) -> int:
    return cast("int", fetch(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608  # two fixed names
