"""What is only to be read can be read to its end by keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from consult_app.domain import change
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.workspace.workspace import Workspace
from tests.gui.touring import make_last, workspace_of

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
LOW = (1366, 600)
"""A window lower than any panel is long."""


def press(*keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(focused(), key, held)
        for _ in range(3):
            QApplication.processEvents()


def turn_to(number: int) -> None:
    press(Key(Key.Key_0 + number), held=CTRL)


def focused() -> QWidget:
    held: QWidget | None = QApplication.focusWidget()
    assert held is not None, "nothing has the keyboard"
    return held


def bar_of(workspace: Workspace) -> QScrollBar:
    return workspace.panel.pane.verticalScrollBar()


@pytest.fixture
def signed(window: MainWindow, desk: Desk) -> Iterator[Workspace]:
    """A signed record in a low window."""
    window.resize(*LOW)
    window.open_visit(make_last(desk).id)
    QApplication.processEvents()
    yield workspace_of(window)
    window.show_start()


@pytest.mark.parametrize("number", [1, 2, 4, 5, 6])
def test_a_panel_of_a_signed_record_is_read_to_its_end(signed: Workspace, number: int) -> None:
    turn_to(number)
    bar = bar_of(signed)

    assert focused() is bar
    assert bar.accessibleName() == signed.panel.title
    assert bar.value() == 0
    press(Key.Key_PageDown)
    assert bar.value() > 0
    press(Key.Key_End)
    assert bar.value() == bar.maximum()
    press(Key.Key_Home)
    assert bar.value() == 0


def test_tab_and_f6_come_to_a_panel_without_a_field_and_leave_it(signed: Workspace) -> None:
    turn_to(1)
    bar = bar_of(signed)

    for goes, comes in ((Key.Key_Tab, Key.Key_Backtab), (Key.Key_F6, None)):
        press(goes)
        assert not signed.panel.isAncestorOf(focused())
        if comes is not None:
            press(comes, held=Qt.KeyboardModifier.ShiftModifier)
        else:
            press(*[Key.Key_F6] * 4)
        assert focused() is bar


def test_f6_passes_by_a_part_that_nothing_can_be_done_in(signed: Workspace) -> None:
    turn_to(1)
    bar_of(signed).setFocusPolicy(Qt.FocusPolicy.NoFocus)
    signed.rail.menu.setFocus()

    press(Key.Key_F6)

    assert signed.box.isAncestorOf(focused())


def test_the_groups_of_a_signed_record_are_turned_and_read(signed: Workspace) -> None:
    turn_to(3)
    panel = signed.panel
    assert isinstance(panel, SafetyPanel)
    assert panel.groups.isAncestorOf(focused())

    press(Key.Key_Right)
    shown = [key for key, card in panel._cards.items() if card.isVisible()]
    assert shown == ["body"]
    press(Key.Key_PageDown)
    assert bar_of(signed).value() > 0
    press(Key.Key_Tab)
    assert focused() is panel.onward
    press(Key.Key_Return)
    assert panel.groups.value() == "medicines"
    assert panel.groups.isAncestorOf(focused())
    answers = [asked.row for asked in panel._rows.values()]
    assert not any(row.isEnabled() for row in answers if row.isVisible())
    assert not any(card.isEnabled() for card in panel._cards.values() if card.isVisible())


def test_the_finder_leads_to_a_question_of_a_signed_record(
    signed: Workspace, window: MainWindow, qtbot: QtBot
) -> None:
    """Also once it is closed, and the groups have the keyboard back from it."""
    finder = QDialog(window)
    with qtbot.waitActive(finder):
        finder.show()
    window.run("item:anticoagulants")
    finder.close()
    with qtbot.waitActive(window):
        window.activateWindow()
    for _ in range(5):
        QApplication.processEvents()
    panel = signed.panel
    assert isinstance(panel, SafetyPanel)
    row = panel._rows["anticoagulants"].row

    assert row.visibleRegion().boundingRect() == row.rect()


def test_finish_without_a_sheet_is_read_to_its_end(window: MainWindow) -> None:
    window.resize(*LOW)
    visit = change.put(window.desk.sample_visit(), "agreement.decision", "not_suitable")
    window.show_visit(visit)
    QApplication.processEvents()
    turn_to(7)
    workspace = workspace_of(window)
    bar = bar_of(workspace)

    assert focused() is bar
    press(Key.Key_End)
    assert bar.value() == bar.maximum() > 0
    workspace.session.set("agreement.decision", "go_ahead")
    QApplication.processEvents()
    assert bar.focusPolicy() == Qt.FocusPolicy.NoFocus, "a field takes the keyboard again"
    assert not bar.hasFocus()
    assert workspace.panel.isAncestorOf(focused())


def test_a_treatment_that_is_refused_is_read_to_its_end(window: MainWindow, desk: Desk) -> None:
    window.resize(*LOW)
    window.open_visit(make_last(desk).id)
    window.run("treatment")
    window.run("panel:treated")
    QApplication.processEvents()
    bar = bar_of(workspace_of(window))

    assert focused() is bar
    press(Key.Key_End)
    assert bar.value() == bar.maximum() > 0
