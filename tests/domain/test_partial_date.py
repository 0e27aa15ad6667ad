"""Dates as people remember them: a day, a month or a year."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.domain.partial_date import PartialDate

days = st.dates(min_value=date(1000, 1, 1))
partial_dates = st.one_of(
    days.map(PartialDate.of),
    days.map(lambda day: PartialDate(day.year, day.month)),
    days.map(lambda day: PartialDate(day.year)),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026", PartialDate(2026)),
        ("2026-03", PartialDate(2026, 3)),
        ("2026-03-20", PartialDate(2026, 3, 20)),
        ("2028-02-29", PartialDate(2028, 2, 29)),
    ],
)
def test_years_months_and_days_are_read(text: str, expected: PartialDate) -> None:
    assert PartialDate.parse(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "26",
        "20-3-26",
        "2026-3",
        "2026-03-2",
        "2026-13",
        "2026-00",
        "2026-03-00",
        "2027-02-29",
        "2026-03-20T10:00",
        "2026-03-20-01",
        " 2026",
        "+026",
        "٢٠٢٦",
        "0000",
        "March 2026",
    ],
)
def test_anything_else_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"^not a date: ") as raised:
        PartialDate.parse(text)
    assert text in str(raised.value)


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(2027, 13, None), (2027, 2, 29), (2027, 4, 31), (10000, None, None)],
)
def test_what_is_not_in_the_calendar_cannot_be_made(
    year: int, month: int | None, day: int | None
) -> None:
    with pytest.raises(ValueError, match=r"month|day|year"):
        PartialDate(year, month, day)


@given(partial_dates)
def test_its_text_is_read_back_the_same(when: PartialDate) -> None:
    assert PartialDate.parse(str(when)) == when


@given(days)
def test_a_whole_date_means_that_day_only(day: date) -> None:
    when = PartialDate.of(day)
    assert when.whole
    assert when.first_day() == when.last_day() == day


@given(partial_dates, days)
def test_a_day_between_first_and_last_agrees_in_what_is_known(when: PartialDate, day: date) -> None:
    """The first and the last day bound exactly the days the date can mean."""
    agrees = (
        day.year == when.year and when.month in (None, day.month) and when.day in (None, day.day)
    )
    assert (when.first_day() <= day <= when.last_day()) == agrees


def test_a_month_lasts_to_its_last_day_and_a_year_to_december() -> None:
    """The cautious reading of a past date (screening reference 0.2)."""
    assert PartialDate(2028, 2).last_day() == date(2028, 2, 29)
    assert PartialDate(2027, 2).last_day() == date(2027, 2, 28)
    assert PartialDate(2027).last_day() == date(2027, 12, 31)
    assert not PartialDate(2028, 2).whole
