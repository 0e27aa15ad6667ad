"""On the smallest screen with the largest text nothing has to be moved sideways to be read."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QScrollArea
from pytestqt.qtbot import QtBot

from consult_app.gui.frame import Frame
from consult_app.gui.theme import Theme
from tests.gui.test_room import SIZES, SMALLEST
from tests.gui.touring import tour

SLOW = 60_000
"""Milliseconds a busy machine may take for a sheet."""


@pytest.mark.timeout(400)  # every page, as in `test_room`
@pytest.mark.usefixtures("people")
def test_no_page_goes_beyond_its_edge(look: Theme, frame: Frame, qtbot: QtBot) -> None:
    """Half a word stood there, where only a finger could bring it into sight."""
    look.set_text_percent(max(SIZES))
    frame.setMinimumSize(*SMALLEST)
    frame.resize(*SMALLEST)
    found = []
    for where, shown in tour(frame, lambda found: qtbot.waitUntil(found, timeout=SLOW)):
        if isinstance(shown, QDialog):
            shown.resize(shown.size().boundedTo(frame.size()))
        for _ in range(9):  # a new height climbs one layout with every round
            QApplication.processEvents()
        found += [
            f"{where}: by {it.horizontalScrollBar().maximum()}"
            for it in shown.findChildren(QScrollArea)
            if it.isVisible() and it.horizontalScrollBar().maximum() > 0
        ]

    assert not found, "\n".join(found)
