"""A plan from one of its later treatments on: what is left of it, by the day of that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from consult_app.domain.plan import CareEntry, Plan
from consult_app.values import replace

if TYPE_CHECKING:  # a command has no records
    from consult_app.domain.consultation import Consultation


def list_done(plan_id: str, earlier: Iterable[Consultation], day: date) -> tuple[date, ...]:
    """Return the days before a day on which the plan of a consultation was treated by, in order."""
    done = {
        it.id: it.visit_date
        for it in earlier
        if it.follows == plan_id and it.treatment is not None and it.treatment.treated
        if it.visit_date < day
    }
    return tuple(sorted(done.values()))


def continue_plan(plan: Plan, done: Sequence[date]) -> Plan:
    """Return what is left of a plan whose first date is that of the treatment after those done.

    Depths and care are those of the treatment that it is. All that counts from the last visit comes
    sooner, by the visits that are done. A plan of which nothing is left stays as it is.
    """
    number = len(done)
    if not number or number >= len(plan.session_dates):
        return plan
    first = plan.session_dates[0]
    sooner = first - plan.session_dates[number]
    left = range(1, len(plan.session_dates) - number + 1)
    return replace(
        plan,
        session_dates=plan.session_dates[:-number],
        session_plan=tuple(
            replace(it, session=it.session - number) for it in plan.session_plan[number:]
        ),
        care_calendar={
            f"session_{one}": tuple(
                _move(it, sooner) for it in plan.care_calendar.get(f"session_{one + number}", ())
            )
            for one in left
        },
        review_date=plan.review_date + sooner if plan.review_date else None,
        peak_window=_move_days(plan.peak_window, sooner),
        test_patch_date=None,
    )


def see_change_from(plan: Plan, first: date, today: date) -> Plan:
    """Return a plan with when a change may be seen counted from a visit before; untold once past.

    Args:
        plan: The plan.
        first: The day of the first visit of all.
        today: The day of reading.
    """
    if not plan.session_dates:
        return plan
    seen = _move_days(plan.first_visible_window, first - plan.session_dates[0].date())
    return replace(plan, first_visible_window=seen if seen and seen[0] > today else ())


def move_next(plan: Plan, day: date) -> Plan:
    """Return a plan whose next visit after the first is on a day, and all later ones as far on.

    Without such a visit it is the check-up. When a change may be seen counts from the first one.
    """
    dates = plan.session_dates
    if len(dates) == 1:
        return replace(plan, review_date=day)
    return move_from(plan, 1, day - dates[1].date())


def move_from(plan: Plan, place: int, by: timedelta) -> Plan:
    """Return a plan with a visit, and all that comes after it, as many days on.

    Args:
        plan: The plan.
        place: Which visit, from 0.
        by: How far.
    """
    stay = {f"session_{number}" for number in range(1, place + 1)}
    dates = plan.session_dates
    return replace(
        plan,
        session_dates=(*dates[:place], *(it + by for it in dates[place:])),
        care_calendar={
            name: entries if name in stay else tuple(_move(it, by) for it in entries)
            for name, entries in plan.care_calendar.items()
        },
        review_date=plan.review_date + by if plan.review_date else None,
        peak_window=_move_days(plan.peak_window, by),
    )


def move_hours(entry: CareEntry, by: timedelta) -> CareEntry:
    """Return a rule that counts by the hour moved by part of a day; one by the day as it is."""
    return _move(entry, by) if isinstance(entry.start, datetime) else entry


def _move_days(days: tuple[date, ...], by: timedelta) -> tuple[date, ...]:
    return tuple(day + by for day in days)


def _move(entry: CareEntry, by: timedelta) -> CareEntry:
    """Return a rule with all its days moved, at the same clock times."""
    return replace(
        entry,
        start=entry.start + by,
        until=entry.until + by if entry.until else None,
        last_day=entry.last_day + by if entry.last_day else None,
        allowed_from=entry.allowed_from + by if entry.allowed_from else None,
    )
