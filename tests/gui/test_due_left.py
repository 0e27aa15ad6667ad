"""What was to come before a review that only says to continue stays listed as what it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from consult_app.domain.consultation import Consultation
from consult_app.domain.treatment import Review, Treatment
from consult_app.gui.desk import Desk
from consult_app.knowledge.visits.locking import sign_off
from tests.gui.conftest import Clock
from tests.gui.test_return_faults import begin

TODAY = date(2026, 6, 15)
DAY = 86400
TREAT = TODAY + timedelta(days=35)
AGREED = TODAY + timedelta(days=34)
FIRST, BEFORE = "First treatment", "Next visit by the plan, as before the review"


@pytest.fixture
def last(desk: Desk) -> Consultation:
    """A signed consultation of today whose plan begins in five weeks."""
    visit = replace(desk.sample_visit(), sample=False)
    first = datetime.combine(TREAT, datetime.min.time()).replace(hour=9)
    agreed = replace(visit.agreement, decision="go_ahead", signed_on_paper=True)
    plan = replace(visit.plan, first_session=first, event_date=None)
    return sign(desk, replace(visit, plan=plan, agreement=agreed))


def sign(desk: Desk, visit: Consultation, *earlier: Consultation) -> Consultation:
    signed = sign_off(visit, desk.judge(visit), desk.pack, at=desk.clock(), earlier=earlier)
    return desk.records.sign(signed, None, 0)


def review(desk: Desk, last: Consultation, *before: Consultation, **said: Any) -> Consultation:  # noqa: ANN401 - any of its fields
    told = Review(**{"decision": "continue", **said})
    return sign(desk, replace(begin(desk, "review", last), review=told), *before, last)


def due(desk: Desk, last: Consultation) -> list[tuple[date, str]]:
    listed = desk.patients.list_due_of(last.patient_id, desk.clock().date())
    return [(it.due, it.what) for it in listed]


@pytest.mark.parametrize(("what", "called"), [("review", "Review"), ("test_patch", "Test patch")])
def test_what_a_review_agreed_keeps_its_name_and_what_is_listed_beside_it(
    desk: Desk, clock: Clock, last: Consultation, what: str, called: str
) -> None:
    """The next review made it a day that nobody had written, and the treatment was gone."""
    clock.move(3 * DAY)
    agreed = review(desk, last, next_visit=what, next_date=AGREED)
    before = due(desk, last)
    assert (AGREED, called) in before
    assert (TREAT, BEFORE) in before, "a patch took the treatment from the list"

    clock.move(3 * DAY)
    review(desk, last, agreed)

    assert due(desk, last) == before


def test_a_review_that_was_agreed_with_a_stop_is_listed_beside_what_goes_on(
    desk: Desk, clock: Clock, last: Consultation
) -> None:
    clock.move(3 * DAY)
    late = TREAT + timedelta(days=20)
    stop = review(desk, last, decision="stop", next_visit="review", next_date=late)
    clock.move(3 * DAY)
    review(desk, last, stop)

    assert [day for day, _ in due(desk, last)] == [TREAT, late]
    assert due(desk, last)[1][1] == "Review"


def test_a_day_gone_by_is_that_of_the_review_which_goes_on(
    desk: Desk, clock: Clock, last: Consultation
) -> None:
    """The review said one day, and the list another that was gone by."""
    assert due(desk, last) == [(TREAT, FIRST)]
    clock.move(40 * DAY)
    told = review(desk, last)

    ((day, what),) = due(desk, last)

    assert day == told.visit_date == told.expected_on
    assert what.startswith("After a review that says to continue")


def test_after_a_treatment_nothing_older_is_listed_again(
    desk: Desk, clock: Clock, last: Consultation
) -> None:
    clock.move(3 * DAY)
    agreed = review(desk, last, next_visit="review", next_date=AGREED)
    clock.move(32 * DAY)
    done = replace(begin(desk, "treatment", last), treatment=Treatment(treated=True))
    treated = sign(desk, done, agreed, last)
    clock.move(3 * DAY)
    told = review(desk, last, treated, agreed)

    ((day, _),) = [it for it in due(desk, last) if "Promised" not in it[1]]

    assert day == told.expected_on


def test_reviews_of_one_day_leave_one_another_standing_no_end(
    desk: Desk, clock: Clock, last: Consultation
) -> None:
    """They asked one another for ever, and the lists of everybody failed."""
    clock.move(3 * DAY)
    first = review(desk, last)
    second = review(desk, last, first)
    assert first.visit_date == second.visit_date
    assert due(desk, last) == [(TREAT, FIRST)]


def test_many_reviews_are_read_once_each(
    desk: Desk, clock: Clock, last: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each asked all that were before it, which doubled the work with every review."""
    for _ in range(6):
        clock.move(20 * DAY)
        review(desk, last)
    read = list[str]()
    usual: Callable[[str], Consultation] = desk.patients._expected._read_visit  # type: ignore[attr-defined] # those of the window

    def count(visit_id: str) -> Consultation:
        read.append(visit_id)
        return usual(visit_id)

    monkeypatch.setattr(desk.patients._expected, "_read_visit", count)  # type: ignore[attr-defined] # those of the window
    assert len(due(desk, last)) == 1
    assert len(read) <= 2 * 8


def test_a_review_that_says_to_change_the_plan_keeps_the_patient_listed(
    desk: Desk, clock: Clock, last: Consultation
) -> None:
    """Without a date it was listed nowhere that the patient is to come for another plan."""
    clock.move(3 * DAY)
    told = review(desk, last, decision="change")

    assert due(desk, last) == [(told.visit_date, "After a review that says to change the plan")]

    clock.move(3 * DAY)
    review(desk, last, decision="stop")
    assert due(desk, last) == [], "nobody is expected after a stop"
