"""What is said for a few seconds over a window covers nothing that is read or pressed there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from consult_app.gui.main_window import MainWindow
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.chips import Chip
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.widgets.stray_text import _Word
from tests.gui.painted_words import seen
from tests.gui.touring import workspace_of

READ = (QAbstractButton, QLabel, QLineEdit, QPlainTextEdit)


def type_word(monkeypatch: pytest.MonkeyPatch) -> Notice:
    """Type a letter that answers nothing where the keyboard is; return what is said."""
    monkeypatch.setattr(_Word, "at", 0)
    field = cast("QWidget", QApplication.focusWidget())
    QTest.keyClick(field, Qt.Key.Key_A)
    QApplication.processEvents()
    (word,) = (it for it in field.window().findChildren(Notice, "passing") if it.isVisible())
    return word


def list_covered(word: Notice) -> Iterator[str]:
    """Yield what is read or pressed under a word; of a label only as far as its words go."""
    window, place = word.window(), word.geometry()
    word.hide()
    for it in seen(window):
        shown = it.visibleRegion().boundingRect()
        if isinstance(it, QLabel):
            words = it.fontMetrics().horizontalAdvance(it.text())
            ends = it.alignment() & Qt.AlignmentFlag.AlignRight
            left = max(0, it.width() - words) if ends else 0
            shown = shown.intersected(QRect(left, 0, min(words, it.width()), it.height()))
        if isinstance(it, READ) and shown.translated(it.mapTo(window, QPoint())).intersects(place):
            yield f"{type(it).__name__} {it.accessibleName() or it.objectName()}"


@pytest.mark.parametrize(
    "size",
    [(1366, 768, 100), (1366, 768, 130), (960, 540, 100), (1920, 1040, 100), (800, 1240, 100)],
)
@pytest.mark.parametrize("panel", ["skin", "safety"])
def test_that_no_text_is_written_here_is_said_over_nothing(
    open_window: Callable[..., MainWindow],
    look: Theme,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int, int],
    panel: str,
) -> None:
    """It lay over the question that comes next."""
    *wide, percent = size
    look.set_text_percent(percent)
    window = open_window(*wide)
    window.show_visit(window.desk.sample_visit())
    window.run(f"panel:{panel}")
    workspace_of(window).panel.focus_first()
    for _ in range(9):
        QApplication.processEvents()
    word = type_word(monkeypatch)

    assert window.rect().contains(word.geometry())
    assert list(list_covered(word)) == []


def test_in_a_sheet_it_covers_nothing_either(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It lay over the languages."""
    window.show_visit(window.desk.sample_visit())
    window.run("identity")
    (sheet,) = (it for it in window.findChildren(QDialog) if it.isVisible())
    next(it for it in sheet.findChildren(Chip) if it.isVisible()).setFocus()
    for _ in range(9):
        QApplication.processEvents()
    word = type_word(monkeypatch)

    assert sheet.rect().contains(word.geometry())
    assert list(list_covered(word)) == []
