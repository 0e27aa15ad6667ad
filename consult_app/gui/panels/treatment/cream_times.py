"""When a numbing cream was put on and taken off, as times of day."""

from __future__ import annotations

from dataclasses import replace

from consult_app.domain.treatment import Treatment
from consult_app.gui.phrases import read_time, tell_time_fault, write_time
from consult_app.gui.session import Session
from consult_app.gui.widgets.fields import TextField
from consult_app.wording import t

NEXT_DAY = t("On the next day")


def show_times(treatment: Treatment, on: TextField, off: TextField) -> None:
    """Show the times as they are recorded, and whether midnight lies between them."""
    for field, moment in ((on, treatment.numbing_on), (off, treatment.numbing_off)):
        # What cannot be read is no time, and stays for correction.
        if not field.control.hasFocus() and (moment or not field.error):
            field.set_text(write_time(moment) if moment else "")
            field.set_error("")
    off.set_help(NEXT_DAY if treatment.off_next_day else "")


def take_time(session: Session, field: TextField, name: str) -> None:
    """Record what is written in a field; which day it belongs to follows from both times."""
    text = field.text().strip()
    clock = read_time(text) if text else None
    field.set_error("" if clock or not text else tell_time_fault())
    visit, treatment = session.visit, session.visit.treatment or Treatment()
    placed = treatment.place_cream(visit.visit_date, **{name: clock})
    session.take(replace(visit, treatment=placed), f"treatment.{name}")
