"""`records import`: first what would change, then a backup, then all of it or nothing."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Collection
from contextlib import ExitStack, suppress
from pathlib import Path

from consult_app import paths
from consult_app.app import Program
from consult_app.commands.keeping import back_up
from consult_app.commands.opening import ask_new_passphrase, is_empty, open_sealed_records
from consult_app.commands.speech import DONE, confirm, print_json, say
from consult_app.commands.stopping import watching
from consult_app.custody.importing import Changes, compare, import_records
from consult_app.errors import ConsultError
from consult_app.exchange.incoming import Incoming, open_incoming
from consult_app.files import open_input
from consult_app.store.interface import Store
from consult_app.store.manifest import Backup
from consult_app.store.memory import MemoryStore
from consult_app.store.unlocking import SealedStore, unlock_store
from consult_app.store.vault import create_store
from consult_app.store.whereabouts import list_names

FORMAT = "consult-records-import/1"

_WORDS = {
    "new": "added",
    "mended": "put in the place of a damaged one",
    "replaced": "put in the place of an earlier one",
    "filled": "filled in where the one here leaves something open",
    "beside": "added beside the one that is here, because it says something else",
    "kept": "kept beside the one that comes in, because it says something else",
    "same": "here already",
    "older": "left out, because the one here is as new or newer",
    "signed": "left out, because the visit is signed here",
    "erased": "left out, because they were erased here",
}


def import_archive(chosen: argparse.Namespace) -> int:
    """Take in an archive; or only print what it would change."""
    program, folder = Program(), paths.find_records()
    with open_input(chosen.file) as file:
        with watching("Checking the archive") as watch:
            incoming = open_incoming(file, watch.tell)
        if is_empty(folder):
            changes = _compare(MemoryStore(), incoming)
            made = None
            if _is_wanted(chosen, changes):
                _begin_with(folder, incoming, changes, program, anywhere=chosen.anywhere)
        else:
            with open_sealed_records("import") as store:
                changes = _compare(store, incoming)
                made = None
                if _is_wanted(chosen, changes):
                    made = back_up(store, program)
                    _take_in(store, incoming, changes, made, program)
    print_json(
        {
            "format": FORMAT,
            "imported": 0 if chosen.check else changes.taken,
            "changes": changes.counts,
            "without_files": changes.without_files,
            "backup": str(made.folder) if made else None,
        }
    )
    return DONE


def _compare(store: Store, incoming: Incoming) -> Changes:
    """Return what would change, after saying it."""
    with watching("Comparing") as watch:
        changes = compare(store, incoming, watch)
    for kind, fates in changes.counts.items():
        for fate, number in fates.items():
            say(f"{kind}: {number} {_WORDS[fate]}")
    for it in changes.beside:
        say(f"{it.kind} of {it.visit_date}: unfinished beside the signed one, as drafts {it.id}")
    for it in changes.twice:
        say(f"{it.kind} of {it.visit_date}: unfinished twice, also as drafts {it.id}")
    for who in changes.otherwise:
        counts = "the one here stays" if who.stays else "the one that comes in counts"
        say(f"patients {who.id}: {who.part} differs, {counts}")
    if changes.without_files:
        say(f"{changes.without_files} records refer to files that did not come with them.")
    if changes.erased_there:
        say(f"patients erased there, who stay here until erased here too: {changes.erased_there}")
    return changes


def _is_wanted(chosen: argparse.Namespace, changes: Changes) -> bool:
    """Tell whether to go on, asking whoever sits there."""
    if chosen.check or not changes.taken:
        return False
    if not chosen.yes:
        confirm(f"Import {changes.taken} records?")
    return True


def _take_in(
    store: SealedStore, incoming: Incoming, changes: Changes, made: Backup | None, program: Program
) -> None:
    with watching("Importing") as watch:
        at = program.clock().astimezone()
        import_records(store, incoming, changes, backup=made, at=at, watch=watch)


def _begin_with(
    folder: Path, incoming: Incoming, changes: Changes, program: Program, *, anywhere: bool
) -> None:
    """Make new records of what comes in, where there are none yet."""
    passphrase = ask_new_passphrase()
    at = program.clock().astimezone()
    with ExitStack() as undo:
        undo.callback(_remove_made, folder, list_names(folder))  # nobody knows its recovery code
        try:
            code = create_store(folder, passphrase, at=at, anywhere=anywhere)
        except ConsultError:
            undo.pop_all()  # nothing was made, and what is there is not ours
            raise
        with unlock_store(folder, passphrase) as store:
            _take_in(store, incoming, changes, None, program)
        undo.pop_all()
    say(f"These records are new. Their recovery code is {code}")
    say("Write it down and keep it away from this computer: it opens them when the passphrase is")
    say("forgotten. Without both nobody can open them, and it is not shown again.")


def _remove_made(folder: Path, before: Collection[str]) -> None:
    """Remove what was made in a folder; what lay there before stays."""
    with suppress(OSError):
        for path in folder.iterdir():
            if path.name in before:
                continue
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        folder.rmdir()
