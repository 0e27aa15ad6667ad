"""The finder typed fast: what is still to be offered is waited for, and takes the highlight."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from consult_app.gui.finding.finder import Finder
from consult_app.gui.theme import Theme

FIELD = ("panel:plan:label", "Plan: Deepest setting on its label (mm)", "")


@pytest.fixture
def finder(qtbot: QtBot) -> Iterator[Finder]:
    window = QWidget()
    qtbot.addWidget(window)
    made = Finder(Theme("light"), [("a", "Print", "")], window, leaves=True)
    made.show()
    yield made
    made.close()


def test_enter_waits_for_the_fields_that_are_still_to_come(finder: Finder) -> None:
    """It chose to leave the visit, and the next Enter did so."""
    chosen: list[str] = []
    finder.chosen.connect(chosen.append)
    finder.take_more(iter([[], [("b", "Goals: Event", "")], [FIELD]]))
    QTest.keyClicks(finder.search.control, "deepest")

    QTest.keyClick(finder.search.control, Qt.Key.Key_Return)

    assert chosen == [FIELD[0]]


def test_enter_alone_never_leaves_the_visit_where_nothing_comes(finder: Finder) -> None:
    chosen: list[str] = []
    finder.chosen.connect(chosen.append)
    finder.take_more(iter([[], [("b", "Goals: Event", "")]]))
    QTest.keyClicks(finder.search.control, "zzzqqq")

    QTest.keyClick(finder.search.control, Qt.Key.Key_Return)

    assert chosen == []
    assert finder.list.currentRow() == 0


def test_a_hit_that_comes_takes_the_highlight_unless_an_arrow_moved_it(finder: Finder) -> None:
    QTest.keyClicks(finder.search.control, "deepest")
    QTest.keyClick(finder.search.control, Qt.Key.Key_Return)
    assert finder.list.currentItem().data(Qt.ItemDataRole.UserRole) == "search:deepest"

    finder._add_choices([FIELD])
    assert finder.list.currentItem().text() == FIELD[1]

    QTest.keyClick(finder.search.control, Qt.Key.Key_Down)
    finder._add_choices([("c", "Deepest of all", "")])
    assert finder.list.currentItem().data(Qt.ItemDataRole.UserRole) == "search:deepest"


def test_enter_waits_as_well_where_only_a_further_word_is_met(qtbot: QtBot) -> None:
    """*Another concern* is a further word of *Go to Skin*, and a button's name."""
    window = QWidget()
    qtbot.addWidget(window)
    skin = ("panel:skin", "Go to Skin", "another concern")
    made = Finder(Theme("light"), [skin], window, leaves=True)
    made.show()
    chosen: list[str] = []
    made.chosen.connect(chosen.append)
    made.take_more(iter([[], [("more", "Skin: Another concern", "")]]))
    QTest.keyClicks(made.search.control, "another concern")

    QTest.keyClick(made.search.control, Qt.Key.Key_Return)

    assert chosen == ["more"]
