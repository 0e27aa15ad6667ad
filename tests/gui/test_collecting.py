"""What nobody needs any more is collected in the window's thread, and nowhere else."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from consult_app.gui import collecting
from consult_app.gui.collecting import Collector

Seen = list[threading.Thread]


class Knot:
    """Something that only a collection can take away."""

    def __init__(self) -> None:
        self.me = self


def make_knots() -> None:
    """Leave enough behind that a collection is due."""
    for _ in range(5 * gc.get_threshold()[0]):
        Knot()


@pytest.fixture
def seen() -> Iterator[Seen]:
    """In which threads a collection began."""
    threads: Seen = []

    def note(phase: str, _info: dict[str, int]) -> None:
        if phase == "start":
            threads.append(threading.current_thread())

    gc.callbacks.append(note)
    yield threads
    gc.callbacks.remove(note)


def work_elsewhere() -> None:
    """Leave knots behind in another thread."""
    worker = threading.Thread(target=make_knots)
    worker.start()
    worker.join()


def test_between_tests_nobody_else_collects() -> None:
    assert not gc.isenabled()


def test_without_it_a_worker_collects(seen: Seen) -> None:
    gc.enable()
    try:
        work_elsewhere()
    finally:
        gc.disable()
    assert any(thread is not threading.main_thread() for thread in seen)


def test_with_it_only_the_windows_thread_does(
    qtbot: QtBot, seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collecting, "EVERY_MS", 10)
    owner = QObject()
    Collector(owner)
    work_elsewhere()
    assert not seen
    qtbot.wait_until(lambda: bool(seen))
    assert set(seen) == {threading.main_thread()}
    with qtbot.wait_signal(owner.destroyed):
        owner.deleteLater()
    assert not gc.isenabled(), "its parts are still about"
