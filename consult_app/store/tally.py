"""What ought to be there: a sealed count and sum for every table.

Each row has a share that only the holder of the keys can work out from table, id and version.
The sum of the shares, in any order, tells whether exactly the rows that were written last are
there; it is changed in the same transaction as the rows. So a row that vanishes together with
all that speaks of it is still missed.

The version of a row is the number of its write. No number is ever used again, so an earlier
life of a row cannot take the place of a later one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import partial
from typing import cast

from consult_app.store.connection import Found, Snapshot
from consult_app.store.engine import Engine, Note
from consult_app.store.interface import Damage
from consult_app.store.sealing import SealBrokenError, Sealer

NAME = "tally"
_MODULUS = 2**256
_READ = "SELECT coalesce(CAST(version AS INTEGER), 0), coalesce(CAST(body AS BLOB), x'') FROM tally"
_KEEP = """INSERT INTO tally VALUES (1, ?, ?)
    ON CONFLICT (one) DO UPDATE SET version = excluded.version, body = excluded.body"""
_LIST = """
    SELECT in_table, id, coalesce(CAST(version AS INTEGER), 0) FROM row
    UNION ALL SELECT 'attachments', key, 1 FROM attachment
    UNION ALL SELECT 'audit', n, 1 FROM audit"""
# Damage may have made a number of what none was ever counted to.
_LAST = """SELECT coalesce(max(version), 0) FROM row
    WHERE typeof(version) = 'integer' AND version < 1 << 60"""

Counts = dict[str, tuple[int, int]]
"""By table, how many rows and the sum of their shares."""


class Adding:
    """Counts rows one by one, as they are come across."""

    def __init__(self, sealer: Sealer) -> None:
        self._mark = sealer.mark
        self.counts: Counts = {}

    def add(self, table: str, row_id: str, version: int) -> None:
        """Count a row."""
        self.take(table, 1, self._mark(table, row_id, version))

    def take(self, table: str, number: int, shares: int) -> None:
        """Count rows of which the sum of the shares is known."""
        before, total = self.counts.get(table, (0, 0))
        self.counts[table] = before + number, (total + shares) % _MODULUS


class Tally:
    """Counts what comes and goes in one open file.

    Args:
        engine: The file.
        sealer: Seals the tally as it seals the rows.

    Attributes:
        opened_at: The number of the last write before the file was opened; 0 when not known.
    """

    def __init__(self, engine: Engine, sealer: Sealer) -> None:
        self._engine = engine
        self._sealer = sealer
        self._counts: Counts | None = None
        self._last = 0
        self.opened_at = 0
        self._version = 0
        engine.settle_with(self._keep)

    def found(self) -> None:
        """Take the rows there are for the right ones, inside a transaction."""
        self._counts = self._count(self._engine.fetch(_LIST))
        self._last = max(self._last, cast("int", self._engine.fetch(_LAST)[0][0]))
        self._write(self._counts, self._version + 1)

    def load(self) -> Damage | None:
        """Read the tally; where it is damaged it stays so, and this tells."""
        try:
            self._version, self._counts, self._last = self._open(self._engine.fetch(_READ))
        except SealBrokenError as error:
            self._last = cast("int", self._engine.fetch(_LAST)[0][0])
            return Damage(table=NAME, id="", reason=str(error))
        self.opened_at = self._last
        return None

    def take_number(self) -> int:
        """Return the number of the next write, which no other has or had."""
        self._last += 1
        return self._last

    def add(self, table: str, row_id: str, version: int) -> None:
        """Count a row that comes, inside the transaction that brings it."""
        self._engine.note((table, 1, self._sealer.mark(table, row_id, version)))

    def drop(self, table: str, row_id: str, version: int) -> None:
        """Count a row that goes, inside the transaction that takes it."""
        self._engine.note((table, -1, self._sealer.mark(table, row_id, version)))

    def count(self, table: str, now: Snapshot | None = None) -> int:
        """Return how many rows a table had when it was last written; 0 where nothing tells.

        Args:
            table: The table.
            now: The moment; None for the last commit.
        """
        if now is None:
            return (self._counts or {}).get(table, (0, 0))[0]
        try:
            return self._open(self.fetch(now))[1].get(table, (0, 0))[0]
        except SealBrokenError:
            return 0

    def compare(self) -> Iterator[Damage]:
        """Yield every table whose rows are not those that were written last."""
        with self._engine.snapshot() as now:
            kept, rows = self.fetch(now), now.fetch(_LIST)
        yield from self.judge(kept, self._count(rows))

    def fetch(self, now: Snapshot) -> Found:
        """Return the tally as it lies in the file, for `judge`."""
        return now.fetch(_READ)

    def judge(self, kept: Found, there: Counts) -> Iterator[Damage]:
        """Yield every table whose rows differ from what a tally that was fetched says."""
        try:
            _, expected, _ = self._open(kept)
        except SealBrokenError as error:
            yield Damage(table=NAME, id="", reason=str(error))
            return
        for table in sorted(expected.keys() | there.keys()):
            reason = _explain(expected.get(table, (0, 0)), there.get(table, (0, 0)))
            if reason:
                yield Damage(table=table, id="", reason=reason)

    def _keep(self, notes: Iterable[Note]) -> None:
        if self._counts is None:
            return  # a damaged tally must not look sound again
        counts = dict(self._counts)
        for table, sign, mark in notes:
            number, total = counts.get(table, (0, 0))
            counts[table] = (number + sign, (total + sign * mark) % _MODULUS)
        self._write(counts, self._version + 1)

    def _write(self, counts: Counts, version: int) -> None:
        tables = {table: [number, f"{total:x}"] for table, (number, total) in counts.items()}
        data = json.dumps({"last": self._last, "tables": tables}).encode()
        body = self._sealer.seal(NAME, NAME, version, data)
        self._engine.run(_KEEP, (version, body))
        self._engine.after_commit(partial(self._adopt, counts, version))

    def _adopt(self, counts: Counts, version: int) -> None:
        self._counts, self._version = counts, version

    def _open(self, kept: list[tuple[object, ...]]) -> tuple[int, Counts, int]:
        if not kept:
            raise SealBrokenError("missing")
        version, body = cast("tuple[int, bytes]", kept[0])
        try:
            content = json.loads(self._sealer.open(NAME, NAME, version, body))
        except SealBrokenError:
            raise SealBrokenError("not what was written") from None
        counts = {
            table: (number, int(total, 16)) for table, (number, total) in content["tables"].items()
        }
        return version, counts, content["last"]

    def _count(self, rows: Iterable[tuple[object, ...]]) -> Counts:
        adding = Adding(self._sealer)
        for table, row_id, version in rows:
            adding.add(str(table), str(row_id), cast("int", version))
        return adding.counts


def _explain(expected: tuple[int, int], there: tuple[int, int]) -> str:
    difference = there[0] - expected[0]
    if difference < 0:
        return f"{-difference} missing"
    if difference > 0:
        return f"{difference} too many"
    return "" if expected[1] == there[1] else "not the rows that were written last"
