"""What stands in the place of the panels for a while leads back to where the work was."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.agree import AgreePanel
from tests.gui.test_patient_view import show, walk
from tests.gui.touring import workspace_of

CONTROL = Qt.KeyboardModifier.ControlModifier


def settle() -> None:
    for _ in range(8):
        QApplication.processEvents()


@pytest.mark.parametrize("panel", ["goals", "plan", "expectations"])
@pytest.mark.parametrize("command", ["patient_view", "handout"])
def test_a_panel_is_found_where_somebody_had_scrolled_to(
    window: MainWindow, qtbot: QtBot, panel: str, command: str
) -> None:
    """It went back to the field with the keyboard, which was out of sight long before."""
    window.show_visit(replace(window.desk.sample_visit(), panel=panel))
    settle()
    bar = workspace_of(window).panel.pane.verticalScrollBar()
    field = QApplication.focusWidget()
    bar.setValue(bar.maximum())
    settle()
    before = bar.value()

    window.run(command)
    if command == "handout":
        qtbot.waitUntil(window.preview.isVisible, timeout=20_000)
        window.preview.close_wanted.emit()
    else:
        assert window.patient.view is not None
        assert QApplication.focusWidget() is not field
        window.run(command)
    settle()

    assert workspace_of(window).isVisible()
    assert bar.value() == before > 0
    assert QApplication.focusWidget() is field


def test_the_keys_of_the_panels_turn_the_pages_of_the_patient(
    window: MainWindow, qtbot: QtBot
) -> None:
    """They ended the view and showed the record, with the patient in front of it."""
    view = show(window, qtbot, window.desk.sample_visit())
    panel = workspace_of(window).panel
    pages: list[QWidget | None] = [view.slide]

    QTest.keyClick(view, Qt.Key.Key_PageDown, CONTROL)
    pages.append(view.slide)
    QTest.keyClick(view, Qt.Key.Key_PageUp, CONTROL)
    QTest.keyClick(view, Qt.Key.Key_PageUp, CONTROL)

    assert window.patient.view is view
    assert view.slide is pages[0] is not pages[1]
    assert workspace_of(window).panel is panel
    assert not workspace_of(window).isVisible()


def test_the_words_of_the_patient_are_as_large_as_all_else_they_see(
    window: MainWindow, qtbot: QtBot
) -> None:
    view = show(window, qtbot, window.desk.sample_visit())
    choice = walk(view)[-1]
    assert isinstance(choice, AgreePanel)
    sizes = {field.control.font().pixelSize() for field in choice.words.values()}
    assert sizes == {view.theme.font("body").pixelSize()}
    assert sizes != {window.theme.font("body").pixelSize()}


def test_a_double_click_goes_one_panel_on(window: MainWindow) -> None:
    """It went two panels on, and Skin was skipped without a word."""
    window.show_visit(window.desk.sample_visit())
    window.run("panel:goals")
    workspace = workspace_of(window)
    for button, step in ((workspace.footer.onward, "skin"), (workspace.footer.back, "goals")):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
        assert workspace.panel.step == step
