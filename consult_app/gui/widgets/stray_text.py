"""Words typed where letters answer questions: they answer nothing."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from consult_app.gui.commands import fill_keys
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.passing_word import say_beside
from consult_app.wording import t

BREATH_MS = 700
"""Letters that follow each other faster are one word."""
NO_TEXT = t(
    "No text is written here: {answer_no}, {answer_yes} and {answer_unsure} answer. "
    "{undo} takes an answer back."
)


class _Word:
    """The word that is being typed, in whichever row: one answer leads to the next row."""

    at = 0
    """When its last letter came; 0 for none."""


def is_text(theme: Theme, row: QWidget, event: QKeyEvent, *, answers: bool) -> bool:
    """Return whether a letter belongs to a word, which begins with one that answers nothing.

    Who believes to be in a field would answer one question after the other without seeing it.

    Args:
        theme: The look.
        row: Where it is said, once for each word.
        event: The key.
        answers: Whether the letter alone would do something.
    """
    at = event.timestamp()
    goes_on = bool(at) and 0 < at - _Word.at < BREATH_MS
    if not event.text().isalpha() or (answers and not goes_on):
        return False
    _Word.at = at
    if not goes_on:
        say_beside(theme, row, fill_keys(NO_TEXT), "warn")
    return True
