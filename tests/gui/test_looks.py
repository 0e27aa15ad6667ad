"""What the walk over all pages looks for is found where it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.banner import Tag
from consult_app.gui.widgets.chips import Chip
from consult_app.gui.widgets.choices import ChoiceField
from consult_app.gui.widgets.scrolling import ScrollPane
from consult_app.gui.widgets.segmented import Option, Segment
from tests.gui.painted_words import find_cut_fields, find_painted_short, find_scrolling_inside
from tests.gui.test_room import find_untold

WORDS = "Acne scars - rolling"


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    """A window that gives no room to anything by itself."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    return made


def put(page: QWidget, part: QWidget, width: int = 0) -> QWidget:
    """Show a part on the page, as wide as it wants to be or so wide."""
    part.setParent(page)
    part.resize(width or part.sizeHint().width(), part.sizeHint().height())
    part.show()
    QApplication.processEvents()
    return part


@pytest.mark.parametrize("kind", ["chip", "cell", "tag", "list"])
def test_words_without_room_are_seen(page: QWidget, look: Theme, kind: str) -> None:
    makes: dict[str, Callable[[], QWidget]] = {
        "chip": lambda: Chip(look, WORDS),
        "cell": lambda: Segment(look, Option("it", WORDS)),
        "tag": lambda: Tag(look, WORDS),
        "list": lambda: ChoiceField(look, "Concern", [("it", WORDS * 3)]),
    }
    part = makes[kind]()
    if isinstance(part, ChoiceField):
        part.set_value("it")
    put(page, part)
    assert list(find_painted_short(page)) == []

    part.setFixedWidth(part.sizeHint().width() // (3 if kind == "list" else 2))
    QApplication.processEvents()

    (told,) = find_painted_short(page)
    assert "rolling" in told or "\N{HORIZONTAL ELLIPSIS}" in told


def test_fields_and_lists_that_cut_are_seen(page: QWidget) -> None:
    line, offered = QLineEdit(WORDS), QListWidget()
    offered.addItem(WORDS)
    put(page, line, 400)
    put(page, offered, 400)
    assert list(find_cut_fields(page)) == []
    line.resize(80, line.height())
    offered.resize(60, 60)
    QApplication.processEvents()

    assert len(list(find_cut_fields(page))) == 2
    line.clear()
    assert len(list(find_cut_fields(page))) == 1
    line.setPlaceholderText(WORDS)
    assert len(list(find_cut_fields(page))) == 2


def test_what_scrolls_sideways_or_inside_is_seen(page: QWidget, look: Theme) -> None:
    pane = ScrollPane(look)
    text = QPlainTextEdit()
    pane.body.addWidget(text)
    put(page, pane).resize(300, 200)
    text.setFixedHeight(60)
    QApplication.processEvents()
    assert list(find_scrolling_inside(page)) == []

    text.setPlainText("\n".join([WORDS] * 9))
    QApplication.processEvents()
    (inside,) = find_scrolling_inside(page)
    assert "inside a page" in inside
    text.clear()
    text.setFixedWidth(900)
    for _ in range(5):
        QApplication.processEvents()

    (aside,) = find_scrolling_inside(page)
    assert aside.endswith("sideways")


def test_what_says_too_little_is_seen(page: QWidget, look: Theme) -> None:
    chip, line, bare = Chip(look, WORDS), QLineEdit(), QWidget()
    bare.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    for part in (chip, line):
        put(page, part)
    assert list(find_untold(page)) == []

    put(page, bare, 50)
    chip.setCheckable(False)
    line.setReadOnly(True)

    told = "\n".join(find_untold(page))
    assert "cannot tell whether it is chosen" in told
    assert "not be written in" in told
    assert "no kind that has a role" in told
