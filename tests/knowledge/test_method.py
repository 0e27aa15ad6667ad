"""Darker skin has fewer passes and a milder end point (planning reference 1.3, 1.5)."""

from __future__ import annotations

import pytest

from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.method import find_method

Told = tuple[int, int, str]
"""Fewest and most passes, and where to stop."""
CASES = [
    ("acne_rolling", (4, 6, "E3 on scars, E2 between"), (3, 5, "E3 on scars, E2 between")),
    ("scar_flat", (4, 6, "E3"), (3, 5, "E3")),
    ("striae_white", (4, 6, "E3"), (3, 5, "E2")),
    ("striae_red", (3, 5, "E2-E3"), (2, 4, "E2")),
    ("wrinkles", (3, 4, "E2"), (2, 3, "E2")),
    ("melasma", (1, 2, "E1 only"), (1, 1, "E1 only")),
    ("pih", (2, 2, "E1"), (1, 1, "E1")),
]


@pytest.mark.parametrize("phototype", [None, 1, 2, 3, 4, 5, 6])
@pytest.mark.parametrize(("concern", "light", "dark"), CASES)
def test_passes_and_end_point_follow_the_skin_type(
    pack: Pack, concern: str, light: Told, dark: Told, phototype: int | None
) -> None:
    method = find_method(pack, pack.protocol.concern_by_id[concern], phototype)

    assert method is not None
    told = (method.passes.min, method.passes.max, method.end_point)
    assert told == (dark if (phototype or 0) >= 4 else light)


def test_a_raised_scar_is_left_to_a_specialist(pack: Pack) -> None:
    assert find_method(pack, pack.protocol.concern_by_id["scar_raised"], 5) is None
