"""A raised scar that is seen or planned answers its question, and its opinion is decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from consult_app.domain.consultation import Answer, Consultation, MapFinding, Override
from consult_app.domain.decision import DecisionState
from consult_app.domain.finding import Finding
from consult_app.domain.history import Condition
from consult_app.domain.plan import Target
from consult_app.knowledge.judgement import Judgement, judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.screening.decision import find_undecided
from consult_app.knowledge.screening.opinion import OPINION
from consult_app.knowledge.told.seen import tell_seen
from consult_app.knowledge.visits.locking import find_cause, may_treat_today
from consult_app.knowledge.visits.treating import begin_treatment
from tests.knowledge.visits import make_denied, plan_for

TODAY = date(2026, 6, 15)
REASON = "Dr Roe, scar clinic, 12 June: may be needled"
RAISED = (Target(area="shoulders", concern="scar_raised"),)
PORES = (Target(area="cheeks", concern="pores"),)


@pytest.fixture
def denied(pack: Pack) -> Consultation:
    """A visit in which all was denied, raised scars too, while one is planned."""
    return make_denied(pack, plan_for("shoulders", "scar_raised"))


def look(pack: Pack, visit: Consultation) -> Judgement:
    return judge(pack, visit, today=TODAY)


def find(judgement: Judgement) -> Finding | None:
    return next((it for it in judgement.decision.findings if it.id == OPINION), None)


def conditions(judgement: Judgement) -> set[str]:
    assert judgement.plan is not None
    return {note.id for note in judgement.plan.conditions}


def record(visit: Consultation, found: Finding) -> Consultation:
    return replace(visit, overrides=(Override(id=OPINION, reason=REASON, digest=found.digest),))


def test_a_planned_raised_scar_is_not_green_until_the_opinion_is_recorded(
    pack: Pack, denied: Consultation
) -> None:
    judgement = look(pack, denied)
    assert judgement.decision.state is DecisionState.RELATIVE
    assert [it.id for it in find_undecided(judgement.decision)] == [OPINION]
    assert find_cause(judgement) == f"record:{OPINION}"
    assert not may_treat_today(judgement)
    assert OPINION in conditions(judgement)
    found = find(judgement)
    assert found is not None
    assert pack.name_finding(found) == "Scar specialist's opinion"

    decided = look(pack, record(denied, found))
    assert decided.decision.recorded == {OPINION: REASON}
    assert find(decided) == found, "what was recorded stays to be read and changed"
    assert may_treat_today(decided)
    assert OPINION not in conditions(decided)


def test_screening_says_nothing_of_it(pack: Pack, denied: Consultation) -> None:
    screening = look(pack, denied).screening
    assert screening is not None
    assert OPINION not in {it.id for it in screening.findings}
    assert str(screening.outcome) == "clear"


def test_an_opinion_hides_no_open_question_and_nothing_stronger(
    pack: Pack, denied: Consultation
) -> None:
    found = find(look(pack, denied))
    assert found is not None
    asked = {item: it for item, it in denied.answers.items() if item != "pregnancy"}
    open_now = look(pack, record(replace(denied, answers=asked), found))
    assert open_now.decision.state is DecisionState.INCOMPLETE

    expecting = replace(denied.facts, pregnancy="yes")
    answers = {**denied.answers, "pregnancy": Answer(state="yes")}
    stopped = look(pack, record(replace(denied, facts=expecting, answers=answers), found))
    assert stopped.decision.state is DecisionState.ABSOLUTE


@pytest.mark.parametrize(
    ("zones", "asks"), [(None, True), (("cheeks",), True), (("thighs",), False)]
)
def test_a_scar_that_may_lie_where_it_is_planned_asks_for_it(
    pack: Pack, denied: Consultation, zones: tuple[str, ...] | None, *, asks: bool
) -> None:
    scar = Condition(code="hypertrophic_scar", zones=zones)
    visit = replace(
        denied,
        answers={**denied.answers, "keloid": Answer(state="yes")},
        facts=replace(denied.facts, conditions=(scar,)),
        plan=replace(denied.plan, targets=PORES, primary_concern="pores"),
    )
    judgement = look(pack, visit)
    assert (find(judgement) is not None) is asks
    assert (OPINION in conditions(judgement)) is asks


def told(visit: Consultation, *scars: Condition) -> Consultation:
    answers = {**visit.answers, "keloid": Answer(state="yes")}
    return replace(visit, answers=answers, facts=replace(visit.facts, conditions=scars))


CHEEK = Condition(code="hypertrophic_scar", zones=("cheeks",))
SEEN = MapFinding(area="cheeks", side="left", concern="scar_raised", grade=2)


@pytest.mark.parametrize(
    ("later", "held"),
    [
        pytest.param(*case[1:], id=case[0])
        for case in (
            ("the same", {}, True),
            ("elsewhere", {"scars": (CHEEK, replace(CHEEK, zones=("thighs",)))}, True),
            ("another", {"scars": (CHEEK, replace(CHEEK, zones=("chin",)))}, False),
            ("another nowhere", {"scars": (CHEEK, replace(CHEEK, zones=None))}, False),
            ("seen", {"seen": (SEEN,)}, False),
            ("seen elsewhere", {"seen": (replace(SEEN, area="thighs"),)}, True),
            ("flat", {"seen": (replace(SEEN, concern="scar_flat"),)}, True),
            ("planned", {"planned": (Target(area="cheeks", concern="scar_raised"),)}, False),
        )
    ],
)
def test_another_raised_scar_is_not_covered_by_the_opinion_of_the_first(
    pack: Pack, denied: Consultation, later: dict[str, tuple[Any, ...]], *, held: bool
) -> None:
    targets = (*PORES, Target(area="chin", concern="pores"))
    plan = replace(denied.plan, targets=targets, primary_concern="pores")
    first = told(replace(denied, plan=plan), CHEEK)
    found = find(look(pack, first))
    assert found is not None

    recorded = told(record(first, found), *later.get("scars", (CHEEK,)))
    more = replace(
        recorded,
        skin=replace(recorded.skin, findings=later.get("seen", ())),
        plan=replace(plan, targets=(*targets, *later.get("planned", ()))),
    )
    judgement = look(pack, more)
    assert (OPINION in judgement.decision.recorded) is held
    assert (OPINION not in conditions(judgement)) is held, "the plan says the same"
    assert may_treat_today(judgement) is held


def test_an_older_record_names_no_scar_and_a_treatment_takes_it_for_those_of_its_day(
    pack: Pack, denied: Consultation
) -> None:
    first = told(denied, CHEEK)
    found = find(look(pack, first))
    assert found is not None
    rule = replace(found, digest=found.digest.partition(":")[0])
    signed = replace(record(first, rule), state="signed")
    now = datetime.fromisoformat("2026-06-15T15:00")
    begun = begin_treatment(pack, first, signed, None, steps=0, now=now)
    again = {**begun.answers, "keloid": Answer(state="yes")}
    begun = replace(begun, answers=again, facts=first.facts)
    assert OPINION in look(pack, begun).decision.recorded
    another = replace(CHEEK, zones=None)
    assert OPINION not in look(pack, told(begun, CHEEK, another)).decision.recorded


def test_a_raised_scar_on_the_map_or_in_the_plan_answers_its_question(
    pack: Pack, denied: Consultation
) -> None:
    told = tell_seen(pack, denied, [("scar_raised", "shoulders")])
    assert told.answers["keloid"] == Answer(state="yes")
    assert told.facts.conditions == (Condition(code="hypertrophic_scar"),)
    found = {it.id for it in look(pack, told).decision.findings}
    assert {"hypertrophic_scar_history", OPINION} <= found
