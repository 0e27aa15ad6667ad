"""What was signed after a sheet was handed over, so that its dates may hold no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from consult_app.domain.consultation import Consultation
from consult_app.errors import ConsultError
from consult_app.gui.desk import Desk
from consult_app.gui.phrases import write_day
from consult_app.gui.start.listed import ListedVisit
from consult_app.gui.workspace.entered import find_line
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

UNREAD = t("A later visit of {day} cannot be read. What it says of this sheet is not known.")
NO_DAY = t("a day that is not known")


def tell_overtaken(desk: Desk, told: Consultation, shown: Consultation) -> str:
    """Return what was signed since a sheet was kept that it did not know; empty for nothing.

    Args:
        desk: Knows the patient's other visits.
        told: The visit with which the sheet was kept.
        shown: The visit that is open, which is told by itself.
    """
    return next(_list_since(desk, told, shown), "")


def _list_since(desk: Desk, told: Consultation, shown: Consultation) -> Iterator[str]:
    """Yield it, what weighs most first."""
    listed = desk.patients.list_visits(told.patient_id)
    own = find_line(listed, told.id)
    if own is None:
        return
    later = [it for it in listed if it.signed and _is_later(it, own)]
    for it in later:
        day = it.visit_date
        if it.kind == "consultation" and day is not None and day >= told.visit_date:
            yield REPLACED.format(day=write_day(day))
    begun = [it for it in later if it.kind in {"treatment", "review"} and it.id != shown.id]
    yield from _read_since(desk, told.follows if told.kind == "treatment" else told.id, begun)


def _is_later(it: ListedVisit, own: ListedVisit) -> bool:
    """Return whether a record was kept after another, whatever the clock of here said.

    By when each was kept: making the sheet takes a moment from when signing was pressed.
    """
    return it.changed_at > own.changed_at or (it.written > own.written and not it.came)


def _read_since(desk: Desk, base: str | None, begun: Sequence[ListedVisit]) -> Iterator[str]:
    """Yield what treatments and reviews of one plan say, the latest first."""
    visits = []
    for it in begun:
        try:
            visits.append(desk.records.open_visit(it.id))
        except ConsultError:
            yield UNREAD.format(day=write_day(it.visit_date) if it.visit_date else NO_DAY)
    visits = [it for it in visits if it.follows == base]
    reviews = [it for it in visits if it.review is not None]
    if reviews and says_against(reviews[0]):
        yield AGAINST.format(day=write_day(reviews[0].visit_date))
    for visit in visits:
        if visit.handout is not None:
            yield NEWER.format(day=write_day(visit.visit_date))
    for visit in visits:
        if visit.treatment is not None and visit.treatment.treated is False:
            yield NOT_DONE.format(day=write_day(visit.visit_date))
