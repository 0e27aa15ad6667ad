"""How long a medicine has been taken does not stand still between two visits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from consult_app.app import Program
from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.history import Facts, Medication
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.plan import PlanRequest, Target
from consult_app.domain.treatment import Treatment
from consult_app.knowledge.judgement import judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.carried import carry
from consult_app.knowledge.visits.begun import move_to
from consult_app.knowledge.visits.recall import reconfirm, says_same, tell_answer
from consult_app.knowledge.visits.since_last import compare
from consult_app.knowledge.visits.treating import answer_medicines, begin_treatment

DAY, LATER, TEN = date(2026, 6, 15), date(2026, 7, 13), time(10)
TABLETS = Medication(code="prednisolone", status="current", mg_per_day=30, days=10)
STOPPED = replace(TABLETS, status="stopped", last_dose=PartialDate(2026, 6, 1))
LAST = Consultation(
    id="v1",
    patient_id="p1",
    state="signed",
    visit_date=DAY,
    started_at=datetime.combine(DAY, TEN),
    answers={"steroids": Answer(state="yes")},
    facts=Facts(phototype=2, medications=(TABLETS,)),
    plan=PlanRequest(targets=(Target(area="cheeks", concern="acne_rolling"),)),
)
EMPTY = Consultation(
    id="v2",
    patient_id="p1",
    follows="v1",
    visit_date=LATER,
    started_at=datetime.combine(LATER, TEN),
)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return Program().pack


def find(pack: Pack, visit: Consultation) -> set[str]:
    return {it.id for it in judge(pack, visit, today=visit.visit_date).decision.findings}


def test_a_treatment_without_new_medicines_finds_that_they_are_taken_for_longer_now(
    pack: Pack,
) -> None:
    assert "high_dose_steroid" not in find(pack, LAST)
    now = datetime.combine(LATER, TEN)
    begun = begin_treatment(pack, EMPTY, LAST, None, steps=0, now=now)
    asked = answer_medicines(pack, begun, LAST, "no")
    assert asked.facts.medications == (replace(TABLETS, days=38),)
    assert "high_dose_steroid" in find(pack, asked)


def test_what_holds_as_before_is_counted_on_to_the_day_of_the_visit(pack: Pack) -> None:
    visit = reconfirm(pack, EMPTY, LAST, ("steroids",))
    assert "high_dose_steroid" in find(pack, visit)
    assert "38 days" in tell_answer(pack, visit, "steroids")
    assert says_same(pack, visit, LAST, "steroids")
    assert [it for it in compare(pack, LAST, visit) if it.step == "safety"] == []
    again = reconfirm(pack, visit, LAST, ("steroids",))
    assert again.facts == visit.facts, "it is counted from the day it was told"


def test_a_visit_that_becomes_one_of_a_later_day_counts_on(pack: Pack) -> None:
    draft = replace(LAST, state="draft")
    assert move_to(pack, draft, LATER).facts.medications == (replace(TABLETS, days=38),)
    treatment = replace(draft, kind="treatment", treatment=Treatment())
    assert move_to(pack, treatment, LATER).facts.medications == (replace(TABLETS, days=38),)


@pytest.mark.parametrize(
    ("told", "later"),
    [
        (STOPPED, STOPPED),
        (replace(STOPPED, status=None), replace(STOPPED, status=None, days=38)),
        (replace(TABLETS, status=None), replace(TABLETS, status=None, days=38)),
        (replace(TABLETS, days=None), replace(TABLETS, days=None)),
        (replace(TABLETS, days=3640), replace(TABLETS, days=3650)),
    ],
)
def test_what_nobody_said_was_stopped_is_counted_on(told: Medication, later: Medication) -> None:
    visit = replace(LAST, facts=Facts(medications=(told,)))
    assert carry(visit, LATER).facts.medications == (later,)
    assert carry(visit, DAY) == visit
    assert carry(visit, date(2026, 6, 1)) == visit


def test_when_a_cream_in_use_was_used_last_is_asked_again(pack: Pack) -> None:
    """Confirmed five weeks later it counted as left off since the day it was told."""
    used = Medication(
        code="tretinoin_topical",
        status="current",
        last_dose=PartialDate(2026, 6, 14),
        zones=("cheeks",),
    )
    facts = Facts(phototype=2, medications=(used,))
    last = replace(LAST, answers={"topical_actives": Answer(state="yes")}, facts=facts)

    later = reconfirm(pack, EMPTY, last, ["topical_actives"])

    assert [it.last_dose for it in later.facts.medications] == [None]
    assert "topical_retinoid_recent" in find(pack, replace(later, plan=LAST.plan))
    assert says_same(pack, later, last, "topical_actives")
    same_day = reconfirm(pack, replace(EMPTY, visit_date=DAY), last, ["topical_actives"])
    assert same_day.facts.medications == (used,)
