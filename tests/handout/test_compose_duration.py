"""How long a visit takes: the sum of its parts, or at least what is known of it (reference 1.8)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consult_app.domain.history import Numbing
from consult_app.domain.plan import PlanRequest, Target
from tests.handout.compose_cases import REQUEST, make_composed, spaced

CUTS = (0, 2, 8)
"""Each says it in other words."""


def _treat(*areas: str, cream: Numbing | None = None, addons: tuple[str, ...] = ()) -> PlanRequest:
    targets = tuple(Target(area=area, concern="striae_white") for area in areas)
    return replace(
        REQUEST,
        primary_concern="striae_white",
        targets=targets,
        numbing=cream,
        addons=addons,
    )


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize(
    ("request_", "told"),
    [
        (
            _treat("breast", "back", cream=Numbing(product="emla", minutes=60)),
            "at least 80 minutes",
        ),
        (_treat("breast"), "about 30 to 60 minutes"),
        (_treat("breast", addons=("prp",)), "at least 35 minutes"),
        (_treat("thigh", cream=Numbing(product="lidocaine4")), "about 95 minutes"),
        (_treat("thigh", "buttock"), "about 80 minutes"),
    ],
)
def test_no_visit_is_said_to_be_shorter_than_its_parts(
    request_: PlanRequest, told: str, cut: int
) -> None:
    assert told in spaced(make_composed(request_, cut=cut))


def test_one_thigh_takes_half_of_the_time_of_both() -> None:
    assert "about 35 minutes" in spaced(make_composed(_treat("thigh"), sides={"thigh": "left"}))


def test_the_minutes_of_the_plan_are_those_of_its_cream() -> None:
    cream = Numbing(product="lidocaine4", minutes=30)

    assert "about 60 minutes" in spaced(make_composed(replace(REQUEST, numbing=cream)))


@pytest.mark.parametrize("cut", CUTS)
def test_a_cream_that_the_sheet_does_not_name_is_not_counted(cut: int) -> None:
    """The plan took another than was asked for, whose limits nobody typed in."""
    swapped = Numbing(product="compounded", contains=("lidocaine",), minutes=20)
    text = spaced(make_composed(replace(REQUEST, numbing=swapped), cut=cut))

    assert "put on numbing cream" not in text
    assert "at least 30 minutes" in text


def test_minutes_above_the_limit_of_a_cream_are_not_told() -> None:
    cream = Numbing(product="lido7_tetra7", minutes=90)

    assert "about 90 minutes" in spaced(make_composed(replace(REQUEST, numbing=cream)))
