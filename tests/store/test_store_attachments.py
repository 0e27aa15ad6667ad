"""Attachments are encrypted files: whole or told, never in the way of records, never left over."""

from __future__ import annotations

import errno
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn, cast

import pytest

from consult_app.store.attachments import PLACE, TABLE, SealedAttachments, list_files
from consult_app.store.backup import make_backup
from consult_app.store.faults import (
    DamagedRecordError,
    DiskFullError,
    StoreError,
    UnknownRecordError,
)
from consult_app.store.files import RealDisk
from consult_app.store.passphrase import FLOOR
from consult_app.store.sweeping import sweep, sweep_files
from consult_app.store.unlocking import SealedStore, open_keys, open_with_key, unlock_store
from consult_app.store.vault import create_store

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
PASSPHRASE = "correct horse battery"  # noqa: S105  # opens nothing but these tests
PHOTOGRAPH = b"Marker of a photograph " * 60_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of encrypted records."""
    create_store(tmp_path / "records", PASSPHRASE, at=AT, cost=FLOOR)
    return tmp_path / "records"


@pytest.fixture
def store(folder: Path) -> Iterator[SealedStore]:
    """Yield the records, unlocked, with one photograph in a draft."""
    with unlock_store(folder, PASSPHRASE) as opened:
        opened.attachments.put("photo", PHOTOGRAPH)
        opened.drafts.save("d1", {"id": "d1", "photo": "photo"}, AT)
        yield opened


def _files(folder: Path) -> list[Path]:
    return sorted(list_files(folder / PLACE))


def test_nothing_of_it_can_be_read_and_nothing_goes_through_the_temp_folder(
    store: SealedStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("the system's temp folder")

    for name in ("mkstemp", "mkdtemp", "NamedTemporaryFile", "TemporaryFile", "gettempdir"):
        monkeypatch.setattr(tempfile, name, refuse)
    store.attachments.put("other", PHOTOGRAPH)
    assert store.attachments.get("other") == PHOTOGRAPH
    one, two = (path.read_bytes() for path in _files(folder))
    assert b"Marker" not in one + two
    assert one[:64] != two[:64]
    assert "photo" not in "".join(path.name for path in _files(folder))
    assert _files(folder)[0].stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda path: path.unlink(), "missing"),
        (lambda path: path.write_bytes(b""), "not what was written"),
        (lambda path: path.write_bytes(path.read_bytes()[:-1]), "not what was written"),
        (lambda path: path.write_bytes(path.read_bytes()[: 2**20 + 28]), "not what was written"),
        (lambda path: path.write_bytes(path.read_bytes() + b"\0"), "not what was written"),
    ],
)
def test_a_file_that_was_changed_is_named_and_stops_nothing_else(
    store: SealedStore, folder: Path, spoil: Callable[[Path], object], reason: str
) -> None:
    (path,) = _files(folder)
    store.attachments.put("sound", b"sound")
    spoil(path)
    with pytest.raises(DamagedRecordError) as caught:
        store.attachments.get("photo")
    assert "backup" in caught.value.advice
    assert [(found.table, found.id, found.reason) for found in store.verify()] == [
        (PLACE, path.name, reason)
    ]
    assert store.attachments.get("sound") == b"sound"
    assert store.drafts.get("d1")["photo"] == "photo"


def test_files_that_changed_places_are_told(store: SealedStore, folder: Path) -> None:
    store.attachments.put("other", b"x" * len(PHOTOGRAPH))
    one, two = _files(folder)
    data = one.read_bytes()
    shutil.copy(two, one)
    two.write_bytes(data)
    for key in ("photo", "other"):
        with pytest.raises(DamagedRecordError):
            store.attachments.get(key)
    assert len(store.verify()) == 2


def test_a_damaged_one_is_mended_by_putting_it_again(store: SealedStore, folder: Path) -> None:
    (path,) = _files(folder)
    path.write_bytes(b"x")
    store.attachments.put("photo", PHOTOGRAPH)
    assert store.attachments.get("photo") == PHOTOGRAPH
    assert store.verify() == ()


class FullDisk(RealDisk):
    """Takes so many writes and no more."""

    def __init__(self, writes: int) -> None:
        self.left = writes

    def write(self, path: Path, data: bytes, at: int = 0) -> None:
        """Write, or have no space."""
        self.left -= 1
        if self.left < 0:
            raise OSError(28, "no space")
        super().write(path, data, at)


@pytest.mark.parametrize("writes", [0, 1])
def test_a_full_disk_keeps_nothing_of_it_and_says_what_to_do(folder: Path, writes: int) -> None:
    disk = FullDisk(10)
    with unlock_store(folder, PASSPHRASE, disk=disk) as store:
        disk.left = writes
        with pytest.raises(DiskFullError) as caught:
            store.save_signed({"id": "v1"}, {"id": "p1"}, {"photo": PHOTOGRAPH}, AT)
        assert "Free some space" in caught.value.advice
        assert _files(folder) == []
        assert list(store.consultations.list()) == []
        disk.left = 10
        store.save_signed({"id": "v1"}, {"id": "p1"}, {"photo": PHOTOGRAPH}, AT)
        assert store.attachments.get("photo") == PHOTOGRAPH


def test_a_document_that_is_refused_takes_its_files_along(store: SealedStore, folder: Path) -> None:
    store.save_signed({"id": "v1"}, {"id": "p1"}, {}, AT)
    before = _files(folder)
    with pytest.raises(Exception, match="signed"):
        store.save_signed({"id": "v1"}, {"id": "p1"}, {"new": b"new"}, AT)
    assert _files(folder) == before


def test_what_a_crash_left_is_gone_after_the_next_unlocking(
    store: SealedStore, folder: Path
) -> None:
    data_key = open_keys(folder, store.keys, PASSPHRASE)
    crashed = Path(shutil.copytree(folder, folder.with_name("crashed")))
    stray = crashed / PLACE / "ab" / ("ab" * 32)
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"half an attachment")
    (stray.parent / f"{stray.name}.part").write_bytes(b"less")
    with open_with_key(crashed, data_key) as again:
        assert len(_files(crashed)) == 1
        assert again.attachments.get("photo") == PHOTOGRAPH
        assert again.verify() == ()


def test_what_no_document_refers_to_is_swept_but_not_what_just_arrived(
    store: SealedStore, folder: Path
) -> None:
    store.attachments.put("never saved", b"x")
    store.close()
    with unlock_store(folder, PASSPHRASE) as again:
        again.attachments.put("just arrived", b"y")
        assert sweep(again) == 1
        assert sweep(again) == 0
        assert again.attachments.get("photo") == PHOTOGRAPH
        assert again.attachments.get("just arrived") == b"y"
        with pytest.raises(UnknownRecordError):
            again.attachments.get("never saved")
        again.drafts.delete("d1")
        assert again.verify() == ()
    with unlock_store(folder, PASSPHRASE) as again:
        assert sweep(again) == 2
        assert _files(folder) == []
        assert again.rows.ids(TABLE) == []
        assert again.verify() == ()


def test_nothing_is_swept_while_a_document_is_damaged(store: SealedStore, folder: Path) -> None:
    with store.rows.engine.transaction():
        store.rows.engine.run("UPDATE row SET body = x'00' WHERE id = 'd1'")
    store.close()
    with unlock_store(folder, PASSPHRASE) as again:
        assert sweep(again) == 0
        assert again.attachments.get("photo") == PHOTOGRAPH


def test_a_file_on_its_way_is_not_swept(store: SealedStore, folder: Path) -> None:
    attachments = cast("SealedAttachments", store.attachments)
    with attachments.keeping({"arriving": b"z"}):
        assert sweep_files(attachments) == 0
    assert store.attachments.get("arriving") == b"z"
    assert len(_files(folder)) == 2


class WatchingDisk(RealDisk):
    """Notes what is made durable, and how many rows tell of attachments at that moment."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "records-1.sqlite"
        self.files: list[Path] = []
        self.folders: list[Path] = []
        self.told: set[int] = set()

    def sync(self, path: Path) -> None:
        """Make durable, and look."""
        super().sync(path)
        self._look(self.files, path)

    def sync_folder(self, folder: Path) -> None:
        """Make durable, and look."""
        super().sync_folder(folder)
        self._look(self.folders, folder)

    def _look(self, seen: list[Path], path: Path) -> None:
        seen.append(path)
        with closing(sqlite3.connect(self._file)) as connection:
            query = "SELECT count(*) FROM row WHERE in_table = ?"
            self.told.add(connection.execute(query, (TABLE,)).fetchone()[0])


def test_files_kept_together_are_durable_before_their_rows_each_folder_once(folder: Path) -> None:
    disk = WatchingDisk(folder)
    with unlock_store(folder, PASSPHRASE, disk=disk) as store:
        with store.rows.engine.transaction():
            for n in range(400):
                store.attachments.put(f"sheet {n}", b"x")
            assert disk.files == []
            disk.folders.clear()
        assert sorted(disk.files) == _files(folder)
        assert sorted(disk.folders) == sorted({path.parent for path in _files(folder)})
        assert disk.told == {0}, "no row was committed before the file it tells of"
        store.attachments.put("one more", b"y")
        assert (len(disk.files), disk.told) == (401, {0, 400})


def test_a_file_that_cannot_be_made_durable_is_not_told_of(
    store: SealedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_disk: RealDisk, _path: Path) -> NoReturn:
        raise OSError(errno.EIO, "flush")

    with monkeypatch.context() as patched:
        patched.setattr(RealDisk, "sync", fail)
        with pytest.raises(StoreError, match="could not be read or written"):
            store.attachments.put("lost", b"x")
    with pytest.raises(UnknownRecordError):
        store.attachments.get("lost")
    store.attachments.put("lost", b"x")
    assert store.attachments.get("lost") == b"x"
    assert store.verify() == ()


def test_a_thorough_backup_sweeps_first(store: SealedStore, folder: Path, tmp_path: Path) -> None:
    store.drafts.delete("d1")
    store.close()
    (tmp_path / "stick").mkdir()
    with unlock_store(folder, PASSPHRASE) as again:
        made = make_backup(again, tmp_path / "stick", at=AT, thorough=True)
    assert made.counts[PLACE] == 0
