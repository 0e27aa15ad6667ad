"""Plasma that a treatment record names is asked about as where it is planned, and recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from consult_app.domain.consultation import Answer, Consultation, Override
from consult_app.domain.decision import DecisionState
from consult_app.domain.history import Condition
from consult_app.domain.treatment import Consumable, TreatedArea, Treatment
from consult_app.knowledge.judgement import Judgement, judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.beyond import find_beyond
from consult_app.knowledge.visits.beyond_reason import explain
from consult_app.knowledge.visits.treating import find_treatment_obstacles, is_blocked
from tests.knowledge.visits import make_denied, plan_for

DAY = date(2026, 7, 6)
ITEM = "prp"
PLASMA = Consumable(name="Platelet-rich plasma")
NEEDLED = TreatedArea(area="cheeks", concern="pores", depth_mm=0.5, suggested=False)
LOW = Condition(code="haemodynamic_instability")
ANAEMIA = Condition(code="anaemia")


@pytest.fixture
def treatment(pack: Pack) -> Consultation:
    """A treatment of somebody healthy, in which plasma was neither planned nor asked about."""
    visit = make_denied(pack, plan_for("cheeks", "pores"))
    answers = {item: it for item, it in visit.answers.items() if item != ITEM}
    done = Treatment(areas=(NEEDLED,))
    return replace(
        visit,
        kind="treatment",
        visit_date=DAY,
        answers=answers,
        treatment=done,
        practitioner=replace(visit.practitioner, name="A. Reyes"),
    )


def record(visit: Consultation, **fields: Any) -> Consultation:  # noqa: ANN401 - of a treatment
    return replace(visit, treatment=replace(visit.treatment or Treatment(), **fields))


def tell(visit: Consultation, state: Any, *had: Condition) -> Consultation:  # noqa: ANN401 - one of the states
    facts = replace(visit.facts, conditions=had)
    return replace(visit, facts=facts, answers={**visit.answers, ITEM: Answer(state=state)})


def look(pack: Pack, visit: Consultation) -> Judgement:
    return judge(pack, visit, today=DAY)


def list_texts(pack: Pack, visit: Consultation) -> list[str]:
    found = find_treatment_obstacles(pack, visit, look(pack, visit), "")
    return [it.text for it in found]


REASON = "Treatment: the reason for what was done beyond its limits."


def test_plasma_of_a_record_is_asked_about_as_where_it_is_planned(
    pack: Pack, treatment: Consultation
) -> None:
    assert look(pack, treatment).decision.state is DecisionState.CLEAR
    added = record(treatment, products=(PLASMA,))
    found = look(pack, added)
    planned = look(pack, replace(treatment, plan=replace(treatment.plan, addons=(ITEM,)))).decision
    assert found.decision.state is planned.state is DecisionState.INCOMPLETE
    assert [it.item for it in found.decision.needed] == [it.item for it in planned.needed] == [ITEM]
    assert is_blocked(added, found, "")

    denied = tell(added, "no")
    assert look(pack, denied).decision.state is DecisionState.CLEAR
    assert find_beyond(pack, denied, look(pack, denied)) == ()
    assert find_beyond(pack, denied) == (), "and told to no later visit"
    gel = record(treatment, products=(Consumable(name="Sterile gel"),))
    assert look(pack, gel) == look(pack, treatment)


def test_a_word_that_is_refused_beside_it_hides_no_plasma(
    pack: Pack, treatment: Consultation
) -> None:
    both = record(treatment, products=(Consumable(name="PRP with vitamin C"),))
    assert [it.item for it in look(pack, both).decision.needed] == [ITEM]


def test_of_who_was_not_treated_nothing_is_asked(pack: Pack, treatment: Consultation) -> None:
    left = record(treatment, products=(PLASMA,), treated=False)
    assert look(pack, left).decision.state is DecisionState.CLEAR


def test_what_stands_against_it_refuses_it(pack: Pack, treatment: Consultation) -> None:
    added = record(treatment, products=(PLASMA,))
    forbidden = tell(added, "yes", LOW)
    box = look(pack, forbidden).decision
    assert box.state is DecisionState.CHANGE_PLAN
    assert "prp_absolute" in {it.id for it in box.findings}
    assert look(pack, record(forbidden, products=())).decision.state is DecisionState.CLEAR

    weighed = tell(added, "yes", ANAEMIA)
    found = look(pack, weighed)
    assert found.decision.state is DecisionState.RELATIVE
    (rule,) = (it for it in found.decision.findings if it.id == "prp_relative")
    decided = replace(
        weighed, overrides=(Override(id=rule.id, reason="GP agrees", digest=rule.digest),)
    )
    settled = look(pack, decided)
    assert not is_blocked(decided, settled, "")
    assert find_beyond(pack, decided, settled) == ()


@pytest.mark.parametrize(
    ("state", "had", "words"),
    [
        (None, (), "Not planned, so nobody was asked what stands against it."),
        ("unsure", (), "Not planned, and what was asked before it stands against it."),
        ("yes", (LOW,), "Not planned, and what was asked before it stands against it."),
        ("yes", (ANAEMIA,), "Not planned, and what was asked before it stands against it."),
    ],
)
def test_what_was_done_can_be_locked_with_its_reason(
    pack: Pack, treatment: Consultation, state: str | None, had: tuple[Condition, ...], words: str
) -> None:
    done = record(treatment, products=(PLASMA,), treated=True)
    done = tell(done, state, *had) if state else done
    (found,) = find_beyond(pack, done, look(pack, done))
    assert found.words.startswith(words)
    assert list_texts(pack, done) == [REASON]
    explained = explain(pack, done, look(pack, done), "Kit opened, patient wished it")
    assert list_texts(pack, explained) == []


def test_nothing_else_is_recorded_by_that_reason(pack: Pack, treatment: Consultation) -> None:
    done = record(treatment, products=(PLASMA,), treated=True)
    explained = explain(pack, done, look(pack, done), "Kit opened")
    answers = {item: it for item, it in explained.answers.items() if item != "sunburn"}
    assert any("refused" in it for it in list_texts(pack, replace(explained, answers=answers)))
    planned = replace(explained, plan=replace(explained.plan, addons=(ITEM,)))
    assert any("refused" in it for it in list_texts(pack, planned))
