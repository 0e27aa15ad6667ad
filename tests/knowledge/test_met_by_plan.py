"""What a plan meets as it stands is no warning; what it does not meet stays one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

import pytest

from consult_app.domain.plan import Plan
from consult_app.knowledge.judgement import judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.met_by_plan import START_LOW, find_met
from tests.knowledge.visits import make_denied, plan_for

TODAY = date(2026, 6, 15)
Phototype = Literal[3, 4, 5, 6]
ADVISED, REQUIRED = "test_patch_advised", "test_patch_required"


def plan(pack: Pack, phototype: Phototype, day: str = "2026-09-07", **asked: object) -> Plan:
    """Return the plan of somebody healthy with acne scars on the cheeks."""
    request = replace(plan_for("cheeks", "acne_rolling", day), **asked)  # type: ignore[arg-type] # fields of it
    visit = make_denied(pack, request)
    judged = judge(
        pack, replace(visit, facts=replace(visit.facts, phototype=phototype)), today=TODAY
    )
    assert judged.plan is not None
    return judged.plan


@pytest.mark.parametrize(
    ("phototype", "met"),
    [(3, set()), (4, {START_LOW, ADVISED}), (5, {START_LOW, REQUIRED}), (6, {START_LOW, REQUIRED})],
)
def test_a_proposed_plan_meets_what_dark_skin_asks_of_it(
    pack: Pack, phototype: Phototype, met: set[str]
) -> None:
    assert find_met(pack.protocol, plan(pack, phototype)) == met


@pytest.mark.parametrize("day", ["2026-06-20", "2026-06-15"])
def test_a_test_patch_without_a_day_to_come_is_not_met(pack: Pack, day: str) -> None:
    assert find_met(pack.protocol, plan(pack, 4, day)) == {START_LOW}


def test_nor_is_one_of_which_no_day_is_known(pack: Pack) -> None:
    made = replace(plan(pack, 4), session_dates=(), test_patch_date=None)
    assert find_met(pack.protocol, made) == {START_LOW}


def test_a_plan_that_begins_deeper_or_rises_faster_does_not_start_low(pack: Pack) -> None:
    made = plan(pack, 4)
    first, second, *rest = made.session_plan

    def deepen(session: int, mm: float) -> Plan:
        (line,) = made.session_plan[session].depths
        deeper = replace(made.session_plan[session], depths=(replace(line, planned_mm=mm),))
        kept = (deeper, second) if session == 0 else (first, deeper)
        return replace(made, session_plan=(*kept, *rest))

    assert START_LOW not in find_met(pack.protocol, deepen(0, 1.25))
    assert START_LOW not in find_met(pack.protocol, deepen(1, 1.5))
    assert START_LOW in find_met(pack.protocol, deepen(1, 1.25))


def test_a_roller_that_has_no_depth_between_does_not_rise_as_slowly(pack: Pack) -> None:
    made = plan(pack, 4, device_kind="dermaroller", sessions=4)
    assert [it.planned_mm for session in made.session_plan for it in session.depths][:3] == [
        1,
        1,
        1.5,
    ]
    assert START_LOW not in find_met(pack.protocol, made)
