"""When a numbing cream was put on and taken off, as times of day."""

from __future__ import annotations

import re
from dataclasses import replace

from consult_app.domain.treatment import Treatment
from consult_app.gui.phrases import read_time, tell_time_fault, write_time
from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.fields import TextField
from consult_app.wording import t

_MINUTES = re.compile(r"\D\d\d|\d{4}")
NEXT_DAY = t("On the next day")


class CreamTime(TextField):
    """A time of day that counts as soon as it is whole; what is written of it by then is kept."""

    def __init__(
        self, theme: Theme, session: Session, name: str, label: str, placeholder: str
    ) -> None:
        super().__init__(theme, label, placeholder=placeholder, whole=True)
        self._session, self._name = session, name
        self.edited.connect(self._take_whole)
        self.finished.connect(self._take)

    def unread(self) -> str:
        """Return a text that is at fault, or no whole time yet."""
        return self.line.text() if self.error or self.pending() else ""

    def _take_whole(self, text: str) -> None:
        """Record what is written if its minutes are there; `9` may be the begin of `9:40`."""
        if not text.strip() or (_MINUTES.search(text) and read_time(text)):
            self._take()

    def _take(self) -> None:
        """Record what is written; which day it belongs to follows from both times."""
        text = self.text().strip()
        clock = read_time(text) if text else None
        self.set_error("" if clock or not text else tell_time_fault())
        if clock or not text:
            self.set_text(self.text())  # nothing of it waits any more
        visit, treatment = self._session.visit, self._session.visit.treatment or Treatment()
        placed = treatment.place_cream(visit.visit_date, **{self._name: clock})
        self._session.take(replace(visit, treatment=placed), f"treatment.{self._name}")


def show_times(treatment: Treatment, on: TextField, off: TextField) -> None:
    """Show the times as they are recorded, and whether midnight lies between them."""
    for field, moment in ((on, treatment.numbing_on), (off, treatment.numbing_off)):
        # What cannot be read is no time, and stays for correction.
        if not field.control.hasFocus() and (moment or not field.error):
            field.set_text(write_time(moment) if moment else "")
            field.set_error("")
    off.set_help(NEXT_DAY if treatment.off_next_day else "")
