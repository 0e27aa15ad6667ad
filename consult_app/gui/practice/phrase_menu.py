"""Saved phrases: texts a practitioner writes again and again, kept with the records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit

from consult_app.domain.own import Own
from consult_app.errors import ConsultError
from consult_app.gui.commands import fill_keys
from consult_app.gui.desk import Records
from consult_app.wording import t

KEPT = t("Kept as a phrase. {phrases} puts it into a text.")
FORGOTTEN = t("This phrase is forgotten.")
LONGEST = 60
"""Letters of a phrase that the menu shows."""


def make_phrase_menu(
    field: QLineEdit | QPlainTextEdit,
    records: Records,
    say: Callable[[str], object],
    tell: Callable[[ConsultError], object],
) -> QMenu:
    """Return a menu that puts a phrase into a text field, or keeps what stands there as one.

    Args:
        field: Where the phrase goes.
        records: Where phrases are kept.
        say: Says what was done.
        tell: Tells of what could not be done.

    Raises:
        ConsultError: The phrases kept cannot be read.
    """

    def save(kept: Own, done: str) -> None:
        try:
            records.save_own(kept)
        except ConsultError as error:
            tell(error)
        else:
            say(done)

    menu = QMenu(field)
    menu.setAccessibleName(t("Saved phrases"))
    own = records.read_own()
    phrases = own.phrases
    for phrase in phrases:
        insert = menu.addAction(_shorten(phrase))
        insert.triggered.connect(lambda _=False, text=phrase: _insert(field, text))
    if phrases:
        menu.addSeparator()
    text = _find_text(field)
    keep = QAction(t("Keep this text as a phrase"), menu)
    keep.setEnabled(bool(text) and text not in phrases)
    keep.triggered.connect(lambda: save(own.add(Own(phrases=(text,))), fill_keys(KEPT)))
    menu.addAction(keep)
    if phrases:
        forget = menu.addMenu(t("Forget a phrase"))
        for phrase in phrases:
            drop = forget.addAction(_shorten(phrase))
            left = tuple(other for other in phrases if other != phrase)
            drop.triggered.connect(
                lambda _=False, kept=left: save(replace(own, phrases=kept), FORGOTTEN)
            )
    return menu


def _insert(field: QLineEdit | QPlainTextEdit, phrase: str) -> None:
    if isinstance(field, QLineEdit):
        field.insert(phrase)
    else:
        field.insertPlainText(phrase)


def _find_text(field: QLineEdit | QPlainTextEdit) -> str:
    """Return what is selected, else everything that is written."""
    if isinstance(field, QLineEdit):
        return (field.selectedText() or field.text()).strip()
    # Qt writes a selection's line ends with a letter of its own.
    chosen = field.textCursor().selectedText().replace("\N{PARAGRAPH SEPARATOR}", "\n")
    return (chosen or field.toPlainText()).strip()


def _shorten(phrase: str) -> str:
    line = " ".join(phrase.split()).replace("&", "&&")
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "\N{HORIZONTAL ELLIPSIS}"
