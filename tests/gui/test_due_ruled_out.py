"""A follow-up on a day that a visit signed later rules out is marked as not settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.history import Medication
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.treatment import Review, TreatedArea, Treatment
from consult_app.errors import ConsultError
from consult_app.gui.by_plan import OVERTAKEN, SIGNED, SIGNED_OVERTAKEN, ByPlan
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.treatment.after import AfterPanel
from consult_app.gui.start.due import AGAINST, BARRED, NOT_AHEAD, RULED_OUT, TOO_EARLY
from consult_app.gui.workspace.unfinished import find_ruled_out
from tests.gui.conftest import Clock
from tests.gui.touring import make_last, workspace_of

FIRST, UNTIL = date(2026, 7, 6), date(2026, 8, 1)
STOPPED = Medication(
    code="isotretinoin", status="stopped", last_dose=PartialDate.of(date(2026, 2, 1))
)


def plan(desk: Desk, clock: Clock, first: date) -> Consultation:
    """Keep the consultation of 9 March with its first visit, signed an hour ago."""
    at = datetime.combine(first, datetime.min.time()).replace(hour=9)
    last = make_last(desk, plan=replace(desk.sample_visit().plan, first_session=at))
    clock.move(3600)
    return last


def sign_late(desk: Desk, last: Consultation) -> None:
    """Keep a consultation of an earlier day, signed now, that tells of isotretinoin."""
    facts = replace(last.facts, medications=(*last.facts.medications, STOPPED))
    answers = {**last.answers, "isotretinoin": Answer(state="yes")}
    day = date(2026, 2, 2)
    desk.records.sign(
        replace(last, id="late", visit_date=day, facts=facts, answers=answers), None, 0
    )


def listed(desk: Desk, day: date) -> list[tuple[date, str]]:
    return [(it.due, it.what) for it in desk.patients.list_due(day)]


@pytest.mark.parametrize(
    ("first", "ruled_out"), [(FIRST, True), (UNTIL - timedelta(days=1), True), (UNTIL, False)]
)
def test_a_first_visit_that_a_visit_signed_later_rules_out_is_marked(
    window: MainWindow, desk: Desk, clock: Clock, first: date, *, ruled_out: bool
) -> None:
    """It was listed as agreed, and refused when the day came."""
    last = plan(desk, clock, first)
    assert window.desk is desk
    assert listed(desk, first) == [(first, "First treatment")]

    sign_late(desk, last)

    told = RULED_OUT.format(what="First treatment") if ruled_out else "First treatment"
    assert listed(desk, first) == [(first, told)]


def test_so_is_the_next_treatment_and_no_review(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    last = plan(desk, clock, FIRST)
    assert window.desk is desk
    told = Treatment(treated=False, next_visit="treatment", next_date=FIRST)
    treatment = replace(
        last, id="t1", kind="treatment", follows=last.id, visit_date=date(2026, 6, 15)
    )
    desk.records.sign(replace(treatment, treatment=told), None, 0)
    sign_late(desk, last)

    assert listed(desk, FIRST) == [(FIRST, RULED_OUT.format(what="Next treatment"))]

    review = replace(treatment, id="t2", visit_date=date(2026, 6, 16))
    desk.records.sign(replace(review, treatment=replace(told, next_visit="review")), None, 0)
    assert listed(desk, FIRST) == [(FIRST, "Review")]


@pytest.mark.parametrize(
    ("day", "early"), [(FIRST, True), (UNTIL - timedelta(days=1), True), (UNTIL, False)]
)
def test_so_is_a_day_that_was_agreed_although_what_was_told_has_it_wait(
    window: MainWindow, desk: Desk, clock: Clock, day: date, *, early: bool
) -> None:
    """It was pointed out beside the field, and listed as a treatment like any other."""
    last = plan(desk, clock, FIRST)
    assert window.desk is desk
    facts = replace(last.facts, medications=(*last.facts.medications, STOPPED))
    answers = {**last.answers, "isotretinoin": Answer(state="yes")}
    told = Treatment(treated=False, next_visit="treatment", next_date=day)
    refused = replace(last, id="t1", kind="treatment", follows=last.id, treatment=told)
    refused = replace(refused, visit_date=date(2026, 6, 15), facts=facts, answers=answers)
    desk.records.sign(refused, None, 0)

    (due,) = desk.patients.list_due(day)

    assert due.what == (TOO_EARLY.format(what="Next treatment") if early else "Next treatment")
    assert due.treated is not early


@pytest.mark.parametrize(("days", "early"), [(14, True), (27, True), (28, False)])
def test_so_is_a_day_on_which_needled_skin_rests_although_the_plan_keeps_as_many_weeks(
    window: MainWindow, desk: Desk, clock: Clock, days: int, *, early: bool
) -> None:
    """The weeks of the plan refuse nobody, and hid the rest behind them that does."""
    last = plan(desk, clock, FIRST)
    assert window.desk is desk
    on = date(2026, 6, 15)
    area = TreatedArea(area="cheeks", concern="acne_rolling", depth_mm=0.5, suggested=False)
    told = Treatment(
        treated=True, areas=(area,), next_visit="treatment", next_date=on + timedelta(days=days)
    )
    done = replace(last, id="t1", kind="treatment", follows=last.id, visit_date=on)
    desk.records.sign(replace(done, treatment=told), None, 0)

    listed_for = [it for it in desk.patients.list_due(FIRST) if "Next treatment" in it.what]

    assert [it.treated for it in listed_for] == [not early]


def test_a_day_agreed_shortly_before_the_event_refuses_no_treatment(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    assert window.desk is desk
    last = plan(desk, clock, FIRST)
    day = FIRST + timedelta(weeks=6)
    told = Treatment(treated=True, next_visit="treatment", next_date=day)
    done = replace(last, id="t1", kind="treatment", follows=last.id, treatment=told)
    near = replace(done.plan, event_date=day + timedelta(days=3))
    desk.records.sign(replace(done, visit_date=date(2026, 6, 15), plan=near), None, 0)
    assert find_ruled_out(desk, desk.records.open_visit("t1"), day) == ""


@pytest.mark.parametrize(("decision", "told"), [("stop", True), ("continue", False)])
def test_a_review_signed_since_of_an_earlier_day_rules_it_out(
    window: MainWindow, desk: Desk, clock: Clock, decision: str, *, told: bool
) -> None:
    """Every treatment was refused since, and the day was listed without a word of it."""
    last = plan(desk, clock, FIRST)
    assert window.desk is desk
    review = Review(decision=decision)  # type: ignore[arg-type] # one of the three
    early = replace(last, id="r" * 32, kind="review", follows=last.id, review=review)
    early = replace(early, visit_date=last.visit_date - timedelta(days=3))
    desk.records.sign(early, None, 0)
    what = RULED_OUT.format(what="First treatment") if told else "First treatment"
    assert listed(desk, FIRST) == [(FIRST, what)]


@pytest.mark.parametrize("born", [date(2010, 1, 1), date(1990, 1, 1)])
def test_so_does_a_birth_date_corrected_since_by_which_the_patient_is_too_young(
    window: MainWindow, desk: Desk, clock: Clock, born: date
) -> None:
    last = plan(desk, clock, FIRST)
    assert window.desk is desk
    corrected = replace(last.patient, date_of_birth=born)
    draft = replace(last, id="d1", follows=last.id, patient=corrected, state="draft")
    desk.records.keep_draft(draft, lambda _: None, lambda _: None)
    desk.records.finish_writing()
    young = born.year == 2010
    what = BARRED.format(what="First treatment") if young else "First treatment"
    assert listed(desk, FIRST) == [(FIRST, what)]


def test_so_does_a_consultation_of_the_same_day_that_was_signed_before_the_treatment(
    window: MainWindow, desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record of what was done, locked last, named a day by the plan that no longer counted."""
    last = plan(desk, clock, date(2026, 6, 15))
    day = clock().date()
    again = replace(last, id="again", follows=last.id, visit_date=day)
    desk.records.sign(replace(again, expected_on=None), None, 0)
    clock.move(60)
    done = replace(last, id="t1", kind="treatment", follows=last.id, visit_date=day)
    begun = replace(done, state="draft", treatment=Treatment(treated=True))
    desk.records.sign(replace(done, expected_on=FIRST, treatment=begun.treatment), None, 0)
    what = "Next visit, no date written: by the plan"
    assert (FIRST, RULED_OUT.format(what=what)) in listed(desk, FIRST)

    window.show_visit(replace(begun, id="t2"))
    window.run("panel:after")
    panel = workspace_of(window).panel
    assert isinstance(panel, AfterPanel)
    assert panel.by_plan.text() == OVERTAKEN
    window.open_visit("t1")
    window.run("panel:after")
    signed = workspace_of(window).panel
    assert isinstance(signed, AfterPanel)
    assert signed.by_plan.text() == SIGNED_OVERTAKEN

    def fail(_: str) -> None:
        raise ConsultError("The list cannot be read")

    monkeypatch.setattr(desk.patients, "list_visits", fail)
    signed.refresh()
    assert signed.by_plan.text() == SIGNED.format(day="Mon 6 Jul 2026")


@pytest.mark.parametrize("unread", ["r1", "the older consultation"])
def test_what_cannot_be_read_hides_no_later_consultation(
    window: MainWindow, desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch, unread: str
) -> None:
    """The treatment by the plan that counts no more was listed as if nothing had come since."""
    assert window.desk is desk
    last = plan(desk, clock, date(2026, 6, 15))
    day = clock().date()
    review = replace(last, id="r1", kind="review", follows=last.id, visit_date=day)
    seen = Review(decision="continue", next_date=FIRST, next_visit="treatment")
    desk.records.sign(replace(review, review=seen, expected_on=FIRST), None, 0)
    clock.move(60)
    done = replace(last, id="t1", kind="treatment", follows=last.id, visit_date=day)
    needled = Treatment(treated=True)
    desk.records.sign(replace(done, expected_on=FIRST, treatment=needled), None, 0)
    again = replace(last, id="again", follows=last.id, visit_date=day)
    desk.records.sign(replace(again, expected_on=None), None, 0)
    read = desk.records.open_visit

    def open_visit(visit_id: str) -> Consultation:
        if visit_id == (unread if unread == "r1" else last.id):
            raise ConsultError("This record cannot be read")
        return read(visit_id)

    monkeypatch.setattr(desk.records, "open_visit", open_visit)
    assert find_ruled_out(desk, read("t1"), FIRST) == RULED_OUT


def test_what_has_to_settle_and_has_no_day_is_said_beside_the_first_visit(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    """Possible pregnancy: refused today, and listed as the first treatment of today."""
    assert window.desk is desk
    today = desk.clock().date()
    at = datetime.combine(today, datetime.min.time()).replace(hour=9)
    planned = replace(desk.sample_visit().plan, first_session=at)
    make_last(desk, visit_date=today, plan=planned, findings={"pregnancy_possible": "defer"})
    clock.move(60)
    assert listed(desk, today) == [
        (today, "First treatment; at signing something had to settle first")
    ]


def test_a_consultation_of_the_same_day_that_came_before_rules_nothing_out(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    """Who came back the same day was told that a later consultation counts: it was the earlier."""
    assert window.desk is desk
    first = plan(desk, clock, date(2026, 6, 15))
    day = clock().date()
    early = replace(first, id="early", visit_date=day)
    desk.records.sign(replace(early, expected_on=None), None, 0)
    clock.move(3600)
    again = replace(first, id="again", follows="early", visit_date=day)
    desk.records.sign(replace(again, expected_on=None), None, 0)
    clock.move(60)
    done = replace(again, id="t1", kind="treatment", follows="again")
    told = Treatment(treated=True)
    desk.records.sign(replace(done, expected_on=FIRST, treatment=told), None, 0)
    assert (FIRST, "Next treatment, visit 2 of 4, no date written: by the plan") in listed(
        desk, FIRST
    )


@pytest.mark.parametrize(("decision", "told"), [("no", NOT_AHEAD), ("go_ahead", "{what}")])
def test_a_review_begun_from_an_older_consultation_does_not_go_behind_a_later_one(
    window: MainWindow, desk: Desk, clock: Clock, decision: str, told: str
) -> None:
    """The patient had decided against it, and the next treatment stood there as agreed."""
    last = plan(desk, clock, FIRST)
    assert window.desk is desk
    agreement = replace(last.agreement, decision=decision)  # type: ignore[arg-type] # one of them
    later = replace(last, id="b" * 32, visit_date=date(2026, 6, 1), agreement=agreement)
    desk.records.sign(replace(later, follows=last.id), None, 0)
    seen = Review(decision="continue", next_visit="treatment", next_date=FIRST)
    review = replace(last, id="r" * 32, kind="review", follows=last.id, review=seen)
    desk.records.sign(replace(review, visit_date=date(2026, 6, 15)), None, 0)

    assert listed(desk, FIRST) == [(FIRST, told.format(what="Next treatment"))]
    (line,) = desk.patients.list_due(FIRST)
    assert line.treated == (decision == "go_ahead")


def test_nor_does_what_it_leaves_to_the_plan(window: MainWindow, desk: Desk, clock: Clock) -> None:
    """By plan it named a day of the plan that counts no more, and Follow-ups due listed it."""
    at = datetime.combine(FIRST, datetime.min.time()).replace(hour=9)
    asked = replace(desk.sample_visit().plan, first_session=at)
    last = make_last(desk, plan=asked, expected_on=FIRST)
    clock.move(3600)
    later = replace(last, id="b" * 32, visit_date=date(2026, 6, 1), follows=last.id)
    planned = FIRST + timedelta(days=3)
    anew = replace(last.plan, first_session=at + timedelta(days=3))
    desk.records.sign(replace(later, plan=anew, expected_on=planned), None, 0)
    window.open_visit(last.id)
    window.run("review")
    session = workspace_of(window).session
    session.set("review.decision", "continue")
    assert OVERTAKEN in [it.text() for it in workspace_of(window).panel.findChildren(ByPlan)]

    done = replace(session.visit, state="signed", expected_on=FIRST)
    desk.records.sign(done, None, 0)
    (own, told), due = listed(desk, FIRST)
    assert own == FIRST
    assert told.endswith(RULED_OUT.format(what="")), "of the plan that counts no more"
    assert due == (planned, "First treatment")


@pytest.mark.parametrize(
    ("what", "told"),
    [
        (None, "After a review that says to change the plan"),
        ("treatment", AGAINST.format(what="Next treatment")),
        ("review", "Review"),
    ],
)
def test_a_review_that_says_to_change_the_plan_is_not_ruled_out_by_a_visit_since(
    window: MainWindow, desk: Desk, clock: Clock, what: str | None, told: str
) -> None:
    """Nobody had signed anything since."""
    last = plan(desk, clock, FIRST)
    assert window.desk is desk
    seen = Review(decision="change", next_visit=what, next_date=FIRST)  # type: ignore[arg-type] # one of them
    review = replace(last, id="r" * 32, kind="review", follows=last.id, review=seen)
    desk.records.sign(replace(review, visit_date=date(2026, 6, 15)), None, 0)
    assert listed(desk, FIRST) == [(FIRST, told)]
    (line,) = desk.patients.list_due(FIRST)
    assert not line.treated
