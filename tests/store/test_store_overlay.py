"""Changes laid over a table look like TinyDB's dictionary, and come to the same rows."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from contextlib import closing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinydb import TinyDB

from consult_app.store.engine import open_engine
from consult_app.store.overlay import Overlay, RowsView
from consult_app.store.rows import Rows
from consult_app.store.sealing import PlainSealer
from consult_app.store.tables import RowStorage, RowTable

Table = MutableMapping[Any, dict[str, object]]
Step = tuple[str, int]

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["put", "change", "remove", "pop", "clear", "look", "list"]),
        st.integers(1, 6),
    ),
    max_size=12,
)


class NumberedDocuments(TinyDB):
    """Sealed rows under whole numbers."""

    table_class = RowTable


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TinyDB]:
    with closing(open_engine(tmp_path_factory.mktemp("overlay"))) as engine:
        rows = Rows(engine, PlainSealer("store"))
        yield NumberedDocuments(rows, storage=RowStorage)


def _take(table: Table, step: Step, count: int) -> object:
    verb, row_id = step
    match verb:
        case "put":
            table[row_id] = {"put": count}
        case "change" if row_id in table:
            table[row_id]["changed"] = count
        case "remove" if row_id in table:
            del table[row_id]
        case "pop":
            return table.pop(row_id, None)
        case "clear" if row_id == 1:
            table.clear()
        case "look":
            return table.get(row_id)
        case "list":
            return [(key, dict(value)) for key, value in table.items()], len(table)
        case _:
            return None
    return row_id in table


@given(steps=STEPS)
def test_any_changes_come_to_what_a_dictionary_comes_to(db: TinyDB, steps: list[Step]) -> None:
    db.drop_tables()
    db.insert_multiple({"n": n} for n in range(4))
    plain: dict[Any, dict[str, object]] = {n + 1: {"n": n} for n in range(4)}

    def change(table: Any) -> None:  # noqa: ANN401  # TinyDB calls it a dict of whole numbers
        for count, step in enumerate(steps):
            assert _take(table, step, count) == _take(plain, step, count)

    db.table("_default")._update_table(change)
    assert [(row.doc_id, dict(row)) for row in db] == list(plain.items())


@pytest.mark.parametrize("row_id", [None, "1", "x", 1.5, (1,), object()])
def test_what_is_no_id_of_the_table_is_not_in_it(db: TinyDB, row_id: object) -> None:
    db.drop_tables()
    db.insert({"n": 1})
    storage = db.storage
    assert isinstance(storage, RowStorage)
    overlay = Overlay(RowsView(storage.rows, "_default"), int)
    assert 1 in overlay
    assert 1.0 in overlay
    assert row_id not in overlay
    with pytest.raises(KeyError):
        overlay[row_id]
    with pytest.raises(KeyError):
        del overlay[row_id]
    with pytest.raises(ValueError, match="not an id"):
        overlay[row_id] = {}
