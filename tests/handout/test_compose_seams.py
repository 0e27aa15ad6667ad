"""The sheet says what holds for this patient, by whichever way it was told."""

from __future__ import annotations

import re
from typing import Any

import pytest

from consult_app.domain.history import Condition, Facts, Medication, Numbing
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.plan import PlanRequest, Target
from consult_app.handout.document import Handout
from consult_app.values import replace
from tests.handout.compose_cases import MADE_ON, REQUEST, layout, locale, make_composed, spaced

TEXTURE = Target(area="cheeks", concern="dull_texture")
LONG_AGO = PartialDate(year=2020, month=1, day=1)
TO_COME = PartialDate(year=2027, month=8, day=1)
WARTS = "Your warts have to be gone first."
DOCTOR = "We need an answer from your doctor before your first visit."
TALK = "We need to talk more with you before your first visit."


def plan_of(*targets: Target) -> PlanRequest:
    return replace(REQUEST, primary_concern=targets[0].concern, targets=targets)


def sheet(request: PlanRequest = REQUEST, *, cut: int = 0, **facts: Any) -> Handout:  # noqa: ANN401 - any fact
    known = Facts(phototype=2, consult_date=MADE_ON)
    return make_composed(request, facts=replace(known, **facts), cut=cut)


@pytest.mark.parametrize(
    ("request_", "conditions"),
    [
        (plan_of(TEXTURE), (Condition(code="melasma", zones=("face",)),)),
        (plan_of(TEXTURE), (Condition(code="melasma"),)),
        (plan_of(replace(TEXTURE, melasma_here=True)), ()),
        (plan_of(replace(TEXTURE, concern="melasma")), ()),
    ],
)
def test_melasma_is_told_of_however_it_was_named(
    request_: PlanRequest, conditions: tuple[Condition, ...]
) -> None:
    text = spaced(sheet(request_, conditions=conditions))

    assert "Melasma: too much needling or sun can make it darker." in text
    assert "Choose a tinted mineral sunscreen." in text


def test_melasma_elsewhere_is_no_matter_of_the_sheet() -> None:
    there = (Condition(code="melasma", zones=("forehead",)),)
    text = spaced(sheet(plan_of(TEXTURE), conditions=there))

    assert "elasma" not in text
    assert "tinted" not in text


@pytest.mark.parametrize("code", ["warfarin", "heparin", "clopidogrel", "aspirin"])
def test_a_blood_thinner_of_the_past_is_not_taken(code: str) -> None:
    past = Medication(code=code, status="stopped", last_dose=LONG_AGO)
    taken = Medication(code=code, status="current")

    assert "lood thinner" not in spaced(sheet(medications=(past,)))
    told = "Aspirin is a blood thinner." if code == "aspirin" else "You take a blood thinner."
    assert told in spaced(sheet(medications=(taken,)))


@pytest.mark.parametrize(
    ("cream", "told"),
    [
        (Medication(code="adapalene", status="current", zones=("face",)), True),
        (Medication(code="adapalene", status="current"), True),
        (Medication(code="adapalene", last_dose=LONG_AGO), True),
        (Medication(code="adapalene", status="stopped", last_dose=TO_COME), True),
        (Medication(code="adapalene", status="stopped", last_dose=LONG_AGO), False),
        (Medication(code="adapalene", status="current", zones=("back",)), False),
    ],
)
def test_a_strong_cream_is_stopped_where_it_is_used(cream: Medication, *, told: bool) -> None:
    text = spaced(sheet(medications=(cream,)))

    assert ("Stop your strong cream" in text) is told


@pytest.mark.parametrize(
    ("zones", "told"),
    [(("lip_vermilion",), True), (None, True), (("genital_mucosa",), False), (("neck",), False)],
)
def test_cold_sores_are_those_of_the_face(zones: tuple[str, ...] | None, *, told: bool) -> None:
    healed = PartialDate(year=2020)
    sores = Condition(code="herpes_simplex", status="healed", zones=zones, date_healed=healed)
    text = spaced(sheet(conditions=(sores,)))

    assert ("You have had cold sores before." in text) is told


def test_what_no_label_covers_is_said_in_the_united_states() -> None:
    neck = plan_of(Target(area="neck", concern="wrinkles"))
    said = {
        kind: "The FDA has not reviewed this device for this use."
        in spaced(make_composed(neck, facts=Facts(phototype=kind), recipient=locale("US", "en-US")))
        for kind in (1, 2, 4, 5)
    }

    assert said == {1: True, 2: False, 4: False, 5: True}


def test_other_treatments_of_narrow_scars_are_named_where_other_concerns_lead() -> None:
    lines, pores = (Target(area="forehead", concern=name) for name in ("fine_lines", "pores"))
    scars = Target(area="cheeks", concern="acne_icepick")
    words = "There are other treatments for narrow, deep scars."

    for cut in (0, 11):
        assert words in spaced(sheet(plan_of(lines, pores, scars), cut=cut))
    assert words not in spaced(sheet(plan_of(scars, lines, pores)))


def test_atopic_eczema_shortens_the_visit_by_what_the_cream_must_not_stay() -> None:
    cream = replace(REQUEST, numbing=Numbing(product="emla", minutes=60))
    eczema = Condition(code="eczema", status="remission", atopic=True)

    # 10 to talk, the cream, 10 of needling on the cheeks, 10 to calm.
    assert "about 90 minutes" in spaced(sheet(cream))
    assert "about 60 minutes" in spaced(sheet(cream, conditions=(eczema,)))


def test_dates_follow_a_concern_that_is_treated() -> None:
    loose = Target(area="eyelid", concern="laxity")
    lines = Target(area="cheeks", concern="fine_lines")

    # Fine lines change from 4 weeks on, loose skin from 8.
    assert "You may see a change from Monday 4 October 2027 on." in spaced(
        sheet(plan_of(loose, lines))
    )


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"conditions": (Condition(code="warts", zones=("cheeks",)),)}, WARTS),
        ({"conditions": (Condition(code="suspicious_lesion", zones=("cheeks",)),)}, DOCTOR),
        ({"conditions": (Condition(code="actinic_keratosis", zones=("cheeks",)),)}, DOCTOR),
        ({"conditions": (Condition(code="unrealistic_expectations"),)}, TALK),
        ({"conditions": (Condition(code="keloid", zones=("abdomen",)),)}, TALK),
        ({"allergies": ("nickel",)}, TALK),
        ({"breastfeeding": True}, TALK),
        ({"pregnancy": "possible"}, "We must know that you are not pregnant first."),
        (
            {"conditions": (Condition(code="skin_infection", status="active", zones=("cheeks",)),)},
            "clear of germs",
        ),
    ],
)
def test_whoever_settles_it_is_named_and_nobody_else(facts: dict[str, Any], told: str) -> None:
    """Warts have to be gone and hopes are talked over: no doctor answers for that."""
    text = spaced(sheet(**facts))

    assert [each for each in (WARTS, DOCTOR, TALK) if each in text] == [told] * (
        told in (WARTS, DOCTOR, TALK)
    )
    assert told in text
    assert "Something has to heal" not in text
    assert "These dates may change." in text


CUTS = range(layout().budget.cuts + 1)
SCALP = Target(area="scalp", concern="hair_aga")


@pytest.mark.parametrize("cut", CUTS)
def test_what_holds_in_other_places_says_of_what(cut: int) -> None:
    """*In other places: not known* stood on the next line or page, without what it is of."""
    targets = (Target(area="cheeks", concern="pih"), Target(area="neck", concern="pih"))
    text = spaced(sheet(plan_of(*targets), cut=cut, phototype=5))

    assert "Dark patches in other places: " in text
    assert "In other places" not in text


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize("done", [0, 1])
def test_gaps_that_are_the_same_are_those_of_a_visit_that_is_named(done: int, cut: int) -> None:
    text = spaced(make_composed(cut=cut, done=done))

    named = {
        0: r"visit 1\. The same gaps hold|gaps after visit 1 hold",
        1: "gaps after visit 2 hold",
    }
    assert re.search(named[done], text)


@pytest.mark.parametrize("cut", [0, 1])
def test_only_skin_that_is_seen_may_look_brighter(cut: int) -> None:
    hair, both = plan_of(SCALP), plan_of(SCALP, TEXTURE)

    assert "brighter" not in spaced(sheet(hair, cut=cut))
    assert "may look brighter for a few days" in spaced(sheet(both, cut=cut))


def test_water_to_wash_with_does_not_allow_what_has_to_wait() -> None:
    """*Lukewarm water to wash* stood beside six hours without washing, which begin with it."""
    text = spaced(make_composed())

    assert "lukewarm water if washing" in text
    assert "Before 3:15 pm on Monday 6 September: washing." in text


@pytest.mark.parametrize("cut", range(layout().budget.cuts))
@pytest.mark.parametrize("anew", [False, True])
def test_a_plan_after_another_one_says_that_its_visits_count_from_one(
    cut: int, *, anew: bool
) -> None:
    """It began with visit 1 for a patient who had had two."""
    text = spaced(make_composed(cut=cut, anew=anew))

    assert ("This plan counts from visit 1 again." in text) is anew
