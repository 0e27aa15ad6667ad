"""Backups of open records: made beside the work, read back before they count, and listed.

A target folder holds one folder for each store in it. In that lie the attachments, each copied
once and shared by all backups, and one folder for each backup: the file of records, KEYS, and
MANIFEST, which is written last. No file is ever changed once it is there, so a target may lie in a
synced folder. A folder without MANIFEST is a backup that was never finished, or has lost it since;
the next one takes it away, but only once it counts itself where something can still be restored
from it.
"""

from __future__ import annotations

import errno
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import Path

from consult_app.errors import ConsultError
from consult_app.store.backup_attachments import copy_attachments, prune_attachments
from consult_app.store.backup_faults import (
    BackupBorder,
    report_gone,
    report_inside,
)
from consult_app.store.backup_records import copy_records
from consult_app.store.files import (
    DISK,
    Disk,
    make_folder,
    remove_file,
    replace_file,
)
from consult_app.store.interface import Damage
from consult_app.store.kinds import pin
from consult_app.store.manifest import (
    MANIFEST_NAME,
    Backup,
    find_root,
    name_folder,
    read_manifest,
    read_name,
    seal_manifest,
    write_manifest,
)
from consult_app.store.schedule import choose_kept
from consult_app.store.state import KEYS_NAME
from consult_app.store.sweeping import discard_backup, find_unfinished, sweep
from consult_app.store.unlocking import SealedStore
from consult_app.store.verifying import check_backup
from consult_app.store.watching import UNWATCHED, Watch


def make_backup(
    store: SealedStore,
    target: Path,
    *,
    at: datetime,
    thorough: bool = False,
    watch: Watch = UNWATCHED,
    disk: Disk = DISK,
) -> Backup:
    """Copy open records to a folder and read the copy back; writers are not kept waiting.

    Every row is authenticated in the copy, and every attachment that was not there before is read
    again, before it counts. Where the file of the records cannot be read through, it holds what can
    be, and says so. The audit tells of it.

    Args:
        store: The records, unlocked.
        target: A folder that is there: on a stick, a share, another disk or in a synced folder.
        at: Now.
        thorough: Whether attachments that no document refers to are removed first, and those that
            were copied before are read again too, and copied anew where they are damaged.
        watch: Told how far it is; may stop it, which leaves nothing behind.
        disk: The disk.

    Raises:
        BackupError: It could not be made; earlier backups and the records are as they were.
        StoppedError: The watch said so.
        DamagedStoreError: Nothing can be read of the file of the records.
        StoreError: The records could not be read.
    """
    at = pin(at)
    _check_target(store.folder, target)
    root = find_root(target, store.keys.store)
    folder = root / name_folder(at)
    if thorough:
        sweep(store, Watch(is_stopped=watch.is_stopped))
    with BackupBorder(target):
        of_use = _clear(root, folder, disk)
        try:
            make_folder(folder, disk)
            backup = copy_records(store, folder, at, watch.part(0, 0.7), disk)
            backup = copy_attachments(store, backup, watch.part(0.7, 1), disk, thorough=thorough)
            backup = seal_manifest(backup, store.rows.sealer)
            replace_file(folder / MANIFEST_NAME, write_manifest(backup), disk)
        except BaseException:
            # Without MANIFEST it does not count, and the next one tries again.
            with suppress(OSError):
                discard_backup(folder, disk)
            raise
    _discard_all(of_use, disk)
    store.audit.record("backup.made", (folder.name,), at)
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
    with BackupBorder(target):
        # Asking can fail: where nobody may look, or under a name that is too long for the disk.
        if not target.is_dir():
            raise report_gone(target)
        found = [_look_at(folder) for root in _find_roots(target, store_id) for folder in root]
    backups = (backup for backup in found if backup)
    return sorted(backups, key=lambda backup: backup.at, reverse=True)


def list_siblings(backup: Backup) -> Sequence[Backup]:
    """Return the backups of the same records in the same place, newest first, itself among them."""
    found = (_look_at(folder) for folder in backup.folder.parent.iterdir() if folder.is_dir())
    ours = [each for each in found if each and each.store == backup.store]
    return sorted(ours, key=lambda each: each.at, reverse=True)


def list_unfinished(target: Path, store_id: str = "") -> Sequence[Path]:
    """Return the folders in which a backup was never finished, or has lost its MANIFEST since."""
    with BackupBorder(target):
        roots = sorted(target.glob(find_root(target, store_id or "*").name))
        return [folder for root in roots for folder in find_unfinished(root)]


def verify_backup(backup: Backup, store: SealedStore, watch: Watch = UNWATCHED) -> Sequence[Damage]:
    """Read everything in a backup of open records and return what is damaged in it.

    Raises:
        BackupError: It cannot be read at all, or belongs to other records.
        StoppedError: The watch said so.
    """
    _, damages = check_backup(backup.folder, store.rows.sealers(), watch)
    return damages


def prune_backups(
    target: Path, store_id: str, zone: tzinfo, *, disk: Disk = DISK
) -> Sequence[Backup]:
    """Remove the sound backups that `schedule.choose_kept` does not keep, and return them.

    Damaged ones are left for somebody to look at, and keep no sound one from staying. Nor does one
    of records that were damaged already keep a whole one from it, which may be the last there is.
    Attachments that no backup refers to any more go too.

    Raises:
        BackupError: The folder cannot be read or written.
    """
    backups = list_backups(target, store_id)
    sound = [backup for backup in backups if backup.is_sound]
    kept = choose_kept((backup.at for backup in sound), zone)
    kept |= choose_kept((backup.at for backup in sound if not backup.damaged), zone)
    gone = [backup for backup in sound if backup.at not in kept]
    with BackupBorder(target):
        for backup in gone:
            # First what makes it count: cut off in the middle, it is one that was never finished.
            remove_file(backup.folder / MANIFEST_NAME, disk)
            discard_backup(backup.folder, disk)
        left = [backup for backup in backups if backup not in gone]
        prune_attachments(find_root(target, store_id), left, disk)
    return gone


def _check_target(folder: Path, target: Path) -> None:
    with BackupBorder(target):
        if not target.is_dir():
            raise report_gone(target)
        inner, outer = target.resolve(), folder.resolve()
        if inner == outer or outer in inner.parents:
            raise report_inside(target)


def _clear(root: Path, folder: Path, disk: Disk) -> Sequence[Path]:
    """Take away what was never finished, but return where something can still be restored from."""
    left = find_unfinished(root)
    of_use = [one for one in left if one != folder and (one / KEYS_NAME).exists()]
    _discard_all([one for one in left if one not in of_use], disk)
    return of_use


def _discard_all(folders: Sequence[Path], disk: Disk) -> None:
    # None of them is worth a backup that fails: the next one tries again.
    with suppress(OSError):
        for folder in folders:
            discard_backup(folder, disk)


def _find_roots(target: Path, store_id: str) -> list[list[Path]]:
    """Return what lies in the folder of each store."""
    pattern = find_root(target, store_id or "*").name
    roots = sorted(root for root in target.glob(pattern) if root.is_dir())
    return [sorted(folder for folder in root.iterdir() if folder.is_dir()) for root in roots]


def _look_at(folder: Path) -> Backup | None:
    """Return the backup in a folder, None when it is none or was never finished."""
    moment = read_name(folder.name)
    if moment is None:
        return None
    try:
        return _read(folder) if (folder / MANIFEST_NAME).exists() else None
    except ConsultError as error:
        faults = error.details or (error.title,)
    except OSError as error:
        # It may be this one alone; the drive was there a moment ago.
        faults = (f"{MANIFEST_NAME}: cannot be read ({errno.errorcode.get(error.errno or 0)})",)
    return Backup(folder=folder, at=moment, faults=faults)


def _read(folder: Path) -> Backup:
    backup = read_manifest(folder)
    faults = [
        f"{name}: {'not as long as it was' if path.exists() else 'missing'}"
        for name, size in ((backup.file, backup.records.size), (KEYS_NAME, backup.keys.size))
        if not (path := folder / name).exists() or path.stat().st_size != size
    ]
    return replace(backup, faults=tuple(faults))
