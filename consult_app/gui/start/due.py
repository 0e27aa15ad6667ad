"""What a patient is expected back for, as the last signed visit says it."""

from __future__ import annotations

from datetime import date

from consult_app.domain.consultation import Consultation
from consult_app.domain.finding import Severity
from consult_app.domain.treatment import UNSETTLED
from consult_app.wording import t

NEXT_VISIT = t("Next visit")
CALL = t("Promised call; a review or an addendum records it")
NO_DATE = t("A side effect, and no next date")
BY_PLAN = t("{what}, no date written: by the plan")
FOR = {
    "treatment": t("Next treatment"),
    "review": t("Review"),
    "test_patch": t("Test patch"),
}
AFTER_REVIEW = {
    "continue": t("After a review that says to continue"),
    "change": t("After a review that says to change the plan"),
    "stop": t("After a review that says to stop"),
}


def tell_due_for(visit: Consultation) -> str:
    """Return what the day is for that a signed visit names for the next one."""
    told = visit.treatment or visit.review
    if told is not None:
        what = _tell_part(visit)
        if told.next_date is not None:
            return what
        if told.adverse in UNSETTLED:
            return NO_DATE
        return what if visit.expected_on is None else BY_PLAN.format(what=what)
    asked = visit.plan.first_session.date() if visit.plan.first_session is not None else None
    if asked is None or visit.expected_on is None:
        return t("First treatment")
    # Treatments are only ever moved to a later day, and a patch is tested weeks before the first.
    # Of a later day the record does not say which of both it is, nor of the day asked for itself
    # where something may have moved the first treatment by just those weeks.
    if visit.expected_on < asked:
        return t("Test patch")
    moved = visit.expected_on > asked or _may_be_moved(visit, asked)
    return t("First visit by the plan") if moved else t("First treatment")


def _may_be_moved(visit: Consultation, asked: date) -> bool:
    """Return whether an event or what was found may have moved the first treatment."""
    event = visit.plan.event_date
    return (event is not None and event >= asked) or Severity.DEFER in visit.findings.values()


def _tell_part(visit: Consultation) -> str:
    if visit.treatment is not None:
        return FOR.get(visit.treatment.next_visit or "", NEXT_VISIT)
    if visit.review is not None and visit.review.next_visit is not None:
        return FOR[visit.review.next_visit]
    decided = visit.review.decision if visit.review is not None else None
    return AFTER_REVIEW.get(decided or "", NEXT_VISIT)
