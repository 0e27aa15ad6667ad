"""On which day a date was told, where that was in an earlier visit.

It is kept among what was set aside, for dates alone that would say something else on a later day: a
month or a year that was not over, and what was still to come.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from consult_app.domain.consultation import Consultation, Override
from consult_app.domain.entries import Entry, ListName, code_of
from consult_app.domain.partial_date import PartialDate
from consult_app.knowledge.told.decided_plan import MARK
from consult_app.values import replace

TOLD = "told:"
"""Begins the id under which the day is kept."""
HAPPENED: tuple[str, ...] = (
    *("date", "date_healed", "date_cleared", "closed_on", "flare_ended"),
    *("last_activity", "hba1c_date"),
)
"""The dates of a condition: each is of something that is over, or was found."""
DATED: Mapping[ListName, tuple[str, ...]] = {
    "conditions": HAPPENED,
    "medications": ("last_dose",),
    "procedures": ("date",),
    "exposures": ("date",),
}


def name_date(name: ListName, entry: Entry, attribute: str) -> str:
    """Return the id of a date as it is written."""
    return f"{_lead(name, code_of(entry))}{attribute}/{getattr(entry, attribute)}"


def read_told_days(visit: Consultation) -> dict[str, date]:
    """Return the days that are kept in a visit, by the ids of the dates; of two the later."""
    days: dict[str, date] = {}
    for it in visit.overrides:
        if it.id.startswith(TOLD):
            told_on = date.fromisoformat(it.digest.partition(MARK)[0])
            days[it.id] = max(told_on, days.get(it.id, told_on))
    return days


def find_told_on(visit: Consultation, name: ListName, entry: Entry, attribute: str) -> date:
    """Return the day on which a date of a visit was told."""
    return read_told_days(visit).get(name_date(name, entry, attribute), visit.visit_date)


def keep_told(visit: Consultation, told_on: date) -> Consultation:
    """Return a visit which keeps on which day its dates were told, before it is of a later day."""
    days = read_told_days(visit)
    new = [it for it in _list_open(visit, told_on) if it not in days]
    kept = tuple(Override(id=it, reason=it, digest=f"{told_on}{MARK}") for it in dict.fromkeys(new))
    return replace(visit, overrides=(*visit.overrides, *kept)) if kept else visit


def take_told(visit: Consultation, last: Consultation, name: ListName, code: str) -> Consultation:
    """Return a visit with the days that another one keeps of such entries, which it took over."""
    lead, visit = _lead(name, code), forget_told(visit, name, code)
    taken = tuple(it for it in last.overrides if it.id.startswith(lead))
    return replace(visit, overrides=(*visit.overrides, *taken)) if taken else visit


def forget_told(
    visit: Consultation, name: ListName, code: str, changed: Iterable[str] | None = None
) -> Consultation:
    """Return a visit without what it keeps of the dates of such entries: they are told anew.

    Args:
        visit: The visit.
        name: The list of the facts.
        code: The code.
        changed: Which attributes are told anew; None for the whole entry.
    """
    if changed is not None and {*changed}.isdisjoint(DATED.get(name, ())):
        return visit
    lead = _lead(name, code)
    rest = tuple(it for it in visit.overrides if not it.id.startswith(lead))
    return visit if rest == visit.overrides else replace(visit, overrides=rest)


def _list_open(visit: Consultation, told_on: date) -> Iterator[str]:
    """Yield the dates that had not come by a day, or not whole."""
    for name, attributes in DATED.items():
        for entry in getattr(visit.facts, name):
            for attribute in attributes:
                day: PartialDate | None = getattr(entry, attribute)
                if day is not None and day.last_day() > told_on:
                    yield name_date(name, entry, attribute)


def _lead(name: ListName, code: str) -> str:
    return f"{TOLD}{name}/{code}/"
