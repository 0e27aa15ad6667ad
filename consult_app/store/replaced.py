"""The notes about a restore: which records it replaced, and that somebody went back to them.

The first stays until somebody decides. Who goes back has the records closed, so the second waits
for the next unlocking, which tells the audit.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from consult_app.store.files import DISK, Disk, remove_file, replace_file
from consult_app.store.keys import KeysDamagedError, KeysNewerError, read_keys
from consult_app.store.state import KEYS_NAME, is_records_name

NOTE_NAME = "REPLACED"
UNDONE_NAME = "UNDONE"


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
    if note is None:
        return None
    # A restore that was cut off before the last step replaced nothing, and what is to be wiped
    # was decided about.
    decided = read_file_names(folder)
    return note if decided and note.file not in decided else None


def note_replaced(folder: Path, replaced: Replaced, disk: Disk = DISK) -> None:
    """Remember what is about to be replaced; durable on return."""
    content = {"file": replaced.file, "keys": replaced.keys.hex()}
    replace_file(folder / NOTE_NAME, _spell(content), disk)


def drop_stale_note(folder: Path, disk: Disk = DISK) -> None:
    """Take away the note of a restore that never counted, or was decided about."""
    note = _read_note(folder / NOTE_NAME)
    if note and note.file in read_file_names(folder):
        remove_file(folder / NOTE_NAME, disk)


def note_undone(folder: Path, at: datetime, disk: Disk = DISK) -> None:
    """Remember, for the audit, that somebody went back to these records; durable on return."""
    replace_file(folder / UNDONE_NAME, _spell({"at": at.isoformat()}), disk)


def read_undone(folder: Path) -> datetime | None:
    """Return when somebody went back to these records, until the audit tells; None when not."""
    path = folder / UNDONE_NAME
    data = path.read_bytes() if path.exists() else b""
    try:
        at = datetime.fromisoformat(json.loads(data)["at"])
    except (ValueError, KeyError, TypeError):
        return None
    whole = at.tzinfo is not None and _spell({"at": at.isoformat()}) == data
    return at if whole else None


def read_file_names(folder: Path) -> tuple[str, ...]:
    """Return the file that KEYS speak of, then one to be wiped; none when they cannot be read."""
    path = folder / KEYS_NAME
    try:
        keys = read_keys(path.read_bytes()) if path.exists() else None
    except (KeysDamagedError, KeysNewerError):
        return ()
    return () if keys is None else (keys.file, *filter(None, (keys.replaces,)))


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
