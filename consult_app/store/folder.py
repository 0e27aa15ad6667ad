"""The files of a records folder: encrypted records, their KEYS, and what is unfinished.

KEYS names the file with the records. To put a newly encrypted file in the place of another, it is
written under a new name first; replacing KEYS, whole or not at all, is the moment it counts.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from consult_app.store.connection import has_log
from consult_app.store.engine import LOCK_NAME
from consult_app.store.faults import Border, NewerStoreError, report_damaged
from consult_app.store.files import DISK, PART, Disk, remove_file, replace_file
from consult_app.store.key_faults import (
    report_damaged_keys,
    report_foreign_keys,
    report_missing_keys,
    report_not_sealed,
)
from consult_app.store.keys import Keys, KeysDamagedError, KeysNewerError, read_keys, write_keys
from consult_app.store.lock import hold
from consult_app.store.log_mark import MARK
from consult_app.store.state import (
    KEYS_NAME,
    UNFINISHED_NAME,
    State,
    find_numbers,
    find_state,
    read_unfinished,
)
from consult_app.wording import t

PREVIOUS_NAME = "KEYS.previous"
SCRATCH_NAME = "drill"
"""A folder beside the records in which a restore is tried out."""

FILE_PARTS = ("", "-wal", "-shm", MARK, PART)
"""Endings of a file of SQLite, of what it keeps beside it, and of one that is made anew."""

_HEADER = 100
"""A file shorter than the header of SQLite's is one without tables to it."""
_READ_FACTS = """SELECT coalesce(CAST(name AS BLOB), x''), coalesce(CAST(value AS BLOB), x'')
    FROM fact"""


def _choose_name(folder: Path) -> str:
    """Return a name for encrypted records that no file has; what is there is never written over."""
    return f"records-{max(find_numbers(folder), default=0) + 1}.sqlite"


def begin_file(folder: Path, disk: Disk = DISK) -> str:
    """Return the name for a file of records to be made, after noting that it is unfinished.

    One that was never finished is removed: nobody has the key to it. One that KEYS speak of, or
    may speak of, is finished, and only was not unlocked yet.
    """
    left = read_unfinished(folder)
    if left and not _may_count(folder, left):
        discard_file(folder, left, disk)
    name = _choose_name(folder)
    note_unfinished(folder, name, disk)
    return name


def _may_count(folder: Path, name: str) -> bool:
    """Tell whether KEYS speak of a file; those that are damaged may."""
    path = folder / KEYS_NAME
    if not path.exists():
        return False
    try:
        return read_keys(path.read_bytes()).file == name
    except (KeysDamagedError, KeysNewerError):
        return True


def discard_file(folder: Path, name: str, disk: Disk = DISK) -> None:
    """Remove a file of records that does not count, and what SQLite keeps beside it."""
    for part in FILE_PARTS:
        remove_file(folder / f"{name}{part}", disk)


def note_unfinished(folder: Path, name: str, disk: Disk = DISK) -> None:
    """Note that a file does not count, or may soon not count any more; durable on return."""
    replace_file(folder / UNFINISHED_NAME, name.encode("ascii"), disk)


def clear_scratch(folder: Path) -> None:
    """Take away what a restore that was tried out has left, if anything."""
    shutil.rmtree(folder / SCRATCH_NAME, ignore_errors=True)


def finish_file(folder: Path, disk: Disk = DISK) -> None:
    """Take the note away: KEYS speak of the file, and it was unlocked."""
    remove_file(folder / UNFINISHED_NAME, disk)


def clear_leftovers(folder: Path, current: str, disk: Disk = DISK) -> None:
    """Remove what work that was cut off has left: an unfinished file, a restore tried out.

    Args:
        folder: Where the records lie.
        current: Name of the file of the records, which stays.
        disk: The disk.
    """
    left = read_unfinished(folder)
    if left and left != current:
        discard_file(folder, left, disk)
        finish_file(folder, disk)
    clear_scratch(folder)


def load_keys(folder: Path) -> Keys:
    """Return what KEYS says, after making sure it belongs to the records beside it.

    Raises:
        NotSealedError: The records are not encrypted, or there are none.
        MissingKeysError: There is no KEYS.
        DamagedKeysError: It is not what was written.
        ForeignKeysError: It belongs to other records.
        StoreError: The file of the records is missing, damaged, or newer than the program.
    """
    if find_state(folder) is not State.SEALED:
        raise report_not_sealed(folder)
    previous = (folder / PREVIOUS_NAME).exists()
    if not (folder / KEYS_NAME).exists():
        raise report_missing_keys(folder, previous=previous)
    try:
        keys = read_keys((folder / KEYS_NAME).read_bytes())
    except KeysDamagedError:
        raise report_damaged_keys(folder, previous=previous) from None
    except KeysNewerError as error:
        raise NewerStoreError(
            t("These records were written by a newer version of the program."),
            t(
                "Install a version that reads KEYS format {error}. Nothing was changed.",
                error=error,
            ),
        ) from None
    _check_owner(folder, keys)
    return keys


def save_keys(folder: Path, keys: Keys, disk: Disk = DISK) -> None:
    """Replace KEYS, whole or not at all, and keep the previous one beside it."""
    path, data = folder / KEYS_NAME, write_keys(keys)
    # The first one is kept twice: without it everything would be lost.
    replace_file(folder / PREVIOUS_NAME, path.read_bytes() if path.exists() else data, disk)
    replace_file(path, data, disk)


def bring_back_keys(folder: Path, disk: Disk = DISK) -> None:
    """Put the previous KEYS in the place of one that is missing or damaged; a sound one stays.

    Raises:
        MissingKeysError: There is no previous one.
        DamagedKeysError: The previous one is damaged too.
        StoreError: The records are open, or the folder cannot be written.
    """
    with Border(folder), hold(folder / LOCK_NAME):
        previous = _read_if_sound(folder / PREVIOUS_NAME)
        if previous is None:
            there = (folder / PREVIOUS_NAME).exists()
            report = report_damaged_keys if there else report_missing_keys
            raise report(folder, previous=False)
        if _read_if_sound(folder / KEYS_NAME) is None:
            replace_file(folder / KEYS_NAME, previous, disk)


def _read_if_sound(path: Path) -> bytes | None:
    if not path.exists():
        return None
    data = path.read_bytes()
    try:
        read_keys(data)
    except KeysDamagedError:
        return None
    except KeysNewerError:
        return data  # whole, as far as this program can tell
    return data


def _check_owner(folder: Path, keys: Keys) -> None:
    path = folder / keys.file
    if not path.exists():
        if find_numbers(folder):
            raise report_foreign_keys(folder)
        raise report_damaged(folder, (f"{keys.file} is missing beside KEYS",))
    if path.stat().st_size < _HEADER and not has_log(path):
        raise report_damaged(folder, (f"{keys.file} is empty",))
    facts = _read_facts(path)
    if (facts.get("store_id"), facts.get("key")) != (keys.store, keys.key):
        raise report_foreign_keys(folder)


def _read_facts(path: Path) -> dict[str, str]:
    """Return the facts a file was made with, changing nothing; they never change afterwards.

    After an unclean end the file may be right only together with its log.
    """
    mode = "mode=ro" if has_log(path) else "mode=ro&immutable=1"
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True)) as connection:
        connection.text_factory = bytes
        rows = connection.execute(_READ_FACTS)
        return {name.decode("latin-1"): value.decode("latin-1") for name, value in rows}
