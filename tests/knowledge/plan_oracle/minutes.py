"""How long a visit takes, by hand from the planning reference (1.8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from consult_app.domain.plan import Target
from tests.knowledge.oracle.reckoning import find_around
from tests.knowledge.plan_oracle.cells import read_tables
from tests.knowledge.plan_oracle.tables import find_zones

MINUTES: dict[str, Any] = read_tables("visit")["minutes"]
ALONE = {"scar_flat", "scar_raised"}
"""What is treated as one scar, wherever it is."""
Time = tuple[int, int, bool]
"""Shortest and longest in minutes, and whether they are the least that is known."""


def reckon_minutes(targets: tuple[Target, ...], wait: int | None, *, plasma: bool) -> Time:
    """Return how long a visit takes; the usual time where a part is not known that may be true."""
    parts = [wait, *_list_needling(targets)]
    first, last = MINUTES["prp"] if plasma else (0, 0)
    known = MINUTES["talk_photos_clean"] + MINUTES["calm_gel_advice"] + sum(filter(None, parts))
    if None not in parts:
        return known + first, known + last, False
    usual = MINUTES["usual"]
    if known + first <= usual[0]:
        return usual[0], usual[1], False
    return known + first, known + first, True


def _list_needling(targets: tuple[Target, ...]) -> Iterator[int | None]:
    """Yield the minutes of each area; what has none of its own is one scar, or not known."""
    areas = {find_zones(it.area) for it in targets}
    face = {zones for zones in areas if any("face" in find_around(zone) for zone in zones)}
    if len(face) > 1 or ("face",) in face:
        areas -= face
        yield MINUTES["full_face"]
    for zones in areas:
        scars = all(it.concern in ALONE for it in targets if find_zones(it.area) == zones)
        name = zones[0] if len(zones) == 1 else ""
        own = MINUTES["area"].get(name) or 2 * MINUTES["each"].get(name, 0)
        yield own or (MINUTES["single_scar"] if scars else None)
