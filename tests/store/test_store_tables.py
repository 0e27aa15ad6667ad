"""TinyDB's interface on sealed rows: its semantics, and the guards around its known faults."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tinydb import TinyDB, where
from tinydb.table import Document

from consult_app.store.engine import Engine, open_engine
from consult_app.store.ids import make_id
from consult_app.store.rows import Rows
from consult_app.store.sealing import PlainSealer
from consult_app.store.tables import Documents, RowStorage, RowTable

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)


class NumberedDocuments(TinyDB):
    """Sealed rows under whole numbers, as stock TinyDB counts them."""

    table_class = RowTable


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with closing(open_engine(tmp_path)) as opened:
        yield opened


@pytest.fixture
def rows(engine: Engine) -> Rows:
    return Rows(engine, PlainSealer("store"))


@pytest.fixture
def db(rows: Rows) -> TinyDB:
    return NumberedDocuments(rows, storage=RowStorage)


@pytest.fixture
def documents(rows: Rows) -> Documents:
    return Documents(rows, lambda: AT)


def test_reading_one_document_opens_one_row(rows: Rows, db: TinyDB) -> None:
    db.insert_multiple({"n": n} for n in range(50))
    opened: list[str] = []
    original = rows.sealer.open

    class Counting(PlainSealer):
        def open(self, table: str, row_id: str, version: int, sealed: bytes) -> bytes:
            opened.append(row_id)
            return original(table, row_id, version, sealed)

    rows.sealer = Counting("store")
    assert db.get(doc_id=17) == {"n": 16}
    assert opened == ["17"]
    opened.clear()
    db.update({"n": 0}, doc_ids=[17])
    assert set(opened) == {"17"}
    opened.clear()
    assert db.remove(doc_ids=[18]) == [18]
    assert set(opened) == {"18"}


def test_an_update_writes_only_what_differs(engine: Engine, db: TinyDB) -> None:
    db.insert_multiple({"n": n} for n in range(20))
    db.update({"n": 3}, where("n") < 5)
    written = engine.fetch("SELECT id FROM row WHERE version > 20")
    assert {row_id for (row_id,) in written} == {"1", "2", "3", "5"}


def test_search_results_are_nobody_elses(db: TinyDB) -> None:
    db.insert({"list": [1]})
    query = where("list") != []
    first = db.search(query)
    first[0]["list"].append(2)
    first.clear()
    second = db.search(query)
    assert second == [{"list": [1]}]
    assert second[0].doc_id == 1
    db.all()[0]["list"].append(3)
    assert db.search(query) == [{"list": [1]}]
    found = db.get(doc_id=1)
    assert isinstance(found, Document)
    found["list"].append(4)
    assert db.get(query) == {"list": [1]}


def test_a_cached_result_is_forgotten_when_anybody_writes(rows: Rows, db: TinyDB) -> None:
    other = NumberedDocuments(rows, storage=RowStorage)
    db.insert({"n": 1})
    query = where("n") > 0
    assert db.count(query) == 1
    other.insert({"n": 2})
    assert db.count(query) == 2


def test_a_cached_result_is_forgotten_when_a_transaction_is_undone(rows: Rows, db: TinyDB) -> None:
    query = where("n") > 0

    def insert_search_and_fail() -> None:
        with rows.engine.transaction():
            db.insert({"n": 1})
            assert db.count(query) == 1
            raise LookupError

    with pytest.raises(LookupError):
        insert_search_and_fail()
    assert db.count(query) == 0


def test_an_exception_in_an_update_changes_nothing(db: TinyDB) -> None:
    db.insert_multiple({"n": n} for n in range(5))
    seen: list[int] = []

    def change_then_fail(document: MutableMapping[str, object]) -> None:
        document["n"] = 99
        seen.append(1)
        if len(seen) == 3:
            raise LookupError

    with pytest.raises(LookupError):
        db.update(change_then_fail)
    assert [document["n"] for document in db] == [0, 1, 2, 3, 4]
    assert db.count(where("n") == 99) == 0


def test_an_exception_while_inserting_many_inserts_none(db: TinyDB) -> None:
    def produce() -> Iterator[Mapping[str, object]]:
        yield {"n": 1}
        raise LookupError

    with pytest.raises(LookupError):
        db.insert_multiple(produce())
    assert len(db) == 0


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, b"bytes", object()])
def test_what_json_cannot_hold_is_refused_and_changes_nothing(db: TinyDB, value: object) -> None:
    db.insert({"n": 1})
    with pytest.raises((TypeError, ValueError)):
        db.update({"n": 2, "bad": value})
    with pytest.raises((TypeError, ValueError)):
        db.insert_multiple([{"n": 3}, {"bad": value}])
    assert db.all() == [{"n": 1}]


def test_opening_a_table_never_empties_it(db: TinyDB, rows: Rows) -> None:
    db.table("visits").insert({"n": 1})
    again = NumberedDocuments(rows, storage=RowStorage)
    assert len(again.table("visits", persist_empty=True)) == 1
    again.table("new", persist_empty=True)
    assert again.tables() == {"visits", "new"}


def test_an_automatic_id_never_takes_the_place_of_a_given_one(db: TinyDB) -> None:
    ids = db.insert_multiple([Document({"n": "given"}, 2), {"n": "a"}, {"n": "b"}, {"n": "c"}])
    assert ids == [2, 1, 3, 4]
    assert {document.doc_id: document["n"] for document in db} == {
        2: "given",
        1: "a",
        3: "b",
        4: "c",
    }


def test_an_id_of_another_type_is_refused(db: TinyDB) -> None:
    with pytest.raises(ValueError, match="not an id"):
        db.insert(Document({"n": 1}, "one"))  # type: ignore[arg-type]  # that is the point
    assert db.get(doc_id=1) is None
    assert db.tables() == set()


def test_looping_while_inserting_comes_to_an_end(db: TinyDB) -> None:
    db.insert_multiple({"n": n} for n in range(3))
    for document in db:
        db.insert({"copy of": document["n"]})
    assert len(db) == 6


def test_looping_passes_through_many_pages_in_order(db: TinyDB) -> None:
    db.insert_multiple({"n": n} for n in range(450))
    db.remove(where("n") == 200)
    db.insert(Document({"n": 200}, 201))
    expected = [n for n in range(450) if n != 200] + [200]
    assert [document["n"] for document in db] == expected


def test_dropping_tables_leaves_the_others(db: TinyDB) -> None:
    for name in ("a", "b", "c"):
        db.table(name).insert({"in": name})
    db.drop_table("b")
    assert db.tables() == {"a", "c"}
    assert db.table("a").all() == [{"in": "a"}]
    assert len(db.table("b")) == 0
    db.drop_tables()
    assert db.tables() == set()
    assert len(db.table("a")) == 0


def test_a_whole_new_state_may_be_written(db: TinyDB) -> None:
    db.table("a").insert({"n": 1})
    db.table("b").insert({"n": 2})
    state = db.storage.read()
    assert state is not None
    db.storage.write({"b": state["b"], "c": {"7": {"n": 3}}, "a": {"9": {"n": 4}}})
    assert db.table("a").get(doc_id=9) == {"n": 4}
    assert len(db.table("a")) == 1
    assert db.table("b").all() == [{"n": 2}]
    assert db.table("c").get(doc_id=7) == {"n": 3}


def test_records_have_ids_that_are_new_text(documents: Documents) -> None:
    table = documents.records("visits")
    first, second = table.insert({"n": 1}), table.insert({"n": 2})
    assert first != second
    form = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
    assert form.fullmatch(str(first))
    table.truncate()
    assert table.insert({"n": 3}) not in {first, second}
    assert isinstance(table.all()[0].doc_id, str)


def test_automatic_ids_without_a_clock_are_refused(rows: Rows) -> None:
    table = Documents(rows).records("visits")
    with pytest.raises(RuntimeError):
        table.insert({"n": 1})
    assert len(table) == 0


def test_ids_sort_by_the_time_they_were_made() -> None:
    early = make_id(AT)
    late = make_id(AT.replace(year=2028))
    assert early < late
    assert int(early.replace("-", "")[:12], 16) == int(AT.timestamp() * 1000)


def test_keeping_a_document_forgets_its_old_fields(documents: Documents) -> None:
    table = documents.records("visits")
    table.keep("one", {"a": 1, "b": 2})
    table.keep("one", {"a": 3})
    assert table.look_up("one") == {"a": 3}
    assert table.look_up("two") is None
    assert table.discard("one")
    assert not table.discard("one")


def test_two_tables_change_together_or_not_at_all(documents: Documents) -> None:
    def keep_both_and_fail() -> None:
        with documents.storage.transaction():
            documents.records("a").keep("one", {})
            documents.records("b").keep("one", {})
            raise LookupError

    with pytest.raises(LookupError):
        keep_both_and_fail()
    assert documents.tables() == set()


def test_an_update_passes_a_damaged_row_by_and_leaves_it(rows: Rows, db: TinyDB) -> None:
    db.insert_multiple({"n": n} for n in range(3))
    with rows.engine.transaction():
        rows.engine.run("UPDATE row SET body = ? WHERE id = ?", (b"damaged", "2"))
    assert db.update({"seen": True}) == [1, 3]
    assert db.remove(where("n") == 2) == [3]
    assert db.all() == [{"n": 0, "seen": True}]
    assert len(db) == 2
    assert [damage.id for damage in rows.damaged] == ["2"]
