"""Opens every row of a file and compares what is there with the tally, in one pass.

Only the seal is looked at: what opens is exactly what was written, so nothing is read as JSON.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import cast

from consult_app.store.engine import Found
from consult_app.store.interface import Damage
from consult_app.store.rows import Rows
from consult_app.store.sealing import Row, Shares
from consult_app.store.tally import Adding
from consult_app.store.watching import Watch

_PAGE = 200  # about as much as a core keeps at hand
_CHANGED = "not what was written"
# As bytes, which is how a seal is bound to its place.
_ROWS = """SELECT n, coalesce(CAST(in_table AS BLOB), x''), coalesce(CAST(id AS BLOB), x''),
    coalesce(CAST(version AS INTEGER), 0), coalesce(CAST(body AS BLOB), x'') FROM row"""
_ENTRIES = """SELECT n, CAST('audit' AS BLOB), CAST(n AS BLOB), 1,
    coalesce(CAST(body AS BLOB), x'') FROM audit"""
_KEYS = "SELECT key FROM attachment"


def authenticate(rows: Rows, watch: Watch) -> None:
    """Note every row that does not open, and every table that lacks rows or has too many.

    The file is read as it is at one moment, whatever is written meanwhile.

    Raises:
        StoppedError: The watch said so.
        StoreError: The file could not be read.
    """
    adding = Adding(rows.sealer)
    shares: Shares = defaultdict(lambda: [0, 0])
    with rows.engine.snapshot() as fetch:
        kept = rows.tally.fetch(fetch)
        ends = [_find_end(fetch, table) for table in ("row", "audit")]
        for sql, before in ((_ROWS, 0), (_ENTRIES, ends[0])):
            for page in _read(fetch, sql):
                for _, table, name, _, _ in rows.sealer.examine(page, shares):
                    rows.note(Damage(table=_spell(table), id=_spell(name), reason=_CHANGED))
                watch.tell(before + page[-1][0], sum(ends))
        for table, (number, share) in shares.items():
            adding.take(_spell(table), number, share)
        for (key,) in fetch(_KEYS):
            adding.add("attachments", str(key), 1)
    for damage in rows.tally.judge(kept, adding.counts):
        rows.note(damage)


def _read(fetch: Callable[[str], Found], sql: str) -> Iterator[list[Row]]:
    last = 0
    while page := cast("list[Row]", fetch(f"{sql} WHERE n > {last} ORDER BY n LIMIT {_PAGE}")):
        yield page
        last = page[-1][0]


def _find_end(fetch: Callable[[str], Found], table: str) -> int:
    sql = f"SELECT coalesce(max(n), 0) FROM {table}"  # noqa: S608  # two fixed names
    return cast("int", fetch(sql)[0][0])


def _spell(text: bytes) -> str:
    return text.decode("utf-8", "replace")
