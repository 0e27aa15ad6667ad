"""Nothing is told twice, and no line says other than another (planning reference 2.4, 3.1, 5.6)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from consult_app.domain.history import Condition, Facts, Medication, Procedure
from consult_app.domain.plan import PlanRequest, Target
from tests.handout.compose_cases import REQUEST, layout, make_composed, spaced

LONG, SHORT, LAST = 0, 6, 11
CUTS = pytest.mark.parametrize("cut", [LONG, SHORT, LAST])
SKIN_DOCTOR = "a skin doctor"
SARCOID = Condition(code="sarcoidosis", prior_needling_granuloma=False)


def plan_of(area: str, concern: str, **more: Any) -> PlanRequest:  # noqa: ANN401 - any field
    target = Target(area=area, concern=concern)
    return replace(REQUEST, primary_concern=concern, targets=(target,), **more)


@CUTS
def test_what_makes_melasma_darker_is_told_among_the_harms_only(cut: int) -> None:
    text = spaced(make_composed(plan_of("cheeks", "melasma"), cut=cut))

    assert text.count("can make it darker") == 1
    assert "can make it darker" in text.partition("Possible harms")[2]
    assert "It is not a cure." in text


@CUTS
def test_sunscreen_for_melasma_is_told_once_and_tinted(cut: int) -> None:
    text = spaced(make_composed(plan_of("cheeks", "melasma"), cut=cut))

    assert text.count("tinted mineral sunscreen") == 1
    assert text.count("SPF 50") == 1
    # The reason for the tint stands on a sheet that is not shortened.
    assert text.count("mineral sunscreen") == (2 if cut == LONG else 1)
    plain = spaced(make_composed(cut=cut))
    assert "SPF 50 mineral sunscreen" in plain
    assert "tinted" not in plain


@CUTS
def test_gaps_that_get_longer_are_not_called_the_same(cut: int) -> None:
    deeper = make_composed(plan_of("cheeks", "acne_rolling"), facts=Facts(phototype=5), cut=cut)
    alike = make_composed(plan_of("cheeks", "acne_rolling"), facts=Facts(phototype=2), cut=cut)

    assert "wait longer" in spaced(deeper)
    same = r"The (same gaps hold after every visit|gaps after visit 1 hold each time)\."
    most = r"Most gaps (are the same after later visits|after visit 1 hold each time)\."
    assert not re.search(same, spaced(deeper))
    assert re.search(most, spaced(deeper))
    assert "wait longer" not in spaced(alike)
    assert re.search(same, spaced(alike))


@CUTS
@pytest.mark.parametrize(("concern", "shallow"), [("dull_texture", True), ("acne_rolling", False)])
def test_redness_lasts_as_long_among_the_harms_as_day_by_day(
    concern: str, cut: int, *, shallow: bool
) -> None:
    """At half a millimetre the pink fades within the first day and skin is normal after it."""
    sheet = make_composed(plan_of("cheeks", concern), cut=cut)
    text = spaced(sheet)
    harms = text.partition("Possible harms")[2].partition("Before your visit")[0]

    assert ("about a day" in harms) is shallow
    assert ("one to three days" in harms) is not shallow
    assert ("normal or a bit dry" in text.lower()) is shallow
    # What the introductory articles say of the range stays.
    assert "up to a week" in harms
    assert "a week or more" in text


@CUTS
@pytest.mark.parametrize(("weeks", "there"), [(4, True), (6, False)])
def test_the_photo_is_taken_at_a_visit_that_is_no_later(
    weeks: int, cut: int, *, there: bool
) -> None:
    """Planning reference 3.2: at 28 days, or at the next visit if that is sooner."""
    sheet = make_composed(plan_of("cheeks", "acne_rolling", interval_weeks=weeks), cut=cut)
    told = spaced(sheet).partition("Your visits")[2].partition("What happens")[0]

    assert ("at visit 2." in told) is there
    assert ("4 Oct" in told.partition("We call")[2]) is not there
    # To send a photo or to come: without that nobody could follow it.
    how = "Ask if you should come in" if cut == LONG else ": ask how."
    assert (how in told) is not there


def test_a_photo_after_the_only_visit_has_its_day() -> None:
    sheet = make_composed(alter=lambda plan: replace(plan, session_dates=plan.session_dates[:1]))

    assert "Photo and skin check on Monday 4 October." in spaced(sheet)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (
            {"procedures": (Procedure(code="filler_permanent", zones=("cheeks",)),)},
            "whoever put in your filler",
        ),
        ({"conditions": (SARCOID,)}, SKIN_DOCTOR),
        ({"medications": (Medication(code="apixaban", status="current"),)}, "your doctor"),
    ],
)
def test_who_is_asked_is_named(facts: dict[str, Any], told: str) -> None:
    known = Facts(phototype=2, **facts)
    long, short = (spaced(make_composed(facts=known, cut=cut)) for cut in (LONG, SHORT))

    assert f"We need an answer from {told} before your first visit." in long
    assert long.count("We need an answer from") == 1
    assert short.count("must answer us first") == 1
    assert ("Your doctor must answer us first." in short) is (told == "your doctor")


def test_whoever_is_asked_by_name_is_asked_for_a_condition_that_can_be() -> None:
    facts = Facts(
        phototype=2,
        procedures=(Procedure(code="filler_permanent", zones=("cheeks",)),),
        medications=(Medication(code="apixaban", status="current"),),
    )
    visits = spaced(make_composed(facts=facts)).partition("Your visits")[2]

    assert "from your doctor before your first visit. It is about your blood thinner." in visits
    assert "We need an answer from whoever put in your filler" in visits
    assert not set(layout().settling.talk) & set(layout().settling.doctor)


@pytest.mark.parametrize(("area", "through"), [("hands", False), ("cheeks", True)])
def test_wrinkle_injections_wait_for_a_next_visit_only_where_the_plan_says_so(
    area: str, *, through: bool
) -> None:
    """Planning reference 3.2: before a visit they are off on the face, filler on the hands too."""
    text = spaced(make_composed(plan_of(area, "fine_lines", interval_weeks=4)))

    waits = [line for line in text.splitlines() if line.startswith(("x Before", "x Through"))]

    (injections,) = (line for line in waits if "wrinkle injections" in line)
    (filler,) = (line for line in waits if "filler" in line)
    assert filler.startswith("x Through all visits, before Tuesday 14 December:")
    assert (injections == filler) is through
    assert injections.startswith("x Before Tuesday 21 September:") is not through


@CUTS
@pytest.mark.parametrize(
    ("areas", "waist"),
    [(("hands",), False), (("hands", "cheeks"), False), (("hands", "thighs"), True)],
)
def test_hands_have_no_waistband(areas: tuple[str, ...], cut: int, *, waist: bool) -> None:
    concerns = {"thighs": "striae_red"}
    targets = tuple(Target(area=it, concern=concerns.get(it, "dull_texture")) for it in areas)
    request = replace(REQUEST, primary_concern=targets[0].concern, targets=targets)
    text = spaced(make_composed(request, cut=cut))

    assert ("Tight waistbands" in text) is waist
    assert ("sleeves or gloves" in text) is not waist
    assert "loose, clean, soft" in text
