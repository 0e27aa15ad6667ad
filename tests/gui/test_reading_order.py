"""Reading the order of what stands on a page leaves nothing of Qt's behind."""

from __future__ import annotations

from pathlib import Path

import shiboken6
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
    QWidgetItem,
)
from pytestqt.qtbot import QtBot

import consult_app.gui
from consult_app.gui.frame import Frame
from consult_app.gui.workspace.reading_order import list_fields, list_widgets
from tests.gui.touring import tour


def count_items() -> int:
    """Return how many items of layouts Python holds."""
    return sum(isinstance(it, (QWidgetItem, QSpacerItem)) for it in shiboken6.getAllValidWrappers())


def test_fields_are_listed_as_they_are_read(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    first, second, third, fourth = QLineEdit(), QPushButton(), QLineEdit(), QLineEdit()
    column = QVBoxLayout(page)
    column.addStretch(1)
    column.addWidget(QLabel("A heading"))
    grid, row = QGridLayout(), QHBoxLayout()
    grid.addWidget(third, 1, 0)
    grid.addWidget(second, 0, 1)
    row.addWidget(fourth)
    column.addLayout(grid)
    column.addLayout(row)
    column.insertWidget(0, first)

    assert list(list_fields(page)) == [first, second, third, fourth]


def test_no_item_of_a_layout_is_held_that_qt_may_drop(qtbot: QtBot) -> None:
    """An item that is held outlives its layout, and the program ends when its place is reused."""
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    for _ in range(3):
        column.addWidget(QLineEdit())
    column.addStretch(1)
    before = count_items()

    assert len(list(list_widgets(column))) == 3
    assert count_items() == before


def test_reading_a_page_holds_none(frame: Frame, qtbot: QtBot) -> None:
    for where, page in tour(frame, qtbot.waitUntil):
        before = count_items()
        assert list(list_fields(page)), where
        assert count_items() == before, where


def test_nobody_asks_qt_for_the_items_of_its_layouts() -> None:
    rooms = Path(consult_app.gui.__file__).parent.rglob("*.py")
    assert not [str(file) for file in rooms if ".itemAt(" in file.read_text(encoding="utf-8")]
