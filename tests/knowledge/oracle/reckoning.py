"""Places and days as the screening reference has them, reckoned anew for the oracle.

Nothing of the program that reckons is used here, so that it is never compared with itself.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from consult_app.domain.partial_date import PartialDate

INSIDE = {
    **dict.fromkeys(("forehead", "temples", "periorbital", "nose", "cheeks"), "face"),
    **dict.fromkeys(("perioral", "chin", "jawline"), "face"),
    "glabella": "forehead",
    "upper_lip": "perioral",
    **dict.fromkeys(("crows_feet", "under_eye_rim"), "periorbital"),
    **dict.fromkeys(("upper_back", "lower_back"), "back"),
}
"""The tree of areas, each with the one around it (0.3)."""
REGIONS = {
    **dict.fromkeys(("face", "ears", "neck", "scalp"), "head_neck"),
    **dict.fromkeys(("chest", "breasts", "abdomen", "flanks", "back"), "trunk"),
    **dict.fromkeys(("shoulders", "buttocks"), "trunk"),
    **dict.fromkeys(("upper_arms", "forearms", "hands"), "arms"),
    **dict.fromkeys(("thighs", "knees", "calves", "feet"), "legs"),
}
"""Regions for the spread of an infection (0.3)."""
Unit = Literal["days", "months"]
Wait = tuple[int, Unit]
Found = tuple[str, str, date | None]
"""A rule, its severity, and the day until which it defers; None where no day can be told."""


@dataclass(frozen=True, kw_only=True)
class Meant:
    """What is meant to be done: its day, the day it was told, where, how deep and on which skin."""

    day: date
    told: date
    areas: tuple[str, ...]
    depth_mm: float
    phototype: int
    device: str

    @property
    def is_dark(self) -> bool:
        """Phototype IV to VI."""
        return self.phototype >= 4

    def touches(self, zones: Iterable[str] | None) -> bool:
        """Return whether an area is the same as a zone, inside it or around it (0.3)."""
        return any(
            zone in find_around(area) or area in find_around(zone)
            for zone in zones or ()
            for area in self.areas
        )

    def is_in_region(self, zones: Iterable[str] | None) -> bool:
        """Return whether an area lies in the region of a zone (0.3)."""
        regions = {find_region(area) for area in self.areas}
        return any(find_region(zone) in regions for zone in zones or ())

    def find_last(self, said: PartialDate | None) -> date | None:
        """Return the last day a partial date may mean, never after it was told (0.2)."""
        if said is None:
            return None
        if said.month is None:
            return min(date(said.year, 12, 31), self.told)
        if said.day is None:
            last = calendar.monthrange(said.year, said.month)[1]
            return min(date(said.year, said.month, last), self.told)
        return date(said.year, said.month, said.day)

    def is_before(self, said: PartialDate | None, wait: Wait) -> bool:
        """Return whether the day comes before a wait is over; an unknown date never is (0.2)."""
        last = self.find_last(said)
        return last is None or self.day < add(last, wait)

    def defer(self, rule: str, said: PartialDate | None, wait: Wait) -> Iterator[Found]:
        """Yield a deferral to the end of a wait, open where its date is unknown (0.2)."""
        last = self.find_last(said)
        if last is None:
            yield rule, "defer", None
        elif self.day < add(last, wait):
            yield rule, "defer", add(last, wait)


def find_around(area: str) -> list[str]:
    """Return an area and all those around it, from the inside out."""
    around = [area]
    while around[-1] in INSIDE:
        around.append(INSIDE[around[-1]])
    return around


def find_region(area: str) -> str:
    """Return the region an area lies in."""
    return REGIONS[find_around(area)[-1]]


def add(day: date, wait: Wait) -> date:
    """Return the first day on which a wait from a day is over; months end on their last day."""
    number, unit = wait
    if unit == "days":
        return day + timedelta(days=number)
    years, month = divmod(day.month - 1 + number, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def reckon_age(born: date, day: date) -> int:
    """Return completed years; 29 February is reached on 1 March of a common year (0.2)."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
