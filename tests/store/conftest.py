"""Every kind of store, for the tests that all of them must pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from consult_app.store.interface import Records, Store
from consult_app.store.memory import MemoryStore
from consult_app.store.repositories import open_store

Reopen = Callable[[Store], Store]


def _open_in_memory(_folder: Path) -> Store:
    return MemoryStore()


@pytest.fixture(params=["disk", "memory"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def store(kind: str, tmp_path: Path) -> Iterator[Store]:
    opener = open_store if kind == "disk" else _open_in_memory
    opened = opener(tmp_path / "records")
    yield opened
    opened.close()


@pytest.fixture
def reopen(kind: str, tmp_path: Path) -> Iterator[Reopen]:
    """Close and open again what lives on a disk; memory stays as it is."""
    opened: list[Store] = []

    def close_and_open(store: Store) -> Store:
        if kind == "memory":
            return store
        store.close()
        opened.append(open_store(tmp_path / "records"))
        return opened[-1]

    yield close_and_open
    for store in opened:
        store.close()


@pytest.fixture(params=["drafts", "consultations", "patients"])
def records(request: pytest.FixtureRequest, store: Store) -> Records:
    found: dict[str, Records] = {
        "drafts": store.drafts,
        "consultations": store.consultations,
        "patients": store.patients,
    }
    return found[request.param]
