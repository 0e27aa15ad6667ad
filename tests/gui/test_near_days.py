"""Days that are near are written by their words wherever one is asked for."""

from __future__ import annotations

from datetime import date

from PySide6.QtTest import QTest

from consult_app.domain.partial_date import PartialDate
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.goals import GoalsPanel
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.widgets.date_field import DateField
from consult_app.gui.workspace.identity import IdentitySheet
from tests.gui.test_identity import dialogs
from tests.gui.touring import workspace_of

YESTERDAY, TOMORROW = date(2026, 6, 14), date(2026, 6, 16)


def test_when_a_cream_was_used_last_is_written_as_yesterday(window: MainWindow) -> None:
    window.show_visit(window.desk.sample_visit())
    session = workspace_of(window).session
    session.answer("topical_actives", "yes")
    session.add_entry("medications", "tretinoin_topical")
    session.change_entry("medications", "tretinoin_topical", status="current")
    window.run("item:topical_actives")
    (last,) = [it for it in workspace_of(window).panel.findChildren(DateField) if it.isVisible()]

    QTest.keyClicks(last.line, "yesterday")

    (told,) = [it for it in session.visit.facts.medications if it.code == "tretinoin_topical"]
    assert told.last_dose == PartialDate.of(YESTERDAY)


def test_event_and_first_visit_are_written_as_tomorrow(window: MainWindow) -> None:
    window.show_visit(window.desk.sample_visit())
    session = workspace_of(window).session
    window.run("panel:goals")
    goals = workspace_of(window).panel
    assert isinstance(goals, GoalsPanel)
    goals.event_date.forget()
    QTest.keyClicks(goals.event_date.line, "tomorrow")
    window.run("panel:plan")
    plan = workspace_of(window).panel
    assert isinstance(plan, PlanPanel)
    plan.first.day.line.clear()
    QTest.keyClicks(plan.first.day.line, "tomorrow")

    assert session.visit.plan.event_date == TOMORROW
    assert session.visit.plan.first_session is not None
    assert session.visit.plan.first_session.date() == TOMORROW


def test_a_visit_is_dated_back_to_yesterday(window: MainWindow) -> None:
    window.show_visit(window.desk.sample_visit())
    window.run("identity")
    (sheet,) = [it for it in dialogs(window) if isinstance(it, IdentitySheet)]
    sheet.visit_day.line.clear()

    QTest.keyClicks(sheet.visit_day.line, "yesterday")

    assert workspace_of(window).session.visit.visit_date == YESTERDAY
    sheet.accept()
