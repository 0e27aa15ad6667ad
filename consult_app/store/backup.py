"""Backups of open records: made beside the work, read back before they count, and listed.

A target folder holds one folder for each store in it, and in that one folder for each backup:
the file of records, KEYS, and MANIFEST, which is written last. No file is ever changed once it is
there, so a target may lie in a synced folder. A folder without MANIFEST is a backup that was
never finished; the next one takes it away.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime, tzinfo
from pathlib import Path

from consult_app.errors import ConsultError
from consult_app.store.backup_faults import (
    BackupBorder,
    report_gone,
    report_inside,
    report_not_verified,
)
from consult_app.store.files import DISK, Disk, make_folder, remove_file, replace_file
from consult_app.store.folder import KEYS_NAME
from consult_app.store.interface import Damage
from consult_app.store.keys import write_keys
from consult_app.store.kinds import pin
from consult_app.store.manifest import (
    MANIFEST_NAME,
    Backup,
    describe_part,
    name_folder,
    read_manifest,
    read_name,
    seal_manifest,
    write_manifest,
)
from consult_app.store.schedule import choose_kept
from consult_app.store.unlocking import SealedStore
from consult_app.store.verifying import check_file, check_parts, count_file
from consult_app.store.watching import UNWATCHED, Watch

_ROOT = "consult-app-"


def make_backup(
    store: SealedStore,
    target: Path,
    *,
    at: datetime,
    watch: Watch = UNWATCHED,
    disk: Disk = DISK,
) -> Backup:
    """Copy open records to a folder and read the copy back; writers are not kept waiting.

    Every row is authenticated in the copy before it counts. The audit tells of it.

    Args:
        store: The records, unlocked.
        target: A folder that is there: on a stick, a share, another disk or in a synced folder.
        at: Now.
        watch: Told how far it is; may stop it, which leaves nothing behind.
        disk: The disk.

    Raises:
        BackupError: It could not be made; earlier backups and the records are as they were.
        StoppedError: The watch said so.
        StoreError: The records could not be read.
    """
    at = pin(at)
    _check_target(store.folder, target)
    root = _find_root(target, store.keys.store)
    folder = root / name_folder(at)
    try:
        with BackupBorder(target):
            make_folder(folder, disk)
            backup = _copy(store, folder, at, watch, disk)
            replace_file(folder / MANIFEST_NAME, write_manifest(backup), disk)
    except BaseException:
        _discard(folder, disk)
        raise
    store.audit.record("backup.made", (name_folder(at),), at)
    return backup


def list_backups(target: Path, store_id: str = "") -> Sequence[Backup]:
    """Return the backups in a folder, newest first, those that do not count with their faults.

    Only what says so at a glance is looked at; `verify_backup` reads everything.

    Args:
        target: The folder given to `make_backup`.
        store_id: Id of the records; empty for those of any.

    Raises:
        BackupMissingError: The folder is not there.
        BackupError: It cannot be read.
    """
    if not target.is_dir():
        raise report_gone(target)
    with BackupBorder(target):
        roots = [root for root in target.glob(f"{_ROOT}*") if root.is_dir()]
        if store_id:
            roots = [root for root in roots if root == _find_root(target, store_id)]
        folders = [folder for root in roots for folder in root.iterdir() if folder.is_dir()]
        found = (_look_at(folder) for folder in folders)
        return sorted(
            (backup for backup in found if backup), key=lambda backup: backup.at, reverse=True
        )


def verify_backup(backup: Backup, store: SealedStore, watch: Watch = UNWATCHED) -> Sequence[Damage]:
    """Read everything in a backup of open records and return what is damaged.

    Raises:
        BackupError: It cannot be read at all, or belongs to other records.
        StoppedError: The watch said so.
    """
    whole, sealer = check_parts(backup.folder, store.rows.sealers(), watch.part(0, 0.3))
    with BackupBorder(backup.folder):
        return check_file(whole.folder / whole.file, sealer, watch.part(0.3, 1))


def prune_backups(
    target: Path, store_id: str, zone: tzinfo, *, disk: Disk = DISK
) -> Sequence[Backup]:
    """Remove the sound backups that `schedule.choose_kept` does not keep, and return them.

    Damaged ones are left for somebody to look at, and keep no sound one from staying.

    Raises:
        BackupError: The folder cannot be read or written.
    """
    sound = [backup for backup in list_backups(target, store_id) if backup.is_sound]
    kept = choose_kept((backup.at for backup in sound), zone)
    gone = [backup for backup in sound if backup.at not in kept]
    with BackupBorder(target):
        for backup in gone:
            # First what makes it count: cut off in the middle, it is one that was never finished.
            remove_file(backup.folder / MANIFEST_NAME, disk)
            for path in backup.folder.iterdir():
                disk.remove(path)
            backup.folder.rmdir()
    return gone


def _find_root(target: Path, store_id: str) -> Path:
    return target / f"{_ROOT}{store_id[:8]}"


def _check_target(folder: Path, target: Path) -> None:
    if not target.is_dir():
        raise report_gone(target)
    inner, outer = target.resolve(), folder.resolve()
    if inner == outer or outer in inner.parents:
        raise report_inside(target)


def _copy(store: SealedStore, folder: Path, at: datetime, watch: Watch, disk: Disk) -> Backup:
    """Write everything but MANIFEST, and read it back."""
    keys = store.keys
    path = folder / keys.file
    _copy_records(store, path, watch.part(0, 0.5))
    disk.sync(path)
    data = write_keys(keys)
    replace_file(folder / KEYS_NAME, data, disk)
    counts, anchor = count_file(path, store.rows.sealer)
    damages = check_file(path, store.rows.sealer, watch.part(0.5, 1))
    new = set(damages) - set(store.damaged())
    if new:
        lines = tuple(f"{found.table} {found.id}: {found.reason}" for found in new)
        raise report_not_verified(folder, lines)
    backup = Backup(
        folder=folder,
        at=at,
        store=keys.store,
        key=keys.key,
        file=keys.file,
        records=describe_part(path),
        keys=describe_part(folder / KEYS_NAME),
        counts=counts,
        anchor=anchor,
    )
    return seal_manifest(backup, store.rows.sealer)


def _copy_records(store: SealedStore, path: Path, watch: Watch) -> None:
    """Copy the file of records as it is at one moment, whatever is written meanwhile."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")  # made durable as a whole afterwards
        store.rows.engine.copy_to(copy, watch.tell)


def _discard(folder: Path, disk: Disk) -> None:
    """Take away what a backup that failed has written, as far as the disk lets us."""
    try:
        for path in folder.iterdir() if folder.is_dir() else ():
            disk.remove(path)
        if folder.is_dir():
            folder.rmdir()
    except OSError:
        return  # it has no MANIFEST, so it does not count; the next backup tries again


def _look_at(folder: Path) -> Backup | None:
    """Return the backup in a folder, None when it is none or was never finished."""
    moment = read_name(folder.name)
    if moment is None or not (folder / MANIFEST_NAME).exists():
        return None
    try:
        backup = read_manifest(folder)
    except ConsultError as error:
        return Backup(folder=folder, at=moment, faults=error.details or (error.title,))
    return backup
