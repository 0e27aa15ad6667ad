"""A follow-up on a day that a visit signed later rules out is marked as not settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.history import Medication
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.treatment import Treatment
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.start.due import RULED_OUT
from tests.gui.conftest import Clock
from tests.gui.touring import make_last

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
