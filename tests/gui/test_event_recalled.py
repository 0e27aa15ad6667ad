"""An event that the last visit named is not lost to the next: recalled, else told on Plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from tests.gui.conftest import Clock
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


def test_a_visit_dated_back_to_before_the_event_recalls_it(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    """The panel had no row for it, and could be shown no more."""
    sample = desk.sample_visit()
    event = desk.clock().date() + timedelta(days=10)
    named = replace(sample.goals, event="Wedding", event_date=event)
    last = make_last(desk, goals=named)
    clock.move(20 * 86400)
    window.reception.show_patient(last.patient_id)
    window.run("return")
    window.run("panel:goals")
    card = workspace_of(window).panel.last
    assert card is not None
    assert "event" not in card._rows
    session = workspace_of(window).session

    session.set("visit_date", event - timedelta(days=3))
    assert card._rows["event"].isVisible()
    assert card.take_focus()

    session.set("visit_date", desk.clock().date())
    assert not card._rows["event"].isVisible()
