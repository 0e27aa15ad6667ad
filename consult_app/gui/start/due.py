"""What a patient is expected back for, as the last signed visit says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from consult_app.domain.consultation import Consultation
from consult_app.domain.finding import Severity
from consult_app.domain.treatment import UNSETTLED, Review, Treatment
from consult_app.gui.phrases import write_day
from consult_app.gui.start.course import Course
from consult_app.knowledge.visits.coming import CHECK_IN, CHECK_UP, is_put_off
from consult_app.store.interface import Summary
from consult_app.wording import t

NEXT_VISIT = t("Next visit")
PROMISED = {
    CHECK_IN: t("Promised call; a review or an addendum records it"),
    CHECK_UP: t("Promised photo and skin check; a review or an addendum records it"),
}
NO_DATE = t("A side effect, and no next date")
PUT_OFF = t("Not treated, and no next date")
ABSENT = t("{what}; did not come on {day}")
RULED_OUT = t("{what}; a visit signed since rules this day out")
AGAINST = t("{what}; the review itself says to change the plan or to stop")
NOT_AHEAD = t("{what}; at the last consultation the patient did not go ahead")
BARRED = t("{what}; by the patient's details of now there is no treatment on this day")
TOO_EARLY = t("{what}; too early by what was known when this day was agreed")
TO_SETTLE = t("{what}; at signing something had to settle first")
AFTER_HARM = t("{what} by the plan; look at the side effect first")
AS_PLANNED = t("{what} by the plan, as before the review")
BY_PLAN = t("{what}, no date written: by the plan")
THINKS = t("Thinking about it: ask what was decided")
TO_BE = t("{thinks}; the first visit was to be on {day}")
UNTREATABLE = t("{thinks}; at signing there was no treatment to plan")
FOR = {
    "treatment": t("Next treatment"),
    "review": t("Review"),
    "test_patch": t("Test patch"),
}
NUMBERED = t("{what}, visit {number} of {planned}")
_UNKNOWN = Course()
_NEVER = datetime.min.replace(tzinfo=UTC)
AFTER_REVIEW = {
    "continue": t("After a review that says to continue"),
    "change": t("After a review that says to change the plan"),
    "stop": t("After a review that says to stop"),
}


def tell_absent(line: Summary, visits: Sequence[Summary]) -> str:
    """Return words that take what a visit says is to come, and say where the patient missed it.

    Args:
        line: The visit.
        visits: All of the patient; those that are unfinished tell nothing yet.
    """
    told = (it for it in visits if it.absent and it.state != "draft")
    missed = [it.visit_date for it in told if it == line or _when(it) > _when(line)]
    if not missed:
        return "{what}"
    day = write_day(date.fromisoformat(max(missed)))
    return ABSENT.format(what="{what}", day=day)


def _when(line: Summary) -> tuple[str, datetime]:
    return line.visit_date, line.saved_at or _NEVER


def is_open(visit: Consultation) -> bool:
    """Return whether the record alone does not say which is due: a test patch, or the treatment."""
    told, asked = visit.treatment or visit.review, _find_asked(visit)
    if told is not None or asked is None or visit.expected_on is None or is_thinking(visit):
        return False
    return visit.expected_on != asked or _may_be_moved(visit, asked)


def is_thinking(visit: Consultation) -> bool:
    """Return whether the patient wanted to think about it at this consultation."""
    return visit.kind == "consultation" and visit.agreement.decision == "think"


@dataclass(frozen=True)
class First:
    """The first visit of a signed consultation, as its plan is worked out now.

    Attributes:
        day: Its day; None where there is none.
        waits: Whether something without a day has to settle before it.
    """

    day: date | None = None
    waits: bool = False


def find_first_day(visit: Consultation, planned: date | None) -> date | None:
    """Return the day of the first treatment of a consultation; None where it is not known.

    Args:
        visit: The consultation, which keeps the first day of all, such as that of a test patch.
        planned: The first visit as its plan is worked out now; None where it cannot be.
    """
    first, asked = visit.expected_on, _find_asked(visit)
    if first is None or not is_open(visit):
        return first
    if planned is not None and planned >= first:
        return planned
    return asked if asked is not None and asked > first else None


def tell_due_for(
    visit: Consultation,
    first: date | None = None,
    *,
    again: bool = False,
    waits: bool | None = None,
    course: Course = _UNKNOWN,
) -> str:
    """Return what the day is for that a signed visit names for the next one.

    Args:
        visit: The visit.
        first: The day of the first treatment of a consultation, where that is known.
        again: The patient was treated here before.
        waits: Whether something without a day has to settle first; None where nobody knows.
        course: The course to which a treatment or a review belongs.
    """
    told = visit.treatment or visit.review
    if told is not None:
        what = _tell_part(visit, course)
        if told.next_date is not None:
            return what
        if told.adverse in UNSETTLED:
            return NO_DATE
        if is_put_off(visit):
            return PUT_OFF
        return what if visit.expected_on is None else BY_PLAN.format(what=what)
    if is_thinking(visit):
        return _tell_thinking(visit)
    return _tell_begin(visit, first, again=again, waits=waits)


def _tell_thinking(visit: Consultation) -> str:
    """Return that the patient is to be asked, on a day of the plan or another that was agreed."""
    first = _find_asked(visit)
    if Severity.ABSOLUTE in visit.findings.values():
        return UNTREATABLE.format(thinks=THINKS)
    return THINKS if first is None else TO_BE.format(thinks=THINKS, day=write_day(first))


def _tell_begin(visit: Consultation, first: date | None, *, again: bool, waits: bool | None) -> str:
    """Return what the day is for on which the plan of a consultation begins."""
    asked, expected = _find_asked(visit), visit.expected_on
    if asked is None or expected is None:
        return tell_first(visit, expected, again=again, waits=waits)
    # Treatments are only ever moved to a later day, and a patch is tested weeks before the first.
    # Of a later day the record does not say which of both it is, nor of the day asked for itself
    # where something may have moved the first treatment by just those weeks.
    if expected < (asked if first is None else first):
        return _mark_open(visit, first or asked, FOR["test_patch"], waits=waits)
    if first is not None or not is_open(visit):
        return tell_first(visit, expected, again=again, waits=waits)
    return t("Next visit by the plan") if again else t("First visit by the plan")


def tell_first(
    visit: Consultation, first: date | None, *, again: bool, waits: bool | None = None
) -> str:
    """Return what the first treatment of a consultation on a day is called, and whether that waits.

    What has a wait in days moves the day; the rest of it nobody can date.
    """
    what = FOR["treatment"] if again else t("First treatment")
    return _mark_open(visit, first, what, waits=waits)


def _mark_open(visit: Consultation, first: date | None, what: str, *, waits: bool | None) -> str:
    """Return what a day is for, and that something had to settle first which has no day.

    Where nobody knows that, it is so for a visit that something held back and did not move.
    """
    if waits is None:
        waits = first in {None, _find_asked(visit)} and Severity.DEFER in visit.findings.values()
    return TO_SETTLE.format(what=what) if waits else what


def find_hidden_day(visit: Consultation) -> date | None:
    """Return the day that the plan has, where an earlier one is listed instead.

    That is so with a side effect without a date, and where a review names the day of another or of
    a test patch.
    """
    told, day = visit.treatment or visit.review, visit.expected_on
    if told is None or day is None:
        return None
    if told.next_date is None:
        hidden = told.adverse in UNSETTLED and day > visit.visit_date
    else:
        sooner = told.next_visit in {"review", "test_patch"} and day > told.next_date
        hidden = told == visit.review and sooner
    return day if hidden else None


def tell_hidden(visit: Consultation) -> str:
    """Return what that day is for, as far as the review tells: not what was planned before it."""
    told = visit.treatment or visit.review
    dated = told is not None and told.next_date is not None
    what = NEXT_VISIT if dated else _tell_part(visit)
    hurt = told is not None and told.adverse in UNSETTLED
    return (AFTER_HARM if hurt else AS_PLANNED).format(what=what)


def needles(visit: Consultation) -> bool:
    """Return whether the day that a signed visit names is one on which the patient is needled."""
    told = visit.treatment or visit.review
    if told is None:
        return not is_thinking(visit)
    if _is_against(visit) and told.next_visit is None:
        return False  # it is a visit for another plan
    return told.next_visit != "review" and not (told.next_date is None and _waits(visit, told))


def find_next(visit: Consultation, course: Course) -> str | None:
    """Return what is next after a treatment or a review, as it says or by the plan; None for open.

    A day that is the visit's own is none of the plan: nobody could tell a later one.
    """
    told = visit.treatment or visit.review
    if told is None or told.next_date is not None:
        return told.next_visit if told is not None else None
    day = visit.expected_on
    if day is None or day <= visit.visit_date or _waits(visit, told):
        return None
    begun = visit.treatment is not None or course.done  # else that day may be one for a test patch
    by_plan = "treatment" if course.done < course.planned else "review"
    return told.next_visit or (by_plan if begun and course.planned else None)


def _waits(visit: Consultation, told: Treatment | Review) -> bool:
    """Return whether something has to be seen to before the day of the plan counts."""
    return _is_against(visit) or told.adverse in UNSETTLED or is_put_off(visit)


def _is_against(visit: Consultation) -> bool:
    return visit.review is not None and visit.review.decision in {"change", "stop"}


def _find_asked(visit: Consultation) -> date | None:
    first = visit.plan.first_session
    return first.date() if first is not None else None


def _may_be_moved(visit: Consultation, asked: date) -> bool:
    """Return whether an event or what was found may have moved the first treatment."""
    event = visit.plan.event_date
    return (event is not None and event >= asked) or Severity.DEFER in visit.findings.values()


def _tell_part(visit: Consultation, course: Course = _UNKNOWN) -> str:
    coming = find_next(visit, course)
    if coming is not None:
        numbered = coming == "treatment" and 0 < course.done < course.planned
        number = {"number": course.done + 1, "planned": course.planned}
        return NUMBERED.format(what=FOR[coming], **number) if numbered else FOR[coming]
    if visit.treatment is not None:
        return FOR.get(visit.treatment.next_visit or "", NEXT_VISIT)
    if visit.review is not None and visit.review.next_visit is not None:
        return FOR[visit.review.next_visit]
    decided = visit.review.decision if visit.review is not None else None
    return AFTER_REVIEW.get(decided or "", NEXT_VISIT)
