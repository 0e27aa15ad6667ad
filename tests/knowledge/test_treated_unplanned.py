"""What a treatment is to needle is judged like all that is planned, also where its plan lacks it.

A record from elsewhere may hold such a line; here lines come from the plan.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.decision import DecisionState
from consult_app.domain.history import Condition
from consult_app.domain.treatment import TreatedArea
from consult_app.knowledge.judgement import judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.answers import planned_areas
from consult_app.knowledge.visits.beyond import find_beyond
from consult_app.knowledge.visits.elsewhere import lay_plan
from tests.knowledge.test_depth_of_day import TODAY, treat
from tests.knowledge.test_depth_of_day import visit as visit  # noqa: PLC0414 - the same patient

SORE = Condition(code="herpes_simplex", status="active", zones=("hands",))


def add_line(
    visit: Consultation,
    area: str,
    concern: str = "fine_lines",
    depth: float = 0.5,
    *,
    treated: bool | None = None,
) -> Consultation:
    """Return a treatment of the planned cheeks, with one more line."""
    begun = treat(visit, 1.0, treated=treated)
    assert begun.treatment is not None
    line = TreatedArea(area=area, concern=concern, depth_mm=depth)
    areas = (*begun.treatment.areas, line)
    return replace(begun, treatment=replace(begun.treatment, areas=areas))


def tell_sore(visit: Consultation) -> Consultation:
    facts = replace(visit.facts, conditions=(*visit.facts.conditions, SORE))
    return replace(
        visit, facts=facts, answers={**visit.answers, "herpes_simplex": Answer(state="yes")}
    )


def test_what_is_wrong_there_stands_in_the_way(pack: Pack, visit: Consultation) -> None:
    """It was treated over a sore that the record tells of."""
    sore = tell_sore(visit)
    assert not judge(pack, treat(sore, 1.0), today=TODAY).decision.blocks_treatment
    judged = judge(pack, add_line(sore, "hands"), today=TODAY)
    assert judged.decision.state is DecisionState.DEFER
    assert judged.decision.blocks_treatment


@pytest.mark.parametrize("concern", ["fine_lines", ""])
def test_a_place_that_is_never_treated_is_refused(
    pack: Pack, visit: Consultation, concern: str
) -> None:
    judged = judge(pack, add_line(visit, "eyelid", concern), today=TODAY)
    assert judged.decision.state is DecisionState.CHANGE_PLAN
    assert judged.decision.blocks_treatment


@pytest.mark.parametrize(("area", "concern"), [("tail", "fine_lines"), ("neck", "dragons")])
def test_what_nobody_knows_here_cannot_be_worked_out(
    pack: Pack, visit: Consultation, area: str, concern: str
) -> None:
    judged = judge(pack, add_line(visit, area, concern), today=TODAY)
    assert judged.plan is None
    assert judged.decision.blocks_treatment


def test_its_depth_has_the_cap_of_a_planned_line(pack: Pack, visit: Consultation) -> None:
    """Melasma holds a whole area to 0.5 mm (planning reference 1.2)."""
    melasma = Condition(code="melasma", zones=("neck",))
    told = replace(visit, facts=replace(visit.facts, conditions=(melasma,)))
    told = replace(told, answers={**told.answers, "melasma": Answer(state="yes")})
    deep = add_line(told, "neck", depth=0.75)
    judged = judge(pack, deep, today=TODAY)
    assert [it.at for it in find_beyond(pack, deep, judged)] == [1]


def test_where_nobody_was_needled_the_plan_alone_counts(pack: Pack, visit: Consultation) -> None:
    left = add_line(tell_sore(visit), "hands", treated=False)
    assert planned_areas(left) == ("cheeks",)
    assert not judge(pack, left, today=TODAY).decision.blocks_treatment


def test_a_line_of_the_plan_counts_once(pack: Pack, visit: Consultation) -> None:
    begun = treat(visit, 1.0)
    plan = judge(pack, begun, today=TODAY).plan
    assert plan is not None
    assert [line.area for line in plan.lines] == ["cheeks"]


def test_what_is_unfinished_beside_it_is_held_against_it_too(
    pack: Pack, visit: Consultation
) -> None:
    other = replace(tell_sore(visit), id="beside")
    laid = lay_plan(other, add_line(visit, "hands"))
    assert judge(pack, laid, today=TODAY).decision.state is DecisionState.DEFER
