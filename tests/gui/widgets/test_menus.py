"""Long menus: everything in them can be chosen, on the smallest screen too."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import MenuButton

WORDS = "Limb scar over bone, number {n}"


def make_button(theme: Theme, qtbot: QtBot, count: int) -> MenuButton:
    """Return a button that offers so many choices."""
    button = MenuButton(theme, "Area")
    qtbot.addWidget(button)
    button.set_choices([(str(n), WORDS.format(n=n)) for n in range(count)])
    with qtbot.waitExposed(button):
        button.show()
    return button


def list_beside(menu: QMenu) -> list[str]:
    """Return the choices that stand to the side of the screen, where nobody reaches them."""
    room = menu.screen().geometry()
    places = [
        (
            it.text(),
            QRect(
                menu.mapToGlobal(menu.actionGeometry(it).topLeft()), menu.actionGeometry(it).size()
            ),
        )
        for it in menu.actions()
    ]
    return [
        text for text, place in places if place.left() < room.left() or place.right() > room.right()
    ]


def test_a_menu_whose_columns_have_no_room_scrolls(look: Theme, qtbot: QtBot) -> None:
    """At 960 x 540 more than half of the areas were beyond the edge of the screen."""
    look.set_text_percent(130)
    button = make_button(look, qtbot, 60)
    menu = button.open_menu()
    assert not list_beside(menu)

    QTest.keyClick(menu, Qt.Key.Key_End)
    QApplication.processEvents()

    last = menu.actions()[-1]
    assert menu.activeAction() is last
    assert menu.rect().contains(menu.actionGeometry(last))
    menu.close()
    qtbot.waitUntil(lambda: not isValid(menu))  # before its button goes


def test_a_menu_that_fits_is_left_as_it_is(look: Theme, qtbot: QtBot) -> None:
    button = make_button(look, qtbot, 5)
    menu = button.open_menu()
    assert not menu.styleSheet()
    menu.close()
    qtbot.waitUntil(lambda: not isValid(menu))  # before its button goes


@pytest.mark.parametrize("way", list(Qt.LayoutDirection)[:2])
def test_a_menu_begins_where_the_lines_of_its_button_begin(
    look: Theme, qtbot: QtBot, way: Qt.LayoutDirection
) -> None:
    """From right to left it stood beside its button, and not beneath it."""
    button = make_button(look, qtbot, 3)
    button.setLayoutDirection(way)
    button.move(300, 100)
    menu = button.open_menu()
    menu.setLayoutDirection(way)
    ends, around = menu.geometry(), button.geometry()

    assert menu.width() > button.width()
    begins = way is Qt.LayoutDirection.LeftToRight
    assert (ends.left() == around.left()) if begins else (ends.right() == around.right())
    menu.close()
    qtbot.waitUntil(lambda: not isValid(menu))
