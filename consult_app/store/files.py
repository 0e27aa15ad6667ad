"""Everything written outside the SQLite file, in steps that a power cut may fall between.

Whatever touches such a file goes through a `Disk`, so that a test can record the steps and try
out what is left when some of them never reached the platter.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

_CHUNK = 2**20


class Disk(Protocol):
    """The few things that are done to files."""

    def write(self, path: Path, data: bytes, at: int = 0) -> None:
        """Write a new file, or over a part of an old one; not durable yet."""

    def sync(self, path: Path) -> None:
        """Make the content of a file durable."""

    def rename(self, old: Path, new: Path) -> None:
        """Give a file another name, in place of the one that has it; not durable yet."""

    def remove(self, path: Path) -> None:
        """Take a file away if it is there; not durable yet."""

    def sync_folder(self, folder: Path) -> None:
        """Make the names in a folder durable."""


class RealDisk:
    """The disk of this computer."""

    def write(self, path: Path, data: bytes, at: int = 0) -> None:
        """Write a new file for this user alone, or over a part of an old one."""
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | _BINARY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.seek(at)
            file.write(data)

    def sync(self, path: Path) -> None:
        """Make the content of a file durable."""
        handle = os.open(path, os.O_RDWR | _BINARY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def rename(self, old: Path, new: Path) -> None:
        """Give a file another name, in place of the one that has it."""
        old.replace(new)

    def remove(self, path: Path) -> None:
        """Take a file away if it is there."""
        path.unlink(missing_ok=True)

    def sync_folder(self, folder: Path) -> None:
        """Make the names in a folder durable; Windows does so by itself."""
        if os.name == "posix":
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


_BINARY = getattr(os, "O_BINARY", 0)
DISK = RealDisk()


def make_folder(folder: Path, disk: Disk = DISK) -> None:
    """Make a folder for this user alone, and those above it, durably."""
    if folder.is_dir():
        return
    above = folder.parent
    make_folder(above, disk)
    folder.mkdir(mode=0o700, exist_ok=True)
    # The new name must survive a power cut as well as what is in it.
    disk.sync_folder(above)


def replace_file(path: Path, data: bytes, disk: Disk = DISK) -> None:
    """Put new content in the place of a file, whole or not at all; durable on return."""
    neighbour = path.with_name(f"{path.name}.part")
    disk.remove(neighbour)
    disk.write(neighbour, data)
    disk.sync(neighbour)
    disk.rename(neighbour, path)
    disk.sync_folder(path.parent)


def remove_file(path: Path, disk: Disk = DISK) -> None:
    """Take a file away if it is there; durable on return."""
    if path.exists():
        disk.remove(path)
        disk.sync_folder(path.parent)


def wipe_file(path: Path, disk: Disk = DISK) -> None:
    """Write zeros over a file if it is there, then take it away; durable on return.

    A disk that writes elsewhere instead of over, as most SSDs do, may still hold the old content
    where no program can read it.
    """
    if path.exists():
        size = path.stat().st_size
        for at in range(0, size, _CHUNK):
            disk.write(path, bytes(min(_CHUNK, size - at)), at)
        disk.sync(path)
        remove_file(path, disk)
