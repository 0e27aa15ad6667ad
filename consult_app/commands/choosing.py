"""Which backup `records restore` takes, and where the clinic's backups lie."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from consult_app import paths
from consult_app.commands.speech import say
from consult_app.commands.stopping import watching
from consult_app.custody.choosing import Choice, choose_whole
from consult_app.custody.restoring import read_store_id
from consult_app.errors import ConsultError
from consult_app.settings import read_settings
from consult_app.store.backup import list_backups, list_unfinished
from consult_app.store.backup_faults import BackupBorder
from consult_app.store.files import make_folder
from consult_app.store.manifest import MANIFEST_NAME, Backup, read_manifest


def find_named(name: str | None) -> Backup | None:
    """Return the backup in the folder that was named; None when it is no backup itself."""
    if name is None:
        return None
    with BackupBorder(Path(name)):
        return read_manifest(Path(name)) if (Path(name) / MANIFEST_NAME).exists() else None


def list_ours(name: str | None, folder: Path) -> Sequence[Backup]:
    """Return the backups of the records that lie in a place, newest first.

    Raises:
        ConsultError: There is none, or there are some of more than one clinic.
    """
    target = find_target(name)
    ours, there = read_store_id(folder), list_backups(target)
    # Whose a backup is cannot be known where it does not say any more.
    there = [each for each in there if not ours or each.store in {ours, ""}]
    sound = [each for each in there if each.is_sound]
    if not sound:
        raise ConsultError(
            f"There is no backup of these records in {target} that could be restored.",
            "Name the folder of a backup. Nothing was changed.",
        )
    if len({each.store for each in sound}) > 1:
        raise ConsultError(
            f"In {target} there are backups of more than one set of records.",
            "Name the folder of the backup you mean; records backup --list shows them. Nothing "
            "was changed.",
        )
    return there


def choose(
    there: Sequence[Backup], folder: Path, secret: str, chosen: argparse.Namespace
) -> Backup:
    """Return the newest backup that is whole, having read it, and say which were passed over.

    Raises:
        ConsultError: None is whole, and it was not said that a part will do.
    """
    sound = [each for each in there if each.is_sound]
    with watching("Reading the backups") as watch:
        choice = choose_whole(folder, sound, secret, watch)
    unfinished = list_unfinished(find_target(chosen.backup), read_store_id(folder))
    told = _tell_passed(there, unfinished, choice)
    taken = choice.taken or choice.part
    when = taken.at.isoformat(timespec="minutes")
    if choice.taken is not None:
        if told:
            say(f"So an older one is taken, of {when}.")
        return taken
    none = "None of the backups is whole"
    if any(it.replaced for it in choice.passed):
        none = "Each of the backups is damaged, or holds what was gone away from"
    if not chosen.partly:
        raise ConsultError(
            f"{none}, so nothing was restored.",
            f'For what can be read of one: consult-app records restore --partly "{taken.folder}"',
        )
    say(f"{none}. What can be read of the one of {when} is taken.")
    return taken


def _tell_passed(there: Sequence[Backup], unfinished: Sequence[Path], choice: Choice) -> bool:
    """Say which newer backups are not taken and why, and tell whether there are any."""
    taken = choice.taken
    back = "; name it to have it back"
    reasons = {it.backup.folder: it.why + back * it.replaced for it in choice.passed}
    newer = [each for each in there if taken is None or each.at > taken.at]
    for each in newer:
        for why in each.faults or (reasons[each.folder],):
            say(f"{each.folder.name}: {why}")
    left = [it for it in unfinished if taken is None or it.name > taken.folder.name]
    for folder in left:
        say(f"{folder.name}: {MANIFEST_NAME}: missing; it was never finished, or was damaged since")
    return bool(newer or left)


def find_target(folder: str | None) -> Path:
    """Return the folder for backups; the usual one is made when it is not there yet."""
    if folder is not None:
        return Path(folder)
    chosen = read_settings(paths.find_home()).keeping.backup_folder
    target = paths.find_backups(chosen)
    if not chosen:
        with BackupBorder(target):
            make_folder(target)
    return target
