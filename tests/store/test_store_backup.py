"""A backup is made beside the work, read back before it counts, and told apart from any other."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from consult_app.store import backup_records
from consult_app.store.backup import list_backups, make_backup, prune_backups, verify_backup
from consult_app.store.backup_faults import (
    BackupDamagedError,
    BackupError,
    BackupMissingError,
    BackupNotVerifiedError,
    BackupPlaceError,
)
from consult_app.store.log_end import LogEnd
from consult_app.store.manifest import MANIFEST_NAME
from consult_app.store.passphrase import FLOOR
from consult_app.store.unlocking import SealedStore, unlock_store
from consult_app.store.vault import create_store
from consult_app.store.watching import StoppedError, Watch

PAGE = 4096
AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
PASSPHRASE = "correct horse battery"  # noqa: S105  # opens nothing but these tests


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Return a folder for backups."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SealedStore]:
    """Yield encrypted records with one visit."""
    create_store(tmp_path / "records", PASSPHRASE, at=AT, cost=FLOOR)
    with unlock_store(tmp_path / "records", PASSPHRASE) as opened:
        opened.save_signed({"id": "v1"}, {"id": "p1", "name": "Marker"}, {"sheet": b"%PDF-"}, AT)
        opened.drafts.save("d1", {"id": "d1"}, AT)
        yield opened


def test_a_backup_is_verified_listed_and_told_to_the_audit(
    store: SealedStore, target: Path
) -> None:
    made = make_backup(store, target, at=AT)
    assert dict(made.counts) == {
        "patients": 1,
        "consultations": 1,
        "drafts": 1,
        "put_away": 0,
        "attachments": 1,
    }
    assert list_backups(target) == [made]
    assert made.is_sound
    assert list(verify_backup(made, store)) == []
    assert store.audit.entries()[0].action == "backup.made"


def test_what_was_put_away_is_not_counted_as_unfinished(store: SealedStore, target: Path) -> None:
    store.drafts.save("d2", {"id": "d2", "state": "put_away"}, AT)
    made = make_backup(store, target, at=AT)
    assert (made.counts["drafts"], made.counts["put_away"]) == (1, 1)
    assert list_backups(target) == [made]


def test_a_copy_that_went_wrong_counts_for_nothing_also_where_the_log_was_damaged(
    store: SealedStore, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That what was saved last is lost is no damage of the file, which the copy could share."""
    copy = backup_records._copy

    def spoil(kept: SealedStore, path: Path, watch: Watch) -> None:
        copy(kept, path, watch)
        data = bytearray(path.read_bytes())
        data[4 * PAGE : 5 * PAGE] = bytes(range(256)) * (PAGE // 256)  # where the rows begin
        path.write_bytes(data)

    monkeypatch.setattr(backup_records, "_copy", spoil)
    store.rows.engine.log_end = LogEnd.DAMAGED
    with pytest.raises(BackupNotVerifiedError):
        make_backup(store, target, at=AT)
    assert list_backups(target) == []


def test_newer_backups_come_first_and_stay_apart(store: SealedStore, target: Path) -> None:
    made = [make_backup(store, target, at=AT + timedelta(hours=n)) for n in range(3)]
    assert list_backups(target, store.keys.store) == made[::-1]
    assert list_backups(target, "0" * 32) == []


def test_work_goes_on_while_a_backup_is_made(store: SealedStore, target: Path) -> None:
    saved: list[int] = []

    def save(done: int, _total: int) -> None:
        store.drafts.save(f"beside {done}", {"n": done}, AT)
        saved.append(done)

    made = make_backup(store, target, at=AT, watch=Watch(progress=save))
    assert saved
    assert made.counts["drafts"] == 1
    assert list(verify_backup(made, store)) == []


def test_a_stopped_backup_leaves_nothing(store: SealedStore, target: Path) -> None:
    with pytest.raises(StoppedError):
        make_backup(store, target, at=AT, watch=Watch(is_stopped=lambda: True))
    assert list_backups(target) == []
    assert [path for path in target.rglob("*") if path.is_file()] == []


def test_a_backup_of_another_moment_is_told(store: SealedStore, target: Path) -> None:
    first = make_backup(store, target, at=AT)
    second = make_backup(store, target, at=AT + timedelta(hours=1))
    shutil.rmtree(second.folder)
    first.folder.rename(second.folder)
    (found,) = list_backups(target)
    assert found.faults == (f"it was made at {AT.isoformat()}",)
    with pytest.raises(BackupDamagedError):
        verify_backup(found, store)


@pytest.mark.parametrize("name", ["records-1.sqlite", "KEYS", MANIFEST_NAME])
def test_a_flipped_bit_is_found(name: str, store: SealedStore, target: Path) -> None:
    made = make_backup(store, target, at=AT)
    path = made.folder / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(data)
    with pytest.raises(BackupDamagedError):
        verify_backup(made, store)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("made_at",), "0001-01-01T00:00:00+14:00"),
        (("made_at",), "9999-12-31T23:59:59-14:00"),
        (("damaged",), float("inf")),
        (("attachment_bytes",), float("inf")),
        (("counts", "patients"), float("inf")),
        (("records", "size"), None),
        (("keys", "size"), "x"),
        (("audit", "n"), float("inf")),
    ],
)
def test_a_manifest_with_values_of_another_sort_hides_no_other_backup(
    place: tuple[str, ...], value: object, store: SealedStore, target: Path
) -> None:
    sound = make_backup(store, target, at=AT)
    path = make_backup(store, target, at=AT + timedelta(hours=1)).folder / MANIFEST_NAME
    content = inner = json.loads(path.read_bytes())
    for name in place[:-1]:
        inner = inner[name]
    inner[place[-1]] = value
    path.write_text(json.dumps(content, indent=1) + "\n")
    damaged, other = list_backups(target)
    assert damaged.faults == (f"{MANIFEST_NAME}: not what was written",)
    assert damaged.size == 0
    assert other == sound


def test_a_folder_nobody_can_look_for_is_told(store: SealedStore, target: Path) -> None:
    impossible = target / ("x" * 5000)
    with pytest.raises(BackupError):
        list_backups(impossible)
    with pytest.raises(BackupError):
        make_backup(store, impossible, at=AT)


def test_backups_lie_elsewhere(store: SealedStore, target: Path) -> None:
    with pytest.raises(BackupPlaceError):
        make_backup(store, store.folder, at=AT)
    with pytest.raises(BackupMissingError) as caught:
        make_backup(store, target / "gone", at=AT)
    assert "Connect the drive" in caught.value.advice


def test_rotation_removes_what_no_period_keeps(store: SealedStore, target: Path) -> None:
    made = [make_backup(store, target, at=AT + timedelta(hours=n)) for n in range(3)]
    gone = prune_backups(target, store.keys.store, UTC)
    assert list(gone) == made[1::-1]
    assert list_backups(target) == made[2:]
    assert not made[0].folder.exists()
