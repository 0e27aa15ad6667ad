"""Passes, end points, add-ons and labels, each written by hand from the planning reference."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

import pytest

from consult_app.domain.history import Condition, Facts
from consult_app.domain.plan import Plan, PlanRequest, Target
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.method import find_method
from consult_app.knowledge.planning.planning import resolve
from tests.knowledge.plan_oracle.tables import AIMS, OFFERED

TOLD = date(2027, 6, 1)
METHODS: dict[str, tuple[tuple[int, int], str]] = {
    "fine_lines": ((2, 3), "E1-E2"),
    "wrinkles": ((3, 4), "E2"),
    "acne_rolling": ((4, 6), "E3 on scars, E2 between"),
    "acne_boxcar": ((4, 6), "E3 on scars"),
    "acne_icepick": ((4, 6), "E3 (but refer)"),
    "scar_flat": ((4, 6), "E3"),
    "scar_burn": ((3, 5), "E2-E3"),
    "striae_red": ((3, 5), "E2-E3"),
    "striae_white": ((4, 6), "E3"),
    "pores": ((2, 4), "E2"),
    "pih": ((2, 2), "E1"),
    "melasma": ((1, 2), "E1 only"),
    "age_spots": ((1, 2), "E1"),
    "dull_texture": ((2, 2), "E1"),
    "laxity": ((3, 4), "E2"),
    "hair_aga": ((2, 3), "E1"),
}
"""Passes of the pen and where to stop (1.3); of a raised scar a specialist decides."""
NEVER_ON = (
    *("vitamin_c_serum", "vitamin_c", "cosmetic_serum", "meso_cocktail", "peptides", "exosomes"),
    *("tinted_sunscreen", "chemical_sunscreen", "fragrance", "essential_oil", "retinoid", "acid"),
)
"""What may not touch open channels (1.10)."""
BLOCKED = ("filler", "laser", "rf", "medium_peel", "fractional_ablative", "deep_peel", "surgery")
"""What is never done on the same day (1.11, *block*)."""
WARNED = ("toxin", "light_peel", "ipl", "facial", "waxing", "threading", "home_roller")
"""What is only warned of (1.11, *warn*)."""
ALLOWED = ("sterile_saline", "sterile_hydrogel", "sterile_ha")


def make_plan(pack: Pack, area: str, concern: str, /, **facts: Any) -> Plan:  # noqa: ANN401 - any JSON
    """Return the plan of one line; `addons` are those of the plan."""
    addons = facts.pop("addons", ())
    request = PlanRequest(
        targets=(Target(area=area, concern=concern),),
        device_label_max_mm=2.5,
        first_session=datetime(2027, 9, 6, 9, 15),  # noqa: DTZ001 - by the clock on the wall
        addons=addons,
    )
    known = {"phototype": 2, "date_of_birth": date(1990, 5, 1), **facts}
    return resolve(pack, request, Facts(**known), today=TOLD)


def ids(plan: Plan) -> set[str]:
    """Return what is warned of."""
    return {note.id for note in plan.warnings}


@pytest.mark.parametrize("concern", sorted(AIMS))
@pytest.mark.parametrize("phototype", range(1, 7))
def test_passes_and_end_points(pack: Pack, concern: str, phototype: int) -> None:
    """1.3, and for types IV to VI one pass fewer and E2 at most outside scars (1.5)."""
    method = find_method(pack, pack.protocol.concern_by_id[concern], phototype)
    if concern == "scar_raised":
        assert method is None
        return
    assert method is not None
    (low, high), point = METHODS[concern]
    if phototype >= 4:
        low, high = max(1, low - 1), max(1, high - 1)
        point = "E2" if "E3" in point and AIMS[concern].group != "scar" else point
    assert (method.passes.min, method.passes.max, method.end_point) == (low, high, point)


@pytest.mark.parametrize("addon", [*NEVER_ON, *BLOCKED])
def test_what_is_never_done_is_taken_out(pack: Pack, addon: str) -> None:
    plan = make_plan(pack, "cheeks", "acne_rolling", addons=(addon,))
    assert [(it.field, it.requested, it.used) for it in plan.adjustments] == [
        ("addons", addon, None)
    ]
    assert str(plan.outcome) == "proceed_with_adjustments"


@pytest.mark.parametrize(
    ("addon", "warned"),
    [
        *((name, "combination") for name in WARNED),
        ("tranexamic_acid", "prescriber_only"),
        ("prp", "prp_record"),
        *((name, None) for name in ALLOWED),
    ],
)
def test_what_may_be_done_stays(pack: Pack, addon: str, warned: str | None) -> None:
    plan = make_plan(pack, "cheeks", "acne_rolling", addons=(addon,))
    assert plan.adjustments == ()
    assert ids(plan) == ({warned} if warned else set())


@pytest.mark.parametrize(
    "code", ["platelet_dysfunction", "thrombocytopenia", "bleeding_disorder", "sepsis"]
)
def test_plasma_is_left_out_where_it_is_barred(pack: Pack, code: str) -> None:
    """Screening reference, item 58."""
    told = (Condition(code=code),)
    plan = make_plan(pack, "cheeks", "acne_rolling", addons=("prp",), conditions=told)
    assert ("addons", "prp", None) in [(it.field, it.requested, it.used) for it in plan.adjustments]


Types = Literal[1, 2, 3, 4, 5, 6]
FACE = ("forehead", "temple_zygoma", "nose", "upper_lip", "cheeks", "chin_jaw")
EYES = ("crows_feet", "under_eye_rim")
ACNE = ("acne_rolling", "acne_boxcar", "acne_icepick")
LINES = ("fine_lines", "wrinkles")
CLEARED = {
    *((area, concern) for area in (*FACE, *EYES) for concern in (*ACNE, *LINES)),
    *(("neck", concern) for concern in LINES),
    *(("abdomen", concern) for concern in ("scar_flat", "scar_raised")),
}
"""Facial acne scars and wrinkles, neck wrinkles, abdominal scars (0.2)."""


@pytest.mark.parametrize("area", sorted(OFFERED))
def test_what_is_outside_the_cleared_use_in_the_us(pack: Pack, area: str) -> None:
    for concern in AIMS:
        plan = make_plan(pack, area, concern, jurisdiction="US", phototype=3)
        outside = (area, concern) not in CLEARED
        assert ("outside_cleared_use" in ids(plan)) is outside, concern


@pytest.mark.parametrize(
    ("area", "concern", "device", "covered"),
    [
        ("cheeks", "wrinkles", "exceed", (1, 2, 3)),
        ("cheeks", "acne_rolling", "exceed", (1, 2, 3, 4)),
        ("cheeks", "acne_rolling", "skinpen_precision", (1, 2, 3, 4, 5, 6)),
        ("neck", "wrinkles", "skinpen_precision", (2, 3, 4)),
    ],
)
@pytest.mark.parametrize("phototype", [1, 2, 3, 4, 5, 6])
def test_which_types_a_label_covers(
    pack: Pack, area: str, concern: str, device: str, *, covered: tuple[int, ...], phototype: Types
) -> None:
    """The note below 1.5."""
    plan = make_plan(pack, area, concern, device_profile=device, phototype=phototype)
    assert ("label_phototype" in ids(plan)) is (phototype not in covered)
