"""What a records folder holds, told by the names of its files; nothing in them is read.

The window asks this before its first frame, so that nothing of cryptography may come with it.
"""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

FILE_NAME = "records.sqlite"
"""The file of records that are not encrypted."""

KEYS_NAME = "KEYS"
UNFINISHED_NAME = "UNFINISHED"
"""Names a file of records that is being made, until it is unlocked for the first time."""

SEALED_FILE = re.compile(r"records-(\d+)\.sqlite", re.ASCII)
"""Names of files with encrypted records, and their number."""


class State(StrEnum):
    """What a folder holds."""

    EMPTY = "empty"
    PLAIN = "plain"
    SEALED = "sealed"


def is_records_name(name: str) -> bool:
    """Tell whether a file of this name holds records, plain or encrypted."""
    return name == FILE_NAME or bool(SEALED_FILE.fullmatch(name))


def find_files(folder: Path) -> tuple[str, ...]:
    """Return the names of the files that hold encrypted records, oldest first."""
    return tuple(name for _, name in sorted(find_numbers(folder).items()))


def find_state(folder: Path) -> State:
    """Tell what a folder holds; one that is not there is empty.

    An unfinished file whose KEYS were never written counts as nothing.
    """
    unfinished = read_unfinished(folder)
    if (folder / KEYS_NAME).exists() or any(
        name != unfinished for name in find_numbers(folder).values()
    ):
        return State.SEALED
    return State.PLAIN if (folder / FILE_NAME).exists() else State.EMPTY


def read_unfinished(folder: Path) -> str:
    """Return the name of the file that is being made, or an empty text."""
    path = folder / UNFINISHED_NAME
    text = path.read_bytes().decode("latin-1") if path.exists() else ""
    return text if SEALED_FILE.fullmatch(text) else ""


def find_numbers(folder: Path) -> dict[int, str]:
    """Return the names of the files that hold encrypted records, by their number."""
    if not folder.is_dir():
        return {}
    matches = (SEALED_FILE.fullmatch(path.name) for path in folder.iterdir())
    return {int(match[1]): match[0] for match in matches if match}
