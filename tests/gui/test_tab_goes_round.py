"""Tab comes to everything on a page or a sheet, in the order it is read, and round to the first."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from consult_app.gui.custody.restore_sheet import RestoreSheet
from consult_app.gui.frame import Frame
from consult_app.gui.gate.passphrase import PassphrasePage
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.chips import Chip
from consult_app.gui.workspace.reading_order import list_fields, takes_tab
from tests.gui.conftest import OpenSheet
from tests.gui.test_records_as_a_whole import find, finish
from tests.gui.touring import tour, tour_gate

MOST = 100


def go_round(page: QWidget, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """Press Tab from the field that has the keyboard until it is there again."""
    page.activateWindow()
    QApplication.processEvents()
    met: list[QWidget] = []
    for _ in range(MOST):
        QTest.keyClick(QApplication.focusWidget() or page, key)
        now = QApplication.focusWidget()
        assert now is not None
        if now in met:
            break
        met.append(now)
    return met


def read(page: QWidget) -> list[QWidget]:
    """Return what can be filled in or pressed, as it is read; what only scrolls comes or not."""
    fields = [it for it in list_fields(page) if takes_tab(it)]
    return [it for it in fields if not isinstance(it, QScrollBar)]


def from_first(met: list[QWidget], first: QWidget) -> list[QWidget]:
    """Return a round that begins at that field."""
    met = [it for it in met if not isinstance(it, QScrollBar)]
    assert first in met
    at = met.index(first)
    return [*met[at:], *met[:at]]


def test_before_the_records_are_open(look: Theme, closed_frame: Frame) -> None:
    """From the last field of a new passphrase it went to the second, and never to a button."""
    for where, _ in tour_gate(closed_frame, look):
        page = closed_frame.gate.page
        page.focus_first()
        fields = read(page)
        met = from_first(go_round(page), fields[0])
        back = from_first(go_round(page, Qt.Key.Key_Backtab), fields[0])
        if isinstance(page, PassphrasePage):
            assert [it.accessibleName() for it in met[:2]] == ["New passphrase", "The same again"]
            assert set(met) == set(fields)
        else:
            assert met == fields, where
        assert [back[0], *reversed(back[1:])] == met, where


def test_in_every_sheet(frame: Frame, qtbot: QtBot) -> None:
    for where, shown in tour(frame, qtbot.waitUntil):
        if isinstance(shown, QDialog) and (fields := read(shown)):
            met = from_first(go_round(shown), fields[0])
            # Of chips that stand together the arrow keys come to the others; here Tab does, too.
            assert [it for it in met if it in fields or not isinstance(it, Chip)] == fields, where


@pytest.mark.usefixtures("people")
def test_among_backups_that_were_found(frame: Frame, open_sheet: OpenSheet, qtbot: QtBot) -> None:
    sheet = open_sheet()
    sheet.make.click()
    finish(sheet, qtbot)
    sheet.choose_backup()
    chosen = find(frame, RestoreSheet)
    finish(chosen, qtbot)
    (first, *_) = chosen.listed.rows
    qtbot.waitUntil(first.button.hasFocus)
    fields = read(chosen)

    assert from_first(go_round(chosen), fields[0]) == fields
