"""Treat today: refused while something stops it today, whatever day the plan begins on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.history import Medication
from consult_app.domain.partial_date import PartialDate
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.agree import AgreePanel
from consult_app.gui.panels.plan.panel import PlanPanel
from tests.gui.touring import workspace_of


@pytest.fixture
def visit(window: MainWindow) -> Consultation:
    """A visit whose plan begins on its own day."""
    sample = window.desk.sample_visit()
    return replace(sample, plan=replace(sample.plan, first_session=window.desk.clock()))


def open_plan(window: MainWindow, visit: Consultation) -> PlanPanel:
    window.show_visit(visit)
    window.run("panel:plan")
    assert window.workspace is not None
    panel = window.workspace.panel
    assert isinstance(panel, PlanPanel)
    return panel


def begin(visit: Consultation, moment: datetime) -> Consultation:
    return replace(visit, plan=replace(visit.plan, first_session=moment))


def test_nothing_is_said_where_the_plan_begins_today(
    window: MainWindow, visit: Consultation
) -> None:
    panel = open_plan(window, visit)

    panel.treat_today.click()

    assert panel.session.visit.agreement.treat_today
    assert panel.refusal.isHidden()


def test_a_plan_that_is_not_complete_is_said_and_led_to(
    window: MainWindow, visit: Consultation
) -> None:
    panel = open_plan(window, replace(visit, plan=replace(visit.plan, first_session=None)))
    panel.treat_today.click()
    assert panel.refusal.text().startswith("Treat today is refused: Not complete")
    panel.refusal.acted.emit()
    assert QApplication.focusWidget() is panel.first.stop, "its day is not said"


def test_that_the_plan_begins_later_is_said_and_nothing_moves_for_it(
    window: MainWindow, visit: Consultation, qtbot: QtBot
) -> None:
    """What was said beneath the buttons pushed *Accept* away from the pointer."""
    panel = open_plan(window, begin(visit, window.desk.clock() + timedelta(days=28)))
    bar = panel.pane.verticalScrollBar()
    for _ in range(8):
        QApplication.processEvents()
        bar.setValue(bar.maximum())
    before = panel.accept_button.mapToGlobal(QPoint())

    panel.treat_today.click()
    qtbot.waitUntil(panel.refusal.isVisible)
    for _ in range(8):
        QApplication.processEvents()

    assert panel.refusal.text().endswith("as written above.")
    assert panel.accept_button.mapToGlobal(QPoint()) == before


def test_an_event_that_moves_the_plan_is_said_and_does_not_block(
    window: MainWindow, visit: Consultation
) -> None:
    event = visit.visit_date + timedelta(days=2)
    panel = open_plan(window, replace(visit, plan=replace(visit.plan, event_date=event)))
    assert panel.refusal.isHidden(), "as long as nobody wants to treat today"

    panel.treat_today.click()

    assert panel.session.visit.agreement.treat_today
    told = panel.refusal.text()
    assert told.startswith(f"Today is too near the event on {event.day} {event:%b %Y}; ")
    plan = panel.session.judgement.plan
    assert plan is not None
    first = plan.session_dates[0]
    assert told.endswith(f"the first day after it is {first:%a} {first.day} {first:%b %Y}.")
    panel.treat_today.click()
    assert panel.refusal.isHidden()


@pytest.mark.parametrize("begins", [0, 60])
def test_an_event_too_near_is_said_where_it_is_agreed_and_signed(
    window: MainWindow, visit: Consultation, begins: int
) -> None:
    """Also where the plan is to begin long after it: today is near it all the same."""
    event = visit.visit_date + timedelta(days=1)
    late = begin(visit, window.desk.clock() + timedelta(days=begins))
    panel = open_plan(window, replace(late, plan=replace(late.plan, event_date=event)))
    panel.treat_today.click()
    told = panel.refusal.text()
    assert told.startswith("Today is too near the event on ")

    window.run("panel:agree")
    agree = workspace_of(window).panel
    assert isinstance(agree, AgreePanel)
    assert agree.too_near.text() == told
    assert not agree.too_near.isHidden()
    window.run("panel:finish")
    finish = workspace_of(window).panel
    assert any(told in it.text() for it in finish.findChildren(QLabel))

    panel.session.set("agreement.treat_today", value=False)
    assert not any(told in it.text() for it in finish.findChildren(QLabel) if it.isVisible())
    window.run("panel:agree")
    assert agree.too_near.isHidden()


def test_a_first_visit_asked_for_later_is_said(window: MainWindow, visit: Consultation) -> None:
    panel = open_plan(window, begin(visit, window.desk.clock() + timedelta(days=28)))

    panel.treat_today.click()

    assert panel.session.visit.agreement.treat_today
    assert "Mon 13 Jul 2026, as written above" in panel.refusal.text()


def test_what_stops_it_today_refuses_although_the_plan_begins_after_it(
    window: MainWindow, visit: Consultation
) -> None:
    taken = Medication(
        code="isotretinoin", status="stopped", last_dose=PartialDate.of(visit.visit_date)
    )
    facts = replace(visit.facts, medications=(*visit.facts.medications, taken))
    answers = {**visit.answers, "isotretinoin": Answer(state="yes")}
    later = begin(
        replace(visit, facts=facts, answers=answers),
        window.desk.clock() + timedelta(days=800),
    )
    panel = open_plan(window, later)
    assert not panel.session.judgement.decision.blocks_treatment

    panel.treat_today.click()

    assert not panel.session.visit.agreement.treat_today
    assert panel.refusal.text().startswith("Treat today is refused: Not before ")


def test_what_there_is_to_know_comes_into_sight_on_a_small_screen(
    open_window: Callable[..., MainWindow], visit: Consultation, qtbot: QtBot
) -> None:
    window = open_window(960, 540)
    panel = open_plan(window, begin(visit, window.desk.clock() + timedelta(days=28)))
    pane, chip = panel.pane, panel.treat_today
    QApplication.processEvents()
    below = chip.mapTo(pane.viewport(), chip.rect().bottomLeft()).y() - pane.viewport().height()
    pane.verticalScrollBar().setValue(pane.verticalScrollBar().value() + below)

    panel.treat_today.click()

    line = panel.refusal
    qtbot.waitUntil(lambda: line.visibleRegion().boundingRect() == line.rect())


def test_a_first_visit_that_has_to_wait_is_told_beside_its_day(
    window: MainWindow, visit: Consultation
) -> None:
    panel = open_plan(window, visit)
    assert panel.first.waits.isHidden()
    event = visit.visit_date + timedelta(days=2)

    panel.session.set("plan.event_date", event)

    plan = panel.session.judgement.plan
    assert plan is not None
    first = plan.session_dates[0].date()
    assert first > visit.visit_date
    assert f"until {first:%a} {first.day} {first:%b %Y}" in panel.first.waits.text()
    assert not panel.first_time.help(), "nor does it stand beneath the time alone"
    panel.session.set("plan.event_date", None)
    assert panel.first.waits.isHidden()


def test_no_number_of_visits_is_suggested_to_who_must_not_be_treated(
    window: MainWindow, visit: Consultation
) -> None:
    panel = open_plan(window, replace(visit, plan=replace(visit.plan, sessions=None)))
    assert panel.sessions.line.placeholderText()

    panel.session.set("facts.pregnancy", "yes")
    panel.session.answer("pregnancy", "yes")

    assert not panel.sessions.line.placeholderText()


def test_a_refusal_leads_to_the_question_that_is_open(
    window: MainWindow, visit: Consultation
) -> None:
    """It said that questions are still open, and not where."""
    answers = {item: it for item, it in visit.answers.items() if item != "isotretinoin"}
    panel = open_plan(window, replace(visit, answers=answers))
    panel.treat_today.click()
    assert panel.refusal.text().startswith("Treat today is refused: ")

    panel.refusal._action.click()

    assert workspace_of(window).panel.step == "safety"


def test_the_summary_says_why_the_plan_begins_later_than_today(
    window: MainWindow, visit: Consultation
) -> None:
    """A first visit of another day and *To be treated today* stood there side by side."""
    event = visit.visit_date + timedelta(days=2)
    near = replace(visit.plan, event_date=event)
    agreed = replace(visit.agreement, treat_today=True)
    window.show_visit(replace(visit, plan=near, agreement=agreed))
    window.run("panel:finish")

    labels = workspace_of(window).panel.findChildren(QLabel)
    (line,) = [it.text() for it in labels if it.text().startswith("To be treated today.")]
    assert "The plan begins on " in line
    assert f"because of the event on {event.day} {event:%b %Y}" in line
