"""A word that is typed where no text is written answers and chooses nothing, and that is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.answer_row import AnswerRow
from consult_app.gui.widgets.chips import ChipGroup
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.widgets.segmented import Option, Segmented
from consult_app.gui.widgets.yes_no import YesNo

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
        held = Qt.KeyboardModifier.ShiftModifier if letter.isupper() else Qt.KeyboardModifier(0)
        key = QKeyEvent(QEvent.Type.KeyPress, ord(letter.upper()), held, letter)
        key.setTimestamp(at)
        QApplication.sendEvent(focused, key)
        freed = QKeyEvent(QEvent.Type.KeyRelease, key.key(), Qt.KeyboardModifier(0), letter)
        QApplication.sendEvent(focused, freed)
    return at


def told(rows: Sequence[QWidget]) -> list[str]:
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


def choose_onward(theme: Theme, put: Put) -> Segmented:
    """Return a choice between three that has the keyboard, on a page of its own."""
    options = [Option(it, it.title()) for it in ("continue", "change", "stop")]
    choice = Segmented(theme, "The treatment from here on", options)
    put(choice)
    choice.take_focus()
    return choice


def test_a_sentence_on_a_choice_chooses_nothing_and_that_is_said(theme: Theme, put: Put) -> None:
    """Its first space chose Continue, and the letters went without a word."""
    choice = choose_onward(theme, put)
    write("a bump on the left cheek", 500_000)
    assert choice.value() == ""
    said = "No text is written here: the arrow keys and Space choose."
    assert told([choice]) == [said]


def test_a_space_that_belongs_to_no_word_chooses(theme: Theme, put: Put) -> None:
    choice = choose_onward(theme, put)
    at = write("bump", 600_000)
    write(" ", at + PAUSE_MS)
    assert choice.value() == "continue"


def test_a_sentence_on_chips_switches_none_on(theme: Theme, put: Put) -> None:
    chips = ChipGroup(theme, "Allergies", [("latex", "Latex"), ("nickel", "Nickel")])
    put(chips)
    chips.chip("latex").setFocus(Qt.FocusReason.TabFocusReason)
    write("plasters of any kind", 700_000)
    assert chips.chosen() == ()
    assert len(told([chips])) == 1


def test_a_sentence_on_yes_and_no_answers_nothing_after_it_is_known_as_one(
    theme: Theme, put: Put
) -> None:
    asked = YesNo(theme, "Under control?")
    put(asked)
    asked.take_focus()
    write("since may", 800_000)
    assert asked.value() == ""
    assert told([asked]) == [
        "No text is written here: N and Y answer. Ctrl+Z takes an answer back."
    ]


def test_a_sentence_that_begins_with_a_capital_answers_and_chooses_nothing(
    theme: Theme, put: Put, rows: list[AnswerRow]
) -> None:
    """A single letter with Shift was none, and the space after it pressed the first cell."""
    write("I think", 900_000)
    assert answered(rows) == []
    choice = choose_onward(theme, put)
    write("I think", 950_000)
    assert choice.value() == ""
