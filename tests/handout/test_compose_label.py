"""In the United States the sheet says which uses no label covers, in words of its own table."""

from __future__ import annotations

import re
from typing import Any

import pytest

from consult_app.domain.history import Facts
from consult_app.domain.plan import PlanRequest, Target
from consult_app.handout.compose_length import list_blocks
from consult_app.handout.document import Table
from consult_app.values import replace
from tests.handout.compose_cases import MADE_ON, REQUEST, locale, make_composed, spaced

SCARS = Target(area="cheeks", concern="acne_rolling")
EDGED = Target(area="temples", concern="acne_boxcar")
PATCHES = Target(area="upper_lip", concern="melasma")
ON_THE_BACK = Target(area="back", concern="acne_rolling")
ALL = "The FDA has not reviewed this device for this use."
SOME = "The FDA has not reviewed this device for: "


def _tell(*targets: Target, cut: int = 0, **facts: Any) -> str:  # noqa: ANN401 - any fact
    """Return what the sheet says of it, from its first word to the full stop."""
    request = replace(REQUEST, primary_concern=targets[0].concern, targets=targets)
    return _find(request, Facts(consult_date=MADE_ON, **{"phototype": 2, **facts}), cut)


def _find(request: PlanRequest, facts: Facts, cut: int = 0) -> str:
    handout = make_composed(request, facts=facts, cut=cut, recipient=locale("US", "en-US"))
    text = spaced(handout)
    found = re.search(r"The FDA .*\.$", text, re.MULTILINE)
    return found.group() if found else ""


@pytest.mark.parametrize("cut", [0, 11])
@pytest.mark.parametrize(
    ("targets", "told"),
    [
        ((SCARS,), ""),
        ((PATCHES,), ALL),
        ((SCARS, PATCHES), SOME + "Brown patches (melasma)."),
        ((SCARS, ON_THE_BACK), SOME + "Acne scars like waves (Back)."),
        ((PATCHES, replace(SCARS, concern="pih")), ALL),
        (
            (SCARS, PATCHES, replace(PATCHES, area="forehead"), ON_THE_BACK),
            SOME + "Brown patches (melasma). Nor for: Acne scars like waves (Back).",
        ),
    ],
)
def test_only_the_uses_outside_the_label_are_named(
    targets: tuple[Target, ...], told: str, cut: int
) -> None:
    assert _tell(*targets, cut=cut) == told


def test_they_are_named_as_in_the_list_of_what_is_treated() -> None:
    request = replace(REQUEST, targets=(SCARS, PATCHES))
    sheet = make_composed(request, recipient=locale("US", "en-US"))
    (table,) = (it for it in list_blocks(sheet) if isinstance(it, Table) and not it.meters)

    assert "Brown patches (melasma)" in [why for _, why, _ in table.rows]


@pytest.mark.parametrize(
    ("skin", "told"), [(3, ""), (4, SOME + "Lines and wrinkles."), (5, ALL), (6, ALL)]
)
def test_skin_that_one_label_covers_and_another_does_not(skin: int, told: str) -> None:
    lines = Target(area="crows_feet", concern="wrinkles")

    assert _tell(lines, SCARS, phototype=skin, device_profile="exceed") == told
