"""Turning the window round while panels, findings and pages are shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from consult_app.gui.panel import swap
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.scrolling import ScrollPane


@pytest.fixture
def turned(qapp: QApplication) -> Iterator[QApplication]:
    """The application, turned back afterwards."""
    yield qapp
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_a_pane_whose_content_was_swapped_can_be_turned_round(
    qtbot: QtBot, turned: QApplication
) -> None:
    """A pane that lost its column used to end the whole program here."""
    pane = ScrollPane(Theme("light"))
    qtbot.addWidget(pane)
    first = swap(pane.body, None, QWidget())
    second = swap(pane.body, first, QWidget())
    turned.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert pane.body.contentsMargins().left() > 0
    assert pane.isAncestorOf(second)
