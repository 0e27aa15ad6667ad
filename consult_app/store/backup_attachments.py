"""The attachments in a backup: one file for each, copied once and shared by all backups of a store.

Which ones belong to a backup stands in its own file of records, with the SHA-256 of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import cast

from consult_app.store.attachments import PLACE, TABLE, find_file, list_files
from consult_app.store.backup_faults import (
    BackupBorder,
    report_changed,
    report_in_the_way,
    report_not_verified,
)
from consult_app.store.faults import Border
from consult_app.store.files import (
    Disk,
    Written,
    describe_file,
    is_unreadable,
    read_chunks,
    write_unsettled,
)
from consult_app.store.frozen import open_frozen
from consult_app.store.interface import Damage
from consult_app.store.manifest import Backup
from consult_app.store.rows import Rows
from consult_app.store.sealing import Sealer
from consult_app.store.unlocking import SealedStore
from consult_app.store.watching import Watch

_NAMES = "SELECT id FROM row WHERE in_table = ?"
MISSING, CHANGED, UNREADABLE = "missing", "not what was written", "cannot be read"


def read_told(path: Path, sealer: Sealer, place: Path | None = None) -> dict[str, Written]:
    """Return what a file of records says of its attachments, by name.

    Args:
        path: The file.
        sealer: Opens it.
        place: Where they lie. One whose row is damaged then counts as it lies there: its own seal
            proves it to whoever opens it.
    """
    with closing(open_frozen(path)) as engine:
        rows = Rows(engine, sealer)
        told = {row.id: _read(row.document) for row in rows.scan(TABLE)}
        for name in rows.ids(TABLE) if place else ():
            if place and name not in told and (lies := find_file(place, name)).is_file():
                told[name] = describe_file(lies)
        return told


def copy_attachments(
    store: SealedStore, backup: Backup, watch: Watch, disk: Disk, *, thorough: bool
) -> Backup:
    """Copy the attachments a backup lacks, and return it with what is known of them.

    Raises:
        BackupError: One could not be written, or did not read back as it was written.
    """
    place = backup.folder.parent / PLACE
    told = read_told(backup.folder / backup.file, store.rows.sealer, store.folder / PLACE)
    needed = {
        name: written
        for name, written in told.items()
        if not _is_there(find_file(place, name), written, thorough=thorough)
    }
    copying = _Copying(store, place, disk)
    total, done = sum(written.size for written in needed.values()), 0
    for name, written in needed.items():
        watch.tell(done, total)
        copying.copy(name, written)
        done += written.size
    copying.settle()
    watch.tell(1, 1)
    return replace(
        backup,
        counts={**backup.counts, PLACE: len(told)},
        attachment_bytes=sum(written.size for written in told.values()),
        damaged=backup.damaged + len(copying.damaged),
    )


def check_attachments(place: Path, told: dict[str, Written], watch: Watch) -> Iterator[Damage]:
    """Read all attachments of a backup and yield those that are damaged."""
    total, done = sum(written.size for written in told.values()), 0
    for name, written in told.items():
        watch.tell(done, total)
        reason = find_fault(find_file(place, name), written)
        if reason:
            yield Damage(table=PLACE, id=name, reason=reason)
        done += written.size


def read_backup(path: Path) -> Iterator[bytes]:
    """Yield a file of a backup piece by piece.

    Raises:
        BackupError: It cannot be read. What goes wrong where the pieces go stays as it is.
    """
    with BackupBorder(path.parent):
        yield from read_chunks(path)


def restore_attachments(
    source: Path, place: Path, told: dict[str, Written], watch: Watch, disk: Disk
) -> list[Damage]:
    """Copy the attachments of a backup to where they belong, and return those that are damaged.

    One that lies there already and is sound stays; nothing sound is ever written over.

    Args:
        source: Where those of the backup lie.
        place: Where they belong.
        told: What the backup says of them.
        watch: Told how far it is.
        disk: The disk.
    """
    damages, folders = [], _Folders(place, disk)
    total, done = sum(written.size for written in told.values()), 0
    for name, written in told.items():
        watch.tell(done, total)
        done += written.size
        path = find_file(place, name)
        if not find_fault(path, written):
            continue
        with BackupBorder(source.parent):
            fault = find_fault(find_file(source, name), written)
        if fault:
            damages.append(Damage(table=PLACE, id=name, reason=fault))
            continue
        folders.open(path.parent)
        write_unsettled(path, read_backup(find_file(source, name)), disk)
    folders.settle()
    return damages


def prune_attachments(root: Path, backups: Iterable[Backup], disk: Disk) -> None:
    """Remove the attachments that none of these backups refers to.

    Nothing is removed as long as one of them cannot be read: it may need them.
    """
    if any(not backup.is_sound for backup in backups):
        return
    needed: set[str] = set()
    for backup in backups:
        needed |= _read_names(backup.folder / backup.file)
    for path in list_files(root / PLACE):
        if path.name not in needed:
            disk.remove(path)


class _Copying:
    """Attachments on their way into a backup."""

    def __init__(self, store: SealedStore, place: Path, disk: Disk) -> None:
        self._store = store
        self._place = place
        self._disk = disk
        self._folders = _Folders(place, disk)
        self.damaged: list[str] = []

    def copy(self, name: str, told: Written) -> None:
        """Copy one; where it is damaged or gone in the records, that is noted."""
        source = find_file(self._store.folder / PLACE, name)
        target = find_file(self._place, name)
        with Border(self._store.folder):
            fault = find_fault(source, told)
        if fault and not self._store.rows.has(TABLE, name):
            raise report_changed()
        if fault:
            # An earlier backup may have brought a sound one.
            if find_fault(target, told):
                self.damaged.append(name)
            return
        self._folders.open(target.parent)
        if target.is_dir():
            raise report_in_the_way(target)
        write_unsettled(target, read_chunks(source), self._disk)
        if describe_file(target) != told:
            raise report_not_verified(target.parent, (f"{PLACE} {name}: {CHANGED}",))

    def settle(self) -> None:
        """Make the names durable."""
        self._folders.settle()


class _Folders:
    """The folders that attachments are put into, made durable together at the end."""

    def __init__(self, place: Path, disk: Disk) -> None:
        self._place = place
        self._disk = disk
        self._touched: set[Path] = set()

    def open(self, folder: Path) -> None:
        """Make a folder in the place, and the place itself, if they are not there."""
        for one in (self._place, folder):
            if one not in self._touched:
                self._disk.make_folder(one)
                self._touched |= {one, one.parent}

    def settle(self) -> None:
        """Make the names in all of them durable."""
        for folder in sorted(self._touched):
            self._disk.sync_folder(folder)


def _is_there(path: Path, written: Written, *, thorough: bool) -> bool:
    if thorough:
        return not find_fault(path, written)
    return path.is_file() and path.stat().st_size == written.size


def find_fault(path: Path, written: Written) -> str:
    """Return what is wrong with a file, in a few words; empty when nothing is."""
    if not path.exists():
        return MISSING
    try:
        return "" if describe_file(path) == written else CHANGED
    except OSError as error:
        if not is_unreadable(error):
            raise
        return UNREADABLE


def _read(document: dict[str, object]) -> Written:
    return Written(size=cast("int", document["size"]), sha256=str(document["sha256"]))


def _read_names(path: Path) -> set[str]:
    with closing(open_frozen(path)) as engine:
        return {str(row[0]) for row in engine.fetch(_NAMES, (TABLE,))}
