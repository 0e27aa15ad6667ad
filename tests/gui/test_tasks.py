"""Work off the window's thread: its end is told, and nobody waits for whoever is gone."""

from __future__ import annotations

import threading

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
