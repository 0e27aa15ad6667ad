"""What an unfinished visit finds in the way of a treatment, and what of it does not concern it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Literal

import pytest

from consult_app.app import Program
from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.decision import Decision, DecisionState
from consult_app.domain.finding import Finding, Severity
from consult_app.domain.treatment import Treatment
from consult_app.knowledge.elsewhere import Stops, find_stops, lay_stops, move_to
from consult_app.knowledge.judgement import Judgement, judge
from consult_app.knowledge.pack import Pack

DAY = date(2026, 6, 15)
BLEEDS = Finding(id="bleeds", item="bleeding_disorder", severity=Severity.ABSOLUTE)
SORE = Finding(id="sore", item="herpes_simplex", severity=Severity.DEFER, resolves_by="event")
CARE = Finding(id="care", item="keloid", severity=Severity.PRECAUTION)
PLAN = Finding(id="place", item="site", severity=Severity.ABSOLUTE, resolves_by="change_plan")
OWN = Decision(state=DecisionState.PRECAUTION, headline="Precautions", blocks_treatment=False)
OTHER = Consultation(
    id="v2",
    patient_id="p1",
    follows="v1",
    visit_date=DAY,
    started_at=datetime.fromisoformat("2026-06-15T09:00"),
)
TREATMENT = replace(OTHER, id="t1", kind="treatment")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return Program().pack


def find(pack: Pack, *found: Finding, **how: Consultation | Decision) -> tuple[str, ...]:
    """Return what stands in the way, as it is named."""
    given = {"treatment": TREATMENT, "own": OWN, "other": OTHER, **how}
    decision = replace(OWN, findings=found)
    stops = find_stops(pack, decision=decision, **given)  # type: ignore[arg-type] # named as it names them
    return stops.labels if stops is not None else ()


def test_what_bars_a_treatment_is_found_and_what_asks_for_care_is_not(pack: Pack) -> None:
    assert find(pack, BLEEDS, SORE, CARE) == ("Bleeding disorder", "Cold sores")


def test_what_the_other_plan_would_change_is_none_of_this_plan(pack: Pack) -> None:
    assert find(pack, PLAN) == ()


def test_what_was_asked_again_counts_over_an_earlier_day_and_not_over_the_same(pack: Pack) -> None:
    again = replace(TREATMENT, answers={"herpes_simplex": Answer(state="no")})
    earlier = replace(OTHER, visit_date=date(2026, 6, 1))
    assert find(pack, BLEEDS, SORE, treatment=again, other=earlier) == ("Bleeding disorder",)
    assert find(pack, SORE, treatment=again) == ("Cold sores",)


def test_a_visit_of_a_later_day_does_not_concern_the_treatment(pack: Pack) -> None:
    assert find(pack, BLEEDS, other=replace(OTHER, visit_date=date(2026, 6, 16))) == ()


def test_a_decision_that_the_treatment_carries_is_taken(pack: Pack) -> None:
    own = replace(OWN, recorded={"sore": "Cleared"})
    assert find(pack, BLEEDS, SORE, own=own) == ("Bleeding disorder",)


@pytest.mark.parametrize("state", ["yes", "unsure"])
def test_a_stop_question_that_is_not_denied_counts_before_its_details_are_told(
    pack: Pack, state: Literal["yes", "unsure"]
) -> None:
    other = replace(OTHER, answers={"bleeding_disorder": Answer(state=state)})
    judged = judge(pack, move_to(other, DAY), today=DAY).decision
    stops = find_stops(pack, TREATMENT, OWN, other, judged)
    assert stops is not None
    assert stops.labels == ("Bleeding disorder",)
    laid = lay_stops(Judgement(decision=OWN), other, stops).decision
    assert laid.blocks_treatment
    assert laid.headline.startswith("Not known yet whether it can be treated")


def test_questions_that_nobody_asked_yet_stop_nothing(pack: Pack) -> None:
    judged = judge(pack, move_to(OTHER, DAY), today=DAY).decision
    assert judged.needed
    assert find_stops(pack, TREATMENT, OWN, OTHER, judged) is None


def test_a_new_medicine_of_another_treatment_record_counts(pack: Pack) -> None:
    asked = Treatment(new_medicines="yes")
    other = replace(OTHER, kind="treatment", treatment=asked)
    judged = judge(pack, move_to(other, DAY), today=DAY).decision
    stops = find_stops(pack, TREATMENT, OWN, other, judged)
    assert stops is not None
    assert stops.labels == ("New medicines",)


def test_the_treatment_is_refused_and_says_which_visit_and_what_of_it(pack: Pack) -> None:
    found = replace(OWN, findings=(BLEEDS, SORE))
    stops = find_stops(pack, TREATMENT, OWN, OTHER, found)
    assert stops is not None
    laid = lay_stops(Judgement(decision=OWN), OTHER, stops).decision
    assert laid.state is DecisionState.ABSOLUTE
    assert laid.headline == "Do not treat (return visit of 15 June 2026, not finished)"
    assert laid.blocks_treatment
    assert laid.visit == "v2"
    assert "Bleeding disorder, Cold sores" in laid.advice


def test_what_has_to_wait_is_not_said_to_be_for_good() -> None:
    stops = Stops(severity=Severity.DEFER, labels=("Cold sores",))
    laid = lay_stops(Judgement(decision=OWN), OTHER, stops).decision
    assert laid.state is DecisionState.DEFER
    assert laid.blocks_treatment


def test_the_other_visit_is_judged_for_the_day_of_the_treatment() -> None:
    first = datetime.fromisoformat("2026-07-01T09:15")
    planned = replace(OTHER, plan=replace(OTHER.plan, first_session=first))
    assert move_to(planned, DAY).plan.first_session == datetime.fromisoformat("2026-06-15T09:15")
    assert move_to(OTHER, DAY).plan.first_session == datetime.fromisoformat("2026-06-15T12:00")
