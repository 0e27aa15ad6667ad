"""Whatever bars the patient of an unfinished visit refuses the treatment begun beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from consult_app.domain.consultation import Consultation
from consult_app.domain.decision import Decision
from consult_app.domain.history import Facts
from consult_app.domain.people import Patient
from consult_app.domain.plan import PlanRequest, Target
from consult_app.knowledge.judgement import judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.screening.decision import bars
from consult_app.knowledge.told.answers import answers_of
from consult_app.knowledge.visits.elsewhere import find_stops, lay_plan
from tests.knowledge.test_cases import RULE_CASES, RuleCase, read_facts

DAY = date(2026, 6, 15)


def make_visit(pack: Pack, facts: Facts) -> Consultation:
    """Return an unfinished visit in which everything was asked, for the areas of its facts."""
    return Consultation(
        id="v2",
        patient_id="p1",
        follows="v1",
        visit_date=DAY,
        started_at=datetime.fromisoformat("2026-06-15T09:00"),
        patient=Patient(date_of_birth=facts.date_of_birth, sex=facts.sex),
        answers=answers_of(pack, facts),
        facts=facts,
        plan=PlanRequest(
            targets=tuple(Target(area=it, concern="acne_rolling") for it in facts.zones or ()),
            first_session=datetime.fromisoformat("2026-06-15T12:00"),
            numbing=facts.anaesthetic,
            addons=facts.addons,
        ),
    )


def begin(pack: Pack, other: Consultation) -> Consultation:
    """Return a treatment of the same plan, before which nothing of it was told."""
    told = other.facts
    facts = replace(
        read_facts({}, ()),
        zones=told.zones,
        date_of_birth=told.date_of_birth,
        sex=told.sex,
        jurisdiction=told.jurisdiction,  # both are of this practice
        addons=told.addons,
        modality=told.modality,
        device_profile=told.device_profile,
        depth_mm=told.depth_mm,
        topicals_planned=told.topicals_planned,
    )
    healthy = make_visit(pack, facts)
    return replace(healthy, id="t1", kind="treatment", plan=other.plan)


def list_barring(decision: Decision) -> set[str]:
    return {it.id for it in decision.findings if bars(it)}


@pytest.mark.parametrize(
    ("rule", "case"),
    [
        pytest.param(rule, case, id=f"{rule} {case.name}")
        for rule, cases in RULE_CASES.items()
        for case in cases
        if case.fires
    ],
)
def test_a_rule_that_bars_there_bars_here(pack: Pack, rule: str, case: RuleCase) -> None:
    other = make_visit(pack, read_facts(case.facts, case.without))
    barring = list_barring(judge(pack, other, today=DAY).decision)
    treatment = begin(pack, other)
    own = judge(pack, treatment, today=DAY).decision
    beside = judge(pack, lay_plan(other, treatment), today=DAY).decision
    stops = find_stops(pack, treatment, own, other, beside)
    # What tells of the plan or the age, which both have, is said here.
    assert rule not in barring - list_barring(own) or stops is not None
