"""A patient who thinks about it waits among the follow-ups due, and Agree says from which day."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QApplication

from consult_app.domain.consultation import Agreement
from consult_app.domain.treatment import Review
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.agree import AgreePanel
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.panels.review import ReviewPanel
from consult_app.gui.start.due import THINKS
from consult_app.gui.thinking import LISTED, NOWHERE
from consult_app.knowledge.judgement import judge
from consult_app.knowledge.locking import sign_off
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


def test_who_thinks_about_it_is_among_the_follow_ups_due(desk: Desk) -> None:
    """She stood in no list, on no day, and was the one to ring."""
    visit = replace(desk.sample_visit(), agreement=Agreement(decision="think"))
    judged = judge(desk.pack, visit, today=visit.visit_date)
    signed = sign_off(visit, judged, desk.pack, at=desk.clock())
    desk.records.sign(signed, None, 0)
    assert signed.expected_on is not None

    (due,) = desk.patients.list_due(signed.expected_on)

    assert (due.due, due.what) == (signed.expected_on, THINKS)


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


def test_a_review_leaves_who_thinks_about_it_listed(window: MainWindow, desk: Desk) -> None:
    visit = replace(desk.sample_visit(), sample=False, agreement=Agreement(decision="think"))
    signed = desk.records.sign(
        sign_off(visit, desk.judge(visit), desk.pack, at=desk.clock()), None, 0
    )
    review = replace(begin(desk, "review", signed), review=Review(decision="continue"))
    window.show_visit(review)
    panel = workspace_of(window).panel
    assert isinstance(panel, ReviewPanel)
    assert "that the patient thinks about begins on" in panel.by_plan.text()
    assert not panel.by_plan.take_focus()
    looked = sign_off(review, desk.judge(review), desk.pack, at=desk.clock(), earlier=[signed])
    desk.records.sign(looked, None, 0)

    listed = desk.patients.list_due_of(signed.patient_id, desk.clock().date())

    assert [(it.due, it.what) for it in listed] == [(signed.expected_on, THINKS)]
