"""Opens every row of a file and compares what is there with the tally, in one pass.

Only the seal is looked at: what opens is exactly what was written, so nothing is read as JSON.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import cast

from consult_app.store.connection import Snapshot
from consult_app.store.interface import Damage
from consult_app.store.rows import Rows
from consult_app.store.sealing import Row, Shares
from consult_app.store.tally import Adding
from consult_app.store.watching import Watch

_PAGE = 200  # about as much as a core keeps at hand
_CHANGED = "not what was written"
# As bytes, which is how a seal is bound to its place.
_ROWS = """SELECT n, coalesce(CAST(in_table AS BLOB), x''), coalesce(CAST(id AS BLOB), x''),
    coalesce(CAST(version AS INTEGER), 0), coalesce(CAST(body AS BLOB), x'') FROM row ORDER BY n"""
_ENTRIES = """SELECT n, CAST('audit' AS BLOB), CAST(n AS BLOB), 1,
    coalesce(CAST(body AS BLOB), x'') FROM audit ORDER BY n"""
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
    with rows.engine.snapshot() as now:
        kept = rows.tally.fetch(now)
        ends = [_find_end(now, table) for table in ("row", "audit")]
        for sql, before, end in ((_ROWS, 0, ends[0]), (_ENTRIES, ends[0], ends[1])):
            for page in cast("Iterator[list[Row]]", now.read_pages(sql, _PAGE)):
                for _, table, name, _, _ in rows.sealer.examine(page, shares):
                    rows.note(Damage(table=_spell(table), id=_spell(name), reason=_CHANGED))
                watch.tell(before + min(page[-1][0], end), sum(ends))
        for table, (number, share) in shares.items():
            adding.take(_spell(table), number, share)
        for (key,) in now.fetch(_KEYS):
            adding.add("attachments", str(key), 1)
    for damage in rows.tally.judge(kept, adding.counts):
        rows.note(damage)


def _find_end(now: Snapshot, table: str) -> int:
    sql = f"SELECT coalesce(max(n), 0) FROM {table}"  # noqa: S608  # two fixed names
    return cast("int", now.fetch(sql)[0][0])


def _spell(text: bytes) -> str:
    return text.decode("utf-8", "replace")
