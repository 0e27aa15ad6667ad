"""The whole life of the records of a large clinic, command by command, with the time of each.

`python tests/benchmarks/records_life.py [PATIENTS]` makes an archive of generated patients (10,000
when not told otherwise; the same ones every time), imports it into new records, and then lists,
finds, verifies, backs up, exports, restores and erases. Every command is a process of its own, as
people start them, and has to end with 0. Nothing outside a scratch folder is touched.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # run as a script, it finds the program and the clinic beside it

from consult_app import record  # noqa: E402 - after the line above
from consult_app.exchange.archive import AnchorNote, ArchivedRecord  # noqa: E402 - as above
from consult_app.exchange.archive_writing import ArchiveWriter  # noqa: E402 - as above
from tests.custody.clinic import Person, make_people  # noqa: E402 - as above

AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SHEET_BYTES = 30_000  # a sheet of two pages takes about as much


def write_archive(path: Path, number: int) -> Person:
    """Write an archive of generated patients, and return the last of them."""
    person = None
    with path.open("wb") as file, ArchiveWriter(file, AT) as writer:
        for person in make_people(number, pdf_bytes=SHEET_BYTES):
            saved_at = person.at.isoformat()
            kept = record.write(person.patient, full=True)
            patient = ArchivedRecord(
                kind="patients", id=person.patient.id, saved_at=saved_at, document=kept
            )
            writer.add_record(patient, None, {})
            for visit in person.visits:
                pdf = person.handouts.get(visit.id)
                if visit.handout is not None:
                    key = visit.id.replace("-", "") * 2
                    visit = replace(visit, handout=replace(visit.handout, attachment=key))  # noqa: PLW2901 - the same visit
                document = record.write(visit, full=True)
                kind = "drafts" if pdf is None else "consultations"
                files = {} if pdf is None else {visit.id.replace("-", "") * 2: pdf}
                one = ArchivedRecord(kind=kind, id=visit.id, saved_at=saved_at, document=document)  # type: ignore[arg-type] # one of two
                writer.add_record(one, b"{}", files)
        writer.finish(program="benchmark", patient="", anchor=AnchorNote(n=0, hash=""))
    assert person is not None
    return person


def run(home: Path, *arguments: str | Path) -> tuple[float, dict[str, object]]:
    """Run a command and return how many seconds it took and what it printed."""
    environment = {
        **os.environ,
        "CONSULT_APP_HOME": str(home),
        "CONSULT_APP_PASSPHRASE_FILE": str(home / "passphrase"),
        "PYTHONPATH": str(ROOT),
    }
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "consult_app", "records", *map(str, arguments)],
        env=environment,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    seconds = time.perf_counter() - began
    if done.returncode:
        sys.exit(f"{arguments[0]} ended with {done.returncode}: {done.stderr}")
    answer: dict[str, object] = json.loads(done.stdout or "{}")
    return seconds, answer


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(number: int) -> None:
    """Live the life once and print a table."""
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        (home / "passphrase").write_text("correct horse battery", encoding="utf-8")
        (home / "settings.toml").write_text("[keeping]\nretention_years = 0\n", encoding="utf-8")
        began = time.perf_counter()
        person = write_archive(home / "in.zip", number)
        size = (home / "in.zip").stat().st_size / 2**20
        say(f"{number} patients, {size:.0f} MiB, made in {time.perf_counter() - began:.0f} s")
        steps: tuple[tuple[str, tuple[str | Path, ...]], ...] = (
            ("import into new records", ("import", home / "in.zip")),
            ("list", ("list",)),
            ("find one", ("find", person.patient.record_number)),
            ("verify", ("verify",)),
            ("backup, first", ("backup",)),
            ("backup, second", ("backup",)),
            ("export everything", ("export", "-o", home / "out.zip")),
            ("import the same again", ("import", home / "out.zip", "--check")),
            ("erase one", ("erase", person.patient.id, "--reason", "asked in writing")),
            ("restore", ("restore",)),
            ("keep what was restored", ("restore", "--keep")),
            ("verify again", ("verify",)),
        )
        for name, arguments in steps:
            seconds, _ = run(home, *arguments)
            say(f"{name:26} {seconds:8.1f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
