"""Dates, times and numbers read as the reader's country writes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.i18n import formats
from consult_app.i18n.languages import read_languages
from consult_app.paths import find_resources

LANGUAGES = read_languages(find_resources() / "translations")
BRITISH = LANGUAGES["en-GB"]
ARABIC_LIKE = replace(BRITISH, tag="ar", english=False, direction="rtl")
DAY = date(2027, 9, 7)


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("tag", "length", "words"),
    [
        ("en-GB", "full_date", "Tuesday 7 September 2027"),
        ("en-GB", "weekday_date", "Tuesday 7 September"),
        ("en-GB", "short_date", "Tue 7 Sep"),
        ("en-GB", "date", "7 September 2027"),
        ("en-GB", "month_year", "Sep 2027"),
        ("en-GB", "short_weekday", "Tue"),
        ("en-US", "full_date", "Tuesday, September 7, 2027"),
        ("en-US", "weekday_date", "Tuesday, September 7"),
        ("en-US", "short_date", "Tue, Sep 7"),
        ("en-GB", "short_full_date", "Tue 7 Sep 2027"),
        ("en-US", "short_full_date", "Tue, Sep 7, 2027"),
        ("en-GB", "tile_date", "7 Sep 2027"),
        ("en-US", "tile_date", "Sep 7, 2027"),
        ("en-CA", "tile_date", "Sep 7, 2027"),
        ("en-AU", "full_date", "Tuesday 7 September 2027"),
    ],
)
def test_a_day_in_words(tag: str, length: formats.Length, words: str) -> None:
    assert spaced(formats.write_day(DAY, LANGUAGES[tag], length)) == words


@pytest.mark.parametrize("tag", sorted(LANGUAGES))
@pytest.mark.parametrize("length", ["date", "weekday_date", "full_date"])
def test_a_date_stays_on_one_line(tag: str, length: formats.Length) -> None:
    assert " " not in formats.write_day(DAY, LANGUAGES[tag], length)


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        (time(9, 15), "9:15 am"),
        (time(15), "3 pm"),
        (time(12), "12 noon"),
        (time(0), "midnight"),
        (time(0, 30), "12:30 am"),
        (time(12, 5), "12:05 pm"),
    ],
)
def test_a_time_of_day_is_told_with_am_and_pm(clock: time, words: str) -> None:
    assert spaced(formats.write_time(clock, BRITISH)) == words


def test_a_language_without_halves_tells_the_24_hour_clock() -> None:
    language = replace(BRITISH, halves=(), noon="", midnight="", time="{hour}:{minute}",
                       whole_hour="{hour}:{minute}")  # fmt: skip

    assert formats.write_time(time(15, 5), language) == "15:05"
    assert formats.write_time(time(0), language) == "00:00"


def test_a_moment_names_time_and_day() -> None:
    moment = datetime(2027, 9, 7, 9, 15)  # noqa: DTZ001 - wall clock

    assert spaced(formats.write_moment(moment, BRITISH)) == "9:15 am on Tuesday 7 September"
    assert spaced(formats.write_weekday_time(moment, BRITISH)) == "Tue 9:15 am"


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_a_number_never_parts_from_its_month(day: date) -> None:
    words = formats.write_day(day, BRITISH)

    assert f"{day.day}\u00a0{BRITISH.months[day.month - 1]}\u00a0{day.year}" in words
    assert formats.write_day(day + timedelta(days=7), BRITISH).split()[0] == words.split()[0]


@pytest.mark.parametrize(
    ("value", "places", "words"),
    [(1.0, 1, "1.0"), (0.75, 1, "0.75"), (1845, 0, "1,845"), (1.50, 0, "1.5"), (2.0, 0, "2")],
)
def test_numbers_keep_the_decimals_that_matter(value: float, places: int, words: str) -> None:
    assert formats.write_number(value, BRITISH, places=places) == words


def test_a_range_stays_together_with_its_unit() -> None:
    assert formats.write_range(0.5, 1.0, BRITISH, places=1, unit="mm") == (
        "0.5\u00a0to\u00a01.0\u00a0mm"
    )
    assert formats.write_range(1.5, 1.5, BRITISH, places=1, unit="mm") == "1.5\u00a0mm"


def test_in_right_to_left_text_values_are_isolated_once() -> None:
    isolated = formats.write_range(0.5, 1.0, ARABIC_LIKE, places=1, unit="mm")

    assert isolated == "\u2068\u20660.5\u00a0to\u00a01.0\u2069\u00a0mm\u2069"
    assert formats.isolate(isolated, ARABIC_LIKE) == isolated
    assert formats.isolate("020 7946 0123", ARABIC_LIKE) == "\u2068020 7946 0123\u2069"
    assert formats.isolate("", ARABIC_LIKE) == ""
    two = "\u2068Maya\u2069 \u2068Okafor\u2069"
    assert formats.isolate(two, ARABIC_LIKE) == f"\u2068{two}\u2069"


def test_left_to_right_text_carries_no_isolates() -> None:
    assert formats.isolate("020 7946 0123", BRITISH) == "020 7946 0123"
