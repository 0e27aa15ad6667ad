"""`consult-app records ...`: which commands there are; each loads what it does when it runs."""

# ruff: noqa: PLC0415 - the store takes longer to load than it takes to screen a case

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

Run = Callable[[argparse.Namespace], int]

_OPENING = (
    "The passphrase is asked for, or read from the file named by CONSULT_APP_PASSPHRASE_FILE. "
    "CONSULT_APP_HOME names another folder for the records."
)


def add_records(commands: Any) -> None:  # noqa: ANN401 - argparse keeps this type to itself
    """Add the commands on the records to the program's."""
    records = commands.add_parser(
        "records",
        help="list, find, export, import, back up, restore, verify or erase the records",
        description=f"Work on the records on this computer. {_OPENING}",
        allow_abbrev=False,
    )
    tasks = records.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add(tasks, "list", "print every patient and consultation as JSON", _list)
    find = _add(tasks, "find", "print those whose name, birth date or number match", _find)
    find.add_argument("text", metavar="TEXT", help="words that must all match")
    _add(tasks, "verify", "read everything and print what is damaged", _verify)
    export = _add(tasks, "export", "write everything into one documented zip", _export)
    export.add_argument(
        "-o", "--output", metavar="OUT.zip", required=True, help="where the archive goes"
    )
    export.add_argument("--patient", metavar="ID", help="only what belongs to this patient")
    _add_import(tasks)
    _add_backup(tasks)
    _add_erase(tasks)


def _add_import(tasks: Any) -> None:  # noqa: ANN401 - as above
    task = _add(tasks, "import", "take in an archive of export, or its TinyDB file", _import)
    task.add_argument("file", metavar="FILE.zip", help="the archive")
    task.add_argument("--check", action="store_true", help="only say what would change")
    task.add_argument("--yes", action="store_true", help="do not ask on the terminal")
    task.add_argument(
        "--anywhere", action="store_true", help="make new records even in a synced folder"
    )


def _add_backup(tasks: Any) -> None:  # noqa: ANN401 - as above
    backup = _add(tasks, "backup", "make a backup and read it back", _backup)
    backup.add_argument(
        "folder", metavar="FOLDER", nargs="?", help="where it goes, such as a stick"
    )
    backup.add_argument("--list", action="store_true", help="print the backups there are instead")
    restore = _add(tasks, "restore", "put a backup in the place of the records", _restore)
    restore.add_argument(
        "--partly", action="store_true", help="take what can be read of a damaged backup"
    )
    which = restore.add_mutually_exclusive_group()
    which.add_argument(
        "backup", metavar="BACKUP", nargs="?", help="a backup, or a folder: the newest in it"
    )
    which.add_argument("--keep", action="store_true", help="keep what was restored for good")
    which.add_argument("--undo", action="store_true", help="go back to before the restore")


def _add_erase(tasks: Any) -> None:  # noqa: ANN401 - as above
    task = _add(tasks, "erase", "erase a patient for good, after a backup", _erase)
    task.add_argument("patient", metavar="PATIENT", help="the patient's id, as list prints it")
    task.add_argument("--reason", metavar="TEXT", default="", help="why; it is kept in writing")
    task.add_argument("--by", metavar="CODE", default="", help="code of the practitioner")
    task.add_argument(
        "--anonymise", action="store_true", help="let visits stay without name, days and words"
    )
    task.add_argument("--check", action="store_true", help="only say whether it may be")
    task.add_argument("--yes", action="store_true", help="do not ask on the terminal")
    task.add_argument("-o", "--output", metavar="OUT.txt", help="write the answer as text as well")


def _add(
    tasks: Any,  # noqa: ANN401 - as above
    name: str,
    purpose: str,
    run: Run,
) -> argparse.ArgumentParser:
    task: argparse.ArgumentParser = tasks.add_parser(
        name,
        help=purpose,
        description=f"{purpose[0].upper()}{purpose[1:]}. {_OPENING}",
        allow_abbrev=False,
    )
    task.set_defaults(run=run)
    return task


def _list(chosen: argparse.Namespace) -> int:
    from consult_app.commands.reading import list_records

    return list_records(chosen)


def _find(chosen: argparse.Namespace) -> int:
    from consult_app.commands.reading import find_records

    return find_records(chosen)


def _verify(chosen: argparse.Namespace) -> int:
    from consult_app.commands.reading import verify_records

    return verify_records(chosen)


def _export(chosen: argparse.Namespace) -> int:
    from consult_app.commands.exporting import export

    return export(chosen)


def _import(chosen: argparse.Namespace) -> int:
    from consult_app.commands.importing import import_archive

    return import_archive(chosen)


def _backup(chosen: argparse.Namespace) -> int:
    from consult_app.commands.keeping import backup

    return backup(chosen)


def _restore(chosen: argparse.Namespace) -> int:
    from consult_app.commands.keeping import restore_records

    return restore_records(chosen)


def _erase(chosen: argparse.Namespace) -> int:
    from consult_app.commands.erasing import erase

    return erase(chosen)
