"""Everything the content says of a consultation at once, and what is said when it cannot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from consult_app.domain.consultation import Answer, Consultation, Override
from consult_app.domain.decision import DecisionState
from consult_app.domain.history import Numbing
from consult_app.domain.plan import PlanRequest, Target
from consult_app.knowledge.judgement import (
    Judgement,
    checking,
    could_not_judge,
    judge,
)
from consult_app.knowledge.pack.pack import Pack, Question
from consult_app.knowledge.planning.soft_caps import SOFT_CAP
from consult_app.knowledge.told.answers import answers_of
from tests.knowledge.visits import make_denied

TODAY = date(2026, 6, 15)
PLAN = PlanRequest(
    primary_concern="acne_rolling",
    targets=(Target(area="cheeks", concern="acne_rolling"),),
    device_label_max_mm=2.5,
    first_session=datetime.fromisoformat("2026-07-06T09:15"),
)

Look = Callable[[Consultation], Judgement]


@pytest.fixture
def healthy(pack: Pack) -> Consultation:
    """A visit in which everything was asked and denied."""
    return make_denied(pack, PLAN)


@pytest.fixture
def look(pack: Pack) -> Look:
    """Judge a visit today."""
    return lambda visit: judge(pack, visit, today=TODAY)


def test_a_healthy_visit_is_clear_with_a_plan(look: Look, healthy: Consultation) -> None:
    judgement = look(healthy)

    assert judgement.decision.state is DecisionState.CLEAR
    assert judgement.plan is not None
    assert judgement.plan_faults == ()
    assert judgement.facts is not None
    assert judgement.facts.depth_mm == max(
        depth.planned_mm for depth in judgement.plan.session_plan[0].depths
    ), "screening judges the deepest depth of the first session"


def test_allergies_that_nobody_asked_about_are_not_none(look: Look, healthy: Consultation) -> None:
    """The box was green, and only the lock asked for them."""
    asked = look(replace(healthy, allergy_state=None)).decision
    assert asked.needed[-2].item == "allergies", "before the numbing cream, which refuses nothing"
    assert asked.state is DecisionState.INCOMPLETE
    assert asked.blocks_treatment
    treatment = look(replace(healthy, allergy_state=None, kind="treatment")).decision
    assert "allergies" not in [it.item for it in treatment.needed], "it has no such question"


def test_a_plan_that_does_not_say_which_cream_says_that_it_is_still_needed(
    look: Look, healthy: Consultation, pack: Pack
) -> None:
    """Lines taken over from the map settled the question for the cream; it refuses nothing."""

    def ask(visit: Consultation) -> list[str]:
        return [it.item for it in look(visit).decision.needed]

    assert ask(healthy) == ["la_plan"]
    assert look(healthy).decision.state is DecisionState.CLEAR
    assert not look(healthy).decision.blocks_treatment
    none = replace(healthy, plan=replace(PLAN, numbing=Numbing(product="none")))
    denied = replace(healthy, answers=answers_of(pack, healthy.facts))
    for said in (none, denied, replace(healthy, kind="treatment")):
        assert "la_plan" not in ask(said)


def test_no_question_answered_yes_without_details_looks_clear(
    look: Look, healthy: Consultation, pack: Pack
) -> None:
    green = {DecisionState.CLEAR, DecisionState.PRECAUTION}
    asked = [question.id for question in pack.questions if question.step in {"safety", "skin"}]
    looking_clear = [
        item
        for item in asked
        if look(
            replace(healthy, answers={**healthy.answers, item: Answer(state="yes")})
        ).decision.state
        in green
    ]

    assert looking_clear == []


def plan_for(visit: Consultation, question: Question) -> Consultation:
    """Return a visit in which a question is asked, as with the plasma that it belongs to."""
    heat = "rf_needling" in question.only_with
    addons = ("prp",) if "prp" in question.only_with else ()
    facts = replace(visit.facts, modality="rf_needling" if heat else "needling")
    return replace(visit, facts=facts, plan=replace(visit.plan, addons=addons))


@pytest.mark.parametrize("state", ["unsure", None])
def test_no_open_question_looks_clear(
    look: Look, healthy: Consultation, pack: Pack, state: str | None
) -> None:
    looking_clear = []
    for question in pack.questions:
        if question.step != "safety":
            continue
        answers = dict(healthy.answers)
        del answers[question.id]
        if state == "unsure":
            answers[question.id] = Answer(state="unsure")
        decision = look(plan_for(replace(healthy, answers=answers), question)).decision
        if not decision.blocks_treatment or decision.state is DecisionState.CLEAR:
            looking_clear.append(question.id)

    assert looking_clear == []


def test_a_yes_that_lacks_its_details_is_the_first_thing_still_needed(
    look: Look, healthy: Consultation
) -> None:
    answers = {"isotretinoin": Answer(state="yes"), "keloid": Answer(state="unsure")}
    visit = replace(healthy, answers=answers)

    needed = look(visit).decision.needed

    assert needed[0].item == "isotretinoin"
    assert len(needed) > 40, "the others follow in the order in which they are asked"
    assert [it.item for it in needed[1:]] == [
        it.item for it in look(replace(visit, answers={})).decision.needed if it != needed[0]
    ]


def test_an_empty_visit_is_not_complete_and_names_what_the_plan_needs(look: Look) -> None:
    visit = Consultation(
        id="v1",
        patient_id="p1",
        visit_date=TODAY,
        started_at=datetime.fromisoformat("2026-06-15T10:00"),
    )

    judgement = look(visit)

    assert judgement.decision.state is DecisionState.INCOMPLETE
    assert judgement.decision.blocks_treatment
    assert judgement.plan is None
    assert len(judgement.plan_faults) == 5


@pytest.mark.parametrize(
    "plan",
    [
        replace(PLAN, targets=()),
        replace(PLAN, primary_concern=None),
        replace(PLAN, device_label_max_mm=None),
        replace(PLAN, first_session=None),
    ],
)
def test_a_plan_with_something_missing_says_what(
    look: Look, healthy: Consultation, plan: PlanRequest
) -> None:
    judgement = look(replace(healthy, plan=plan))

    assert judgement.plan is None
    assert len(judgement.plan_faults) == 1


def test_a_plan_that_cannot_be_resolved_says_why(look: Look, healthy: Consultation) -> None:
    unknown = replace(PLAN, targets=(Target(area="cheeks", concern="no_such_concern"),))

    judgement = look(replace(healthy, plan=replace(unknown, primary_concern="no_such_concern")))

    assert judgement.plan is None
    assert judgement.plan_faults
    assert judgement.screening is not None, "the answers are still judged"


def test_a_soft_cap_gives_way_to_a_written_reason_only(look: Look, healthy: Consultation) -> None:
    asked = replace(healthy, plan=replace(PLAN, depth_mm=2.5))

    def deepest(*overrides: Override) -> float:
        plan = look(replace(asked, overrides=overrides)).plan
        assert plan is not None
        return max(depth.planned_mm for item in plan.session_plan for depth in item.depths)

    capped = deepest()

    assert deepest(Override(id=SOFT_CAP + "cheeks", reason="  ")) == capped
    assert deepest(Override(id=SOFT_CAP + "cheeks", reason="Thick scars")) >= capped


@pytest.mark.parametrize("judgement", [checking(), could_not_judge(ValueError("x"))])
def test_what_was_not_judged_blocks_and_holds_nothing(judgement: Judgement) -> None:
    assert judgement.decision.blocks_treatment
    assert (judgement.facts, judgement.screening, judgement.plan) == (None, None, None)


def test_a_failure_is_named_without_quoting_it() -> None:
    judgement = could_not_judge(ValueError("Ada Berg"))

    assert judgement.decision.state is DecisionState.COULD_NOT_CHECK
    assert judgement.decision.headline == "Could not be checked"
    assert "Ada" not in repr(judgement)
