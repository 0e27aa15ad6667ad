"""A home with the records of a small clinic, and the commands run on it."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from consult_app import cli
from consult_app.app import Program
from consult_app.commands.opening import PASSPHRASE_FILE
from consult_app.custody.exporting import Shipped, export_records
from consult_app.store import vault
from consult_app.store.passphrase import FLOOR
from consult_app.store.unlocking import SealedStore, unlock_store
from consult_app.store.vault import create_store
from tests.custody.clinic import Person, fill

AT = datetime(2026, 1, 2, 8, 0, tzinfo=UTC)
PASSPHRASE = "correct horse battery"  # noqa: S105 - opens nothing but these tests
PATIENTS = 6


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command said and returned."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The result."""
        found: dict[str, Any] = json.loads(self.out)
        return found


Run = Callable[..., Answer]


@dataclass(frozen=True, slots=True)
class Made:
    """Records that are copied for every test, who is in them, and an archive of them."""

    folder: Path
    people: list[Person]
    archive: Path


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The clinic, made once."""
    place = tmp_path_factory.mktemp("made")
    create_store(place / "records", PASSPHRASE, at=AT, cost=FLOOR)
    with unlock_store(place / "records", PASSPHRASE) as store:
        people = fill(store, PATIENTS)
        with (place / "out.zip").open("wb") as file:
            export_records(store, file, Shipped(pack=Program().pack), at=AT)
    return Made(place / "records", people, place / "out.zip")


@pytest.fixture
def people(made: Made, home: Path) -> list[Person]:
    """The patients of the clinic whose records lie in `home`."""
    shutil.copytree(made.folder, home / "records")
    return made.people


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a guess at a passphrase cost little: nobody guesses here."""
    monkeypatch.setattr(vault, "calibrate", lambda: FLOOR)


@pytest.fixture
def passphrase_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that holds the passphrase."""
    path = tmp_path / "passphrase"
    path.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    monkeypatch.setenv(PASSPHRASE_FILE, str(path))
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], passphrase_file: Path) -> Run:
    """Run a command on the records."""
    assert passphrase_file.is_file()

    def run_command(*arguments: str | Path) -> Answer:
        capsys.readouterr()
        code = cli.main(["records", *map(str, arguments)])
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return run_command


@pytest.fixture
def look(home: Path) -> Callable[[], SealedStore]:
    """Open the records as the program would."""
    return lambda: unlock_store(home / "records", PASSPHRASE)


def damage(folder: Path, store_file: str = "records-1.sqlite") -> None:
    """Change a byte of the first consultation's row."""
    with closing(sqlite3.connect(folder / store_file)) as connection, connection:
        sql = "SELECT n, body FROM row WHERE in_table = 'consultations' ORDER BY n LIMIT 1"
        n, body = connection.execute(sql).fetchone()
        broken = body[:-1] + bytes([body[-1] ^ 1])
        connection.execute("UPDATE row SET body = ? WHERE n = ?", (broken, n))


def break_page(path: Path) -> None:
    """Make the page that holds the first visit unreadable."""
    with closing(sqlite3.connect(path)) as connection:
        sql = "SELECT body FROM row WHERE in_table = 'consultations' ORDER BY n LIMIT 1"
        (body,) = connection.execute(sql).fetchone()
    data = bytearray(path.read_bytes())
    page = data.index(body[:40]) // 4096 * 4096
    data[page : page + 4096] = bytes(range(256)) * 16
    path.write_bytes(data)
