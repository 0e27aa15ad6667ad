"""A recorded decision holds while what it was made for is the same, and no longer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from consult_app.app import Program
from consult_app.domain.consultation import Answer, Consultation, Override
from consult_app.domain.finding import Finding
from consult_app.domain.history import Condition, Facts, Medication
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.plan import PlanRequest, Target
from consult_app.knowledge.judgement import find_limits, judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.screening.decided import find_decided
from consult_app.knowledge.visits.handing_over import renew
from consult_app.knowledge.visits.treating import begin_treatment

DAY, TEN = date(2026, 6, 15), time(10)
METHOTREXATE = Medication(code="methotrexate", status="current")
LOW_STEROID = Medication(code="prednisolone", status="current", mg_per_day=10, days=120)
TRANSPLANT, NEUTROPENIA = Condition(code="transplant"), Condition(code="neutropenia")
APIXABAN = Medication(code="apixaban", status="stopped", last_dose=PartialDate(2026, 6, 12))
WARFARIN = Medication(code="warfarin", status="current")
REASON = "Rheumatology: low dose, agreed"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return Program().pack


def tell(facts: Facts, day: date = DAY) -> Consultation:
    at = datetime.combine(day, TEN)
    target = Target(area="cheeks", concern="acne_rolling")
    return Consultation(
        id="v1",
        patient_id="p1",
        visit_date=day,
        started_at=at,
        facts=replace(facts, phototype=2),
        plan=PlanRequest(
            targets=(target,),
            primary_concern="acne_rolling",
            device_label_max_mm=2.5,
            first_session=at,
            numbing=facts.anaesthetic,
        ),
        answers=dict.fromkeys(("immunosuppression", "anticoagulants"), Answer(state="yes")),
    )


def find(pack: Pack, visit: Consultation, rule: str) -> Finding:
    findings = judge(pack, visit, today=visit.visit_date).decision.findings
    return next(it for it in findings if it.id == rule)


def decide(pack: Pack, visit: Consultation, rule: str) -> Consultation:
    digest = find(pack, visit, rule).digest
    return replace(visit, overrides=(Override(id=rule, reason=REASON, digest=digest),))


def holds(pack: Pack, visit: Consultation, rule: str) -> bool:
    """Return whether it is decided in the box, and for the plan alike."""
    found = judge(pack, visit, today=visit.visit_date)
    recorded = rule in found.decision.recorded
    settled = find_limits(visit, ()).settles(find(pack, visit, rule))
    assert settled == recorded
    return recorded


@pytest.mark.parametrize(
    ("rule", "decided", "later", "held"),
    [
        pytest.param(*case[1:], id=case[0])
        for case in (
            ("same", "immunosuppression", (METHOTREXATE,), (METHOTREXATE,), True),
            (
                "another medicine",
                "immunosuppression",
                (METHOTREXATE,),
                (METHOTREXATE, replace(METHOTREXATE, code="azathioprine")),
                False,
            ),
            ("one fewer", "anticoagulant_current", (APIXABAN, WARFARIN), (WARFARIN,), True),
            ("another", "anticoagulant_current", (APIXABAN,), (WARFARIN,), False),
            (
                "taken again",
                "anticoagulant_current",
                (APIXABAN,),
                (replace(APIXABAN, status="current", last_dose=None),),
                False,
            ),
            ("current said", "anticoagulant_current", (Medication(code="warfarin"),),
             (WARFARIN,), True),
            (
                "other dose",
                "immunosuppression",
                (LOW_STEROID,),
                (replace(LOW_STEROID, mg_per_day=15),),
                False,
            ),
            (
                "more days of it",
                "immunosuppression",
                (LOW_STEROID,),
                (replace(LOW_STEROID, days=150),),
                True,
            ),
        )
    ],
)  # fmt: skip
def test_a_decision_covers_the_medicines_it_was_made_for(
    pack: Pack,
    rule: str,
    decided: tuple[Medication, ...],
    later: tuple[Medication, ...],
    *,
    held: bool,
) -> None:
    visit = decide(pack, tell(Facts(medications=decided)), rule)
    assert holds(pack, visit, rule)
    assert holds(pack, replace(visit, facts=replace(visit.facts, medications=later)), rule) is held


def test_a_condition_of_the_same_rule_is_decided_anew(pack: Pack) -> None:
    visit = decide(pack, tell(Facts(medications=(METHOTREXATE,))), "immunosuppression")
    more = replace(visit.facts, conditions=(TRANSPLANT, NEUTROPENIA))
    found = judge(pack, replace(visit, facts=more), today=DAY).decision
    assert "immunosuppression" not in found.recorded
    assert found.blocks_treatment


def test_a_day_that_passes_reopens_nothing(pack: Pack) -> None:
    """Of two thinners the one that was stopped drops out after seven days, by itself."""
    rule = "anticoagulant_current"
    visit = decide(pack, tell(Facts(medications=(APIXABAN, WARFARIN))), rule)
    later = datetime.combine(DAY, TEN) + timedelta(days=14)
    assert holds(pack, replace(visit, plan=replace(visit.plan, first_session=later)), rule)


def test_another_product_of_the_plan_is_decided_anew(pack: Pack) -> None:
    rule = "unapproved_topical_planned"
    visit = decide(pack, tell(Facts(topicals_planned=("growth_factor",))), rule)
    assert holds(pack, visit, rule)
    more = replace(visit.facts, topicals_planned=("growth_factor", "cosmetic_serum"))
    assert not holds(pack, replace(visit, facts=more), rule)


def begin(pack: Pack, last: Consultation) -> Consultation:
    now = datetime.combine(date(2026, 7, 13), TEN)
    empty = replace(tell(Facts(), now.date()), id="t1", answers={}, overrides=())
    return begin_treatment(pack, empty, last, None, steps=0, now=now)


def sign_with_rule_alone(pack: Pack, visit: Consultation, rule: str) -> Consultation:
    """Return a signed visit as older programs wrote it: the digest is that of the rule."""
    written = Override(id=rule, reason=REASON, digest=pack.rule_by_id[rule].digest)
    return replace(visit, state="signed", overrides=(written,))


def test_a_record_signed_by_an_older_program_keeps_what_it_said(pack: Pack) -> None:
    rule = "immunosuppression"
    signed = sign_with_rule_alone(pack, tell(Facts(medications=(METHOTREXATE,))), rule)
    assert holds(pack, signed, rule)
    assert rule not in judge(pack, replace(signed, state="draft"), today=DAY).decision.recorded
    sheet = renew(signed, replace(signed, treatment=None), datetime.combine(DAY, TEN))
    assert holds(pack, sheet, rule), "the sheet of a signed treatment says what it said"
    of_rule = replace(signed, overrides=(Override(id=rule, reason=REASON, digest="older"),))
    assert rule not in judge(pack, of_rule, today=DAY).decision.recorded
    assert find_decided(replace(signed, state="draft", overrides=())) == ()


@pytest.mark.parametrize("alone", [True, False])
def test_a_treatment_carries_a_decision_for_the_facts_of_its_consultation(
    pack: Pack, *, alone: bool
) -> None:
    rule = "immunosuppression"
    visit = tell(Facts(medications=(METHOTREXATE,)))
    signed = replace(decide(pack, visit, rule), state="signed")
    begun = begin(pack, sign_with_rule_alone(pack, visit, rule) if alone else signed)
    assert holds(pack, begun, rule)
    assert not holds(
        pack, replace(begun, facts=replace(begun.facts, conditions=(TRANSPLANT,))), rule
    )
