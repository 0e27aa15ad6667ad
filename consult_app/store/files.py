"""Everything written outside the SQLite file, in steps that a power cut may fall between.

Whatever touches such a file goes through a `Disk`, so that a test can record the steps and try
out what is left when some of them never reached the platter.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

CHUNK_BYTES = 2**20
"""How much of a file is read or written at a time."""

PART = ".part"
"""Ending of a file that is being written and does not count yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written to a file.

    Attributes:
        size: In bytes.
        sha256: Of the bytes, in hexadecimal.
    """

    size: int
    sha256: str


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

    def make_folder(self, folder: Path) -> None:
        """Make a folder if it is not there; not durable yet."""

    def remove_folder(self, folder: Path) -> None:
        """Take an empty folder away; not durable yet."""

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

    def make_folder(self, folder: Path) -> None:
        """Make a folder for this user alone if it is not there."""
        folder.mkdir(mode=0o700, exist_ok=True)

    def remove_folder(self, folder: Path) -> None:
        """Take an empty folder away."""
        folder.rmdir()

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
    disk.make_folder(folder)
    # The new name must survive a power cut as well as what is in it.
    disk.sync_folder(above)


def replace_file(path: Path, data: bytes, disk: Disk = DISK) -> None:
    """Put new content in the place of a file, whole or not at all; durable on return."""
    write_chunks(path, (data,), disk)


def write_chunks(path: Path, chunks: Iterable[bytes], disk: Disk = DISK) -> Written:
    """Put content that comes piece by piece in the place of a file, as `replace_file` does."""
    written = write_unsettled(path, chunks, disk)
    disk.sync_folder(path.parent)
    return written


def write_unsettled(path: Path, chunks: Iterable[bytes], disk: Disk = DISK) -> Written:
    """Do as `write_chunks` does, but leave it to the caller to make the name durable."""
    return write_loose(path, chunks, disk, flush=True)


def write_loose(
    path: Path, chunks: Iterable[bytes], disk: Disk = DISK, *, flush: bool = False
) -> Written:
    """Do as `write_chunks` does, but leave it to the caller to make it durable (`harden`)."""
    neighbour = path.with_name(f"{path.name}{PART}")
    disk.remove(neighbour)
    size, digest = 0, hashlib.sha256()
    try:
        for chunk in chunks:
            disk.write(neighbour, chunk, size)
            digest.update(chunk)
            size += len(chunk)
        if flush:
            disk.sync(neighbour)
        disk.rename(neighbour, path)
    except BaseException:
        with suppress(OSError):  # the next attempt removes it first
            disk.remove(neighbour)
        raise
    return Written(size=size, sha256=digest.hexdigest())


def harden(paths: Iterable[Path], disk: Disk = DISK) -> None:
    """Make new files durable, then their names, each folder once."""
    folders = set()
    for path in paths:
        disk.sync(path)
        folders.add(path.parent)
    for folder in sorted(folders):
        disk.sync_folder(folder)


def read_chunks(path: Path) -> Iterator[bytes]:
    """Yield the content of a file piece by piece."""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def describe_file(path: Path) -> Written:
    """Return what a file holds now."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return Written(size=file.tell(), sha256=digest)


def is_unreadable(error: OSError) -> bool:
    """Tell whether an error is about this one file: a bad sector, a folder in its place."""
    return error.errno in {errno.EIO, errno.EISDIR, errno.EACCES, errno.EPERM}


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
        for at in range(0, size, CHUNK_BYTES):
            disk.write(path, bytes(min(CHUNK_BYTES, size - at)), at)
        disk.sync(path)
        remove_file(path, disk)
