"""The whole life of the records of a large clinic, command by command, with the time of each.

`python tests/benchmarks/records_life.py [PATIENTS]` makes an archive of generated patients (10,000
when not told otherwise; the same ones every time), imports it into new records, lists, finds,
verifies, exports, wipes everything, imports the export and exports again: both exports have to be
the same. Then it backs up, erases and restores. Every command is a process of its own, as people
start them, has to end with 0, and its answer is checked. Nothing outside a scratch folder is
touched.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # run as a script, it finds the program and the clinic beside it

from consult_app import record  # noqa: E402 - after the line above
from consult_app.domain.consultation import Consultation  # noqa: E402 - as above
from consult_app.exchange.archive import AUDIT, MANIFEST, AnchorNote, ArchivedRecord  # noqa: E402 - as above
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
                document, files = _hand_over(visit, person)
                kind = "consultations" if visit.state == "signed" else "drafts"
                one = ArchivedRecord(kind=kind, id=visit.id, saved_at=saved_at, document=document)  # type: ignore[arg-type] # one of two
                writer.add_record(one, b"{}", files)
        writer.finish(program="benchmark", patient="", anchor=AnchorNote(n=0, hash=""))
    assert person is not None
    return person


def _hand_over(visit: Consultation, person: Person) -> tuple[dict[str, object], dict[str, bytes]]:
    """Return a visit as it is archived, and its files by their keys."""
    seed = visit.id.replace("-", "")
    photograph, sheet = seed + seed[::-1], seed * 2
    (picture,) = visit.skin.pictures
    pictures = (replace(picture, attachment=photograph),)
    visit = replace(visit, skin=replace(visit.skin, pictures=pictures))
    files = {photograph: person.photographs[visit.id]}
    if visit.handout is not None:
        visit = replace(visit, handout=replace(visit.handout, attachment=sheet))
        files[sheet] = person.handouts[visit.id]
    return record.write(visit, full=True), files


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


def weigh(folder: Path) -> str:
    """Return how much a folder holds."""
    return f"{sum(it.stat().st_size for it in folder.rglob('*') if it.is_file()) / 2**20:.0f} MiB"


def find_differences(one: Path, other: Path) -> list[str]:
    """Return the names of what differs between two archives, byte by byte.

    The audit tells of the exports and the imports themselves, and the manifest of the audit and of
    the moment, so these two may differ; what the manifest says of the records may not.
    """
    with zipfile.ZipFile(one) as first, zipfile.ZipFile(other) as second:
        names = {*first.namelist()} ^ {*second.namelist()}
        shared = {*first.namelist()} & {*second.namelist()} - {MANIFEST, AUDIT}
        names |= {name for name in shared if first.read(name) != second.read(name)}
        said = [json.loads(archive.read(MANIFEST))["records"] for archive in (first, second)]
    return sorted(names) + (["records of the manifest"] if said[0] != said[1] else [])


def demand(*, so: bool, what: str) -> None:
    """End with what is not as it has to be."""
    if not so:
        sys.exit(f"wrong: {what}")


class Life:
    """One home, and the commands run on it."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def do(self, name: str, *arguments: str | Path) -> dict[str, object]:
        """Run a command, print how long it took, and return its answer."""
        seconds, answer = run(self.home, *arguments)
        say(f"{name:30} {seconds:8.1f} s   records {weigh(self.home / 'records')}")
        return answer

    def list_patients(self, name: str) -> list[dict[str, object]]:
        """Return what `records list` says."""
        return cast("list[dict[str, object]]", self.do(name, "list")["patients"])


def main(number: int) -> None:
    """Live the life once, check every answer, and print a table."""
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        (home / "passphrase").write_text("correct horse battery", encoding="utf-8")
        (home / "settings.toml").write_text("[keeping]\nretention_years = 0\n", encoding="utf-8")
        began = time.perf_counter()
        person = write_archive(home / "in.zip", number)
        size = (home / "in.zip").stat().st_size / 2**20
        say(f"{number} patients, {size:.0f} MiB, made in {time.perf_counter() - began:.0f} s")
        live(Life(home), number, person)


def live(life: Life, number: int, person: Person) -> None:
    """Run all commands on the records of one home."""
    home, one = life.home, person.patient
    life.do("import into new records", "import", home / "in.zip")
    listed = life.list_patients("list")
    demand(so=len(listed) == number, what="not every patient is listed")
    found = life.do("find one", "find", one.record_number)
    demand(so=one.id in json.dumps(found), what="the patient is not found")
    life.do("verify", "verify")
    life.do("export everything", "export", "-o", home / "first.zip")
    say(f"{'':30} {(home / 'first.zip').stat().st_size / 2**20:8.0f} MiB exported")
    life.do("import the same, nothing new", "import", home / "first.zip", "--check")
    shutil.rmtree(home / "records")
    life.do("import after wiping everything", "import", home / "first.zip")
    demand(so=life.list_patients("list again") == listed, what="the lists differ")
    life.do("export once more", "export", "-o", home / "second.zip")
    differing = find_differences(home / "first.zip", home / "second.zip")
    demand(so=not differing, what=f"{len(differing)} parts differ, such as {differing[:5]}")
    say("both exports are the same, byte by byte, but for the audit")
    life.do("verify", "verify")
    life.do("backup, first", "backup")
    life.do("backup, second", "backup")
    say(f"{'':30} {weigh(home / 'backups')} of backups")
    life.do("erase one", "erase", one.id, "--reason", "asked in writing")
    rest = [patient for patient in listed if one.id not in json.dumps(patient)]
    demand(so=life.list_patients("list without them") == rest, what="erasing hit somebody else")
    life.do("restore from before", "restore")
    demand(so=life.list_patients("list what was restored") == rest, what="erased ones came back")
    life.do("keep what was restored", "restore", "--keep")
    life.do("verify", "verify")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
