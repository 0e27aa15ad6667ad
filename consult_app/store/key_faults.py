"""What can go wrong between a passphrase and the records."""

from __future__ import annotations

from pathlib import Path

from consult_app.store.faults import StoreError


class WrongSecretError(StoreError):
    """What was typed opens nothing. Which of it was wrong is not told."""


class LockedStoreError(StoreError):
    """The records are encrypted and were asked for without a passphrase."""


class NotSealedError(StoreError):
    """There are no encrypted records in the folder."""


class AlreadySealedError(StoreError):
    """The records have a passphrase already."""


class MissingKeysError(StoreError):
    """The file KEYS is not there."""


class DamagedKeysError(StoreError):
    """The file KEYS is not what was written."""


class ForeignKeysError(StoreError):
    """The file KEYS belongs to other records."""


_WITHOUT = "Without it neither passphrase nor recovery code can open the records."
_PREVIOUS = (
    "The state before the last change is still there and can be brought back; the passphrase of "
    "that time then applies."
)
_NOTHING_CHANGED = "Nothing was changed."


def report_wrong() -> WrongSecretError:
    """Return the error for a passphrase or code that opens nothing."""
    return WrongSecretError(
        "This passphrase or recovery code does not open the records.",
        f"Check capital letters and the keyboard's language, then try again. {_NOTHING_CHANGED}",
    )


def report_locked(folder: Path) -> LockedStoreError:
    """Return the error for encrypted records asked for without a passphrase."""
    return LockedStoreError(
        "The records are encrypted.", f"Give the passphrase or recovery code for {folder}."
    )


def report_not_sealed(folder: Path) -> NotSealedError:
    """Return the error for a folder without encrypted records."""
    return NotSealedError(
        "There are no encrypted records in this folder.",
        f"Set a passphrase for {folder} first, or choose another folder.",
    )


def report_already_sealed(folder: Path) -> AlreadySealedError:
    """Return the error for records that have a passphrase already."""
    return AlreadySealedError(
        "These records have a passphrase already.",
        f"Unlock {folder} with it, then change it. {_NOTHING_CHANGED}",
    )


def report_missing_keys(folder: Path, *, previous: bool) -> MissingKeysError:
    """Return the error for records without their KEYS."""
    return MissingKeysError(
        "The file KEYS is missing beside the records.",
        f"{_WITHOUT} Put it back into {folder} from a backup. {_tell(previous=previous)}",
    )


def report_damaged_keys(folder: Path, *, previous: bool) -> DamagedKeysError:
    """Return the error for a KEYS file that is not what was written."""
    return DamagedKeysError(
        "The file KEYS is damaged.",
        f"{_WITHOUT} Put a sound one into {folder} from a backup. {_tell(previous=previous)}",
    )


def report_foreign_keys(folder: Path) -> ForeignKeysError:
    """Return the error for a KEYS file of other records, or of another time."""
    return ForeignKeysError(
        "The file KEYS and the records do not belong together.",
        f"Put both into {folder} from the same backup. {_NOTHING_CHANGED}",
    )


def _tell(*, previous: bool) -> str:
    return f"{_PREVIOUS} {_NOTHING_CHANGED}" if previous else _NOTHING_CHANGED
