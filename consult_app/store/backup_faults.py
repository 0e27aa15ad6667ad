"""What can go wrong between the records and their backups, and what to do about it."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from types import TracebackType

from consult_app.store.faults import (
    DiskFullError,
    MissingFolderError,
    ReadOnlyStoreError,
    StoreError,
    translate_sqlite,
    translate_system,
)
from consult_app.wording import t

_UNTOUCHED = t("The records and the earlier backups are as they were.")


class BackupError(StoreError):
    """A backup could not be made or read; the records are unaffected."""


class BackupFullError(BackupError):
    """The disk for the backups takes no more data."""


class BackupReadOnlyError(BackupError):
    """The folder for the backups must not be written."""


class BackupMissingError(BackupError):
    """The folder for the backups, or a backup, is not there."""


class BackupPlaceError(BackupError):
    """Backups cannot lie in this folder."""


class BackupDamagedError(BackupError):
    """A backup is not what was written."""


class BackupNotVerifiedError(BackupError):
    """A backup that was just written does not read back."""


class BackupPartlyDamagedError(BackupDamagedError):
    """A part of a backup is not what was written; the rest can be restored."""


class BackupForeignError(BackupError):
    """A backup is of other records."""


def report_inside(target: Path) -> BackupPlaceError:
    """Return the error for a backup folder inside the records folder, or around it."""
    return BackupPlaceError(
        t("Backups cannot lie in the records folder itself."),
        t(
            "What destroys one would destroy both. Choose another folder than {target}, on "
            "another drive if you can.",
            target=target,
        ),
    )


def report_gone(target: Path) -> BackupMissingError:
    """Return the error for a folder that is not there."""
    return BackupMissingError(
        t("The backup folder is not there."),
        t(
            "Connect the drive, or choose another folder than {target}. {untouched}",
            target=target,
            untouched=_UNTOUCHED,
        ),
    )


def report_not_verified(target: Path, details: tuple[str, ...]) -> BackupNotVerifiedError:
    """Return the error for a backup that did not read back as it was written."""
    return BackupNotVerifiedError(
        t("The backup did not read back as it was written, so it does not count."),
        t(
            "Check the drive that holds {target}, or choose another place, then try again. "
            "{untouched}",
            target=target,
            untouched=_UNTOUCHED,
        ),
        details,
    )


def report_in_the_way(folder: Path) -> BackupPlaceError:
    """Return the error for a folder where a backup keeps a file."""
    return BackupPlaceError(
        t("A folder stands where the backup keeps a file, so no backup was made."),
        t(
            "Move it out of the way, then try again: {folder}. {untouched}",
            folder=folder,
            untouched=_UNTOUCHED,
        ),
    )


def report_changed() -> BackupError:
    """Return the error for attachments that were removed while they were being copied."""
    return BackupError(
        t("Records were erased while the backup was being made, so it does not count."),
        t("Make it again. {untouched}", untouched=_UNTOUCHED),
    )


def report_damaged_backup(folder: Path, details: tuple[str, ...]) -> BackupDamagedError:
    """Return the error for a backup that was damaged since."""
    return BackupDamagedError(
        t("This backup is damaged."),
        t(
            "Choose an older or newer backup than {name}. The records are as they were.",
            name=folder.name,
        ),
        details,
    )


def report_partly_damaged(folder: Path, details: tuple[str, ...]) -> BackupPartlyDamagedError:
    """Return the error for a backup of which a part was damaged since."""
    return BackupPartlyDamagedError(
        t("Part of this backup is damaged, so nothing was restored."),
        t(
            "Choose an older or newer backup than {name}, or restore what can be read: the "
            "damaged records stay named. The records are as they were.",
            name=folder.name,
        ),
        details,
    )


def report_foreign_backup(folder: Path) -> BackupForeignError:
    """Return the error for a backup of other records."""
    return BackupForeignError(
        t("This backup belongs to other records."),
        t(
            "Choose a backup of these records, or restore {folder} into an empty folder. Nothing "
            "was changed.",
            folder=folder,
        ),
    )


class BackupBorder:
    """Turns errors of SQLite and the operating system into ones about the backup.

    Args:
        target: The folder for the backups, named in the advice.
    """

    def __init__(self, target: Path) -> None:
        self._target = target

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
            BackupError: In place of a foreign error.
        """
        if isinstance(error, sqlite3.Error):
            raise _translate(translate_sqlite(error, self._target), self._target) from error
        if isinstance(error, OSError):
            raise _translate(translate_system(error, self._target), self._target) from error


def _translate(error: StoreError, target: Path) -> BackupError:
    """Return the error about the backup for one about the records."""
    if isinstance(error, DiskFullError):
        return BackupFullError(
            t("The disk for the backups takes no more data, so no backup was made."),
            t(
                "Free some space for {target}, or choose another place. {untouched}",
                target=target,
                untouched=_UNTOUCHED,
            ),
            error.details,
        )
    if isinstance(error, ReadOnlyStoreError):
        return BackupReadOnlyError(
            t("The backup folder cannot be written to."),
            t(
                "Allow this user to write to {target}, or choose another place. {untouched}",
                target=target,
                untouched=_UNTOUCHED,
            ),
            error.details,
        )
    if isinstance(error, MissingFolderError) and not os.path.isdir(target):  # noqa: PTH112  # tells, never raises
        return report_gone(target)
    return BackupError(
        t("The backup could not be written or read."),
        t(
            "Check the drive that holds {target}, then try again. {untouched}",
            target=target,
            untouched=_UNTOUCHED,
        ),
        error.details,
    )
