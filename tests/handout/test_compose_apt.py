"""The sheet speaks of the skin, the places and the products of this patient, and of no others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consult_app.domain.history import Facts, Medication
from consult_app.domain.plan import PlanRequest, Target
from tests.handout.compose_cases import REQUEST, make_composed, spaced

LINES = Target(area="cheeks", concern="wrinkles")
SCARS = REQUEST.targets[0]


def _treat(*targets: Target) -> PlanRequest:
    return replace(REQUEST, primary_concern=targets[0].concern, targets=targets)


@pytest.mark.parametrize("cut", [0, 4, 8])
def test_who_may_get_dark_patches_reads_that_most_fade(cut: int) -> None:
    text = spaced(make_composed(facts=Facts(phototype=5), cut=cut))

    assert "17 people in every 100 had them on the face. Most fade over some months." in text


@pytest.mark.parametrize("cut", [0, 4, 9])
@pytest.mark.parametrize(
    ("targets", "left"),
    [((SCARS,), "scars"), ((LINES,), "lines"), ((SCARS, LINES), "scars or lines")],
)
def test_only_what_the_patient_has_is_said_to_stay(
    targets: tuple[Target, ...], left: str, cut: int
) -> None:
    text = spaced(make_composed(_treat(*targets), cut=cut))

    assert f"will not take {left} away" in text
    assert text.count("will not take") == 1


@pytest.mark.parametrize(
    ("area", "rubs"),
    [("abdomen", "Tight waistbands and gym wear can rub."), ("forearm", "Tight clothes can rub.")],
)
def test_clothes_that_rub_are_those_over_the_area(area: str, rubs: str) -> None:
    text = spaced(make_composed(_treat(Target(area=area, concern="scar_flat"))))

    assert f"Wear loose, clean, soft clothes for two days. {rubs}" in text


@pytest.mark.parametrize(("code", "told"), [("fish_oil", True), ("ginkgo", True), ("hrt", False)])
def test_who_takes_capsules_that_thin_the_blood_leaves_them_out(code: str, *, told: bool) -> None:
    taken = Medication(code=code, status="current")
    text = spaced(make_composed(facts=Facts(phototype=2, medications=(taken,))))

    assert ("From Friday 3 September: ibuprofen, aspirin, capsules like fish oil." in text) == told
    assert ("ibuprofen, aspirin from a shop." in text.split("After your visit")[0]) != told
