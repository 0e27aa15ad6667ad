"""A field for dates as people remember them: a day, a month or a year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal

from consult_app.domain.partial_date import PartialDate
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.fields import Field
from consult_app.gui.widgets.words import ENGLISH, Words
from consult_app.gui.widgets.writing import Line
from consult_app.gui.widgets.written_dates import (
    ORDER,
    keep_day,
    read_date,
    read_near,
    write_figures,
    write_kept,
)


class DateField(Field):
    """A date in one line, repeated beneath in words that nobody can misread.

    Args:
        theme: The look.
        label: Visible label.
        whole: Whether day and month must be known.
        today: Tells the day it is, so that *yesterday* can be written for one.
        doubt: Asks what is odd about a date, such as an age; it counts all the same.
        help_text: Shown beneath while nothing is written.
        words: Month names and faults.

    Attributes:
        edited: Emitted with a PartialDate, or None for an empty or faulty text.
    """

    edited = Signal(object)

    def __init__(  # noqa: PLR0913 - what a date is asked for with; all but two by name
        self,
        theme: Theme,
        label: str,
        *,
        whole: bool = False,
        today: Callable[[], date] | None = None,
        doubt: Callable[[PartialDate], str] | None = None,
        help_text: str = "",
        words: Words = ENGLISH,
    ) -> None:
        self._doubt = doubt
        self.line = Line()
        self._whole, self._words, self._own_help = whole, words, help_text
        self._month_first, self._today = ORDER.month_first, today
        self._near_fault = words.near_fault
        super().__init__(theme, label, self.line, help_text=self._hint)
        self.line.typed.connect(self._tell)
        self.line.editingFinished.connect(self._judge)
        ORDER.changed.connect(self._follow_order)

    def value(self) -> PartialDate | None:
        """Return the date, or None when nothing usable is written."""
        try:
            day = read_date(self.line.text(), month_first=self._month_first)
        except ValueError:
            return None
        return None if self._whole and not day.whole else day

    def set_value(self, value: PartialDate | None) -> None:
        """Write a date, or nothing for None, without a signal.

        A faulty text has the value None, so telling None again leaves it for correction.
        """
        if value == self.value():
            return
        self.line.setText(self._write(value))
        self.set_error("")
        self._explain()

    def pending(self) -> bool:
        """Whether something is written that is no value yet."""
        return self.value() is None and bool(self.line.text().strip())

    def unread(self) -> str:
        """Return what is written while it is no value."""
        return self.line.text() if self.pending() else ""

    def keep(self) -> str:
        """Return what is written; a date that is another in the other order, so that it is none."""
        return keep_day(self.line.text(), month_first=self._month_first)

    def write_unread(self, text: str) -> None:
        """Write it again, and judge it as when the field is left.

        It may be a date by now, where the other figure comes first since: then it is told.
        """
        self.line.setText(write_kept(text))
        self._judge()
        self._explain()
        if self.value() is not None:
            self.edited.emit(self.value())

    def forget(self) -> None:
        """Empty the field and its fault, for showing another record."""
        self.line.clear()
        self.set_error("")
        self._explain()

    def words(self) -> str:
        """Return the date in words, or an empty text."""
        day = self.value()
        return self._words.date(day) if day else ""

    @property
    def _hint(self) -> str:
        words = self._words
        first = words.month_first_hint if self._month_first else words.date_hint
        return self._own_help or ("" if self._whole else first)

    @property
    def _fault(self) -> str:
        words = self._words
        if self._month_first:
            fault = words.month_first_day_fault if self._whole else words.month_first_fault
        else:
            fault = words.day_fault if self._whole else words.date_fault
        return fault if self._today is None else self._near_fault.format(fault=fault)

    def _write(self, value: PartialDate | None) -> str:
        return "" if value is None else write_figures(value, month_first=self._month_first)

    def _follow_order(self) -> None:
        """Write the same day in the other order, so that it stays that day.

        What was none is read anew: with a figure above 12 there is one way only.
        """
        value, faulty = self.value(), self.error == self._fault
        self._month_first = ORDER.month_first
        if value is not None:
            self.line.setText(self._write(value))
        elif self.value() is not None:
            self._tell()
        elif faulty:
            self.set_error(self._fault)
        self._explain()

    def _read_near(self) -> None:
        """Write the day for its word."""
        near = read_near(self.line.text(), self._today()) if self._today is not None else None
        if near is not None:
            self.line.setText(self._write(PartialDate.of(near)))

    def _tell(self) -> None:
        self._read_near()
        if self.value() is not None or not self.line.text().strip():
            self.set_error("")
        self._explain()
        self.edited.emit(self.value())

    def _judge(self) -> None:
        """Say whether it is a date; a fault that others found in a date, such as its age, stays."""
        if self.line.text().strip() and self.value() is None:
            self.set_error(self._fault)
        elif self.error == self._fault:
            self.set_error("")

    def _explain(self) -> None:
        day = self.value()
        asked = self._doubt(day) if day is not None and self._doubt is not None else ""
        told = self.words() or self._hint
        if asked:
            self.set_help(f"{told}. {asked}", "warn")
        else:
            self.set_help(told)
