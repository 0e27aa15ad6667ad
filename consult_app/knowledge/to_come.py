"""Dates that are still to come of what has happened, such as that of a test: they cannot be right.

Somebody mistook the year, or meant another day. When it was nobody knows then, so it counts as not
told, which is stricter than any day. What may be planned has its days to come: a medicine that is
going to be stopped, a sunny week. An earlier treatment on such a day is refused by the reference.
"""

from __future__ import annotations

from datetime import date

from consult_app.domain.entries import Entry
from consult_app.domain.history import Condition, Exposure, Facts, Medication, Procedure
from consult_app.domain.partial_date import PartialDate
from consult_app.knowledge.pack import Pack
from consult_app.knowledge.passed import is_to_come
from consult_app.values import replace

HAPPENED: tuple[str, ...] = (
    *("date", "date_healed", "date_cleared", "closed_on", "flare_ended"),
    *("last_activity", "hba1c_date"),
)
"""The dates of a condition: each is of something that is over, or was found."""


def is_mistaken(entry: Entry | None, attribute: str, told_on: date) -> bool:
    """Return whether a date of an entry, as told on a day, was still to come by then."""
    if not isinstance(entry, Condition | Procedure):
        return False
    day: PartialDate | None = getattr(entry, attribute)
    return day is not None and day.first_day() > told_on


def read_to_come(pack: Pack, facts: Facts, told_on: date) -> Facts:
    """Return facts with what is to come of them as it can be: not told, or a whole day.

    Of a month or a year that is planned the last day counts, for the reference would read it as the
    day on which it was told. Where a rule asks when something is going to begin it stays.
    """
    conditions = tuple(_leave_out(it, told_on) for it in facts.conditions)
    medications = tuple(_end_last_dose(it, told_on) for it in facts.medications)
    exposures = tuple(_end_exposure(pack, it, told_on) for it in facts.exposures)
    # Mostly there is nothing of the kind, and making the facts anew takes longer than looking.
    told = (facts.conditions, facts.medications, facts.exposures)
    if (conditions, medications, exposures) == told:
        return facts
    return replace(facts, conditions=conditions, medications=medications, exposures=exposures)


def _leave_out(condition: Condition, told_on: date) -> Condition:
    mistaken = [it for it in HAPPENED if is_mistaken(condition, it, told_on)]
    unknown: dict[str, None] = dict.fromkeys(mistaken)
    return replace(condition, **unknown) if mistaken else condition  # type: ignore[arg-type] # dates alone


def _end_last_dose(medicine: Medication, told_on: date) -> Medication:
    last = _end(medicine.last_dose, told_on)
    return medicine if last == medicine.last_dose else replace(medicine, last_dose=last)


def _end_exposure(pack: Pack, exposure: Exposure, told_on: date) -> Exposure:
    last = _end(exposure.date, told_on)
    if last == exposure.date or is_to_come(pack, exposure.code):
        return exposure
    return replace(exposure, date=last)


def _end(day: PartialDate | None, told_on: date) -> PartialDate | None:
    """Return the last day of a month or a year that is still to come, or else what was told."""
    if day is None or day.whole or day.first_day() <= told_on:
        return day
    return PartialDate.of(day.last_day())
