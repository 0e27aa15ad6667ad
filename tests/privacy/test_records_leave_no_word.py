"""Through the whole life of the records no word of a patient stands where it does not belong."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from consult_app.store.passphrase import FLOOR
from consult_app.store.unlocking import unlock_store
from consult_app.store.vault import create_store, renew_store
from tests.custody.clinic import keep, make_people

AT = datetime(2026, 1, 2, 8, 0, tzinfo=UTC)
PASSPHRASE = "correct horse battery"  # noqa: S105 - opens nothing but these tests
PEOPLE, LEAST = 40, 200
MARK = re.compile(rb"zqxv[a-z]{4,}[0-9]+")
"""A whole marked word; its first four letters alone stand in encrypted bytes by chance."""
NAME = "zqxvname0"


class Life:
    """Records with marked patients, and everything that was said about them."""

    def __init__(self, place: Path) -> None:
        self.home = place / "home"
        self.outside = place / "outside"
        self.outside.mkdir(parents=True)
        self.home.mkdir()
        self.errors: list[str] = []
        (self.home / "passphrase").write_text(PASSPHRASE, encoding="utf-8")
        (self.home / "settings.toml").write_text("[keeping]\nretention_years = 0\n", "utf-8")
        self.words: set[str] = set()
        self.patient = self.fill()

    def mark(self, what: str) -> str:
        """Return a word that was never used before."""
        word = f"zqxv{what}{len(self.words)}"
        self.words.add(word)
        return word

    def fill(self) -> str:
        """Keep marked patients, each with words of their own; return the id of the first."""
        create_store(self.home / "records", PASSPHRASE, at=AT, cost=FLOOR)
        ids = []
        with unlock_store(self.home / "records", PASSPHRASE) as store:
            for person in make_people(PEOPLE):
                name, number = self.mark("name"), self.mark("number")
                patient = replace(person.patient, name=name, record_number=number)
                for visit in person.visits:
                    goals = replace(visit.goals, own_words=self.mark("wish"))
                    who = replace(visit.patient, name=name, record_number=number)
                    allergies = self.mark("allergy")
                    marked = replace(visit, goals=goals, patient=who, allergies=allergies)
                    keep(store, replace(person, patient=patient), marked)
                ids.append(patient.id)
        return ids[0]

    def change_keys(self) -> None:
        """Change the passphrase, then encrypt everything anew as after a leak."""
        records, other = self.home / "records", f"{PASSPHRASE} too"
        with unlock_store(records, PASSPHRASE) as store:
            store.change_passphrase(PASSPHRASE, other, cost=FLOOR)
        renew_store(records, other, PASSPHRASE, at=AT, cost=FLOOR)

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a command whose every scratch place is ours."""
        places = dict.fromkeys(("HOME", "TMPDIR", "XDG_CACHE_HOME", "SQLITE_TMPDIR"), self.outside)
        done = subprocess.run(
            [sys.executable, "-m", "consult_app", "records", *map(str, arguments)],
            env={
                **os.environ,
                **{name: str(place) for name, place in places.items()},
                "CONSULT_APP_HOME": str(self.home),
                "CONSULT_APP_PASSPHRASE_FILE": str(self.home / "passphrase"),
            },
            cwd=self.outside,
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
        self.errors.append(done.stderr)
        return done


@pytest.fixture(scope="module")
def life() -> Iterator[Life]:
    """A life with everything in it, what goes wrong included."""
    with tempfile.TemporaryDirectory() as place:
        lived = Life(Path(place))
        archive = lived.outside / "out.zip"
        for arguments in (
            ["list"],
            ["find", NAME],
            ["export", "-o", archive],
            ["backup"],
            ["import", archive],
            ["erase", lived.patient, "--reason", f"{NAME} asked"],
            ["erase", lived.patient, "--reason", "asked for it", "-o", lived.outside / "told.txt"],
            ["restore"],
            ["restore", "--keep"],
            ["import", lived.home / "passphrase"],
            ["verify"],
        ):
            lived.run(*arguments)
        lived.change_keys()
        lived.run("verify")
        yield lived


def holds(data: bytes) -> list[str]:
    """Return the words that stand in these bytes, in either width of letters."""
    folded = data.lower()
    return [
        each.decode()
        for text in (folded, folded.replace(b"\0", b""))
        for each in MARK.findall(text)
    ]


def test_the_patients_were_there(life: Life) -> None:
    """Otherwise the absence of their words would prove nothing."""
    assert len(life.words) >= LEAST
    there = holds(life.run("list").stdout.encode())
    assert len(set(there) & life.words) >= PEOPLE
    with ZipFile(life.outside / "out.zip") as archive:
        packed = {word for name in archive.namelist() for word in holds(archive.read(name))}
    assert packed >= life.words
    assert len(life.errors) > 10


def test_nothing_is_said_of_them_beside_the_results(life: Life) -> None:
    assert [holds(text.encode()) for text in life.errors if holds(text.encode())] == []


def test_no_file_holds_a_word_but_the_archive_that_was_asked_for(life: Life) -> None:
    files = [path for root in (life.home, life.outside) for path in root.rglob("*")]
    found = {path.name: holds(path.read_bytes()) for path in files if path.is_file()}
    assert {name for name, words in found.items() if words} == set()
    assert "out.zip" in found  # packed, so its words do not stand in its bytes
    assert "told.txt" in found


def test_no_name_of_a_file_or_folder_holds_a_word(life: Life) -> None:
    names = [path.name for root in (life.home, life.outside) for path in root.rglob("*")]
    assert [name for name in names if holds(name.encode())] == []
