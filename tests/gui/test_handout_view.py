"""The handout on screen: as large as the window has room for, whichever way that is turned."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from consult_app.gui.handout.view import HandoutView
from consult_app.gui.theme import Theme
from consult_app.handout.sheet import Sheet


def show_pages(view: HandoutView, width: int, height: int) -> list[QLabel]:
    """Show two pages of A4 in a window of a size, and return them."""
    pages = [QImage(1191, 1684, QImage.Format.Format_RGB32) for _ in range(2)]
    view.resize(width, height)
    view.show()
    view.show_sheet(Sheet(pdf=b"", pages=2), pages)
    for _ in range(5):
        QApplication.processEvents()
    return [it for it in view.findChildren(QLabel) if not it.pixmap().isNull()]


@pytest.mark.parametrize(
    ("width", "height", "beside", "least"),
    [
        (1366, 768, True, 640),
        (1920, 1040, True, 790),
        (3840, 2110, True, 1150),
        (1080, 1880, False, 790),
        (800, 1240, False, 700),
    ],
)
def test_pages_are_as_large_as_there_is_room(
    qtbot: QtBot, look: Theme, width: int, height: int, *, beside: bool, least: int
) -> None:
    """Beside each other they took half the width of a window with most of its height empty."""
    view = HandoutView(look)
    qtbot.addWidget(view)
    first, second = show_pages(view, width, height)

    assert (first.y() == second.y()) is beside
    assert first.width() >= least
    assert first.pixmap().width() <= 1191, "never with more dots than it has"


def test_the_pages_are_scrolled_by_keys_from_every_button(qtbot: QtBot, look: Theme) -> None:
    view = HandoutView(look)
    qtbot.addWidget(view)
    with qtbot.waitActive(view):
        show_pages(view, 960, 540)
        view.activateWindow()
    bar = view._pane.verticalScrollBar()
    assert bar.maximum() > 0

    for button in (view.back, view.grey, view.save, view.print):
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_PageDown)
        assert bar.value() > 0
        QTest.keyClick(button, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        assert bar.value() == bar.maximum()
        QTest.keyClick(button, Qt.Key.Key_Home)
        assert bar.value() == 0
    QTest.keyClick(view.print, Qt.Key.Key_Tab)
    assert bar.hasFocus()
    assert bar.accessibleName()
    QTest.keyClick(bar, Qt.Key.Key_Down)
    assert bar.value() > 0


def test_what_is_missing_on_the_sheet_is_said_once(qtbot: QtBot, look: Theme) -> None:
    """After printing two bars above the pages said the same."""
    view = HandoutView(look)
    qtbot.addWidget(view)
    missing = "Not on this handout: what you agreed to expect."
    view.show_sheet(Sheet(pdf=b"", pages=0), [], missing)

    view.show_given(f"The handout went to the printer. {missing}")
    assert view.given.isVisibleTo(view)
    assert not view.unprinted.isVisibleTo(view)

    view.show_sheet(Sheet(pdf=b"", pages=0), [], missing)
    view.show_given("The handout was saved.")
    assert view.unprinted.text() == missing
