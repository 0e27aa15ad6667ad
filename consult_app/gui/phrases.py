"""How the window writes dates, ages and durations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from consult_app.gui.widgets.written_dates import ORDER
from consult_app.knowledge.dates import SHORT_MONTHS, age_on
from consult_app.wording import t, tn

if TYPE_CHECKING:
    from consult_app.knowledge.pack.pack import Source

LONGEST_NAME = 120
"""Letters of a name that lists and headings show; the longest names that people have fit."""
RARE_AGE = 110
"""Years from which an age is rather a slip of the year."""
MONTHS_FROM, YEARS_FROM = 2, 24
"""Whole months from which a distance is told in months, and in years."""
_WITHIN_ADDRESS = re.compile(r"[/=&;](?=\S)")
"""Where a line may end within a web address; else a card is as wide as the address is long."""
_NOON = 12
_HALVES = (t("am"), t("pm"))
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_RUN = re.compile(r"^(\d{1,2})(\d{2})(?=\D*$)")
"""Hours and minutes written without a sign between them."""
TIME_FAULT = (t("Write the time as 9:15 or 14:30"), t("Write the time as 9:15 am or 2:30 pm"))
_DAYS = (t("Mon"), t("Tue"), t("Wed"), t("Thu"), t("Fri"), t("Sat"), t("Sun"))


def write_sources(sources: Iterable[Source]) -> str:
    """Return sources by code and title; a line may end within a web address."""
    named = "; ".join(f"{source.id} {source.title}" for source in sources)
    return _WITHIN_ADDRESS.sub("\\g<0>\u200b", named)


def write_name(name: str) -> str:
    """Return a name for a list; a whole text that was pasted into one hides nobody else."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}\u2026"


def write_day(day: date) -> str:
    """Return a date nobody can misread, such as `30 Apr 1992`."""
    return f"{day.day} {SHORT_MONTHS[day.month - 1]} {day.year}"


def write_weekday(day: date) -> str:
    """Return a date with its weekday, such as `Mon 6 Sep 2027`."""
    return f"{_DAYS[day.weekday()]} {write_day(day)}"


def write_clock(moment: datetime | time) -> str:
    """Return the time of day to the second, such as `14:05:09`, or `2:05:09 pm`."""
    return _write_time(moment, f"{moment:%M:%S}")


def write_time(moment: datetime | time) -> str:
    """Return the time of day, such as `14:05`, or `2:05 pm` where it is told so."""
    return _write_time(moment, f"{moment:%M}")


def _write_time(moment: datetime | time, rest: str) -> str:
    if not ORDER.halves:
        return f"{moment:%H}:{rest}"
    return f"{moment.hour % _NOON or _NOON}:{rest} {_HALVES[moment.hour // _NOON]}"


def read_time(text: str) -> time | None:
    """Return the time of day that a person wrote, such as `9:15`, `14.30`, `1430` or `2 p.m.`."""
    text = _POINT.sub(":", text.replace(" ", "")).replace(".", "").upper()
    text = _RUN.sub(r"\1:\2", text)
    for pattern in ("%H:%M", "%H", "%I:%M%p", "%I%p"):
        with suppress(ValueError):
            return datetime.strptime(text, pattern).time()  # noqa: DTZ007 - wall clock
    return None


def tell_time_fault() -> str:
    """Return how a time is written, said of one that cannot be read."""
    return TIME_FAULT[ORDER.halves]


def write_elapsed(span: timedelta) -> str:
    """Return minutes and seconds, such as `7:05`."""
    minutes, seconds = divmod(max(0, int(span.total_seconds())), 60)
    return f"{minutes}:{seconds:02}"


def write_distance(day: date, today: date) -> str:
    """Return how far a day is from today, such as `tomorrow`, `in 6 days` or `3 months ago`.

    Months and years are whole ones, counted by the calendar.
    """
    near = {0: t("today"), 1: t("tomorrow"), -1: t("yesterday")}
    if (apart := (day - today).days) in near:
        return near[apart]
    early, late = sorted((day, today))
    months = (late.year - early.year) * 12 + late.month - early.month - (late.day < early.day)
    if months >= YEARS_FROM:
        span = tn("{n} year", "{n} years", months // 12)
    elif months >= MONTHS_FROM:
        span = tn("{n} month", "{n} months", months)
    else:
        span = tn("{n} day", "{n} days", (late - early).days)
    return t("{span} ago", span=span) if day < today else t("in {span}", span=span)


def write_sentence(text: str) -> str:
    """Return a note as a sentence: a capital at its start, a full stop at its end."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".?!" else ".")


def write_choice(text: str) -> str:
    """Return a list written with commas or semicolons as one that ends in *or*."""
    *parts, last = re.split(r"[,;] ", text)
    return t("{list} or {last}", list=", ".join(parts), last=last) if parts else last


def begin_lower(text: str) -> str:
    """Return a text that goes on a sentence: its first letter small."""
    return text[:1].lower() + text[1:]


def write_birth(born: date | None, day: date) -> list[str]:
    """Return a birth date and the age on a day, in words."""
    if born is None:
        return [t("Date of birth not given")]
    return [write_day(born), t("{age} years", age=age_on(day, born=born))]


def ask_age(born: date | None, day: date) -> str:
    """Return the question whether the year of a birth is right; empty at an age people reach."""
    age = age_on(day, born=born) if born is not None else 0
    return t("{age} years old: is the year right?", age=age) if age >= RARE_AGE else ""


def initials_of(name: str) -> str:
    """Return at most two initials."""
    words = [word for word in name.split() if word[0].isalpha()]
    picked = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0].upper() for word in picked)
