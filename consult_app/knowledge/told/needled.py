"""Needling that was done before, as the answers tell it and the records say more exactly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from consult_app.domain.history import Facts
from consult_app.values import dataclass

if TYPE_CHECKING:  # a command has no records
    from consult_app.domain.consultation import Consultation

NEEDLING = "microneedling"
"""The code of what these records themselves say was done."""
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Needled:
    """An earlier treatment.

    Attributes:
        day: When it was.
        whole: Whether the day is known; else it is the last of the month that was told.
        areas: Where; empty where that is not known.
        depth_mm: The greatest depth; None where it is not known.
        concerns: What for; None where that is not known.
        over_by: The full hour of that day by which it was over, from which hours count; None where
            only the day is known.
    """

    day: date
    whole: bool = True
    areas: tuple[str, ...] = ()
    depth_mm: float | None = None
    concerns: tuple[str, ...] | None = None
    over_by: datetime | None = None


def list_needled(
    facts: Facts,
    today: date,
    earlier: Iterable[Consultation] = (),
    concerns: tuple[str, ...] | None = None,
) -> tuple[Needled, ...]:
    """Return what was needled up to a day, the latest first.

    Args:
        facts: What was asked; of what was told by the year alone no day counts.
        today: The day.
        earlier: The patient's treatments; where one is of the same day as what was told, it counts.
        concerns: What was needled for, where no record says it; None where that is not known.
    """
    recorded = [one for it in earlier for one in _read(it) if one.day <= today]
    days = {one.day for one in recorded}
    told = (one for one in _list_told(facts, today, concerns) if one.day not in days)
    return tuple(sorted((*recorded, *told), key=lambda one: one.day, reverse=True))


def _read(visit: Consultation) -> Iterator[Needled]:
    treatment = visit.treatment
    if treatment is None or not treatment.treated:
        return
    lines = treatment.lines or treatment.areas  # of a treatment somewhere was needled
    yield Needled(
        day=visit.visit_date,
        areas=tuple(dict.fromkeys(line.area for line in lines)),
        depth_mm=treatment.deepest_mm,
        concerns=tuple(dict.fromkeys(line.concern for line in lines)) or None,
        over_by=_find_end(visit),
    )


def _find_end(visit: Consultation) -> datetime | None:
    """Return by when a visit was over, and not before the hour its own sheet counts from.

    A record is begun before the needling and signed after it, if on the same day. An hour that is
    reckoned too soon does harm.
    """
    if visit.signed_at is None or visit.signed_at.date() != visit.visit_date:
        return None
    end = visit.signed_at.replace(tzinfo=None)
    if visit.plan.first_session is not None:
        planned = visit.plan.first_session.time()
        end = max(end, datetime.combine(visit.visit_date, planned))
    hour = end.replace(minute=0, second=0, microsecond=0)
    hour += _HOUR if hour < end else timedelta()
    return hour if hour.date() == visit.visit_date else None


def _list_told(facts: Facts, today: date, concerns: tuple[str, ...] | None) -> Iterator[Needled]:
    for it in facts.procedures:
        if it.code != NEEDLING or it.date is None or it.date.month is None:
            continue
        if it.date.first_day() <= today:
            yield Needled(
                day=min(it.date.last_day(), today),
                whole=it.date.whole,
                areas=it.zones or (),
                depth_mm=it.depth_mm,
                concerns=concerns,
            )
