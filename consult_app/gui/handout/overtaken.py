"""What was signed after a sheet was handed over, so that its dates may hold no more."""

from __future__ import annotations

from collections.abc import Iterator

from consult_app.domain.consultation import Consultation
from consult_app.gui.desk import Desk
from consult_app.gui.phrases import write_day
from consult_app.knowledge.later_said import says_against
from consult_app.wording import t

REPLACED = t("A later consultation of {day} counts. Nothing on this sheet holds beside it.")
NEWER = t("A newer sheet was made for the treatment of {day}. That is the one to hand over.")
AGAINST = t(
    "The review of {day} says to change the plan or to stop. What this sheet plans may not be done."
)
NOT_DONE = t(
    "Nobody was needled on {day}. Care and dates on this sheet may count from that day: tell the "
    "patient which of them still hold."
)


def tell_overtaken(desk: Desk, told: Consultation, shown: Consultation) -> str:
    """Return what was signed since a sheet was kept that it did not know; empty for nothing.

    Args:
        desk: Knows the patient's other visits.
        told: The visit with which the sheet was kept.
        shown: The visit that is open, which is told by itself.

    Raises:
        ConsultError: One of those visits cannot be read.
    """
    return next(_list_since(desk, told, shown), "")


def _list_since(desk: Desk, told: Consultation, shown: Consultation) -> Iterator[str]:
    """Yield it, what weighs most first."""
    at, base = told.signed_at, told.follows if told.kind == "treatment" else told.id
    listed = desk.patients.list_visits(told.patient_id)
    later = [it for it in listed if it.signed and at is not None and it.changed_at > at]
    for it in later:
        day = it.visit_date
        if it.kind == "consultation" and day is not None and day >= told.visit_date:
            yield REPLACED.format(day=write_day(day))
    begun = (it.id for it in later if it.kind in {"treatment", "review"})
    visits = [desk.records.open_visit(it) for it in begun if it not in {told.id, shown.id}]
    own = [it for it in visits if it.follows == base]
    reviews = [it for it in own if it.review is not None]
    if reviews and says_against(reviews[0]):
        yield AGAINST.format(day=write_day(reviews[0].visit_date))
    for visit in own:
        if visit.handout is not None:
            yield NEWER.format(day=write_day(visit.visit_date))
    for visit in own:
        if visit.treatment is not None and visit.treatment.treated is False:
            yield NOT_DONE.format(day=write_day(visit.visit_date))
