"""The file of records in a backup: copied beside the work, and read back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from pathlib import Path

from consult_app.store.backup_faults import report_not_verified
from consult_app.store.faults import DamagedStoreError, is_damage, report_damaged
from consult_app.store.files import Disk, Written, describe_file, replace_file
from consult_app.store.interface import Damage
from consult_app.store.keys import write_keys
from consult_app.store.manifest import Backup
from consult_app.store.rebuilding import rebuild
from consult_app.store.rows import FILE
from consult_app.store.state import KEYS_NAME
from consult_app.store.unlocking import SealedStore
from consult_app.store.verifying import check_copy, count, count_file, list_lines
from consult_app.store.watching import Watch


def copy_records(
    store: SealedStore, folder: Path, at: datetime, watch: Watch, disk: Disk
) -> Backup:
    """Write the file of records and KEYS of a backup, and read the records back.

    Where the file of the records cannot be read through, the backup holds what can be.

    Args:
        store: The records, unlocked.
        folder: The folder of the backup.
        at: Now.
        watch: Told how far it is; may stop it.
        disk: The disk.

    Raises:
        BackupNotVerifiedError: What was read back is not what was written.
        StoppedError: The watch said so.
        DamagedStoreError: Nothing can be read of the file of the records.
        StoreError: The records could not be read.
    """
    keys = store.keys
    path = folder / keys.file
    _copy(store, path, watch.part(0, 0.4))
    damages, records = _read_back(store, path, watch.part(0.4, 1), disk)
    # Makes the names of both durable, before MANIFEST has one.
    replace_file(folder / KEYS_NAME, write_keys(keys), disk)
    counts, anchor = count_file(path, store.rows.sealer)
    return Backup(
        folder=folder,
        at=at,
        store=keys.store,
        key=keys.key,
        file=keys.file,
        records=records,
        keys=describe_file(folder / KEYS_NAME),
        counts=counts,
        damaged=count(damages),
        anchor=anchor,
    )


def _copy(store: SealedStore, path: Path, watch: Watch) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")  # made durable as a whole afterwards
        try:
            store.rows.engine.copy_to(copy, watch.tell)
        except sqlite3.DatabaseError as error:
            if is_damage(error):
                raise report_damaged(store.folder, ("it could not be copied",)) from error
            raise


def _read_back(
    store: SealedStore, path: Path, watch: Watch, disk: Disk
) -> tuple[Sequence[Damage], Written]:
    """Return what is damaged in the copy as in the records, and what its file holds."""
    sealer = store.rows.sealer
    with ThreadPoolExecutor(1) as beside:
        # Both of it is waiting for the disk and the hash, and the rows are read meanwhile.
        settled = beside.submit(_settle, path, disk)
        found = _find_damages(lambda: check_copy(path, sealer, watch))
        records = settled.result()
    if not found:
        return found, records
    # Damage that is in the records too is no fault of the copy.
    here = _find_damages(store.verify)
    if any(damage.table == FILE and damage in here for damage in found):
        rebuild(path, disk)
        found = check_copy(path, sealer, watch)
        for damage in (*here, *found):
            store.rows.note(damage)
        return found, describe_file(path)
    new = set(found) - set(here)
    if new:
        raise report_not_verified(path.parent, list_lines(new))
    return found, records


def _find_damages(verify: Callable[[], Sequence[Damage]]) -> Sequence[Damage]:
    """Return what is damaged; a file that cannot be read through is one damage."""
    try:
        return verify()
    except DamagedStoreError as error:
        reason = "; ".join(error.details) or "cannot be read through"
        return (Damage(table=FILE, id="", reason=reason),)


def _settle(path: Path, disk: Disk) -> Written:
    """Make a file durable and return what it holds."""
    disk.sync(path)
    return describe_file(path)
