"""A power cut at any moment leaves the old state or the new one, of all that SQLite does not keep.

The steps taken on files are recorded. Then states are made up that a disk may be in after a cut
between any two of them: every 512-byte sector and every name that was not made durable survives
or vanishes by itself. In each of them the records have to open.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from consult_app.store import folder as folder_module
from consult_app.store import keys as keys_module
from consult_app.store.files import Disk
from consult_app.store.folder import bring_back_keys
from consult_app.store.interface import Store
from consult_app.store.key_faults import DamagedKeysError, MissingKeysError, WrongSecretError
from consult_app.store.passphrase import FLOOR, Cost
from consult_app.store.repositories import open_store
from consult_app.store.state import FILE_NAME, KEYS_NAME, State, find_state
from consult_app.store.unlocking import unlock_store
from consult_app.store.vault import create_store, renew_store
from tests.store.exploring import Scenario, explore, record

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
SAVED = Path(__file__).parents[1] / "saved" / "store-layout-1" / FILE_NAME
FIRST, SECOND = "the first passphrase", "the second passphrase"
STATES = 200
MANY_STATES = 5_000


@pytest.fixture(autouse=True)
def quick_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of unlockings: what a guess costs is tried elsewhere."""

    def stretch(passphrase: str, salt: bytes, _cost: Cost) -> bytes:
        return sha256(salt + passphrase.encode()).digest()

    monkeypatch.setattr(keys_module, "stretch", stretch)


def _opens(folder: Path, secret: str) -> bool:
    """Tell whether a secret opens the records, and make sure that they are whole."""
    try:
        with unlock_store(folder, secret) as store:
            _check(store)
    except WrongSecretError:
        return False
    return True


def _check(store: Store) -> None:
    assert dict(store.consultations.get("v1"))["serial"] == 10**30 + 1
    sheet = dict(store.consultations.get("v1")["handout"])  # type: ignore[call-overload]  # JSON
    assert b"sheet 1" in store.attachments.get(sheet["attachment"])
    assert len(store.drafts.list()) == 5


def _make_plain(folder: Path) -> None:
    shutil.copy(SAVED, folder)


def _make_locked(folder: Path) -> None:
    _make_plain(folder)
    create_store(folder, FIRST, at=AT, cost=FLOOR)


def _make_sealed(folder: Path) -> None:
    _make_locked(folder)
    unlock_store(folder, FIRST).close()


def _make_without_keys(folder: Path) -> None:
    _make_sealed(folder)
    (folder / KEYS_NAME).write_bytes(b"damaged")


def _create(folder: Path, disk: Disk) -> None:
    create_store(folder, FIRST, at=AT, cost=FLOOR, disk=disk)


def _unlock(folder: Path, disk: Disk) -> None:
    unlock_store(folder, FIRST, disk=disk).close()


def _change(folder: Path, disk: Disk) -> None:
    with unlock_store(folder, FIRST, disk=disk) as store:
        store.change_passphrase(FIRST, SECOND, cost=FLOOR)


def _renew(folder: Path, disk: Disk) -> None:
    renew_store(folder, FIRST, SECOND, at=AT, cost=FLOOR, disk=disk)


def _judge_creation(folder: Path, *, done: bool) -> None:
    if find_state(folder) is State.EMPTY:
        assert not done
        create_store(folder, FIRST, at=AT, cost=FLOOR)
    unlock_store(folder, FIRST).close()


def _judge_encryption(folder: Path, *, done: bool) -> None:
    if find_state(folder) is State.PLAIN:
        assert not done
        with open_store(folder) as store:
            _check(store)
    else:
        assert _opens(folder, FIRST)


def _judge_tidying(folder: Path, *, done: bool) -> None:
    if done:
        assert _find_words(folder) == []
    assert _opens(folder, FIRST)
    assert _find_words(folder) == []


def _find_words(folder: Path) -> list[str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path.name for path in files if b"Marker" in path.read_bytes()]


def _judge_change(folder: Path, *, done: bool) -> None:
    assert _opens(folder, SECOND) or (not done and _opens(folder, FIRST))


def _judge_rescue(folder: Path, *, done: bool) -> None:
    try:
        assert _opens(folder, FIRST)
    except (DamagedKeysError, MissingKeysError):
        assert not done
        bring_back_keys(folder)
        assert _opens(folder, FIRST)


SCENARIOS = {
    "making a store": Scenario(lambda _: None, _create, _judge_creation),
    "encrypting plain records": Scenario(_make_plain, _create, _judge_encryption),
    "unlocking for the first time": Scenario(_make_locked, _unlock, _judge_tidying),
    "changing the passphrase": Scenario(_make_sealed, _change, _judge_change),
    "renewing all keys": Scenario(_make_sealed, _renew, _judge_change),
    "bringing back keys": Scenario(_make_without_keys, bring_back_keys, _judge_rescue),
}


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_cut_leaves_records_that_do_not_open(name: str, tmp_path: Path) -> None:
    disk = record(SCENARIOS[name], tmp_path / "made")
    assert len(disk.steps) >= 5
    assert list(explore(SCENARIOS[name], disk, tmp_path / "cut", STATES)) == []


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", SCENARIOS)
def test_none_of_many_cuts_leaves_records_that_do_not_open(name: str, tmp_path: Path) -> None:
    disk = record(SCENARIOS[name], tmp_path / "made")
    assert list(explore(SCENARIOS[name], disk, tmp_path / "cut", MANY_STATES)) == []


@pytest.mark.parametrize("forget", ["content", "names"])
@pytest.mark.parametrize("name", ["making a store", "changing the passphrase", "renewing all keys"])
def test_the_explorer_finds_what_was_not_made_durable(
    name: str, forget: str, tmp_path: Path
) -> None:
    disk = record(SCENARIOS[name], tmp_path / "made", forget)
    found = explore(SCENARIOS[name], disk, tmp_path / "cut", STATES)
    assert next(found, None) is not None


def test_the_explorer_finds_a_file_written_over_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_over(path: Path, data: bytes, disk: Disk) -> None:
        disk.write(path, data)
        disk.sync(path)
        disk.sync_folder(path.parent)

    def change(folder: Path, disk: Disk) -> None:
        with monkeypatch.context() as patched:
            patched.setattr(folder_module, "replace_file", write_over)
            _change(folder, disk)

    scenario = replace(SCENARIOS["changing the passphrase"], act=change)
    disk = record(scenario, tmp_path / "made")
    assert next(explore(scenario, disk, tmp_path / "cut", STATES), None) is not None
