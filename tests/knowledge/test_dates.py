"""The arithmetic of waits, ages and dates that are only partly known."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.domain.partial_date import PartialDate
from consult_app.knowledge.dates import Span, add_months, age_on, settle, write_day

DAYS = st.dates(date(1900, 1, 1), date(2150, 12, 31))
MONTHS = st.integers(0, 600)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 10, 31), 6, date(2027, 4, 30)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
    ],
)
def test_a_month_without_that_day_ends_the_wait_on_its_last(
    day: date, months: int, expected: date
) -> None:
    assert add_months(day, months) == expected


@given(DAYS, MONTHS)
def test_months_are_calendar_months_and_only_clamp_downwards(day: date, months: int) -> None:
    later = add_months(day, months)
    last = calendar.monthrange(later.year, later.month)[1]

    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == min(day.day, last)


@given(DAYS, DAYS, MONTHS)
def test_a_later_start_never_ends_earlier(one: date, other: date, months: int) -> None:
    first, second = sorted((one, other))

    assert add_months(first, months) <= add_months(second, months)


@given(DAYS, st.integers(0, 400))
def test_weeks_are_seven_days(day: date, weeks: int) -> None:
    assert Span(weeks=weeks).after(day) == Span(days=7 * weeks).after(day)
    assert Span(days=weeks).after(day) - day == timedelta(days=weeks)


@pytest.mark.parametrize(
    ("day", "age"),
    [
        (date(2026, 2, 28), 17),
        (date(2026, 3, 1), 18),
        (date(2028, 2, 28), 19),
        (date(2028, 2, 29), 20),
    ],
)
def test_a_leap_day_birthday_is_reached_on_the_first_of_march(day: date, age: int) -> None:
    assert age_on(day, born=date(2008, 2, 29)) == age


@given(DAYS, st.integers(0, 120))
def test_a_year_is_completed_on_the_birthday_and_not_the_day_before(born: date, years: int) -> None:
    leap = (born.month, born.day) == (2, 29) and not calendar.isleap(born.year + years)
    birthday = date(born.year + years, 3, 1) if leap else born.replace(year=born.year + years)

    assert age_on(birthday, born=born) == years
    assert age_on(birthday - timedelta(days=1), born=born) == years - 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-20", date(2026, 3, 20)),
        ("2026-02", date(2026, 2, 28)),
        ("2026-06", date(2026, 6, 15)),
        ("2025", date(2025, 12, 31)),
        ("2026", date(2026, 6, 15)),
        ("2026-07-01", date(2026, 7, 1)),
    ],
)
def test_a_partial_date_is_its_last_day_but_never_after_the_consultation(
    text: str, expected: date
) -> None:
    assert settle(PartialDate.parse(text), date(2026, 6, 15)) == expected


@given(DAYS, DAYS)
def test_knowing_less_of_a_date_never_shortens_a_wait(day: date, consulted: date) -> None:
    known = min(day, consulted)
    for less in (PartialDate(known.year, known.month), PartialDate(known.year)):
        assert known <= settle(less, consulted) <= consulted


def test_a_day_in_words_names_its_month() -> None:
    assert write_day(date(2027, 9, 6)) == "6 September 2027"
