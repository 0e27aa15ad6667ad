"""Lines that are read at a glance: how far a day is, and lines no longer than an eye follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication

from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.phrases import write_distance
from consult_app.gui.widgets.labels import MEASURE
from tests.gui.test_shape import find_longest_line
from tests.gui.touring import workspace_of

TODAY = date(2026, 6, 15)


@pytest.mark.parametrize(
    ("days", "words"),
    [(-2, "2 days ago"), (-1, "yesterday"), (0, "today"), (1, "tomorrow"), (2, "in 2 days")],
)
def test_the_nearest_days_have_names(days: int, words: str) -> None:
    assert write_distance(TODAY + timedelta(days=days), TODAY) == words


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1040), (2560, 1400)])
def test_who_signed_and_how_deep_stand_in_short_lines(
    open_window: Callable[..., MainWindow], width: int, height: int
) -> None:
    window = open_window(width, height)
    visit = window.desk.sample_visit()
    at = datetime.fromisoformat("2026-06-15T10:00")
    window.show_visit(replace(visit, state="signed", signed_at=at))
    window.run("panel:plan")
    for _ in range(5):
        QApplication.processEvents()
    panel = workspace_of(window).panel
    assert isinstance(panel, PlanPanel)

    lines = (panel.lead, panel.lines._rows[0].depth_words)
    assert all(len(label.text()) > MEASURE for label in lines), "there is something long to say"
    assert max(map(find_longest_line, lines)) <= MEASURE
