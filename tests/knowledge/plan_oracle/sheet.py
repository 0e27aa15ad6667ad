"""Dates of a sheet in plain text, read as a patient reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
TABLETS = (
    "ibuprofen, aspirin from a shop",
    "ibuprofen from a shop",
    "ibuprofen, aspirin, capsules like fish oil",
    "ibuprofen, capsules like fish oil",
)
"""They depend on what the patient takes."""
AFTER = {
    "washing": "a_wash_none",
    "washing the area": "a_wash_none",
    "hot baths, hot showers": "a_hot_water",
    "alcohol": "a_alcohol",
    "make-up": "a_makeup",
    "body make-up": "a_makeup",
    "scalp make-up": "a_makeup",
    "eye make-up": "a_eye_makeup",
    "direct sun": "a_sun_none",
    "hard exercise": "a_exercise",
    **dict.fromkeys(TABLETS, "a_nsaid"),
    "swimming, hot tub, sauna": "a_pool",
    "picking, rubbing": "a_touch",
    "fake tan": "a_fake_tan",
    "strong creams, scrubs": "a_actives",
    "waxing, threading, hair-removal cream": "a_hair_removal",
    "sunbathing, tanning beds": "a_sunbathe",
    "wrinkle injections, filler": "a_toxin_filler",
    "wrinkle injections": "a_toxin_filler",
    "filler": "a_toxin_filler",
    "peels, lasers, facials": "a_other_tx",
    "peels, lasers, other skin treatments": "a_other_tx",
    "washing your hair, minoxidil": "a_hair_wash",
    "hair dye or bleach": "a_hair_dye",
}
BEFORE = {
    "lasers, skin tightening": "b_energy_tx",
    "filler": "b_filler",
    "sunbathing, tanning beds": "b_sun",
    "facials, light peels": "b_other_tx",
    "light peels": "b_other_tx",
    "wrinkle injections": "b_toxin",
    "fake tan": "b_fake_tan",
    "waxing, threading, hair-removal cream": "b_hair_removal",
    "new skin products": "b_new_products",
    "strong creams (retinol, acids, benzoyl peroxide, vitamin C), scrubs": "b_actives",
    **dict.fromkeys(TABLETS, "b_nsaid"),
    "alcohol": "b_alcohol",
}
"""What the sheet calls the things of 3.2; other words are left alone."""
COVERED_BY = {"a_wash_none": "a_hair_wash"}
"""Of two waits for the same thing the sheet gives the longer one (3.1)."""
_DAY = re.compile(r"\b([A-Z][a-z]{2})[a-z]* (\d+) ([A-Z][a-z]{2})[a-z]*(?: (\d{4}))?")
_HOUR = re.compile(r"\b(\d+)(?::(\d\d))? (am|pm) on\b")
_BEFORE = re.compile(r"x (All visits, before|Through all visits, before|Before) (.*?): ([a-z].*)\.")
_FROM = re.compile(r"x From (.*?): (.*)\.")


@dataclass(frozen=True, kw_only=True)
class Wait:
    """Something to be left alone: what, and until or from when; None is *from today*."""

    rule: str
    at: datetime | None
    every_visit: bool = False


class Sheet:
    """A sheet as plain text, with dates that are about a day."""

    def __init__(self, text: str, near: date) -> None:
        self._near = near
        self._lines = re.sub("[\u00a0\u202f]", " ", text).splitlines()

    def read_visits(self) -> list[datetime]:
        """Return when the visits are."""
        return [self._read(line) for line in self._lines if re.match(r"- Visit \d+\b", line)]

    def read_review(self) -> list[date]:
        """Return the day of the check-up."""
        return [self._read(line).date() for line in self._lines if line.startswith("- Check-up")]

    def read_after(self) -> Iterator[Wait]:
        """Yield what is not to be done after a visit."""
        for found in filter(None, map(_BEFORE.fullmatch, self._lines)):
            for words in found[3].split("; "):
                if words in AFTER:
                    every = found[1] != "Before"
                    yield Wait(rule=AFTER[words], at=self._read(found[2]), every_visit=every)

    def read_before(self) -> Iterator[Wait]:
        """Yield what is to be left before a visit."""
        for found in filter(None, map(_FROM.fullmatch, self._lines)):
            at = None if found[1] == "today" else self._read(found[1])
            for words in found[2].split("; "):
                if words in BEFORE:
                    yield Wait(rule=BEFORE[words], at=at)

    def _read(self, words: str) -> datetime:
        """Return the moment that words name; a day of no year is the one its weekday fits."""
        found = _DAY.search(words)
        assert found is not None, words
        month = MONTHS.index(found[3]) + 1
        near = self._near.year
        years = [int(found[4])] if found[4] else range(near - 1, near + 4)
        days = [
            date(year, month, int(found[2])) for year in years if _exists(year, month, found[2])
        ]
        fitting = [day for day in days if DAYS[day.weekday()] == found[1]]
        assert fitting, f"no such weekday: {words}"
        best = min(fitting, key=lambda day: abs((day - self._near).days))
        return datetime.combine(best, _read_hour(words))


def _exists(year: int, month: int, day: str) -> bool:
    return month != 2 or int(day) < 29 or (year % 4 == 0 and int(day) == 29)


def _read_hour(words: str) -> time:
    found = _HOUR.search(words)
    if found is None:
        return time(12) if "noon on" in words else time(0)
    hour = int(found[1]) % 12 + (12 if found[3] == "pm" else 0)
    return time(hour, int(found[2] or 0))
