"""Waits, events and what follows the last visit, by hand from both references (1.5, 2.2; 0.2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

FAR = {"L": 7, "M": 14, "H": 21}
"""Days from a visit to an event in types I to III, by its band (1.5)."""
FAR_DARK = 28
"""The same in types IV to VI, and of a test patch."""
PATCH = 28
"""Days before the first visit on which a test patch is put at the latest."""
Wait = Callable[[date], date | None]


@dataclass(frozen=True, kw_only=True)
class Course:
    """The visits of a plan: their bands, how far apart they are and what they stay clear of."""

    bands: Sequence[str]
    weeks: int
    dark: bool
    event: date | None
    patch_from: date | None

    def is_clear(self, first: date) -> bool:
        """Return whether neither a visit nor the test patch falls too close before the event."""
        if self.event is None:
            return True
        for number, band in enumerate(self.bands):
            far = FAR_DARK if self.dark else FAR[band]
            if is_close(add_weeks(first, self.weeks * number), self.event, far):
                return False
        if self.patch_from is None or not is_close(late_patch(first), self.event, FAR_DARK):
            return True
        return self.event - timedelta(days=FAR_DARK) >= self.patch_from


def is_close(day: date, event: date, far: int) -> bool:
    """Return whether a day is the event's or too few days before it."""
    return 0 <= (event - day).days < far


def find_first(asked: date, course: Course, wait: Wait) -> date:
    """Return the first day, from the one asked for, on which nothing has to wait any more."""
    day = asked
    while True:
        until = wait(day)
        if until is not None:
            day = until
        elif not course.is_clear(day):
            day += timedelta(days=1)
        else:
            return day


def find_last(asked: date, told: date, course: Course, wait: Wait) -> date | None:
    """Return the last day up to the one asked for that is clear and has nothing to wait for."""
    day = asked
    while day >= told:
        if course.is_clear(day) and wait(day) is None:
            return day
        day -= timedelta(days=1)
    return None


def late_patch(first: date) -> date:
    """Return the last day of a test patch before a first visit."""
    return first - timedelta(days=PATCH)


def find_patch(first: date, event: date | None) -> date:
    """Return the last day of a test patch that is early enough and clear of an event."""
    day = late_patch(first)
    if event is not None and is_close(day, event, FAR_DARK):
        return event - timedelta(days=FAR_DARK)
    return day


def add_weeks(day: date, weeks: int) -> date:
    """Return the day so many weeks later."""
    return day + timedelta(days=7 * weeks)
