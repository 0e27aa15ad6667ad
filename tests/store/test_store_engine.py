"""How the file is opened, written in transactions, and closed."""

from __future__ import annotations

import itertools
import os
import random
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

import pytest

from consult_app.store.engine import Engine, open_engine
from consult_app.store.faults import (
    DamagedStoreError,
    DiskFullError,
    MissingFolderError,
    StoreClosedError,
)
from consult_app.store.frozen import open_frozen
from consult_app.store.state import FILE_NAME

COUNT = "SELECT count(*) FROM known_table"
NAMES = "SELECT name FROM known_table ORDER BY n"
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


def _add_and_tell(engine: Engine, name: str, told: list[str]) -> None:
    with engine.transaction():
        engine.run(ADD, (name,))
        engine.after_commit(partial(told.append, name))


def _add_and_fail(engine: Engine, name: str, told: list[str]) -> None:
    with engine.transaction():
        engine.run(ADD, (name,))
        engine.after_commit(lambda: told.append(name))
        raise LookupError(name)


def _fill(engine: Engine, told: list[str]) -> None:
    with engine.transaction():
        engine.after_commit(lambda: told.append("full"))
        for n in range(1000):
            engine.run(ADD, (f"{n} {'x' * 1000}",))


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("fullfsync", 1),
        ("checkpoint_fullfsync", 1),
        ("secure_delete", 1),
        ("cell_size_check", 1),
        ("trusted_schema", 0),
        ("temp_store", 2),
        ("application_id", 0x436F6E73),
        ("user_version", 2),
    ],
)
def test_the_file_is_held_to_durability_and_distrust(
    engine: Engine, pragma: str, value: object
) -> None:
    with engine.transaction():
        assert engine.fetch(f"PRAGMA {pragma}") == [(value,)]  # the connection that writes
    assert engine.fetch(f"PRAGMA {pragma}") == [(value,)]  # the one that reads


@pytest.mark.skipif(os.name != "posix", reason="permissions of another kind")
def test_only_this_user_may_read_the_files(engine: Engine, folder: Path) -> None:
    _add(engine, "a")
    assert folder.stat().st_mode & 0o777 == 0o700
    files = list(folder.iterdir())
    assert len(files) >= 3
    assert {path.stat().st_mode & 0o077 for path in files} == {0}


def test_a_clean_close_leaves_no_log(folder: Path) -> None:
    engine = open_engine(folder)
    _add(engine, "a")
    engine.close()
    engine.close()
    assert {path.name for path in folder.iterdir()} == {FILE_NAME, "LOCK"}


@pytest.mark.parametrize(
    ("made", "spoilt"), [("n INTEGER PRIMARY", "n INTEGEP PRIMARY"), ("id TEXT", "id TEXP")]
)
def test_a_table_that_is_not_as_it_was_made_is_damage(folder: Path, made: str, spoilt: str) -> None:
    open_engine(folder).close()
    data = (folder / FILE_NAME).read_bytes()
    assert made.encode() in data
    (folder / FILE_NAME).write_bytes(data.replace(made.encode(), spoilt.encode()))
    with pytest.raises(DamagedStoreError) as caught:
        open_engine(folder)
    assert caught.value.details == ("its tables are not as they were made",)
    with pytest.raises(DamagedStoreError):
        open_frozen(folder / FILE_NAME)
    (folder / FILE_NAME).write_bytes(data)
    open_engine(folder).close()


def test_a_closed_engine_says_so(folder: Path) -> None:
    engine = open_engine(folder)
    engine.close()
    with pytest.raises(StoreClosedError):
        _count(engine)
    with pytest.raises(StoreClosedError):
        _add(engine, "a")


def test_a_transaction_is_kept_whole_or_not_at_all(engine: Engine) -> None:
    told: list[str] = []
    with pytest.raises(LookupError):
        _add_and_fail(engine, "a", told)
    assert _count(engine) == 0
    assert told == []
    _add(engine, "b")
    assert _count(engine) == 1
    assert told == []


def test_an_inner_block_that_fails_undoes_only_itself(engine: Engine) -> None:
    told: list[str] = []
    with engine.transaction():
        engine.run(ADD, ("outer",))
        engine.after_commit(lambda: told.append("outer"))
        with pytest.raises(LookupError):
            _add_and_fail(engine, "inner", told)
        assert told == []
    assert engine.fetch("SELECT name FROM known_table") == [("outer",)]
    assert told == ["outer"]


def test_an_outer_block_that_fails_undoes_the_inner_one(engine: Engine) -> None:
    told: list[str] = []

    def add_inside_and_fail() -> None:
        with engine.transaction():
            with engine.transaction():
                engine.run(ADD, ("inner",))
                engine.after_commit(lambda: told.append("inner"))
            raise LookupError

    with pytest.raises(LookupError):
        add_inside_and_fail()
    assert _count(engine) == 0
    _add(engine, "next")
    assert told == []


def test_rows_change_only_inside_a_transaction(engine: Engine) -> None:
    with pytest.raises(RuntimeError):
        engine.run(ADD, ("a",))


def test_a_reader_neither_waits_for_a_writer_nor_sees_half_of_its_work(engine: Engine) -> None:
    seen: list[object] = []
    with engine.transaction():
        engine.run(ADD, ("a",))
        reader = threading.Thread(target=lambda: seen.append(_count(engine)))
        reader.start()
        reader.join()  # would never return if the reader waited for the end of this block
    assert seen == [0]
    assert _count(engine) == 1


def test_writers_wait_for_one_another(engine: Engine) -> None:
    def add(first: int) -> None:
        for n in range(first, first + 25):
            _add(engine, str(n))

    threads = [threading.Thread(target=add, args=(first,)) for first in (0, 100, 200, 300)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert _count(engine) == 100


@pytest.mark.skipif(os.name != "posix", reason="an open file cannot be moved away here")
@pytest.mark.parametrize("replace", [False, True])
def test_a_file_moved_away_takes_no_more_saves(
    engine: Engine,
    folder: Path,
    replace: bool,  # noqa: FBT001  # pytest passes it by name
) -> None:
    _add(engine, "a")
    (folder / FILE_NAME).rename(folder / "elsewhere")
    if replace:
        (folder / FILE_NAME).touch()
    with pytest.raises(MissingFolderError):
        _add(engine, "b")


@pytest.mark.skipif(os.name != "posix", reason="an open file cannot be moved away here")
def test_what_was_refused_meanwhile_is_not_in_a_file_that_is_put_back(
    engine: Engine, folder: Path
) -> None:
    """It was kept and told as refused, so nothing knew of it, and the counts differed for ever."""
    told: list[str] = []
    _add(engine, "a")
    (folder / FILE_NAME).rename(folder / "elsewhere")
    with pytest.raises(MissingFolderError):
        _add_and_tell(engine, "b", told)
    (folder / "elsewhere").rename(folder / FILE_NAME)

    assert (_count(engine), told) == (1, [])
    _add(engine, "c")
    assert _count(engine) == 2


def test_a_full_disk_keeps_what_was_there_and_goes_on_afterwards(engine: Engine) -> None:
    _add(engine, "a")
    told: list[str] = []
    with engine.transaction():
        pages = engine.fetch("PRAGMA page_count")[0][0]
        engine.fetch(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFullError) as caught:
        _fill(engine, told)
    assert "Free some space" in caught.value.advice
    assert _count(engine) == 1
    assert told == []
    with engine.transaction():
        engine.fetch("PRAGMA max_page_count = 100000")
    _add(engine, "c")
    assert _count(engine) == 2


def test_blocks_in_blocks_undo_exactly_what_they_did(engine: Engine) -> None:
    """Compared with plain lists, over many random trees of blocks that fail or do not."""
    draw = random.Random(7)  # noqa: S311  # repeatable on purpose
    names = (f"t{n}" for n in itertools.count())

    def grow(kept: list[str], depth: int) -> list[str]:
        for _ in range(draw.randrange(4)):
            if draw.random() < 0.5 or depth == 4:
                name = next(names)
                engine.run(ADD, (name,))
                kept = [*kept, name]
            else:
                with suppress(LookupError):
                    kept = attempt(kept, depth + 1)
            assert [row[0] for row in engine.fetch(NAMES)] == kept
        return kept

    def attempt(kept: list[str], depth: int) -> list[str]:
        with engine.transaction():
            grown = grow(kept, depth)
            if draw.random() < 0.4:
                raise LookupError
            return grown

    kept: list[str] = []
    for _ in range(120):
        with suppress(LookupError):
            kept = attempt(kept, 0)
        assert [row[0] for row in engine.fetch(NAMES)] == kept
    assert len(kept) > 50
