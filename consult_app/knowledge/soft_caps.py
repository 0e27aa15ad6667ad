"""Soft caps of areas that are set aside with a written reason (reference 1.2)."""

from __future__ import annotations

from consult_app.domain.consultation import Consultation, Override

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
    return (*kept, *(Override(id=SOFT_CAP + area, reason=reason.strip()) for area in areas))
