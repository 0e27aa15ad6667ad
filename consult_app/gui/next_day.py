"""A day that is still to come when it is written, such as that of the next visit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from consult_app.domain.partial_date import PartialDate
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.date_field import DateField
from consult_app.wording import t

WHAT_FOR = t("What for")
AIMLESS = t("Not said: what is the next date for?")
BEFORE = t("This day is before the visit. Is the year right?")
"""Around the turn of the year the old one is written by habit."""


class ComingDay(DateField):
    """A whole day; one before the visit is kept as written, and pointed out."""

    def __init__(self, theme: Theme, label: str, today: Callable[[], date]) -> None:
        super().__init__(theme, label, whole=True, today=today)

    def show_day(self, day: date | None, visit_date: date) -> None:
        """Show what is recorded, and whether it is before the day of the visit."""
        self.set_value(PartialDate.of(day) if day is not None else None)
        if day is not None and day < visit_date:
            self.set_error(BEFORE)
        elif self.error == BEFORE:
            self.set_error("")
