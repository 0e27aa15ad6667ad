"""A visit made one of another day: what moves with it, and what is asked anew."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from consult_app.domain.consultation import Agreement, Answer, Consultation
from consult_app.domain.history import Condition, Facts, Medication
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.plan import PlanRequest
from consult_app.domain.treatment import Supervision, Treatment
from consult_app.knowledge.judgement import judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.begun import find_past_visit, is_behind, move_to
from consult_app.values import replace

JUNE, JULY = date(2026, 6, 15), date(2026, 7, 6)
AT = datetime.fromisoformat("2026-06-15T10:00")
MOVED = datetime.fromisoformat("2026-07-06T10:00")
VISIT = Consultation(
    id="v1",
    patient_id="p1",
    visit_date=JUNE,
    started_at=AT,
    plan=PlanRequest(first_session=AT),
)


@pytest.mark.parametrize(
    ("visit", "today", "behind"),
    [
        (VISIT, JULY, True),
        (replace(VISIT, kind="treatment"), JULY, True),
        (VISIT, JUNE, False),
        (replace(VISIT, kind="treatment", state="signed"), JULY, False),
        (replace(VISIT, state="put_away"), JULY, False),
        (replace(VISIT, kind="review"), JULY, False),
        (replace(VISIT, kind="addendum"), JULY, False),
    ],
)
def test_what_is_unfinished_and_judged_falls_behind(
    visit: Consultation, today: date, *, behind: bool
) -> None:
    assert is_behind(visit, today) is behind


def test_a_first_visit_before_today_is_past() -> None:
    assert find_past_visit(VISIT, JULY) == JUNE
    assert find_past_visit(VISIT, JUNE) is None
    assert find_past_visit(replace(VISIT, state="signed"), JULY) is None


def test_a_treatment_of_another_day_is_asked_anew(pack: Pack) -> None:
    allowed = Supervision(name="Dr S", reason="Healed long ago")
    told = Treatment(new_medicines="no", supervision=allowed, treated=True, pain=3, numbing_on=AT)
    items = (*pack.recheck.items, *pack.medicine_items, "keloid")
    answers = {item: Answer(state="no") for item in items}
    visit = replace(VISIT, kind="treatment", treatment=told, answers=answers)

    moved = move_to(pack, visit, JULY)

    assert moved.answers == {"keloid": Answer(state="no")}
    assert moved.treatment == Treatment(pain=3, numbing_on=MOVED)
    assert (moved.visit_date, moved.plan.first_session) == (JULY, MOVED)
    assert move_to(pack, visit, JUNE) is visit


def test_a_cream_taken_off_past_midnight_stays_so_on_another_day(pack: Pack) -> None:
    late = Treatment().place_cream(JUNE, numbing_on=time(23, 30), numbing_off=time(0, 20))
    visit = replace(VISIT, kind="treatment", treatment=late)

    moved = move_to(pack, visit, JULY)

    assert moved.treatment is not None
    assert moved.treatment.numbing_on == datetime.fromisoformat("2026-07-06T23:30")
    assert moved.treatment.numbing_off == datetime.fromisoformat("2026-07-07T00:20")


def test_a_yes_made_anew_needs_the_details_of_the_other_day(pack: Pack) -> None:
    """What it is stays named: it was told, and nobody denied it."""
    sore = Condition(code="herpes_simplex", status="healed", date_healed=PartialDate(2026, 6, 1))
    answers = {"herpes_simplex": Answer(state="yes")}
    told = replace(VISIT, kind="treatment", treatment=Treatment(), answers=answers)

    moved = move_to(pack, replace(told, facts=Facts(conditions=(sore,))), JULY)

    assert moved.facts.conditions == (Condition(code="herpes_simplex"),)


NO, YES = Answer(state="no"), Answer(state="yes")


def test_a_consultation_of_another_day_asks_again_what_holds_for_a_day(pack: Pack) -> None:
    """*Not pregnant* of three weeks before counted as said today."""
    answers = dict.fromkeys(("pregnancy", "broken_skin", "keloid", "diabetes"), NO)
    answers |= {"topical_actives": NO, "herpes_simplex": NO}
    visit = replace(VISIT, answers=answers, agreement=Agreement(treat_today=True))

    moved = move_to(pack, visit, JULY)

    assert moved.answers.keys() == {"keloid", "diabetes"}
    assert not moved.agreement.treat_today


def test_what_a_yes_named_stays_known_while_it_is_asked_again(pack: Pack) -> None:
    """A *Do not treat* is not lost with the answer; what was denied does not come back."""
    sore = Condition(code="herpes_simplex", status="active")
    told = Facts(pregnancy="yes", conditions=(sore,))
    answers = {"pregnancy": YES, "herpes_simplex": NO}
    moved = move_to(pack, replace(VISIT, answers=answers, facts=told), JULY)

    judgement = judge(pack, moved, today=JULY)

    assert not moved.answers
    assert moved.facts == Facts(pregnancy="yes")
    assert judgement.decision.state == "absolute"
    assert {"pregnancy", "herpes_simplex"} <= {it.item for it in judgement.decision.needed}


def test_of_a_medicine_still_taken_the_last_use_is_asked_again(pack: Pack) -> None:
    cream = Medication(code="tretinoin_topical", status="current", last_dose=PartialDate.of(JUNE))
    visit = replace(VISIT, answers={"topical_actives": YES}, facts=Facts(medications=(cream,)))

    (moved,) = move_to(pack, visit, JULY).facts.medications

    assert (moved.status, moved.last_dose) == ("current", None)


@pytest.mark.parametrize("day", [date(2026, 6, 14), JUNE, date(2026, 6, 12)])
def test_a_visit_dated_back_is_not_asked_anew(pack: Pack, day: date) -> None:
    visit = replace(VISIT, answers={"pregnancy": NO})
    assert move_to(pack, visit, day).answers == visit.answers
    back = replace(visit, visit_date=date(2026, 6, 12))
    assert move_to(pack, back, JUNE).answers == visit.answers, "said on the day it was begun"


def test_a_consultation_keeps_its_other_answers_and_a_first_visit_to_come(pack: Pack) -> None:
    visit = replace(VISIT, answers={"keloid": NO})
    later = replace(
        visit, plan=PlanRequest(first_session=datetime.fromisoformat("2026-07-20T09:00"))
    )

    assert move_to(pack, visit, JULY).answers == visit.answers
    assert move_to(pack, visit, JULY).plan.first_session == MOVED
    assert move_to(pack, later, JULY).plan == later.plan
    assert move_to(pack, visit, date(2026, 6, 14)).plan == visit.plan
