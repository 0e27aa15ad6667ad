"""The outcome is the strongest that applies, and every condition has a stable id."""

from collections.abc import Callable
from typing import Any

import pytest

from consult_app.domain.plan import Plan, PlanOutcome
from consult_app.errors import InputError
from consult_app.knowledge.planning.json import plan_json
from consult_app.knowledge.planning.request import ClinicLimits

Make = Callable[..., Plan]
SCARS = [("cheeks", "acne_rolling")]


def ids(notes: tuple[object, ...]) -> list[str]:
    return [str(getattr(note, "id", "")) for note in notes]


def test_an_absolute_finding_stops_the_treatment_and_gives_no_dates(make_plan: Make) -> None:
    plan = make_plan(SCARS, facts={"pregnancy": "yes"}, sessions=9, interval_weeks=4)
    assert plan.outcome is PlanOutcome.DO_NOT_TREAT
    assert plan.lines
    assert (plan.session_dates, plan.care_calendar, plan.test_patch_date) == ((), {}, None)
    assert plan.earliest_first_session is None


@pytest.mark.parametrize(
    ("facts", "condition"),
    [
        ({"medications": [{"code": "apixaban"}]}, "anticoagulant_prescriber_view"),
        ({"breastfeeding": True}, "breastfeeding"),
        ({"conditions": [{"code": "hypertrophic_scar"}]}, "scar_specialist_opinion"),
        (
            {"conditions": [{"code": "hypertrophic_scar", "zones": ["cheeks"]}]},
            "scar_specialist_opinion",
        ),
        ({"conditions": [{"code": "keloid"}]}, "scar_specialist_opinion"),
        (
            {"conditions": [{"code": "herpes_simplex", "date_healed": "2020"}]},
            "antiviral_decision",
        ),
        ({"unanswered": ["bleeding_disorder"]}, "screening_incomplete"),
        ({"conditions": [{"code": "skin_cancer"}]}, "screening_incomplete"),
    ],
)
def test_what_must_be_recorded_first_is_a_condition(
    make_plan: Make, facts: dict[str, Any], condition: str
) -> None:
    plan = make_plan(SCARS, facts=facts)
    assert plan.outcome is PlanOutcome.PROCEED_WITH_CONDITIONS
    assert condition in ids(plan.conditions)


def test_what_is_still_open_is_named_in_words(make_plan: Make) -> None:
    plan = make_plan(SCARS, facts={"unanswered": ["bleeding_disorder", "herpes_simplex"]})
    (condition,) = (note for note in plan.conditions if note.id == "screening_incomplete")
    assert "Bleeding disorder" in condition.text
    assert "Cold sores" in condition.text
    assert "_" not in condition.text


def test_an_open_question_not_known_here_is_kept_and_shown(make_plan: Make) -> None:
    plan = make_plan(SCARS, facts={"unanswered": ["bleeding_disorder", "own_question"]})
    (condition,) = (note for note in plan.conditions if note.id == "screening_incomplete")
    assert "Bleeding disorder; own_question" in condition.text


def test_a_blood_thinner_needs_the_prescribers_view_at_any_depth(make_plan: Make) -> None:
    plan = make_plan(
        [("cheeks", "fine_lines")], depth_mm=0.25, facts={"medications": [{"code": "warfarin"}]}
    )
    assert ids(plan.conditions) == ["anticoagulant_prescriber_view"]


@pytest.mark.parametrize(
    ("targets", "zones"),
    [
        (SCARS, ["genital_mucosa"]),
        (SCARS, ["neck", "scalp", "ears"]),
        ([("abdomen", "striae_red")], ["lip_vermilion"]),
    ],
)
def test_the_antiviral_decision_needs_facial_cold_sores_and_a_face_area(
    make_plan: Make, targets: list[tuple[str, str]], zones: list[str]
) -> None:
    entry = {"code": "herpes_simplex", "date_healed": "2020-01-01", "zones": zones}
    plan = make_plan(targets, facts={"conditions": [entry]})
    assert "antiviral_decision" not in ids(plan.conditions)
    assert "b_cold_sore" not in {entry.rule for entry in plan.care_calendar["session_1"]}


@pytest.mark.parametrize("place", ["chin_jaw", "lip_vermilion", "oral_mucosa", "eyelid"])
def test_cold_sores_in_and_around_the_face_need_the_antiviral_decision(
    make_plan: Make, place: str
) -> None:
    entry = {"code": "herpes_simplex", "date_healed": "2020-01-01", "zones": [place]}
    plan = make_plan(SCARS, facts={"conditions": [entry]})
    assert ids(plan.conditions) == ["antiviral_decision"]
    assert "b_cold_sore" in {entry.rule for entry in plan.care_calendar["session_1"]}


def test_a_raised_scar_elsewhere_asks_for_no_specialist(make_plan: Make) -> None:
    entry = {"code": "hypertrophic_scar", "zones": ["thighs"]}
    plan = make_plan(SCARS, facts={"conditions": [entry]})
    assert "scar_specialist_opinion" not in ids(plan.conditions)
    planned = make_plan([("thigh", "scar_raised")])
    assert "scar_specialist_opinion" in ids(planned.conditions)


@pytest.mark.parametrize("place", [{}, {"zones": None}, {"zones": []}])
def test_a_place_that_is_not_given_may_be_the_planned_one(
    make_plan: Make, place: dict[str, object]
) -> None:
    codes = [{"code": code, **place} for code in ("hypertrophic_scar", "melasma")]
    sores = {"code": "herpes_simplex", "date_healed": "2020-01-01", **place}
    plan = make_plan(SCARS, facts={"conditions": [*codes, sores]})
    assert {"antiviral_decision", "scar_specialist_opinion"} <= set(ids(plan.conditions))
    assert "melasma_place_unknown" in ids(plan.warnings)
    assert plan.lines[0].cap_mm == 0.5
    assert "b_cold_sore" in {entry.rule for entry in plan.care_calendar["session_1"]}


@pytest.mark.parametrize(
    "addon",
    [
        *("vitamin_c_serum", "exosomes", "mesotherapy", "retinoid", "adapalene", "filler"),
        *("filler_ha", "laser", "fractional_ablative", "tca_peel_medium", "hifu", "surgery"),
    ],
)
def test_what_must_not_touch_needled_skin_is_taken_out(make_plan: Make, addon: str) -> None:
    plan = make_plan(SCARS, addons=[addon])
    assert plan.outcome is PlanOutcome.PROCEED_WITH_ADJUSTMENTS
    assert [(item.field, item.requested, item.used) for item in plan.adjustments] == [
        ("addons", addon, None)
    ]


def test_sterile_gel_may_stay_and_unknown_add_ons_are_kept_and_named(make_plan: Make) -> None:
    plan = make_plan(SCARS, addons=["sterile_ha", "moon_dust", "tranexamic_acid", "waxing"])
    assert plan.adjustments == ()
    assert ids(plan.warnings) == ["addon_unknown", "prescriber_only", "combination"]


def test_plasma_says_what_to_record_and_in_the_us_that_it_is_not_cleared(make_plan: Make) -> None:
    assert "prp_record" in ids(make_plan(SCARS, addons=["prp"]).warnings)
    there = make_plan(SCARS, addons=["prp"], facts={"jurisdiction": "US"})
    assert "prp_not_cleared" in ids(there.warnings)
    forbidden = make_plan(
        SCARS, addons=["prp"], facts={"conditions": [{"code": "haemodynamic_instability"}]}
    )
    assert [(item.requested, item.used) for item in forbidden.adjustments] == [("prp", None)]
    assert forbidden.outcome is PlanOutcome.PROCEED_WITH_ADJUSTMENTS


def test_radiofrequency_becomes_plain_needling(make_plan: Make) -> None:
    plan = make_plan(
        SCARS,
        facts={
            "modality": "rf_needling",
            "conditions": [{"code": "implanted_device", "zones": ["chest"]}],
        },
    )
    assert plan.outcome is PlanOutcome.PROCEED_WITH_ADJUSTMENTS
    assert plan.adjustments[0].used == "needling"


@pytest.mark.parametrize(
    ("targets", "facts", "note"),
    [
        ([("abdomen", "striae_red")], {"jurisdiction": "US"}, "outside_cleared_use"),
        ([("neck", "wrinkles")], {"jurisdiction": "US", "phototype": 1}, "label_phototype"),
        (
            [("cheeks", "wrinkles")],
            {"device_profile": "exceed", "phototype": 4},
            "label_phototype",
        ),
    ],
)
def test_uses_outside_the_label_are_warned_of(
    make_plan: Make, targets: list[tuple[str, str]], facts: dict[str, Any], note: str
) -> None:
    assert note in ids(make_plan(targets, facts=facts).warnings)


@pytest.mark.parametrize(("depth_mm", "warned"), [(1.5, False), (1.75, True)])
def test_a_depth_beyond_the_label_of_the_device_is_warned_of(
    make_plan: Make, *, depth_mm: float, warned: bool
) -> None:
    plan = make_plan(
        [("cheeks", "acne_rolling")],
        facts={"device_profile": "exceed"},
        depth_mm=depth_mm,
        sessions=1,
        limits=ClinicLimits(deeper_areas=(("cheeks", None),)),
    )
    assert plan.session_plan[0].depths[0].planned_mm == depth_mm
    assert ("label_depth" in ids(plan.warnings)) is warned


@pytest.mark.parametrize(
    ("targets", "facts", "outside", "in_part"),
    [
        ([("cheeks", "acne_rolling")], {}, (), False),
        ([("abdomen", "striae_red")], {}, (("striae_red", ""),), False),
        (
            [("cheeks", "acne_rolling"), ("abdomen", "striae_red")],
            {},
            (("striae_red", ""),),
            True,
        ),
        (
            [("cheeks", "acne_rolling"), ("back", "acne_rolling")],
            {},
            (("acne_rolling", "back"),),
            True,
        ),
        (
            [("cheeks", "acne_rolling"), ("nose", "acne_boxcar")],
            {"date_of_birth": "2007-01-01"},
            (("acne_rolling", ""), ("acne_boxcar", "")),
            False,
        ),
    ],
)
def test_a_plan_knows_which_uses_no_label_covers(
    make_plan: Make,
    targets: list[tuple[str, str]],
    facts: dict[str, Any],
    outside: tuple[tuple[str, str], ...],
    *,
    in_part: bool,
) -> None:
    plan = make_plan(targets, facts={"jurisdiction": "US", **facts})
    assert plan.outside_label == outside
    assert plan.covered_in_part is in_part
    # What scripts read stays as it is documented.
    assert all("outside_label" not in line for line in plan_json(plan)["lines"])


def test_needles_too_deep_for_the_device_are_so_in_the_whole_plan(make_plan: Make) -> None:
    """Screening finds the depth of the plan, not of a line."""
    plan = make_plan(
        [("cheeks", "acne_rolling"), ("nose", "acne_boxcar")],
        facts={"jurisdiction": "US", "device_profile": "skinpen_precision"},
        depth_mm=1.75,
        limits=ClinicLimits(deeper_areas=(("cheeks", None),)),
    )
    assert "device_label_mismatch" in ids(plan.warnings)
    assert plan.outside_label == (("acne_rolling", ""), ("acne_boxcar", ""))


@pytest.mark.parametrize(("born", "warned"), [("2005-09-07", True), ("2005-09-06", False)])
@pytest.mark.parametrize("facts", [{"jurisdiction": "US"}, {"device_profile": "exceed"}])
def test_labels_cover_nobody_under_twenty_two(
    make_plan: Make, facts: dict[str, Any], born: str, *, warned: bool
) -> None:
    plan = make_plan(SCARS, facts={**facts, "date_of_birth": born})
    assert ("outside_cleared_use" in ids(plan.warnings)) is warned


def test_a_cleared_use_and_other_countries_give_no_label_warning(make_plan: Make) -> None:
    assert make_plan(SCARS, facts={"jurisdiction": "US"}).warnings == ()
    assert make_plan([("abdomen", "striae_red")], facts={"jurisdiction": "UK"}).warnings == ()


def test_a_burn_scar_of_unknown_age_is_warned_of(make_plan: Make) -> None:
    assert "burn_scar_age" in ids(make_plan([("thigh", "scar_burn")]).warnings)
    old = {"conditions": [{"code": "scar", "zones": ["thighs"], "closed_on": "2026-09-06"}]}
    plan = make_plan([("thigh", "scar_burn")], facts=old)
    assert "burn_scar_age" not in ids(plan.warnings)


def test_every_fault_of_a_request_is_named_with_its_place(make_plan: Make) -> None:
    with pytest.raises(InputError) as caught:
        make_plan(
            [("cheek_left", "acne_rolling"), ("cheeks", "freckles")],
            phototype=None,
            device_kind="rf_microneedling",
            device_label_max_mm=0.1,
            depth_mm=0,
            sessions=0,
            interval_weeks=0,
        )
    places = [line.split(":")[0] for line in caught.value.details]
    assert places == [
        "facts.phototype",
        "plan.targets[0].area",
        "plan.targets[1].concern",
        "plan.device_kind",
        "plan.device_label_max_mm",
        "plan.depth_mm",
        "plan.sessions",
        "plan.interval_weeks",
    ]


@pytest.mark.parametrize(
    "request_of",
    [{"device_kind": "scissors"}, {"primary_concern": "freckles"}, {"targets": []}],
)
def test_unknown_names_are_refused(make_plan: Make, request_of: dict[str, Any]) -> None:
    targets = request_of.pop("targets", SCARS)
    with pytest.raises(InputError):
        make_plan(targets, **request_of)
