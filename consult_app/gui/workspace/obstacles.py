"""What stands in the way of signing a visit, by its kind: one list for all who tell it."""

from __future__ import annotations

from datetime import date

from consult_app.domain.consultation import Consultation
from consult_app.gui.desk import Desk
from consult_app.gui.phrases import write_day
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.locking import find_obstacles
from consult_app.knowledge.obstacle import IDENTITY, Obstacle
from consult_app.knowledge.treating import (
    find_addendum_obstacles,
    find_review_obstacles,
    find_treatment_obstacles,
)
from consult_app.wording import t


def list_obstacles(visit: Consultation, judgement: Judgement, desk: Desk) -> tuple[Obstacle, ...]:
    """Return what is needed first; empty when nothing is."""
    return (*_find_day(visit, desk.clock().date()), *_list_by_kind(visit, judgement, desk))


def _find_day(visit: Consultation, today: date) -> tuple[Obstacle, ...]:
    """Return that the day of the visit has not come: it may be planned, not signed as done."""
    if visit.visit_date <= today:
        return ()
    text = t(
        "The visit is dated {day}, which has not come. Sign it then, or correct the date of visit.",
        day=write_day(visit.visit_date),
    )
    return (Obstacle(text=text, place=IDENTITY),)


def _list_by_kind(visit: Consultation, judgement: Judgement, desk: Desk) -> tuple[Obstacle, ...]:
    if visit.kind == "treatment":
        supervisor = desk.settings.practice.supervisor
        return find_treatment_obstacles(desk.pack, visit, judgement, supervisor)
    if visit.kind == "review":
        return find_review_obstacles(visit)
    if visit.kind == "addendum":
        return find_addendum_obstacles(visit)
    return find_obstacles(visit, judgement, desk.pack)
