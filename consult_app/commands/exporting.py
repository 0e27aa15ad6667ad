"""`records export`: everything out of the records, or everything of one patient."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from consult_app import record
from consult_app.app import Program
from consult_app.commands.opening import open_records
from consult_app.commands.speech import DONE, SAID_NO, print_json, say
from consult_app.commands.stopping import watching
from consult_app.custody.exporting import CASES, export_records, find_shipped
from consult_app.errors import FileError
from consult_app.files import open_output

EXPORT_FORMAT = "consult-records-export/1"


def export(chosen: argparse.Namespace) -> int:
    """Write an archive and print what is in it; the answer is no when something was left out."""
    if chosen.output == "-":
        raise FileError("export: standard output takes JSON only", "Give the name of a file.")
    target = Path(chosen.output)
    program = Program()
    with open_records() as store, watching("Exporting") as watch, open_output(target) as file:
        exported = export_records(
            store,
            file,
            find_shipped(program.resources, program.pack),
            at=program.clock().astimezone(),
            patient_id=chosen.patient or "",
            watch=watch,
        )
    print_json(
        {
            "format": EXPORT_FORMAT,
            "file": os.path.realpath(target),
            "counts": dict(exported.counts),
            "left_out": [record.write(left) for left in exported.left_out],
            "audit": record.write(exported.anchor),
        }
    )
    for left in exported.left_out:
        say(f"left out: {left.table} {left.id}: {left.reason}")
    say("The archive is not encrypted: whoever has it can read it. Keep it as you would paper.")
    whole = all(left.table == CASES for left in exported.left_out)
    return DONE if whole else SAID_NO
