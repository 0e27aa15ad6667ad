"""Date arithmetic of screening (screening reference 0.2)."""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta

from consult_app.domain.partial_date import PartialDate
from consult_app.values import dataclass
from consult_app.wording import t

_MONTHS_A_YEAR = 12
_MONTHS = (
    *(t("January"), t("February"), t("March"), t("April"), t("May"), t("June"), t("July")),
    *(t("August"), t("September"), t("October"), t("November"), t("December")),
)
SHORT_MONTHS = (
    *(t("Jan"), t("Feb"), t("Mar"), t("Apr"), t("May", "short"), t("Jun")),
    *(t("Jul"), t("Aug"), t("Sep"), t("Oct"), t("Nov"), t("Dec")),
)
"""Months as lists and headings write them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A length of time; days and weeks are counted, months follow the calendar."""

    days: int = 0
    weeks: int = 0
    months: int = 0

    def after(self, day: date) -> date:
        """Return the day this long after `day`."""
        return add_months(day, self.months) + timedelta(days=self.days, weeks=self.weeks)


def day_of(moment: date) -> date:
    """Return the day of a date or of a date with a time."""
    return moment.date() if isinstance(moment, datetime) else moment


def as_moment(day: date) -> datetime:
    """Return a moment as it is, of a day its beginning."""
    return day if isinstance(day, datetime) else datetime.combine(day, datetime.min.time())


def add_months(day: date, months: int) -> date:
    """Return the same day of a later month, or its last day where it has no such day."""
    count = day.year * _MONTHS_A_YEAR + day.month - 1 + months
    year, month = divmod(count, _MONTHS_A_YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def age_on(day: date, *, born: date) -> int:
    """Return completed years; a birthday on 29 February is reached on 1 March in common years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def settle(partial: PartialDate, consulted: date) -> date:
    """Return the day a date stands for: its last day, not after the consultation.

    A whole date is taken as it is, so that a planned day stays in the future.
    """
    return partial.first_day() if partial.whole else min(partial.last_day(), consulted)


def write_day(day: date) -> str:
    """Return a day in words that no reader takes for another, such as 6 September 2027."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def write_partial(day: PartialDate) -> str:
    """Return a day as far as it is known, such as `3 May 2026` or `May 2026`."""
    known = [str(day.day)] if day.day is not None else []
    month = [SHORT_MONTHS[day.month - 1]] if day.month is not None else []
    return " ".join([*known, *month, str(day.year)])
