"""Files outside SQLite are replaced whole, for this user alone, and wiped before they go."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from consult_app.store.files import RealDisk, make_folder, remove_file, replace_file, wipe_file


class CountingDisk(RealDisk):
    """Remembers what was done, and how large each file was when it went."""

    def __init__(self) -> None:
        self.did: list[str] = []
        self.written = 0

    def write(self, path: Path, data: bytes, at: int = 0) -> None:
        """Write, and note it."""
        super().write(path, data, at)
        self.did.append("write")
        self.written += len(data)

    def sync(self, path: Path) -> None:
        """Make durable, and note it."""
        super().sync(path)
        self.did.append("sync")

    def rename(self, old: Path, new: Path) -> None:
        """Rename, and note it."""
        super().rename(old, new)
        self.did.append("rename")

    def remove(self, path: Path) -> None:
        """Remove, and note it, with what was in it."""
        if path.exists():
            self.did.append(f"remove {set(path.read_bytes())}")
        super().remove(path)

    def sync_folder(self, folder: Path) -> None:
        """Make the names durable, and note it."""
        super().sync_folder(folder)
        self.did.append("sync folder")


def test_a_file_is_replaced_by_a_durable_neighbour(tmp_path: Path) -> None:
    disk, path = CountingDisk(), tmp_path / "KEYS"
    replace_file(path, b"long content", disk)
    replace_file(path, b"short", disk)
    assert path.read_bytes() == b"short"
    assert disk.did == ["write", "sync", "rename", "sync folder"] * 2
    assert [each.name for each in tmp_path.iterdir()] == ["KEYS"]


def test_what_a_cut_left_of_a_neighbour_does_not_get_into_the_file(tmp_path: Path) -> None:
    (tmp_path / "KEYS.part").write_bytes(b"left over and longer than the content")
    replace_file(tmp_path / "KEYS", b"content")
    assert (tmp_path / "KEYS").read_bytes() == b"content"


@pytest.mark.skipif(os.name != "posix", reason="permissions of another kind")
def test_only_this_user_may_read_what_is_written(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b")
    replace_file(tmp_path / "a" / "b" / "KEYS", b"content")
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "a" / "b" / "KEYS").stat().st_mode & 0o777 == 0o600


def test_a_large_file_is_overwritten_to_its_end_before_it_goes(tmp_path: Path) -> None:
    disk, path = CountingDisk(), tmp_path / "records.sqlite"
    size = 3 * 2**20 + 17
    path.write_bytes(b"x" * size)
    wipe_file(path, disk)
    assert disk.written == size
    assert disk.did[-3:] == ["sync", "remove {0}", "sync folder"]
    assert not path.exists()


def test_what_is_not_there_is_neither_wiped_nor_removed(tmp_path: Path) -> None:
    disk = CountingDisk()
    wipe_file(tmp_path / "nothing", disk)
    remove_file(tmp_path / "nothing", disk)
    assert disk.did == []
