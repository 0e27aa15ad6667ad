"""What can go wrong between a passphrase and the records."""

from __future__ import annotations

from pathlib import Path

from consult_app.store.faults import StoreError
from consult_app.wording import t


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


_WITHOUT = t("Without it neither passphrase nor recovery code can open the records.")
_PREVIOUS = t(
    "The state before the last change is still there and can be brought back; the passphrase of "
    "that time then applies."
)
_NOTHING_CHANGED = t("Nothing was changed.")


def report_wrong() -> WrongSecretError:
    """Return the error for a passphrase or code that opens nothing."""
    return WrongSecretError(
        t("This passphrase or recovery code does not open the records."),
        t(
            "Check capital letters and the keyboard's language, then try again. {nothing_changed}",
            nothing_changed=_NOTHING_CHANGED,
        ),
    )


def report_locked(folder: Path) -> LockedStoreError:
    """Return the error for encrypted records asked for without a passphrase."""
    return LockedStoreError(
        t("The records are encrypted."),
        t("Give the passphrase or recovery code for {folder}.", folder=folder),
    )


def report_not_sealed(folder: Path) -> NotSealedError:
    """Return the error for a folder without encrypted records."""
    return NotSealedError(
        t("There are no encrypted records in this folder."),
        t("Set a passphrase for {folder} first, or choose another folder.", folder=folder),
    )


def report_already_sealed(folder: Path) -> AlreadySealedError:
    """Return the error for records that have a passphrase already."""
    return AlreadySealedError(
        t("These records have a passphrase already."),
        t(
            "Unlock {folder} with it, then change it. {nothing_changed}",
            folder=folder,
            nothing_changed=_NOTHING_CHANGED,
        ),
    )


def report_missing_keys(folder: Path, *, previous: bool) -> MissingKeysError:
    """Return the error for records without their KEYS."""
    return MissingKeysError(
        t("The file KEYS is missing beside the records."),
        t(
            "{without} Put it back into {folder} from a backup. {tell}",
            without=_WITHOUT,
            folder=folder,
            tell=_tell(previous=previous),
        ),
    )


def report_damaged_keys(folder: Path, *, previous: bool) -> DamagedKeysError:
    """Return the error for a KEYS file that is not what was written."""
    return DamagedKeysError(
        t("The file KEYS is damaged."),
        t(
            "{without} Put a sound one into {folder} from a backup. {tell}",
            without=_WITHOUT,
            folder=folder,
            tell=_tell(previous=previous),
        ),
    )


def report_foreign_keys(folder: Path) -> ForeignKeysError:
    """Return the error for a KEYS file of other records, or of another time."""
    return ForeignKeysError(
        t("The file KEYS and the records do not belong together."),
        t(
            "Put both into {folder} from the same backup. {nothing_changed}",
            folder=folder,
            nothing_changed=_NOTHING_CHANGED,
        ),
    )


def _tell(*, previous: bool) -> str:
    return f"{_PREVIOUS} {_NOTHING_CHANGED}" if previous else _NOTHING_CHANGED
