"""What the prescriber decided about tablets holds for what was told and planned, or for less."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from consult_app.app import Program
from consult_app.domain.consultation import Consultation
from consult_app.domain.history import Condition, Facts
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.people import Patient
from consult_app.domain.plan import PlanRequest, Target
from consult_app.knowledge.judgement import ANTIVIRAL, judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.screening.tablets_decided import decide_tablets, find_tablets
from consult_app.knowledge.told.answers import answers_of
from consult_app.knowledge.visits.treating import begin_treatment

DAY, TEN = date(2026, 6, 15), time(10)
LONG_AGO = Condition(
    code="herpes_simplex",
    status="healed",
    zones=("upper_lip",),
    date_healed=PartialDate(2020, 1, 1),
)
AGAIN = replace(LONG_AGO, date_healed=PartialDate(2026, 5, 20))
FOREHEAD = Target(area="forehead", concern="wrinkles")
LIP = Target(area="upper_lip", concern="acne_rolling")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return Program().pack


@pytest.fixture(scope="module")
def decided(pack: Pack) -> Consultation:
    """A visit in which tablets are not needed, for a shallow depth on the forehead."""
    facts = Facts(phototype=2, conditions=(LONG_AGO,))
    visit = Consultation(
        id="v1",
        patient_id="p1",
        visit_date=DAY,
        started_at=datetime.combine(DAY, TEN),
        patient=Patient(name="Ada Berg", date_of_birth=date(1984, 3, 3)),
        facts=facts,
        answers=answers_of(pack, facts),
        plan=PlanRequest(
            targets=(FOREHEAD,),
            primary_concern="wrinkles",
            depth_mm=0.25,
            device_label_max_mm=2.5,
            first_session=datetime.combine(date(2026, 7, 6), TEN),
        ),
    )
    return decide_tablets(visit, "not_needed")


def plan(visit: Consultation, **changed: object) -> Consultation:
    return replace(visit, plan=replace(visit.plan, **changed))  # type: ignore[arg-type] # its fields


def tell(visit: Consultation, *conditions: Condition) -> Consultation:
    return replace(visit, facts=replace(visit.facts, conditions=conditions))


def is_needed(pack: Pack, visit: Consultation) -> bool:
    found = judge(pack, visit, today=visit.visit_date)
    assert found.plan is not None
    return ANTIVIRAL in {it.item for it in found.decision.needed}


def test_it_lapses_for_another_area_more_depth_and_another_cold_sore(
    pack: Pack, decided: Consultation
) -> None:
    """It went on to count on the lip, four times as deep, weeks after an outbreak."""
    assert not is_needed(pack, decided)
    for beyond in (
        plan(decided, targets=(LIP,), primary_concern="acne_rolling"),
        plan(decided, targets=(FOREHEAD, LIP)),
        plan(decided, depth_mm=0.5),
        plan(decided, depth_mm=None),
        tell(decided, AGAIN),
        tell(decided, LONG_AGO, AGAIN),
    ):
        assert find_tablets(beyond) is None
        assert is_needed(pack, beyond)
        assert not is_needed(pack, decide_tablets(beyond, "yes"))


def test_it_holds_for_less(decided: Consultation) -> None:
    both = decide_tablets(plan(decided, targets=(FOREHEAD, LIP), depth_mm=0.5), "no")
    assert find_tablets(plan(both, targets=(LIP,), depth_mm=0.25)) == "no"
    before = decide_tablets(plan(decided, targets=(), depth_mm=None), "no")
    assert find_tablets(plan(before, targets=(LIP,), depth_mm=1.0)) == "no"
    assert find_tablets(tell(before, AGAIN)) is None


def test_it_is_taken_back_and_an_older_record_holds(decided: Consultation) -> None:
    assert decide_tablets(decided, None).overrides == ()
    older = replace(plan(decided, targets=(LIP,)), overrides=())
    assert find_tablets(older) == "not_needed"
    assert find_tablets(replace(plan(decided, targets=(LIP,)), state="signed")) == "not_needed"


def test_a_cold_sore_told_on_the_day_of_the_treatment_asks_for_it_again(
    pack: Pack, decided: Consultation
) -> None:
    empty = Consultation(
        id="v2", patient_id="p1", visit_date=date(2026, 7, 6), started_at=decided.started_at
    )
    empty = replace(empty, patient=decided.patient)
    signed, now = replace(decided, state="signed"), datetime.combine(date(2026, 7, 6), TEN)
    begun = begin_treatment(pack, empty, signed, None, steps=0, now=now)

    assert find_tablets(begun) == "not_needed"
    assert not is_needed(pack, begun)
    assert is_needed(pack, tell(begun, AGAIN))
