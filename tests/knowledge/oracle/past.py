"""What earlier treatments and the sun say, by hand from the screening reference."""

from __future__ import annotations

from collections.abc import Iterator

from consult_app.domain.history import Exposure, Facts, Procedure
from tests.knowledge.oracle.reckoning import Found, Meant, Wait

WAITS: dict[str, tuple[str, Wait]] = {
    "botulinum": ("botulinum_recent", (14, "days")),
    "skin_booster": ("skin_booster_recent", (14, "days")),
    "filler_ha": ("filler_temporary_recent", (28, "days")),
    "filler_caha": ("filler_temporary_recent", (28, "days")),
    "filler_plla": ("filler_temporary_recent", (28, "days")),
    "threads": ("threads_recent", (84, "days")),
    "superficial_peel": ("superficial_resurfacing_recent", (14, "days")),
    "microdermabrasion": ("superficial_resurfacing_recent", (14, "days")),
    "ipl": ("light_laser_recent", (14, "days")),
    "laser_hair_removal": ("light_laser_recent", (14, "days")),
    "fractional_nonablative": ("fractional_rf_hifu_recent", (28, "days")),
    "rf": ("fractional_rf_hifu_recent", (28, "days")),
    "fractional_ablative": ("medium_resurfacing_recent", (3, "months")),
    "tca_peel_medium": ("medium_resurfacing_recent", (3, "months")),
    "deep_peel": ("deep_resurfacing_recent", (6, "months")),
    "field_therapy": ("field_therapy_recent", (56, "days")),
    "surgery": ("surgery_area_recent", (6, "months")),
    "waxing": ("hair_removal_recent", (7, "days")),
    "radiotherapy": ("radiotherapy_area_recent", (12, "months")),
}
"""Procedures in the area (items 15, 23 and 48 to 51), each with its rule and its wait."""
EXCEED: dict[str, Wait] = {
    **dict.fromkeys(("filler_ha", "filler_caha", "filler_plla"), (6, "months")),
    "surgery": (12, "months"),
}
"""Longer waits with Exceed (the overlays of items 23 and 48)."""


def judge_past(facts: Facts, meant: Meant) -> Iterator[Found]:
    """Yield what earlier treatments and the sun say."""
    for procedure in facts.procedures:
        if meant.touches(procedure.zones):
            yield from _judge_procedure(procedure, meant)
    for exposure in facts.exposures:
        if meant.touches(exposure.zones):
            yield from _judge_sun(exposure, facts, meant)


def _judge_procedure(it: Procedure, meant: Meant) -> Iterator[Found]:
    """Items 15, 23 and 48 to 51."""
    if it.code == "filler_permanent":
        yield "filler_permanent_in_area", "relative", None
    elif it.code == "microneedling":
        yield from meant.defer("microneedling_recent", it.date, wait_of_needling(it.depth_mm))
    elif it.code == "radiotherapy" and not meant.is_before(it.date, (12, "months")):
        yield "radiotherapy_area_past", "relative", None
    else:
        rule, wait = WAITS[it.code]
        if meant.device == "exceed":
            wait = EXCEED.get(it.code, wait)
        yield from meant.defer(rule, it.date, wait)


def wait_of_needling(depth_mm: float | None) -> Wait:
    """Return the wait after needling to a depth (item 50), the longest where it is unknown."""
    if depth_mm is None or depth_mm > 1.5:
        return 42, "days"
    return (28 if depth_mm >= 0.5 else 7), "days"


def _judge_sun(it: Exposure, facts: Facts, meant: Meant) -> Iterator[Found]:
    """Items 35 and 36."""
    if it.code == "self_tanner":
        if meant.is_before(it.date, (7, "days")):
            yield "self_tanner_recent", "precaution", None
    elif it.code == "sunburn":
        if it.still_inflamed:
            yield "sunburn", "defer", None
        else:
            yield from meant.defer("sunburn", it.date, (14, "days"))
    else:
        melasma = any(c.code == "melasma" and meant.touches(c.zones) for c in facts.conditions)
        days = 28 if meant.is_dark or melasma else 14
        yield from meant.defer("tan_recent", it.date, (days, "days"))
