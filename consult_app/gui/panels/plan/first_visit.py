"""Day and time of the first visit, written in two fields and kept as one moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from consult_app.domain.finding import Severity
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.plan import EventNote, Plan
from consult_app.gui.next_day import ComingDay
from consult_app.gui.phrases import (
    read_time,
    tell_time_fault,
    write_day,
    write_time,
    write_weekday,
)
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.date_field import DateField
from consult_app.gui.widgets.fields import TextField
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.written_dates import BETWEEN
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.pack.pack import Pack
from consult_app.wording import t

USUAL_TIME = time(9, 0)
WAITS = t("The first visit has to wait until {day}")
WHY = t("{told}. Reason: {reasons}")
NEAR = t("a visit or the test patch would fall too close before the event on {day}")


class FirstVisit(QObject):
    """Keeps the two fields together, with the line beneath both.

    Args:
        theme: The look.
        parent: Qt owner.
        today: Tells the day it is.

    Attributes:
        edited: Emitted with the moment, or None while there is no whole day.
        day: The day.
        time: The time; the usual one while nothing is written.
    """

    edited = Signal(object)

    def __init__(self, theme: Theme, parent: QObject, today: Callable[[], date]) -> None:
        super().__init__(parent)
        self._shown: datetime | None = None
        self.day = _Day(theme, t("First visit"), today)
        self.time = _Time(theme, self.day)
        self.waits = Label(theme, "", "caption", "warn", wrap=True)
        self.waits.hide()
        self.day.edited.connect(lambda _: self._tell())
        self.time.edited.connect(self._read_time)
        self.time.finished.connect(self._finish_time)

    @property
    def stop(self) -> QWidget:
        """The field to go to: the time where the day is there and the time cannot be read."""
        day = self.day.value()
        at_fault = day is not None and day.whole and _read_time(self.time.text()) is None
        return self.time.control if at_fault else self.day.control

    def show_moment(self, first: datetime | None) -> None:
        """Show the moment; a time without its day stays, as does a day whose time is at fault."""
        if first is None and self.time.unread():
            self._shown = None
            return
        self.day.set_value(PartialDate.of(first.date()) if first else None)
        written = self.time if first else self.day
        if first != self._shown and not written.control.hasFocus():
            self.time.set_text(write_time(first) if first else "")
            self.time.set_error("")
        self._shown = first

    def show_start(self, plan: Plan | None, reasons: Sequence[str] = ()) -> None:
        """Say beneath day and time when the first visit is later, as the plan has it, and why."""
        starts, asked = plan.session_dates[:1] if plan else (), self._shown
        later = [it for it in starts if asked is not None and it.date() > asked.date()]
        for start in later:
            day = write_weekday(start.date())
            told, why = WAITS.format(day=day), "; ".join(reasons)
            self.waits.setText(WHY.format(told=told, reasons=why) if why else told)
        self.waits.setVisible(bool(later))

    def _tell(self) -> None:
        day = self.day.value()
        if day is None or not day.whole:
            self.edited.emit(None)
            return
        clock = _read_time(self.time.text())
        self.time.set_error("" if clock else tell_time_fault())
        self.edited.emit(datetime.combine(day.first_day(), clock) if clock else None)

    def _read_time(self, text: str) -> None:
        """Record a time while it is written; whether it is one is said once it is finished."""
        if _read_time(text) is not None:
            self._tell()

    def _finish_time(self) -> None:
        # A day that is written wrong is marked itself; the time beside it may be right.
        if self.time.text().strip() and not self.day.line.text().strip():
            self.time.set_error(t("Give the day as well"))
            return
        self._tell()
        clock = _read_time(self.time.text())
        if clock is not None and self.time.text().strip():
            self.time.set_text(write_time(datetime.combine(date.min, clock)))


def tell_waits(pack: Pack, judgement: Judgement) -> tuple[str, ...]:
    """Return what a first visit has to wait for: an event that is too near, and what was found."""
    notes = judgement.plan.warnings if judgement.plan is not None else ()
    events = (it.event for it in notes if isinstance(it, EventNote))
    waits = (it for it in judgement.decision.findings if it.severity is Severity.DEFER)
    return (
        *(NEAR.format(day=write_day(day)) for day in events),
        *dict.fromkeys(pack.name_finding(it) for it in waits),
    )


class _Day(ComingDay):
    """The day, told back with its weekday, by which one that the practice is closed is noticed."""

    def words(self) -> str:
        """Return the day in words, or an empty text."""
        day = self.value()
        return write_weekday(day.first_day()) if day is not None else ""


class _Time(TextField):
    """The time; one that cannot be read is kept with its day, which alone is no moment."""

    def __init__(self, theme: Theme, day: DateField) -> None:
        super().__init__(theme, t("Time"), placeholder="9:00", whole=True)
        self._day = day

    def unread(self) -> str:
        """Return a time at fault with the day beside it."""
        day = self._day
        text = self.line.text() if day.pending() else super().unread()
        return BETWEEN.join((day.keep(), text)) if text and day.value() else text

    def write_unread(self, text: str) -> None:
        """Write both again."""
        day, _, clock = text.rpartition(BETWEEN)
        self.line.setText(clock)  # before the day is told, which alone would be a moment
        if day:
            self._day.write_unread(day)
        super().write_unread(clock)


def _read_time(text: str) -> time | None:
    return read_time(text) if text.strip() else USUAL_TIME
