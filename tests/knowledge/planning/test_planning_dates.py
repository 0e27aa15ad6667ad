"""Sessions, intervals, test patch, event buffer and what screening moves."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.domain.plan import Interval, Plan, PlanOutcome

Make = Callable[..., Plan]
SCARS = [("cheeks", "acne_rolling")]


def ids(notes: tuple[object, ...]) -> list[str]:
    return [str(getattr(note, "id", "")) for note in notes]


def test_the_usual_course_keeps_its_clock_time(make_plan: Make) -> None:
    plan = make_plan(SCARS)
    assert plan.outcome is PlanOutcome.PROCEED
    assert plan.session_dates == tuple(
        datetime(2027, 9, 6, 9, 15) + timedelta(weeks=4 * number)  # noqa: DTZ001 - local wall clock
        for number in range(4)
    )
    assert plan.review_date == date(2027, 11, 29) + timedelta(days=84)
    assert plan.warnings == ()


@pytest.mark.parametrize(
    ("asked", "used", "changes"), [(2, 3, 1), (3, 3, 0), (6, 6, 0), (9, 6, 1), (None, 4, 0)]
)
def test_sessions_stay_in_the_range_of_the_concern(
    make_plan: Make, asked: int | None, used: int, changes: int
) -> None:
    plan = make_plan(SCARS, sessions=asked)
    assert len(plan.session_dates) == used
    assert [item.field for item in plan.adjustments] == ["sessions"] * changes


def test_darker_skin_waits_six_weeks_from_a_cap_of_one_millimetre_on(make_plan: Make) -> None:
    assert make_plan(SCARS, phototype=4).interval_weeks == Interval(min=6, typ=6, max=8, used=6)
    shallow = make_plan([("forehead", "wrinkles")], phototype=4)
    assert shallow.interval_weeks == Interval(min=4, typ=4, max=6, used=4)
    beside = make_plan(
        [("forehead", "wrinkles"), ("cheeks", "wrinkles")],
        phototype=4,
        primary_concern="wrinkles",
    )
    assert beside.interval_weeks == Interval(min=6, typ=6, max=6, used=6)


def test_depths_above_one_and_a_half_wait_six_weeks_in_any_skin(make_plan: Make) -> None:
    deep = make_plan([("abdomen", "striae_white")], depth_mm=2.0, interval_weeks=4)
    assert deep.interval_weeks == Interval(min=6, typ=6, max=8, used=6)
    assert deep.earliest_session_2 == date(2027, 10, 18)
    usual = make_plan([("abdomen", "striae_white")])
    assert usual.interval_weeks == Interval(min=4, typ=4, max=8, used=4)
    assert usual.earliest_session_2 == date(2027, 10, 4)


def test_the_primary_concern_sets_interval_and_windows(make_plan: Make) -> None:
    plan = make_plan([*SCARS, ("abdomen", "scar_burn")], primary_concern="scar_burn")
    assert plan.interval_weeks == Interval(min=6, typ=8, max=12, used=8)
    assert plan.first_visible_window == (date(2027, 11, 29), date(2028, 2, 21))


@pytest.mark.parametrize(
    ("phototype", "concern", "patch", "note"),
    [
        (3, "acne_rolling", None, None),
        (4, "acne_rolling", date(2027, 8, 9), "test_patch_advised"),
        (5, "pores", date(2027, 8, 9), "test_patch_required"),
        (6, "fine_lines", None, None),
    ],
)
def test_a_test_patch_goes_with_darker_skin_and_depth(
    make_plan: Make, phototype: int, concern: str, patch: date | None, note: str | None
) -> None:
    plan = make_plan([("cheeks", concern)], phototype=phototype)
    assert plan.test_patch_date == patch
    assert [name for name in ids(plan.warnings) if name.startswith("test_patch")] == (
        [note] if note else []
    )
    assert plan.outcome is PlanOutcome.PROCEED


def test_a_test_patch_that_is_already_late_is_said(make_plan: Make) -> None:
    plan = make_plan(SCARS, phototype=5, today=date(2027, 8, 20))
    assert "test_patch_too_late" in ids(plan.warnings)


@pytest.mark.parametrize(
    ("phototype", "note"), [(3, []), (4, ["test_patch_advised"]), (5, ["test_patch_required"])]
)
def test_a_test_patch_is_asked_for_before_there_is_a_date(
    make_plan: Make, phototype: int, note: list[str]
) -> None:
    """Else the first visit would be set too near for it."""
    plan = make_plan(SCARS, phototype=phototype, first_session=None)
    assert [name for name in ids(plan.warnings) if name.startswith("test_patch")] == note
    assert plan.test_patch_date is None


@pytest.mark.parametrize(
    ("targets", "days"),
    [([("cheeks", "fine_lines")], 7), ([("cheeks", "wrinkles")], 14), (SCARS, 21)],
)
def test_the_event_buffer_follows_the_band(
    make_plan: Make, targets: list[tuple[str, str]], days: int
) -> None:
    first = date(2027, 9, 6)
    clear = make_plan(targets, event_date=(first + timedelta(days=days)).isoformat())
    assert clear.earliest_first_session is None
    event = first + timedelta(days=days - 1)
    close = make_plan(targets, event_date=event.isoformat())
    assert close.outcome is PlanOutcome.DEFER_THEN_PROCEED
    assert close.earliest_first_session == event + timedelta(days=1)
    assert close.session_dates[0].date() == event + timedelta(days=1)
    assert close.session_dates[0].time() == datetime(2027, 9, 6, 9, 15).time()  # noqa: DTZ001 - local wall clock
    (note,) = [item for item in close.warnings if item.id == "event_buffer"]
    for day in (event, event - timedelta(days=days), event + timedelta(days=1)):
        assert f"{day.day} {day:%B} {day.year}" in note.text
    assert "2027-" not in note.text, "nobody has to tell the month from the day"


@pytest.mark.parametrize(
    ("last_dose", "event", "before"),
    [
        ("2027-05-31", "2027-12-02", "none"),
        ("2027-03-06", "2027-09-10", "none"),
        ("2027-03-02", "2027-09-10", "3 September 2027"),
        ("2027-03-03", "2027-09-10", "3 September 2027"),
        ("2027-03-04", "2027-09-10", "none"),
    ],
)
def test_no_day_before_an_event_is_named_on_which_treatment_has_to_wait(
    make_plan: Make, last_dose: str, event: str, before: str
) -> None:
    stopped = {"code": "isotretinoin", "status": "stopped", "last_dose": last_dose}
    plan = make_plan(
        [("cheeks", "fine_lines")],
        facts={"consult_date": "2027-08-01", "medications": [stopped]},
        today=date(2027, 8, 1),
        event_date=event,
    )
    (note,) = [item for item in plan.warnings if item.id == "event_buffer"]
    assert f"Last suitable first visit before it: {before}." in note.text


def test_an_event_before_the_first_session_does_not_matter(make_plan: Make) -> None:
    plan = make_plan(SCARS, event_date="2027-09-05")
    assert plan.outcome is PlanOutcome.PROCEED


def test_darker_skin_keeps_28_days_and_moves_the_patch_before_the_gap(make_plan: Make) -> None:
    plan = make_plan(SCARS, phototype=4, event_date="2027-10-03")
    assert plan.earliest_first_session == date(2027, 10, 4)
    assert plan.test_patch_date == date(2027, 9, 5)
    today = make_plan(SCARS, phototype=4, event_date="2027-10-03", today=date(2027, 9, 5))
    assert today.test_patch_date == date(2027, 9, 5)
    late = make_plan(SCARS, phototype=4, event_date="2027-10-03", today=date(2027, 9, 6))
    assert late.earliest_first_session == date(2027, 11, 1)
    assert late.test_patch_date == date(2027, 10, 4)


def test_an_event_close_after_a_later_session_moves_the_course(make_plan: Make) -> None:
    plan = make_plan(SCARS, event_date="2027-10-06")
    assert plan.earliest_first_session == date(2027, 9, 9)
    assert plan.session_dates[1].date() == date(2027, 10, 7)


def test_a_dated_deferral_moves_the_course_at_the_same_clock_time(make_plan: Make) -> None:
    facts = {
        "consult_date": "2027-09-01",
        "procedures": [{"code": "botulinum", "date": "2027-09-01", "zones": ["cheeks"]}],
    }
    plan = make_plan(SCARS, facts=facts)
    assert plan.outcome is PlanOutcome.DEFER_THEN_PROCEED
    assert plan.earliest_first_session == date(2027, 9, 15)
    assert plan.session_dates[0].isoformat() == "2027-09-15T09:15:00"
    later = make_plan(SCARS, facts=facts, first_session="2027-09-15T09:15")
    assert later.outcome is PlanOutcome.PROCEED
    assert later.earliest_first_session is None


def test_without_a_consult_date_the_day_asked_for_stands_for_it(make_plan: Make) -> None:
    filler = {"code": "filler_ha", "zones": ["cheeks"], "date": "2027-08-30"}
    plan = make_plan(
        [("cheeks", "fine_lines")],
        facts={"procedures": [filler]},
        first_session="2027-09-06T09:15",
    )

    assert plan.earliest_first_session == date(2027, 9, 27)


def test_what_holds_on_the_later_day_is_kept_too(make_plan: Make) -> None:
    """Radiotherapy defers for a year; after that a clearance is still needed."""
    facts = {
        "consult_date": "2027-06-01",
        "procedures": [{"code": "radiotherapy", "date": "2027-01-10", "zones": ["cheeks"]}],
    }
    plan = make_plan(SCARS, facts=facts)
    assert plan.earliest_first_session == date(2028, 1, 10)
    assert "radiotherapy_area_past" in ids(plan.conditions)


def test_an_open_event_leaves_the_dates_provisional(make_plan: Make) -> None:
    facts = {"conditions": [{"code": "herpes_simplex", "status": "active", "zones": ["chin"]}]}
    plan = make_plan(SCARS, facts=facts)
    assert plan.outcome is PlanOutcome.DEFER_THEN_PROCEED
    assert plan.earliest_first_session is None
    assert "waits_for_event" in ids(plan.warnings)
    assert {"hsv_active", "antiviral_decision"} <= set(ids(plan.conditions))


def test_without_a_first_session_there_are_depths_but_no_dates(make_plan: Make) -> None:
    plan = make_plan(SCARS, first_session=None)
    assert plan.lines
    assert plan.session_dates == ()
    assert plan.care_calendar == {}
    assert "no_first_session" in ids(plan.warnings)


@given(
    first=st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1)),  # noqa: DTZ001 - local wall clock
    phototype=st.integers(1, 6),
    weeks=st.none() | st.integers(1, 20),
    event=st.none() | st.integers(-40, 300),
)
def test_dates_go_up_and_keep_gap_and_event(
    make_plan: Make, first: datetime, phototype: int, weeks: int | None, event: int | None
) -> None:
    day = first.date() + timedelta(days=event) if event is not None else None
    plan = make_plan(
        SCARS,
        phototype=phototype,
        first_session=first.isoformat(),
        interval_weeks=weeks,
        event_date=day.isoformat() if day else None,
        today=first.date() - timedelta(days=60),
        facts={"date_of_birth": "1999-05-05"},
    )
    dates = plan.session_dates
    interval = plan.interval_weeks
    assert interval is not None
    assert interval.min <= interval.used <= interval.max
    gaps = {later - earlier for earlier, later in pairwise(dates)}
    assert gaps == {timedelta(weeks=interval.used)}
    assert dates[0] >= first
    assert dates[0].time() == first.time()
    assert plan.test_patch_date is None or plan.test_patch_date <= dates[0].date() - timedelta(28)
    assert plan.earliest_session_2 is not None
    assert dates[0].date() < plan.earliest_session_2 <= dates[1].date()
    if day is not None:
        assert all(not 0 <= (day - moment.date()).days < 7 for moment in dates)


@pytest.mark.parametrize(
    "target",
    [
        {"area": "cheeks", "concern": "melasma"},
        {"area": "cheeks", "concern": "acne_rolling", "melasma_here": True},
    ],
)
def test_melasma_that_the_plan_alone_names_lengthens_the_wait_after_a_tan(
    make_plan: Make, target: dict[str, Any]
) -> None:
    tan = {"exposures": [{"code": "tan", "date": "2027-08-17", "zones": ["face"]}]}
    plan = make_plan([target], facts=tan)
    assert plan.earliest_first_session == date(2027, 9, 14)
    assert "melasma_in_area" in [note.id for note in plan.warnings]
    bare = make_plan([("cheeks", "acne_rolling")], facts=tan)
    assert bare.earliest_first_session is None
