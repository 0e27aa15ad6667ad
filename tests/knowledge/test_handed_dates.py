"""What a sheet says of dates is told not to hold where the treatment is another day."""

from __future__ import annotations

from datetime import date, datetime

from consult_app.domain.plan import Plan, PlanOutcome
from consult_app.knowledge.visits.handed_dates import tell_moved

PLAN = Plan(
    content_id="microneedling",
    content_version="1.0",
    outcome=PlanOutcome.PROCEED,
    session_dates=(
        datetime.fromisoformat("2026-11-10T15:15"),
        datetime.fromisoformat("2026-12-08T15:15"),
        datetime.fromisoformat("2027-01-05T15:15"),
    ),
    review_date=date(2027, 3, 30),
)


def test_on_the_day_and_hour_of_the_plan_everything_holds() -> None:
    assert tell_moved(PLAN, 1, datetime.fromisoformat("2026-11-10T15:15")) == ""
    assert tell_moved(PLAN, 2, datetime.fromisoformat("2026-12-08T09:00")) == "", "too early a day"
    assert tell_moved(None, 1, datetime.fromisoformat("2026-11-10T15:15")) == ""


def test_on_another_day_each_date_that_counts_from_it_is_named() -> None:
    told = tell_moved(PLAN, 2, datetime.fromisoformat("2026-12-14T15:15"))

    assert "count from 8 December 2026; this treatment is on 14 December 2026" in told
    assert (
        "care after the treatment, visit 3 (5 January 2027), the check-up (30 March 2027)" in told
    )
    assert "visit 2" not in told


def test_a_later_hour_of_the_day_moves_the_hours() -> None:
    told = tell_moved(PLAN, 1, datetime.fromisoformat("2026-11-10T16:40"))

    assert "count from 15:15; this treatment is at 16:40" in told


def test_a_treatment_beyond_the_last_visit_has_no_dates_on_it() -> None:
    told = tell_moved(PLAN, 4, datetime.fromisoformat("2027-02-02T15:15"))

    assert "no dates for this treatment: its last visit is on 5 January 2027" in told
