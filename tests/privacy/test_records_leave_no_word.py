"""Through the whole life of the records no word of a patient stands where it does not belong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from consult_app.store.passphrase import FLOOR
from consult_app.store.unlocking import unlock_store
from consult_app.store.vault import create_store
from tests.custody.clinic import keep, make_people

AT = datetime(2026, 1, 2, 8, 0, tzinfo=UTC)
PASSPHRASE = "correct horse battery"  # noqa: S105 - opens nothing but these tests
WORDS = ("zqxvname", "zqxvnumber", "zqxvwish", "zqxvallergy")


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
        self.patient = self.fill()

    def fill(self) -> str:
        """Keep two marked patients; return the id of one."""
        create_store(self.home / "records", PASSPHRASE, at=AT, cost=FLOOR)
        ids = []
        with unlock_store(self.home / "records", PASSPHRASE) as store:
            for person in make_people(2):
                patient = replace(person.patient, name=WORDS[0], record_number=WORDS[1])
                for visit in person.visits:
                    goals = replace(visit.goals, own_words=WORDS[2])
                    who = replace(visit.patient, name=WORDS[0], record_number=WORDS[1])
                    marked = replace(visit, goals=goals, patient=who, allergies=WORDS[3])
                    keep(store, replace(person, patient=patient), marked)
                ids.append(patient.id)
        return ids[0]

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
            ["find", WORDS[0]],
            ["export", "-o", archive],
            ["backup"],
            ["import", archive],
            ["erase", lived.patient, "--reason", f"{WORDS[0]} asked"],
            ["erase", lived.patient, "--reason", "asked for it", "-o", lived.outside / "told.txt"],
            ["restore"],
            ["restore", "--keep"],
            ["import", lived.home / "passphrase"],
            ["verify"],
        ):
            lived.run(*arguments)
        yield lived


def holds(data: bytes) -> list[str]:
    """Return the words that stand in these bytes, in either width of letters."""
    folded = data.lower()
    coded = [(word, word.encode(coding)) for word in WORDS for coding in ("utf-8", "utf-16-le")]
    return [word for word, each in coded if each in folded]


def test_the_patients_were_there(life: Life) -> None:
    """Otherwise the absence of their words would prove nothing."""
    assert json.loads(life.run("list").stdout)["patients"][0]["name"] == WORDS[0]
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
