"""What the quiet second line of a list on the start page says, part by part."""

from __future__ import annotations

from datetime import date

from consult_app.gui.phrases import write_day, write_distance, write_time
from consult_app.gui.start.listed import FollowUp, ListedPatient, ListedVisit
from consult_app.wording import t

Parts = tuple[str, ...]


def tell_patient(it: ListedPatient) -> Parts:
    """Tell who somebody is, and when they were here last."""
    seen = t("no visit signed yet")
    if it.last_visit:
        seen = t("seen {day}", day=write_day(it.last_visit))
    return (_tell_birth(it.born), it.record_number, seen)


def tell_draft(it: ListedVisit) -> Parts:
    """Tell what is unfinished, of which day it is, and when it was saved last.

    Of the moment it was saved the hour is told where that was on the day of the visit, else the
    day: the line has room for no more.
    """
    what, saved = it.title, write_day(it.changed_at.date())
    if it.visit_date is not None:
        what = t("{visit} of {day}", visit=it.title, day=write_day(it.visit_date))
    if it.visit_date == it.changed_at.date():
        saved = write_time(it.changed_at)
    return (what, _tell_birth(it.born), t("saved {day}", day=saved))


def tell_lot(it: ListedVisit) -> Parts:
    """Tell when which lots were used."""
    day = write_day(it.visit_date) if it.visit_date else ""
    away = t("put away") if it.put_away else ""
    return (day, t("lots {lots}", lots=it.lots), away, it.record_number)


def tell_due(it: FollowUp, today: date) -> Parts:
    """Tell what somebody is expected for, and when."""
    return (it.what, tell_when(it, today), it.patient.record_number)


def tell_when(it: FollowUp, today: date) -> str:
    """Tell the day, its hour if one is known, and how far off it is."""
    day = write_day(it.due)
    if it.at is not None:
        day = t("{day} at {time}", day=day, time=write_time(it.at))
    return f"{day}, {write_distance(it.due, today)}"


def _tell_birth(iso: str) -> str:
    return write_day(date.fromisoformat(iso)) if iso else ""
