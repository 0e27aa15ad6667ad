"""A medicine against cancer is told with the cancer it was given for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from consult_app.app import Program
from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.history import Condition, Facts, Medication
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.plan import PlanRequest, Target
from consult_app.knowledge.judgement import judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.screening.screening import screen
from consult_app.knowledge.visits.asked_also import list_also
from consult_app.knowledge.visits.later_said import lay_later
from consult_app.knowledge.visits.treating import answer_again, answer_medicines, begin_treatment

DAY = date(2026, 6, 15)
ITEM = "cancer_treatment"
CHEMOTHERAPY = Medication(
    code="chemotherapy", status="stopped", last_dose=PartialDate(2025, 12, 14)
)
INTERNAL, SKIN = Condition(code="internal_cancer"), Condition(code="skin_cancer", zones=("back",))
YES = Answer(state="yes")
VISIT = Consultation(
    id="v1",
    patient_id="p1",
    visit_date=DAY,
    started_at=datetime.fromisoformat("2026-06-15T10:00"),
    answers={ITEM: YES},
    facts=Facts(medications=(CHEMOTHERAPY,)),
    plan=PlanRequest(targets=(Target(area="cheeks", concern="acne_rolling"),), addons=("prp",)),
)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return Program().pack


def is_open(pack: Pack, visit: Consultation) -> bool:
    needed = judge(pack, visit, today=DAY).decision.needed
    return ITEM in {it.item for it in needed}


@pytest.mark.parametrize("code", ["chemotherapy", "cancer_immunotherapy", "targeted_therapy"])
def test_past_treatment_of_a_cancer_that_nobody_named_leaves_the_question_open(
    pack: Pack, code: str
) -> None:
    medicine = replace(CHEMOTHERAPY, code=code)
    assert is_open(pack, replace(VISIT, facts=replace(VISIT.facts, medications=(medicine,))))


def test_the_cancer_told_beside_it_is_judged_with_plasma_too(pack: Pack) -> None:
    visit = replace(VISIT, facts=replace(VISIT.facts, conditions=(INTERNAL,)))
    assert not is_open(pack, visit)
    found = {it.id for it in judge(pack, visit, today=DAY).decision.findings}
    assert {"cancer_remission_or_hormonal", "prp_relative"} <= found


def test_a_skin_cancer_told_at_its_own_question_is_what_it_was_given_for(pack: Pack) -> None:
    visit = replace(VISIT, facts=replace(VISIT.facts, conditions=(SKIN,)))
    assert not is_open(pack, replace(visit, answers={ITEM: YES, "skin_cancer": YES}))
    denied = {ITEM: YES, "skin_cancer": Answer(state="no")}
    assert is_open(pack, replace(visit, answers=denied))


def test_what_is_denied_asks_for_no_cancer(pack: Pack) -> None:
    assert not is_open(pack, replace(VISIT, answers={ITEM: Answer(state="no")}))


def test_a_case_file_is_screened_by_what_it_says(pack: Pack) -> None:
    assert ITEM not in screen(pack, VISIT.facts, today=DAY).unanswered


def begin(pack: Pack, *conditions: Condition) -> tuple[Consultation, Consultation]:
    """Return an older record, and a treatment after it in which no medicine is new."""
    told = replace(VISIT.facts, conditions=conditions)
    last = replace(VISIT, state="signed", facts=told)
    now = datetime.fromisoformat("2026-06-15T15:00")
    begun = begin_treatment(pack, replace(VISIT, id="t1"), last, None, steps=0, now=now)
    return last, answer_medicines(pack, begun, last, "no")


def test_a_treatment_after_an_older_record_asks_it_by_its_name(pack: Pack) -> None:
    """It said that *New medicines* was open, to which No had been answered."""
    last, begun = begin(pack)
    assert list_also(pack, last, DAY) == (ITEM,)
    assert is_open(pack, begun)
    asked = answer_again(pack, begun, None, ITEM, "yes")
    assert asked.facts.medications == (CHEMOTHERAPY,), "and takes nothing back that was told"
    told = replace(asked, facts=replace(asked.facts, conditions=(INTERNAL,)))
    assert not is_open(pack, told)
    assert not is_open(pack, answer_again(pack, begun, None, ITEM, "no"))

    signed = replace(told, state="signed")
    said = lay_later(pack, last, [last, signed])
    assert said.since[ITEM] == signed
    assert INTERNAL in said.visit.facts.conditions


def test_one_that_names_the_cancer_or_denies_it_asks_nothing_more(pack: Pack) -> None:
    last, begun = begin(pack, INTERNAL)
    assert list_also(pack, last, DAY) == ()
    assert not is_open(pack, begun)
    denied = replace(last, facts=VISIT.facts, answers={ITEM: Answer(state="no")})
    assert list_also(pack, denied, DAY) == ()
