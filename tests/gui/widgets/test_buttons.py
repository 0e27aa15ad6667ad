"""Buttons, chips and segments."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QMainWindow
from pytestqt.qtbot import QtBot

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button, MenuButton
from consult_app.gui.widgets.chips import ChipGroup
from consult_app.gui.widgets.segmented import Option, Segmented

Press = Callable[..., None]
Put = Callable[..., QMainWindow]
TYPES = tuple(Option(name, name, f"Type {name}") for name in ("I", "II", "III"))


def test_an_ampersand_is_just_an_ampersand(theme: Theme, put: Put) -> None:
    button = Button(theme, "Plan & expectations")
    put(button)
    assert button.words == "Plan & expectations"
    assert button.accessibleName() == "Plan & expectations"
    assert button.shortcut().isEmpty()


def test_a_compact_button_keeps_its_name_and_shows_it_as_tool_tip(theme: Theme) -> None:
    button = Button(theme, "Lock", "ghost", "lock")
    wide = button.sizeHint().width()
    button.set_compact(on=True)
    assert button.sizeHint().width() < wide
    assert button.accessibleName() == button.toolTip() == "Lock"


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_space_and_enter_press_a_button(theme: Theme, put: Put, qtbot: QtBot, key: Qt.Key) -> None:
    button = Button(theme, "Continue", "primary")
    put(button)
    button.setFocus()
    with qtbot.waitSignal(button.clicked, timeout=1000):
        QTest.keyClick(button, key)


def test_enter_presses_what_has_the_focus_and_not_the_default_of_its_dialog(
    theme: Theme, qtbot: QtBot
) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    row = QHBoxLayout(dialog)
    leave, erase = Button(theme, "Leave it"), Button(theme, "Erase", "primary")
    row.addWidget(leave)
    row.addWidget(erase)
    erase.setDefault(True)
    pressed: list[str] = []
    leave.clicked.connect(lambda: pressed.append("leave"))
    erase.clicked.connect(lambda: pressed.append("erase"))
    dialog.show()
    leave.setFocus()
    QTest.keyClick(leave, Qt.Key.Key_Return)
    assert pressed == ["leave"]


def test_enter_with_ctrl_is_left_to_the_command(theme: Theme, put: Put) -> None:
    button = Button(theme, "Continue", "primary")
    put(button)
    pressed: list[bool] = []
    button.clicked.connect(pressed.append)
    QTest.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == []


def test_a_menu_button_tells_the_id_of_what_was_picked(
    theme: Theme, put: Put, qtbot: QtBot
) -> None:
    button = MenuButton(theme, "Left cheek")
    put(button)
    button.set_choices([("nose", "Nose"), ("chin", "Chin")], current="chin")
    menu = button.open_menu()
    ticked = [action.text() for action in menu.actions() if action.isChecked()]
    with qtbot.waitSignal(button.chosen, timeout=1000) as told:
        menu.actions()[0].trigger()
    menu.close()
    assert ticked == ["Chin"]
    assert told.args == ["nose"]


def test_chips_tell_all_that_is_chosen(theme: Theme, put: Put, qtbot: QtBot) -> None:
    chips = ChipGroup(theme, "Today", [("sun", "Sunburn"), ("acne", "Active acne", "warn")])
    put(chips)
    chips.set_chosen(["acne"])
    with qtbot.waitSignal(chips.edited, timeout=1000) as told:
        QTest.keyClick(chips.chip("sun"), Qt.Key.Key_Space)
    assert told.args == [("sun", "acne")]


def test_chips_wrap_and_their_group_grows(theme: Theme, put: Put) -> None:
    options = [(str(n), f"Finding number {n}") for n in range(6)]
    chips = ChipGroup(theme, "Findings", options)
    window = put(chips, width=700)
    low = chips.height()
    window.resize(300, 600)
    QApplication.processEvents()
    assert chips.height() > low
    right = max(chips.chip(option).geometry().right() for option, _ in options)
    assert right <= chips.width()


def test_a_segment_is_one_tab_stop_at_the_chosen_cell(theme: Theme, put: Put) -> None:
    before, after = Button(theme, "Before"), Button(theme, "After")
    cells = Segmented(theme, "Skin type", TYPES)
    put(before, cells, after)
    cells.set_value("II")
    before.setFocus()
    QTest.keyClick(before, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is cells.cell("II")
    QTest.keyClick(cells.cell("II"), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is after
    QTest.keyClick(after, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is cells.cell("II")


def test_arrow_keys_move_the_choice_and_stop_at_the_ends(
    theme: Theme, put: Put, press: Press
) -> None:
    cells = Segmented(theme, "Skin type", TYPES)
    put(cells)
    heard: list[str] = []
    cells.edited.connect(heard.append)
    cells.set_value("II")
    cells.take_focus()
    for _ in range(3):
        press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Left)
    assert cells.value() == "II"
    assert heard[0] == "III"
    assert heard[-1] == "II"


def test_arrow_keys_follow_the_eye_from_right_to_left(
    theme: Theme, put: Put, from_right: None, press: Press
) -> None:
    del from_right
    cells = Segmented(theme, "Skin type", TYPES)
    put(cells)
    cells.set_value("II")
    cells.take_focus()
    press(Qt.Key.Key_Left)
    assert cells.value() == "III"
    assert cells.cell("III").x() < cells.cell("I").x()


def test_at_most_one_cell_is_chosen_and_none_can_be(theme: Theme, put: Put) -> None:
    cells = Segmented(theme, "Skin type", TYPES)
    put(cells)
    assert cells.value() == ""
    for name in ("I", "III"):
        QTest.mouseClick(cells.cell(name), Qt.MouseButton.LeftButton)
    assert [name for name in ("I", "II", "III") if cells.cell(name).isChecked()] == ["III"]
    cells.clear()
    assert cells.value() == ""


def test_a_cell_says_its_full_name(theme: Theme) -> None:
    cells = Segmented(theme, "Skin type", TYPES)
    assert cells.cell("II").accessibleName() == "Skin type: Type II"
