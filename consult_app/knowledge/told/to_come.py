"""What a date tells that was told on one day and is read on a later one.

A date that is still to come cannot be that of what has happened, such as a test. Somebody mistook
the year, or meant another day. When it was nobody knows then, so it counts as not told, which is
stricter than any day. What may be planned has its days to come: a medicine that is going to be
stopped, a sunny week. An earlier treatment on such a day is refused by the reference.

Of a month or a year the last day counts that had come when it was told (reference 0.2), and it does
not move on while the visit that told it is followed by others.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from consult_app.domain.consultation import Consultation
from consult_app.domain.entries import Entry, ListName
from consult_app.domain.history import Condition, Exposure, Facts, Procedure
from consult_app.domain.partial_date import PartialDate
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.on import DATED, name_date, read_told_days
from consult_app.knowledge.told.passed import is_to_come
from consult_app.values import replace


def is_mistaken(entry: Entry | None, attribute: str, told_on: date) -> bool:
    """Return whether a date of an entry, as told on a day, was still to come by then."""
    if not isinstance(entry, Condition | Procedure):
        return False
    day: PartialDate | None = getattr(entry, attribute)
    return day is not None and day.first_day() > told_on


def read_as_told(pack: Pack, visit: Consultation, facts: Facts) -> Facts:
    """Return the facts of a visit with their dates as they were on the days they were told.

    Of a month or a year that is planned the last day counts, for the reference would read it as the
    day on which it was told. Where a rule asks when something is going to begin it stays.
    """
    days, changed = read_told_days(visit), {}
    for name in DATED:
        told: tuple[Entry, ...] = getattr(facts, name)
        read = tuple(_read_entry(pack, name, it, days, visit.visit_date) for it in told)
        if read != told:
            changed[name] = read
    # Mostly there is nothing of the kind, and making the facts anew takes longer than looking.
    return replace(facts, **changed) if changed else facts  # type: ignore[arg-type] # its lists


def _read_entry(
    pack: Pack, name: ListName, entry: Entry, days: Mapping[str, date], now: date
) -> Entry:
    read: dict[str, PartialDate | None] = {}
    for attribute in DATED[name]:
        day: PartialDate | None = getattr(entry, attribute)
        if day is None:
            continue
        told_on = days.get(name_date(name, entry, attribute), now) if days else now
        found = _read_day(pack, entry, day, told_on, now)
        if found != day:
            read[attribute] = found
    return replace(entry, **read) if read else entry  # type: ignore[type-var] # no list of words has dates


def _read_day(
    pack: Pack, entry: Entry, day: PartialDate, told_on: date, now: date
) -> PartialDate | None:
    if day.whole and day.first_day() <= told_on:
        return day
    if isinstance(entry, Exposure) and is_to_come(pack, entry.code):
        return day
    if day.first_day() > told_on:
        if isinstance(entry, Condition):
            return None
        keeps = day.whole or isinstance(entry, Procedure)
        return day if keeps else PartialDate.of(day.last_day())
    capped = told_on < now and day.last_day() > told_on
    return PartialDate.of(told_on) if capped else day
