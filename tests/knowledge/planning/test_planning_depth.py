"""Depth limits: the lowest wins, in exact steps, and every change is said."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.domain.plan import Plan, PlanOutcome
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.request import ClinicLimits

Make = Callable[..., Plan]
RANK = list(reversed(PlanOutcome))


def ids(notes: tuple[object, ...]) -> list[str]:
    return [str(getattr(note, "id", "")) for note in notes]


def test_the_device_label_and_the_operator_lower_the_cap(make_plan: Make) -> None:
    by_label = make_plan([("cheeks", "acne_rolling")], device_label_max_mm=0.8)
    assert by_label.lines[0].cap_mm == 0.75
    assert by_label.lines[0].flags == ("limited_by_ceiling", "below_usual_depth")
    by_operator = make_plan([("cheeks", "acne_rolling")], limits=ClinicLimits(operator_max_mm=1.0))
    assert by_operator.lines[0].cap_mm == 1.0


@pytest.mark.parametrize(
    "facts",
    [
        {"date_of_birth": "1957-09-06"},
        {"conditions": [{"code": "fragile_skin"}]},
        {"medications": [{"code": "prednisolone", "mg_per_day": 5}]},
    ],
)
def test_thin_skin_lowers_the_cap_where_it_is_above_half_a_millimetre(
    make_plan: Make, facts: dict[str, object]
) -> None:
    plan = make_plan([("cheeks", "wrinkles"), ("crows_feet", "wrinkles")], facts=facts)
    assert [line.cap_mm for line in plan.lines] == [1.25, 0.5]
    marked = make_plan([("cheeks", "wrinkles")], fragile=True)
    assert marked.lines[0].cap_mm == 1.25


def test_seventy_is_reached_on_the_birthday(make_plan: Make) -> None:
    younger = make_plan([("cheeks", "wrinkles")], facts={"date_of_birth": "1957-09-07"})
    assert younger.lines[0].cap_mm == 1.5


@pytest.mark.parametrize(
    "case",
    [
        {"targets": [{"area": "cheeks", "concern": "wrinkles", "melasma_here": True}]},
        {"targets": [("cheeks", "wrinkles"), ("face", "melasma")]},
        {
            "targets": [("cheeks", "wrinkles")],
            "facts": {"conditions": [{"code": "melasma", "zones": ["face"]}]},
        },
        {"targets": [("cheeks", "wrinkles")], "facts": {"conditions": [{"code": "melasma"}]}},
    ],
)
def test_melasma_lowers_the_whole_area(make_plan: Make, case: dict[str, object]) -> None:
    plan = make_plan(case.pop("targets"), **case)
    assert plan.lines[0].cap_mm == 0.5


def test_melasma_elsewhere_leaves_the_area_alone(make_plan: Make) -> None:
    known = {"conditions": [{"code": "melasma", "zones": ["forehead"]}]}
    assert make_plan([("cheeks", "wrinkles")], facts=known).lines[0].cap_mm == 1.5


def test_a_depth_asked_for_is_held_to_the_cap_with_a_reason(make_plan: Make) -> None:
    plan = make_plan([("cheeks", "acne_rolling")], depth_mm=2.0)
    (change,) = plan.adjustments
    assert (change.field, change.requested, change.used) == ("depth_mm", 2.0, 1.5)
    assert "1.5" in change.reason
    assert plan.outcome is PlanOutcome.PROCEED_WITH_ADJUSTMENTS


def test_a_soft_cap_set_aside_with_a_reason_is_held_to_the_hard_cap(make_plan: Make) -> None:
    plan = make_plan(
        [("cheeks", "acne_rolling")],
        depth_mm=2.5,
        limits=ClinicLimits(deeper_areas=(("cheeks", None),)),
    )
    assert plan.lines[0].cap_mm == 2.0
    assert plan.session_plan[0].depths[0].planned_mm == 2.0
    assert "face_unevaluated" in ids(plan.warnings)
    assert plan.interval_weeks is not None
    assert plan.interval_weeks.min == 6


@pytest.mark.parametrize(
    ("most", "fragile", "cap"),
    [(1.75, False, 1.75), (3.0, False, 2.0), (1.0, False, 1.5), (1.75, True, 1.75)],
)
def test_a_reason_goes_as_deep_as_it_was_written_for(
    make_plan: Make, most: float, cap: float, *, fragile: bool
) -> None:
    """The cheeks have a soft cap of 1.5 mm; no deeper than the concern goes, which is 2.0 mm."""
    limits = ClinicLimits(deeper_areas=(("cheeks", most),))
    plan = make_plan([("cheeks", "acne_rolling")], depth_mm=2.5, limits=limits, fragile=fragile)
    assert plan.lines[0].cap_mm == cap


def test_less_than_usual_is_kept_as_asked_and_said(make_plan: Make) -> None:
    """A first session at 0.5 mm is offered when the pigment score is high."""
    plan = make_plan([("cheeks", "acne_rolling")], phototype=5, depth_mm=0.5)
    assert plan.session_plan[0].depths[0].planned_mm == 0.5
    assert plan.adjustments == ()
    assert "depth_below_usual" in ids(plan.warnings)


def test_a_roller_takes_the_head_below(make_plan: Make) -> None:
    plan = make_plan([("nose", "pores")], device_kind="dermaroller")
    assert plan.session_plan[0].depths[0].planned_mm == 0.5
    asked = make_plan([("cheeks", "acne_rolling")], device_kind="dermaroller", depth_mm=1.25)
    assert [(item.requested, item.used) for item in asked.adjustments] == [(1.25, 1.0)]


def test_darker_skin_starts_low_and_rises_by_a_step(make_plan: Make) -> None:
    plan = make_plan([("abdomen", "striae_white")], phototype=6, sessions=6)
    depths = [session.depths[0].planned_mm for session in plan.session_plan]
    assert depths == [1.0, 1.25, 1.5, 1.5, 1.5, 1.5]
    lighter = make_plan([("abdomen", "striae_white")], phototype=3)
    assert {session.depths[0].planned_mm for session in lighter.session_plan} == {1.5}


def test_a_whole_face_is_held_to_its_thinnest_offered_part(make_plan: Make) -> None:
    lines = make_plan([("face", "acne_rolling"), ("face", "fine_lines")]).lines
    assert [line.cap_mm for line in lines] == [0.75, 0.5]


def test_two_depths_in_one_area_are_told_apart(make_plan: Make) -> None:
    plan = make_plan([("cheeks", "acne_rolling"), ("cheeks", "fine_lines")])
    assert "spot_treat" in ids(plan.warnings)


def test_a_prohibited_area_is_taken_out_and_nothing_left_is_not_treated(make_plan: Make) -> None:
    plan = make_plan([("cheeks", "wrinkles"), ("eyelid", "wrinkles")])
    assert [line.area for line in plan.lines] == ["cheeks"]
    assert plan.adjustments[0].field == "targets[1].area"
    assert plan.outcome is PlanOutcome.PROCEED_WITH_ADJUSTMENTS
    alone = make_plan([("eyelid", "wrinkles")])
    assert alone.outcome is PlanOutcome.DO_NOT_TREAT
    assert alone.session_dates == ()


@given(data=st.data())
def test_no_plan_ever_passes_a_cap(make_plan: Make, pack: Pack, data: st.DataObject) -> None:
    areas = [area.id for area in pack.protocol.areas.area if pack.protocol.areas.caps(area.id)]
    area = data.draw(st.sampled_from(areas))
    concern = data.draw(st.sampled_from(pack.protocol.concerns))
    label = data.draw(st.none() | st.floats(min_value=0.25, max_value=3.0))
    plan = make_plan(
        [(area, concern.id)],
        phototype=data.draw(st.integers(1, 6)),
        device_label_max_mm=label,
        device_kind=data.draw(st.sampled_from(["automated_pen", "stamp", "dermaroller"])),
        depth_mm=data.draw(st.none() | st.floats(min_value=0.1, max_value=4.0)),
        fragile=data.draw(st.booleans()),
    )
    (line,) = plan.lines
    assert line.floor_mm <= line.cap_mm <= min(2.5, concern.depth_mm.max, line.hard_cap_mm)
    assert line.typical_mm <= line.cap_mm
    assert label is None or line.cap_mm <= label
    assert (line.cap_mm * 4).is_integer()
    planned = [session.depths[0].planned_mm for session in plan.session_plan]
    assert planned == sorted(planned)
    assert all(0 < depth <= line.cap_mm for depth in planned)
    assert all(item.depths[0].planned_mm <= item.depths[0].ceiling_mm for item in plan.session_plan)


@given(
    steps=st.tuples(st.integers(1, 12), st.integers(1, 12)),
    phototype=st.integers(1, 6),
    medicines=st.sampled_from([[], ["apixaban"], ["aspirin"]]),
)
def test_a_deeper_request_never_gives_a_milder_outcome(
    make_plan: Make, steps: tuple[int, int], phototype: int, medicines: list[str]
) -> None:
    facts = {"medications": [{"code": code, "status": "current"} for code in medicines]}
    shallow, deep = (
        make_plan([("cheeks", "acne_rolling")], phototype=phototype, facts=facts, depth_mm=step / 4)
        for step in sorted(steps)
    )
    assert RANK.index(shallow.outcome) <= RANK.index(deep.outcome)
