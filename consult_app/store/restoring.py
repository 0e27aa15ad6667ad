"""Puts a backup in the place of the records, in steps of which only the last one counts.

The backup is copied into the records folder under a new name, read from end to end, made to
forget what was erased since, and noted in the audit. Then KEYS is replaced, whole or not at all:
until that moment the records are as they were. The records that were replaced stay beside the
restored ones (`replaced`) until somebody has looked and says which of the two to keep.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from consult_app.store.audit import Act
from consult_app.store.backup import list_siblings
from consult_app.store.backup_faults import report_damaged_backup, report_foreign_backup
from consult_app.store.deciding import check_decided
from consult_app.store.engine import LOCK_NAME, open_engine
from consult_app.store.entry import Actor
from consult_app.store.erasing import replay
from consult_app.store.erasures import Erasure
from consult_app.store.faults import Border
from consult_app.store.files import DISK, Disk, make_folder, replace_file
from consult_app.store.folder import (
    PREVIOUS_NAME,
    SCRATCH_NAME,
    begin_file,
    clear_scratch,
    discard_file,
    finish_file,
)
from consult_app.store.former import find_former_sealer, read_former, read_keys_beside
from consult_app.store.interface import Damage
from consult_app.store.key_faults import WrongSecretError
from consult_app.store.keys import Keys, write_keys
from consult_app.store.ledgers import read_later_ledger
from consult_app.store.lock import hold
from consult_app.store.manifest import Backup
from consult_app.store.replaced import Replaced, note_replaced
from consult_app.store.repositories import FileStore
from consult_app.store.rows import Rows
from consult_app.store.sealing import AesSealer
from consult_app.store.state import FILE_NAME, KEYS_NAME, State, find_files, find_state
from consult_app.store.tables import Documents
from consult_app.store.taking_out import check_taken, mark, take_out
from consult_app.store.unlocking import SealedStore, open_keys
from consult_app.store.verifying import check_parts, reading
from consult_app.store.watching import UNWATCHED, Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What the audit of restored records is told.

    Attributes:
        at: When it was.
        actor: Who did it.
        reason: Why; no clinical text and no names.
        accepts_damage: Whether a backup that is damaged in part is wanted all the same: what can
            be read is restored, the rest stays named as damaged.
    """

    at: datetime
    actor: Actor = Actor()
    reason: str = ""
    accepts_damage: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restore did.

    Attributes:
        at: The moment the records are back at.
        counts: How many records of each kind and attachments the backup holds.
        replaced: Whether there were records before; they are kept until confirmed.
        missing_entries: How many lines of the replaced audit came after the backup; None when it
            could not be read. Who was erased since is then known from later backups only.
        damages: What could not be restored, and which files of the backup were not what was
            written.
    """

    at: datetime
    counts: Mapping[str, int]
    replaced: bool
    missing_entries: int | None
    damages: tuple[Damage, ...] = ()


def restore(
    backup: Backup,
    folder: Path,
    secret: str,
    telling: Telling,
    *,
    watch: Watch = UNWATCHED,
    disk: Disk = DISK,
) -> Restored:
    """Put a backup in the place of the records in a folder, or into an empty one.

    The records must not be open. Where they have the same data key as the backup, their
    passphrase stays; otherwise that of the backup applies again.

    Args:
        backup: One of `backup.list_backups`.
        folder: Where the records lie or are to lie.
        secret: A passphrase or recovery code of the backup, or of the records now.
        telling: For the audit.
        watch: Told how far it is; may stop it, and then nothing was changed.
        disk: The disk.

    Raises:
        BackupDamagedError: The backup is damaged. Where part of it can be read, that part can be
            restored with `accepts_damage`.
        BackupError: It cannot be read, or is of other records.
        WrongSecretError: The secret opens nothing.
        UnconfirmedRestoreError: An earlier restore waits for a decision.
        StoppedError: The watch said so; nothing was changed.
        StoreError: The folder cannot be used, or is in use; nothing was changed.
    """
    with Border(folder), ExitStack() as held:
        make_folder(folder, disk)
        held.enter_context(hold(folder / LOCK_NAME))
        check_decided(folder)
        keys, sealer = _unlock(backup, folder, secret)
        changed: list[Damage] | None = [] if telling.accepts_damage else None
        backup, _ = check_parts(backup.folder, (sealer,), watch.part(0, 0.1), changed=changed)
        name = begin_file(folder, disk)
        try:
            path, accepts = folder / name, telling.accepts_damage
            taken = take_out(backup, path, sealer, watch.part(0.1, 1), disk, partly=accepts)
            check_taken(backup, taken, changed)
            former = find_former_sealer(folder, keys, sealer, secret)
            with reading(backup.folder):  # a damaged file may be one that nothing can be added to
                if changed:
                    mark(path, keys)
                later = read_later_ledger(backup, sealer)
                missing = _finish(folder, name, (sealer, former), telling, later)
            disk.sync(path)
            disk.sync_folder(folder)
        except BaseException:
            _discard(folder, name, disk)
            raise
        return Restored(
            at=backup.at,
            counts=backup.counts,
            replaced=_swap(folder, replace(keys, file=name), disk),
            missing_entries=missing,
            damages=(*(changed or ()), *taken.damages),
        )


def drill_restore(
    backup: Backup, store: SealedStore, *, at: datetime, watch: Watch = UNWATCHED, disk: Disk = DISK
) -> Sequence[Damage]:
    """Try a restore out in a scratch folder beside open records, which stay as they are.

    Everything is done but the last step. The audit tells how it went.

    Returns:
        What could not be restored.

    Raises:
        BackupError: The backup is damaged as a whole, cannot be read, or is of other records.
        StoppedError: The watch said so.
        StoreError: The scratch folder cannot be used.
    """
    scratch = store.folder / SCRATCH_NAME
    with Border(scratch):
        clear_scratch(store.folder)
        make_folder(scratch, disk)
        try:
            backup, sealer = check_parts(backup.folder, store.rows.sealers(), watch.part(0, 0.1))
            path = scratch / backup.file
            damages = take_out(backup, path, sealer, watch.part(0.1, 1), disk).damages
        finally:
            clear_scratch(store.folder)
    reason = f"{len(damages)} damaged" if damages else ""
    store.audit.record("restore.tried", (backup.folder.name,), at, reason=reason)
    return damages


def check_secret(backup: Backup, folder: Path, secret: str) -> AesSealer:
    """Return the sealing of a backup that a secret can restore into a folder. Slow.

    Raises:
        BackupError: The backup cannot be read, or is of other records.
        WrongSecretError: The secret opens nothing.
        StoreError: The folder cannot be read.
    """
    with Border(folder):
        return _unlock(backup, folder, secret)[1]


def _unlock(backup: Backup, folder: Path, secret: str) -> tuple[Keys, AesSealer]:
    """Return the KEYS the restored records are to have, and their sealing."""
    keys, data_key = _open_any(backup, folder, secret)
    return keys, AesSealer(keys.store, data_key)


def _open_any(backup: Backup, folder: Path, secret: str) -> tuple[Keys, bytes]:
    with reading(backup.folder):
        keys = read_keys_beside(backup.folder)
    current = read_keys_beside(folder)
    if keys is None:
        folder, keys = _find_other_keys(backup, folder)
        return keys, open_keys(folder, keys, secret)
    if current and current.store != keys.store:
        raise report_foreign_backup(backup.folder)
    if current is None or current.key != keys.key:
        return keys, open_keys(backup.folder, keys, secret)
    try:
        return current, open_keys(folder, current, secret)
    except WrongSecretError:
        return current, open_keys(backup.folder, keys, secret)


def _find_other_keys(backup: Backup, folder: Path) -> tuple[Path, Keys]:
    """Return other KEYS for the data of a backup whose own cannot be read, and where they lie."""
    with reading(backup.folder):
        others = [folder, *(each.folder for each in list_siblings(backup))]
        for other in others:
            keys = read_keys_beside(other)
            if keys and (keys.store, keys.key) == (backup.store, backup.key):
                return other, keys
    raise report_damaged_backup(backup.folder, (f"{KEYS_NAME}: not what was written",))


def _finish(
    folder: Path,
    name: str,
    sealers: tuple[AesSealer, AesSealer | None],
    telling: Telling,
    later: tuple[Erasure, ...],
) -> int | None:
    """Have restored records forget who was erased since, and tell the audit.

    Args:
        folder: Where they lie.
        name: Their file.
        sealers: Their sealing, and that of the records they replace.
        telling: For the audit.
        later: Who was erased by the time of a later backup.

    Returns:
        How many lines of the replaced audit are missing now.
    """
    with closing(open_engine(folder, name, held=ExitStack())) as engine:
        restored = FileStore(Documents(Rows(engine, sealers[0])))
        restored.audit.act_as(telling.actor)
        told = restored.audit.count()
        former = read_former(folder, sealers[1])
        act = Act(action="store.restored", ids=(), at=telling.at, reason=telling.reason)
        restored.audit.add(replace(act, before=former.end))
        replay(restored, (*former.erased, *later), telling.at)
    return None if former.told is None else max(0, former.told - told)


def _swap(folder: Path, keys: Keys, disk: Disk) -> bool:
    """Have KEYS speak of the restored records; tell whether others were there before."""
    current, path = read_keys_beside(folder), folder / KEYS_NAME
    data = write_keys(replace(keys, replaces=current.replaces if current else ""))
    former = _find_former(folder, keys.file)
    if former or path.exists():
        before = path.read_bytes() if path.exists() else b""
        note_replaced(folder, Replaced(file=former, keys=before), disk)
    replace_file(folder / PREVIOUS_NAME, data, disk)
    replace_file(path, data, disk)
    return bool(former)


def _find_former(folder: Path, restored: str) -> str:
    """Return the name of the file that is to be replaced; empty when there is none."""
    keys = read_keys_beside(folder)
    if keys is not None:
        return keys.file
    others = [name for name in find_files(folder) if name != restored]
    if others:
        return others[-1]
    return FILE_NAME if find_state(folder) is State.PLAIN else ""


def _discard(folder: Path, name: str, disk: Disk) -> None:
    with suppress(OSError):  # the next unlocking takes it away
        discard_file(folder, name, disk)
        finish_file(folder, disk)
