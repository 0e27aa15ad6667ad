"""Dates as people remember them: a day, a month or a year."""

from __future__ import annotations

import calendar
from datetime import date

from consult_app.values import dataclass


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date of which the day, or the day and the month, may be unknown.

    Attributes:
        year: Four digits.
        month: 1 to 12, or None when only the year is known.
        day: 1 to 31, or None when only the month is known.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        """Refuse what is not in the calendar."""
        if self.day is not None and self.month is None:
            raise ValueError("a day needs a month")
        month = 1 if self.month is None else self.month
        date(self.year, month, 1 if self.day is None else self.day)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Return the date written as `2026`, `2026-03` or `2026-03-20`.

        Raises:
            ValueError: The text is none of these, or not in the calendar.
        """
        parts = text.split("-")
        widths = (4, 2, 2)
        try:
            if len(parts) > len(widths) or any(
                len(part) != width or not part.isascii() or not part.isdigit()
                for part, width in zip(parts, widths, strict=False)
            ):
                raise ValueError(text)  # noqa: TRY301 - both faults get the same words
            return cls(*(int(part) for part in parts))
        except ValueError:
            raise ValueError(f'not a date: "{text}"') from None

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """Return a whole date as a partial one."""
        return cls(day.year, day.month, day.day)

    def __str__(self) -> str:
        """Return the notation that `parse` reads."""
        known = [f"{self.year:04}"]
        if self.month is not None:
            known.append(f"{self.month:02}")
        if self.month is not None and self.day is not None:
            known.append(f"{self.day:02}")
        return "-".join(known)

    @property
    def whole(self) -> bool:
        """Whether the day is known."""
        return self.day is not None

    def first_day(self) -> date:
        """Return the earliest day this can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> date:
        """Return the latest day this can mean, the cautious reading of a past date."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])
