"""An allergy to numbing creams forbids the cream: a plan without one has nothing to change."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.decision import DecisionState
from consult_app.domain.history import Condition, Numbing
from consult_app.domain.treatment import Consumable, Treatment
from consult_app.knowledge.judgement import Judgement, judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.cream_said import NO_CREAM, tell_cream
from tests.knowledge.visits import make_denied, plan_for

ALLERGY = "allergy_amide_la"


@pytest.fixture
def allergic(pack: Pack) -> Consultation:
    visit = make_denied(pack, plan_for("cheeks", "pores"))
    answers = {**visit.answers, "la_allergy": Answer(state="yes")}
    return replace(visit, answers=answers, facts=replace(visit.facts, allergies=("amide_la",)))


def put(visit: Consultation, product: str | None) -> Consultation:
    numbing = Numbing(product=product) if product is not None else None
    return replace(visit, plan=replace(visit.plan, numbing=numbing))


def look(pack: Pack, visit: Consultation) -> Judgement:
    return judge(pack, visit, today=visit.visit_date)


def test_no_cream_is_the_decision_and_the_finding_stays_listed(
    pack: Pack, allergic: Consultation
) -> None:
    box = look(pack, put(allergic, "none")).decision
    assert [it.id for it in box.findings] == [ALLERGY]
    assert box.recorded == {ALLERGY: NO_CREAM}
    assert not box.blocks_treatment


@pytest.mark.parametrize("product", [None, "emla", "lido4", "lidocaine7_tetracaine7"])
def test_a_cream_or_nothing_said_of_one_decides_nothing(
    pack: Pack, allergic: Consultation, product: str | None
) -> None:
    box = look(pack, put(allergic, product)).decision
    assert not box.recorded
    assert box.blocks_treatment


def test_a_cream_used_in_the_treatment_takes_it_back(pack: Pack, allergic: Consultation) -> None:
    planned = replace(put(allergic, "none"), kind="treatment", treatment=Treatment())
    assert look(pack, planned).decision.recorded == {ALLERGY: NO_CREAM}
    used = replace(planned, treatment=Treatment(numbing=Consumable(name="Lidocaine 4% cream")))
    assert not look(pack, used).decision.recorded


@pytest.mark.parametrize(
    "done",
    [
        Treatment(numbing=Consumable(lot="X1")),
        Treatment(numbing_grams=30.0),
        Treatment(numbing_on=datetime.fromisoformat("2026-06-15T10:00")),
        Treatment(products=(Consumable(name="EMLA cream"),)),
    ],
)
def test_so_does_whatever_tells_that_one_was_used(
    pack: Pack, allergic: Consultation, done: Treatment
) -> None:
    """Which one is not known then; that is not none."""
    used = replace(put(allergic, "none"), kind="treatment", treatment=done)
    assert tell_cream(pack, used) == ""
    clean = Treatment(products=(Consumable(name="Hyaluronic acid"),))
    assert tell_cream(pack, replace(used, treatment=clean)) == "none"


def test_a_device_whose_label_bars_the_allergy_is_still_to_change(
    pack: Pack, allergic: Consultation
) -> None:
    """The stricter of rule and label counts, and it is the device that the plan would change."""
    labelled = replace(allergic, facts=replace(allergic.facts, device_profile="exceed"))
    box = look(pack, put(labelled, "none")).decision
    assert box.state is DecisionState.CHANGE_PLAN
    assert box.blocks_treatment


def test_what_asks_for_clearance_still_needs_it(pack: Pack, allergic: Consultation) -> None:
    liver = Condition(code="liver_severe")
    answers = {**make_denied(pack, allergic.plan).answers, "organ": Answer(state="yes")}
    facts = replace(allergic.facts, allergies=(), conditions=(liver,))
    box = look(pack, put(replace(allergic, answers=answers, facts=facts), "none")).decision
    assert [it.id for it in box.findings] == ["hepatic_or_renal_severe"]
    assert not box.recorded
