"""What the labels of devices cover, by hand from both references (0.2, 1.5; screening, item 3)."""

from __future__ import annotations

from datetime import date

from tests.knowledge.oracle.reckoning import find_around, reckon_age
from tests.knowledge.plan_oracle.tables import find_zones
from tests.knowledge.plan_oracle.told import Asked

YOUNGEST = 22
ACNE = ("acne_rolling", "acne_boxcar", "acne_icepick")
LINES = ("fine_lines", "wrinkles")
COVERED: dict[str, dict[str, tuple[str, ...]]] = {
    "exceed": {"face": (*ACNE, *LINES)},
    "skinpen_precision": {"face": ACNE, "neck": LINES},
    "generic": {"face": (*ACNE, *LINES), "neck": LINES, "abdomen": ("scar_flat", "scar_raised")},
}
"""Where each device is cleared for what; a device without a label by all of them together."""


def is_covered(device: str, area: str, concern: str, age: int) -> bool:
    """Return whether a use is cleared: facial acne scars and wrinkles, the neck, the abdomen."""
    places = {place for zone in find_zones(area) for place in find_around(zone)}
    uses = COVERED[device]
    return age >= YOUNGEST and any(concern in uses[place] for place in places & uses.keys())


def is_uncleared(asked: Asked, day: date) -> bool:
    """Return whether a line lies outside the cleared use, in the US or of a known label."""
    device, born = asked.facts.device_profile, asked.facts.date_of_birth
    assert born is not None
    if device == "generic" and asked.facts.jurisdiction != "US":
        return False
    age = reckon_age(born, day)
    return any(not is_covered(device, it.area, it.concern, age) for it in asked.plan.targets)


def is_beyond_label(asked: Asked, day: date, depth_mm: float) -> bool:
    """Return whether the plan lies outside what the device is cleared for (screening, item 3)."""
    born, device, skin = asked.facts.date_of_birth, asked.facts.device_profile, asked.phototype
    assert born is not None
    known = device in {"skinpen_precision", "exceed"}
    us = asked.facts.jurisdiction == "US"
    concern = asked.plan.primary_concern or asked.plan.targets[0].concern
    lines, acne = concern in LINES, concern in ACNE
    neck = lines and any(it.area == "neck" for it in asked.plan.targets if it.concern == concern)
    return any(
        (
            (us or known) and 18 <= reckon_age(born, day) < YOUNGEST,
            device == "exceed" and lines and not neck and skin > 3,
            device == "exceed" and acne and skin > 4,
            device == "skinpen_precision" and neck and not 2 <= skin <= 4,
            known and depth_mm > 1.5,
        )
    )
