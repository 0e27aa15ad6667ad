"""A list is chosen from by the letters of a name, and a key that leaves it leaves it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from consult_app.gui.theme import TARGET, Theme
from consult_app.gui.widgets.choices import PillCombo, _break_lines

NO_HURRY = 600_000
"""Milliseconds between two letters of a name, so that no slow computer takes them for two."""


@pytest.fixture
def combo(qtbot: QtBot) -> Iterator[PillCombo]:
    """Three countries with the keyboard, before another list."""
    theme, hints = Theme("light"), QApplication.styleHints()
    usual = hints.keyboardInputInterval()
    hints.setKeyboardInputInterval(NO_HURRY)
    page = QWidget()
    column = QVBoxLayout(page)
    first, after = PillCombo(theme, "Country", page), PillCombo(theme, "Paper", page)
    first.addItems(["United Kingdom", "Ireland", "United States"])
    column.addWidget(first)
    column.addWidget(after)
    qtbot.addWidget(page)
    page.show()
    first.setFocus()
    yield first
    hints.setKeyboardInputInterval(usual)


def test_a_space_goes_on_with_a_name(combo: PillCombo) -> None:
    """It opened the list, which then kept the keyboard."""
    QTest.keyClicks(combo, "united s")
    assert combo.currentText() == "United States"
    assert not combo.view().isVisible()


def test_a_space_by_itself_opens_the_list_and_tab_leaves_it(combo: PillCombo) -> None:
    QTest.keyClick(combo, Qt.Key.Key_Space)
    assert combo.view().isVisible()
    QTest.keyClick(combo.view(), Qt.Key.Key_Down)
    QTest.keyClick(combo.view(), Qt.Key.Key_Tab)
    assert not combo.view().isVisible()
    assert combo.currentText() == "United Kingdom", "nothing was chosen"
    focused = combo.window().focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Paper"


def test_an_open_list_is_as_wide_as_its_longest_choice(combo: PillCombo) -> None:
    """Of two end points only what both begin with could be read."""
    page = combo.window()
    page.resize(900, 200)
    combo.setMaximumWidth(200)
    combo.addItem("Even pin-point dots of blood that stop by themselves or with light pressure")
    QApplication.processEvents()

    combo.showPopup()

    assert combo.view().width() >= combo.sizeHint().width() > combo.width()
    combo.hidePopup()


def test_a_choice_that_is_too_long_for_one_line_is_read_in_two(combo: PillCombo) -> None:
    """Of two answers to one question only the same first words could be read."""
    metrics = combo.fontMetrics()
    text = "Dark blue, dark green or hazel"
    room = metrics.horizontalAdvance(text)

    assert _break_lines(metrics, text, room + 2) == text
    assert _break_lines(metrics, text, room - 2) == "Dark blue, dark green or\nhazel"
    assert _break_lines(metrics, text, room // 3).endswith("\N{HORIZONTAL ELLIPSIS}")
    assert 2 * metrics.lineSpacing() <= combo.sizeHint().height()


def test_a_name_in_two_lines_has_room_above_and_below(combo: PillCombo) -> None:
    """At 130 % two lines touched the frame of a field that is high enough for one."""
    theme = combo.theme
    theme.set_text_percent(130)
    line = combo.fontMetrics().height()
    combo.setFixedWidth(theme.px(160))
    combo.addItem("Lidocaine 25 mg/g with prilocaine 25 mg/g")
    combo.setCurrentIndex(combo.count() - 1)
    QApplication.processEvents()
    assert combo.height() >= 2 * line + theme.px(12)

    combo.setCurrentIndex(1)
    QApplication.processEvents()
    assert combo.height() == theme.px(TARGET), "and no more for a short one"
