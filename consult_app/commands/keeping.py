"""`records backup` and `restore`: a copy that was read back, and the way back to it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from consult_app import paths
from consult_app.app import Program
from consult_app.commands.choosing import choose, find_named, find_target, list_ours
from consult_app.commands.opening import ask_passphrase, find_own_actor, open_sealed_records
from consult_app.commands.reading import damage_json
from consult_app.commands.speech import DONE, SAID_NO, WRONG, complain, print_json, say
from consult_app.commands.stopping import watching
from consult_app.custody.restoring import replace_records
from consult_app.errors import ConsultError
from consult_app.store.backup import list_backups, make_backup, prune_backups
from consult_app.store.backup_faults import BackupDamagedError
from consult_app.store.deciding import check_decided, confirm_restore, undo_restore
from consult_app.store.faults import Border
from consult_app.store.interface import Damage
from consult_app.store.lineage import find_ahead, report_ahead
from consult_app.store.manifest import Backup
from consult_app.store.replaced import find_replaced
from consult_app.store.restoring import Restored, Telling
from consult_app.store.rows import FILE
from consult_app.store.unlocking import SealedStore
from consult_app.store.verifying import find_without_manifest, list_lines

BACKUP_FORMAT = "consult-records-backup/1"
LIST_FORMAT = "consult-records-backups/1"
RESTORE_FORMAT = "consult-records-restore/1"


def backup(chosen: argparse.Namespace) -> int:
    """Make a backup and print what it is; or print those there are."""
    if chosen.list:
        return _list(chosen.folder)
    program = Program()
    find_target(chosen.folder)  # settings at fault are told once, before anything is opened
    with open_sealed_records("backup") as store:
        made = back_up(store, program, chosen.folder)
        zone = program.clock().astimezone().tzinfo
        ahead = tell_ahead(store, program, chosen.folder)
        if chosen.folder is None and zone is not None and not ahead:
            prune_backups(find_target(None), store.keys.store, zone)
        damages = store.damaged()
    broken = any(damage.table == FILE for damage in damages)
    print_json({"format": BACKUP_FORMAT, **_backup_json(made)})
    _name(damages if made.damaged or broken else ())
    say("Every row of the backup was read back. It opens with the passphrase of today.")
    if broken:
        say(
            "The file of the records itself is damaged. This backup has every row of it that can "
            "be read: restore it before anything else is saved, with consult-app records restore. "
            "What is named here may be whole in an earlier one: consult-app records backup --list."
        )
        return SAID_NO
    if made.damaged:
        say(
            "What is named here is damaged in the records; the backup holds it as it is, and can "
            "be restored. An earlier backup may hold it whole; consult-app records restore takes "
            "the newest one that is."
        )
    return DONE


def back_up(store: SealedStore, program: Program, folder: str | None = None) -> Backup:
    """Make a backup of open records; those there are stay, for one may be about to be restored.

    Args:
        store: The records.
        program: Tells the time.
        folder: Where it goes; None for where the clinic's backups go.
    """
    target = find_target(folder)
    with watching("Backing up") as watch:
        return make_backup(store, target, at=program.clock().astimezone(), watch=watch)


def tell_ahead(store: SealedStore, program: Program, folder: str | None = None) -> bool:
    """Say when there is a backup with work that the records do not have, and tell whether so."""
    now = program.clock().astimezone()
    ahead = find_ahead(store, list_backups(find_target(folder), store.keys.store), now)
    if ahead is not None:
        complain(report_ahead(ahead, ahead.at.isoformat(timespec="minutes")))
    return ahead is not None


def restore_records(chosen: argparse.Namespace) -> int:
    """Put a backup in the place of the records; or keep the restored ones, or go back."""
    if chosen.partly and (chosen.keep or chosen.undo):
        raise ConsultError("--partly goes with a backup.", "Nothing was changed.")
    program, folder = Program(), paths.find_records()
    at = program.clock().astimezone()
    if chosen.keep:
        with open_sealed_records("restore") as store:
            _check_replaced(folder)
            confirm_restore(store, at=at)
        say("The restored records are kept; those they replaced are gone for good.")
        return DONE
    if chosen.undo:
        undo_restore(folder, at=at)
        say("The records are those from before the restore again.")
        return DONE
    with Border(folder):
        check_decided(folder)
    try:
        named = find_named(chosen.backup)
    except BackupDamagedError as error:
        if not chosen.partly:
            return _refuse(error, Path(chosen.backup))
        named = find_without_manifest(Path(chosen.backup))
    there = [] if named is not None else list_ours(chosen.backup, folder)
    secret = ask_passphrase()
    found = named or choose(there, folder, secret, chosen)
    return _restore(found, folder, at, secret, partly=chosen.partly)


def _restore(found: Backup, folder: Path, at: datetime, secret: str, *, partly: bool) -> int:
    reason = f"backup of {found.at.isoformat()}"
    telling = Telling(at=at, actor=find_own_actor(), reason=reason, accepts_damage=partly)
    target = find_target(None)
    try:
        with watching("Restoring") as watch:
            replacing = replace_records(folder, found, secret, telling, target=target, watch=watch)
    except BackupDamagedError as error:
        if partly:
            raise
        return _refuse(error, found.folder)
    if replacing.unopened is not None:
        title = replacing.unopened.title
        say(f"{title} So no backup of the records here was made before the restore.")
    made, done = replacing.before, replacing.restored
    print_json({**_restored_json(done), "backup_before": str(made.folder) if made else None})
    _name(done.damages)
    if done.damages:
        say("What is named here is damaged in the backup; everything else is restored.")
    say(f"The records are those of {found.at.isoformat(timespec='minutes')} again.")
    if done.replaced:
        say(
            "Those from before are still there. Look at the restored ones, then say which to keep: "
            "consult-app records restore --keep, or --undo."
        )
    else:
        say(
            "A backup holds no settings. Where the practice has none here, set it up again, with "
            "its own numbers; until then the numbers of the reference judge."
        )
    return DONE


def _refuse(error: BackupDamagedError, folder: Path) -> int:
    """Say what is damaged in a backup, a line each, and how to have the rest of it."""
    complain(ConsultError(error.title, error.advice))
    for line in error.details:
        say(line)
    say(f'For what can be read of it: consult-app records restore --partly "{folder}"')
    return WRONG


def _name(damages: Sequence[Damage]) -> None:
    for line in list_lines(damages):
        say(line)


def _check_replaced(folder: Path) -> None:
    """Make sure that there is a restore to decide about.

    Raises:
        ConsultError: There is none.
    """
    with Border(folder):
        replaced = find_replaced(folder)
    if replaced is None:
        raise ConsultError(
            "There is no restore to confirm here.",
            f"The records in {folder} are the only ones. Nothing was changed.",
        )


def _tell_faults(backup: Backup) -> None:
    for fault in backup.faults:
        say(f"{backup.folder.name}: {fault}")


def _list(folder: str | None) -> int:
    found = list_backups(find_target(folder))
    print_json({"format": LIST_FORMAT, "backups": [_backup_json(each) for each in found]})
    for each in found:
        _tell_faults(each)
        if each.damaged:
            say(f"{each.folder.name}: {each.damaged} damaged in the records when it was made")
    return DONE if all(each.is_sound for each in found) else SAID_NO


def _backup_json(backup: Backup) -> dict[str, Any]:
    return {
        "folder": str(backup.folder),
        "made_at": backup.at.isoformat(),
        "counts": dict(backup.counts),
        "bytes": backup.size,
        "audit": {"n": backup.anchor.n, "hash": backup.anchor.hash},
        "damaged": backup.damaged,
        "faults": list(backup.faults),
    }


def _restored_json(done: Restored) -> dict[str, Any]:
    return {
        "format": RESTORE_FORMAT,
        "made_at": done.at.isoformat(),
        "counts": dict(done.counts),
        "replaced": done.replaced,
        "audit_entries_missing": done.missing_entries,
        "damaged": [damage_json(damage) for damage in done.damages],
    }
