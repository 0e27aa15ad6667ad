"""What is written on *Plan* for the first visit and its lines, and what is said beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from consult_app.domain.consultation import Consultation
from consult_app.domain.partial_date import PartialDate
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.phrases import write_day, write_time
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.labels import Label
from consult_app.gui.workspace.recording import RECORD
from tests.gui.test_recording import thinned
from tests.gui.touring import workspace_of

__all__ = ["thinned"]


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


def test_a_day_to_come_needs_no_year_here_either(window: MainWindow) -> None:
    """*9 Feb* was taken for the wedding on Goals, and *5 Jan* refused for the visit before it."""
    visit = window.desk.sample_visit()
    panel = open_plan(window, replace(visit, plan=replace(visit.plan, first_session=None)))
    today = panel.session.today
    panel.first_day.control.setFocus()
    QTest.keyClicks(panel.first_day.control, f"{today + timedelta(days=40):%d %b}")
    panel.first_time.control.setFocus()
    QTest.keyClicks(panel.first_time.control, "10")
    panel.sessions.control.setFocus()

    first = panel.session.visit.plan.first_session
    assert first is not None
    assert first.date() == today + timedelta(days=40)
    assert f"{first:%H:%M}" == "10:00"
    assert not panel.first_day.error


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


def test_a_time_is_written_out_once_it_is_left(window: MainWindow) -> None:
    """It was taken for 10:00, and *10* went on standing there."""
    panel = open_plan(window, window.desk.sample_visit())
    panel.first_time.control.setFocus()
    panel.first_time.line.selectAll()
    QTest.keyClicks(panel.first_time.control, "10")
    assert panel.first_time.text() == "10", "not while it is being written"
    panel.sessions.control.setFocus()

    first = panel.session.visit.plan.first_session
    assert first is not None
    assert f"{first:%H:%M}" == "10:00"
    assert panel.first_time.text() == write_time(first)


def test_beside_a_first_visit_that_has_to_wait_stands_for_what(window: MainWindow) -> None:
    """The reason stood two cards further down, among others."""
    visit = window.desk.sample_visit()
    first = visit.plan.first_session
    assert first is not None
    event = first.date() + timedelta(days=3)
    goals = replace(visit.goals, event_date=event)
    panel = open_plan(
        window, replace(visit, plan=replace(visit.plan, event_date=event), goals=goals)
    )
    assert panel.first.waits.isVisible()
    assert panel.first.waits.text().endswith(
        f". Reason: a visit or the test patch would fall too close before the event on "
        f"{write_day(event)}"
    )

    panel.session.set("plan.event_date", None)
    assert not panel.first.waits.isVisible()
    panel.session.answer("sunburn", "yes")
    panel.session.add_entry("exposures", "sunburn")
    day = PartialDate.of(first.date() - timedelta(days=2))
    panel.session.change_entry(
        "exposures", "sunburn", date=day, still_inflamed=False, zones=("cheeks",)
    )
    assert panel.first.waits.text().startswith("The first visit has to wait until ")
    assert "Reason: Sunburn" in panel.first.waits.text()


def test_half_a_line_says_that_nothing_is_planned_by_it(window: MainWindow) -> None:
    """The button took the name of the area, and the area was believed to be planned."""
    panel = open_plan(window, window.desk.sample_visit())
    lines = panel.lines
    assert not lines.half.isVisible()

    lines.area.chosen.emit("nose")
    assert lines.half.isVisible()
    assert lines.half.text() == "Nothing is planned there yet: choose the concern as well."
    lines.concern.chosen.emit("pores")
    assert not lines.half.isVisible()
    lines.concern.chosen.emit("pores")
    assert lines.half.text() == "Nothing is planned for it yet: choose the area as well."


def test_the_way_to_a_decision_stands_beneath_what_is_to_be_decided(
    window: MainWindow, thinned: Consultation
) -> None:
    """It stood beneath *has to wait*, as if a recorded decision lifted that."""
    event = window.desk.clock().date() + timedelta(days=3)
    goals = replace(thinned.goals, event_date=event)
    plan = replace(thinned.plan, event_date=event)
    panel = open_plan(window, replace(thinned, goals=goals, plan=plan))
    (way,) = [it for it in panel.result.findChildren(Button) if it.text() == RECORD]

    above = [it for it in panel.result.findChildren(Label) if bottom(it) <= top(way)]
    texts = [it.text() for it in sorted(above, key=bottom)]
    assert texts[-2:] == [
        "The first visit has to wait",
        "Not decided or cleared yet: Blood thinners",
    ]


def top(part: QWidget) -> int:
    return part.mapTo(part.window(), QPoint()).y()


def bottom(part: QWidget) -> int:
    return top(part) + part.height()
