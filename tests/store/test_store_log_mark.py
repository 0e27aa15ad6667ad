"""A log that is taken away whole after a kill is missed, and nothing else is taken for that."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from consult_app.store.connection import empty_log, name_log
from consult_app.store.engine import Engine, open_engine
from consult_app.store.faults import StoreError
from consult_app.store.log_end import LogEnd, describe_log_end
from consult_app.store.log_mark import name_mark
from consult_app.store.state import FILE_NAME
from tests.store.killing import run_and_kill

COUNT = "SELECT count(*) FROM known_table"
ADD = "INSERT INTO known_table (name) VALUES (?)"
SCRIPT = """
import sys
from pathlib import Path
from consult_app.store.engine import open_engine
engine = open_engine(Path(sys.argv[1]))
n = 0
while True:
    with engine.transaction():
        engine.run("INSERT INTO known_table (name) VALUES (?)", (f"{n} {'x' * 900}",))
    print(n, flush=True)
    n += 1
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a file that was closed."""
    with closing(open_engine(tmp_path / "records")) as engine:
        _add(engine, "first")
    return tmp_path / "records"


def _add(engine: Engine, name: str) -> None:
    with engine.transaction():
        engine.run(ADD, (f"{name} {'x' * 900}",))


def _add_and_undo(engine: Engine) -> None:
    with engine.transaction(), suppress(ZeroDivisionError), engine.transaction():
        engine.run(ADD, ("undone",))
        raise ZeroDivisionError


def _copy(folder: Path, name: str = "left", *, log: bool = True) -> Path:
    """Copy a folder as a kill leaves it, without its log if that is taken away then."""
    copy = folder.with_name(name)
    ignored = ("LOCK", "*-shm") if log else ("LOCK", "*-shm", "*-wal")
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(*ignored))
    return copy


def _open(folder: Path) -> tuple[int, LogEnd]:
    """Return how much is there, and what is said of the log."""
    with closing(open_engine(folder)) as engine:
        return int(str(engine.fetch(COUNT)[0][0])), engine.log_end


def _close_by_others(folder: Path) -> None:
    """Take the log in as a program does that knows nothing of a mark."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        connection.execute(COUNT).fetchall()


def test_a_log_that_is_taken_away_is_missed_and_told_once(folder: Path) -> None:
    with closing(open_engine(folder)) as engine:
        _add(engine, "second")
        left = _copy(folder, log=False)
    assert _open(left) == (1, LogEnd.GONE)
    assert _open(left) == (1, LogEnd.WHOLE)
    assert _open(folder) == (2, LogEnd.WHOLE)


def test_a_log_of_which_the_content_was_taken_away_is_missed(folder: Path) -> None:
    with closing(open_engine(folder)) as engine:
        _add(engine, "second")
        left = _copy(folder)
    name_log(left / FILE_NAME).write_bytes(b"")
    assert _open(left) == (1, LogEnd.GONE)


def test_it_is_told_exactly_where_something_is_missing(folder: Path) -> None:
    """Wherever the kill was among saves, empty transactions and emptyings of the log."""
    fates = {LogEnd.GONE: 0, LogEnd.WHOLE: 0}
    with closing(open_engine(folder)) as engine:
        engine._writer.execute("PRAGMA wal_autocheckpoint = 7")  # instead of 1,000 pages
        kept = 1
        for turn in range(60):
            if turn % 5 == 2:
                with engine.transaction():
                    pass
            elif turn % 5 == 4:
                _add_and_undo(engine)
            else:
                _add(engine, str(turn))
                kept += 1
            if turn % 17 == 16:
                engine.compact()
            left = _copy(folder, log=False)
            count, end = _open(left)
            assert (end is LogEnd.GONE) == (count < kept), turn
            fates[end] += 1
            shutil.rmtree(left)
            left = _copy(folder)
            assert _open(left) == (kept, LogEnd.WHOLE), turn
            shutil.rmtree(left)
    assert min(fates.values()) > 5


def _kept_whole(_folder: Path) -> None: ...


def _empty_the_log(folder: Path) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        empty_log(connection)


def _tear_mark(folder: Path) -> None:
    path = name_mark(folder / FILE_NAME)
    path.write_bytes(path.read_bytes()[:-3])
    name_log(folder / FILE_NAME).unlink()


def _lose_mark(folder: Path) -> None:
    name_mark(folder / FILE_NAME).unlink()
    name_log(folder / FILE_NAME).unlink()


def _write_file(folder: Path) -> None:
    """Write part of the log into the file, which a kill may leave."""
    path = folder / FILE_NAME
    path.write_bytes(path.read_bytes())
    name_log(path).unlink()


@pytest.mark.parametrize(
    "then", [_kept_whole, _close_by_others, _empty_the_log, _tear_mark, _lose_mark, _write_file]
)
def test_nothing_else_is_taken_for_it(folder: Path, then: Callable[[Path], None]) -> None:
    with closing(open_engine(folder)) as engine:
        _add(engine, "second")
        left = _copy(folder)
    then(left)
    assert _open(left)[1] is LogEnd.WHOLE


def test_a_kill_that_only_others_know_of_is_forgotten(folder: Path) -> None:
    """As when an older version was used in between, which leaves the mark where it is."""
    with closing(open_engine(folder)) as engine:
        _add(engine, "second")
        left = _copy(folder)
    _close_by_others(left)
    assert name_mark(left / FILE_NAME).exists()
    _close_by_others(left)
    assert _open(left) == (2, LogEnd.WHOLE)


def test_no_mark_is_left_by_closing_nor_by_reading(folder: Path) -> None:
    assert not name_mark(folder / FILE_NAME).exists()
    with closing(open_engine(folder)) as engine:
        with engine.transaction():
            engine.fetch(COUNT)
        assert not name_mark(folder / FILE_NAME).exists()
        assert _open(_copy(folder, log=False)) == (1, LogEnd.WHOLE)
        _add(engine, "second")
        assert name_mark(folder / FILE_NAME).stat().st_mode & 0o077 == 0 or os.name == "nt"
    assert not name_mark(folder / FILE_NAME).exists()


def test_a_mark_that_cannot_be_written_stops_no_save(folder: Path) -> None:
    name_mark(folder / FILE_NAME).mkdir()
    with closing(open_engine(folder)) as engine:
        _add(engine, "second")
    assert _open(folder) == (2, LogEnd.WHOLE)


def test_a_save_neither_writes_the_mark_again_nor_makes_it_durable(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_engine(folder)) as engine:
        _add(engine, "second")

        def refuse(*_: object) -> int:
            raise AssertionError

        for name in ("open", "fsync"):
            monkeypatch.setattr(os, name, refuse)
        for turn in range(50):
            _add(engine, str(turn))
        monkeypatch.undo()


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
@pytest.mark.timeout(240)
@pytest.mark.parametrize("wait", [0.0, 0.05, 0.3])
def test_a_killed_program_is_asked_for_its_log(tmp_path: Path, wait: float) -> None:
    folder = tmp_path / "records"
    told = run_and_kill(["-c", SCRIPT, str(folder)], wait, lines=3)
    without = _copy(folder, log=False)

    count, end = _open(folder)
    assert count >= len(told)
    assert end is not LogEnd.GONE
    fewer, end = _open(without)
    assert (end is LogEnd.GONE) == (fewer < count)


def test_it_says_what_is_safe_and_what_to_do() -> None:
    told = describe_log_end(LogEnd.GONE)
    assert isinstance(told, StoreError)
    assert "every record that is there is whole" in told.advice
    assert "restore that if it has more" in told.advice
