"""Foreign errors become ones that say what to do, and tell no more than they should."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

import pytest

from consult_app.store.faults import (
    Border,
    DamagedStoreError,
    DiskFullError,
    MissingFolderError,
    ReadOnlyStoreError,
    StoreClosedError,
    StoreError,
    StoreInUseError,
)

OF_SQLITE = {
    "SQLITE_FULL": DiskFullError,
    "SQLITE_IOERR_WRITE": DiskFullError,
    "SQLITE_IOERR_FSYNC": StoreError,
    "SQLITE_IOERR_READ": StoreError,
    "SQLITE_READONLY": ReadOnlyStoreError,
    "SQLITE_READONLY_DIRECTORY": ReadOnlyStoreError,
    "SQLITE_PERM": ReadOnlyStoreError,
    "SQLITE_BUSY": StoreInUseError,
    "SQLITE_LOCKED": StoreInUseError,
    "SQLITE_CORRUPT": DamagedStoreError,
    "SQLITE_CORRUPT_INDEX": DamagedStoreError,
    "SQLITE_NOTADB": DamagedStoreError,
    "SQLITE_CANTOPEN": ReadOnlyStoreError,
    "SQLITE_TOOBIG": StoreError,
}
OF_SYSTEM = {
    errno.ENOSPC: DiskFullError,
    errno.EDQUOT: DiskFullError,
    errno.EFBIG: DiskFullError,
    errno.EACCES: ReadOnlyStoreError,
    errno.EPERM: ReadOnlyStoreError,
    errno.EROFS: ReadOnlyStoreError,
    errno.ENOENT: MissingFolderError,
    errno.ENOTDIR: MissingFolderError,
    errno.EEXIST: MissingFolderError,
    errno.EIO: StoreError,
}


def _cross(folder: Path, error: BaseException) -> None:
    with Border(folder):
        raise error


@pytest.mark.parametrize(("name", "expected"), OF_SQLITE.items())
def test_an_error_of_sqlite_says_what_to_do(
    tmp_path: Path, name: str, expected: type[StoreError]
) -> None:
    error = sqlite3.OperationalError("Marker")
    error.sqlite_errorcode = getattr(sqlite3, name)
    error.sqlite_errorname = name
    with pytest.raises(StoreError) as caught:
        _cross(tmp_path, error)
    _check(caught.value, expected, name, tmp_path)


@pytest.mark.parametrize(("number", "expected"), OF_SYSTEM.items())
def test_an_error_of_the_system_says_what_to_do(
    tmp_path: Path, number: int, expected: type[StoreError]
) -> None:
    with pytest.raises(StoreError) as caught:
        _cross(tmp_path, OSError(number, "Marker"))
    _check(caught.value, expected, errno.errorcode[number], tmp_path)


@pytest.mark.parametrize("number", [errno.EROFS, errno.EIO, errno.EDQUOT])
def test_why_nothing_can_be_written_is_asked_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """A disk that was made read-only after a fault needs no space, but SQLite tells both alike."""

    def refuse(_: int) -> None:
        raise OSError(number, "Marker")

    error = sqlite3.OperationalError("Marker")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StoreError) as caught:
        _cross(tmp_path, error)
    _check(caught.value, OF_SYSTEM[number], errno.errorcode[number], tmp_path)
    assert not list(tmp_path.iterdir())


def _check(found: StoreError, expected: type[StoreError], detail: str, folder: Path) -> None:
    assert type(found) is expected
    assert found.details == (detail,)
    assert str(folder) in found.advice
    assert "Marker" not in f"{found.title} {found.advice} {found.details}"


def test_a_file_that_cannot_be_opened_in_a_folder_that_is_gone_is_missing(tmp_path: Path) -> None:
    error = sqlite3.OperationalError()
    error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
    with pytest.raises(MissingFolderError):
        _cross(tmp_path / "gone", error)


def test_an_error_without_a_code_is_still_ours(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        _cross(tmp_path, sqlite3.InterfaceError("Marker"))
    assert caught.value.details == ("InterfaceError",)
    with pytest.raises(StoreClosedError):
        _cross(tmp_path, sqlite3.ProgrammingError("Marker"))


def test_a_length_that_damage_made_too_large_for_the_memory_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        _cross(tmp_path, MemoryError())
    assert caught.value.title == "Reading the records takes more memory than there is."
    assert "restore the last backup" in caught.value.advice


def test_damage_that_sqlite_quotes_is_told_without_the_quote(tmp_path: Path) -> None:
    """Python cannot read a message with damaged bytes in it, and says so with all of them."""
    with pytest.raises(DamagedStoreError) as caught:
        _cross(tmp_path, UnicodeDecodeError("utf-8", b"Marker \xc1", 7, 8, "invalid start byte"))
    assert caught.value.details == ("not text",)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("error", [ZeroDivisionError(), StoreError("ours"), KeyError("x")])
def test_what_is_not_foreign_passes_untouched(tmp_path: Path, error: Exception) -> None:
    with pytest.raises(type(error)) as caught:
        _cross(tmp_path, error)
    assert caught.value is error
