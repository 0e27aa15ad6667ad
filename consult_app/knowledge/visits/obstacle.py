"""What stands in the way of signing, with the way to where it is put right."""

from __future__ import annotations

from collections.abc import Iterable

from consult_app.values import dataclass

IDENTITY, SETTINGS = "identity", "settings:practitioner_name"
VISIT = "visit:"
"""Begins the place of another visit; its id follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One thing that is needed first.

    Attributes:
        text: What, in one sentence.
        place: Where: `identity` (the patient's details), `settings:FIELD`, `visit:ID` (another
            visit of the patient), `item:ID` (a screening item), `record:ID` (where the decision on
            that finding is recorded) or `panel:STEP:FIELD`, where without a field the first of the
            panel is meant.
    """

    text: str
    place: str


def read_texts(obstacles: Iterable[Obstacle]) -> tuple[str, ...]:
    """Return what obstacles say."""
    return tuple(obstacle.text for obstacle in obstacles)
