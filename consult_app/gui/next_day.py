"""A day that is still to come when it is written, such as that of the next visit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from consult_app.domain.partial_date import PartialDate
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.date_field import DateField
from consult_app.gui.widgets.written_dates import read_coming
from consult_app.wording import t

WHAT_FOR = t("What for")
AIMLESS = t("Not said: what is the next date for?")
BEFORE = t("This day is before the visit. Is the year right?")
"""Around the turn of the year the old one is written by habit."""
FAULT = t("{fault}, or today or tomorrow. Without a year it is the next such day.")


class ComingDay(DateField):
    """A whole day; one before the visit is kept as written, and pointed out.

    Written without its year it is the next such day, once the field is left.
    """

    def __init__(self, theme: Theme, label: str, today: Callable[[], date]) -> None:
        super().__init__(theme, label, whole=True, today=today)
        self._tell_today, self._near_fault = today, FAULT
        self.line.editingFinished.connect(self._complete)

    def show_day(self, day: date | None, visit_date: date) -> None:
        """Show what is recorded, and whether it is before the day of the visit."""
        self.set_value(PartialDate.of(day) if day is not None else None)
        if day is not None and day < visit_date:
            self.set_error(BEFORE)
        elif self.error == BEFORE:
            self.set_error("")

    def _complete(self) -> None:
        """Write the year of a day that somebody left without one, never of a kept text."""
        if self.pending():
            text, today = self.line.text(), self._tell_today()
            day = read_coming(text, today, month_first=self._month_first)
            if day is not None:
                self.line.setText(self._write(PartialDate.of(day)))
                self._tell()
