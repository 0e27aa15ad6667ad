"""Nothing stands over the page that asks for the passphrase, whatever was asked for before it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from consult_app.errors import ConsultError, NotYetError
from consult_app.gui.custody.restore_sheet import RestoreSheet
from consult_app.gui.dialogs import MessageDialog
from consult_app.gui.frame import Frame
from consult_app.gui.gate.welcome import WelcomePage
from consult_app.gui.handout import work as handout_work
from consult_app.gui.widgets.notice import Notice
from tests.gui.conftest import room_of
from tests.gui.test_frame import FULL, FullDisk, begin, lock, unlock
from tests.gui.test_gate import page_of
from tests.gui.test_records_as_a_whole import find, finish
from tests.gui.test_shown_as_windows import Watch, watch
from tests.sealed import PASSPHRASE

__all__ = ["watch"]


def over(frame: Frame) -> list[str]:
    """Return what stands over the lock page."""
    dialogs = [type(it).__name__ for it in frame.findChildren(QDialog) if it.isVisible()]
    return dialogs + [it.text() for it in frame.findChildren(Notice, "passing") if it.isVisible()]


def settle(frame: Frame) -> None:
    for _ in range(3):
        QTest.qWait(0)
        QApplication.processEvents()
    assert frame.gate.isVisible()


@pytest.mark.parametrize("command", ["print", "save", "handout", "sign"])
def test_what_was_asked_for_just_before_a_lock_shows_nothing_over_it(
    frame: Frame, watch: Watch, command: str
) -> None:
    """The system's dialog for printing stood there for a moment."""
    room = room_of(frame)
    room.show_visit(room.desk.sample_visit())
    room.run("panel:finish")
    QApplication.processEvents()
    watch.shown.clear()
    if command == "sign":
        room.handout.sign()
    else:
        room.run(command)
    before = list(watch.shown)

    lock(frame)
    settle(frame)

    assert watch.shown == before
    assert not over(frame)


@pytest.mark.parametrize("error", [ConsultError("No", "Go"), NotYetError("Later", "Go")])
def test_neither_does_what_goes_wrong_meanwhile(
    frame: Frame, watch: Watch, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> object:
        def work() -> object:
            raise error

        return work

    monkeypatch.setattr(handout_work, "choose_sheet", fail)
    room = room_of(frame)
    room.show_visit(room.desk.sample_visit())
    room.run("panel:finish")
    QApplication.processEvents()
    watch.shown.clear()
    room.run("print")

    lock(frame)
    settle(frame)

    assert not watch.shown
    assert not over(frame)


def test_a_line_that_passes_does_not_outlive_the_lock(frame: Frame) -> None:
    room = room_of(frame)
    room.sheets.tell(NotYetError("Later", "Go"))
    assert over(frame)

    lock(frame)

    assert not over(frame)


def test_where_the_work_stays_open_behind_the_lock_it_waits_there(
    frame: Frame, watch: Watch, qtbot: QtBot
) -> None:
    """What could not be saved keeps them open; what went wrong is told once they are seen."""
    room = room_of(frame)
    disk = FullDisk(room)
    room.desk = replace(room.desk, records=disk)
    room.reception.use(room.desk)
    begin(room).session.set("goals.own_words", "Scars")
    lock(frame)
    settle(frame)
    watch.shown.clear()
    room.tell(FULL)
    assert not over(frame)

    disk.full = False
    unlock(frame, qtbot)

    told = [it for it in frame.findChildren(MessageDialog) if it.isVisible()]
    assert [it.windowTitle() for it in told] == ["Consultation"]


def test_what_was_typed_for_a_restore_is_forgotten_once_nobody_is_here(
    closed_frame: Frame, qtbot: QtBot
) -> None:
    closed_frame.gate.begin()
    page_of(closed_frame, WelcomePage).restore.click()
    chosen = find(closed_frame, RestoreSheet)
    finish(chosen, qtbot)
    chosen.secret.line.setText(PASSPHRASE)

    closed_frame.absence.noticed.emit("idle")

    assert not chosen.isVisible()
    assert chosen.secret.text() == ""
