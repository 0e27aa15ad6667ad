"""What resolves a plan says what the planning reference says, read once more by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from consult_app.domain.plan import EventNote, Plan
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.json import plan_json
from consult_app.knowledge.planning.planning import resolve
from consult_app.knowledge.planning.request import ClinicLimits
from tests.knowledge.oracle.reckoning import find_around
from tests.knowledge.plan_oracle import asking, creams
from tests.knowledge.plan_oracle.asking import Answer
from tests.knowledge.plan_oracle.cases import make_cream_case, make_plan_case
from tests.knowledge.plan_oracle.labels import is_uncleared
from tests.knowledge.plan_oracle.tables import AIMS, find_zones, is_offered
from tests.knowledge.plan_oracle.told import Asked, is_fragile, is_young_burn

SOME = 400
MANY = 12_000
STEP = 100
Pair = tuple[str, object, object]
"""What is compared, what the reference says, and what the program says."""
SHAVING = {"b_shave", "a_shave"}
"""Care of which the reference does not say for whom it is: which areas have hair."""


def make_plan(pack: Pack, asked: Asked) -> Plan:
    """Return what the program makes of a case."""
    limits = ClinicLimits(operator_max_mm=asked.operator_mm, deeper_areas=asked.reasons)
    return resolve(pack, asked.plan, asked.facts, today=asked.told, limits=limits)


def pair_lines(answer: Answer, plan: Plan) -> Iterator[Pair]:
    """Yield the depths of each line, and what holds them back."""
    for line, made in zip(answer.lines, plan.lines, strict=True):
        name = f"{line.area} {line.concern}"
        wanted = (line.floor, line.typical, line.cap, line.hard, line.first)
        said = (made.floor_mm, made.typical_mm, made.cap_mm, made.hard_cap_mm)
        yield f"depths of {name}", wanted, (*said, made.session1_max_mm)
        yield f"flags of {name}", line.flags, set(made.flags)
        yield f"cap of {name}", line.by, set(made.cap_by)
        yield f"steps of {name}", line.first < line.cap, made.first_by == ("ladder",)


def pair_course(answer: Answer, plan: Plan) -> Iterator[Pair]:
    """Yield depths and bands of all visits, and the interval."""
    planned = [[it.planned_mm for it in session.depths] for session in plan.session_plan]
    yield "planned depths", answer.depths, planned
    most = [[it.find_most(session.session) for it in answer.lines] for session in plan.session_plan]
    ceilings = [[it.ceiling_mm for it in session.depths] for session in plan.session_plan]
    yield "most of each visit", most, ceilings
    yield "bands", answer.bands, [session.intensity_band for session in plan.session_plan]
    weeks, made = answer.weeks, plan.interval_weeks
    assert made is not None
    wanted = (weeks.least, weeks.usual, weeks.most, weeks.used)
    yield "interval", wanted, (made.min, made.typ, made.max, made.used)


def pair_outcome(asked: Asked, answer: Answer, plan: Plan) -> Iterator[Pair]:
    """Yield the outcome, what is to be recorded first and what is warned of."""
    wanted = asking.find_outcome(asked, answer, changed=bool(plan.adjustments))
    yield "outcome", wanted, str(plan.outcome)
    grades = {concern: AIMS[concern].grade for concern in asked.concerns}
    yield "grades", grades, {name: it.grade for name, it in plan.evidence.items()}
    said = {note.id for note in plan.warnings}
    off = any(not is_offered(it.area, it.concern) for it in asked.plan.targets)
    yield "not offered", off, "not_offered" in said
    yield "thin skin", is_fragile(asked, answer.first), "fragile" in said
    found = answer.asked_for | answer.findings
    for rule in ("device_label_mismatch", "depth_beyond_guide"):
        yield rule, rule in found, rule in said
    yield "burn", is_young_burn(asked, answer.first), "burn_scar_age" in said
    yield "cleared", is_uncleared(asked, answer.first), "outside_cleared_use" in said
    patch = answer.needs_patch
    yield "test patch", patch and asked.phototype == 4, "test_patch_advised" in said
    yield "required patch", patch and asked.phototype > 4, "test_patch_required" in said
    yield "beyond what was evaluated", is_unevaluated(asked, answer), "face_unevaluated" in said
    if wanted != "do_not_treat":
        conditions = {note.id for note in plan.conditions}
        yield "conditions", asking.find_conditions(asked, answer), conditions


def is_unevaluated(asked: Asked, answer: Answer) -> bool:
    """Return whether the face is needled deeper than 1.5 mm (1.2, `cap_face_unevaluated`)."""
    deepest = [max(depths) for depths in zip(*answer.depths, strict=True)]
    return any(
        mm > 1.5 and "face" in find_around(zone)
        for mm, it in zip(deepest, asked.plan.targets, strict=True)
        for zone in find_zones(it.area)
    )


def pair_dates(asked: Asked, answer: Answer, plan: Plan) -> Iterator[Pair]:
    """Yield every date: of visits, test patch, results and care."""
    made = plan_json(plan)
    first = answer.first.isoformat() if answer.moved else None
    yield "first visit", first, made["earliest_first_session"]
    for name, wanted in answer.said.items():
        if name != "care_calendar":
            yield name, wanted, made[name]
    yield "care", answer.said["care_calendar"], _leave_out_shaving(made["care_calendar"])
    patch = answer.said["test_patch_date"]
    late = patch is not None and patch < asked.told.isoformat()
    yield "late patch", late, "test_patch_too_late" in {note.id for note in plan.warnings}
    notes = [it for it in plan.warnings if isinstance(it, EventNote)]
    wanted_day = asked.plan.first_session.date() if asked.plan.first_session else asked.told
    said = [(it.before, it.after) for it in notes]
    if is_fragile(asked, wanted_day) == is_fragile(asked, answer.first):
        yield "event", [answer.by_event] if answer.by_event else [], said


def _leave_out_shaving(care: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        visit: {rule: days for rule, days in rules.items() if rule not in SHAVING}
        for visit, rules in care.items()
    }


def compare(pack: Pack, seed: int) -> None:
    """Compare both sides of one case."""
    asked = make_plan_case(seed)
    answer, plan = asking.resolve(asked), make_plan(pack, asked)
    pairs = [
        *pair_lines(answer, plan),
        *pair_course(answer, plan),
        *pair_outcome(asked, answer, plan),
    ]
    if str(plan.outcome) != "do_not_treat":
        pairs += pair_dates(asked, answer, plan)
    for name, wanted, said in pairs:
        assert said == wanted, f"seed {seed}, {name}: {asked}"


def compare_cream(pack: Pack, seed: int) -> None:
    """Compare both sides of a plan with a numbing cream."""
    asked = make_cream_case(seed)
    plan, cream = make_plan(pack, asked), asked.plan.numbing
    assert cream is not None
    changes = {it.field: (it.requested, it.used) for it in plan.adjustments}
    said = {note.id for note in plan.warnings}
    where = f"seed {seed}: {cream}, {asked.facts}"
    assert changes == creams.list_changes(cream, asked.facts), where
    assert ("numbing_large_area" in said) is creams.is_large(cream, asked.facts), where
    assert ("la_plan_over_limit" in said) is creams.is_over_limit(cream, asked.facts), where


@pytest.mark.parametrize("start", range(0, SOME, STEP))
def test_every_plan_is_as_the_reference_says(pack: Pack, start: int) -> None:
    for seed in range(start, start + STEP):
        compare(pack, seed)


@pytest.mark.parametrize("start", range(0, SOME, STEP))
def test_every_numbing_cream_is_kept_within_its_limits(pack: Pack, start: int) -> None:
    for seed in range(start, start + STEP):
        compare_cream(pack, seed)


@pytest.mark.long
@pytest.mark.parametrize("start", range(SOME, MANY, STEP))
def test_thousands_of_plans_are_so(pack: Pack, start: int) -> None:
    for seed in range(start, start + STEP):
        compare(pack, seed)
        compare_cream(pack, seed)
