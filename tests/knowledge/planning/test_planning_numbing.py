"""Numbing cream is kept within its limits, split or replaced."""

from collections.abc import Callable
from typing import Any

import pytest

from consult_app.domain.plan import Plan, PlanOutcome
from consult_app.knowledge.planning.numbing import PACK_LIMITS

Make = Callable[..., Plan]
SCARS = [("cheeks", "acne_rolling")]


def changes(plan: Plan) -> list[tuple[str, object, object]]:
    return [(item.field, item.requested, item.used) for item in plan.adjustments]


def warnings(plan: Plan) -> list[str]:
    return [note.id for note in plan.warnings]


def test_a_usual_amount_changes_nothing(make_plan: Make) -> None:
    cream = {"product": "emla", "grams": 30, "area_cm2": 200, "minutes": 60}
    plan = make_plan(SCARS, numbing=cream)
    assert plan.outcome is PlanOutcome.PROCEED
    assert plan.warnings == ()


@pytest.mark.parametrize(
    ("cream", "change"),
    [
        ({"product": "emla", "grams": 70}, ("numbing.grams", 70.0, 60.0)),
        ({"product": "lido_prilo", "area_cm2": 700}, ("numbing.area_cm2", 700.0, 600.0)),
        ({"product": "emla", "minutes": 301}, ("numbing.minutes", 301.0, 300.0)),
        (
            {"product": "lidocaine7_tetracaine7", "grams": 53},
            ("numbing.grams", 53.0, 52.0),
        ),
        (
            {"product": "lido7_tetra7", "area_cm2": 401},
            ("numbing.area_cm2", 401.0, 400.0),
        ),
        ({"product": "lido7_tetra7", "minutes": 61}, ("numbing.minutes", 61.0, 60.0)),
        (
            {"product": "emla", "after_needling": True},
            ("numbing.after_needling", True, False),
        ),
        ({"product": "emla", "self_applied": True}, ("numbing.self_applied", True, False)),
    ],
)
def test_what_is_over_a_limit_is_brought_within_it(
    make_plan: Make, cream: dict[str, Any], change: tuple[str, object, object]
) -> None:
    plan = make_plan(SCARS, numbing=cream)
    assert changes(plan) == [change]
    assert plan.outcome is PlanOutcome.PROCEED_WITH_ADJUSTMENTS


def test_atopic_eczema_shortens_the_time(make_plan: Make) -> None:
    eczema = {"conditions": [{"code": "eczema", "status": "remission", "atopic": True}]}
    plan = make_plan(SCARS, facts=eczema, numbing={"product": "emla", "minutes": 60})
    assert ("numbing.minutes", 60.0, 30.0) in changes(plan)


@pytest.mark.parametrize(
    ("product", "facts", "used"),
    [
        ("blt_compounded", {}, "lido4"),
        ("otc_over_4pct", {}, "lido4"),
        ("blt_compounded", {"allergies": ["amide_la"]}, "none"),
        ("emla", {"allergies": ["amide_la"]}, "none"),
        ("lidocaine7_tetracaine7", {"allergies": ["ester_la"]}, "lido4"),
        ("emla", {"conditions": [{"code": "g6pd"}]}, "lido4"),
        (
            "lidocaine7_tetracaine7",
            {"conditions": [{"code": "pseudocholinesterase_deficiency"}]},
            "lido4",
        ),
        ("emla", {"medications": [{"code": "sotalol", "status": "current"}]}, "none"),
        ("lidocaine4", {"medications": [{"code": "flecainide", "status": "current"}]}, "none"),
    ],
)
def test_a_cream_that_a_finding_forbids_is_replaced(
    make_plan: Make, product: str, facts: dict[str, Any], used: str
) -> None:
    plan = make_plan(SCARS, facts=facts, numbing={"product": product})
    assert changes(plan) == [("numbing.product", product, used)]
    assert plan.outcome is PlanOutcome.PROCEED_WITH_ADJUSTMENTS
    assert (PACK_LIMITS in warnings(plan)) is (used == "lido4")


@pytest.mark.parametrize(
    ("product", "facts", "used"),
    [
        ("lidocaine4", {"conditions": [{"code": "liver_severe"}]}, "none"),
        ("blt_compounded", {"conditions": [{"code": "liver_severe"}]}, "none"),
        ("emla", {"breastfeeding": True}, "lido4"),
        ("lido7_tetra7", {"breastfeeding": True}, "lido4"),
        ("lidocaine4", {"breastfeeding": True}, None),
        ("lidocaine4", {"conditions": [{"code": "renal_severe"}]}, None),
    ],
)
def test_a_cream_is_left_out_beside_what_has_to_be_cleared(
    make_plan: Make, product: str, facts: dict[str, Any], used: str | None
) -> None:
    """Of liver and kidney disease the limits of creams name the liver alone."""
    cream = {"product": product, "prescribed": True}
    plan = make_plan(SCARS, facts=facts, numbing=cream)
    assert changes(plan) == ([("numbing.product", product, used)] if used else [])
    assert plan.outcome is PlanOutcome.PROCEED_WITH_CONDITIONS


@pytest.mark.parametrize(
    ("product", "facts", "said"),
    [
        ("emla", {"breastfeeding": True}, "Lidocaine 4% cream instead of Lidocaine 2.5%"),
        ("blt_compounded", {}, "Lidocaine 4% cream instead of Pharmacy-made stronger mix"),
        ("emla", {"allergies": ["amide_la"]}, "No cream instead of Lidocaine 2.5%"),
    ],
)
def test_what_takes_the_place_of_a_cream_is_named_with_the_reason(
    make_plan: Make, product: str, facts: dict[str, Any], said: str
) -> None:
    """Else what is said next, of amounts that are not given, seems to be of the cream asked for."""
    amounts = {"grams": 20, "area_cm2": 100, "minutes": 60}
    plan = make_plan(SCARS, facts=facts, numbing={"product": product, **amounts})
    (change,) = [it for it in plan.adjustments if it.field == "numbing.product"]
    assert change.reason.startswith(said)
    told = [it.text for it in plan.warnings if it.id in (PACK_LIMITS, "numbing_amount_missing")]
    assert all(text.startswith("Lidocaine 4% cream: ") for text in told)


def test_a_prescribed_mix_stays_but_is_never_put_on_at_home(make_plan: Make) -> None:
    stays = make_plan(SCARS, numbing={"product": "compounded", "prescribed": True})
    assert changes(stays) == []
    home = make_plan(
        SCARS, numbing={"product": "compounded", "prescribed": True, "self_applied": True}
    )
    assert changes(home) == [
        ("numbing.product", "compounded", "lido4"),
        ("numbing.self_applied", True, False),
    ]


def test_amounts_without_a_limit_here_are_warned_of(make_plan: Make) -> None:
    assert PACK_LIMITS in warnings(make_plan(SCARS, numbing={"product": "lido4"}))
    for half in ({"grams": 10}, {"area_cm2": 150}):
        assert PACK_LIMITS in warnings(make_plan(SCARS, numbing={"product": "lido4", **half}))
    typed = {"product": "lido4", "grams": 10, "area_cm2": 150}
    assert PACK_LIMITS not in warnings(make_plan(SCARS, numbing=typed))
    assert "numbing_amount_missing" in warnings(make_plan(SCARS, numbing={"product": "emla"}))
    assert "numbing_unknown" in warnings(make_plan(SCARS, numbing={"product": "numb_master"}))
    large = {"product": "emla", "grams": 60, "area_cm2": 500, "minutes": 60}
    assert "numbing_large_area" in warnings(make_plan(SCARS, numbing=large))
    thick = {"product": "emla", "grams": 30, "area_cm2": 100, "minutes": 45}
    assert {"numbing_thick", "numbing_short"} <= set(warnings(make_plan(SCARS, numbing=thick)))


def test_no_cream_is_judged_as_none(make_plan: Make) -> None:
    assert make_plan(SCARS, numbing={"product": "none"}).outcome is PlanOutcome.PROCEED
