"""The records that a restore replaced, until somebody has looked and says which to keep."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from consult_app.store.engine import LOCK_NAME
from consult_app.store.faults import Border, StoreError
from consult_app.store.files import DISK, Disk, remove_file, replace_file, wipe_file
from consult_app.store.folder import FILE_PARTS, KEYS_NAME, PREVIOUS_NAME, is_records_name
from consult_app.store.keys import KeysDamagedError, KeysNewerError, read_keys
from consult_app.store.lock import hold
from consult_app.store.unlocking import SealedStore

NOTE_NAME = "REPLACED"


class UnconfirmedRestoreError(StoreError):
    """An earlier restore was neither confirmed nor undone."""


class NothingReplacedError(StoreError):
    """There is no restore to undo."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """What a restore took the place of.

    Attributes:
        file: Name of the file with the records that were replaced; empty if it was gone.
        keys: The bytes of its KEYS; empty if there were none.
    """

    file: str
    keys: bytes = field(repr=False)


def find_replaced(folder: Path) -> Replaced | None:
    """Return what a restore replaced here and nobody has decided about; None when nothing.

    Raises:
        OSError: The folder cannot be read.
    """
    note = _read_note(folder / NOTE_NAME)
    current = _read_file_name(folder)
    # A restore that was cut off before the last step replaced nothing.
    return note if note and current and note.file != current else None


def note_replaced(folder: Path, replaced: Replaced, disk: Disk = DISK) -> None:
    """Remember what is about to be replaced; durable on return."""
    content = {"file": replaced.file, "keys": replaced.keys.hex()}
    replace_file(folder / NOTE_NAME, _spell(content), disk)


def check_decided(folder: Path) -> None:
    """Make sure that no restore waits for a decision.

    Raises:
        UnconfirmedRestoreError: One does.
    """
    if find_replaced(folder):
        raise UnconfirmedRestoreError(
            "An earlier restore is not confirmed yet.",
            "Look at the restored records, then keep them or go back to those before; after that "
            "you can restore again. Nothing was changed.",
        )


def confirm_restore(store: SealedStore, *, at: datetime, disk: Disk = DISK) -> None:
    """Keep the restored records for good: those they replaced are overwritten and removed.

    Twice does no harm.

    Raises:
        StoreError: They could not be removed.
    """
    with Border(store.folder):
        replaced = find_replaced(store.folder)
        if replaced is None:
            return
        store.audit.record("restore.confirmed", (), at)
        _wipe(store.folder, replaced.file, disk)
        remove_file(store.folder / NOTE_NAME, disk)


def undo_restore(folder: Path, *, disk: Disk = DISK) -> None:
    """Bring back the records that a restore replaced; what was saved since is lost.

    Raises:
        NothingReplacedError: There are none.
        StoreInUseError: The records are open.
        StoreError: The folder cannot be written; the restored records are still in place.
    """
    with Border(folder), hold(folder / LOCK_NAME):
        replaced = find_replaced(folder)
        if replaced is None:
            raise NothingReplacedError(
                "There is no restore to undo here.",
                f"The records in {folder} are the only ones. Nothing was changed.",
            )
        restored = _read_file_name(folder)
        for name in (PREVIOUS_NAME, KEYS_NAME):
            if replaced.keys:
                replace_file(folder / name, replaced.keys, disk)
            else:
                remove_file(folder / name, disk)
        _wipe(folder, restored, disk)
        remove_file(folder / NOTE_NAME, disk)


def _wipe(folder: Path, name: str, disk: Disk) -> None:
    for part in FILE_PARTS if name else ():
        wipe_file(folder / f"{name}{part}", disk)


def _read_file_name(folder: Path) -> str:
    """Return the name of the file that KEYS speak of; empty when they cannot be read."""
    path = folder / KEYS_NAME
    try:
        return read_keys(path.read_bytes()).file if path.exists() else ""
    except (KeysDamagedError, KeysNewerError):
        return ""


def _read_note(path: Path) -> Replaced | None:
    data = path.read_bytes() if path.exists() else b""
    try:
        content = json.loads(data)
        replaced = Replaced(file=content["file"], keys=bytes.fromhex(content["keys"]))
    except (ValueError, KeyError, TypeError):
        return None
    whole = _spell({"file": replaced.file, "keys": replaced.keys.hex()}) == data
    return replaced if whole and is_records_name(replaced.file) else None


def _spell(content: dict[str, str]) -> bytes:
    spelled = json.dumps(content, sort_keys=True)
    checksum = hashlib.sha256(spelled.encode("ascii")).hexdigest()
    return (json.dumps({**content, "checksum": checksum}) + "\n").encode("ascii")
