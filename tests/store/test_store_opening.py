"""Who may open the file, and what is done when it cannot be opened."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import consult_app
from consult_app.errors import ConsultError
from consult_app.store.engine import Engine, open_engine
from consult_app.store.faults import (
    DamagedStoreError,
    ForeignStoreError,
    MissingFolderError,
    NewerStoreError,
    StoreInUseError,
)
from consult_app.store.state import FILE_NAME

COUNT = "SELECT count(*) FROM known_table"
ADD = "INSERT INTO known_table (name) VALUES (?)"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "records"


@pytest.fixture
def engine(folder: Path) -> Iterator[Engine]:
    with closing(open_engine(folder)) as opened:
        yield opened


def _count(engine: Engine) -> object:
    return engine.fetch(COUNT)[0][0]


def _add(engine: Engine, name: str) -> None:
    with engine.transaction():
        engine.run(ADD, (name,))


def test_a_second_opening_is_told_who_has_it(engine: Engine, folder: Path) -> None:
    with pytest.raises(StoreInUseError) as caught:
        open_engine(folder)
    assert "Another copy" in caught.value.title
    assert caught.value.advice
    _add(engine, "still working")


def test_another_process_is_told_too_and_may_open_after_the_close(folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from consult_app.store.engine import open_engine;"
        "from consult_app.store.faults import StoreInUseError\n"
        "try: open_engine(Path(sys.argv[1])).close()\n"
        "except StoreInUseError: print('in use')\n"
        "else: print('opened')"
    )

    def ask() -> str:
        root = str(Path(consult_app.__file__).parents[1])
        done = subprocess.run(
            [sys.executable, "-c", code, str(folder)],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": root},
        )
        return done.stdout.strip()

    with closing(open_engine(folder)):
        assert ask() == "in use"
    assert ask() == "opened"


def _leave_unclean(folder: Path, copy: Path) -> None:
    """Copy the folder as a power cut would leave it: data in the log, nothing tidied."""
    with closing(open_engine(folder)) as engine:
        for n in range(50):
            _add(engine, f"{n} {'x' * 500}")
        shutil.copytree(folder, copy)


def test_what_was_committed_survives_an_unclean_end(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    _leave_unclean(folder, copy)
    assert (copy / f"{FILE_NAME}-wal").stat().st_size > 0
    with closing(open_engine(copy)) as engine:
        assert _count(engine) == 50


def _flip_page(path: Path) -> None:
    data = bytearray(path.read_bytes())
    assert len(data) > 12_000
    data[4096 * 2 : 4096 * 2 + 300] = b"\xff" * 300
    path.write_bytes(data)


def test_a_damaged_file_is_noticed_after_an_unclean_end(folder: Path, tmp_path: Path) -> None:
    with closing(open_engine(folder)) as engine:
        for n in range(50):
            _add(engine, f"{n} {'x' * 500}")
    _flip_page(folder / FILE_NAME)
    (folder / f"{FILE_NAME}-wal").touch()
    before = (folder / FILE_NAME).read_bytes()
    with pytest.raises(DamagedStoreError) as caught:
        open_engine(folder)
    assert caught.value.details
    assert (folder / FILE_NAME).read_bytes() == before
    shutil.copytree(folder, tmp_path / "not held any more")


def test_a_log_whose_file_is_missing_is_not_thrown_away(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    _leave_unclean(folder, copy)
    (copy / FILE_NAME).unlink()
    log = (copy / f"{FILE_NAME}-wal").read_bytes()
    with pytest.raises(DamagedStoreError):
        open_engine(copy)
    assert (copy / f"{FILE_NAME}-wal").read_bytes() == log


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"SQLite format 3\x00" * 50])
def test_a_file_of_another_sort_is_left_alone(folder: Path, content: bytes) -> None:
    folder.mkdir(parents=True)
    (folder / FILE_NAME).write_bytes(content)
    with pytest.raises(DamagedStoreError):
        open_engine(folder)
    assert (folder / FILE_NAME).read_bytes() == content


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("CREATE TABLE theirs (a)", ForeignStoreError),
        ("PRAGMA application_id = 77", ForeignStoreError),
        ("PRAGMA user_version = 1", ForeignStoreError),
    ],
)
def test_a_database_of_another_program_is_left_alone(
    folder: Path, statement: str, expected: type[ConsultError]
) -> None:
    folder.mkdir(parents=True)
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        connection.execute(statement)
        connection.commit()
    before = (folder / FILE_NAME).read_bytes()
    with pytest.raises(expected):
        open_engine(folder)
    assert (folder / FILE_NAME).read_bytes() == before


def test_a_newer_layout_is_left_alone_and_named(folder: Path) -> None:
    open_engine(folder).close()
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        connection.execute("PRAGMA user_version = 7")
    with pytest.raises(NewerStoreError) as caught:
        open_engine(folder)
    assert "layout 7" in caught.value.advice


def test_a_creation_that_was_cut_short_is_finished(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / FILE_NAME).touch()
    with closing(open_engine(folder)) as engine:
        assert _count(engine) == 0


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(MissingFolderError) as caught:
        open_engine(tmp_path / "file" / "records")
    assert str(tmp_path) in caught.value.advice


_READ_ONLY = """
import os, sys
from pathlib import Path
from consult_app.store.engine import open_engine
from consult_app.store.faults import ReadOnlyStoreError
import consult_app.store.repositories
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    open_engine(Path(sys.argv[1]))
except ReadOnlyStoreError as error:
    print(error.advice)
"""


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """Make a folder any user may enter: the tests' own folder is closed to all but one."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.skipif(os.name != "posix", reason="permissions of another kind")
@pytest.mark.parametrize("state", ["empty", "with a store", "parent"])
def test_a_read_only_folder_is_told_and_untouched(public_folder: Path, state: str) -> None:
    folder = public_folder / "new" if state == "parent" else public_folder
    if state == "with a store":
        open_engine(folder).close()
        for path in folder.iterdir():
            path.chmod(0o444)
    public_folder.chmod(0o555)
    before = sorted(path.name for path in public_folder.iterdir())
    done = subprocess.run(
        [sys.executable, "-c", _READ_ONLY, str(folder)],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(consult_app.__file__).parents[1])},
    )
    assert f"Allow this user to write to {folder}" in done.stdout
    assert sorted(path.name for path in public_folder.iterdir()) == before
