"""Day and time of the first visit, as they are written on *Plan*."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtTest import QTest

from consult_app.domain.consultation import Consultation
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.plan.panel import PlanPanel
from tests.gui.touring import workspace_of


def open_plan(window: MainWindow, visit: Consultation) -> PlanPanel:
    window.show_visit(visit)
    window.run("panel:plan")
    panel = workspace_of(window).panel
    assert isinstance(panel, PlanPanel)
    return panel


def test_today_may_be_written_as_a_word_and_a_right_time_is_not_marked(window: MainWindow) -> None:
    visit = window.desk.sample_visit()
    panel = open_plan(window, replace(visit, plan=replace(visit.plan, first_session=None)))
    panel.first_day.control.setFocus()
    QTest.keyClicks(panel.first_day.control, "soon")
    panel.first_time.control.setFocus()
    QTest.keyClicks(panel.first_time.control, "10:30")
    panel.sessions.control.setFocus()
    assert panel.first_day.error
    assert not panel.first_time.error
    assert panel.first_time.unread(), "a kill now keeps it with the draft"

    panel.first_day.control.setFocus()
    panel.first_day.line.selectAll()
    QTest.keyClicks(panel.first_day.control, "Today")
    first = panel.session.visit.plan.first_session
    assert first is not None
    assert (first.date(), f"{first:%H:%M}") == (panel.session.today, "10:30")


def test_who_is_led_to_a_first_visit_comes_to_the_part_at_fault(window: MainWindow) -> None:
    """It led to the day, while the time stood red beside it."""
    visit = window.desk.sample_visit()
    panel = open_plan(window, visit)
    assert panel.focus_item("first_session")
    assert panel.first_day.control.hasFocus()

    panel.first_time.control.setFocus()
    panel.first_time.line.selectAll()
    QTest.keyClicks(panel.first_time.control, "1075")
    panel.sessions.control.setFocus()
    assert panel.first_time.error
    assert panel.focus_item("first_session")
    assert panel.first_time.control.hasFocus()
    assert panel.places()["first_session"] is panel.first_time.control
