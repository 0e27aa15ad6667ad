"""A word that is typed where letters answer questions answers none of them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.answer_row import AnswerRow
from consult_app.gui.widgets.notice import Notice

Put = Callable[..., QMainWindow]
PAUSE_MS = 2000


@pytest.fixture
def rows(theme: Theme, put: Put) -> list[AnswerRow]:
    """Questions beneath each other; an answer leads to the next, and the first has the keyboard."""
    page = QWidget()
    column = QVBoxLayout(page)
    made = [AnswerRow(theme, f"Question {number}?") for number in range(8)]
    for row, after in pairwise(made):
        row.advance.connect(after.take_focus)
    for row in made:
        column.addWidget(row)
    put(page, height=900)
    made[0].take_focus()
    return made


def write(text: str, at: int, gap: int = 120) -> int:
    """Type letters with that many milliseconds between them; return when the last one came."""
    for letter in text:
        focused = QApplication.focusWidget()
        assert focused is not None
        at += gap
        key = QKeyEvent(QEvent.Type.KeyPress, ord(letter.upper()), Qt.KeyboardModifier(0), letter)
        key.setTimestamp(at)
        QApplication.sendEvent(focused, key)
    return at


def told(rows: list[AnswerRow]) -> list[str]:
    return [it.text() for it in rows[0].window().findChildren(Notice)]


def answered(rows: list[AnswerRow]) -> list[str]:
    return [row.answer() for row in rows if row.answer() != "not_asked"]


def test_a_word_answers_nothing_and_that_is_said_once(rows: list[AnswerRow]) -> None:
    write("penicillin", 100_000)
    assert answered(rows) == []
    said = "No text is written here: N, Y and U answer. Ctrl+Z takes an answer back."
    assert told(rows) == [said]


def test_a_word_that_begins_with_an_answer_gives_that_one_only(rows: list[AnswerRow]) -> None:
    write("nuts, any", 200_000)
    assert answered(rows) == ["no", "unsure"], "until a letter told that it was a word"
    assert len(told(rows)) == 1


def test_answers_in_a_row_are_answers(rows: list[AnswerRow]) -> None:
    write("nnynu", 300_000, gap=60)
    assert answered(rows) == ["no", "no", "yes", "no", "unsure"]
    assert not told(rows)


def test_after_a_pause_letters_answer_again(rows: list[AnswerRow]) -> None:
    at = write("pen", 400_000)
    write("y", at + PAUSE_MS)
    assert answered(rows) == ["yes"]
