"""Soft caps of areas that are set aside with a written reason (reference 1.2).

A reason holds for the depth that was asked for when it was written, or for less, and nothing goes
deeper by it. The usual depth is what is done without one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from consult_app.domain.consultation import Consultation, Override
from consult_app.knowledge.planning.depth import hundredths, millimetres
from consult_app.knowledge.told.decided_plan import MARK

SOFT_CAP = "soft_cap:"
"""Begins the id of an override that sets an area's soft cap aside."""


def set_caps_aside(visit: Consultation, reason: str) -> tuple[Override, ...]:
    """Return what is set aside once the soft cap of every planned area is, or is no more.

    Args:
        visit: The consultation.
        reason: Why; without one the caps hold again.
    """
    kept = tuple(it for it in visit.overrides if not it.id.startswith(SOFT_CAP))
    areas = dict.fromkeys(target.area for target in visit.plan.targets if reason.strip())
    digest = f"{hundredths(visit.plan.depth_mm or 0)}{MARK}"
    made = (Override(id=SOFT_CAP + area, reason=reason.strip(), digest=digest) for area in areas)
    return (*kept, *made)


def list_deeper(
    overrides: Iterable[Override], asked: float | None
) -> Iterator[tuple[str, float | None]]:
    """Yield the areas whose soft cap is set aside for the depth that is asked for, and how far.

    Of what older programs wrote nobody knows how far.
    """
    for it in overrides:
        if it.id.startswith(SOFT_CAP) and it.reason.strip() and _holds(it, asked):
            most = _read(it)
            yield it.id.removeprefix(SOFT_CAP), None if most is None else millimetres(most)


def find_reason(visit: Consultation) -> tuple[str, float | None]:
    """Return the reason that stands in a visit, and the depth it was for if it holds no more."""
    for it in visit.overrides:
        if it.id.startswith(SOFT_CAP):
            most = None if _holds(it, visit.plan.depth_mm) else _read(it)
            return it.reason, None if most is None else millimetres(most)
    return "", None


def _holds(override: Override, asked: float | None) -> bool:
    most = _read(override)
    return asked is not None and (most is None or hundredths(asked) <= most)


def _read(override: Override) -> int | None:
    """Return the depth of a reason; older programs wrote none down."""
    written = override.digest.partition(MARK)[0]
    return int(written) if written.isdecimal() else None
