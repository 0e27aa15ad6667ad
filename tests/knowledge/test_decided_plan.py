"""A decision holds for the plan it was made for, or for less of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Literal

import pytest

from consult_app.domain.consultation import Answer, Consultation, Override
from consult_app.domain.finding import Finding
from consult_app.domain.history import Condition, Medication
from consult_app.domain.plan import PlanRequest, Target
from consult_app.domain.treatment import TreatedArea, Treatment
from consult_app.knowledge.judgement import find_limits, judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.decided_plan import Reach, spell, stays_within
from consult_app.knowledge.visits.treating import begin_treatment
from tests.knowledge.visits import make_denied, plan_for

TODAY = date(2026, 6, 15)
WARFARIN, MARKS, DARK = "anticoagulant_current", "pih_tendency", "phototype_iv_vi"
ROLLING = TreatedArea(area="cheeks", concern="acne_rolling", suggested=False)
Skin = Literal[1, 2, 3, 4, 5, 6]


@pytest.fixture
def visit(pack: Pack) -> Consultation:
    """A plan of 1 mm on the cheeks for somebody of skin type II who takes warfarin."""
    denied = make_denied(pack, replace(plan_for("cheeks", "acne_rolling"), depth_mm=1.0))
    taken = (Medication(code="warfarin", status="current"),)
    answers = {**denied.answers, "anticoagulants": Answer(state="yes")}
    return replace(denied, answers=answers, facts=replace(denied.facts, medications=taken))


def find(pack: Pack, visit: Consultation, rule: str) -> Finding:
    found = judge(pack, visit, today=visit.visit_date).decision.findings
    return next(it for it in found if it.id == rule)


def decide(pack: Pack, visit: Consultation, rule: str) -> Consultation:
    written = Override(id=rule, reason="Agreed", digest=find(pack, visit, rule).digest)
    return replace(visit, overrides=(written,))


def holds(pack: Pack, visit: Consultation, rule: str) -> bool:
    return rule in judge(pack, visit, today=visit.visit_date).decision.recorded


def plan(visit: Consultation, **changes: object) -> Consultation:
    return replace(visit, plan=replace(visit.plan, **changes))  # type: ignore[arg-type] # by name


def treat(visit: Consultation, *lines: TreatedArea) -> Consultation:
    return replace(visit, kind="treatment", treatment=Treatment(areas=lines))


@pytest.mark.parametrize(
    ("changes", "held"),
    [
        pytest.param(*case[1:], id=case[0])
        for case in (
            ("the same", {}, True),
            ("deeper", {"depth_mm": 1.25}, False),
            ("shallower", {"depth_mm": 0.5}, True),
            ("another device", {"device_kind": "stamp"}, False),
            ("another area", {"targets": (Target(area="neck", concern="wrinkles"),)}, False),
            (
                "one more area",
                {
                    "targets": (
                        Target(area="cheeks", concern="acne_rolling"),
                        Target(area="forehead", concern="fine_lines"),
                    )
                },
                False,
            ),
            ("no plan any more", {"targets": ()}, True),
        )
    ],
)  # fmt: skip
def test_what_goes_further_than_what_was_decided_is_decided_anew(
    pack: Pack, visit: Consultation, changes: dict[str, object], *, held: bool
) -> None:
    decided = decide(pack, visit, WARFARIN)
    other = plan(decided, **changes)
    assert holds(pack, other, WARFARIN) is held
    assert holds(pack, plan(other, depth_mm=1.0, **_keep(visit)), WARFARIN), "and back again"
    judged = judge(pack, other, today=TODAY)
    if judged.plan is not None:
        asked = {it.id for it in judged.plan.conditions}
        assert ("anticoagulant_prescriber_view" not in asked) is held, "the plan says the same"
        assert find_limits(other, ()).settles(find(pack, other, WARFARIN)) is held


def _keep(visit: Consultation) -> dict[str, object]:
    return {"targets": visit.plan.targets, "device_kind": visit.plan.device_kind}


@pytest.mark.parametrize(("then", "now", "held"), [(2, 5, False), (5, 2, True), (5, 5, True)])
def test_darker_skin_is_decided_anew(
    pack: Pack, visit: Consultation, then: Skin, now: Skin, *, held: bool
) -> None:
    seen = replace(visit, facts=replace(visit.facts, phototype=then))
    decided = decide(pack, seen, WARFARIN)
    changed = replace(decided, facts=replace(decided.facts, phototype=now))
    assert holds(pack, changed, WARFARIN) is held


def test_what_was_decided_before_there_was_a_plan_was_decided_for_the_patient(
    pack: Pack, visit: Consultation
) -> None:
    decided = decide(pack, replace(visit, plan=PlanRequest()), WARFARIN)
    assert holds(pack, replace(decided, plan=visit.plan), WARFARIN)
    darker = replace(decided, facts=replace(decided.facts, phototype=5))
    assert not holds(pack, darker, WARFARIN)


@pytest.fixture
def dark(pack: Pack) -> Consultation:
    """Skin type V with dark marks before, whose plan goes from 1 to 1.5 mm step by step."""
    denied = make_denied(pack, plan_for("cheeks", "acne_rolling"), phototype=5)
    told = (Condition(code="pih_history"), Condition(code="transplant"))
    taken = (Medication(code="warfarin", status="current"),)
    asked = ("pih", "immunosuppression", "anticoagulants")
    answers = {**denied.answers, **dict.fromkeys(asked, Answer(state="yes"))}
    facts = replace(denied.facts, conditions=told, medications=taken)
    return replace(denied, answers=answers, facts=facts)


def test_what_only_a_depth_has_to_be_decided_at_is_decided_anew_once_there_is_one(
    pack: Pack, dark: Consultation
) -> None:
    """Nobody knew at which depth; the plan takes it to 1.5 mm."""
    blank = decide(pack, replace(dark, plan=PlanRequest()), MARKS)
    assert holds(pack, blank, MARKS)
    deep = treat(replace(blank, plan=dark.plan), replace(ROLLING, depth_mm=1.5))
    assert not holds(pack, deep, MARKS)


@pytest.mark.parametrize("rule", ["immunosuppression", WARFARIN])
def test_the_steps_of_a_plan_ask_for_nothing_twice_and_a_deeper_treatment_does(
    pack: Pack, dark: Consultation, rule: str
) -> None:
    """A blood thinner is a precaution below 0.5 mm, and to be decided at any other depth."""
    decided = decide(pack, dark, rule)
    for depth, held in ((1.0, True), (1.25, True), (1.5, True), (1.75, False)):
        on_day = treat(decided, replace(ROLLING, depth_mm=depth))
        assert holds(pack, on_day, rule) is held, depth


def test_a_rule_that_looks_at_the_depth_is_decided_for_the_depth_of_the_day(
    pack: Pack, dark: Consultation
) -> None:
    """Dark marks at 1.25 mm were decided, and 1.5 mm was written into the same record."""
    decided = decide(pack, treat(dark, replace(ROLLING, depth_mm=1.25)), MARKS)
    assert holds(pack, decided, MARKS)
    assert not holds(pack, treat(decided, replace(ROLLING, depth_mm=1.5)), MARKS)
    written = decide(pack, treat(dark, replace(ROLLING, depth_mm=1.75)), DARK)
    assert not holds(pack, treat(written, replace(ROLLING, depth_mm=2.0)), DARK)
    assert holds(pack, treat(written, replace(ROLLING, depth_mm=1.6)), DARK)


@pytest.mark.parametrize("alone", [True, False])
def test_a_treatment_carries_the_plan_of_what_was_decided(
    pack: Pack, visit: Consultation, *, alone: bool
) -> None:
    """A record of an older program names the rule alone."""
    signed = replace(decide(pack, visit, WARFARIN), state="signed")
    if alone:
        digest = pack.rule_by_id[WARFARIN].digest
        signed = replace(signed, overrides=(replace(signed.overrides[0], digest=digest),))
    now = datetime.fromisoformat("2026-07-06T09:15")
    empty = replace(visit, id="t1", visit_date=now.date(), overrides=(), answers={})
    begun = begin_treatment(pack, empty, signed, None, steps=0, now=now)
    lines = replace(ROLLING, depth_mm=1.0), replace(ROLLING, depth_mm=1.5)
    assert holds(pack, treat(begun, lines[0]), WARFARIN)
    assert not holds(pack, treat(begun, lines[1]), WARFARIN)


def test_what_cannot_be_read_covers_nothing() -> None:
    reach = spell(Reach(course={"cheeks": 1.0}, phototype=2), by_day=False)
    assert stays_within(reach, reach)
    assert not stays_within(reach, reach.replace("100", "deep"))
    assert stays_within(reach, ""), "nothing was planned then"


def test_what_was_decided_before_the_depths_holds_for_those_areas_alone(
    pack: Pack, visit: Consultation
) -> None:
    """The areas were chosen and the day of the first visit was missing; then the chest came in."""
    keloid = Condition(code="keloid", zones=("shoulders",))
    told = replace(
        visit,
        facts=replace(visit.facts, medications=(), conditions=(keloid,)),
        answers={
            **visit.answers,
            "keloid": Answer(state="yes"),
            "anticoagulants": Answer(state="no"),
        },
    )
    elsewhere = "keloid_history_elsewhere"
    decided = decide(pack, plan(told, first_session=None), elsewhere)
    assert holds(pack, decided, elsewhere)

    dated = plan(decided, first_session=told.plan.first_session)
    assert holds(pack, dated, elsewhere)
    assert holds(pack, plan(dated, depth_mm=0.5), elsewhere)
    chest = Target(area="chest", concern="acne_rolling")
    assert not holds(pack, plan(dated, targets=(*told.plan.targets, chest)), elsewhere)
    assert not holds(pack, plan(dated, device_kind="stamp"), elsewhere)

    whole = decide(pack, told, elsewhere)
    assert holds(pack, plan(whole, first_session=None), elsewhere)
