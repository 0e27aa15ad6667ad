"""A treatment is judged at the depth that is offered or written, and goes deeper step by step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Literal

import pytest

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.decision import DecisionState
from consult_app.domain.history import Condition, Facts
from consult_app.domain.people import Patient
from consult_app.domain.plan import PlanRequest, Target
from consult_app.domain.treatment import Review, TreatedArea, Treatment
from consult_app.knowledge.judgement import could_not_judge, judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.deeper_later import find_later
from consult_app.knowledge.visits.elsewhere import lay_plan
from consult_app.knowledge.visits.stepping import HELD, count_steps, offer_depths, tell_held

SEEN, TODAY = date(2026, 5, 1), date(2026, 7, 6)
NOW = datetime.fromisoformat("2026-07-06T09:00")
MOMENT = datetime.fromisoformat("2026-08-03T09:00")
CHEEKS = TreatedArea(area="cheeks", concern="acne_rolling", depth_mm=1.0)


@pytest.fixture(scope="module")
def visit(pack: Pack) -> Consultation:
    """Somebody of skin type V who has had dark marks, and whose plan goes deeper by steps."""
    asked = [it.id for it in pack.questions if it.step in {"safety", "skin"}]
    return Consultation(
        id="v1",
        patient_id="p1",
        visit_date=SEEN,
        started_at=NOW,
        patient=Patient(name="Ada Berg", date_of_birth=date(1990, 5, 1)),
        allergy_state="none_known",
        answers={**dict.fromkeys(asked, Answer(state="no")), "pih": Answer(state="yes")},
        facts=Facts(phototype=5, jurisdiction="UK", conditions=(Condition(code="pih_history"),)),
        plan=PlanRequest(
            primary_concern="acne_rolling",
            targets=(Target(area="cheeks", concern="acne_rolling"),),
            device_label_max_mm=2.5,
            first_session=NOW,
        ),
    )


def treat(visit: Consultation, *depths: float | None, treated: bool | None = None) -> Consultation:
    areas = tuple(replace(CHEEKS, depth_mm=depth) for depth in depths)
    done = Treatment(treated=treated, areas=areas)
    return replace(visit, id="v2", kind="treatment", follows="v1", treatment=done, visit_date=TODAY)


@pytest.mark.parametrize(
    ("depths", "state"),
    [
        ((1.0,), DecisionState.PRECAUTION),
        ((None,), DecisionState.PRECAUTION),  # as the first session
        ((1.25,), DecisionState.RELATIVE),
        ((0.5, 1.5), DecisionState.RELATIVE),
    ],
)
def test_a_treatment_is_judged_at_its_own_depth(
    pack: Pack, visit: Consultation, depths: tuple[float | None, ...], state: DecisionState
) -> None:
    """It was judged at that of visit 1, so that what is relative at 1.25 mm was taken."""
    judged = judge(pack, treat(visit, *depths), today=TODAY)

    assert judged.decision.state is state
    assert judged.decision.blocks_treatment is (state is DecisionState.RELATIVE)
    assert judged.facts is not None
    assert judged.facts.depth_mm == max(it or 1.0 for it in depths)


def test_where_nobody_was_needled_no_written_depth_counts(pack: Pack, visit: Consultation) -> None:
    judged = judge(pack, treat(visit, 1.5, treated=False), today=TODAY)

    assert judged.decision.state is DecisionState.PRECAUTION


def test_another_visit_is_held_against_the_depth_of_the_treatment(
    pack: Pack, visit: Consultation
) -> None:
    """An unfinished visit that tells of dark marks says nothing at 1 mm, and stops 1.25 mm."""
    light, deep = (lay_plan(visit, treat(visit, depth)) for depth in (1.0, 1.25))

    assert not judge(pack, light, today=TODAY).decision.blocks_treatment
    assert judge(pack, deep, today=TODAY).decision.blocks_treatment
    late = replace(visit, visit_date=TODAY)  # no time is left for a test patch there
    assert judge(pack, late, today=TODAY).decision.blocks_treatment
    laid = lay_plan(late, replace(treat(visit), treatment=None))
    assert not judge(pack, laid, today=TODAY).decision.blocks_treatment


def test_a_plan_tells_which_later_visit_needs_a_decision(pack: Pack, visit: Consultation) -> None:
    judged = judge(pack, visit, today=TODAY)
    assert judged.decision.state is DecisionState.PRECAUTION

    (later,) = find_later(pack, judged, TODAY)

    assert (later.session, later.depth_mm) == (2, 1.25)
    assert later.finding.id == "pih_tendency"
    calm = replace(visit, answers={**visit.answers, "pih": Answer(state="no")})
    assert not [*find_later(pack, judge(pack, calm, today=TODAY), TODAY)]
    assert not [*find_later(pack, could_not_judge(ValueError()), TODAY)]


def look_at(
    visit: Consultation, adverse: Literal["none", "resolved", "ongoing", "new"] | None, days: int
) -> Consultation:
    seen = Review(adverse=adverse, decision="continue")
    at, day = timedelta(days=days), TODAY
    return replace(
        visit, kind="review", follows="v1", review=seen, state="signed", visit_date=day + at
    )


def test_the_depth_rises_after_each_clean_review_and_else_stays(visit: Consultation) -> None:
    done = treat(visit, 1.0, treated=True)
    again = replace(done, id="v3", visit_date=TODAY + timedelta(days=42))
    clean, later = look_at(visit, "none", 28), look_at(visit, "none", 60)

    assert count_steps("v1", [done]) == 0
    assert count_steps("v1", [clean, done]) == 1
    assert count_steps("v1", [clean, clean, done]) == 1
    assert count_steps("v1", [again, done, clean]) == 1
    assert count_steps("v1", [later, again, clean, done]) == 2
    assert count_steps("v1", [later, again, done]) == 1
    assert count_steps("v2", [clean, done]) == 0
    assert count_steps("v1", [clean, treat(visit, 1.0, treated=False)]) == 0
    for adverse in ("resolved", "ongoing", "new", None):
        assert count_steps("v1", [look_at(visit, adverse, 28), done]) == 0
    assert count_steps("v1", [replace(clean, state="draft"), done]) == 0
    stops = replace(clean, review=Review(adverse="none", decision="change"))
    assert count_steps("v1", [stops, done]) == 0


def test_why_a_depth_stays_is_told(pack: Pack, visit: Consultation) -> None:
    plan = judge(pack, visit, today=TODAY).plan
    done = treat(visit, 1.0, treated=True)
    now = replace(done, id="v3", visit_date=TODAY + timedelta(days=56))

    assert tell_held(plan, now, [done]) == HELD
    assert tell_held(plan, now, [look_at(visit, "new", 28), done]) == HELD
    assert not tell_held(plan, now, [look_at(visit, "none", 28), done])
    assert not tell_held(plan, now, [])
    assert not tell_held(None, now, [done])


def test_a_step_that_a_clean_review_allowed_is_taken_back_by_what_is_said_since(
    visit: Consultation,
) -> None:
    done = replace(treat(visit, 1.0, treated=True), id="t1", state="signed")
    clean = replace(look_at(visit, "none", 28), id="r1", signed_at=MOMENT)
    later, sooner = MOMENT + timedelta(days=9), MOMENT - timedelta(days=9)
    worse = replace(look_at(visit, "new", 35), id="r2", signed_at=later)
    late = replace(look_at(visit, "new", 14), id="r3", signed_at=later)
    old = replace(look_at(visit, "new", 14), id="r4", signed_at=sooner)
    added = replace(clean, id="a1", kind="addendum", review=None, addendum="Dark marks seen")
    words = replace(added, follows="t1", visit_date=worse.visit_date, signed_at=later)

    assert count_steps("v1", [done, clean, old]) == 1
    for it in (worse, late, replace(worse, follows="v0"), replace(worse, state="draft"), words):
        assert count_steps("v1", [it, clean, done]) == 0, it.id
    assert count_steps("v1", [done, clean, replace(words, follows="v1")]) == 1
    assert count_steps("v1", [done, clean, replace(words, signed_at=sooner, visit_date=TODAY)]) == 1


def test_only_a_depth_that_nobody_confirmed_is_offered_anew() -> None:
    lines = (CHEEKS, replace(CHEEKS, area="chin"), replace(CHEEKS, suggested=False))
    offered = (replace(CHEEKS, depth_mm=0.75),)
    assert [it.depth_mm for it in offer_depths(lines, offered)] == [0.75, 1.0, 1.0]
    assert offer_depths(lines, ()) == lines
