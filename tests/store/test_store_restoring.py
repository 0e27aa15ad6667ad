"""A restore counts whole or not at all, and can be taken back until it is confirmed."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from consult_app.store.backup import list_backups, make_backup
from consult_app.store.backup_faults import BackupForeignError
from consult_app.store.deciding import (
    NothingReplacedError,
    UnconfirmedRestoreError,
    confirm_restore,
    undo_restore,
)
from consult_app.store.entry import Actor
from consult_app.store.faults import StoreInUseError, UnknownRecordError
from consult_app.store.folder import SCRATCH_NAME
from consult_app.store.key_faults import WrongSecretError
from consult_app.store.manifest import Backup
from consult_app.store.passphrase import FLOOR
from consult_app.store.replaced import find_replaced
from consult_app.store.restoring import Telling, drill_restore, restore
from consult_app.store.state import State, find_state
from consult_app.store.unlocking import unlock_store
from consult_app.store.vault import create_store, renew_store
from consult_app.store.watching import StoppedError, Watch

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
PASSPHRASE = "correct horse battery"  # noqa: S105  # opens nothing but these tests
TELLING = Telling(at=AT, actor=Actor(who="owner"), reason="stick test")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of encrypted records, backed up and then changed."""
    (tmp_path / "stick").mkdir()
    create_store(tmp_path / "records", PASSPHRASE, at=AT, cost=FLOOR)
    with unlock_store(tmp_path / "records", PASSPHRASE) as store:
        store.save_signed({"id": "v1"}, {"id": "p1", "name": "Marker"}, {"sheet": b"%PDF-"}, AT)
        make_backup(store, tmp_path / "stick", at=AT)
        store.drafts.save("later", {"id": "later"}, AT)
        store.audit.record("viewed", ("v1",), AT)
    return tmp_path / "records"


@pytest.fixture
def backup(folder: Path) -> Backup:
    """Return its backup."""
    return list_backups(folder.parent / "stick")[0]


def _read_files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_restored_records_are_those_of_the_backup(folder: Path, backup: Backup) -> None:
    done = restore(backup, folder, PASSPHRASE, TELLING)
    assert (done.at, done.replaced, done.missing_entries) == (AT, True, 2)
    with unlock_store(folder, PASSPHRASE) as store:
        assert store.verify() == ()
        assert store.patients.get("p1")["name"] == "Marker"
        assert store.attachments.get("sheet") == b"%PDF-"
        with pytest.raises(UnknownRecordError):
            store.drafts.get("later")
        entry = store.audit.entries()[0]
        assert (entry.action, entry.who, entry.reason) == ("store.restored", "owner", "stick test")


def test_what_a_crash_left_in_the_log_is_not_overlooked(folder: Path, backup: Backup) -> None:
    with unlock_store(folder, PASSPHRASE) as store:
        store.audit.record("viewed", ("v1",), AT)
        crashed = Path(shutil.copytree(folder, folder.with_name("crashed")))
    assert (crashed / "records-1.sqlite-wal").exists()
    assert restore(backup, crashed, PASSPHRASE, TELLING).missing_entries == 3


@pytest.mark.parametrize(("new", "missing"), [(PASSPHRASE, 3), ("another passphrase", None)])
def test_records_with_new_keys_are_read_if_the_secret_opens_them(
    folder: Path, backup: Backup, new: str, missing: int | None
) -> None:
    renew_store(folder, PASSPHRASE, new, at=AT, cost=FLOOR)
    done = restore(backup, folder, PASSPHRASE, TELLING)
    assert (done.replaced, done.missing_entries) == (True, missing)
    undo_restore(folder, at=AT)
    with unlock_store(folder, new) as store:
        assert store.drafts.get("later")["id"] == "later"
        assert store.attachments.get("sheet") == b"%PDF-"


def test_a_restore_can_be_taken_back_until_confirmed(folder: Path, backup: Backup) -> None:
    restore(backup, folder, PASSPHRASE, TELLING)
    with pytest.raises(UnconfirmedRestoreError):
        restore(backup, folder, PASSPHRASE, TELLING)
    undo_restore(folder, at=AT)
    with unlock_store(folder, PASSPHRASE) as store:
        assert store.drafts.get("later")["id"] == "later"
        assert store.verify() == ()
    with pytest.raises(NothingReplacedError):
        undo_restore(folder, at=AT)
    assert sorted(path.name for path in folder.glob("*.sqlite")) == ["records-1.sqlite"]


def test_a_confirmed_restore_leaves_nothing_of_what_it_replaced(
    folder: Path, backup: Backup
) -> None:
    restore(backup, folder, PASSPHRASE, TELLING)
    with unlock_store(folder, PASSPHRASE) as store:
        assert find_replaced(folder)
        confirm_restore(store, at=AT)
        confirm_restore(store, at=AT)
        assert not find_replaced(folder)
        assert store.audit.entries()[0].action == "restore.confirmed"
    assert sorted(path.name for path in folder.glob("*.sqlite")) == ["records-2.sqlite"]


def test_a_new_computer_needs_only_the_backup(folder: Path, backup: Backup) -> None:
    new = folder.parent / "new"
    done = restore(backup, new, PASSPHRASE, TELLING)
    assert (done.replaced, done.missing_entries) == (False, None)
    with unlock_store(new, PASSPHRASE) as store:
        assert store.verify() == ()
        assert find_replaced(new) is None


def test_a_changed_passphrase_stays_and_either_one_will_do(folder: Path, backup: Backup) -> None:
    with unlock_store(folder, PASSPHRASE) as store:
        store.change_passphrase(PASSPHRASE, "a new passphrase", cost=FLOOR)
    restore(backup, folder, PASSPHRASE, TELLING)
    with pytest.raises(WrongSecretError):
        unlock_store(folder, PASSPHRASE)
    unlock_store(folder, "a new passphrase").close()


def test_a_wrong_passphrase_changes_nothing(folder: Path, backup: Backup) -> None:
    before = _read_files(folder)
    with pytest.raises(WrongSecretError):
        restore(backup, folder, "not the passphrase", TELLING)
    assert _read_files(folder) == before


def test_a_stopped_restore_changes_nothing(folder: Path, backup: Backup) -> None:
    with pytest.raises(StoppedError):
        restore(backup, folder, PASSPHRASE, TELLING, watch=Watch(is_stopped=lambda: True))
    with unlock_store(folder, PASSPHRASE) as store:
        assert store.drafts.get("later")["id"] == "later"


def test_open_records_are_not_restored_over(folder: Path, backup: Backup) -> None:
    with unlock_store(folder, PASSPHRASE), pytest.raises(StoreInUseError):
        restore(backup, folder, PASSPHRASE, TELLING)


def test_a_backup_of_other_records_is_told(folder: Path, backup: Backup) -> None:
    other = folder.parent / "other"
    create_store(other, PASSPHRASE, at=AT, cost=FLOOR)
    with pytest.raises(BackupForeignError):
        restore(backup, other, PASSPHRASE, TELLING)


def test_a_drill_changes_nothing_and_leaves_nothing(folder: Path, backup: Backup) -> None:
    with unlock_store(folder, PASSPHRASE) as store:
        drill_restore(backup, store, at=AT)
        assert store.audit.entries()[0].action == "restore.tried"
        assert store.drafts.get("later")["id"] == "later"
    assert not (folder / SCRATCH_NAME).exists()
    assert find_state(folder) is State.SEALED
