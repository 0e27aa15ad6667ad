"""Killed at any moment of a backup or a restore: what was told holds, nothing half done counts."""

from __future__ import annotations

import os
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from consult_app.store.backup import list_backups, make_backup, verify_backup
from consult_app.store.deciding import undo_restore
from consult_app.store.log_end import LogEnd
from consult_app.store.passphrase import FLOOR
from consult_app.store.replaced import find_replaced
from consult_app.store.unlocking import SealedStore, unlock_store
from consult_app.store.vault import create_store
from tests.store.killing import run_and_kill

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
PASSPHRASE = "passphrase number 0"  # noqa: S105  # opens nothing but these tests
SCRIPT = str(Path(__file__).with_name("backing_up_for_ever.py"))
KILLS = 6
MANY_KILLS, STORES = 50, 5

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with records and a place for backups."""
    (tmp_path / "stick").mkdir()
    create_store(tmp_path / "records", PASSPHRASE, at=AT, cost=FLOOR)
    with unlock_store(tmp_path / "records", PASSPHRASE) as store:
        store.save_signed({"id": "v1"}, {"id": "p1"}, {"s1": b"sheet " * 9_000}, AT)
    return tmp_path


def _run_and_kill(way: str, folder: Path, number: int, wait: float) -> list[str]:
    places = [str(folder / "records"), str(folder / "stick")]
    return run_and_kill([SCRIPT, way, *places, str(number)], wait)


def _check(store: SealedStore) -> None:
    assert store.rows.engine.log_end is not LogEnd.GONE
    assert store.verify() == ()
    assert store.attachments.get("s1") == b"sheet " * 9_000


def _kill_backups(folder: Path, kills: int, seed: int = 0) -> int:
    moments = random.Random(20270906 + seed)  # noqa: S311  # repeatable on purpose
    counted: set[int] = set()
    for kill in range(kills):
        told = _run_and_kill("backup", folder, kill * 1_000, moments.uniform(0, 0.6))
        saved = max(int(line.split()[1]) for line in told)
        counted |= {int(line.split()[1]) for line in told if line.startswith("backed-up")}
        with unlock_store(folder / "records", PASSPHRASE) as store:
            _check(store)
            draft = store.drafts.get("d")
            assert draft["number"] in {saved, saved + 1}
            assert b"photograph" in store.attachments.get(str(draft["photo"]))
            found = list_backups(folder / "stick")
            assert {AT + timedelta(seconds=number) for number in counted} <= {
                backup.at for backup in found
            }
            for backup in found[:2]:
                assert backup.is_sound
                assert list(verify_backup(backup, store)) == []
    return len(counted)


def _kill_restores(folder: Path, kills: int, seed: int = 0) -> int:
    with unlock_store(folder / "records", PASSPHRASE) as store:
        make_backup(store, folder / "stick", at=AT)
    moments = random.Random(20270906 + seed)  # noqa: S311  # repeatable on purpose
    interrupted = 0
    for kill in range(kills):
        told = _run_and_kill("restore", folder, kill, moments.uniform(0, 0.6))
        interrupted += told[-1].startswith(("begins", "restored"))
        if find_replaced(folder / "records"):
            undo_restore(folder / "records", at=AT)
        with unlock_store(folder / "records", PASSPHRASE) as store:
            _check(store)
            assert store.consultations.get("v1")["id"] == "v1"
        assert len(list((folder / "records").glob("records-*.sqlite"))) == 1
    return interrupted


@pytest.mark.timeout(240)
def test_a_kill_in_the_middle_of_backups_loses_none_that_was_told(folder: Path) -> None:
    assert _kill_backups(folder, KILLS) >= 1


@pytest.mark.timeout(240)
def test_a_kill_in_the_middle_of_restores_leaves_whole_records(folder: Path) -> None:
    assert _kill_restores(folder, KILLS) >= 1


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(STORES))
def test_none_of_many_kills_loses_a_backup(folder: Path, seed: int) -> None:
    assert _kill_backups(folder, MANY_KILLS, seed) >= MANY_KILLS / 10


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(STORES))
def test_none_of_many_kills_in_restores_leaves_torn_records(folder: Path, seed: int) -> None:
    assert _kill_restores(folder, MANY_KILLS, seed) >= MANY_KILLS / 10


def test_a_backup_that_is_told_before_it_counts_is_found_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault that the kills must be able to find: MANIFEST is never written."""
    monkeypatch.setattr("consult_app.store.backup.replace_file", _forget_manifest)
    with unlock_store(folder / "records", PASSPHRASE) as store:
        made = make_backup(store, folder / "stick", at=AT)
        assert made.at not in {backup.at for backup in list_backups(folder / "stick")}


def _forget_manifest(path: Path, data: bytes, _disk: object) -> None:
    if path.name != "MANIFEST":
        path.write_bytes(data)
