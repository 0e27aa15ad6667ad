"""What was to come before a review that only says to continue stays listed as what it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from consult_app.domain.consultation import Consultation
from consult_app.domain.treatment import Review, Treatment
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
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


def treat(desk: Desk, last: Consultation, *before: Consultation, **said: Any) -> Consultation:  # noqa: ANN401 - any of its fields
    done = replace(begin(desk, "treatment", last), treatment=Treatment(treated=True, **said))
    return sign(desk, done, *before, last)


def course_of_three(desk: Desk, clock: Clock, last: Consultation) -> Consultation:
    """Return a consultation whose plan has three visits, on the day of the first one."""
    three = replace(last.plan, sessions=3)
    again = replace(last, id="three", state="draft", fingerprint="", plan=three, follows=last.id)
    clock.move(60)
    signed = sign(desk, again, last)
    clock.move(35 * DAY)
    return signed


@pytest.mark.parametrize("agreed", [False, True])
def test_a_plain_review_leaves_the_treatment_with_its_number_and_hour(
    window: MainWindow, desk: Desk, clock: Clock, last: Consultation, *, agreed: bool
) -> None:
    """It stood there as what a review says, and the page of the patient began a return visit."""
    base = course_of_three(desk, clock, last)
    day = desk.clock().date() + timedelta(days=70)
    said = {"next_date": day, "next_visit": "treatment"} if agreed else {}
    done = treat(desk, base, **said)
    number = "Next treatment, visit 2 of 3"
    told = number if agreed else f"{number}, no date written: by the plan"
    when = day if agreed else done.expected_on
    assert when is not None
    assert (when, told) in due(desk, base)

    clock.move(20 * DAY)
    review(desk, base, done, adverse="none")

    assert (when, told) in due(desk, base)
    clock.move((when - desk.clock().date()).days * DAY)
    (it,) = [it for it in desk.patients.list_due(when) if it.due == when]
    assert (it.what, it.at, it.treated) == (told, time(9), True)
    person = window.reception.person
    window.reception.show_patient(base.patient_id)
    assert person._find_first() is person.treat


@pytest.mark.parametrize("plain", [False, True])
def test_after_the_last_treatment_the_plan_has_a_review_and_it_is_offered_that_day(
    window: MainWindow, desk: Desk, clock: Clock, last: Consultation, *, plain: bool
) -> None:
    base = course_of_three(desk, clock, last)
    done: tuple[Consultation, ...] = (treat(desk, base),)
    for _ in range(2):
        clock.move(42 * DAY)
        done = (treat(desk, base, *done), *done)
    if plain:
        clock.move(20 * DAY)
        review(desk, base, *done, adverse="none")
    when = done[0].expected_on
    assert when is not None

    assert (when, "Review, no date written: by the plan") in due(desk, base)
    clock.move((when - desk.clock().date()).days * DAY)
    window.reception.show_patient(base.patient_id)
    person = window.reception.person
    assert person._find_first() is person.review


def test_a_review_that_was_agreed_at_the_treatment_is_over_with_one(
    desk: Desk, clock: Clock, last: Consultation
) -> None:
    base = course_of_three(desk, clock, last)
    day = desk.clock().date() + timedelta(days=20)
    done = treat(desk, base, next_date=day, next_visit="review")
    assert (day, "Review") in due(desk, base)
    clock.move(20 * DAY)
    told = review(desk, base, done, adverse="none")

    assert told.expected_on is not None
    treatment = (told.expected_on, "Next treatment, visit 2 of 3, no date written: by the plan")
    assert [it for it in due(desk, base) if "Promised" not in it[1]] == [treatment]
