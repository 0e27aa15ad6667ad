"""Two programs at one store, and many threads in one program."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

import consult_app
from consult_app.store.engine import open_engine
from consult_app.store.faults import StoreInUseError
from consult_app.store.repositories import FileStore, open_store

SCRIPT = Path(__file__).with_name("opening_in_turns.py")
AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
RACES, READERS = 50, 4
APART = 2
"""Of two records saved together: the write of what a list shows of the first lies between."""
BOTH = "SELECT version FROM row WHERE in_table = 'drafts' ORDER BY id"


class Racer:
    """A program that opens records when it is told to."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def tell(self, line: str) -> None:
        """Tell it what to do next."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def hear(self) -> str:
        """Wait for what it says."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()


@contextmanager
def racing(lock: str = "lock") -> Iterator[Racer]:
    environment = {**os.environ, "PYTHONPATH": str(Path(consult_app.__file__).parents[1])}
    with subprocess.Popen(
        [sys.executable, str(SCRIPT), lock],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        racer = Racer(process)
        try:
            assert racer.hear() == "ready"
            yield racer
        finally:
            process.kill()


def _race(folder: Path, races: int, lock: str) -> Counter[tuple[str, ...]]:
    """Return how often which two answers were given."""
    answers: Counter[tuple[str, ...]] = Counter()
    with racing(lock) as one, racing(lock) as other:
        for number in range(races):
            # Both alike often have to make the folder and the file first.
            place = folder / str(number // 2)
            for racer in (one, other) if number % 2 else (other, one):
                racer.tell(str(place))
            answers[tuple(sorted((one.hear(), other.hear())))] += 1
            for racer in (one, other):
                racer.tell("close")
            assert (one.hear(), other.hear()) == ("done", "done")
    return answers


def test_of_two_programs_that_open_at_once_one_gets_the_records(tmp_path: Path) -> None:
    assert _race(tmp_path, RACES, "lock") == {("in use", "opened"): RACES}


@pytest.mark.skipif(os.name != "posix", reason="an open file cannot be shared so here")
def test_without_the_lock_both_would(tmp_path: Path) -> None:
    """The control: the races are close enough to be lost."""
    (tmp_path / "0").mkdir()
    open_engine(tmp_path / "0").close()
    assert _race(tmp_path, 2, "no-lock")["opened", "opened"] > 0


@pytest.mark.skipif(os.name != "posix", reason="programs are not stopped by signals here")
def test_a_holder_that_hangs_keeps_the_records_and_one_that_is_killed_gives_them_up(
    tmp_path: Path,
) -> None:
    with racing() as holder:
        holder.tell(str(tmp_path))
        assert holder.hear() == "opened"
        holder.process.send_signal(signal.SIGSTOP)
        with pytest.raises(StoreInUseError):
            open_engine(tmp_path)
        holder.process.kill()
        holder.process.wait()
        open_engine(tmp_path).close()


def _save_together(store: FileStore, number: int) -> None:
    with store.rows.engine.transaction():
        store.drafts.save("a", {"n": number}, AT)
        store.drafts.save("b", {"n": number}, AT)


def _save_apart(store: FileStore, number: int) -> None:
    store.drafts.save("a", {"n": number}, AT)
    store.drafts.save("b", {"n": number}, AT)


def _write_and_read(
    folder: Path, save: Callable[[FileStore, int], None], is_over: Callable[[int], bool]
) -> tuple[int, int]:
    """Save while others read; return how many readings there were and how many were torn.

    What a reading finds has to belong together, and a single record never goes back.
    """
    readings, torn, failed = Counter[int](), Counter[int](), list[BaseException]()
    ended = threading.Event()

    def read(store: FileStore, reader: int) -> None:
        last = 0
        try:
            while not ended.is_set():
                with store.rows.engine.snapshot() as now:
                    (first,), (second,) = now.fetch(BOTH)
                torn[reader] += second - first != APART  # type: ignore[operator]  # numbers of writes
                number = store.drafts.get("a")["n"]
                assert isinstance(number, int)
                assert number >= last
                assert len(store.drafts.list()) == 2
                last = number
                readings[reader] += 1
        except BaseException as error:  # noqa: BLE001  # the test must hear of all
            failed.append(error)

    with open_store(folder) as store:
        _save_together(store, 0)
        threads = [threading.Thread(target=read, args=(store, n)) for n in range(READERS)]
        for thread in threads:
            thread.start()
        number = 0
        while not is_over(number):
            number += 1
            save(store, number)
        while len(readings) < READERS and not failed:
            time.sleep(0.001)  # readers that had no turn yet
        ended.set()
        for thread in threads:
            thread.join()
        assert not failed
        assert store.verify() == ()
    assert len(readings) == READERS
    return readings.total(), torn.total()


def test_four_readers_beside_a_writer_see_whole_saves_only(tmp_path: Path) -> None:
    readings, torn = _write_and_read(tmp_path, _save_together, lambda number: number >= 150)
    assert readings > 50
    assert torn == 0


def test_saves_that_do_not_belong_together_are_seen_apart(tmp_path: Path) -> None:
    """The control: the readers do look in between."""
    _, torn = _write_and_read(tmp_path, _save_apart, lambda number: number >= 150)
    assert torn > 0


@pytest.mark.long
def test_four_readers_beside_a_writer_see_whole_saves_only_for_a_minute(tmp_path: Path) -> None:
    end = time.monotonic() + 60
    readings, torn = _write_and_read(tmp_path, _save_together, lambda _: time.monotonic() > end)
    assert readings > 1_000
    assert torn == 0
