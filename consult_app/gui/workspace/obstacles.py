"""What stands in the way of signing a visit, by its kind: one list for all who tell it."""

from __future__ import annotations

from datetime import date

from consult_app.domain.consultation import Consultation
from consult_app.gui.desk import Desk
from consult_app.gui.phrases import write_day
from consult_app.gui.start.following import find_signed_copy
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.visits.locking import find_obstacles
from consult_app.knowledge.visits.obstacle import IDENTITY, VISIT, Obstacle
from consult_app.knowledge.visits.treating import (
    find_addendum_obstacles,
    find_review_obstacles,
    find_treatment_obstacles,
)
from consult_app.wording import t


def list_obstacles(visit: Consultation, judgement: Judgement, desk: Desk) -> tuple[Obstacle, ...]:
    """Return what is needed first; empty when nothing is."""
    today = desk.clock().date()
    return (
        *_find_signed(visit, desk),
        *_find_day(visit, today),
        *_find_next(visit),
        *_list_by_kind(visit, judgement, desk),
    )


def _find_signed(visit: Consultation, desk: Desk) -> tuple[Obstacle, ...]:
    """Return that the visit is signed already, in another copy: both would count."""
    signed = find_signed_copy(desk, visit)
    if signed is None:
        return ()
    text = t(
        "This visit is signed already, on {day}. Write what holds in an addendum to the signed "
        "record, then put this copy away.",
        day=write_day((signed.signed_at or signed.started_at).date()),
    )
    return (Obstacle(text=text, place=f"{VISIT}{signed.id}"),)


def _find_day(visit: Consultation, today: date) -> tuple[Obstacle, ...]:
    """Return that the day of the visit has not come: it may be planned, not signed as done."""
    if visit.visit_date <= today:
        return ()
    text = t(
        "The visit is dated {day}, which has not come. Sign it then, or correct the date of visit.",
        day=write_day(visit.visit_date),
    )
    return (Obstacle(text=text, place=IDENTITY),)


def _find_next(visit: Consultation) -> tuple[Obstacle, ...]:
    """Return that the next date is before the visit, as with the old year: it is no day to come.

    The patient would be expected on no day at all.
    """
    told = visit.treatment or visit.review
    if told is None or told.next_date is None or told.next_date >= visit.visit_date:
        return ()
    text = t(
        "The next date, {day}, is before the visit. Correct it, or clear it.",
        day=write_day(told.next_date),
    )
    step = "after" if visit.treatment is not None else "review"
    return (Obstacle(text=text, place=f"panel:{step}:next_date"),)


def _list_by_kind(visit: Consultation, judgement: Judgement, desk: Desk) -> tuple[Obstacle, ...]:
    if visit.kind == "treatment":
        supervisor = desk.settings.practice.supervisor
        return find_treatment_obstacles(desk.pack, visit, judgement, supervisor)
    if visit.kind == "review":
        return find_review_obstacles(visit)
    if visit.kind == "addendum":
        return find_addendum_obstacles(visit)
    return find_obstacles(visit, judgement, desk.pack)
