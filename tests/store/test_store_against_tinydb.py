"""The same calls to stock TinyDB and to ours have the same outcome, whatever the order."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB, where
from tinydb.operations import decrement, delete, increment
from tinydb.operations import set as set_field
from tinydb.queries import QueryInstance, QueryLike
from tinydb.storages import MemoryStorage
from tinydb.table import Document, Table

from consult_app.store.codec import decode, encode
from consult_app.store.engine import open_engine
from consult_app.store.rows import Rows
from consult_app.store.sealing import PlainSealer
from consult_app.store.tables import RowStorage, RowTable

SEEDS = 24
CALLS = 100

Call = Callable[[TinyDB], Any]


class NumberedDocuments(TinyDB):
    """Sealed rows under whole numbers, as stock TinyDB counts them."""

    table_class = RowTable


class ThroughJson(MemoryStorage):
    """Stock behaviour on a file, without the file: everything passes through JSON."""

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return a fresh copy of the tables."""
        kept: dict[str, dict[str, Any]] | None = self.memory
        return None if kept is None else decode(encode(kept))  # type: ignore[return-value]  # tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Keep a copy of the tables."""
        self.memory = decode(encode(data))


def _open(folder: Path) -> TinyDB:
    return NumberedDocuments(Rows(open_engine(folder), PlainSealer("store")), storage=RowStorage)


def _fail(_document: object) -> None:
    raise LookupError


class Caller:
    """Makes up calls, the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311  # repeatable on purpose
        # Stock TinyDB may overwrite a row when automatic ids reach given ones (#629).
        self.far = 10_000

    def make(self) -> Call:
        """Return the next call."""
        name = self.random.choice(["a", "b", "_default"])
        act = self.random.choice(
            [self._insert, self._change, self._remove, self._look, self._upsert, self._drop]
        )()
        return lambda db: act(db.table(name))

    def _document(self) -> dict[str, Any]:
        number = self.random.randrange(4)
        return {"n": number, "text": self.random.choice("äß€👩x"), "deep": {"list": [number, {}]}}

    def _condition(self) -> QueryInstance:
        field = where("n")
        conditions: list[QueryInstance] = [
            field == 1,
            field > 1,
            ~field.exists(),
            field.one_of([0, 3]),
        ]
        return self.random.choice(conditions)

    def _ids(self) -> list[int]:
        return [self.random.randrange(1, 15) for _ in range(self.random.randrange(4))]

    def _insert(self) -> Callable[[Table], Any]:
        document, many = self._document(), [self._document() for _ in range(3)]
        given = Document(document, self.random.randrange(1, 20))
        self.far += 1000
        far = [Document(each, self.far + n) for n, each in enumerate(many)]
        bad: Any = [document, 7]
        calls: list[Callable[[Table], Any]] = [
            lambda table: table.insert(document),
            lambda table: table.insert(given),
            lambda table: table.insert_multiple(many),
            lambda table: table.insert_multiple(far),
            lambda table: table.insert_multiple(bad),
            lambda table: table.insert({"bad": {1}}),
        ]
        return self.random.choice(calls)

    def _change(self) -> Callable[[Table], Any]:
        fields, condition, ids = {"n": self.random.randrange(4)}, self._condition(), self._ids()
        operation = self.random.choice(
            [increment("n"), decrement("n"), delete("text"), set_field("new", [1]), _fail]
        )
        calls: list[Callable[[Table], Any]] = [
            lambda table: table.update(fields),
            lambda table: table.update(fields, condition),
            lambda table: table.update(fields, doc_ids=ids),
            lambda table: table.update(operation, where("n").exists() & where("text").exists()),
            lambda table: table.update(operation, doc_ids=ids),
            lambda table: table.update_multiple([(fields, condition), ({"m": 1}, where("n") == 2)]),
        ]
        return self.random.choice(calls)

    def _remove(self) -> Callable[[Table], Any]:
        condition, ids = self._condition(), self._ids()
        calls: list[Callable[[Table], Any]] = [
            lambda table: table.remove(condition),
            lambda table: table.remove(doc_ids=ids),
            lambda table: table.remove(),
        ]
        return self.random.choice(calls)

    def _look(self) -> Callable[[Table], Any]:
        condition, ids = self._condition(), self._ids()
        one = self.random.randrange(1, 15)
        calls: list[Callable[[Table], Any]] = [
            lambda table: table.search(condition),
            lambda table: table.get(condition),
            lambda table: table.get(doc_id=one),
            lambda table: table.get(doc_ids=ids),
            lambda table: (table.contains(condition), table.contains(doc_id=one)),
            lambda table: (table.count(condition), len(table), table.all()),
        ]
        return self.random.choice(calls)

    def _upsert(self) -> Callable[[Table], Any]:
        document, condition = self._document(), self._condition()
        given = Document(document, self.random.randrange(1, 20))
        calls: list[Callable[[Table], Any]] = [
            lambda table: table.upsert(document, condition),
            lambda table: table.upsert(given),
            lambda table: table.upsert(document),
        ]
        return self.random.choice(calls)

    def _drop(self) -> Callable[[Table], Any]:
        if self.random.random() < 0.7:
            return self._insert()
        return lambda table: table.truncate()


def _observe(call: Call, db: TinyDB) -> object:
    try:
        found = call(db)
    except (ValueError, TypeError, KeyError, LookupError, RuntimeError) as error:
        return type(error)
    return _spell_out(found)


def _spell_out(found: object) -> object:
    if isinstance(found, Document):
        return found.doc_id, list(found.items())
    if isinstance(found, list | tuple):
        return [_spell_out(each) for each in found]
    return found


def _state(db: TinyDB) -> object:
    return {name: _spell_out(db.table(name).all()) for name in sorted(db.tables())}


def _find_divergence(
    seed: int, calls: int, folder: Path, open_own: Callable[[Path], TinyDB] = _open, every: int = 1
) -> str:
    """Make the same calls to both; return where outcome or content differed first, or nothing.

    All documents are compared after `every` so many calls, and at the end.
    """
    caller = Caller(seed)
    stock: TinyDB = TinyDB(storage=ThroughJson)
    own = open_own(folder)
    try:
        for number in range(calls):
            draw = caller.random.random()
            if draw < 0.05:
                own.close()
                kept = stock.storage.read()
                stock = TinyDB(storage=ThroughJson)
                if kept is not None:
                    stock.storage.write(kept)
                own = open_own(folder)
            elif draw < 0.07:
                stock.drop_tables()
                own.drop_tables()
            elif draw < 0.10:
                stock.drop_table("a")
                own.drop_table("a")
            else:
                call = caller.make()
                if _observe(call, own) != _observe(call, stock):
                    return f"call {number} of seed {seed} had another outcome"
            at_last = number == calls - 1
            if (at_last or number % every == 0) and _state(own) != _state(stock):
                return f"after call {number} of seed {seed} other documents were there"
    finally:
        own.close()
    return ""


@pytest.mark.parametrize("seed", range(SEEDS))
def test_every_call_has_the_outcome_it_has_with_stock_tinydb(seed: int, tmp_path: Path) -> None:
    assert _find_divergence(seed, CALLS, tmp_path) == ""


@pytest.mark.long
@pytest.mark.timeout(600)
def test_sixty_thousand_calls_have_the_outcome_they_have_with_stock_tinydb(tmp_path: Path) -> None:
    found = (_find_divergence(1000 + n, 300, tmp_path / str(n), every=10) for n in range(200))
    assert [where for where in found if where] == []


class _UpsertsAnew(RowTable):
    """Forgets, where a document is there already, that it was to be changed."""

    def upsert(self, document: Mapping[str, object], cond: QueryLike | None = None) -> list[int]:
        if cond is not None and self.contains(cond):
            return [found.doc_id for found in self.search(cond)]
        return super().upsert(document, cond)


class _KeepsRemoved(RowTable):
    """Tells of what was removed, and keeps the last of it."""

    def remove(
        self, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None
    ) -> list[int]:
        last = self.search(cond)[-1:] if cond is not None else []
        removed = super().remove(cond, doc_ids)
        self.insert_multiple(last)
        return removed


@pytest.mark.parametrize("wrong", [_UpsertsAnew, _KeepsRemoved])
def test_a_table_that_differs_in_one_call_is_found_out(
    wrong: type[RowTable], tmp_path: Path
) -> None:
    """The control, with other tables than ours in the place of ours."""

    class Wrong(TinyDB):
        table_class = wrong

    def open_wrong(folder: Path) -> TinyDB:
        return Wrong(Rows(open_engine(folder), PlainSealer("store")), storage=RowStorage)

    found = [_find_divergence(n, CALLS, tmp_path / str(n), open_wrong) for n in range(4)]
    assert any(found)
