"""What was to come and is past is asked again: nobody knows what came of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.decision import DecisionState
from consult_app.domain.history import Exposure
from consult_app.domain.partial_date import PartialDate
from consult_app.knowledge.judgement import Judgement, judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.passed import find_passed
from consult_app.knowledge.visits.begun import move_to
from consult_app.knowledge.visits.later_said import lay_later
from consult_app.knowledge.visits.recall import reconfirm
from consult_app.knowledge.visits.treating import answer_again, begin_treatment
from tests.knowledge.test_treating import ask_all
from tests.knowledge.visits import make_denied, plan_for

DAY, HOLIDAY, LATER = date(2026, 6, 15), date(2026, 6, 20), date(2026, 7, 6)
NOW = datetime.fromisoformat("2026-07-06T09:15")
PLANNED = Exposure(code="planned_sun_after", date=PartialDate.of(HOLIDAY))
YES = Answer(state="yes")


def tell(visit: Consultation, *exposures: Exposure) -> Consultation:
    facts = replace(visit.facts, exposures=exposures)
    return replace(visit, answers={**visit.answers, "tan": YES}, facts=facts)


@pytest.fixture
def last(pack: Pack) -> Consultation:
    """A signed consultation of 15 June which tells of a sun holiday from 20 June on."""
    return replace(tell(make_denied(pack, plan_for("cheeks", "pores")), PLANNED), state="signed")


def look(pack: Pack, visit: Consultation) -> Judgement:
    return judge(pack, visit, today=visit.visit_date)


def asks(pack: Pack, visit: Consultation) -> str | None:
    """Return what is said beside the question about sun; None while it is not open."""
    needed = {it.item: it.against for it in look(pack, visit).decision.needed}
    return needed.get("tan")


def begin(pack: Pack, last: Consultation, now: datetime = NOW) -> Consultation:
    empty = replace(last, id="t1", state="draft", visit_date=now.date(), answers={})
    return begin_treatment(pack, empty, last, look(pack, last).plan, steps=0, now=now)


@pytest.mark.parametrize(
    ("day", "past"), [(HOLIDAY, False), (HOLIDAY + timedelta(days=1), True), (DAY, False)]
)
def test_a_return_visit_asks_what_came_of_it(
    pack: Pack, last: Consultation, day: date, *, past: bool
) -> None:
    visit = replace(last, id="v2", state="draft", visit_date=day, answers={}, facts=last.facts)
    visit = reconfirm(pack, visit, last, last.answers)
    told = asks(pack, visit)
    assert (told is not None) is past
    if told is not None:
        assert told.startswith("Sun holiday or heavy outdoor work planned, 20 Jun 2026")
        assert look(pack, visit).decision.blocks_treatment
        assert asks(pack, replace(visit, answers={**visit.answers, "tan": Answer(state="no")})) is (
            None
        )
        tanned = Exposure(code="tan", date=PartialDate.of(day), zones=("cheeks",))
        assert asks(pack, tell(visit, PLANNED, tanned)) is not None, "which of both is it?"
        assert asks(pack, tell(visit, tanned)) is None


def test_what_was_told_without_its_day_may_be_past_on_any_later_one(
    pack: Pack, last: Consultation
) -> None:
    for when in (PartialDate(2026, 6), PartialDate(2026), None):
        told = tell(last, replace(PLANNED, date=when))
        assert not find_passed(pack, told, DAY), "nothing can have come of it on the day itself"
        assert [*find_passed(pack, told, DAY + timedelta(days=1))] == ["tan"]
        said = answer_again(pack, ask_all(pack, begin(pack, told), told), told, "tan", "yes")
        assert not said.facts.exposures
        assert asks(pack, said) == ""
    assert not find_passed(pack, tell(last, replace(PLANNED, date=PartialDate(2026, 8))), LATER)
    assert not find_passed(pack, tell(last, replace(PLANNED, code="sunbed")), LATER)


def test_what_is_said_to_be_still_to_come_stands_until_that_is_over(
    pack: Pack, last: Consultation
) -> None:
    told = tell(last, replace(PLANNED, date=PartialDate(2026, 7)))
    visit = replace(last, id="v2", state="draft", visit_date=LATER, answers={}, facts=last.facts)
    assert asks(pack, reconfirm(pack, visit, told, ["tan"])) is None, "later in July, as before"
    august = replace(visit, visit_date=date(2026, 8, 3))
    assert asks(pack, reconfirm(pack, august, told, ["tan"])) is not None


def test_a_signed_record_stays_what_it_was(pack: Pack, last: Consultation) -> None:
    late = replace(last, visit_date=LATER)
    assert asks(pack, late) is None
    assert asks(pack, replace(late, state="draft")) is not None


def test_a_visit_made_todays_asks_it_too(pack: Pack, last: Consultation) -> None:
    draft = replace(last, state="draft")
    assert asks(pack, draft) is None
    assert asks(pack, move_to(pack, draft, LATER)) is not None


def test_a_treatment_asks_it_on_the_day_and_refuses_until_it_is_answered(
    pack: Pack, last: Consultation
) -> None:
    begun = ask_all(pack, begin(pack, last), last)
    assert asks(pack, begun) is not None
    assert look(pack, begun).decision.state is DecisionState.INCOMPLETE
    denied = answer_again(pack, begun, last, "tan", "no")
    assert not look(pack, denied).decision.blocks_treatment

    said = answer_again(pack, begun, last, "tan", "yes")
    assert not said.facts.exposures, "what was planned for June is no plan any more"
    assert asks(pack, said) == "", "which, and when?"
    burnt = tell(said, Exposure(code="tan", date=PartialDate(2026, 7, 1), zones=("cheeks",)))
    assert look(pack, burnt).decision.state is DecisionState.DEFER

    next_day = move_to(pack, denied, LATER + timedelta(days=1))
    assert "tan" not in next_day.answers, "as the rest of the re-check"


def test_one_in_time_is_not_asked_about_on_the_day(pack: Pack, last: Consultation) -> None:
    begun = begin(pack, last, datetime.fromisoformat("2026-06-16T09:15"))
    assert begun.answers["tan"] == YES
    assert asks(pack, begun) is None


def test_what_a_treatment_told_of_it_is_the_last_answer(pack: Pack, last: Consultation) -> None:
    begun = begin(pack, last)
    denied = replace(answer_again(pack, begun, last, "tan", "no"), state="signed")
    said = lay_later(pack, last, [last, denied])
    assert said.since["tan"] == denied
    assert said.visit.answers["tan"].state == "no"
    older = replace(begun, answers={**begun.answers, "tan": YES}, state="signed")
    assert "tan" not in lay_later(pack, last, [last, older]).since, "it was carried, not asked"
