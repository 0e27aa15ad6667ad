"""Dates and times as people write them: day first or month first, by one clock or by halves."""

from __future__ import annotations

import re
from calendar import month_name
from datetime import date, timedelta

from PySide6.QtCore import QObject, Signal

from consult_app.domain.partial_date import PartialDate
from consult_app.wording import t

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_FIGURES = re.compile(r"(?:(\d{1,2})[-/. ])?(\d{1,2})[-/. ](\d{4})")
_NAMED = re.compile(r"(?:(\d{1,2})[-. ])?([A-Za-z]{3,9})[-., ]+(?:(\d{1,2}),? )?(\d{4})")
_MONTHS = tuple(month.casefold() for month in month_name if month)
_Parts = tuple[str | None, ...]
NEAR = {t("yesterday"): -1, t("today"): 0, t("tomorrow"): 1}
"""Words for days, and how far each is from today."""


BETWEEN = ", "
"""Between a date and a time, where both are kept."""


class Order(QObject):
    """Which comes first where the practice stands; fields that are shown follow it.

    Attributes:
        month_first: Whether 4/5/1988 is the fifth of April.
        halves: Whether the time of day is told in halves, as 2:05 pm.
        changed: It is another one.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.month_first = self.halves = False

    def use(self, *, month_first: bool, halves: bool = False) -> None:
        """Read and write dates in this order, and times so, from now on."""
        self.halves = halves
        if month_first is not self.month_first:
            self.month_first = month_first
            self.changed.emit()


ORDER = Order()


def read_date(text: str, *, month_first: bool = False) -> PartialDate:
    """Return the date that a person wrote.

    Understood are `2026`, `2026-03`, `2026-03-20`, day first `20/3/2026`, `20.3.2026`, `20 3 2026`
    and `3/2026`, and with the month in English `20 Mar 2026` or `March 20, 2026`. A year always has
    four digits, so no century is guessed.

    Args:
        text: What was written.
        month_first: Whether figures tell the month first, as `3/20/2026` does.

    Raises:
        ValueError: The text is none of these, or not in the calendar.
    """
    text = text.strip()
    if not text.isascii():
        raise ValueError(t("not a date"))
    if iso := _ISO.fullmatch(text):
        parts: _Parts = iso.groups()
    elif figures := _FIGURES.fullmatch(text):
        parts = _turn(*figures.groups(), month_first=month_first)
    elif named := _NAMED.fullmatch(text):
        parts = _place_month(*named.groups())
    else:
        raise ValueError(t("not a date"))
    return PartialDate(*(None if part is None else int(part) for part in parts))  # type: ignore[arg-type] # the year is always there


def read_near(text: str, today: date) -> date | None:
    """Return the day that a word such as *yesterday* stands for; None for any other text."""
    word = text.strip().casefold()
    days = (days for name, days in NEAR.items() if name.casefold() == word)
    return next((today + timedelta(days=it) for it in days), None)


def read_coming(text: str, today: date, *, month_first: bool = False) -> date | None:
    """Return the next day that a text without a year stands for; None for any other text."""
    for year in (today.year, today.year + 1):
        try:
            day = read_date(f"{text.strip().rstrip('.')} {year}", month_first=month_first)
        except ValueError:
            continue
        if day.whole and day.first_day() >= today:
            return day.first_day()
    return None


def write_figures(day: PartialDate, *, month_first: bool = False) -> str:
    """Return a date in figures, as `read_date` reads it in the same order."""
    known = [part for part in (day.month, day.day) if part is not None]
    if not month_first:
        known.reverse()
    return "/".join([*map(str, known), f"{day.year:04}"])


def keep_day(text: str, *, month_first: bool) -> str:
    """Return a text as a draft keeps it: a date that the other order turns is kept in neither.

    Else 3/8/2026 would be another day once the practice is said to stand elsewhere.
    """
    try:
        day, turned = (read_date(text, month_first=it) for it in (month_first, not month_first))
    except ValueError:
        return text  # it is a date in one order at most
    return text if day == turned else str(day)


def write_kept(text: str) -> str:
    """Return what a draft keeps of a field as it is written here."""
    told, between, rest = text.partition(BETWEEN)
    try:
        day = PartialDate.parse(told)
    except ValueError:
        return text
    return f"{write_figures(day, month_first=ORDER.month_first)}{between}{rest}"


def _turn(first: str | None, second: str, year: str, *, month_first: bool) -> _Parts:
    """Return year, month and day; of two figures the month is the only one there is."""
    if month_first and first is not None:
        return year, first, second
    return year, second, first


def _place_month(before: str | None, month: str, behind: str | None, year: str) -> _Parts:
    """Return year, month and day of a date with its month by name."""
    fits = [name.startswith(month.casefold()) for name in _MONTHS]
    if sum(fits) != 1 or (before and behind):
        raise ValueError(t("not a date"))
    return year, str(fits.index(True) + 1), before or behind
