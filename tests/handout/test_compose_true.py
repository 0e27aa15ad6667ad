"""What the sheet says is true of this patient, and no line says other than the next."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from consult_app.domain.history import Condition, Facts, Medication, Numbing
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.people import Practitioner
from consult_app.domain.plan import Plan, PlanRequest, Target
from tests.handout.compose_cases import (
    FIRST,
    MADE_ON,
    RECIPIENT,
    REQUEST,
    layout,
    make_composed,
    spaced,
)

SCALP = Target(area="scalp", concern="hair_aga")
THINNER = Medication(code="apixaban", status="current", prescribed=True)
EMLA = Numbing(product="emla", grams=5, area_cm2=100)
LONG, SHORT = 0, 6
REST = "Dark patches in other places: no one knows how often."


def plan_of(*targets: Target, addons: tuple[str, ...] = ()) -> PlanRequest:
    return replace(REQUEST, primary_concern=targets[0].concern, targets=targets, addons=addons)


def keep(plan: Plan) -> Plan:
    return plan


def keep_one(plan: Plan) -> Plan:
    return replace(plan, session_dates=plan.session_dates[:1])


def target(area: str, concern: str) -> Target:
    return Target(area=area, concern=concern)


@pytest.mark.parametrize(
    ("concern", "told"),
    [
        ("pih", "We do not know if it helps with what you have."),
        ("pores", "There is little proof that it helps with lines, pores or dull skin."),
        ("fine_lines", "There is little proof that it helps with lines."),
        ("acne_rolling", "It may help acne scars a bit more."),
    ],
)
@pytest.mark.parametrize("cut", [LONG, SHORT])
def test_of_plasma_nothing_is_told_that_is_of_another_concern(
    concern: str, told: str, cut: int
) -> None:
    """What is not known of a concern is said to be not known (planning reference 1.12)."""
    request = plan_of(target("cheeks", concern), addons=("prp",))
    text = spaced(make_composed(request, cut=cut))

    assert told in text
    assert ("acne scars a bit" in text) is (concern == "acne_rolling")
    assert ("helps with lines" in text) is (concern in ("fine_lines", "pores"))


@pytest.mark.parametrize("cut", [LONG, SHORT])
@pytest.mark.parametrize(
    ("targets", "phototype", "told"),
    [
        ((target("cheeks", "acne_rolling"), target("hands", "dull_texture")), 5, True),
        ((target("thighs", "striae_red"), target("hands", "dull_texture")), 2, True),
        ((target("cheeks", "acne_rolling"), target("thighs", "striae_red")), 5, False),
        ((target("cheeks", "acne_rolling"),), 5, False),
        ((target("hands", "dull_texture"),), 5, False),
    ],
)
def test_a_number_for_one_place_is_none_for_another(
    targets: tuple[Target, ...],
    phototype: Any,  # noqa: ANN401 - a literal
    cut: int,
    *,
    told: bool,
) -> None:
    text = spaced(make_composed(plan_of(*targets), facts=Facts(phototype=phototype), cut=cut))

    assert (REST in text) is told


@pytest.mark.parametrize("cut", [LONG, SHORT])
@pytest.mark.parametrize("sores", [(), (Condition(code="herpes_simplex", status="healed"),)])
def test_bruises_that_are_more_likely_are_not_rare_as_well(
    sores: tuple[Condition, ...], cut: int
) -> None:
    for fragile, medications in ((True, ()), (False, (THINNER,)), (True, (THINNER,))):
        text = spaced(
            make_composed(
                replace(REQUEST, fragile=fragile),
                facts=Facts(phototype=2, conditions=sores, medications=medications),
                cut=cut,
            )
        )
        harms = text.partition("Possible harms")[2].partition("Before your visit")[0]
        assert harms.lower().count("bruise") == 1


@pytest.mark.parametrize("cut", [LONG, SHORT])
def test_who_stopped_a_blood_thinner_is_not_told_to_go_on_with_it(cut: int) -> None:
    stopped = replace(THINNER, status="stopped", last_dose=PartialDate(year=2027, month=6, day=29))
    facts = Facts(phototype=2, consult_date=MADE_ON, medications=(stopped,))
    soon = replace(REQUEST, first_session=datetime.combine(MADE_ON + timedelta(days=1), time(9)))
    text = spaced(make_composed(soon, facts=facts, cut=cut))

    assert "You took a blood thinner not long ago." in text
    assert "You take a blood thinner" not in text
    assert "Do not stop your blood thinner" not in text
    assert "only a doctor may stop it" not in text


def test_a_rash_is_not_some_peoples_and_rare() -> None:
    harms = spaced(make_composed()).partition("Possible harms")[2]

    assert harms.partition("Rare:")[0].count("a rash") == 1
    assert "a rash that lasts" in harms.partition("Rare:")[2]


@pytest.mark.parametrize("cut", [LONG, SHORT])
def test_it_is_melasma_that_keeps_thick_skin_from_deeper_needles(cut: int) -> None:
    here = replace(target("cheeks", "acne_rolling"), melasma_here=True)
    nose = target("nose", "acne_rolling")
    melasma, one, both = (
        spaced(make_composed(plan_of(*targets), cut=cut))
        for targets in ((here,), (nose,), (nose, target("cheeks", "acne_boxcar")))
    )

    assert "Where you have melasma we go less deep" in melasma
    assert "skin is thin" not in melasma
    assert "melasma" not in one
    assert "skin is thin" in one
    assert "some of these areas" not in one
    assert "skin is thin" in both


@pytest.mark.parametrize("cut", [LONG, SHORT])
def test_what_is_not_washed_is_not_washed_with_water(cut: int) -> None:
    """Skin may be washed after six hours, hair after a day: the longer wait counts (3.1)."""
    face, hair = spaced(make_composed(cut=cut)), spaced(make_composed(plan_of(SCALP), cut=cut))

    assert "lukewarm water if washing" in face
    assert "lukewarm" not in hair
    assert ": washing." not in hair
    assert "washing your hair, minoxidil" in hair


@pytest.mark.parametrize("cut", [LONG, SHORT])
def test_no_peel_and_no_laser_is_the_other_choice_for_thinning_hair(cut: int) -> None:
    hair = spaced(make_composed(plan_of(SCALP), cut=cut)).partition("Other choices")[2]
    choices = hair.partition("Possible harms")[0]

    assert "You can use minoxidil on its own." in choices
    assert "You can also choose to do nothing." in choices
    assert "peel" not in choices
    assert "Your skin will stay" not in choices
    both = spaced(make_composed(plan_of(SCALP, target("cheeks", "pores")), cut=cut))
    assert "a laser" in both


@pytest.mark.parametrize("cut", [LONG, SHORT])
def test_days_to_look_at_the_skin_have_their_weekday(cut: int) -> None:
    text = spaced(make_composed(cut=cut))
    may = text.partition("What it may do")[2].partition("Other choices")[0]

    assert "Mon" in may.partition("change from ")[2][:4]
    assert "Mon" in may.partition("judge is " if cut == LONG else "check-up on ")[2][:4]


@pytest.mark.parametrize("cut", [LONG, SHORT])
def test_what_is_off_before_the_next_visit_is_not_allowed_after_this_one(cut: int) -> None:
    """Filler is off for 14 days after a visit and 28 before the next (planning reference 3.1)."""
    close, far, once = (
        spaced(make_composed(replace(REQUEST, interval_weeks=weeks), cut=cut, alter=alter))
        for weeks, alter in ((4, keep), (8, keep), (4, keep_one))
    )

    # The last of four visits every four weeks is on 29 November.
    assert re.search(
        r"Through all visits, before Tue\w* 14 Dec\w*: wrinkle injections, fill", close
    )
    assert re.search(r"Through all visits, before Tue\w* 28 Dec\w*: sunbathing, .*; peels", close)
    # Every eight weeks only filler has no day between, and lasers have none.
    assert re.search(r"Before Tue\w* 21 Sep\w*: .*wrinkle injections", far)
    assert re.search(
        r"Through all visits, before Tue\w* \d+ \w+ 2028: peels, lasers, facials\.", far
    )
    assert re.search(r"Before Tue\w* 21 Sep\w*: .*wrinkle injections, filler", once)
    assert "all visits" not in once


@pytest.mark.parametrize("hour", [10, 18])
def test_sunscreen_begins_when_the_gel_ends_and_has_no_gap(hour: int) -> None:
    clock = f"{hour % 12} {'pm' if hour > 12 else 'am'}"
    request = replace(REQUEST, first_session=datetime.combine(FIRST, time(hour)))
    text = spaced(make_composed(request))

    when = f"from {clock} on Tuesday 7 September until at least Monday 27 December"
    assert f"Between visits too, {when}: SPF" in text


def test_a_day_of_another_year_says_so() -> None:
    """A year of visits ends on a day that else would read as one of this month."""
    text = spaced(make_composed(replace(plan_of(SCALP), sessions=12)))

    assert (
        "Through all visits, before Tuesday 8 August 2028: peels, lasers, other skin treatments."
        in text
    )


def test_a_sheet_without_a_practitioner_is_the_clinics() -> None:
    nobody = replace(RECIPIENT, practitioner=Practitioner(name=" "))
    text = spaced(make_composed(recipient=nobody))

    assert "Made for Maya Okafor by Lumen Skin Clinic on" in text
    assert "Lumen Skin Clinic will treat you" in text


@pytest.mark.parametrize(
    ("others", "whole"),
    [
        ((), "face"),
        ((Target(area="neck", concern="fine_lines"),), "face"),
        ((SCALP,), "face"),
        ((Target(area="abdomen", concern="striae_white"),), "body"),
    ],
)
def test_the_picture_is_read_aloud_as_what_it_shows(others: tuple[Target, ...], whole: str) -> None:
    """Neck and scalp are drawn with the face, and were told as a body."""
    text = spaced(make_composed(plan_of(*REQUEST.targets, *others)))

    assert f"A {whole} that shows where we will treat: 1 Cheeks" in text


def test_the_picture_of_a_scalp_alone_is_read_aloud_as_a_face() -> None:
    text = spaced(make_composed(plan_of(SCALP)))

    assert "A face that shows where we will treat: 1 Scalp." in text


@pytest.mark.parametrize("cut", range(layout().budget.cuts + 1))
def test_no_number_that_is_missing_can_be_taken_for_that_of_a_telephone(cut: int) -> None:
    """*An emergency. The number is not known.* reads as if nobody could be called."""
    facts = Facts(
        phototype=5,
        conditions=(Condition(code="herpes_simplex", status="healed"),),
        medications=(THINNER,),
    )
    request = replace(REQUEST, numbing=EMLA, addons=("prp",))
    text = spaced(make_composed(request, facts=facts, cut=cut))

    assert "numbing cream:" in text
    assert "o one knows how often" in text
    assert not re.search(r"number (is )?not known", text)
