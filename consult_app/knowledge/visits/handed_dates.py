"""Which dates of the sheet that was handed over hold no more, once the treatment is another day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from consult_app.domain.plan import Plan
from consult_app.knowledge.dates import write_day
from consult_app.wording import t

OTHER_DAY = t(
    "The dates on this sheet count from {planned}; this treatment is on {day}. No longer right on "
    "it: {list}. Tell the patient the dates that count from {day}."
)
LATER = t(
    "The hours on this sheet count from {planned}; this treatment is at {now}. Each of them is "
    "reached that much later."
)
BEYOND = t(
    "This sheet has no dates for this treatment: its last visit is on {planned}. Tell the patient "
    "the dates that count from {day}."
)
NOT_DONE = t(
    "Nobody was needled on {day}. This sheet counts its care and what follows from {planned}; none "
    "of that holds now. Tell the patient what holds until the next date."
)
STOPPED = t(
    "Treating is refused on {day}: {headline}. This sheet counts its care and what follows from "
    "{planned}; none of that holds now. Tell the patient what holds until the next date."
)
STOPPED_UNSET = t(
    "Treating is refused on {day}: {headline}. Tell the patient what holds until the next date."
)
REFUSED = t(
    "No date of this sheet counts: when it was made, visit 1 could not be on the day that was "
    "planned. Tell the patient the dates that count from {day}."
)
UNKNOWN = t(
    "This sheet was made by content or numbers that are not known here any more, so nobody can say "
    "whether its dates hold. This treatment is on {day}: compare them with the patient."
)


def tell_unknown(day: date) -> str:
    """Return that the dates of a sheet cannot be worked out here as they were."""
    return UNKNOWN.format(day=write_day(day))


def tell_refused(day: date) -> str:
    """Return that a sheet was made while its first visit could not be on the day planned.

    Such a sheet names no dates; one of an earlier version names days that could not be kept.
    """
    return REFUSED.format(day=write_day(day))


def tell_not_done(plan: Plan | None, number: int, day: date) -> str:
    """Return that a sheet speaks of a visit that was not held; empty where its day is to come.

    Args:
        plan: What the sheet was made from.
        number: Which of its visits it would have been, from 1.
        day: The day on which nobody was needled.
    """
    if plan is None or number > len(plan.session_dates):
        return ""
    planned = plan.session_dates[number - 1].date()
    return "" if planned > day else NOT_DONE.format(day=write_day(day), planned=write_day(planned))


def tell_stopped(
    plan: Plan | None, number: int, day: date, headline: str, soonest: date | None
) -> str:
    """Return that a sheet speaks of a visit that is refused; empty where its day is late enough.

    Args:
        plan: What the sheet was made from; None where it names no dates.
        number: Which of its visits it would have been, from 1.
        day: The day on which it is refused.
        headline: What the decision box says.
        soonest: The day before which it is refused; None where nobody can tell, or it always is.
    """
    dates = plan.session_dates if plan is not None else ()
    planned = dates[number - 1].date() if number <= len(dates) else None
    if planned is None or (soonest is None and planned > day):
        return STOPPED_UNSET.format(day=write_day(day), headline=headline)
    if soonest is not None and planned > day and planned >= soonest:
        return ""
    return STOPPED.format(day=write_day(day), headline=headline, planned=write_day(planned))


def tell_moved(
    plan: Plan | None,
    number: int,
    moment: datetime,
    *,
    first: int = 1,
    write_time: Callable[[datetime], str] = "{:%H:%M}".format,
) -> str:
    """Return what of a sheet no longer holds; empty where all does, or it has no dates.

    Args:
        plan: What the sheet was made from.
        number: Which visit of the plan this treatment is, from 1.
        moment: When the treatment is.
        first: The number of the first visit that the sheet has.
        write_time: Writes a time of day as is usual where the practice stands.
    """
    if plan is None or not plan.session_dates:
        return ""
    day = write_day(moment.date())
    place = number - first
    if place >= len(plan.session_dates):
        return BEYOND.format(planned=write_day(plan.session_dates[-1].date()), day=day)
    planned = plan.session_dates[max(place, 0)]
    if planned.date() != moment.date():
        told = ", ".join(_list_dates(plan, number, first))
        return OTHER_DAY.format(planned=write_day(planned.date()), day=day, list=told)
    if planned.time() < moment.time():
        return LATER.format(planned=write_time(planned), now=write_time(moment))
    return ""


def _list_dates(plan: Plan, number: int, first: int) -> list[str]:
    """Return what is dated from a visit on: its care, the visits after it, the review."""
    told = [t("make-up, washing, sun and all other care after the treatment")]
    later = [(n, at) for n, at in enumerate(plan.session_dates, first) if n > number]
    told += [t("visit {n} ({day})", n=n, day=write_day(at.date())) for n, at in later]
    if plan.review_date is not None:
        told.append(t("the check-up ({day})", day=write_day(plan.review_date)))
    return told
