"""Which photographs stand beside each other when a course of treatment is looked back on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from consult_app.domain.consultation import Consultation
from consult_app.values import dataclass, field
from consult_app.wording import t

ANGLES = (
    ("front", t("Front")),
    ("right_oblique", t("Right, half turned")),
    ("left_oblique", t("Left, half turned")),
    ("right_side", t("Right side")),
    ("left_side", t("Left side")),
    ("close_up", t("Close-up of the area")),
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
    """Return a pair for each angle of which there is a photograph, in the order of the angles."""
    shots: dict[str, list[Shot]] = {}
    for visit in sorted(visits, key=lambda it: (it.visit_date, it.started_at)):
        for picture in visit.skin.pictures:
            shot = Shot(day=visit.visit_date, attachment=picture.attachment)
            shots.setdefault(picture.angle, []).append(shot)
    return tuple(
        Pair(angle=angle, before=taken[0], after=taken[-1] if len(taken) > 1 else None)
        for angle, _ in ANGLES
        if (taken := shots.get(angle))
    )
