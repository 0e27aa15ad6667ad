"""What was said on one day, as it stands when it is carried to a later one.

Tablets taken for ten days then, and still, are taken for longer now. A month that was not over then
ended, for what was told, on the day it was told.
"""

from __future__ import annotations

from datetime import date

from consult_app.domain.consultation import Consultation
from consult_app.domain.history import Facts, Medication
from consult_app.knowledge.told.on import keep_told
from consult_app.knowledge.told.still_taken import may_be_taken
from consult_app.values import replace

MOST_DAYS = 3650
"""As many as the field for them takes."""


def carry(visit: Consultation, day: date, told_on: date | None = None) -> Consultation:
    """Return a visit with the days of its medicines counted on to a later day.

    Of one that was stopped they are not. It keeps on which day its dates were told.

    Args:
        visit: The visit.
        day: The later day.
        told_on: When it was told; None for the day of the visit.
    """
    told_on = told_on or visit.visit_date
    if day <= told_on:
        return visit
    visit = keep_told(visit, told_on)
    return replace(visit, facts=_count(visit.facts, (day - told_on).days))


def count_to_day(facts: Facts) -> Facts:
    """Return the facts of a consultation with what is still taken counted on to its treatment."""
    told_on, day = facts.consult_date, facts.treatment_date
    return facts if told_on is None or day is None else _count(facts, (day - told_on).days)


def carry_to_ask(visit: Consultation, day: date, told_on: date | None = None) -> Consultation:
    """Return a visit as `carry` does, without the last use of what may be used still.

    It may have been used since, and when is asked again, at a return visit and of a consultation
    made one of another day. A treatment asks for it by itself.
    """
    visit = carry(visit, day, told_on)
    if day <= visit.visit_date:
        return visit
    told = tuple(
        replace(it, last_dose=None) if may_be_taken(it) else it for it in visit.facts.medications
    )
    return replace(visit, facts=replace(visit.facts, medications=told))


def _count(facts: Facts, passed: int) -> Facts:
    counted = tuple(_count_on(it, passed) for it in facts.medications)
    return facts if counted == facts.medications else replace(facts, medications=counted)


def _count_on(medicine: Medication, passed: int) -> Medication:
    if medicine.days is None or medicine.status == "stopped":
        return medicine
    return replace(medicine, days=max(medicine.days, min(medicine.days + passed, MOST_DAYS)))
