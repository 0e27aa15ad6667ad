"""What there is to know of a treatment on the day of the visit whose plan begins later."""

from __future__ import annotations

from datetime import date

from consult_app.domain.consultation import Consultation
from consult_app.domain.plan import Plan
from consult_app.gui.phrases import write_day, write_weekday
from consult_app.gui.tasks import attempt
from consult_app.knowledge.judgement import Judgement, could_not_judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.locking import judge_today
from consult_app.knowledge.visits.waiting import find_event_wait
from consult_app.wording import t, tn

EVENT = "event_buffer"
"""The warning of a plan that was moved because of the patient's event."""
PATCH_TODAY = t("By the plan today is the test patch. The first treatment is on {first}.")
PATCH_FIRST = t("By the plan the test patch is on {patch}, and the first treatment on {first}.")


def tell_start(visit: Consultation, judgement: Judgement) -> str:
    """Return what the plan lacks, or from which later day on it begins, and why; else empty."""
    if judgement.plan is None:
        missing = ". ".join(judgement.plan_faults)
        return t("The plan is not complete yet. {missing}.", missing=missing)
    first = _find_later(visit, judgement)
    asked = visit.plan.first_session
    if first is None or asked is None:
        return ""
    day = write_weekday(first)
    if first == asked.date():
        return t("The plan's first visit is on {day}, as written above.", day=day)
    if event := _find_event(visit, judgement):
        return t("The plan begins on {day}, because of the event on {event}.", day=day, event=event)
    headline = judgement.decision.headline
    return t("The plan begins on {day}: {headline}.", day=day, headline=headline)


def is_treated_today(visit: Consultation) -> bool:
    """Return whether the evening of this visit is the one that the teach-back asks about."""
    first = visit.plan.first_session
    planned = first is not None and first.date() == visit.visit_date
    return visit.agreement.treat_today or planned


def tell_event(pack: Pack, visit: Consultation, judgement: Judgement) -> str:
    """Return that it is to be treated today although an event is too near; else empty.

    It refuses nothing, so it is said wherever it is decided and signed, also where the plan itself
    begins after the event.
    """
    if not visit.agreement.treat_today or visit.plan.event_date is None:
        return ""
    today = attempt(lambda: judge_today(pack, visit, judgement), could_not_judge)
    first, event = _find_later(visit, today), _find_event(visit, today)
    if first is None or not event:
        return ""
    return t(
        "Today is too near the event on {event}; the first day after it is {day}.",
        event=event,
        day=write_weekday(first),
    )


def tell_event_of_day(pack: Pack, visit: Consultation, judgement: Judgement) -> str:
    """Return that a treatment is too near the patient's event; else empty. It refuses nothing."""
    wait = find_event_wait(pack, visit, judgement)
    if wait is None or visit.plan.event_date is None:
        return ""
    return tell_near_event(visit.plan.event_date, *wait)


def tell_near_event(event: date, days: int, after: date) -> str:
    """Return that a day is too near an event, how many are kept, and the first one after it."""
    return tn(
        "Too near the event on {event}: {n} day is kept before one after this depth. The first "
        "day after it is {day}.",
        "Too near the event on {event}: {n} days are kept before one after this depth. The first "
        "day after it is {day}.",
        days,
        event=write_day(event),
        day=write_weekday(after),
    )


def tell_patch_first(visit: Consultation, plan: Plan | None, today: date) -> str:
    """Return that a first treatment is of a day before the planned one, with a test patch before.

    It refuses nothing: days are moved, and who was patched may be treated sooner.

    Args:
        visit: The treatment.
        plan: What was planned, as it was signed.
        today: The day on which this is read.
    """
    patch = plan.coming_patch if plan is not None else None
    if plan is None or patch is None or not plan.session_dates:
        return ""
    first = plan.session_dates[0].date()
    if visit.visit_date >= first:
        return ""
    words = PATCH_TODAY if visit.visit_date == patch == today else PATCH_FIRST
    return words.format(patch=write_weekday(patch), first=write_weekday(first))


def _find_later(visit: Consultation, judgement: Judgement) -> date | None:
    """Return the day on which the plan begins where that is after the visit."""
    dates = judgement.plan.session_dates if judgement.plan is not None else ()
    return dates[0].date() if dates and dates[0].date() > visit.visit_date else None


def _find_event(visit: Consultation, judgement: Judgement) -> str:
    """Return the day of the event that moved the plan; empty where none did."""
    warnings = judgement.plan.warnings if judgement.plan is not None else ()
    moved = any(note.id == EVENT for note in warnings)
    return write_day(visit.plan.event_date) if moved and visit.plan.event_date else ""
