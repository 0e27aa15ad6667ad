"""A field for dates as people remember them: a day, a month or a year."""

from __future__ import annotations

import re
from calendar import month_name

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from consult_app.domain.partial_date import PartialDate
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.fields import Field
from consult_app.gui.widgets.words import ENGLISH, Words
from consult_app.gui.widgets.writing import Line
from consult_app.wording import t

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_DAY_FIRST = re.compile(r"(?:(\d{1,2})[-/. ])?(\d{1,2})[-/. ](\d{4})")
_NAMED = re.compile(r"(?:(\d{1,2})[-. ])?([A-Za-z]{3,9})[-., ]+(?:(\d{1,2}),? )?(\d{4})")
_MONTHS = tuple(month.casefold() for month in month_name if month)


def read_date(text: str) -> PartialDate:
    """Return the date that a person wrote.

    Understood are `2026`, `2026-03`, `2026-03-20`, day first `20/3/2026`, `20.3.2026`, `20 3 2026`
    and `3/2026`, and with the month in English `20 Mar 2026` or `March 20, 2026`. A year always has
    four digits, so no century is guessed.

    Raises:
        ValueError: The text is none of these, or not in the calendar.
    """
    text = text.strip()
    if not text.isascii():
        raise ValueError(t("not a date"))
    if iso := _ISO.fullmatch(text):
        parts = iso.groups()
    elif day_first := _DAY_FIRST.fullmatch(text):
        parts = day_first.groups()[::-1]
    elif named := _NAMED.fullmatch(text):
        parts = _place_month(*named.groups())
    else:
        raise ValueError(t("not a date"))
    return PartialDate(*(None if part is None else int(part) for part in parts))  # type: ignore[arg-type] # the year is always there


def _place_month(
    before: str | None, month: str, behind: str | None, year: str
) -> tuple[str | None, ...]:
    """Return year, month and day of a date with its month by name."""
    fits = [name.startswith(month.casefold()) for name in _MONTHS]
    if sum(fits) != 1 or (before and behind):
        raise ValueError(t("not a date"))
    return year, str(fits.index(True) + 1), before or behind


class DateField(Field):
    """A date in one line, repeated beneath in words that nobody can misread.

    Args:
        theme: The look.
        label: Visible label.
        whole: Whether day and month must be known.
        help_text: Shown beneath while nothing is written.
        words: Month names and faults.
        parent: Qt owner.

    Attributes:
        edited: Emitted with a PartialDate, or None for an empty or faulty text.
    """

    edited = Signal(object)

    def __init__(
        self,
        theme: Theme,
        label: str,
        *,
        whole: bool = False,
        help_text: str = "",
        words: Words = ENGLISH,
        parent: QWidget | None = None,
    ) -> None:
        self.line = Line()
        self._hint = help_text or ("" if whole else words.date_hint)
        self._whole, self._words = whole, words
        self._fault = words.day_fault if whole else words.date_fault
        super().__init__(theme, label, self.line, help_text=self._hint, parent=parent)
        self.line.typed.connect(self._tell)
        self.line.editingFinished.connect(self._judge)

    def value(self) -> PartialDate | None:
        """Return the date, or None when nothing usable is written."""
        try:
            day = read_date(self.line.text())
        except ValueError:
            return None
        return None if self._whole and not day.whole else day

    def set_value(self, value: PartialDate | None) -> None:
        """Write a date, or nothing for None, without a signal.

        A faulty text has the value None, so telling None again leaves it for correction.
        """
        if value == self.value():
            return
        self.line.setText("" if value is None else str(value))
        self.set_error("")
        self._explain()

    def pending(self) -> bool:
        """Whether something is written that is no value yet."""
        return self.value() is None and bool(self.line.text().strip())

    def unread(self) -> str:
        """Return what is written while it is no value."""
        return self.line.text() if self.pending() else ""

    def write_unread(self, text: str) -> None:
        """Write it again, and judge it as when the field is left."""
        self.line.setText(text)
        self._judge()
        self._explain()

    def forget(self) -> None:
        """Empty the field and its fault, for showing another record."""
        self.line.clear()
        self.set_error("")
        self._explain()

    def words(self) -> str:
        """Return the date in words, or an empty text."""
        day = self.value()
        return self._words.date(day) if day else ""

    def _tell(self) -> None:
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
        self.set_help(self.words() or self._hint)
