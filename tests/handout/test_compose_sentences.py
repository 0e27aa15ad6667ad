"""Sentences of the sheet stand well beside each other, with one and with many of a thing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from consult_app.domain.history import Condition, Facts, Medication, Numbing
from consult_app.domain.plan import Note, Plan, PlanRequest, Target
from consult_app.handout.text import write_text
from consult_app.knowledge.visits.continuing import continue_plan
from tests.handout.compose_cases import FIRST, RECIPIENT, REQUEST, make_composed, section, spaced

THINNER = Facts(
    phototype=2, medications=(Medication(code="apixaban", status="current", prescribed=True),)
)
FACE_AND_SCALP = replace(
    REQUEST, targets=(*REQUEST.targets, Target(area="scalp", concern="hair_aga"))
)
SCALP = replace(REQUEST, primary_concern="hair_aga", targets=FACE_AND_SCALP.targets[1:])
MAY_CHANGE = "These dates may change."


def _wait(plan: Plan) -> Plan:
    note = Note(id="waits_for_event", text="")
    return replace(plan, warnings=(*plan.warnings, note))


@pytest.mark.parametrize("cut", [0, 6])
def test_that_dates_may_change_is_said_once_whatever_the_reasons(cut: int) -> None:
    text = spaced(make_composed(facts=THINNER, cut=cut, alter=_wait))

    assert "Something has to heal or settle first." in text
    assert "doctor" in text.split(MAY_CHANGE, maxsplit=1)[0]
    assert text.count(MAY_CHANGE) == 1


def test_a_screen_tells_of_every_concern_and_a_sheet_names_those_it_leaves_out() -> None:
    """The patient would sign for a third concern and have read nothing of what it may do."""
    pores = replace(
        REQUEST,
        targets=(
            Target(area="nose", concern="pores"),
            *REQUEST.targets,
            Target(area="forehead", concern="fine_lines"),
        ),
    )
    sheet = make_composed(pores)
    screen = make_composed(pores, recipient=replace(RECIPIENT, screen=True))

    told = ("Your scars may look", "Pores may look", "Fine lines may look")
    assert [words in spaced(sheet) for words in told] == [True, True, False]
    assert [words in spaced(screen) for words in told] == [True, True, True]
    assert (sheet.untold, screen.untold) == (("fine_lines",), ())
    assert make_composed().untold == ()


@pytest.mark.parametrize("cut", [0, 4, 6, 11])
def test_the_emergency_of_a_numbing_cream_is_among_the_harms_wherever_one_is_planned(
    cut: int,
) -> None:
    """*Expectations* told of it, and the list that the patient reads before they sign did not."""
    for numbing in (Numbing(product="lidocaine4"), None):
        planned = replace(REQUEST, numbing=numbing)
        harms = repr(section(make_composed(planned, cut=cut), "harms"))
        assert ("umbing cream" in harms) is (numbing is not None)


def test_on_a_screen_nothing_is_to_be_ticked_off() -> None:
    screen = spaced(make_composed(recipient=replace(RECIPIENT, screen=True)))

    assert "Tick off" not in screen
    assert "What to do:" in screen
    assert "Tick off what you do:" in spaced(make_composed())


def test_without_dates_none_may_change() -> None:
    text = spaced(make_composed(replace(REQUEST, first_session=None), facts=THINNER))

    assert "We will set the dates with you. Then you get a new sheet" in text
    assert MAY_CHANGE not in text


@pytest.mark.parametrize(("visits", "told"), [(1, 0), (3, 1)])
def test_one_visit_is_not_told_as_one_of_many(visits: int, told: int) -> None:
    def keep(plan: Plan) -> Plan:
        return replace(plan, session_dates=plan.session_dates[:visits])

    text = spaced(make_composed(alter=keep))

    assert text.count("Do the same before each visit.") == told
    assert text.count("The same gaps hold after every visit.") == told


@pytest.mark.parametrize("cut", [0, 8])
@pytest.mark.parametrize(("visits", "told"), [(1, False), (2, False), (3, True)])
def test_before_the_last_visit_nothing_is_to_be_done_again(
    visits: int, cut: int, *, told: bool
) -> None:
    """On the day of the last visit but one there is one to come, and no *each* to count by."""

    def keep(plan: Plan) -> Plan:
        return replace(plan, session_dates=plan.session_dates[:visits])

    text = spaced(make_composed(alter=keep, made_on=FIRST.date(), cut=cut))

    assert ("before each visit" in text) is told


@pytest.mark.parametrize("cut", [0, 8, 11])
@pytest.mark.parametrize(("gone", "told"), [(-1, True), (0, False)])
def test_on_the_day_of_the_last_visit_nothing_is_off_until_it(
    gone: int, cut: int, *, told: bool
) -> None:
    """At home *until your visit* is the check-up: no tablets and no sun for three months."""
    gone_before = tuple(FIRST.date() - timedelta(weeks=4 * number) for number in (3, 2, 1))

    def leave_last(plan: Plan) -> Plan:
        return continue_plan(plan, gone_before)

    made_on = FIRST.date() + timedelta(days=gone)
    text = spaced(make_composed(alter=leave_last, done=3, made_on=made_on, cut=cut))

    assert ("Leave these out" in text) is told
    assert ("from today" in text.casefold()) is told
    assert "Do not stop a medicine your doctor gave you." in text
    assert "Do not, after your visit" in text


@pytest.mark.parametrize("cut", [0, 8])
@pytest.mark.parametrize(("visits", "told"), [(1, False), (3, True)])
def test_one_visit_without_a_day_is_not_told_as_one_of_many(
    visits: int, cut: int, *, told: bool
) -> None:
    def keep(plan: Plan) -> Plan:
        return replace(plan, session_plan=plan.session_plan[:visits])

    undated = replace(REQUEST, first_session=None)
    text = spaced(make_composed(undated, alter=keep, cut=cut))

    assert ("Leave these out before each visit:" in text) is told
    assert ("Leave these out until your visit:" in text) is not told
    assert ("hold after every visit" in text) is told


@pytest.mark.parametrize(("request_", "told"), [(REQUEST, False), (FACE_AND_SCALP, True)])
def test_several_numbers_in_the_picture_are_explained(request_: PlanRequest, *, told: bool) -> None:
    assert ("The numbers match those in the picture." in spaced(make_composed(request_))) == told


def test_a_hat_instead_of_sunscreen_is_for_the_scalp_alone() -> None:
    both, scalp = spaced(make_composed(FACE_AND_SCALP)), spaced(make_composed(SCALP))

    assert "On your scalp: a clean hat in the sun, not sunscreen." in both
    assert "SPF 50" in both
    assert "Wear a clean hat in the sun, not sunscreen." in scalp
    assert "On your scalp" not in scalp


def test_the_side_of_an_area_is_named_inside_the_sentence() -> None:
    text = spaced(make_composed(sides={"cheeks": "left"}))

    assert "1. Cheeks (your left)." in text
    assert "1 Cheeks (your left)" in text


def test_a_register_and_its_number_stay_together() -> None:
    practitioner = replace(RECIPIENT.practitioner, registration="GMC 1234567, NMC 12 A")
    text = write_text(make_composed(recipient=replace(RECIPIENT, practitioner=practitioner)))

    assert "Lena Hart, nurse, GMC\u00a01234567, NMC\u00a012\u00a0A, will treat you" in text


def test_what_only_the_doctor_can_stop_is_the_medicine() -> None:
    """Not the bleeding, which the sentence before would make it."""
    text = spaced(make_composed(facts=THINNER, cut=6))

    assert "Blood thinner: only a doctor may stop it." in text


@pytest.mark.parametrize(
    ("concerns", "scars", "lines"),
    [
        (["acne_rolling", "pih"], True, False),
        (["fine_lines"], False, True),
        (["acne_boxcar", "wrinkles"], True, True),
        (["pih"], False, False),
    ],
)
@pytest.mark.parametrize("cut", [0, 5, 10])
def test_of_plasma_is_told_what_it_does_for_this_plan(
    concerns: list[str], cut: int, *, scars: bool, lines: bool
) -> None:
    targets = tuple(Target(area="cheeks", concern=concern) for concern in concerns)
    request = replace(REQUEST, targets=targets, primary_concern=concerns[0], addons=("prp",))
    text = spaced(make_composed(request, cut=cut))

    assert ("It may help acne scars a bit more." in text, "helps with lines." in text) == (
        scars,
        lines,
    )
    assert "It adds cost and time." in text


@pytest.mark.parametrize("concern", ["acne_icepick", "melasma", "scar_burn", "age_spots"])
@pytest.mark.parametrize("cut", [0, 4])
def test_how_good_the_proof_is_is_said_once_and_of_needling(concern: str, cut: int) -> None:
    """Other treatments are told of just before it."""
    request = replace(
        REQUEST, targets=(Target(area="hands", concern=concern),), primary_concern=concern
    )
    text = spaced(make_composed(request, cut=cut))

    assert "proof for this" not in text
    assert text.count("proof") == 1


@pytest.mark.parametrize("cut", [0, 4])
def test_a_cold_sore_is_no_rare_harm_to_whoever_has_had_one(cut: int) -> None:
    sore = Facts(phototype=2, conditions=(Condition(code="herpes_simplex", status="healed"),))
    rare = [
        line
        for facts in (sore, Facts(phototype=2))
        for line in spaced(make_composed(facts=facts, cut=cut)).splitlines()
        if line.startswith("- Rare")
    ]

    assert ["cold sore" in line for line in rare] == [False, True]


def test_a_date_of_a_strong_cream_stands_once_on_a_short_sheet() -> None:
    """In the lists by date, where it never goes; who prescribed the cream is asked all the same."""
    cream = Medication(code="tretinoin_topical", status="current", prescribed=True)
    long, short = (
        spaced(make_composed(facts=Facts(phototype=2, medications=(cream,)), cut=cut))
        for cut in (7, 8)
    )

    assert "Stop your strong cream on" in long
    assert "Stop your strong cream on" not in short
    assert "Ask the person who prescribed your strong cream before you stop it." in short
    assert short.count("strong creams (retinol, acids, benzoyl peroxide, vitamin C)") == 1
    assert short.count("strong creams, scrubs") == 1


def test_that_a_flat_scar_stays_is_said_once() -> None:
    flat = Target(area="cheeks", concern="scar_flat")
    request = replace(REQUEST, targets=(flat,), primary_concern="scar_flat")
    both = replace(REQUEST, targets=(flat, *REQUEST.targets), primary_concern="scar_flat")

    assert "scars away" not in spaced(make_composed(request))
    assert "scars away" in spaced(make_composed(both))


def test_a_practitioner_without_a_role_stands_alone() -> None:
    practitioner = replace(RECIPIENT.practitioner, role="", registration="")
    text = spaced(make_composed(recipient=replace(RECIPIENT, practitioner=practitioner)))

    assert "Lena Hart will treat you" in text


@pytest.mark.parametrize("cut", [0, 4, 9])
def test_it_is_scores_that_fell_not_the_depth_of_scars(cut: int) -> None:
    """The shorter sentence claims no more than the studies (planning reference 5.7)."""
    text = spaced(make_composed(cut=cut))

    (told,) = re.findall(r"[^.]*one tenth to one half[^.]*\.", text)
    assert "studies" in told
    assert "scar scores" in told.lower()
