"""The note that a restore leaves: which records it replaced, until somebody decides about them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

from consult_app.store.files import DISK, Disk, remove_file, replace_file
from consult_app.store.folder import KEYS_NAME, is_records_name
from consult_app.store.keys import KeysDamagedError, KeysNewerError, read_keys

NOTE_NAME = "REPLACED"


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
    current = read_file_name(folder)
    # A restore that was cut off before the last step replaced nothing.
    return note if note and current and note.file != current else None


def note_replaced(folder: Path, replaced: Replaced, disk: Disk = DISK) -> None:
    """Remember what is about to be replaced; durable on return."""
    content = {"file": replaced.file, "keys": replaced.keys.hex()}
    replace_file(folder / NOTE_NAME, _spell(content), disk)


def drop_stale_note(folder: Path, current: str, disk: Disk = DISK) -> None:
    """Take away the note of a restore that was cut off, or undone, before it counted.

    Args:
        folder: Where the records lie.
        current: Name of the file with the records.
        disk: The disk.
    """
    note = _read_note(folder / NOTE_NAME)
    if note and note.file == current:
        remove_file(folder / NOTE_NAME, disk)


def read_file_name(folder: Path) -> str:
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
