"""What stands in the way of signing a visit, by its kind."""

from __future__ import annotations

from consult_app.domain.consultation import Consultation
from consult_app.gui.desk import Desk
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.locking import find_obstacles
from consult_app.knowledge.treating import (
    find_addendum_obstacles,
    find_review_obstacles,
    find_treatment_obstacles,
)


def list_obstacles(visit: Consultation, judgement: Judgement, desk: Desk) -> tuple[str, ...]:
    """Return what is needed first, one sentence each; empty when nothing is."""
    if visit.kind == "treatment":
        supervisor = desk.settings.practice.supervisor
        return find_treatment_obstacles(visit, judgement, supervisor)
    if visit.kind == "review":
        return find_review_obstacles(visit)
    if visit.kind == "addendum":
        return find_addendum_obstacles(visit)
    return find_obstacles(visit, judgement, desk.pack)
