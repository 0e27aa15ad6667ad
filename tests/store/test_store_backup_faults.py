"""Whatever goes wrong with a backup or a restore: the records stay, and somebody is told."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from consult_app.store.attachments import PLACE, list_files
from consult_app.store.backup import (
    list_backups,
    list_unfinished,
    make_backup,
    verify_backup,
)
from consult_app.store.backup_faults import (
    BackupDamagedError,
    BackupError,
    BackupFullError,
    BackupReadOnlyError,
)
from consult_app.store.deciding import describe_interruption
from consult_app.store.faults import DiskFullError, StoreError
from consult_app.store.files import RealDisk
from consult_app.store.folder import note_unfinished
from consult_app.store.interface import Store
from consult_app.store.manifest import MANIFEST_NAME, Backup
from consult_app.store.passphrase import FLOOR
from consult_app.store.restoring import Telling, restore
from consult_app.store.unlocking import SealedStore, open_keys, open_with_key, unlock_store
from consult_app.store.vault import create_store
from consult_app.store.verifying import find_without_manifest

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
LATER = AT + timedelta(hours=4)
PASSPHRASE = "correct horse battery"  # noqa: S105  # opens nothing but these tests
SHEET = bytes(range(256)) * 200
TELLING = Telling(at=LATER)
FLIPS = 30


class FailingDisk(RealDisk):
    """Fails at one of its steps, in one part of the disk."""

    def __init__(self, fail_at: int, below: Path, error: int) -> None:
        self.left = fail_at
        self._below = below
        self._error = error

    def _step(self, path: Path) -> None:
        if self._below in path.parents:
            self.left -= 1
            if self.left < 0:
                raise OSError(self._error, os.strerror(self._error))

    def write(self, path: Path, data: bytes, at: int = 0) -> None:
        """Write, or fail."""
        self._step(path)
        super().write(path, data, at)

    def sync(self, path: Path) -> None:
        """Make durable, or fail."""
        self._step(path)
        super().sync(path)

    def rename(self, old: Path, new: Path) -> None:
        """Rename, or fail."""
        self._step(new)
        super().rename(old, new)

    def make_folder(self, folder: Path) -> None:
        """Make a folder, or fail."""
        self._step(folder)
        super().make_folder(folder)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """Make records and a backup of them, and return where they lie and their data key."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "stick").mkdir()
    create_store(folder / "records", PASSPHRASE, at=AT, cost=FLOOR)
    with unlock_store(folder / "records", PASSPHRASE) as store:
        for n in range(6):
            document = {"id": f"v{n}", "sheet": f"s{n}", "text": f"{n}" * 900}
            patient = {"id": f"p{n}", "name": f"Patient {n}"}
            store.save_signed(document, patient, {f"s{n}": SHEET + bytes([n])}, AT)
        make_backup(store, folder / "stick", at=AT)
        store.save_signed({"id": "later", "sheet": "s9"}, {"id": "p9"}, {"s9": SHEET}, AT)
        data_key = open_keys(folder / "records", store.keys, PASSPHRASE)
    return folder, data_key


@pytest.fixture
def folder(made: tuple[Path, bytes], tmp_path: Path) -> Path:
    """Return a folder with records and a backup, free to be spoiled."""
    return Path(shutil.copytree(made[0], tmp_path / "copy"))


@pytest.fixture
def store(folder: Path, made: tuple[Path, bytes]) -> Iterator[SealedStore]:
    """Yield the records, unlocked."""
    with open_with_key(folder / "records", made[1]) as opened:
        yield opened


def _backup(folder: Path) -> Backup:
    return list_backups(folder / "stick")[-1]


def _read_all(store: Store) -> dict[str, object]:
    """Return what can be asked of records, and leave out what cannot be read."""
    asked: dict[str, Callable[[str], object]] = {
        "v": store.consultations.get,
        "p": store.patients.get,
        "s": store.attachments.get,
    }
    found: dict[str, object] = {}
    for letter, ask in asked.items():
        for name in (f"{letter}{n}" for n in range(6)):
            try:
                found[name] = ask(name)
            except StoreError:
                continue
    return found


@pytest.mark.parametrize("fail_at", range(0, 12, 2))
def test_a_full_backup_disk_leaves_the_earlier_backups_and_says_so(
    folder: Path, store: SealedStore, fail_at: int
) -> None:
    stick = folder / "stick"
    with pytest.raises(BackupFullError) as caught:
        make_backup(store, stick, at=LATER, disk=FailingDisk(fail_at, stick, 28))
    assert "no backup was made" in caught.value.title
    assert "Free some space" in caught.value.advice
    assert "as they were" in caught.value.advice
    (left,) = list_backups(stick)
    assert list(verify_backup(left, store)) == []
    assert store.verify() == ()
    again = make_backup(store, stick, at=LATER)
    assert list(verify_backup(again, store)) == []


@pytest.mark.parametrize(
    ("error", "kind", "word"),
    [
        (13, BackupReadOnlyError, "Allow this user"),
        (30, BackupReadOnlyError, "Allow this user"),
        (5, BackupError, "Check the drive"),
    ],
)
def test_a_backup_folder_that_cannot_be_written_says_what_to_do(
    folder: Path, store: SealedStore, error: int, kind: type[BackupError], word: str
) -> None:
    stick = folder / "stick"
    with pytest.raises(kind) as caught:
        make_backup(store, stick, at=LATER, disk=FailingDisk(3, stick, error))
    assert word in caught.value.advice
    assert len(list_backups(stick)) == 1


@pytest.mark.parametrize("fail_at", [0, 3, 6, 10])
def test_what_can_still_be_restored_stays_until_a_new_backup_counts(
    folder: Path, store: SealedStore, fail_at: int
) -> None:
    stick = folder / "stick"
    whole = _backup(folder)
    (whole.folder / MANIFEST_NAME).unlink()
    with pytest.raises(BackupFullError):
        make_backup(store, stick, at=LATER, disk=FailingDisk(fail_at, stick, 28))
    lost = find_without_manifest(whole.folder)
    restore(lost, folder / "new", PASSPHRASE, replace(TELLING, accepts_damage=True))
    with unlock_store(folder / "new", PASSPHRASE) as restored:
        assert len(_read_all(restored)) == 18
    again = make_backup(store, stick, at=LATER)
    assert list_unfinished(stick) == []
    assert list(verify_backup(again, store)) == []


def test_what_nothing_can_be_restored_from_makes_room_first(
    folder: Path, store: SealedStore
) -> None:
    stick = folder / "stick"
    begun = _backup(folder).folder.with_name("2027-09-06T10-00-00Z")
    begun.mkdir()
    (begun / "records-1.sqlite").write_bytes(b"as far as it came")
    with pytest.raises(BackupFullError):
        make_backup(store, stick, at=LATER, disk=FailingDisk(0, stick, 28))
    assert not begun.exists()


def test_what_cannot_be_removed_is_no_reason_for_a_backup_to_fail(
    folder: Path, store: SealedStore
) -> None:
    stick = folder / "stick"
    for name, lasting in (("2027-09-06T10-00-00Z", False), ("2027-09-06T11-00-00Z", True)):
        left = _backup(folder).folder.with_name(name)
        (left / "another folder").mkdir(parents=True)
        if lasting:
            (left / "KEYS").write_bytes(b"")
    made = make_backup(store, stick, at=LATER)
    assert list(verify_backup(made, store)) == []


@pytest.mark.parametrize("fail_at", range(0, 16, 3))
def test_a_restore_that_fails_leaves_the_records_as_they_were(
    folder: Path, made: tuple[Path, bytes], fail_at: int
) -> None:
    records = folder / "records"
    shutil.rmtree(records / PLACE)  # so that attachments have to be written too
    with pytest.raises(DiskFullError) as caught:
        restore(
            _backup(folder), records, PASSPHRASE, TELLING, disk=FailingDisk(fail_at, records, 28)
        )
    assert "Free some space" in caught.value.advice
    with open_with_key(records, made[1]) as store:
        assert store.consultations.get("later")["id"] == "later"
    restore(_backup(folder), records, PASSPHRASE, TELLING)
    with open_with_key(records, made[1]) as store:
        assert len(_read_all(store)) == 18
        assert store.verify() == ()


def test_an_interrupted_restore_has_a_sentence(folder: Path, made: tuple[Path, bytes]) -> None:
    records = folder / "records"
    note_unfinished(records, "records-2.sqlite")
    (records / "records-2.sqlite").write_bytes(b"half of it")
    with open_with_key(records, made[1]) as store:
        told = describe_interruption(store)
        assert told is not None
        assert "interrupted" in told.title
        assert "of before" in told.advice
        assert "again" in told.advice
        assert store.verify() == ()
    assert not (records / "records-2.sqlite").exists()
    with open_with_key(records, made[1]) as store:
        assert describe_interruption(store) is None


def test_restored_records_equal_the_original_row_by_row(
    folder: Path, made: tuple[Path, bytes]
) -> None:
    with open_with_key(folder / "records", made[1]) as store:
        make_backup(store, folder / "stick", at=LATER)
        original = _list_rows(store)
    newest = list_backups(folder / "stick")[0]
    restore(newest, folder / "new", PASSPHRASE, TELLING)
    with open_with_key(folder / "new", made[1]) as store:
        restored = _list_rows(store)
        assert [entry.action for entry in store.audit.entries(1)] == ["store.restored"]
    assert restored == original
    assert len(original) > 30


def _list_rows(store: SealedStore) -> dict[tuple[str, str], object]:
    """Return every row, opened, and every attachment."""
    rows: dict[tuple[str, str], object] = {
        (table, row.id): row.data
        for table in store.rows.all_names()
        for row in store.rows.scan(table)
    }
    for n in (0, 1, 2, 3, 4, 5, 9):
        rows["attachment", f"s{n}"] = store.attachments.get(f"s{n}")
    return rows


def test_flipped_bits_in_a_backup_are_told_and_restore_no_wrong_value(
    folder: Path, made: tuple[Path, bytes], tmp_path: Path
) -> None:
    with open_with_key(folder / "records", made[1]) as store:
        expected = _read_all(store)
    chance = random.Random(20270906)  # noqa: S311  # repeatable on purpose
    told = sum(_try_flip(folder, made[1], chance, tmp_path, expected) for _ in range(FLIPS))
    assert told == FLIPS


def _try_flip(
    folder: Path, key: bytes, chance: random.Random, place: Path, expected: dict[str, object]
) -> bool:
    """Flip a bit anywhere in a backup; tell whether it was told, and no wrong value came of it."""
    stick = Path(shutil.copytree(folder / "stick", place / "stick"))
    paths = [path for path in sorted(stick.rglob("*")) if path.is_file()]
    path = chance.choice(paths)
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)
    backup = list_backups(stick)[0]
    try:
        with open_with_key(folder / "records", key) as store:
            told = bool(verify_backup(backup, store))
    except BackupError:
        told = True
    lenient = Telling(at=LATER, accepts_damage=True)
    try:
        restore(backup, place / "restored", PASSPHRASE, lenient)
        with open_with_key(place / "restored", key) as store:
            found = _read_all(store)
            assert found == {name: expected[name] for name in found}
            assert len(found) == len(expected) or store.verify()
    except StoreError:
        assert told
    shutil.rmtree(stick)
    shutil.rmtree(place / "restored", ignore_errors=True)
    return told


def test_the_flips_would_be_missed_where_nothing_is_compared(
    folder: Path, store: SealedStore
) -> None:
    """A look at names and sizes alone, as a list gives it, finds none of them."""
    path = next(iter(list_files(_backup(folder).folder.parent / PLACE)))
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)
    assert _backup(folder).is_sound
    assert len(verify_backup(_backup(folder), store)) == 1


def test_a_damaged_attachment_keeps_a_restore_from_going_on_unasked(folder: Path) -> None:
    backup = _backup(folder)
    shutil.rmtree(folder / "records")
    next(iter(list_files(backup.folder.parent / PLACE))).unlink()
    with pytest.raises(BackupDamagedError) as caught:
        restore(backup, folder / "records", PASSPHRASE, TELLING)
    assert "what can be read" in caught.value.advice
    assert len(caught.value.details) == 1
    done = restore(backup, folder / "records", PASSPHRASE, Telling(at=LATER, accepts_damage=True))
    assert [found.reason for found in done.damages] == ["missing"]
    with unlock_store(folder / "records", PASSPHRASE) as store:
        assert len(_read_all(store)) == 17


def test_damage_in_the_records_is_told_by_their_backup_and_brings_no_sound_one_down(
    folder: Path, store: SealedStore
) -> None:
    one, two = sorted(list_files(folder / "records" / PLACE))[:2]
    one.write_bytes(b"spoilt")
    made = make_backup(store, folder / "stick", at=LATER, thorough=True)
    spoilt_before = one.name in {
        path.name for path in list_files(_backup(folder).folder.parent / PLACE)
    }
    # The earlier backup brought a sound copy of it, unless it is the one that came later.
    assert made.damaged == (0 if spoilt_before else 1)
    assert two.exists()
    with store.rows.engine.transaction():
        store.rows.engine.run("UPDATE row SET body = x'00' WHERE id = 'v1'")
    worse = make_backup(store, folder / "stick", at=LATER + timedelta(hours=1))
    assert worse.damaged >= 2
    assert worse.is_sound


def test_a_stale_file_of_records_in_a_newer_backup_is_told(
    folder: Path, store: SealedStore
) -> None:
    newer = make_backup(store, folder / "stick", at=LATER)
    older = _backup(folder)
    shutil.copy(older.folder / older.file, newer.folder / newer.file)
    with pytest.raises(BackupDamagedError):
        verify_backup(newer, store)
    shutil.copy(older.folder / "MANIFEST", newer.folder / "MANIFEST")
    (found, _) = list_backups(folder / "stick")
    assert found.faults
