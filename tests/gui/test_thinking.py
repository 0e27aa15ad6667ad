"""A patient who thinks about it waits among the follow-ups due, and Agree says from which day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QApplication

from consult_app.domain.consultation import Agreement, Consultation
from consult_app.domain.decision import DecisionState
from consult_app.domain.history import Condition
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.treatment import Review
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.next_day import BEFORE
from consult_app.gui.panels.agree import AgreePanel
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.panels.review import ReviewPanel
from consult_app.gui.phrases import write_day, write_weekday
from consult_app.gui.session import Session
from consult_app.gui.start.due import THINKS, TO_BE, UNTREATABLE
from consult_app.gui.thinking import CHOSEN, FIRST_VISIT, LATE, LISTED, NOWHERE
from consult_app.knowledge.judgement import judge
from consult_app.knowledge.visits.locking import sign_off
from tests.gui.test_return_faults import begin
from tests.gui.touring import workspace_of


def show_agree(window: MainWindow, desk: Desk, decision: str) -> AgreePanel:
    visit = desk.sample_visit()
    said = replace(visit.agreement, decision=decision)  # type: ignore[arg-type] # one of the four
    window.show_visit(replace(visit, agreement=said))
    window.run("panel:agree")
    QApplication.processEvents()
    panel = workspace_of(window).panel
    assert isinstance(panel, AgreePanel)
    return panel


def told_of(visit: Consultation) -> str:
    """Return what the list says: the first visit has its day, whatever day it is asked on."""
    first = visit.plan.first_session
    return THINKS if first is None else TO_BE.format(thinks=THINKS, day=write_day(first.date()))


def test_who_thinks_about_it_is_among_the_follow_ups_due(desk: Desk) -> None:
    """She stood in no list, on no day, and was the one to ring."""
    visit = replace(desk.sample_visit(), agreement=Agreement(decision="think"))
    judged = judge(desk.pack, visit, today=visit.visit_date)
    signed = sign_off(visit, judged, desk.pack, at=desk.clock())
    desk.records.sign(signed, None, 0)
    assert signed.expected_on is not None

    (due,) = desk.patients.list_due(signed.expected_on)

    assert (due.due, due.what) == (signed.expected_on, told_of(signed))


def test_agree_says_from_which_day_who_thinks_about_it_is_listed(
    window: MainWindow, desk: Desk
) -> None:
    panel = show_agree(window, desk, "think")
    plan = panel.session.judgement.plan
    assert plan is not None
    day = min(it for it in (plan.coming_patch, plan.session_dates[0].date()) if it is not None)
    assert panel.thinks.isVisible()
    assert f"{day.day} {day:%b %Y}" in panel.thinks.text()

    panel.decision.edited.emit("no")
    assert not panel.thinks.isVisible()
    panel.decision.edited.emit("think")
    assert panel.thinks.isVisible()
    panel.thinks.acted.emit()
    QApplication.processEvents()
    assert isinstance(workspace_of(window).panel, PlanPanel)


def test_agree_says_that_without_a_first_visit_nobody_is_reminded(
    window: MainWindow, desk: Desk
) -> None:
    panel = show_agree(window, desk, "think")
    assert panel.thinks.text().startswith(LISTED.partition("{")[0])

    panel.session.set("plan.first_session", None)

    assert panel.thinks.text() == NOWHERE


def write(panel: AgreePanel, day: date | None) -> None:
    """Write the day on which the patient is to be asked."""
    panel.thinks.day.edited.emit(PartialDate.of(day) if day is not None else None)
    QApplication.processEvents()


def sign(session: Session, desk: Desk) -> date | None:
    """Sign it, and return the day on which the patient is expected."""
    signed = sign_off(session.visit, session.judgement, desk.pack, at=desk.clock())
    desk.records.sign(replace(signed, sample=False), None, 0)
    return signed.expected_on


@pytest.mark.parametrize("late", [False, True])
def test_who_thinks_about_it_is_asked_on_the_day_that_was_agreed(
    window: MainWindow, desk: Desk, *, late: bool
) -> None:
    """Only another first visit of the plan moved that day."""
    panel = show_agree(window, desk, "think")
    plan, visit = panel.session.judgement.plan, panel.session.visit
    assert plan is not None
    begins = min(filter(None, (plan.coming_patch, plan.session_dates[0].date())))
    day = begins + timedelta(days=3) if late else visit.visit_date + timedelta(days=3)
    assert panel.thinks.day.isVisible()

    write(panel, day)

    told = CHOSEN.format(day=write_weekday(day))
    told = LATE.format(told=told, day=write_weekday(begins)) if late else told
    assert panel.thinks.text() == told
    assert panel.thinks._action.isHidden()
    assert panel.session.visit.plan == visit.plan
    assert sign(panel.session, desk) == day
    (due,) = desk.patients.list_due(day)
    assert (due.due, due.what) == (day, told_of(visit))


def test_without_it_the_day_of_the_plan_counts_again(window: MainWindow, desk: Desk) -> None:
    panel = show_agree(window, desk, "think")
    before = panel.thinks.text()
    write(panel, panel.session.visit.visit_date + timedelta(days=3))
    write(panel, None)
    assert panel.thinks.text() == before
    assert panel.thinks._action.text() == FIRST_VISIT


def test_a_day_before_the_visit_is_none(window: MainWindow, desk: Desk) -> None:
    panel = show_agree(window, desk, "think")
    before, visit = panel.thinks.text(), panel.session.visit
    write(panel, visit.visit_date - timedelta(days=365))
    assert panel.thinks.day.error == BEFORE
    assert panel.thinks.text() == before
    day = sign(panel.session, desk)
    assert day is not None
    assert day > visit.visit_date


def test_who_goes_ahead_after_all_is_expected_by_the_plan(window: MainWindow, desk: Desk) -> None:
    panel = show_agree(window, desk, "think")
    planned = sign_off(panel.session.visit, panel.session.judgement, desk.pack, at=desk.clock())
    write(panel, panel.session.visit.visit_date + timedelta(days=3))
    panel.decision.edited.emit("go_ahead")
    QApplication.processEvents()
    assert panel.thinks.day.isHidden()
    assert sign(panel.session, desk) == planned.expected_on


def test_a_plan_without_a_day_leaves_nobody_out_where_one_was_agreed(
    window: MainWindow, desk: Desk
) -> None:
    panel = show_agree(window, desk, "think")
    panel.session.set("plan.first_session", None)
    day = panel.session.visit.visit_date + timedelta(days=7)
    write(panel, day)
    assert panel.thinks.text() == CHOSEN.format(day=write_weekday(day))
    assert sign(panel.session, desk) == day


def test_a_signed_record_shows_the_day_and_half_a_date_stays_in_sight(
    window: MainWindow, desk: Desk
) -> None:
    panel = show_agree(window, desk, "think")
    panel.thinks.day.line.setText("3 Ju")
    panel.decision.edited.emit("no")
    QApplication.processEvents()
    assert panel.thinks.day.isVisible(), "it keeps the record open until it is put right"
    panel.thinks.day.line.setText("")
    panel.decision.edited.emit("think")
    day = panel.session.visit.visit_date + timedelta(days=3)
    write(panel, day)
    signed = sign_off(panel.session.visit, panel.session.judgement, desk.pack, at=desk.clock())
    panel.session.lock(signed)
    QApplication.processEvents()
    shown = panel.thinks.day
    assert shown.isVisible()
    assert not shown.isEnabled()
    assert shown.value() == PartialDate.of(day)


def test_a_review_leaves_who_thinks_about_it_listed(window: MainWindow, desk: Desk) -> None:
    visit = replace(desk.sample_visit(), sample=False, agreement=Agreement(decision="think"))
    signed = desk.records.sign(
        sign_off(visit, desk.judge(visit), desk.pack, at=desk.clock()), None, 0
    )
    review = replace(begin(desk, "review", signed), review=Review(decision="continue"))
    window.show_visit(review)
    panel = workspace_of(window).panel
    assert isinstance(panel, ReviewPanel)
    assert "The patient thinks about it, and is asked on" in panel.by_plan.text()
    assert not panel.by_plan.take_focus()
    looked = sign_off(review, desk.judge(review), desk.pack, at=desk.clock(), earlier=[signed])
    desk.records.sign(looked, None, 0)

    listed = desk.patients.list_due_of(signed.patient_id, desk.clock().date())

    assert [(it.due, it.what) for it in listed] == [(signed.expected_on, told_of(signed))]


def test_who_must_not_be_treated_and_thinks_about_it_is_listed_as_agree_says(
    window: MainWindow, desk: Desk
) -> None:
    """Agree said in no list; the list said that the plan begins."""
    panel = show_agree(window, desk, "think")
    told = Condition(code="keloid", zones=("cheeks",))
    panel.session.answer("keloid", "yes")
    panel.session.set("facts.conditions", (*panel.session.visit.facts.conditions, told))
    judged = panel.session.judgement
    assert judged.decision.state is DecisionState.ABSOLUTE
    first = panel.session.visit.plan.first_session
    assert first is not None
    assert panel.thinks.text().startswith(LISTED.partition("{")[0])
    visit = replace(panel.session.visit, sample=False)
    signed = desk.records.sign(sign_off(visit, judged, desk.pack, at=desk.clock()), None, 0)

    (due,) = desk.patients.list_due_of(signed.patient_id, first.date())

    assert (due.due, due.what) == (first.date(), UNTREATABLE.format(thinks=THINKS))
