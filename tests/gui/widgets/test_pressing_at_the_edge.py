"""What is pressed stays beneath the pointer, also where the edge of the page cuts it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.fields import TextField
from consult_app.gui.widgets.scrolling import ScrollPane

Put = Callable[..., QMainWindow]


def cut(pane: ScrollPane, button: QWidget, edge: str) -> QPoint:
    """Scroll until the edge leaves a third of the button; return where that is, in the window."""
    above, height = button.mapTo(pane, QPoint()).y() - pane.viewport().y(), button.height()
    bar = pane.verticalScrollBar()
    above += bar.value()
    seen = height // 3
    ends = {"top": above + height - seen, "bottom": above + seen - pane.viewport().height()}
    bar.setValue(ends[edge])
    spot = QPoint(button.width() // 2, height - seen // 2 if edge == "top" else seen // 2)
    return button.mapTo(button.window(), spot)


@pytest.mark.parametrize("edge", ["top", "bottom"])
def test_a_button_that_the_edge_cuts_takes_the_click(edge: str, theme: Theme, put: Put) -> None:
    pane = ScrollPane(theme)
    buttons = [Button(theme, f"Choice {number}") for number in range(40)]
    pressed: list[int] = []
    for number, button in enumerate(buttons):
        button.clicked.connect(lambda *_, number=number: pressed.append(number))
        pane.body.addWidget(button)
    window = put(pane, width=400, height=300)
    buttons[0].setFocus()
    spot = cut(pane, buttons[20], edge)
    before = pane.verticalScrollBar().value()

    # By the window, as a mouse does it: a press on the button itself would follow it anywhere.
    handle = window.windowHandle()
    QTest.mouseMove(handle, spot)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=spot)
    QApplication.processEvents()
    assert pane.verticalScrollBar().value() == before
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=spot)
    QApplication.processEvents()

    assert pressed == [20]


def test_a_button_that_is_cut_is_shown_to_who_comes_by_the_keys(theme: Theme, put: Put) -> None:
    pane = ScrollPane(theme)
    buttons = [Button(theme, f"Choice {number}") for number in range(40)]
    for button in buttons:
        pane.body.addWidget(button)
    put(pane, width=400, height=300)
    buttons[19].setFocus()
    cut(pane, buttons[20], "bottom")

    buttons[20].setFocus(Qt.FocusReason.TabFocusReason)

    assert buttons[20].visibleRegion().boundingRect() == buttons[20].rect()


def test_a_field_that_is_cut_is_shown_to_who_presses_it(theme: Theme, put: Put) -> None:
    """Else what is typed would be out of sight."""
    pane = ScrollPane(theme)
    fields = [QLineEdit() for _ in range(40)]
    for field in fields:
        pane.body.addWidget(field)
    window = put(pane, width=400, height=300)
    fields[0].setFocus()
    spot = cut(pane, fields[20], "bottom")

    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=spot)
    QApplication.processEvents()

    assert fields[20].hasFocus()
    assert fields[20].visibleRegion().boundingRect() == fields[20].rect()


def test_a_fault_that_appears_above_moves_nothing_that_is_pressed(
    theme: Theme, put: Put, qtbot: QtBot
) -> None:
    """As when half a date is left by pressing a button beneath it, at the top of a page."""
    pane = ScrollPane(theme)
    field, pressed = TextField(theme, "Its date"), []
    button = Button(theme, "Choice")
    button.clicked.connect(lambda: pressed.append(1))
    for part in (field, button, TextField(theme, "Last")):
        pane.body.addWidget(part)
    handle = put(pane, width=400, height=200).windowHandle()
    field.finished.connect(lambda: field.set_error("Write a date such as 20/3/2026, " * 12))
    field.line.setFocus()
    QTest.keyClicks(field.line, "31.2.")
    spot = button.mapTo(button.window(), button.rect().center())
    bar = pane.verticalScrollBar()
    most = bar.maximum()

    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=spot)
    qtbot.waitUntil(lambda: bar.maximum() > most)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=spot)

    assert pressed == [1]
