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
