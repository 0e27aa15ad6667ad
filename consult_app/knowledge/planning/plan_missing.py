"""What a plan lacks before it can be worked out, and where that is given."""

from __future__ import annotations

from consult_app.domain.plan import PlanRequest
from consult_app.wording import t

_MISSING = {
    t("Choose the skin type on Skin"): "item:phototype",
    t("Add at least one area with its concern"): "panel:plan:targets",
    t("Choose what matters first"): "panel:plan:primary_concern",
    t("Give the deepest setting on the label of the device"): "panel:plan:device_label_max_mm",
    t("Give date and time of the first visit"): "panel:plan:first_session",
}
"""What a plan needs, and the place of it."""


def find_missing(plan: PlanRequest, phototype: int | None) -> tuple[str, ...]:
    """Return what is still to be given, one line each."""
    given = (
        phototype,
        plan.targets,
        plan.primary_concern,
        plan.device_label_max_mm,
        plan.first_session,
    )
    return tuple(text for text, value in zip(_MISSING, given, strict=True) if not value)


def where_missing(fault: str) -> str:
    """Return the place of what a plan lacks, as an `Obstacle` names it."""
    return _MISSING.get(fault, "panel:plan")
