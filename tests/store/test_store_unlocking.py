"""Who has the passphrase or the code gets in, who has neither changes and learns nothing."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from consult_app.errors import ConsultError, InputError
from consult_app.store.faults import DamagedRecordError, DamagedStoreError, StoreInUseError
from consult_app.store.folder import PREVIOUS_NAME, bring_back_keys, load_keys
from consult_app.store.key_faults import (
    AlreadySealedError,
    DamagedKeysError,
    ForeignKeysError,
    LockedStoreError,
    MissingKeysError,
    NotSealedError,
    WrongSecretError,
)
from consult_app.store.keys import read_keys, write_keys
from consult_app.store.passphrase import FLOOR
from consult_app.store.recovery import make_code, write_code
from consult_app.store.repositories import open_store
from consult_app.store.state import KEYS_NAME, State, find_state
from consult_app.store.unlocking import open_with_key, unlock_store
from consult_app.store.vault import create_store

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
FIRST, SECOND = "the first passphrase", "the second passphrase"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Make a closed store with one patient; return its folder and its code."""
    folder = tmp_path_factory.mktemp("made") / "records"
    code = create_store(folder, FIRST, at=AT, cost=FLOOR)
    with unlock_store(folder, FIRST) as store:
        store.patients.save("p1", {"name": "Ana"}, AT)
    return folder, code


@pytest.fixture
def folder(made: tuple[Path, str], tmp_path: Path) -> Path:
    return Path(shutil.copytree(made[0], tmp_path / "records"))


@pytest.fixture
def code(made: tuple[Path, str]) -> str:
    return made[1]


def _read_name(folder: Path, secret: str) -> object:
    with unlock_store(folder, secret) as store:
        assert store.verify() == ()
        return store.patients.get("p1")["name"]


def _look(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


def _refuse(folder: Path, secret: str, kind: type[ConsultError]) -> ConsultError:
    """Try to unlock; return the error, after making sure that it changed and quoted nothing."""
    before = _look(folder)
    with pytest.raises(kind) as caught:
        unlock_store(folder, secret)
    assert _look(folder) == before
    told = f"{caught.value.title} {caught.value.advice} {caught.value.details}"
    assert secret not in told
    return caught.value


def test_passphrase_and_code_both_open_the_records(folder: Path, code: str) -> None:
    assert _read_name(folder, FIRST) == "Ana"
    assert _read_name(folder, code) == "Ana"
    assert _read_name(folder, code.lower().replace("-", " ")) == "Ana"


@pytest.mark.parametrize(
    "secret",
    ["not it at all", FIRST.upper(), FIRST + " ", "x", write_code(make_code())],
    ids=["other words", "capitals", "a space more", "a letter", "another code"],
)
def test_a_wrong_secret_changes_no_byte_and_tells_nothing_more(folder: Path, secret: str) -> None:
    told = _refuse(folder, secret, WrongSecretError)
    other = _refuse(folder, "something else", WrongSecretError)
    assert (told.title, told.advice, told.details) == (other.title, other.advice, other.details)
    assert _read_name(folder, FIRST) == "Ana"


def test_the_same_check_notices_a_byte_that_changes(folder: Path) -> None:
    with pytest.raises(AssertionError):
        _refuse_carelessly(folder)


def _refuse_carelessly(folder: Path) -> None:
    before = _look(folder)
    with unlock_store(folder, FIRST) as store:
        store.settings.set("failed", 1)
    assert _look(folder) == before


def test_an_empty_passphrase_opens_nothing(folder: Path) -> None:
    with pytest.raises(WrongSecretError):
        unlock_store(folder, "")


def test_nothing_readable_is_on_the_disk(folder: Path) -> None:
    with unlock_store(folder, FIRST) as store:
        store.audit.record("record.viewed", ["p1"], AT, reason="Marker")
        visit = {"id": "v1", "patient": {"name": "Marker"}}
        store.save_signed(visit, {"id": "p2", "name": "Marker"}, {"k1": b"Marker of a sheet"}, AT)
        store.settings.set("clinic", "Marker")
        for path in folder.rglob("*"):
            assert path.is_dir() or b"Marker" not in path.read_bytes(), path.name
    for path in folder.rglob("*"):
        assert path.is_dir() or b"Marker" not in path.read_bytes(), path.name


def test_a_changed_passphrase_opens_and_the_old_one_does_not(folder: Path, code: str) -> None:
    records = (folder / "records-1.sqlite").read_bytes()
    before = (folder / KEYS_NAME).read_bytes()
    with unlock_store(folder, FIRST) as store:
        store.change_passphrase(FIRST, SECOND, cost=FLOOR)
    assert (folder / "records-1.sqlite").read_bytes() == records
    assert (folder / PREVIOUS_NAME).read_bytes() == before
    _refuse(folder, FIRST, WrongSecretError)
    assert _read_name(folder, SECOND) == "Ana"
    assert _read_name(folder, code) == "Ana"


def test_the_code_may_stand_in_for_a_forgotten_passphrase(folder: Path, code: str) -> None:
    with unlock_store(folder, code) as store:
        store.change_passphrase(code, SECOND, cost=FLOOR)
    assert _read_name(folder, SECOND) == "Ana"


def test_a_change_asks_for_the_secret_again_and_for_a_good_new_one(folder: Path) -> None:
    keys = (folder / KEYS_NAME).read_bytes()
    with unlock_store(folder, FIRST) as store:
        with pytest.raises(WrongSecretError):
            store.change_passphrase("a guess", SECOND, cost=FLOOR)
        with pytest.raises(InputError):
            store.change_passphrase(FIRST, "short", cost=FLOOR)
        with pytest.raises(WrongSecretError):
            store.renew_code("a guess")
    assert (folder / KEYS_NAME).read_bytes() == keys


def test_a_code_counts_as_seen_once_it_was_typed_back(folder: Path, code: str) -> None:
    with unlock_store(folder, FIRST) as store:
        assert not store.is_code_confirmed
        assert not store.confirm_code(write_code(make_code()))
        with pytest.raises(InputError):
            store.confirm_code("no code")
        assert not store.is_code_confirmed
        assert store.confirm_code(f" {code.lower()}")
    with unlock_store(folder, FIRST) as store:
        assert store.is_code_confirmed


def test_a_new_code_takes_the_place_of_the_old_one(folder: Path, code: str) -> None:
    with unlock_store(folder, FIRST) as store:
        store.confirm_code(code)
        new = store.renew_code(FIRST)
        assert not store.is_code_confirmed
    _refuse(folder, code, WrongSecretError)
    assert _read_name(folder, new) == "Ana"


def test_records_have_one_passphrase(folder: Path, tmp_path: Path) -> None:
    before = _look(folder)
    with pytest.raises(AlreadySealedError):
        create_store(folder, SECOND, at=AT, cost=FLOOR)
    assert _look(folder) == before
    with pytest.raises(InputError):
        create_store(tmp_path / "new", "short", at=AT, cost=FLOOR)
    assert not (tmp_path / "new").exists()


def test_encrypted_records_are_not_opened_without_a_passphrase(folder: Path) -> None:
    before = _look(folder)
    with pytest.raises(LockedStoreError):
        open_store(folder)
    assert _look(folder) == before


@pytest.mark.parametrize("make", ["nothing", "folder", "plain"])
def test_where_nothing_is_encrypted_nothing_is_unlocked(tmp_path: Path, make: str) -> None:
    folder = tmp_path / "other"
    if make != "nothing":
        folder.mkdir()
    if make == "plain":
        open_store(folder).close()
    with pytest.raises(NotSealedError):
        unlock_store(folder, FIRST)
    expected = {"nothing": State.EMPTY, "folder": State.EMPTY, "plain": State.PLAIN}
    assert find_state(folder) is expected[make]


def test_one_program_at_a_time(folder: Path) -> None:
    with unlock_store(folder, FIRST):
        with pytest.raises(StoreInUseError):
            unlock_store(folder, FIRST)
        with pytest.raises(StoreInUseError):
            bring_back_keys(folder)
    assert _read_name(folder, FIRST) == "Ana"


def test_a_lock_is_given_up_after_a_refusal(folder: Path) -> None:
    for _ in range(2):
        _refuse(folder, "wrong one", WrongSecretError)
    with open_with_key(folder, bytes(32)) as store, pytest.raises(DamagedRecordError):
        store.patients.get("p1")
    assert _read_name(folder, FIRST) == "Ana"


def _lose(path: Path) -> None:
    path.unlink()


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    ("harm", "kind"),
    [(_lose, MissingKeysError), (_flip, DamagedKeysError), (_empty, DamagedKeysError)],
)
def test_missing_or_damaged_keys_are_told_and_the_previous_ones_brought_back(
    folder: Path, harm: Callable[[Path], None], kind: type[ConsultError]
) -> None:
    harm(folder / KEYS_NAME)
    told = _refuse(folder, FIRST, kind)
    assert "backup" in told.advice
    assert "before the last change" in told.advice
    bring_back_keys(folder)
    assert _read_name(folder, FIRST) == "Ana"


def test_keys_that_are_lost_altogether_are_told(folder: Path) -> None:
    _lose(folder / PREVIOUS_NAME)
    _flip(folder / KEYS_NAME)
    assert "before the last change" not in _refuse(folder, FIRST, DamagedKeysError).advice
    with pytest.raises(MissingKeysError):
        bring_back_keys(folder)
    _lose(folder / KEYS_NAME)
    assert find_state(folder) is State.SEALED
    _refuse(folder, FIRST, MissingKeysError)
    (folder / PREVIOUS_NAME).write_bytes(b"x")
    with pytest.raises(DamagedKeysError):
        bring_back_keys(folder)
    with pytest.raises(AlreadySealedError):
        create_store(folder, SECOND, at=AT, cost=FLOOR)


def test_sound_keys_are_not_replaced_by_previous_ones(folder: Path) -> None:
    with unlock_store(folder, FIRST) as store:
        store.change_passphrase(FIRST, SECOND, cost=FLOOR)
    bring_back_keys(folder)
    assert _read_name(folder, SECOND) == "Ana"


@pytest.mark.parametrize("secret", [FIRST, SECOND])
def test_keys_of_other_records_are_told_whatever_the_passphrase(
    folder: Path, tmp_path: Path, secret: str
) -> None:
    create_store(tmp_path / "other", SECOND, at=AT, cost=FLOOR)
    shutil.copy(tmp_path / "other" / KEYS_NAME, folder / KEYS_NAME)
    _refuse(folder, secret, ForeignKeysError)


def test_records_of_another_store_beside_the_right_keys_are_told(
    folder: Path, tmp_path: Path
) -> None:
    create_store(tmp_path / "other", FIRST, at=AT, cost=FLOOR)
    unlock_store(tmp_path / "other", FIRST).close()
    shutil.copy(tmp_path / "other" / "records-1.sqlite", folder)
    _refuse(folder, FIRST, ForeignKeysError)


def test_facts_that_damage_emptied_are_told(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "records-1.sqlite")) as connection:
        connection.execute("DROP TABLE fact")
        connection.execute("CREATE TABLE fact (name, value)")
        connection.execute("INSERT INTO fact VALUES (NULL, NULL), ('store_id', NULL)")
        connection.commit()
    _refuse(folder, FIRST, ForeignKeysError)


def test_records_that_are_missing_beside_their_keys_are_not_made_anew(folder: Path) -> None:
    (folder / "records-1.sqlite").unlink()
    _refuse(folder, FIRST, DamagedStoreError)
    assert not (folder / "records-1.sqlite").exists()


@pytest.mark.parametrize("left", [0, 1, 1000])
def test_records_cut_short_are_damaged(folder: Path, left: int) -> None:
    """Of an empty file nothing was offered that brings the last backup back."""
    path = folder / "records-1.sqlite"
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises(DamagedStoreError):
        unlock_store(folder, FIRST)
    assert path.stat().st_size == left


def test_a_file_that_only_claims_the_store_is_not_taken_for_an_empty_one(folder: Path) -> None:
    """Emptied and given the facts of the right one, as a person could."""
    with closing(sqlite3.connect(folder / "records-1.sqlite")) as connection:
        connection.execute("DELETE FROM row")
        connection.execute("DELETE FROM tally")
        connection.execute("DELETE FROM fact WHERE name = 'sealing'")
        connection.commit()
    with pytest.raises(DamagedStoreError):
        unlock_store(folder, FIRST)


def test_a_slot_whose_check_fits_but_whose_key_does_not_is_damaged(folder: Path) -> None:
    keys = load_keys(folder)
    broken = tuple(replace(slot, wrapped=bytes(len(slot.wrapped))) for slot in keys.slots)
    (folder / KEYS_NAME).write_bytes(write_keys(replace(keys, slots=broken)))
    _refuse(folder, FIRST, DamagedKeysError)


def test_keys_tell_nothing_about_patients(folder: Path) -> None:
    keys = read_keys((folder / KEYS_NAME).read_bytes())
    assert keys.file == "records-1.sqlite"
    assert b"Ana" not in (folder / KEYS_NAME).read_bytes()
