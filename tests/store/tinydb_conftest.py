"""Stands in for the conftest of TinyDB's own tests: they get our tables where they ask for stock.

It is copied beside those tests (`test_store_tinydb_suite.py`), which are not part of this program.
`CONSULT_VARIANT` chooses the sealing; `forgetful` is a table that loses every change it is told of.
Tests that write to a storage what is no document are left with the stock one they are about.
"""

from __future__ import annotations

import itertools
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import pytest
import tinydb
import tinydb.table
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import MemoryStorage, Storage

from consult_app.store.engine import open_engine
from consult_app.store.rows import Rows
from consult_app.store.sealing import AesSealer, PlainSealer
from consult_app.store.tables import RowStorage, RowTable

VARIANT = os.environ["CONSULT_VARIANT"]
ABOUT_STOCK = ("test_storages", "test_middlewares")
numbers = itertools.count()
folder = Path(tempfile.mkdtemp(dir=Path(__file__).parent))


class Sealed(RowStorage):
    """A new file for every database, as stock TinyDB has new memory."""

    def __init__(self) -> None:
        sealer = AesSealer("store", bytes(32)) if VARIANT == "sealed" else PlainSealer("store")
        super().__init__(Rows(open_engine(folder / str(next(numbers))), sealer))


class Forgetful(RowTable):
    """Takes every change and keeps none: the tests must notice."""

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, object]]], None]) -> None:
        updater({})


def make_table(storage: Storage, name: str, **options: Any) -> tinydb.table.Table:  # noqa: ANN401  # TinyDB's options
    """Return our table on our storage, and a stock one on a stock storage."""
    if not isinstance(getattr(storage, "storage", storage), RowStorage):
        return tinydb.table.Table(storage, name, **options)
    kind = Forgetful if VARIANT == "forgetful" else RowTable
    return kind(storage, name, **options)


tinydb.TinyDB.table_class = cast("type[tinydb.table.Table]", staticmethod(make_table))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give our storage to every test that is not about a stock one."""
    for item in items:
        module = getattr(item, "module", None)
        if hasattr(module, "MemoryStorage") and item.path.stem not in ABOUT_STOCK:
            vars(module)["MemoryStorage"] = Sealed


def pytest_sessionfinish() -> None:
    """Tell how many databases of ours there were."""
    (Path(__file__).parent / "opened").write_text(str(next(numbers)), encoding="ascii")


@pytest.fixture
def db() -> Iterator[tinydb.TinyDB]:
    """A database with three documents, as the stock fixture makes it."""
    made = tinydb.TinyDB(storage=Sealed)
    made.drop_tables()
    made.insert_multiple({"int": 1, "char": letter} for letter in "abc")
    yield made
    made.close()


@pytest.fixture
def storage() -> CachingMiddleware:
    """As the stock fixture makes it."""
    wrap: Any = CachingMiddleware  # TinyDB leaves it without types
    wrapped: CachingMiddleware = wrap(MemoryStorage)()
    return wrapped
