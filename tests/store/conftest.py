"""Every kind of store, for the tests that all of them must pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from consult_app.store.interface import Records, Store
from consult_app.store.memory import MemoryStore
from consult_app.store.passphrase import FLOOR
from consult_app.store.repositories import open_store
from consult_app.store.sample import open_sample_store
from consult_app.store.unlocking import unlock_store
from consult_app.store.upgrade import CONSULTATION, PATIENT
from consult_app.store.vault import create_store

Reopen = Callable[[Store], Store]

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
PASSPHRASE = "correct horse battery"  # noqa: S105  # opens nothing but these tests


def _open_in_memory(_folder: Path) -> Store:
    return MemoryStore()


def _open_sealed(folder: Path) -> Store:
    if not folder.exists():
        create_store(folder, PASSPHRASE, at=AT, cost=FLOOR)
    return unlock_store(folder, PASSPHRASE)


OPENERS: dict[str, Callable[[Path], Store]] = {
    "plain": open_store,
    "sealed": _open_sealed,
    "sample": open_sample_store,
    "memory": _open_in_memory,
}
FLEETING = {"sample", "memory"}


@pytest.fixture(params=sorted(OPENERS))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def store(kind: str, tmp_path: Path) -> Iterator[Store]:
    opened = OPENERS[kind](tmp_path / "records")
    yield opened
    opened.close()


@pytest.fixture
def reopen(kind: str, tmp_path: Path) -> Iterator[Reopen]:
    """Close and open again what stays on a disk; what does not is left open."""
    opened: list[Store] = []

    def close_and_open(store: Store) -> Store:
        if kind in FLEETING:
            return store
        store.close()
        opened.append(OPENERS[kind](tmp_path / "records"))
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


@pytest.fixture
def newest(request: pytest.FixtureRequest, records: Records) -> int:
    """Return the format in which these records keep a document."""
    store: Store = request.getfixturevalue("store")
    return (PATIENT if records is store.patients else CONSULTATION).newest
