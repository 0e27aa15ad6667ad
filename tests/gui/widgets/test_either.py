"""Of two cells at most one is chosen, and the one that is can be taken back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.either import NOT_SO, SO, Either


def make(qtbot: QtBot, theme: Theme) -> tuple[Either, list[object]]:
    """Return a shown choice, and what it said."""
    choice = Either(theme, "Under control or not", "Under control", "Not under control")
    said: list[object] = []
    choice.said.connect(said.append)
    qtbot.addWidget(choice)
    with qtbot.waitActive(choice):
        choice.show()
        choice.activateWindow()
    return choice, said


def test_it_takes_keys_and_backspace_takes_back(qtbot: QtBot, theme: Theme) -> None:
    choice, said = make(qtbot, theme)
    choice.take_focus()

    def press(key: Qt.Key) -> str:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)
        return choice.value()

    assert press(Qt.Key.Key_Space) == NOT_SO
    assert press(Qt.Key.Key_Right) == SO
    assert press(Qt.Key.Key_Right) == SO, "the end is an end"
    assert press(Qt.Key.Key_Space) == SO
    assert press(Qt.Key.Key_Backspace) == ""
    assert press(Qt.Key.Key_Backspace) == ""

    assert said == [False, True, None]


def test_the_chosen_cell_is_taken_back_by_pressing_it_again(qtbot: QtBot, theme: Theme) -> None:
    choice, said = make(qtbot, theme)

    for option, value in ((SO, SO), (SO, ""), (NOT_SO, NOT_SO), (SO, SO)):
        QTest.mouseClick(choice.cell(option), Qt.MouseButton.LeftButton)
        assert choice.value() == value

    assert said == [True, None, False, True]


def test_showing_what_is_said_tells_nothing(qtbot: QtBot, theme: Theme) -> None:
    choice, said = make(qtbot, theme)

    for so, chosen in ((True, SO), (False, NOT_SO), (None, "")):
        choice.show_said(so)
        assert choice.value() == chosen

    assert said == []
