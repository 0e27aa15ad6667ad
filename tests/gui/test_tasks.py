"""Work off the window's thread: its end is told, and nobody waits for whoever is gone."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from consult_app.errors import ConsultError
from consult_app.gui.tasks import Tasks


def test_its_end_is_told_on_the_thread_of_the_window(qtbot: QtBot) -> None:
    told: list[tuple[str, threading.Thread]] = []
    counts: list[int] = []

    def hear(words: str) -> None:
        told.append((words, threading.current_thread()))

    tasks = Tasks(lambda error: hear(str(error)))
    tasks.busy.connect(counts.append)

    def fail() -> str:
        raise ConsultError(threading.current_thread().name, "")

    tasks.run(lambda: "done", hear)
    qtbot.waitUntil(lambda: len(told) == 1)
    tasks.run(fail, hear)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told[0][0] == "done"
    assert told[1][0] != threading.current_thread().name
    assert {thread for _, thread in told} == {threading.current_thread()}
    qtbot.waitUntil(lambda: counts == [1, 0, 1, 0])


def test_a_window_goes_while_its_work_is_under_way(qapp: QApplication, qtbot: QtBot) -> None:
    """Waiting for it in Qt would wait for ever: the work needs the lock that is held meanwhile."""
    told: list[str] = []
    begun, go_on = threading.Event(), threading.Event()

    def work() -> str:
        begun.set()
        assert go_on.wait(30)
        return "done"

    window = QWidget()
    tasks = Tasks(lambda error: told.append(str(error)), window)
    tasks.run(work, told.append)
    begun.wait(30)
    window.deleteLater()
    qapp.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)
    assert not shiboken6.isValid(tasks)
    go_on.set()
    tasks.wait()
    other = Tasks(lambda error: told.append(str(error)))
    other.run(lambda: "other", told.append)
    qtbot.waitUntil(lambda: "other" in told)
    assert told == ["other"]


class Held:
    """Stands for a widget: notes in which thread the last hold on it was let go of."""

    let_go: list[threading.Thread]

    def __init__(self, let_go: list[threading.Thread]) -> None:
        self.let_go = let_go

    def __del__(self) -> None:
        self.let_go.append(threading.current_thread())


@pytest.fixture
def hasty() -> Iterator[None]:
    """Let threads take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("hasty", "qapp")
def test_what_work_holds_is_let_go_of_in_the_thread_of_the_window(qtbot: QtBot) -> None:
    """The last to let go of a widget takes it down."""
    let_go: list[threading.Thread] = []
    ended: list[object] = []
    tasks = Tasks(ended.append)

    def begin(*, fails: bool) -> None:
        held = Held(let_go)

        def work() -> Held:
            if fails:
                raise ConsultError(str(held), "")
            return held

        tasks.run(work, lambda _: ended.append(held is None))

    for number in range(200):
        begin(fails=number % 2 == 1)
    qtbot.waitUntil(lambda: len(ended) == 200)
    tasks.wait()
    ended.clear()

    assert len(let_go) == 200
    assert set(let_go) == {threading.current_thread()}
