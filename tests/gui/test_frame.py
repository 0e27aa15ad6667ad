"""The window on the screen: locking hides everything, closing keeps everything."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from consult_app.domain.people import Patient
from consult_app.gui.frame import Frame
from tests.gui.test_room import look_over


def dialogs(frame: Frame) -> list[QDialog]:
    return [dialog for dialog in frame.findChildren(QDialog) if dialog.isVisible()]


def words_of(widget: QWidget) -> str:
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    lines = [line.text() for line in widget.findChildren(QLineEdit) if line.isVisible()]
    return " ".join([*labels, *lines])


def test_the_lock_page_shows_no_name_and_brings_everything_back(frame: Frame) -> None:
    room = frame.room
    room.begin_visit(Patient(name="Ada Berg"))
    room.run("identity")
    room.run("settings")
    assert len(dialogs(frame)) == 2

    room.run("lock")

    assert dialogs(frame) == []
    assert "Ada" not in words_of(frame)
    assert "Ada" not in frame.windowTitle()
    for key in (Qt.Key.Key_I, Qt.Key.Key_K, Qt.Key.Key_N):
        QTest.keyClick(frame, key, Qt.KeyboardModifier.ControlModifier)
    assert frame.lock_page.isVisible(), "no command works while it is locked"
    assert dialogs(frame) == []

    QTest.keyClick(frame.lock_page.button, Qt.Key.Key_Space)

    assert room.workspace is not None
    assert room.workspace.isVisible()
    assert len(dialogs(frame)) == 2


def test_the_start_page_can_be_locked(frame: Frame) -> None:
    QTest.keyClick(frame, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert frame.lock_page.isVisible()


def test_a_handout_made_while_somebody_locks_stays_behind_the_lock(
    frame: Frame, qtbot: QtBot
) -> None:
    frame.room.show_visit(frame.room.desk.sample_visit())
    with qtbot.waitSignal(frame.room.handout.rendered):
        frame.room.run("handout")
        frame.room.run("lock")

    assert frame.lock_page.isVisible()
    assert not frame.room.preview.isVisible()


def test_closing_keeps_everything_without_asking(frame: Frame) -> None:
    frame.room.begin_visit(Patient(name="Ada Berg"))
    assert frame.room.workspace is not None
    visit = frame.room.workspace.session.visit

    frame.close()

    assert not frame.isVisible()
    assert frame.room.desk.records.open_visit(visit.id) == visit


@pytest.mark.parametrize("size", [(1366, 768), (960, 540), (800, 1240)])
@pytest.mark.parametrize("percent", [100, 130])
def test_the_lock_page_has_room(frame: Frame, size: tuple[int, int], percent: int) -> None:
    frame.room.theme.set_text_percent(percent)
    frame.resize(*size)
    frame.lock()

    found = look_over(frame.lock_page, "locked")

    assert not found, "\n".join(found)
