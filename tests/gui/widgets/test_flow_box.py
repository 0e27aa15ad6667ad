"""A box of widgets that wrap is as high as they need now."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.flow import FlowBox


def test_it_grows_when_what_is_inside_wants_more_room(
    qtbot: QtBot, theme: Theme, put: Callable[..., QMainWindow]
) -> None:
    """A place with a long name pushed the next field into a row that was cut off."""
    box = FlowBox("Details")
    first, second = Button(theme, "Where"), Button(theme, "When")
    for button in (first, second):
        box.add(button)
    put(box)
    box.setFixedWidth(first.sizeHint().width() + second.sizeHint().width() + 40)
    qtbot.waitUntil(lambda: second.y() == first.y())
    low = box.height()

    first.setText("Temple and cheekbone edge")

    qtbot.waitUntil(lambda: box.height() > low)
    assert second.geometry().bottom() <= box.rect().bottom()


def test_rows_of_tiles_are_about_as_long_as_one_another(
    theme: Theme, put: Callable[..., QMainWindow]
) -> None:
    """The last of the patient's visits stood alone in a second row."""
    box = FlowBox("Your visits", even=True)
    tiles = [Button(theme, "Visit") for _ in range(5)]
    for tile in tiles:
        box.add(tile)
    wide = tiles[0].sizeHint().width()

    put(box, width=4 * wide + 100, height=400)

    rows = [tile.y() for tile in tiles]
    assert rows[0] == rows[2] < rows[3] == rows[4]
