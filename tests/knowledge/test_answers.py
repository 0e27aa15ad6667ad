"""From answers to facts: a detail counts only while its question is answered Yes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import cast

import pytest

from consult_app.domain.consultation import Answer, ConcernWish, Consultation, Goals
from consult_app.domain.entries import LISTS, ListName, add_entry, find_entry
from consult_app.domain.history import Condition, Facts, Numbing
from consult_app.domain.people import Patient
from consult_app.domain.plan import PlanRequest, Target
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.answers import answers_of, planned_areas, settle_facts, told_areas

TODAY = date(2026, 6, 15)
VISIT = Consultation(
    id="v1",
    patient_id="p1",
    visit_date=TODAY,
    started_at=datetime.fromisoformat("2026-06-15T10:00"),
    patient=Patient(name="Ada Berg", date_of_birth=date(1990, 5, 1)),
)
COLD_SORE = Condition(code="herpes_simplex", status="active", zones=("upper_lip",))
YES, NO, UNSURE = Answer(state="yes"), Answer(state="no"), Answer(state="unsure")


def settle(pack: Pack, visit: Consultation) -> Facts:
    return settle_facts(pack, visit, today=TODAY)


def answer(**answers: Answer) -> Consultation:
    return replace(VISIT, facts=Facts(conditions=(COLD_SORE,)), answers=answers)


def test_nothing_asked_leaves_every_question_open(pack: Pack) -> None:
    visit = replace(VISIT, patient=Patient())

    always = tuple(question.id for question in pack.questions if not question.only_with)
    assert settle(pack, visit).unanswered == always


def test_a_yes_lets_its_details_count(pack: Pack) -> None:
    facts = settle(pack, answer(herpes_simplex=YES))

    assert facts.conditions == (COLD_SORE,)
    assert "herpes_simplex" not in facts.unanswered


def test_a_no_keeps_the_details_but_leaves_them_out(pack: Pack) -> None:
    visit = answer(herpes_simplex=NO)

    assert settle(pack, visit).conditions == ()
    assert visit.facts.conditions == (COLD_SORE,), "the visit itself keeps what was told"


@pytest.mark.parametrize("state", [UNSURE, None])
def test_what_is_known_counts_while_its_question_is_open(pack: Pack, state: Answer | None) -> None:
    """Leaving it out would hide what somebody already told."""
    visit = answer(herpes_simplex=state) if state else answer()

    facts = settle(pack, visit)
    assert "herpes_simplex" in facts.unanswered
    assert facts.conditions == (COLD_SORE,)


def test_a_yes_without_saying_what_leaves_every_such_question_open(pack: Pack) -> None:
    """It would fire nothing and look clear."""
    asked = [question.id for question in pack.questions if question.step in {"safety", "skin"}]
    visit = replace(VISIT, answers=dict.fromkeys(asked, YES))

    assert set(asked) <= set(settle(pack, visit).unanswered)


def test_a_no_puts_a_plain_fact_back_to_no(pack: Pack) -> None:
    told = replace(VISIT, facts=Facts(pregnancy="yes", breastfeeding=True))
    denied = replace(told, answers={"pregnancy": NO, "breastfeeding": NO})

    facts = settle(pack, denied)

    assert (facts.pregnancy, facts.breastfeeding) == ("no", Facts().breastfeeding)
    assert denied.facts.pregnancy == "yes", "the visit itself keeps what was told"


def test_a_code_that_two_questions_ask_for_counts_while_either_is_yes(pack: Pack) -> None:
    shared = next(
        code for code in pack.vocabulary.code if len(code.asked_by) > 1 and code.list in LISTS
    )
    name = cast("ListName", shared.list)
    first, second = shared.asked_by[:2]
    visit = replace(VISIT, facts=add_entry(Facts(), name, shared.id))

    one = settle(pack, replace(visit, answers={first: NO, second: YES}))
    none = settle(pack, replace(visit, answers={first: NO, second: NO}))

    assert find_entry(one, name, shared.id) is not None
    assert find_entry(none, name, shared.id) is None


def test_a_code_nobody_asks_for_is_kept(pack: Pack) -> None:
    unknown = Condition(code="something_from_elsewhere")
    visit = replace(VISIT, facts=Facts(conditions=(unknown,)))

    assert settle(pack, visit).conditions == (unknown,)


def test_the_visit_gives_dates_areas_numbing_and_addons(pack: Pack) -> None:
    plan = PlanRequest(
        primary_concern="acne_rolling",
        targets=(Target(area="cheeks", concern="acne_rolling"),),
        first_session=datetime.fromisoformat("2026-07-06T09:15"),
        numbing=Numbing(product="emla"),
        addons=("prp",),
    )

    facts = settle(pack, replace(VISIT, plan=plan))

    assert facts.consult_date == TODAY
    assert facts.treatment_date == date(2026, 7, 6)
    assert facts.date_of_birth == date(1990, 5, 1)
    assert facts.zones == ("cheeks",)
    assert facts.anaesthetic == Numbing(product="emla")
    assert facts.addons == ("prp",)
    assert facts.indication == pack.protocol.concern_by_id["acne_rolling"].indication


def test_what_belongs_to_plasma_is_open_once_plasma_is_planned(pack: Pack) -> None:
    """A plan without it is complete without it; one with it waits for the answer."""
    asked = ("prp", "rf")
    assert not set(settle(pack, VISIT).unanswered).intersection(asked)
    plasma = replace(VISIT, plan=PlanRequest(addons=("prp",)))
    assert set(settle(pack, plasma).unanswered).intersection(asked) == {"prp"}
    heat = replace(VISIT, facts=Facts(modality="rf_needling"))
    assert set(settle(pack, heat).unanswered).intersection(asked) == {"rf"}
    answered = replace(plasma, answers={**VISIT.answers, "prp": NO})
    assert "prp" not in settle(pack, answered).unanswered


def test_no_cream_is_no_cream_to_the_screening(pack: Pack) -> None:
    plan = PlanRequest(numbing=Numbing(product="none"))
    assert settle(pack, replace(VISIT, plan=plan)).anaesthetic is None


def test_without_a_first_visit_the_treatment_is_judged_for_today(pack: Pack) -> None:
    assert settle(pack, VISIT).treatment_date == TODAY


@pytest.mark.parametrize(("days", "judged_for"), [(40, 40), (-3, 0)])
def test_the_day_of_a_case_file_counts_until_another_is_asked_for(
    pack: Pack, days: int, judged_for: int
) -> None:
    told = TODAY + timedelta(days=days)
    visit = replace(VISIT, facts=Facts(treatment_date=told))
    assert settle(pack, visit).treatment_date == TODAY + timedelta(days=judged_for)
    asked = replace(
        visit, plan=PlanRequest(first_session=datetime.fromisoformat("2026-07-06T09:15"))
    )
    assert settle(pack, asked).treatment_date == date(2026, 7, 6)


def test_wished_areas_stand_in_while_there_is_no_plan() -> None:
    goals = Goals(concerns=(ConcernWish(concern="melasma", areas=("cheeks", "nose", "cheeks")),))
    plan = PlanRequest(targets=(Target(area="neck", concern="melasma"),))

    assert planned_areas(replace(VISIT, goals=goals)) == ("cheeks", "nose")
    assert planned_areas(replace(VISIT, goals=goals, plan=plan)) == ("neck",)


def test_areas_of_a_case_file_count_until_others_are_named(pack: Pack) -> None:
    visit = replace(VISIT, facts=Facts(zones=("cheeks", "chin", "cheeks")))
    plan = PlanRequest(targets=(Target(area="neck", concern="melasma"),))
    planned = replace(visit, plan=plan)

    assert settle(pack, visit).zones == told_areas(visit) == ("cheeks", "chin")
    assert "site" in settle(pack, visit).unanswered, "what is treated there is still open"
    assert (settle(pack, planned).zones, told_areas(planned)) == (("neck",), ())


def test_questions_of_the_plan_are_answered_by_the_plan(pack: Pack) -> None:
    plan = PlanRequest(targets=(Target(area="cheeks", concern="melasma"),))
    of_plan = {question.id for question in pack.questions if question.step == "plan"}

    without, planned = settle(pack, VISIT), settle(pack, replace(VISIT, plan=plan))

    assert of_plan <= set(without.unanswered)
    assert not of_plan & set(planned.unanswered)


def test_a_case_file_answers_everything_it_does_not_name(pack: Pack) -> None:
    facts = Facts(conditions=(COLD_SORE,), unanswered=("metal",))

    answers = answers_of(pack, facts)

    assert answers["herpes_simplex"] == YES
    assert answers["shingles"] == NO
    assert "metal" not in answers


def test_a_cream_chosen_before_there_are_areas_is_said_and_the_areas_stay_open(pack: Pack) -> None:
    """Else the keyboard was led to the cream again and again, and never to the areas."""
    visit = replace(VISIT, plan=PlanRequest(numbing=Numbing(product="none")))
    open_now = settle(pack, visit).unanswered
    assert "la_plan" not in open_now
    assert {"site", "topicals_planned"} <= set(open_now)

    assert "la_plan" in settle(pack, VISIT).unanswered
