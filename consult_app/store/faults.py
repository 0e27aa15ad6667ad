"""What can go wrong with the records, and the border where foreign errors become ours."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path
from types import TracebackType

from consult_app.errors import ConsultError, InputError
from consult_app.wording import t


class StoreError(ConsultError):
    """The records could not be read or written."""


class StoreInUseError(StoreError):
    """Another copy of the program, or another program, has the records open."""


class StoreClosedError(StoreError):
    """The records were closed before this was asked of them."""


class DiskFullError(StoreError):
    """The disk takes no more data."""


class ReadOnlyStoreError(StoreError):
    """The folder or a file in it must not be written."""


class MissingFolderError(StoreError):
    """The folder is not there, or no longer there."""


class ForeignStoreError(StoreError):
    """The file belongs to another program."""


class DamagedStoreError(StoreError):
    """The file itself is damaged, beyond single rows."""


class NewerStoreError(StoreError):
    """The file, or a record in it, was written by a newer version of the program."""


class DamagedRecordError(StoreError):
    """One row cannot be read; the others can."""

    def __init__(self, table: str, row_id: str, reason: str) -> None:
        super().__init__(
            t("This record is damaged and cannot be read."),
            t(
                "It is kept as it was found. Every other record is unaffected. Restore this one "
                "from a "
                "backup."
            ),
            (f"{table} {row_id}: {reason}",),
        )
        self.table = table
        self.row_id = row_id
        self.reason = reason


class UnknownRecordError(StoreError):
    """No record is kept under this id."""

    def __init__(self, table: str, row_id: str) -> None:
        super().__init__(
            t("This record is not in the store."),
            t("It may have been removed. Look it up again in the list."),
            (f"{table} {row_id}",),
        )


class SignedRecordError(StoreError):
    """A signed consultation would have been written over."""

    def __init__(self, table: str, row_id: str) -> None:
        super().__init__(
            t("This consultation is signed and stays as it is."),
            t("Write an addendum: it is kept as a record of its own. Nothing was changed."),
            (f"{table} {row_id}",),
        )


class UnkeepableError(InputError):
    """A document holds a value that cannot be kept without changing it."""


_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_ABSENT = frozenset({errno.ENOENT, errno.ENODEV, errno.ESTALE})
_IN_THE_WAY = frozenset({errno.EEXIST, errno.ENOTDIR, errno.EISDIR})
_NOTHING_LOST = t("Everything reported as saved is still there.")


def report_full(folder: Path, detail: str = "") -> DiskFullError:
    """Return the error for a disk that takes no more data."""
    return DiskFullError(
        t("The disk takes no more data."),
        t(
            "Free some space (or raise the quota) for {folder}, then try again. {nothing_lost}",
            folder=folder,
            nothing_lost=_NOTHING_LOST,
        ),
        (detail,) if detail else (),
    )


def report_read_only(folder: Path, detail: str = "") -> ReadOnlyStoreError:
    """Return the error for a folder that must not be written."""
    return ReadOnlyStoreError(
        t("The records folder cannot be written to."),
        t(
            "Allow this user to write to {folder} and everything in it, or choose another "
            "folder. {nothing_lost}",
            folder=folder,
            nothing_lost=_NOTHING_LOST,
        ),
        (detail,) if detail else (),
    )


def report_missing(folder: Path, detail: str = "") -> MissingFolderError:
    """Return the error for a folder that is not there."""
    return MissingFolderError(
        t("The records folder is not there."),
        t(
            "Reconnect the drive or put the folder back at {folder}, then start the program again. "
            "{nothing_lost} It is in that folder, wherever that is now.",
            folder=folder,
            nothing_lost=_NOTHING_LOST,
        ),
        (detail,) if detail else (),
    )


def report_in_use(folder: Path, detail: str = "") -> StoreInUseError:
    """Return the error for records that someone else has open."""
    return StoreInUseError(
        t("Another copy of the program has these records open."),
        t(
            "Go to the window that is already open, or close it and try again. Folder: {folder}. "
            "Nothing was changed.",
            folder=folder,
        ),
        (detail,) if detail else (),
    )


def report_damaged(folder: Path, details: tuple[str, ...] = ()) -> DamagedStoreError:
    """Return the error for a file that is damaged as a whole."""
    return DamagedStoreError(
        t("The records file is damaged."),
        t(
            "Nothing was changed. Copy the folder {folder} to a safe place, then restore the "
            "last backup.",
            folder=folder,
        ),
        details,
    )


class Border:
    """Turns errors of SQLite and the operating system into ones people can act on.

    A block under it ends well, or with our error; the foreign one stays attached as its cause.

    Args:
        folder: The records folder, named in the advice.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> None:
        """Begin the block."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the block.

        Raises:
            StoreError: In place of a foreign error.
        """
        if error is None:
            return
        if isinstance(error, sqlite3.Error):
            raise translate_sqlite(error, self._folder) from error
        if isinstance(error, OSError):
            raise translate_system(error, self._folder) from error
        if isinstance(error, UnicodeDecodeError):
            # SQLite quoted damaged bytes in a message that Python could not read; nor may a log.
            raise report_damaged(self._folder, ("not text",)) from None
        if isinstance(error, MemoryError):
            raise _report_memory(self._folder) from error


def _report_memory(folder: Path) -> StoreError:
    """Return the error for a lack of memory, which a damaged length in the file can bring about."""
    return StoreError(
        t("Reading the records takes more memory than there is."),
        t(
            "Close other programs and try again. If this comes back, the file in {folder} may be "
            "damaged: copy the folder to a safe place, then restore the last backup. "
            "{nothing_lost}",
            folder=folder,
            nothing_lost=_NOTHING_LOST,
        ),
        ("MemoryError",),
    )


def translate_system(error: OSError, folder: Path) -> StoreError:
    """Return our error for one of the operating system's."""
    detail = errno.errorcode.get(error.errno or 0, type(error).__name__)
    if error.errno in _FULL:
        return report_full(folder, detail)
    if error.errno in _FORBIDDEN:
        return report_read_only(folder, detail)
    if error.errno in _ABSENT:
        return report_missing(folder, detail)
    if error.errno in _IN_THE_WAY:
        return MissingFolderError(
            t("The records folder cannot be made: a file or folder stands in its way."),
            t(
                "Move it away, or choose another folder than {folder}. Nothing was changed.",
                folder=folder,
            ),
            (detail,),
        )
    return _report_disk(folder, detail)


def is_damage(error: sqlite3.Error) -> bool:
    """Tell whether an error of SQLite says that a file is damaged."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    return code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def translate_sqlite(error: sqlite3.Error, folder: Path) -> StoreError:
    """Return our error for one of SQLite's."""
    if isinstance(error, sqlite3.ProgrammingError):
        return StoreClosedError(
            t("The records are closed."), t("Open the store again."), (type(error).__name__,)
        )
    # Absent when Python's own wrapper found the fault; the low byte is the primary code.
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    detail = getattr(error, "sqlite_errorname", type(error).__name__)
    if code in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE}:
        return report_full(folder, detail)
    if code == sqlite3.SQLITE_IOERR_WRITE:
        return _find_why(folder, detail)
    primary = code & 0xFF
    if primary in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM}:
        return report_read_only(folder, detail)
    if primary in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return report_in_use(folder, detail)
    if is_damage(error):
        return report_damaged(folder, (detail,))
    if primary == sqlite3.SQLITE_CANTOPEN:
        return report_read_only(folder, detail) if folder.is_dir() else report_missing(folder)
    return _report_disk(folder, detail)


def _find_why(folder: Path, detail: str) -> StoreError:
    """Return why nothing can be written, as SQLite does not tell: a scratch file meets it too."""
    import tempfile  # noqa: PLC0415 - no start waits for it

    try:
        with tempfile.TemporaryFile(buffering=0, dir=folder) as file:
            file.write(bytes(4096))
            os.fsync(file.fileno())
    except OSError as error:
        return translate_system(error, folder)
    return report_full(folder, detail)


def _report_disk(folder: Path, detail: str) -> StoreError:
    return StoreError(
        t("The records could not be read or written."),
        t(
            "Check the disk that holds {folder}, then try again. {nothing_lost}",
            folder=folder,
            nothing_lost=_NOTHING_LOST,
        ),
        (detail,),
    )
