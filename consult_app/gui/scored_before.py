"""How much each concern bothered the patient when it was last scored, for who scores it again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from consult_app.domain.consultation import Consultation
from consult_app.errors import ConsultError
from consult_app.gui.desk import Desk
from consult_app.gui.phrases import write_day
from consult_app.wording import t

Score = tuple[int, date]
_KINDS = frozenset({"consultation", "review"})


def tell_scored(desk: Desk, visit: Consultation, last: Consultation | None) -> dict[str, str]:
    """Return what each concern of the last consultation was scored, in words.

    A return visit may leave a score out; then the latest before it counts, with its day.
    """
    wishes = last.goals.concerns if last is not None else ()
    told = {
        it.concern: t("Was {bother} of 10", bother=it.bother)
        for it in wishes
        if it.bother is not None
    }
    missing = {it.concern for it in wishes} - told.keys()
    for concern, (bother, day) in _find_scores(desk, visit, missing).items():
        told[concern] = t("Was {bother} of 10 on {day}", bother=bother, day=write_day(day))
    return told


def _find_scores(desk: Desk, visit: Consultation, wanted: Iterable[str]) -> dict[str, Score]:
    """Return the latest score of each in the signed visits before; none that cannot be read."""
    left, found = set(wanted), dict[str, Score]()
    try:
        for listed in desk.patients.list_visits(visit.patient_id) if left else ():
            if left and listed.signed and listed.kind in _KINDS and listed.id != visit.id:
                earlier = desk.records.open_visit(listed.id)
                for concern, bother in _list_scores(earlier):
                    if concern in left and earlier.visit_date <= visit.visit_date:
                        left.discard(concern)
                        found[concern] = (bother, earlier.visit_date)
    except ConsultError:
        return found  # whoever opens that record is told
    return found


def _list_scores(visit: Consultation) -> Iterable[tuple[str, int]]:
    if visit.review is not None:
        return visit.review.bother.items()
    return ((it.concern, it.bother) for it in visit.goals.concerns if it.bother is not None)
