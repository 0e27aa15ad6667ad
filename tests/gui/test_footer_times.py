"""The footer tells how long the visit has run, however narrow the window is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication

from consult_app.gui.main_window import MainWindow
from consult_app.gui.theme import Theme
from tests.gui.touring import workspace_of


@pytest.mark.parametrize(
    ("width", "percent", "told"),
    [
        (1366, 100, "10:02"),
        (1000, 100, "10:02 min"),
        (960, 100, "10:02 min"),
        (720, 130, "10:02 min"),
    ],
)
def test_the_elapsed_time_is_on_screen_at_every_width(
    open_window: Callable[..., MainWindow], look: Theme, width: int, percent: int, told: str
) -> None:
    """In a small window it was left out; beneath the time of day it has its unit."""
    look.set_text_percent(percent)
    window = open_window(width, 540)
    window.show_visit(window.desk.sample_visit())
    footer = workspace_of(window).footer
    low = footer.height()
    footer.show_elapsed(timedelta(minutes=10, seconds=2))
    for _ in range(3):
        QApplication.processEvents()
    assert footer.elapsed.visibleRegion().boundingRect() == footer.elapsed.rect()
    assert footer.elapsed.text().replace("\N{NO-BREAK SPACE}", " ") == told
    assert footer.height() == low
    assert footer.elapsed.geometry().bottom() < footer.height()
    footer.show_elapsed(None)
    assert footer.elapsed.isHidden(), "switched off"
