"""A power cut in the middle of an attachment, a backup or a restore: nothing half done counts.

The states are made up as `power_cuts` tells. In each of them the records open and are whole, every
backup that is listed as sound is, and a restore has happened or has not.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from consult_app.store import keys as keys_module
from consult_app.store.arrivals import Arrival, take_in
from consult_app.store.backup import list_backups, make_backup, verify_backup
from consult_app.store.deciding import confirm_restore, undo_restore
from consult_app.store.faults import UnknownRecordError
from consult_app.store.files import DISK, Disk
from consult_app.store.passphrase import FLOOR, Cost
from consult_app.store.replaced import find_replaced
from consult_app.store.restoring import Telling, restore
from consult_app.store.sweeping import sweep
from consult_app.store.unlocking import SealedStore, unlock_store
from consult_app.store.vault import create_store, renew_store
from tests.store.exploring import Scenario, explore, record
from tests.store.power_cuts import RecordingDisk

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
SECRET = "the first passphrase"  # noqa: S105  # opens nothing but these tests
SHEET = bytes(range(256)) * 12
STATES = 30
MANY_STATES = 5_000


@pytest.fixture(autouse=True)
def quick_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many unlockings: what a guess costs is tried elsewhere."""

    def stretch(passphrase: str, salt: bytes, _cost: Cost) -> bytes:
        return sha256(salt + passphrase.encode()).digest()

    monkeypatch.setattr(keys_module, "stretch", stretch)


def _make_records(folder: Path) -> None:
    (folder / "stick").mkdir()
    create_store(folder / "records", SECRET, at=AT, cost=FLOOR)
    with unlock_store(folder / "records", SECRET) as store:
        store.save_signed({"id": "v1", "sheet": "s1"}, {"id": "p1"}, {"s1": SHEET}, AT)


def _make_backed_up(folder: Path) -> None:
    _make_records(folder)
    with unlock_store(folder / "records", SECRET) as store:
        make_backup(store, folder / "stick", at=AT)
        store.save_signed({"id": "later", "sheet": "s2"}, {"id": "p2"}, {"s2": SHEET[9:]}, AT)


def _make_renewed(folder: Path) -> None:
    """Make records with new keys, which were not unlocked since."""
    _make_backed_up(folder)
    renew_store(folder / "records", SECRET, SECRET, at=AT, cost=FLOOR)


def _make_restored(folder: Path) -> None:
    _make_backed_up(folder)
    _restore(folder, DISK)


def _keep(folder: Path, disk: RecordingDisk) -> None:
    with unlock_store(folder / "records", SECRET, disk=disk) as store:
        store.save_signed({"id": "later", "sheet": "s2"}, {"id": "p2"}, {"s2": SHEET[9:]}, AT)
    disk.settle(folder / "records" / "records-1.sqlite")


def _take_in(folder: Path, disk: RecordingDisk) -> None:
    def arrive(visit: str, key: str, sheet: bytes) -> Arrival:
        document = {"id": visit, "sheet": key}
        return Arrival(table="consultations", id=visit, document=document, attachments={key: sheet})

    with unlock_store(folder / "records", SECRET, disk=disk) as store:
        others = [arrive(f"v{n}", f"other {n}", SHEET[n:]) for n in range(2, 5)]
        take_in(store, [*others, arrive("later", "s2", SHEET[9:])], AT, "elsewhere")
    disk.settle(folder / "records" / "records-1.sqlite")


def _back_up(folder: Path, disk: RecordingDisk) -> None:
    with unlock_store(folder / "records", SECRET) as store:
        make_backup(store, folder / "stick", at=AT + timedelta(hours=1), disk=disk)


def _restore(folder: Path, disk: Disk) -> None:
    (backup,) = list_backups(folder / "stick")
    restore(backup, folder / "records", SECRET, Telling(at=AT), disk=disk)


def _confirm(folder: Path, disk: RecordingDisk) -> None:
    with unlock_store(folder / "records", SECRET, disk=disk) as store:
        confirm_restore(store, at=AT)


def _undo(folder: Path, disk: RecordingDisk) -> None:
    undo_restore(folder / "records", at=AT, disk=disk)


def _has_later(store: SealedStore) -> bool:
    try:
        key = str(store.consultations.get("later")["sheet"])
    except UnknownRecordError:
        return False
    assert store.attachments.get(key) == SHEET[9:]
    return True


def _look(folder: Path) -> bool:
    """Make sure that records are whole, and tell whether they hold what came later."""
    with unlock_store(folder / "records", SECRET) as store:
        sweep(store)
        assert store.verify() == ()
        assert store.attachments.get("s1") == SHEET
        return _has_later(store)


def _judge_kept(folder: Path, *, done: bool) -> None:
    assert _look(folder) or not done


def _judge_backups(folder: Path, *, done: bool) -> None:
    _look(folder)
    found = list_backups(folder / "stick")
    assert found or not done
    with unlock_store(folder / "records", SECRET) as store:
        for backup in found:
            assert backup.is_sound
            assert list(verify_backup(backup, store)) == []
        again = make_backup(store, folder / "stick", at=AT + timedelta(hours=2), thorough=True)
        assert list(verify_backup(again, store)) == []


def _judge_restored(folder: Path, *, done: bool) -> None:
    later = _look(folder)
    assert not (done and later)
    replaced = find_replaced(folder / "records")
    assert (replaced is None) == later
    if replaced:
        undo_restore(folder / "records", at=AT)
        assert _look(folder)


def _judge_confirmed(folder: Path, *, done: bool) -> None:
    assert not _look(folder)
    replaced = find_replaced(folder / "records")
    if replaced:
        undo_restore(folder / "records", at=AT)
        assert _look(folder)
    assert not (done and replaced)
    if done:
        assert len(list((folder / "records").glob("*.sqlite"))) == 1


def _judge_undone(folder: Path, *, done: bool) -> None:
    later = _look(folder)
    assert later or not done
    if later:
        assert [path.name for path in (folder / "records").glob("*.sqlite")] == ["records-1.sqlite"]


SCENARIOS = {
    "keeping an attachment": Scenario(_make_records, _keep, _judge_kept),
    "taking records in": Scenario(_make_records, _take_in, _judge_kept),
    "making a backup": Scenario(_make_records, _back_up, _judge_backups),
    "making another backup": Scenario(_make_backed_up, _back_up, _judge_backups),
    "restoring": Scenario(_make_backed_up, _restore, _judge_restored),
    "restoring over new keys": Scenario(_make_renewed, _restore, _judge_restored),
    "confirming a restore": Scenario(_make_restored, _confirm, _judge_confirmed),
    "undoing a restore": Scenario(_make_restored, _undo, _judge_undone),
}


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_cut_leaves_anything_half_done(name: str, tmp_path: Path) -> None:
    disk = record(SCENARIOS[name], tmp_path / "made")
    assert len(disk.steps) >= 5
    assert list(explore(SCENARIOS[name], disk, tmp_path / "cut", STATES)) == []


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", SCENARIOS)
def test_none_of_many_cuts_leaves_anything_half_done(name: str, tmp_path: Path) -> None:
    disk = record(SCENARIOS[name], tmp_path / "made")
    assert list(explore(SCENARIOS[name], disk, tmp_path / "cut", MANY_STATES)) == []


@pytest.mark.parametrize("forget", ["content", "names"])
@pytest.mark.parametrize(
    "name", ["keeping an attachment", "taking records in", "making a backup", "restoring"]
)
def test_the_explorer_finds_what_was_not_made_durable(
    name: str, forget: str, tmp_path: Path
) -> None:
    disk = record(SCENARIOS[name], tmp_path / "made", forget)
    assert next(explore(SCENARIOS[name], disk, tmp_path / "cut", 300), None) is not None
