"""A sheet tells of dots of blood only where needling may end with them (planning reference 1.3)."""

from __future__ import annotations

import pytest

from consult_app.domain.history import Facts, Numbing
from consult_app.domain.plan import PlanRequest, Target
from consult_app.values import replace
from tests.handout.compose_cases import (
    REQUEST,
    layout,
    make_composed,
    section,
)

CREAM = Numbing(product="lidocaine4", grams=10, area_cm2=100, minutes=45)
STEPS = range(layout().budget.cuts + 1)


def plan_of(*concerns: str, area: str = "cheeks", cream: Numbing | None = None) -> PlanRequest:
    targets = tuple(Target(area=area, concern=concern) for concern in concerns)
    return replace(REQUEST, primary_concern=concerns[0], targets=targets, numbing=cream)


def tell_visit(request: PlanRequest, cut: int, phototype: int = 2) -> str:
    """Return what happens at a visit."""
    facts = Facts(phototype=phototype)  # type: ignore[arg-type]  # one of the six
    blocks = section(make_composed(request, facts=facts, cut=cut), "happens").blocks
    return " ".join(getattr(block, "text", "") for block in blocks)


@pytest.mark.parametrize("cream", [None, CREAM], ids=["bare", "cream"])
@pytest.mark.parametrize("phototype", [2, 5])
@pytest.mark.parametrize(
    ("concerns", "dots"),
    [
        (("melasma",), False),
        (("age_spots", "dull_texture"), False),
        (("fine_lines",), True),
        (("melasma", "acne_rolling"), True),
        (("scar_raised",), True),
    ],
)
@pytest.mark.parametrize("cut", STEPS)
def test_dots_of_blood_are_told_where_needling_ends_with_them(
    concerns: tuple[str, ...], phototype: int, cream: Numbing | None, cut: int, *, dots: bool
) -> None:
    """The end point on Plan was even pink skin without blood, and the sheet promised blood."""
    told = tell_visit(plan_of(*concerns, cream=cream), cut, phototype)

    assert ("dots of blood" in told) is dots
    assert "needle it" in told or "over your skin" in told or "over it" in told
    assert ("umb" in told) is (cream is not None)
