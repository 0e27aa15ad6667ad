"""An event that the last visit named is not lost to the next: recalled, else told on Plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from tests.gui.touring import make_last, workspace_of

TOLD = "Told last time: Wedding on 20 Jun 2027"


@pytest.fixture(name="returned")
def _returned(window: MainWindow, desk: Desk) -> MainWindow:
    sample = desk.sample_visit()
    named = replace(sample.goals, event="Wedding", event_date=date(2027, 6, 20))
    window.open_visit(make_last(desk, goals=named).id)
    window.run("return")
    return window


def read_plan(window: MainWindow) -> str:
    window.run("panel:plan")
    workspace_of(window).panel.take_same()
    QApplication.processEvents()
    labels = workspace_of(window).panel.findChildren(QLabel)
    return "\n".join(it.text() for it in labels if it.isVisible())


def test_plan_says_so_where_goals_does_not_name_it(returned: MainWindow) -> None:
    assert TOLD in read_plan(returned)


def test_the_same_as_last_time_names_it_again(returned: MainWindow) -> None:
    workspace = workspace_of(returned)
    returned.run("panel:goals")
    workspace.panel.take_same()
    assert workspace.session.visit.goals.event_date == date(2027, 6, 20)
    assert workspace.session.visit.plan.event_date == date(2027, 6, 20)
    assert TOLD not in read_plan(returned)
