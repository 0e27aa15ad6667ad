"""A visit made one of a later day: one *No* of that day ends no wait of what it told before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from consult_app.domain.consultation import Answer, Consultation, Override
from consult_app.domain.decision import DecisionState
from consult_app.domain.history import Condition, Exposure
from consult_app.domain.partial_date import PartialDate
from consult_app.knowledge.judgement import Judgement, judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.begun import move_to
from consult_app.knowledge.visits.coming import find_coming
from consult_app.knowledge.visits.over_since import judge_over_since
from consult_app.knowledge.visits.soonest import find_allowed, find_too_early
from consult_app.knowledge.visits.told_then import recall_then
from consult_app.knowledge.visits.treating import answer_again, answer_medicines
from tests.knowledge.test_over_since import BOIL, FEVER, SORE, TOLD, look, tell, treat
from tests.knowledge.visits import make_denied, plan_for

BURN = Exposure(code="sunburn", zones=("cheeks",), date=PartialDate.of(date(2026, 6, 10)))


def begin(pack: Pack, entry: Condition | Exposure) -> Consultation:
    """Return an unfinished consultation of 15 June in which that was told."""
    visit = make_denied(pack, plan_for("cheeks", "pores"))
    (item,) = pack.vocabulary.asked_by(
        "exposures" if isinstance(entry, Exposure) else "conditions", (entry.code,)
    )
    if isinstance(entry, Exposure):
        facts = replace(visit.facts, exposures=(entry,))
    else:
        facts = replace(visit.facts, conditions=(entry,))
    answers = {**visit.answers, item: Answer(state="yes")}
    at = visit.started_at.replace(year=2026, month=6, day=15)
    return replace(
        visit, answers=answers, facts=facts, state="draft", visit_date=TOLD, started_at=at
    )


def deny_all(pack: Pack, visit: Consultation, *, bulk: bool = False) -> Consultation:
    answers = {it.id: Answer(state="no", bulk=bulk) for it in pack.questions}
    return replace(visit, answers={**answers, **visit.answers})


def weigh(pack: Pack, visit: Consultation) -> Judgement:
    """Judge a visit that follows none."""
    return judge_over_since(pack, None, lambda it: judge(pack, it, today=it.visit_date))(visit)


@pytest.mark.parametrize("entry", [FEVER, SORE, BOIL, BURN])
def test_a_no_for_many_at_once_leaves_it_open(pack: Pack, entry: Condition | Exposure) -> None:
    moved = move_to(pack, begin(pack, entry), TOLD + timedelta(days=2))
    asked = weigh(pack, deny_all(pack, moved, bulk=True)).decision
    assert asked.blocks_treatment
    (needed,) = asked.needed
    assert "15 June 2026" in needed.against
    assert needed.until is not None

    late = move_to(pack, moved, needed.until)
    assert not weigh(pack, deny_all(pack, late, bulk=True)).decision.blocks_treatment


def test_an_end_before_the_day_it_was_there_is_asked_about(pack: Pack) -> None:
    moved = move_to(pack, begin(pack, SORE), TOLD + timedelta(days=2))
    healed = replace(SORE, status="healed", date_healed=PartialDate.of(date(2026, 5, 1)))
    facts = replace(moved.facts, conditions=(healed,))
    said = replace(moved, facts=facts, answers={SORE.code: Answer(state="yes")})
    needed = weigh(pack, deny_all(pack, said)).decision.needed
    assert "so it was not over before" in {it.item: it.against for it in needed}[SORE.code]


def test_another_yes_is_kept_beside_what_was_told(pack: Pack) -> None:
    moved = move_to(pack, begin(pack, SORE), TOLD + timedelta(days=2))
    again = replace(moved, answers={**moved.answers, SORE.code: Answer(state="yes")})
    first, then = recall_then(move_to(pack, again, TOLD + timedelta(days=5)))
    assert first.visit.facts.conditions == then.visit.facts.conditions == (SORE,)
    assert (first.visit.visit_date, then.visit.visit_date) == (TOLD, TOLD + timedelta(days=2))


def test_a_treatment_of_another_day_goes_on_waiting(pack: Pack) -> None:
    """Not signed on the day, and made one of three days later, it called nothing in the way."""
    said = tell(pack, replace(SORE, status="healed", date_healed=PartialDate(2026, 5)))
    day = date(2026, 6, 25)
    ill = answer_again(pack, treat(pack, said, day), said.visit, SORE.code, "yes")
    ill = replace(ill, facts=replace(ill.facts, conditions=(SORE,)))
    began = replace(ill, started_at=ill.started_at.replace(year=2026, month=6, day=25))
    moved = move_to(pack, began, day + timedelta(days=3), said.visit)
    for item in {*pack.recheck.items, SORE.code}:
        moved = answer_again(pack, moved, said.visit, item, "no")
    moved = answer_medicines(pack, moved, said.visit, "no")
    decision = look(pack, said, moved).decision
    assert decision.state is DecisionState.INCOMPLETE
    assert [(it.item, it.until) for it in decision.needed] == [(SORE.code, date(2026, 7, 9))]


def test_who_was_not_treated_is_expected_when_the_wait_is_over(pack: Pack) -> None:
    """It named today, and took any day without a word."""
    said, day = tell(pack, SORE), TOLD + timedelta(days=4)
    visit = treat(pack, said, day)
    assert visit.treatment is not None
    late = TOLD + timedelta(days=14)
    told = replace(visit.treatment, treated=False, next_visit="treatment", next_date=day)
    visit = replace(visit, treatment=replace(told, next_date=late - timedelta(days=1)))
    found = look(pack, said, visit)
    assert find_allowed(pack, visit, found) == late
    coming = find_coming(pack, visit, found, ())
    assert coming is not None
    assert (coming.day, coming.settled) == (late, True)
    early = find_too_early(pack, visit, found)
    assert early is not None
    assert early.day == late


def test_a_yes_that_says_less_since_takes_no_wait_away(pack: Pack) -> None:
    """Moved twice, with a Yes without its details in between, nothing was in the way."""
    said = tell(pack, replace(SORE, status="healed", date_healed=PartialDate(2026, 5)))
    day = date(2026, 6, 25)
    ill = answer_again(pack, treat(pack, said, day), said.visit, SORE.code, "yes")
    began = replace(ill, started_at=ill.started_at.replace(year=2026, month=6, day=25))
    moved = replace(began, facts=replace(began.facts, conditions=(SORE,)))
    for days in (2, 4):
        moved = move_to(pack, moved, day + timedelta(days=days), said.visit)
        moved = answer_again(pack, moved, said.visit, SORE.code, "yes")
    for item in {*pack.recheck.items, SORE.code}:
        moved = answer_again(pack, moved, said.visit, item, "no")
    moved = answer_medicines(pack, moved, said.visit, "no")
    needed = look(pack, said, moved).decision.needed
    assert [(it.item, it.until) for it in needed] == [(SORE.code, date(2026, 7, 9))]


def test_the_reason_of_a_decision_stays(pack: Pack) -> None:
    """Some findings are called as their question is, and lost what was written by hand."""
    item = "immunosuppression"
    assert item in pack.day_items
    reason = Override(id=item, reason="Agreed with Dr Lee", digest="x")
    visit = replace(begin(pack, SORE), overrides=(reason,))
    visit = replace(visit, answers={**visit.answers, item: Answer(state="yes")})
    assert reason in move_to(pack, visit, TOLD + timedelta(days=2)).overrides


def test_a_no_said_twice_takes_it_away(pack: Pack) -> None:
    moved = move_to(pack, begin(pack, SORE), TOLD + timedelta(days=2))
    denied = replace(moved, answers={**moved.answers, SORE.code: Answer(state="no")})
    assert recall_then(move_to(pack, denied, TOLD + timedelta(days=3))) == ()
