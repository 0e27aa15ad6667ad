"""The days on which a patient is expected, as one signed visit names them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time

from consult_app.domain.consultation import Consultation
from consult_app.domain.treatment import UNSETTLED
from consult_app.errors import ConsultError
from consult_app.gui.start.course import Course
from consult_app.gui.start.due import (
    First,
    find_first_day,
    find_hidden_day,
    find_next,
    is_open,
    is_thinking,
    needles,
    tell_due_for,
    tell_first,
    tell_hidden,
)
from consult_app.store.interface import Summary
from consult_app.store.listing import is_counted


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDay:
    """One of them.

    Attributes:
        day: The day.
        what: What for.
        at: The hour that was planned; None where none is known.
        needled: Whether it is a day on which the patient is needled.
        treated: Whether it is a treatment of the plan, and no test patch.
        looked: Whether it is a review, agreed or by the plan.
    """

    day: date
    what: str
    at: time | None = None
    needled: bool = True
    treated: bool = False
    looked: bool = False


def list_before(
    visit: Consultation, line: Summary, visits: Iterable[Summary]
) -> tuple[Summary, ...]:
    """Return the records in which it stands what was to come before a review, the latest first.

    That is so where it says to continue, names no day and no side effect: the last treatment of the
    plan and reviews since, and while nobody was treated the consultation.

    Args:
        visit: The signed visit.
        line: Its own line.
        visits: What was signed of the patient.
    """
    told = visit.review
    if told is None or told.decision != "continue" or told.next_date is not None:
        return ()
    if told.adverse in UNSETTLED:
        return ()
    before = sorted((it for it in visits if _when(it) < _when(line)), key=_when, reverse=True)
    plan = _find_plan(visit, before)
    found = list[Summary]()
    for it in before:
        counts = it.follows in {plan, visit.follows} and is_counted(it)
        if counts and it.kind == "treatment":
            return (*found, it)
        if it.due and ((counts and it.kind == "review") or it.id == plan):
            found.append(it)
        if it.id == plan:
            break
    return tuple(found)


def _find_plan(visit: Consultation, before: Sequence[Summary]) -> str | None:
    """Return the consultation that counts in the place of the one that a review follows, or that.

    Args:
        visit: The review.
        before: What was signed before it, the latest first.
    """
    consulted = [it.id for it in before if it.kind == "consultation"]
    return consulted[0] if visit.follows in consulted else visit.follows


def find_left(
    visit: Consultation,
    before: Iterable[Summary],
    read: Callable[[str], Consultation],
    tell: Callable[[Summary, Consultation], Iterable[DueDay]],
) -> Sequence[DueDay]:
    """Return the days that a review leaves standing, with what they are for; none else.

    Those of the consultation, a test patch beside the first treatment, or what a review or a
    treatment agreed on. What agreed on nothing left standing what came before it, or what the plan
    has. Days that are all gone by are the review's own, and so is that of a review.

    Args:
        visit: The signed visit.
        before: The records that `list_before` returns.
        read: Reads one of them.
        tell: Tells the days that it names.
    """
    for it in before:
        try:
            known = read(it.id)
        except ConsultError:
            continue  # whoever opens it is told
        if not _agreed(known):
            continue
        days = tuple(tell(it, known))
        if any(day.day >= visit.visit_date for day in days):
            return days
    return ()


def _agreed(known: Consultation) -> bool:
    """Return whether a day was agreed that a later review leaves standing, or by a consultation."""
    told = known.treatment or known.review
    reviewed = known.treatment is not None and known.treatment.next_visit == "review"
    return told is None or (told.next_date is not None and not reviewed)


def _when(line: Summary) -> tuple[str, float, str]:
    saved = line.saved_at.timestamp() if line.saved_at is not None else 0
    return line.visit_date, saved, line.id


def list_next(visit: Consultation, named: date, course: Course, last: date) -> Iterator[DueDay]:
    """Yield those of a treatment or a review, up to a last day.

    Args:
        visit: The signed visit.
        named: The day that it names.
        course: The course to which it belongs.
        last: The last day that is of interest.
    """
    coming = find_next(visit, course)
    treated, looked = coming == "treatment", coming == "review"
    yield DueDay(
        day=named,
        what=tell_due_for(visit, course=course),
        at=course.at if treated else None,
        needled=needles(visit) and not looked,
        treated=treated,
        looked=looked,
    )
    hidden = find_hidden_day(visit)
    if hidden is not None and hidden <= last:
        yield DueDay(day=hidden, what=tell_hidden(visit))


def list_days(
    visit: Consultation, named: date, planned: First, today: date, last: date, *, again: bool
) -> Iterator[DueDay]:
    """Yield those of a consultation, up to a last day.

    A test patch is recorded nowhere, so it is listed until the day of the first treatment, and that
    one beside it.

    Args:
        visit: The signed visit.
        named: The day that it names.
        planned: The first visit as its plan is worked out now.
        today: The day on which it is read.
        last: The last day that is of interest.
        again: The patient was treated here before.
    """
    first = find_first_day(visit, planned.day)
    waits = None if planned.day is None else planned.waits
    patched = first is not None and named < first and is_open(visit)
    if first is None or not patched or today < first:
        what = tell_due_for(visit, first, again=again, waits=waits)
        at = _find_hour(visit) if named == first else None
        treated = named == first and not is_thinking(visit)
        yield DueDay(day=named, what=what, at=at, needled=needles(visit), treated=treated)
    if first is not None and patched and first <= last:
        what = tell_first(visit, first, again=again, waits=waits)
        yield DueDay(day=first, what=what, at=_find_hour(visit), treated=True)


def _find_hour(visit: Consultation) -> time | None:
    """Return the hour of the first treatment of a consultation, which stays where its day moves."""
    asked = visit.plan.first_session
    return asked.time() if asked is not None and not is_thinking(visit) else None
