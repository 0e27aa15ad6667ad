"""What a treatment asks beside what every treatment does, because of what its consultation said."""

from __future__ import annotations

from datetime import date, timedelta

from consult_app.domain.consultation import Consultation
from consult_app.domain.history import Medication
from consult_app.domain.partial_date import PartialDate
from consult_app.errors import InputError
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.screening.screening import screen
from consult_app.knowledge.told.answers import leave_out_denied, settle_facts
from consult_app.knowledge.told.counted import list_unnamed
from consult_app.knowledge.told.passed import find_passed
from consult_app.knowledge.told.still_taken import find_stateless, may_be_taken
from consult_app.knowledge.told.unsaid import find_unsaid
from consult_app.values import replace


def list_also(pack: Pack, last: Consultation, day: date) -> tuple[str, ...]:
    """Return the questions to be asked on the day of a treatment too, each once.

    They are those about what was to come and is past by then, those in which something was told
    without what it is given for, as records of older programs may do, those of a medicine of which
    nobody said whether it is still taken or which may have been used since, and those under which
    nobody chose whether something is so, as no choice of an older program's chip said.
    """
    facts = leave_out_denied(pack, last, last.facts)
    half = find_stateless(pack, facts) | find_unsaid(pack, facts)
    lacking = (it.id for it in pack.questions if it.id in half or list_unnamed(pack, it, facts))
    return tuple(
        dict.fromkeys((*find_passed(pack, last, day), *lacking, *list_used(pack, last, day)))
    )


def list_used(pack: Pack, last: Consultation, day: date) -> tuple[str, ...]:
    """Return the questions of what may be used still, and would have to wait if it was used since.

    The last use that the consultation knew was before it, or it knew none. Whether a cream was left
    off, as the sheet asks, only the day of the treatment can tell.
    """

    def use(medicine: Medication) -> Medication:
        told = medicine.last_dose
        used = may_be_taken(medicine) and (told is None or told.last_day() < day)
        return (
            replace(medicine, last_dose=PartialDate.of(day - timedelta(days=1)))
            if used
            else medicine
        )

    medicines = tuple(map(use, last.facts.medications))
    codes = tuple(it.code for it in medicines if it not in last.facts.medications)
    if day <= last.visit_date or not codes:
        return ()
    facts = replace(last.facts, medications=medicines, treatment_date=None)
    supposed = replace(
        last, visit_date=day, facts=facts, plan=replace(last.plan, first_session=None)
    )
    try:
        found = screen(pack, settle_facts(pack, supposed, today=day), today=day).findings
    except InputError:
        return ()  # it cannot be checked, and is refused for that
    waits = {it.item for it in found if it.until is not None}
    asked = pack.vocabulary.asked_by("medications", codes) & waits
    return tuple(it.id for it in pack.questions if it.id in asked)


def is_told_anew(pack: Pack, last: Consultation, visit: Consultation, item: str) -> bool:
    """Return whether a *Yes* of a treatment needs the details of the day.

    Of a medicine only what is lacking is told, or when it was used since; the rest stands.
    """
    return item not in pack.medicine_items or item in list_used(pack, last, visit.visit_date)
