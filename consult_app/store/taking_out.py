"""A backup copied to where it is wanted, and how much of it is damaged.

It is judged by what was said when it was made: damage that the records had already is no reason to
refuse them, for there is nothing better. What was damaged since is one, until somebody says that
what can be read is wanted all the same. Either way each damage is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

from consult_app.store.attachments import PLACE
from consult_app.store.backup_attachments import read_backup, read_told, restore_attachments
from consult_app.store.backup_faults import report_damaged_backup, report_partly_damaged
from consult_app.store.engine import open_engine
from consult_app.store.faults import DamagedStoreError
from consult_app.store.files import CHUNK_BYTES, Disk
from consult_app.store.interface import Damage
from consult_app.store.keys import Keys
from consult_app.store.manifest import Backup
from consult_app.store.rebuilding import rebuild
from consult_app.store.rows import FILE
from consult_app.store.sealing import Sealer
from consult_app.store.verifying import Found, check_rows, list_lines, reading
from consult_app.store.watching import Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOut:
    """What was copied.

    Attributes:
        counted: How much is damaged, as `Backup.damaged` counts it.
        damages: What is damaged.
    """

    counted: int
    damages: Sequence[Damage]


def take_out(
    backup: Backup, path: Path, sealer: Sealer, watch: Watch, disk: Disk, *, partly: bool = False
) -> TakenOut:
    """Copy the records of a backup to a new file and their attachments beside it, and read them.

    Args:
        backup: Where they are taken from.
        path: The new file.
        sealer: Opens the backup.
        watch: Told how far it is; may stop it.
        disk: The disk.
        partly: Whether a file that cannot be read through is made anew from what can be read.

    Raises:
        BackupError: It cannot be read.
        StoppedError: The watch said so.
        StoreError: The place cannot be written.
    """
    for number, chunk in enumerate(read_backup(backup.folder / backup.file)):
        disk.write(path, chunk, number * CHUNK_BYTES)
        watch.part(0, 0.3).tell(number * CHUNK_BYTES, backup.records.size)
    disk.sync(path)
    with reading(backup.folder):
        found = _check(path, sealer, watch.part(0.3, 0.6), disk if partly else None)
        source, place = backup.folder.parent / PLACE, path.parent / PLACE
        told = read_told(path, sealer, source)
    lost = restore_attachments(source, place, told, watch.part(0.6, 1), disk)
    return TakenOut(counted=found.counted + len(lost), damages=(*found.damages, *lost))


def _check(path: Path, sealer: Sealer, watch: Watch, mending: Disk | None) -> Found:
    """Read all rows; on a disk to mend it, those that are left of a file that is damaged itself."""
    try:
        found = check_rows(path, sealer, watch)
    except DamagedStoreError:
        if mending is None:
            raise
    else:
        if mending is None or all(damage.table != FILE for damage in found.damages):
            return found
    rebuild(path, mending)
    return check_rows(path, sealer, watch)


def mark(path: Path, keys: Keys) -> None:
    """Have a file say whose it is, where damage may have changed that: its rows have proved it.

    Raises:
        StoreError: It cannot be written.
    """
    with (
        closing(open_engine(path.parent, path.name, held=ExitStack())) as engine,
        engine.transaction(),
    ):
        engine.write_fact("store_id", keys.store)
        engine.write_fact("key", keys.key)


def check_taken(backup: Backup, taken: TakenOut, changed: Sequence[Damage] | None) -> None:
    """Make sure that what was taken out of a backup may take the place of the records.

    Args:
        backup: Where it comes from.
        taken: What it is.
        changed: Which files of it are not what was written; None where what was damaged since it
            was made is not wanted.

    Raises:
        BackupPartlyDamagedError: More is damaged than when it was made.
        BackupDamagedError: It is wanted all the same, but nothing can be added to its file.
    """
    if changed is None:
        if taken.counted > backup.damaged:
            raise report_partly_damaged(backup.folder, list_lines(taken.damages))
        return
    broken = [damage for damage in taken.damages if damage.table == FILE]
    if changed and broken:
        raise report_damaged_backup(backup.folder, list_lines([*changed, *broken]))
