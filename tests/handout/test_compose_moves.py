"""A first visit that had to move says why."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from consult_app.domain.finding import Severity
from consult_app.domain.history import Condition, Facts, Medication
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.plan import PlanRequest
from consult_app.handout.compose_moves import EVENT
from consult_app.values import replace
from tests.handout.compose_cases import MADE_ON, REQUEST, make_composed, pack, spaced

CUTS = pytest.mark.parametrize("cut", [0, 6, 11])
FIRST = datetime.combine(MADE_ON + timedelta(days=10), time(10))
SOON = replace(REQUEST, first_session=FIRST)
STOPPED = Medication(
    code="isotretinoin", status="stopped", last_dose=PartialDate(year=2027, month=5, day=1)
)


def tell(request: PlanRequest = SOON, *, cut: int, **facts: Any) -> str:  # noqa: ANN401 - any fact
    known = replace(Facts(phototype=2, consult_date=MADE_ON), **facts)
    return spaced(make_composed(request, facts=known, cut=cut)).partition("What happens")[0]


@CUTS
def test_an_event_is_named(cut: int) -> None:
    event = replace(SOON, event_date=FIRST.date() + timedelta(days=3))

    text = tell(event, cut=cut)
    assert "We had to move your first visit. A visit was too close to your event." in text
    assert "not long ago" not in text
    # Ahead of the event there may be a day that is early enough.
    assert "cannot be before" not in text


@CUTS
def test_what_waits_until_a_day_is_named(cut: int) -> None:
    """On the day the visit has moved to it is over, and no finding any more."""
    text = tell(cut=cut, medications=(STOPPED,))

    assert "You took strong acne tablets not long ago." in text
    assert "your event" not in text
    assert ("It cannot be before Monday 1 November 2027." in text) is (cut < 6)


@CUTS
def test_a_visit_without_a_day_has_not_moved(cut: int) -> None:
    """It was told to have had to move where no day was asked for, and without the reason."""
    text = tell(replace(SOON, first_session=None), cut=cut, medications=(STOPPED,))

    told = "You took strong acne tablets not long ago. Your first visit cannot be before"
    assert f"{told} Monday 1 November 2027." in text
    assert "move" not in text


@CUTS
def test_what_is_over_on_a_day_nobody_knows_is_named(cut: int) -> None:
    undated = replace(STOPPED, last_dose=None)

    text = tell(SOON, cut=cut, medications=(undated,))
    assert "It has to be long enough since your strong acne tablets." in text
    assert "Something has to heal" not in text


@CUTS
def test_what_a_doctor_answers_for_is_not_also_something_to_wait_for(cut: int) -> None:
    """Beside another wait it was *Something has to heal* as well, which told nothing."""
    cream = Medication(code="adapalene", status="current", zones=("cheeks",), prescribed=True)
    sugar = Condition(
        code="diabetes", hba1c_pct=9.1, hba1c_date=PartialDate(year=2027, month=6, day=1)
    )

    text = tell(cut=cut, medications=(cream,), conditions=(sugar,))
    assert "You have to stop strong creams and scrubs first." in text
    assert "doctor" in text
    assert "Something has to heal" not in text


@CUTS
def test_a_visit_that_stays_gives_no_reason(cut: int) -> None:
    text = tell(replace(SOON, event_date=date(2029, 1, 1)), cut=cut)

    assert "your event" not in text
    assert "not long ago" not in text


def test_every_reason_is_that_of_a_finding_that_may_wait() -> None:
    names = {*pack().texts["moves"]} - {EVENT, "other"}
    may_wait = {rule.id for rule in pack().rules if rule.severity is Severity.DEFER}

    assert names <= may_wait
    # Of a day that nobody knows it is not over on one, and is named as something to wait for.
    assert names <= {*pack().texts["waits"]}


@pytest.mark.parametrize(("event", "early"), [(None, False), (date(2027, 8, 20), True)])
def test_a_test_patch_before_an_event_is_not_looked_at_four_weeks_later(
    event: date | None, *, early: bool
) -> None:
    """It stood fifty-one days ahead of the visit, where the patient counts four weeks."""
    request = replace(REQUEST, event_date=event)
    text = spaced(make_composed(request, facts=Facts(phototype=5)))

    patch = "We will try a small test patch on "
    assert patch in text
    assert ("four weeks later" in text) is not early
    assert ("We look at it before your first visit" in text) is early
