"""Documents as sealed rows of the SQLite file, damaged ones named and set aside."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from consult_app.store.codec import decode
from consult_app.store.engine import Engine
from consult_app.store.faults import DamagedRecordError, StoreError
from consult_app.store.interface import Damage
from consult_app.store.sealing import AesSealer, PlainSealer, SealBrokenError, Sealer
from consult_app.store.tally import Tally
from consult_app.wording import t

FILE = "file"
"""What the file itself is called where damage is named; it is no table."""

FORMER_KEYS = ("keys", "former")
"""The row that lists the data keys the store had before, as `keys`, newest first."""

_PAGE = 200
# Damage can turn a value into one of another type, which must not stop the other rows.
_READ_ROW = """
    SELECT coalesce(CAST(version AS INTEGER), 0), coalesce(CAST(body AS BLOB), x'')
    FROM row WHERE in_table = ? AND id = ?"""
_READ_PAGE = """
    SELECT coalesce(CAST(id AS TEXT), ''), coalesce(CAST(version AS INTEGER), 0),
    coalesce(CAST(body AS BLOB), x'')
    FROM row WHERE n IN (%s) AND +in_table = ? ORDER BY n"""
_ADD = """INSERT INTO row (version, body, in_table, id) VALUES (?, ?, ?, ?)
    ON CONFLICT (in_table, id) DO NOTHING"""


@dataclass(frozen=True, slots=True)
class OpenRow:
    """A row that was read: its id, the bytes that were sealed, and the document in them."""

    id: str
    data: bytes
    document: dict[str, object]


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row that is there: its version and bytes, and what it says; None where it is damaged."""

    version: int
    body: bytes = field(repr=False)
    opened: OpenRow | None = field(repr=False)


class Rows:
    """The rows of one file, opened and sealed on the way.

    Args:
        engine: The file.
        sealer: The sealing this file was made with, or for.

    Raises:
        StoreError: The file was made with another kind of sealing.
    """

    def __init__(self, engine: Engine, sealer: Sealer) -> None:
        self.engine = engine
        self.sealer = sealer
        self.tally = Tally(engine, sealer)
        self._noticed: dict[tuple[str, str], Damage] = {}
        self._known: set[str] = set()
        self._agree_on_sealing()

    @property
    def damaged(self) -> tuple[Damage, ...]:
        """The rows found damaged since the file was opened, and those set aside before."""
        aside = self.engine.fetch("SELECT in_table, id FROM set_aside ORDER BY n")
        kept = {(str(table), str(row_id)): "set aside earlier" for table, row_id in aside}
        earlier = tuple(
            Damage(table=table, id=row_id, reason=reason)
            for (table, row_id), reason in kept.items()
            if (table, row_id) not in self._noticed
        )
        return tuple(self._noticed.values()) + earlier

    def sealers(self) -> Iterator[Sealer]:
        """Yield the sealing of this store, then those of the data keys it had before."""
        yield self.sealer
        if self.has(*FORMER_KEYS):
            former = cast("list[str]", self.read(*FORMER_KEYS).document["keys"])
            store_id = self.engine.read_fact("store_id")
            yield from (AesSealer(store_id, bytes.fromhex(data_key)) for data_key in former)

    def note(self, damage: Damage) -> None:
        """Remember a row that was found damaged."""
        # The file itself has no id, and more than one thing can be wrong with it.
        name = damage.reason if damage.table == FILE else damage.id
        self._noticed[damage.table, name] = damage

    def forget_notes(self) -> None:
        """Start anew: what was found may have been mended since."""
        self._noticed.clear()

    def names(self) -> list[str]:
        """Return the names of the tables, empty ones included, oldest first."""
        return [str(row[0]) for row in self.engine.fetch("SELECT name FROM known_table ORDER BY n")]

    def all_names(self) -> list[str]:
        """Return the names of all tables that rows claim to be in, known or not."""
        return [str(row[0]) for row in self.engine.fetch("SELECT DISTINCT in_table FROM row")]

    def note_missing(self, table: str, companion: str) -> None:
        """Note every row of a table that only its companion in another table still tells of."""
        sql = """SELECT id FROM row WHERE in_table = ?
            AND id NOT IN (SELECT id FROM row WHERE in_table = ?)"""
        for (row_id,) in self.engine.fetch(sql, (companion, table)):
            self.note(Damage(table=table, id=str(row_id), reason="missing"))

    def add_table(self, table: str) -> None:
        """Make a table known; its rows, if any, stay."""
        if table not in self._known:
            self.engine.run("INSERT OR IGNORE INTO known_table (name) VALUES (?)", (table,))
            self.engine.after_commit(lambda: self._known.add(table))

    def drop_table(self, table: str) -> None:
        """Remove a table and its rows."""
        self._known.discard(table)
        self.engine.after_commit(lambda: self._known.discard(table))
        for row_id in self.ids(table):
            self.remove(table, row_id)
        self.engine.run("DELETE FROM known_table WHERE name = ?", (table,))

    def ids(self, table: str) -> list[str]:
        """Return the ids of a table in the order of insertion, damaged rows included."""
        sql = "SELECT coalesce(CAST(id AS TEXT), '') FROM row WHERE in_table = ? ORDER BY n"
        return [str(row[0]) for row in self.engine.fetch(sql, (table,))]

    def count(self, table: str) -> int:
        """Return how many rows a table has, damaged ones included."""
        found = self.engine.fetch("SELECT count(*) FROM row WHERE in_table = ?", (table,))
        return cast("int", found[0][0])

    def has(self, table: str, row_id: str) -> bool:
        """Tell whether there is a row, damaged or not."""
        sql = "SELECT 1 FROM row WHERE in_table = ? AND id = ?"
        return bool(self.engine.fetch(sql, (table, row_id)))

    def version(self, table: str, row_id: str) -> int:
        """Return the number of the write that made a row; 0 when there is none."""
        found = self._fetch(table, row_id)
        return found[0] if found else 0

    def read(self, table: str, row_id: str) -> OpenRow:
        """Return one row, freshly read.

        Raises:
            KeyError: There is none.
            DamagedRecordError: It cannot be read.
        """
        found = self._fetch(table, row_id)
        if found is None:
            raise KeyError(row_id)
        return self._open(table, row_id, *found)

    def scan(self, table: str) -> Iterator[OpenRow]:
        """Yield the rows there are now, in order of insertion, past the damaged ones."""
        # Listed at the start, so that adding rows while looping comes to an end. The index that
        # finds a row by its id has the numbers too; one that has them in order would cost each
        # save as much as a sixth of its writing.
        found = self.engine.fetch("SELECT n FROM row WHERE in_table = ? ORDER BY n", (table,))
        numbers = array("q", (cast("int", n) for (n,) in found))
        del found
        for at in range(0, len(numbers), _PAGE):
            for row_id, version, body in self._fetch_page(table, numbers[at : at + _PAGE]):
                try:
                    row = self._open(table, row_id, version, body)
                except DamagedRecordError:
                    continue  # named in `damaged`
                yield row

    def write(self, table: str, row_id: str, document: bytes) -> None:
        """Keep a document under an id, in place of the one that was there."""
        # Most often there is none, which SQLite tells while it takes in the new one.
        sealed = self._seal(table, row_id, document)
        if not self._add(table, row_id, *sealed):
            self._put(table, row_id, self.find(table, row_id), *sealed)

    def add(self, table: str, row_id: str, document: bytes) -> bool:
        """Keep a document under an id unless something is kept there, and tell whether it was."""
        return self._add(table, row_id, *self._seal(table, row_id, document))

    def find(self, table: str, row_id: str) -> KeptRow | None:
        """Return a row as it is to be replaced or removed, None when there is none."""
        found = self._fetch(table, row_id)
        if found is None:
            return None
        try:
            return KeptRow(*found, self._open(table, row_id, *found))
        except DamagedRecordError:
            return KeptRow(*found, None)

    def replace(self, table: str, row_id: str, old: KeptRow | None, document: bytes) -> None:
        """Keep a document under an id, in place of what `find` returned in this transaction."""
        self._put(table, row_id, old, *self._seal(table, row_id, document))

    def remove(self, table: str, row_id: str) -> bool:
        """Remove a row, and tell whether there was one; a damaged one is kept aside as found."""
        old = self.find(table, row_id)
        if old is None:
            return False
        self._let_go(table, row_id, old)
        self.engine.run("DELETE FROM row WHERE in_table = ? AND id = ?", (table, row_id))
        return True

    def find_tables(self, row_id: str, *tables: str) -> list[str]:
        """Return those of some tables that have a row under an id, damaged or not."""
        sql = "SELECT in_table FROM row WHERE id = ? AND in_table IN (%s)"
        found = self.engine.fetch(sql % ",".join("?" * len(tables)), (row_id, *tables))
        return [str(table) for (table,) in found]

    def forget_aside(self, row_id: str) -> None:
        """Remove what was set aside under an id, from any table."""
        self.engine.run("DELETE FROM set_aside WHERE id = ?", (row_id,))

    def _fetch(self, table: str, row_id: str) -> tuple[int, bytes] | None:
        found = self.engine.fetch(_READ_ROW, (table, row_id))
        return cast("tuple[int, bytes]", found[0]) if found else None

    def _fetch_page(self, table: str, numbers: array[int]) -> list[tuple[str, int, bytes]]:
        sql = _READ_PAGE % ",".join("?" * len(numbers))
        found = self.engine.fetch(sql, (*numbers, table))
        return cast("list[tuple[str, int, bytes]]", found)

    def _open(self, table: str, row_id: str, version: int, body: bytes) -> OpenRow:
        try:
            data = self.sealer.open(table, row_id, version, body)
            return OpenRow(row_id, data, decode(data))
        except (SealBrokenError, ValueError) as error:
            reason = "not what was written" if isinstance(error, SealBrokenError) else "not JSON"
            self.note(Damage(table=table, id=row_id, reason=reason))
            # The cause is left out: a parser's error quotes the text it stumbled over.
            raise DamagedRecordError(table, row_id, reason) from None

    def _put(self, table: str, row_id: str, old: KeptRow | None, version: int, body: bytes) -> None:
        if old is None:
            self._add(table, row_id, version, body)
            return
        self._let_go(table, row_id, old)
        sql = "UPDATE row SET version = ?, body = ? WHERE in_table = ? AND id = ?"
        self.engine.run(sql, (version, body, table, row_id))
        self.tally.add(table, row_id, version)

    def _add(self, table: str, row_id: str, version: int, body: bytes) -> bool:
        """Keep a sealed document under an id that has none, and tell whether it had none."""
        added = self.engine.run(_ADD, (version, body, table, row_id)) == 1
        if added:
            self.tally.add(table, row_id, version)
        return added

    def _seal(self, table: str, row_id: str, document: bytes) -> tuple[int, bytes]:
        version = self.tally.take_number()
        return version, self.sealer.seal(table, row_id, version, document)

    def _let_go(self, table: str, row_id: str, old: KeptRow) -> None:
        """Count a row that goes, and set it aside as it was found if it is damaged."""
        if old.opened is None:
            sql = "INSERT INTO set_aside (in_table, id, version, body) VALUES (?, ?, ?, ?)"
            self.engine.run(sql, (table, row_id, old.version, old.body))
        self.tally.drop(table, row_id, old.version)

    def _agree_on_sealing(self) -> None:
        kind = self.engine.read_fact("sealing")
        if kind and kind != self.sealer.name:
            raise StoreError(
                t("These records are sealed in another way."),
                t("Open them with the version of the program that made them. Nothing was changed."),
                (f"sealed as {kind}, asked for {self.sealer.name}",),
            )
        # A plain file of the first layout had no tally; in a sealed one it is never taken on trust.
        upgraded = kind == PlainSealer.name and self.engine.read_fact("untallied")
        if not kind or upgraded:
            self._begin()
        elif damage := self.tally.load():
            self.note(damage)

    def _begin(self) -> None:
        with self.engine.transaction():
            self.engine.write_fact("sealing", self.sealer.name)
            self.tally.found()
            self.engine.run("DELETE FROM fact WHERE name = 'untallied'")
