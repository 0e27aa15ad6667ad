"""While no next date is written, the day of the plan is shown and keeps the patient on the list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from consult_app.domain.consultation import Answer
from consult_app.domain.history import Medication
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.treatment import Treatment
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.next_day import AIMLESS
from consult_app.gui.panels.review import ReviewPanel
from consult_app.gui.panels.treatment.after import AfterPanel
from consult_app.gui.start.due import PROMISED
from consult_app.knowledge.visits.locking import sign_off
from tests.gui.test_return_faults import begin
from tests.gui.touring import make_last, workspace_of

COMING = "By the plan the next treatment is on Mon 13 Jul 2026 at the earliest."


def show_after(window: MainWindow, desk: Desk) -> AfterPanel:
    """Open a treatment that took place, on its last panel."""
    begun = begin(desk, "treatment", make_last(desk))
    treatment = begun.treatment or Treatment()
    window.show_visit(replace(begun, treatment=replace(treatment, treated=True)))
    workspace = workspace_of(window)
    workspace.show_panel("after")
    assert isinstance(workspace.panel, AfterPanel)
    return workspace.panel


def test_the_day_of_the_plan_is_a_suggestion_until_it_is_taken(
    window: MainWindow, desk: Desk
) -> None:
    panel = show_after(window, desk)
    session = panel.session
    assert COMING in panel.by_plan.text()
    assert panel.next_day.value() is None

    panel.by_plan.acted.emit()

    treatment = session.visit.treatment
    assert treatment is not None
    assert (treatment.next_date, treatment.next_visit) == (date(2026, 7, 13), "treatment")
    assert not panel.by_plan.isVisible()
    session.undo()
    assert COMING in panel.by_plan.text()


def test_what_the_next_date_is_for_stays_under_the_pointer_and_is_missed(
    window: MainWindow, desk: Desk
) -> None:
    panel = show_after(window, desk)
    panel.next_day.control.setFocus()
    QApplication.processEvents()
    bar = panel.pane.verticalScrollBar()
    bar.setValue(bar.maximum())
    before = panel.next_visit.mapTo(panel, QPoint())
    assert AIMLESS not in panel.missing.text()

    QTest.keyClicks(panel.next_day.control, "20/7/2026")
    QApplication.processEvents()

    assert not panel.by_plan.isVisible()
    assert panel.next_visit.mapTo(panel, QPoint()) == before
    assert AIMLESS in panel.missing.text()
    assert panel.by_plan.sizePolicy().retainSizeWhenHidden()
    panel.next_visit.edited.emit("review")
    assert AIMLESS not in panel.missing.text()
    QApplication.processEvents()
    assert not panel.by_plan.sizePolicy().retainSizeWhenHidden(), "no gap stays beneath"


def test_who_was_given_no_date_is_among_the_follow_ups_due(window: MainWindow, desk: Desk) -> None:
    panel = show_after(window, desk)
    judgement, visit = panel.session.judgement, panel.session.visit
    desk.records.sign(sign_off(visit, judgement, desk.pack, at=desk.clock()), None, 0)
    (due,) = (
        it for it in desk.patients.list_due(date(2026, 7, 10)) if it.what not in PROMISED.values()
    )

    assert (due.due, due.what) == (
        date(2026, 7, 13),
        "Next treatment, visit 2 of 4, no date written: by the plan",
    )


def test_a_next_date_that_is_too_early_is_pointed_out_and_put_right(
    window: MainWindow, desk: Desk
) -> None:
    """It was taken in silence: what the plan says stood there only while no date was written."""
    panel = show_after(window, desk)
    QApplication.processEvents()
    panel.session.set("treatment.next_visit", "treatment")
    panel.next_day.control.setFocus()
    QTest.keyClicks(panel.next_day.control, "25/6/2026")
    QApplication.processEvents()

    early = panel.by_plan.text()
    assert early.startswith("Too early for a treatment: ")
    assert early.endswith("The first day is Mon 13 Jul 2026.")
    assert panel.by_plan.visibleRegion().boundingRect() == panel.by_plan.rect(), "it is in sight"
    assert early in panel.missing.text()
    panel.session.set("treatment.next_visit", "review")
    assert not panel.by_plan.isVisible()
    panel.session.set("treatment.next_visit", "treatment")

    panel.by_plan.acted.emit()

    treatment = panel.session.visit.treatment
    assert treatment is not None
    assert treatment.next_date == date(2026, 7, 13)
    assert not panel.by_plan.isVisible()
    assert "Too early" not in panel.missing.text()


def test_a_review_says_what_its_next_date_is_for_and_that_it_is_too_early(
    window: MainWindow, desk: Desk
) -> None:
    """It had no place for it, so that no date was ever too early after a review."""
    after = show_after(window, desk)
    visit = after.session.visit
    done = sign_off(visit, after.session.judgement, desk.pack, at=desk.clock())
    desk.records.sign(done, None, 0)
    window.run("start")
    last = desk.records.open_visit(visit.follows or "")
    window.show_visit(begin(desk, "review", last))
    panel = workspace_of(window).panel
    assert isinstance(panel, ReviewPanel)
    panel.next_day.control.setFocus()
    QTest.keyClicks(panel.next_day.control, "25/6/2026")
    QApplication.processEvents()
    assert AIMLESS in panel.missing.text()

    panel.next_visit.edited.emit("treatment")
    early = panel.by_plan.text()
    assert early.startswith("Too early for a treatment: ")
    assert early in panel.missing.text()
    assert AIMLESS not in panel.missing.text()
    panel.next_visit.edited.emit("test_patch")
    assert panel.by_plan.text().startswith("Too early for a test patch, ")
    panel.next_visit.edited.emit("review")
    assert not panel.by_plan.isVisible()
    panel.next_visit.edited.emit("test_patch")

    panel.by_plan.acted.emit()

    review = panel.session.visit.review
    assert review is not None
    assert (review.next_date, review.next_visit) == (date(2026, 7, 13), "test_patch")
    assert not panel.by_plan.isVisible()
    assert "Too early" not in panel.missing.text()


def test_a_next_date_too_near_the_event_is_pointed_out_and_put_right(
    window: MainWindow, desk: Desk
) -> None:
    """By the plan it was to be the day before the wedding, and nothing was said of it."""
    panel = show_after(window, desk)
    session = panel.session
    session.set("plan.event_date", date(2026, 7, 15))
    assert "By the plan the next treatment is on Thu 16 Jul 2026" in panel.by_plan.text()

    session.set("treatment.next_date", date(2026, 7, 14))
    early = panel.by_plan.text()
    assert early.startswith("Too near the event on 15 Jul 2026: ")
    assert early.endswith("The first day after it is Thu 16 Jul 2026.")
    assert early in panel.missing.text()
    panel.by_plan.acted.emit()

    treatment = session.visit.treatment
    assert treatment is not None
    assert treatment.next_date == date(2026, 7, 16)
    assert not panel.by_plan.isVisible()


def test_a_review_says_that_its_next_date_is_before_what_was_found_is_over(
    window: MainWindow, desk: Desk
) -> None:
    """The box of the consultation said not before August, and the review took July."""
    sample = desk.sample_visit()
    stopped = PartialDate.of(date(2026, 2, 1))
    taken = Medication(code="isotretinoin", status="stopped", last_dose=stopped)
    facts = replace(sample.facts, medications=(*sample.facts.medications, taken))
    answers = {**sample.answers, "isotretinoin": Answer(state="yes")}
    last = make_last(desk, facts=facts, answers=answers)
    window.show_visit(begin(desk, "review", last))
    panel = workspace_of(window).panel
    assert isinstance(panel, ReviewPanel)
    panel.session.set("review.next_visit", "treatment")

    panel.session.set("review.next_date", date(2026, 7, 13))

    told = "Too early for a treatment: what was found has it wait until Sat 1 Aug 2026."
    assert panel.by_plan.text() == told
    assert told in panel.missing.text()
    panel.by_plan.acted.emit()
    review = panel.session.visit.review
    assert review is not None
    assert (review.next_date, review.next_visit) == (date(2026, 8, 1), "treatment")
    assert not panel.by_plan.isVisible()


def test_a_review_with_a_side_effect_says_what_is_planned_and_where_the_patient_waits(
    window: MainWindow, desk: Desk
) -> None:
    after = show_after(window, desk)
    after.by_plan.acted.emit()
    visit = after.session.visit
    done = sign_off(visit, after.session.judgement, desk.pack, at=desk.clock())
    desk.records.sign(done, None, 0)
    window.run("start")
    window.show_visit(begin(desk, "review", desk.records.open_visit(visit.follows or "")))
    panel = workspace_of(window).panel
    assert isinstance(panel, ReviewPanel)
    panel.session.set("review.decision", "continue")
    assert panel.by_plan.text().startswith(
        "No date is written. The next treatment is planned for Mon 13 Jul 2026."
    )

    panel.session.set("review.adverse", "ongoing")

    assert panel.by_plan.text() == (
        "No date is written. The next treatment is planned for Mon 13 Jul 2026. Because of the "
        "side effect this patient stands in Follow-ups due from today on, until a date is written."
    )
