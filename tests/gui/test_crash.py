"""When the program itself fails: told once on the window's thread, without what was typed."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from consult_app.gui.crash import Reporter, describe_program, install_hooks


@pytest.fixture(autouse=True)
def hooks() -> Iterator[None]:
    """Put the hooks back that were there before."""
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    yield
    sys.excepthook, threading.excepthook, sys.unraisablehook = before


@pytest.fixture
def owner(qapp: object) -> QObject:
    del qapp
    return QObject()


def _fail() -> None:
    raise LookupError("Ada Berg")


@pytest.mark.expects_log("LookupError")
def test_a_failure_in_a_thread_is_told_on_the_threads_of_the_window(
    owner: QObject, qtbot: QtBot
) -> None:
    """A dialog made on another thread ends the process."""
    kept: list[QThread] = []
    told: list[tuple[str, QThread]] = []
    reporter = Reporter(
        lambda: kept.append(QThread.currentThread()),
        lambda text: told.append((text, QThread.currentThread())),
        owner,
    )
    install_hooks(reporter.report)

    thread = threading.Thread(target=_fail)
    thread.start()
    thread.join()
    assert told == [], "not on the thread that failed"
    qtbot.waitUntil(lambda: bool(told))

    assert kept == [owner.thread()]
    ((text, where),) = told
    assert where is owner.thread()
    assert text.startswith(describe_program())
    assert "LookupError" in text
    assert "_fail" in text
    assert "Ada" not in text


@pytest.mark.expects_log("OSError")
def test_a_draft_that_cannot_be_kept_does_not_stop_the_report(owner: QObject, qtbot: QtBot) -> None:
    told: list[str] = []

    def keep() -> None:
        raise OSError("disk")

    reporter = Reporter(keep, told.append, owner)

    reporter.report("LookupError")

    qtbot.waitUntil(lambda: len(told) == 1)


@pytest.mark.expects_log("LookupError")
def test_a_report_that_cannot_be_shown_starts_no_round(owner: QObject, qtbot: QtBot) -> None:
    kept: list[bool] = []
    reporter = Reporter(lambda: kept.append(True), lambda _: _fail(), owner)
    install_hooks(reporter.report)

    reporter.report("ValueError")

    qtbot.waitUntil(lambda: kept == [True])


def test_somebody_who_stops_the_program_is_not_told_of_a_fault() -> None:
    told: list[str] = []
    install_hooks(told.append)

    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    assert told == []
