"""The window locks when nobody works there, and nothing is left for others to find."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from consult_app.gui.absence import Absence
from consult_app.gui.access import Opened
from consult_app.gui.desk import Desk
from consult_app.gui.frame import Frame
from consult_app.gui.start.visits import Visits
from consult_app.settings import Settings
from consult_app.store.unlocking import SealedStore
from tests.gui.conftest import Clock, room_of
from tests.gui.test_frame import begin, lock, unlock


def test_nobody_is_missed_once_the_patience_is_over(frame: Frame, qtbot: QtBot) -> None:
    with qtbot.waitSignal(frame.absence.noticed) as caught:
        frame.absence._idle.start(1)

    assert caught.args == ["idle"]
    assert frame.room is None
    assert frame.gate.isVisible()


@pytest.mark.parametrize(
    "sign", [QEvent.Type.MouseMove, QEvent.Type.Wheel, QEvent.Type.TouchBegin, "key"]
)
def test_every_sign_of_a_person_begins_the_count_anew(
    frame: Frame, sign: QEvent.Type | str
) -> None:
    frame.absence._idle.start(1000)

    if isinstance(sign, str):
        QTest.keyClick(frame, Qt.Key.Key_Shift)
    else:
        frame.absence.eventFilter(frame, QEvent(sign))

    assert frame.absence._idle.interval() == 5 * 60 * 1000


def test_a_patient_who_reads_is_given_more_time(frame: Frame) -> None:
    room = room_of(frame)
    room.show_visit(room.desk.sample_visit())
    usual = frame._bear()

    room.run("patient_view")

    assert usual == Settings().lock.after_minutes * 60
    assert frame._bear() == Settings().lock.in_patient_view_minutes * 60 > usual


def test_a_computer_that_slept_wakes_up_locked(frame: Frame, clock: Clock) -> None:
    frame.absence.beat()
    clock.move(5)
    frame.absence.beat()
    assert frame.room is not None, "that was no sleep"

    clock.move(600)
    frame.absence.beat()

    assert frame.room is None


def test_a_computer_about_to_sleep_is_locked_first(frame: Frame) -> None:
    frame.absence.prepare_for_sleep(False)
    assert frame.room is not None

    frame.absence.prepare_for_sleep(True)

    assert frame.room is None


def test_a_window_out_of_sight_is_locked_before_long(frame: Frame, qtbot: QtBot) -> None:
    frame.showMinimized()
    QApplication.sendEvent(frame, QEvent(QEvent.Type.WindowStateChange))
    assert frame.absence._hidden.isActive()
    frame.showNormal()
    QApplication.sendEvent(frame, QEvent(QEvent.Type.WindowStateChange))
    assert not frame.absence._hidden.isActive()

    with qtbot.waitSignal(frame.absence.noticed) as caught:
        frame.absence._hidden.timeout.emit()

    assert caught.args == ["hidden"]
    assert frame.room is None


def test_the_keys_lock_also_while_a_dialog_is_open(frame: Frame) -> None:
    room = room_of(frame)
    begin(room)
    room.run("settings")

    QTest.keyClick(
        QApplication.activeModalWidget() or frame, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier
    )

    assert frame.room is None
    assert frame.gate.isVisible()


@pytest.mark.parametrize("kept", [True, False])
def test_an_open_menu_does_not_stay_above_the_lock(
    closed_frame: Frame, desk: Desk, store: SealedStore, *, kept: bool
) -> None:
    """Where records stay open behind the page, what the menu named could still be chosen."""
    visits = desk.records
    assert isinstance(visits, Visits)
    closed_frame.gate.begin()
    closed_frame.enter(Opened(desk=desk, visits=visits, keys=store if kept else None))
    room = room_of(closed_frame)
    begin(room)
    room.run("settings")
    room.run("menu")
    assert QApplication.activePopupWidget() is not None

    closed_frame.absence.noticed.emit("idle")

    assert QApplication.activePopupWidget() is None
    assert [it for it in QApplication.topLevelWidgets() if it.isVisible()] == [closed_frame]
    assert (closed_frame.room is None) is kept
    assert closed_frame.gate.isVisible()


class Board:
    """A clipboard; without a screen Qt does not tell whose words lie there."""

    def __init__(self, *, ours: bool) -> None:
        self.ours = ours
        self.cleared: list[QClipboard.Mode] = []

    def ownsClipboard(self) -> bool:  # noqa: N802 - Qt's name
        """Tell whether this program put there what lies there."""
        return self.ours

    ownsSelection = ownsFindBuffer = ownsClipboard  # noqa: N815 - Qt's names

    def clear(self, mode: QClipboard.Mode) -> None:
        """Take it away."""
        self.cleared.append(mode)


@pytest.mark.parametrize(("ours", "cleared"), [(True, 3), (False, 0)])
def test_what_the_program_put_on_the_clipboard_is_taken_back(
    frame: Frame, monkeypatch: pytest.MonkeyPatch, *, ours: bool, cleared: int
) -> None:
    board = Board(ours=ours)
    monkeypatch.setattr(QApplication, "clipboard", lambda: board)

    lock(frame)

    assert len(board.cleared) == cleared


def test_closing_takes_it_back_too(frame: Frame, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some systems keep what a program that ended had put there."""
    board = Board(ours=True)
    monkeypatch.setattr(QApplication, "clipboard", lambda: board)

    frame.close()

    assert len(board.cleared) == 3


def test_unlocking_gives_the_keyboard_to_the_same_field(frame: Frame, qtbot: QtBot) -> None:
    workspace = begin(room_of(frame))
    workspace.show_panel("agree")
    areas = [area for area in workspace.panel.findChildren(QPlainTextEdit) if area.isVisible()]
    assert len(areas) > 1
    QApplication.processEvents()
    areas[1].setFocus()
    name = areas[1].accessibleName()
    assert name != areas[0].accessibleName()

    lock(frame)
    unlock(frame, qtbot)

    qtbot.waitUntil(lambda: (focus_name()) == name)


def focus_name() -> str:
    focused = QApplication.focusWidget()
    return focused.accessibleName() if focused is not None else ""


def test_a_secret_half_typed_is_forgotten(closed_frame: Frame) -> None:
    closed_frame.gate.begin()
    closed_frame.gate._choose_first()
    line = closed_frame.gate.page.findChildren(QLineEdit)[0]
    QTest.keyClicks(line, "half a passphrase")

    closed_frame.absence.noticed.emit("idle")

    assert line.text() == ""


def test_a_watch_that_ended_notices_nothing(closed_frame: Frame, clock: Clock) -> None:
    absence = Absence(closed_frame, lambda: 60, clock)
    absence.begin()

    absence.end()

    assert not absence._idle.isActive()
    assert not absence._beat.isActive()
