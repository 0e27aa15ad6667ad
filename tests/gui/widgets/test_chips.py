"""Chips that stand together are one stop for Tab; arrow keys move among them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.chips import Chip, ChipGroup
from consult_app.gui.workspace.reading_order import find_next

OPTIONS = [("sun", "Sunburn"), ("rash", "Rash"), ("cut", "Cut")]


@pytest.fixture
def room(qtbot: QtBot, theme: Theme) -> QWidget:
    """A group between two chips of their own."""
    made = QWidget()
    column = QVBoxLayout(made)
    for part in (Chip(theme, "Before"), ChipGroup(theme, "Today", OPTIONS), Chip(theme, "After")):
        column.addWidget(part)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def chip(room: QWidget, name: str) -> Chip:
    return next(it for it in room.findChildren(Chip) if it.words == name)


def press(key: Qt.Key) -> str:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)
    now = QApplication.focusWidget()
    assert isinstance(now, Chip)
    return now.words


def tab(room: QWidget, by: int = 1) -> str:
    target = find_next([room], QApplication.focusWidget(), by)
    assert isinstance(target, Chip)
    target.setFocus(Qt.FocusReason.TabFocusReason)
    return target.words


def test_tab_stops_once_and_comes_back_to_where_it_was(room: QWidget) -> None:
    chip(room, "Before").setFocus()

    assert [tab(room), tab(room)] == ["Sunburn", "After"]
    tab(room, -1)
    assert [press(Qt.Key.Key_Right), tab(room), tab(room, -1)] == ["Rash", "After", "Rash"]


def test_a_stop_that_is_hidden_hands_on(room: QWidget) -> None:
    chip(room, "Before").setFocus()
    tab(room)
    press(Qt.Key.Key_Right)
    chip(room, "Before").setFocus()
    chip(room, "Rash").hide()

    assert tab(room) == "Sunburn"


def test_arrow_keys_follow_the_eyes_and_stop_at_the_ends(room: QWidget) -> None:
    chip(room, "Sunburn").setFocus()

    assert [press(Qt.Key.Key_Down), press(Qt.Key.Key_Right), press(Qt.Key.Key_Right)] == [
        "Rash",
        "Cut",
        "Cut",
    ]
    room.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert [press(Qt.Key.Key_Right), press(Qt.Key.Key_Up), press(Qt.Key.Key_Up)] == [
        "Rash",
        "Sunburn",
        "Sunburn",
    ]
