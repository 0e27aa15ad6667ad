"""Which photographs stand beside each other when a course of treatment is looked back on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import zip_longest

from consult_app.domain.consultation import Consultation
from consult_app.values import dataclass, field
from consult_app.wording import t

CLOSE_UP = "close_up"
"""The one angle of which a visit may keep several: one for each place that is treated."""
ANGLES = (
    ("front", t("Front")),
    ("right_oblique", t("Right, half turned")),
    ("left_oblique", t("Left, half turned")),
    ("right_side", t("Right side")),
    ("left_side", t("Left side")),
    (CLOSE_UP, t("Close-up of the area")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One photograph with the day of its visit."""

    day: date
    attachment: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The earliest and the latest photograph of one angle; `after` is None where there is one."""

    angle: str
    before: Shot
    after: Shot | None


def pair_photographs(visits: Iterable[Consultation]) -> tuple[Pair, ...]:
    """Return a pair for each angle of which there is a photograph, in the order of the angles.

    Of several close-ups the first of one visit stands beside the first of the other, and so on.
    """
    shots: dict[str, list[list[Shot]]] = {}
    for visit in sorted(visits, key=lambda it: (it.visit_date, it.started_at)):
        for angle in {it.angle: None for it in visit.skin.pictures}:
            taken = [
                Shot(day=visit.visit_date, attachment=it.attachment)
                for it in visit.skin.pictures
                if it.angle == angle
            ]
            shots.setdefault(angle, []).append(taken)
    return tuple(
        pair for angle, _ in ANGLES if angle in shots for pair in _pair_visits(angle, shots[angle])
    )


def _pair_visits(angle: str, shots: Sequence[Sequence[Shot]]) -> Iterator[Pair]:
    """Yield what the first visit shows from an angle beside what the last one shows."""
    later = shots[-1] if len(shots) > 1 else ()
    for before, after in zip_longest(shots[0], later):
        yield Pair(angle=angle, before=before or after, after=after if before else None)
