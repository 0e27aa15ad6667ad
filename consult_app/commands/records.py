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
    from consult_app.commands.moving import export

    return export(chosen)
