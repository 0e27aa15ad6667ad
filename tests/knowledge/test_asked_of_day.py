"""Who was ill at the consultation may be well by the treatment: it is asked on the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

import pytest

from consult_app.domain.consultation import Answer, Consultation, Override
from consult_app.domain.decision import DecisionState
from consult_app.domain.history import Condition, Exposure
from consult_app.domain.partial_date import PartialDate
from consult_app.knowledge.judgement import Judgement, judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.asked_of_day import list_of_day
from consult_app.knowledge.visits.begun import move_to
from consult_app.knowledge.visits.later_said import lay_later
from consult_app.knowledge.visits.treating import answer_again, answer_medicines, begin_treatment
from tests.knowledge.visits import make_denied, plan_for

DAY = date(2026, 7, 6)
NOW = datetime.fromisoformat("2026-07-06T09:15")
ILL = Condition(code="acute_illness", status="active")
FACE = ("cheeks",)
TOLD: dict[str, dict[str, Any]] = {
    "acute_illness": {"conditions": (ILL,)},
    "shingles": {"conditions": (Condition(code="herpes_zoster", status="active"),)},
    "warts": {"conditions": (Condition(code="warts", zones=FACE),)},
    "broken_skin": {"conditions": (Condition(code="broken_skin", zones=FACE),)},
    "breastfeeding": {"breastfeeding": True},
    "tan": {"exposures": (Exposure(code="tan", date=PartialDate(2026, 6, 30), zones=FACE),)},
}


def tell(
    visit: Consultation,
    item: str = "acute_illness",
    state: Literal["yes", "unsure"] = "yes",
    **facts: object,
) -> Consultation:
    """Return a signed consultation in which that was said too."""
    answers = {**visit.answers, item: Answer(state=state)}
    told = replace(visit.facts, **facts)  # type: ignore[arg-type] # its fields
    return replace(visit, answers=answers, facts=told, state="signed")


@pytest.fixture
def denied(pack: Pack) -> Consultation:
    """A consultation of 15 June in which nothing stood in the way."""
    return replace(make_denied(pack, plan_for("cheeks", "pores")), state="signed")


def look(pack: Pack, visit: Consultation) -> Judgement:
    return judge(pack, visit, today=visit.visit_date)


def begin(pack: Pack, last: Consultation, now: datetime = NOW) -> Consultation:
    empty = replace(last, id="t1", state="draft", visit_date=now.date(), answers={})
    return begin_treatment(pack, empty, last, look(pack, last).plan, steps=0, now=now)


def ask_all(pack: Pack, visit: Consultation, last: Consultation) -> Consultation:
    for item in pack.recheck.items:
        visit = answer_again(pack, visit, last, item, "no")
    return answer_medicines(pack, visit, last, "no")


def asks(pack: Pack, visit: Consultation, last: Consultation) -> tuple[str, ...]:
    return list_of_day(pack, last, visit, look(pack, visit).decision)


@pytest.mark.parametrize("item", TOLD)
def test_what_may_be_over_is_asked_on_the_day_and_refuses_until_then(
    pack: Pack, denied: Consultation, item: str
) -> None:
    last = tell(denied, item, **TOLD[item])
    begun = ask_all(pack, begin(pack, last), last)
    box = look(pack, begun).decision
    assert asks(pack, begun, last) == (item,)
    assert [it.item for it in box.needed] == [item]
    assert item in {it.item for it in box.findings}, "what was told counts meanwhile"
    assert box.blocks_treatment

    well = answer_again(pack, begun, last, item, "no")
    assert not look(pack, well).decision.blocks_treatment
    assert asks(pack, well, last) == (item,), "it can be answered otherwise"
    for state in ("yes", "unsure", None):
        said = answer_again(pack, begun, last, item, state)
        assert look(pack, said).decision.blocks_treatment, state


def test_nothing_is_asked_of_what_was_denied_or_stands_in_no_way(
    pack: Pack, denied: Consultation
) -> None:
    over = replace(ILL, status=None, date_cleared=PartialDate(2026, 6, 10))
    spots = Condition(code="acne", zones=FACE, iga=1, nodules=False)
    smoker = replace(denied.facts.lifestyle, smoker=True)
    for last in (
        denied,
        tell(denied, conditions=(over,)),
        tell(denied, "acne", conditions=(spots,)),
        tell(denied, "lifestyle", lifestyle=smoker),
        tell(denied, "warts", conditions=(Condition(code="warts", zones=("hands",)),)),
    ):
        begun = begin(pack, last)
        assert asks(pack, begun, last) == ()
        assert not look(pack, ask_all(pack, begun, last)).decision.blocks_treatment


def test_spots_are_graded_in_a_return_visit(pack: Pack, denied: Consultation) -> None:
    spots = Condition(code="acne", zones=FACE, iga=3)
    last = tell(denied, "acne", conditions=(spots,))
    begun = ask_all(pack, begin(pack, last), last)
    assert asks(pack, begun, last) == ()
    assert begun.answers["acne"].state == "yes"
    assert look(pack, begun).decision.state is DecisionState.DEFER


def test_on_the_day_of_the_consultation_it_was_said_that_day(
    pack: Pack, denied: Consultation
) -> None:
    last = tell(denied, conditions=(ILL,))
    begun = begin(pack, last, datetime.combine(last.visit_date, NOW.time()))
    assert asks(pack, begun, last) == ()
    assert begun.answers[ILL.code].state == "yes"
    assert look(pack, begun).decision.state is DecisionState.DEFER


def test_unsure_and_a_yes_without_details_are_asked_too(pack: Pack, denied: Consultation) -> None:
    for last in (tell(denied, state="unsure"), tell(denied, "warts")):
        begun = begin(pack, last)
        (item,) = asks(pack, begun, last)
        assert item not in begun.answers
        well = answer_again(pack, ask_all(pack, begun, last), last, item, "no")
        assert not look(pack, well).decision.blocks_treatment


def test_a_yes_of_the_day_has_the_details_of_the_day(pack: Pack, denied: Consultation) -> None:
    last = tell(denied, conditions=(ILL,))
    said = answer_again(pack, ask_all(pack, begin(pack, last), last), last, ILL.code, "yes")
    assert [it.item for it in look(pack, said).decision.needed] == ["acute_illness"]
    for day, waits in ((date(2026, 7, 1), True), (date(2026, 6, 29), False)):
        over = replace(ILL, status=None, date_cleared=PartialDate.of(day))
        told = replace(said, facts=replace(said.facts, conditions=(over,)))
        assert look(pack, told).decision.blocks_treatment is waits


def test_a_decision_of_the_consultation_stands(pack: Pack, denied: Consultation) -> None:
    last = tell(denied, "breastfeeding", breastfeeding=True)
    (found,) = look(pack, last).decision.findings
    decided = Override(id=found.id, reason="agreed with her doctor", digest=found.digest)
    begun = begin(pack, replace(last, overrides=(decided,)))
    assert asks(pack, begun, last) == ()
    assert begun.answers["breastfeeding"].state == "yes"


def test_what_was_said_on_another_day_is_asked_again(pack: Pack, denied: Consultation) -> None:
    last = tell(denied, conditions=(ILL,))
    well = answer_again(pack, begin(pack, last), last, ILL.code, "no")
    moved = move_to(pack, well, DAY + timedelta(days=1), last)
    assert ILL.code not in moved.answers
    assert asks(pack, moved, last) == (ILL.code,)
    assert "acute_illness" in {it.item for it in look(pack, moved).decision.findings}


def test_the_next_treatment_takes_the_answer_with_the_day_it_was_given(
    pack: Pack, denied: Consultation
) -> None:
    last = tell(denied, conditions=(ILL,))
    well = replace(answer_again(pack, begin(pack, last), last, ILL.code, "no"), state="signed")
    said = lay_later(pack, last, [last, replace(well, kind="treatment")])
    assert said.since[ILL.code].id == "t1"
    later = begin(pack, said.visit, NOW + timedelta(days=42))
    assert asks(pack, later, said.visit) == ()
    assert not look(pack, ask_all(pack, later, said.visit)).decision.blocks_treatment


def test_a_no_is_of_a_later_day_than_what_was_ticked_of_the_sun(
    pack: Pack, denied: Consultation
) -> None:
    told = tell(denied, "tan", **TOLD["tan"])
    last = replace(told, skin=replace(told.skin, scores={"pigment": {"uv": 1}}))
    pale = answer_again(pack, ask_all(pack, begin(pack, last), last), last, "tan", "no")
    assert not look(pack, pale).decision.blocks_treatment
