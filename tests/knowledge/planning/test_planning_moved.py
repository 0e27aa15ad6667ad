"""What a plan rests on holds on the day of its first visit and for its own lines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from consult_app.domain.plan import Plan
from consult_app.knowledge.planning.request import ClinicLimits

Make = Callable[..., Plan]
NOSE = [("nose", "acne_rolling")]


def ids(plan: Plan) -> set[str]:
    return {note.id for note in plan.warnings}


@pytest.mark.parametrize(("born", "cap"), [("1957-09-20", 0.5), ("1957-09-21", 0.75)])
def test_who_turns_seventy_by_the_day_it_moves_to_has_thin_skin(
    make_plan: Make, born: str, cap: float
) -> None:
    """Reference 1.2, `cap_fragile`: age 70+; the plan moves from 6 to 20 September 2027."""
    attack = {"code": "mi", "date": "2027-03-20"}
    plan = make_plan(NOSE, facts={"date_of_birth": born, "conditions": [attack]})
    assert plan.session_dates[0].date() == date(2027, 9, 20)
    assert plan.lines[0].cap_mm == cap
    assert plan.session_plan[0].depths[0].planned_mm == cap
    assert ("fragile" in ids(plan)) is (cap == 0.5)


def test_a_shallower_plan_moves_no_further_than_the_deeper_one(make_plan: Make) -> None:
    """The event moves it past the birthday."""
    facts = {"date_of_birth": "1957-09-10"}
    plan = make_plan([("cheeks", "acne_rolling")], facts=facts, event_date="2027-09-12")
    assert plan.earliest_first_session == date(2027, 9, 13)
    assert {"fragile", "event_buffer"} <= ids(plan)
    assert plan.lines[0].cap_mm == 1.25


@pytest.mark.parametrize("first", [None, "2027-06-01T09:15"])
def test_without_a_day_the_soonest_one_counts(make_plan: Make, first: str | None) -> None:
    attack = {"code": "mi", "date": "2027-01-20"}
    facts = {"date_of_birth": "1957-07-20", "conditions": [attack]}
    plan = make_plan(NOSE, facts=facts, first_session=first)
    assert plan.earliest_first_session == date(2027, 7, 20)
    assert plan.lines[0].cap_mm == 0.5


@pytest.mark.parametrize(("closed", "warned"), [("2026-09-20", False), ("2026-09-21", True)])
def test_a_burn_scar_is_as_old_as_on_the_day_it_moves_to(
    make_plan: Make, closed: str, *, warned: bool
) -> None:
    """Reference 1.3: at least 12 months old; the plan moves from 6 to 20 September 2027."""
    scar = {"code": "scar", "zones": ["thighs"], "closed_on": closed}
    told = {"conditions": [{"code": "mi", "date": "2027-03-20"}, scar]}
    assert ("burn_scar_age" in ids(make_plan([("thigh", "scar_burn")], facts=told))) is warned


@pytest.mark.parametrize(("first", "warned"), [("2028-06-01", False), ("2028-05-31", True)])
def test_a_burn_scar_closed_in_the_year_of_telling_closed_by_that_day(
    make_plan: Make, first: str, *, warned: bool
) -> None:
    """Screening reference 0.2: a year ends with the day on which it was told, 1 June 2027."""
    scar = {"code": "scar", "zones": ["thighs"], "closed_on": "2027"}
    facts = {"consult_date": "2027-06-01", "conditions": [scar]}
    plan = make_plan([("thigh", "scar_burn")], facts=facts, first_session=f"{first}T09:15")
    assert ("burn_scar_age" in ids(plan)) is warned


@pytest.mark.parametrize(("born", "warned"), [("2005-09-20", False), ("2005-09-21", True)])
def test_the_age_of_a_label_is_that_of_the_day_it_moves_to(
    make_plan: Make, born: str, *, warned: bool
) -> None:
    attack = {"code": "mi", "date": "2027-03-20"}
    facts = {"jurisdiction": "US", "date_of_birth": born, "conditions": [attack]}
    plan = make_plan([("cheeks", "wrinkles")], facts=facts)
    assert ("outside_cleared_use" in ids(plan)) is warned
    assert plan.lines[0].outside_label is warned


@pytest.mark.parametrize(
    ("area", "fragile", "most", "cap", "by"),
    [
        ("decollete", False, 1.25, 1.25, {"area"}),
        ("decollete", True, 1.25, 1.25, {"area"}),
        ("decollete", True, None, 1.25, {"area", "fragile"}),
        ("decollete", False, None, 1.5, {"area"}),
        ("crows_feet", True, None, 0.5, {"area", "fragile"}),
        ("crows_feet", False, None, 0.75, {"area"}),
        ("forehead", True, 0.75, 0.75, {"area"}),
    ],
)
def test_thin_skin_holds_a_depth_only_where_it_lowers_one(
    make_plan: Make, area: str, *, fragile: bool, most: float | None, cap: float, by: set[str]
) -> None:
    """Reference 1.2, `cap_fragile`, beside a depth that a written reason allows."""
    limits = ClinicLimits(deeper_areas=((area, most),))
    plan = make_plan([(area, "scar_flat")], fragile=fragile, depth_mm=2.0, limits=limits)
    assert plan.lines[0].cap_mm == cap
    assert set(plan.lines[0].cap_by) == by


@pytest.mark.parametrize(
    ("targets", "facts", "beyond"),
    [
        (
            [("crows_feet", "fine_lines"), ("neck", "striae_white")],
            {"device_profile": "exceed", "phototype": 6},
            True,
        ),
        (
            [("cheeks", "wrinkles"), ("neck", "scar_flat")],
            {"device_profile": "skinpen_precision", "phototype": 1},
            False,
        ),
        (
            [("cheeks", "pores"), ("neck", "wrinkles")],
            {"device_profile": "skinpen_precision", "phototype": 1},
            False,
        ),
        ([("neck", "wrinkles")], {"device_profile": "skinpen_precision", "phototype": 1}, True),
    ],
)
def test_the_label_is_held_against_what_is_treated_where(
    make_plan: Make, targets: list[tuple[str, str]], facts: dict[str, Any], *, beyond: bool
) -> None:
    """Screening reference, item 3: Exceed and wrinkles beyond type III; SkinPen and the neck."""
    assert ("device_label_mismatch" in ids(make_plan(targets, facts=facts))) is beyond
