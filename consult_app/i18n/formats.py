"""Dates, times and numbers as the reader's language writes them.

No locale of the computer is asked, so the same sheet comes out everywhere. In right-to-left text a
value stands inside Unicode isolates, or a reader would see "1.0-0.5" for "0.5-1.0".
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from consult_app.i18n.languages import Language

NO_BREAK = "\u00a0"
_LEFT_TO_RIGHT = "\u2066"
_FIRST_STRONG = "\u2068"
_END = "\u2069"
_NOON = 12

Length = Literal[
    "date",
    "short_date",
    "short_full_date",
    "weekday_date",
    "full_date",
    "month_year",
    "tile_date",
    "short_weekday",
]


def write_day(day: date, language: Language, length: Length = "full_date") -> str:
    """Return a day in words, such as "Monday 6 September 2027"."""
    return _find_pattern(language, length).format(
        weekday=language.weekdays[day.weekday()],
        short_weekday=language.short_weekdays[day.weekday()],
        day=day.day,
        month=language.months[day.month - 1],
        short_month=language.short_months[day.month - 1],
        year=day.year,
    )


def _find_pattern(language: Language, length: Length) -> str:
    if length == "short_weekday":
        return "{short_weekday}"
    if length == "short_full_date":
        return language.short_full_date or f"{language.short_date}{NO_BREAK}{{year}}"
    if length == "tile_date":
        return language.tile_date or f"{{day}} {language.month_year}"
    pattern: str = getattr(language, length)
    return pattern


def write_time(clock: time, language: Language) -> str:
    """Return a time of day, such as "9:15 am"; twelve o'clock gets its own word."""
    if not clock.minute and clock.hour in (0, _NOON):
        word = language.noon if clock.hour else language.midnight
        if word:
            return word
    pattern = language.time if clock.minute else language.whole_hour
    if not language.halves:
        return pattern.format(hour=f"{clock.hour:02}", minute=f"{clock.minute:02}")
    return pattern.format(
        hour=clock.hour % _NOON or _NOON,
        minute=f"{clock.minute:02}",
        half=language.halves[clock.hour // _NOON],
    )


def write_moment(moment: datetime, language: Language, length: Length = "weekday_date") -> str:
    """Return a moment, such as "9:15 am on Tuesday 7 September"."""
    return language.moment.format(
        time=write_time(moment.time(), language), day=write_day(moment, language, length)
    )


def write_weekday_time(moment: datetime, language: Language) -> str:
    """Return weekday and time in short, such as "Mon 9:15 am"."""
    return language.weekday_time.format(
        short_weekday=language.short_weekdays[moment.weekday()],
        time=write_time(moment.time(), language),
    )


def write_number(value: float, language: Language, *, places: int = 0) -> str:
    """Return a number with at least `places` decimals and no needless zeros after them."""
    plain = f"{Decimal(str(value)):,f}"
    whole, _, part = plain.partition(".")
    part = part.rstrip("0").ljust(places, "0")
    whole = whole.replace(",", language.thousands)
    return whole + (language.decimal + part if part else "")


def write_range(
    low: float, high: float, language: Language, *, places: int = 0, unit: str = ""
) -> str:
    """Return "0.5 to 1.0 mm", or one number when both are equal; `unit` may be empty."""
    numbers = write_number(low, language, places=places)
    if high != low:
        numbers = language.range.format(
            low=numbers, high=write_number(high, language, places=places)
        )
    if language.right_to_left:
        # The numbers run from left to right; the unit stands beside them as its own letters do.
        numbers = f"{_LEFT_TO_RIGHT}{numbers}{_END}"
    return isolate(f"{numbers}{NO_BREAK}{unit}", language) if unit else numbers


def bind_numbers(text: str, language: Language) -> str:
    """Return a text in which a number stays on one line with its unit, as in `2 weeks`."""
    pattern = _find_pairs(language.units, language.scales)
    return pattern.sub(NO_BREAK, text) if pattern else text


@lru_cache(maxsize=32)
def _find_pairs(units: tuple[str, ...], scales: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return what finds the spaces between numbers and their units."""
    after = [rf"(?<=\d) (?=(?:{'|'.join(map(re.escape, units))})\b)"] if units else []
    before = [rf"(?<=\b{re.escape(scale)}) (?=\d)" for scale in scales]
    return re.compile("|".join([*after, *before])) if after or before else None


def isolate(text: str, language: Language) -> str:
    """Return `text` fit to stand inside a sentence of `language`, whatever its own direction."""
    if not language.right_to_left or not text or _is_isolated(text):
        return text
    return f"{_FIRST_STRONG}{text}{_END}"


def _is_isolated(text: str) -> bool:
    """Return whether the whole text stands inside one isolate already."""
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter in _LEFT_TO_RIGHT + _FIRST_STRONG) - (letter == _END)
        if not depth:
            return bool(place) and place == len(text) - 1
    return False
