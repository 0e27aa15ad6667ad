"""What was said of a medicine on one day, as it stands when it is carried to a later one.

Tablets taken for ten days then, and still, are taken for longer now.
"""

from __future__ import annotations

from datetime import date

from consult_app.domain.consultation import Consultation
from consult_app.domain.history import Medication
from consult_app.values import replace

MOST_DAYS = 3650
"""As many as the field for them takes."""


def carry(visit: Consultation, day: date) -> Consultation:
    """Return a visit with the days of its medicines counted on to a later day.

    Of one that was stopped they are not.
    """
    passed = (day - visit.visit_date).days
    told = tuple(_count_on(it, passed) for it in visit.facts.medications)
    if passed <= 0 or told == visit.facts.medications:
        return visit
    return replace(visit, facts=replace(visit.facts, medications=told))


def carry_to_ask(visit: Consultation, day: date) -> Consultation:
    """Return a visit as `carry` does, without the last use of what is still used.

    It was used since, and when is asked again, at a return visit and of a consultation made one of
    another day. A treatment asks for new medicines only.
    """
    visit = carry(visit, day)
    if day <= visit.visit_date:
        return visit
    told = tuple(
        replace(it, last_dose=None) if it.status == "current" else it
        for it in visit.facts.medications
    )
    return replace(visit, facts=replace(visit.facts, medications=told))


def _count_on(medicine: Medication, passed: int) -> Medication:
    if medicine.days is None or medicine.status == "stopped":
        return medicine
    return replace(medicine, days=max(medicine.days, min(medicine.days + passed, MOST_DAYS)))
