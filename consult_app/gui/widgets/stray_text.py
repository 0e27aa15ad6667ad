"""Words typed where no text is written: they answer and choose nothing, and that is said."""

from __future__ import annotations

from collections.abc import Callable
from weakref import ref

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from consult_app.gui.commands import ANSWERS, fill_keys
from consult_app.gui.row_keys import find_heeding, read_command
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.passing_word import go_with, say_beside
from consult_app.wording import t

BREATH_MS = 700
"""Letters that follow each other faster are one word."""
NO_TEXT = t(
    "No text is written here: {answer_no}, {answer_yes} and {answer_unsure} answer. "
    "{undo} takes an answer back."
)
YES_OR_NO = t(
    "No text is written here: {answer_no} and {answer_yes} answer. {undo} takes an answer back."
)
ONE_OF = t("No text is written here: the arrow keys and Space choose.")
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class _Word:
    """The word that is being typed, in whichever row: one answer leads to the next row."""

    at = 0
    """When its last letter came; 0 for none."""
    place: Callable[[], QWidget | None] = staticmethod(lambda: None)
    """Gives where it came: its letters move no keyboard, and who moved it answers anew."""


def is_text(
    theme: Theme, row: QWidget, event: QKeyEvent, *, answers: bool, said: str = NO_TEXT
) -> bool:
    """Return whether a letter belongs to a word, which begins with one that answers nothing.

    Who believes to be in a field would answer one question after the other without seeing it.

    Args:
        theme: The look.
        row: Where it is said, once for each word.
        event: The key.
        answers: Whether the letter alone would do something.
        said: What is said.
    """
    at = event.timestamp()
    goes_on = _goes_on(at)
    held = event.modifiers() & ~_SHIFT  # a sentence begins with a capital
    if held not in _PLAIN or not event.text().isalpha() or (answers and not goes_on):
        return False
    _note(at)
    if not goes_on:
        go_with(row, say_beside(theme, row, fill_keys(said), "warn"))
    return True


def is_choice_text(theme: Theme, row: QWidget, event: QKeyEvent, said: str = ONE_OF) -> bool:
    """Return whether a letter belongs to a word typed where one of a few is chosen."""
    answers = read_command(event, ANSWERS) in find_heeding(row)
    return is_text(theme, row, event, answers=answers, said=said)


def is_gap(event: QKeyEvent) -> bool:
    """Return whether a Space stands between the words that are typed, and so chooses nothing."""
    at = event.timestamp()
    if event.key() != Qt.Key.Key_Space or not _goes_on(at):
        return False
    _note(at)
    return True


def _note(at: int) -> None:
    held = QApplication.focusWidget()
    _Word.at, _Word.place = at, (lambda: None) if held is None else ref(held)


def _goes_on(at: int) -> bool:
    soon = bool(at) and 0 < at - _Word.at < BREATH_MS
    return soon and _Word.place() is QApplication.focusWidget()
