"""A day within a wait is marked, also where it was denied since or a review agreed on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.history import Condition
from consult_app.domain.treatment import Review, TreatedArea, Treatment
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.start.due import TOO_EARLY
from tests.gui.conftest import Clock
from tests.gui.touring import make_last

TOLD, CAME = date(2026, 6, 15), date(2026, 6, 17)
SORE = Condition(code="herpes_simplex", status="active", zones=("cheeks",))
DAYS = pytest.mark.parametrize(("days", "early"), [(3, True), (13, True), (14, False)])


@pytest.fixture
def last(window: MainWindow, desk: Desk, clock: Clock) -> Consultation:
    """Return a consultation in which a cold sore was told of, signed an hour ago."""
    assert window.desk is desk
    sample = desk.sample_visit()
    at = datetime.combine(CAME, datetime.min.time()).replace(hour=9)
    made = make_last(
        desk,
        visit_date=TOLD,
        plan=replace(sample.plan, first_session=at),
        facts=replace(sample.facts, conditions=(*sample.facts.conditions, SORE)),
        answers={**sample.answers, "herpes_simplex": Answer(state="yes")},
    )
    clock.move(3600)
    return made


def put_off(desk: Desk, last: Consultation, agreed: Treatment) -> None:
    """Sign a treatment of two days later, which was not given and in which it was denied."""
    answers = {**last.answers, "herpes_simplex": Answer(state="no")}
    facts = replace(last.facts, conditions=())
    visit = replace(last, id="t1", kind="treatment", follows=last.id, visit_date=CAME)
    desk.records.sign(replace(visit, answers=answers, facts=facts, treatment=agreed), None, 0)


def review(desk: Desk, last: Consultation, day: date) -> None:
    agreed = Review(decision="continue", adverse="none", next_visit="treatment", next_date=day)
    visit = replace(last, id="r1", kind="review", follows=last.id, visit_date=CAME)
    desk.records.sign(replace(visit, review=agreed), None, 0)


def check(desk: Desk, day: date, *, early: bool) -> None:
    """Make sure that the day is listed, and marked where a treatment would be refused on it."""
    (due,) = (it for it in desk.patients.list_due(day) if it.due == day)
    assert due.what == (TOO_EARLY.format(what="Next treatment") if early else "Next treatment")
    assert due.treated is not early


@DAYS
def test_a_no_signed_on_a_day_that_was_put_off_ends_no_wait(
    desk: Desk, last: Consultation, days: int, *, early: bool
) -> None:
    """The box refused it that day for the *No*, and once that was signed nothing was left."""
    day = TOLD + timedelta(days=days)
    put_off(desk, last, Treatment(treated=False, next_visit="treatment", next_date=day))
    check(desk, day, early=early)


@DAYS
@pytest.mark.parametrize("denied", [True, False])
def test_a_review_agrees_on_no_day_within_the_wait_of_what_was_there(
    desk: Desk, clock: Clock, last: Consultation, days: int, *, early: bool, denied: bool
) -> None:
    """Only what had its day was looked at, and what was still there has none."""
    if denied:
        put_off(desk, last, Treatment(treated=False))
        clock.move(3600)
    day = TOLD + timedelta(days=days)
    review(desk, last, day)
    check(desk, day, early=early)


def test_needled_skin_rests_also_where_a_later_consultation_stands_beside(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    """The treatment was done by an older one, and that the patient goes ahead said all was well."""
    assert window.desk is desk
    last = make_last(desk, visit_date=TOLD - timedelta(days=7))
    clock.move(3600)
    desk.records.sign(replace(last, id="c2", visit_date=TOLD), None, 0)
    clock.move(3600)
    area = TreatedArea(area="cheeks", concern="acne_rolling", depth_mm=2.0, suggested=False)
    day = CAME + timedelta(days=14)
    done = Treatment(treated=True, areas=(area,), next_visit="treatment", next_date=day)
    visit = replace(last, id="t1", kind="treatment", follows=last.id, visit_date=CAME)
    desk.records.sign(replace(visit, treatment=done), None, 0)
    assert [it.treated for it in desk.patients.list_due(day) if it.due == day] == [False]
