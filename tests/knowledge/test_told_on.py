"""A date says on a later day what it said on the day it was told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from consult_app.app import Program
from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.history import Condition, Facts, Medication, Procedure
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.people import Patient
from consult_app.domain.plan import PlanRequest, Target
from consult_app.knowledge.judgement import judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.answers import answers_of, settle_facts
from consult_app.knowledge.told.on import find_told_on, forget_told, read_told_days
from consult_app.knowledge.visits.begun import move_from, move_to
from consult_app.knowledge.visits.details import forget_details
from consult_app.knowledge.visits.later_said import lay_later
from consult_app.knowledge.visits.recall import reconfirm
from consult_app.knowledge.visits.treating import begin_treatment

DAY, NEXT, TEN = date(2026, 6, 15), date(2026, 7, 13), time(10)
FILLER = Procedure(code="filler_ha", date=PartialDate(2026, 6), zones=("cheeks",))
EMPTY = Consultation(
    id="v2", patient_id="p1", visit_date=NEXT, started_at=datetime.combine(NEXT, TEN)
)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return Program().pack


def make(pack: Pack, **lists: object) -> Consultation:
    """Return a consultation in which that was told."""
    facts = Facts(phototype=2, **lists)  # type: ignore[arg-type] # lists of the facts
    return Consultation(
        id="v1",
        patient_id="p1",
        visit_date=DAY,
        started_at=datetime.combine(DAY, TEN),
        patient=Patient(name="Ada Berg", date_of_birth=date(1984, 3, 3)),
        facts=facts,
        answers=answers_of(pack, facts),
        plan=PlanRequest(targets=(Target(area="cheeks", concern="acne_rolling"),)),
    )


def treat(pack: Pack, last: Consultation, day: date = NEXT) -> Consultation:
    empty = replace(EMPTY, visit_date=day, patient=last.patient)
    signed = replace(last, state="signed")
    now = datetime.combine(day, TEN)
    return begin_treatment(pack, empty, signed, None, steps=0, now=now)


def find(pack: Pack, visit: Consultation) -> set[str]:
    return {it.id for it in judge(pack, visit, today=visit.visit_date).decision.findings}


@pytest.mark.parametrize("told", [PartialDate(2026, 6), PartialDate(2026)], ids=str)
def test_the_day_a_wait_ends_does_not_move_on(pack: Pack, told: PartialDate) -> None:
    """Told as June, or as this year, a filler moved on with each day that treating was tried."""
    last = make(pack, procedures=(replace(FILLER, date=told),))
    (found,) = [
        it
        for it in judge(pack, last, today=DAY).decision.findings
        if it.item == "injectables" and it.until is not None
    ]
    assert found.until == NEXT

    begun = treat(pack, last)

    assert found.id not in find(pack, begun)
    assert found.id in find(pack, treat(pack, last, NEXT - timedelta(days=1)))
    assert begun.facts.procedures[0].date == told, "what was told stays written"
    assert found.id not in find(pack, treat(pack, begun, date(2026, 8, 10)))


def test_a_test_that_was_to_come_when_it_was_told_verifies_nothing_later(pack: Pack) -> None:
    sugar = Condition(code="diabetes", hba1c_pct=7.0, hba1c_date=PartialDate(2026, 7, 1))
    begun = treat(pack, make(pack, conditions=(sugar,)))

    assert "diabetes_unverified" in find(pack, begun)
    assert find_told_on(begun, "conditions", sugar, "hba1c_date") == DAY
    again = replace(sugar, hba1c_date=PartialDate(2026, 7, 2))
    assert find_told_on(begun, "conditions", again, "hba1c_date") == NEXT


def test_a_medicine_that_was_going_to_be_stopped_in_a_month_to_come_keeps_its_end(
    pack: Pack,
) -> None:
    tablets = Medication(code="isotretinoin", status="stopped", last_dose=PartialDate(2026, 7))
    begun = treat(pack, make(pack, medications=(tablets,)), date(2026, 7, 20))

    (read,) = settle_facts(pack, begun, today=begun.visit_date).medications
    assert read.last_dose == PartialDate(2026, 7, 31)


def test_what_needs_no_day_keeps_none(pack: Pack) -> None:
    past = replace(FILLER, date=PartialDate(2026, 5))
    whole = Medication(code="isotretinoin", status="stopped", last_dose=PartialDate(2026, 6, 1))
    begun = treat(pack, make(pack, procedures=(past,), medications=(whole,)))

    assert read_told_days(begun) == {}


def test_what_is_told_anew_is_of_the_day(pack: Pack) -> None:
    last = make(pack, procedures=(FILLER,))
    begun = treat(pack, last)
    assert set(read_told_days(begun).values()) == {DAY}

    assert read_told_days(forget_told(begun, "procedures", "filler_ha")) == {}
    assert read_told_days(forget_told(begun, "procedures", "filler_ha", ["date"])) == {}
    assert read_told_days(forget_told(begun, "procedures", "filler_ha", ["zones"])) != {}
    assert read_told_days(forget_told(begun, "procedures", "filler_caha")) != {}
    assert read_told_days(forget_details(pack, begun, last, "injectables")) == {}


def test_as_before_takes_the_day_over_and_keeps_that_of_a_treatment(pack: Pack) -> None:
    last = replace(make(pack, procedures=(FILLER,)), state="signed")
    taken = reconfirm(pack, EMPTY, last, ["injectables"])
    assert set(read_told_days(taken).values()) == {DAY}
    assert read_told_days(reconfirm(pack, EMPTY, last, ["metal"])) == {}

    item = pack.recheck.items[0]
    year = PartialDate(2026)
    sore = Condition(code="herpes_simplex", status="healed", date_healed=year, zones=("chin",))
    assert item == "herpes_simplex" or "herpes_simplex" in pack.recheck.items
    treated = replace(
        treat(pack, last),
        facts=Facts(conditions=(sore,)),
        answers={"herpes_simplex": Answer(state="yes")},
        state="signed",
    )
    said = lay_later(pack, last, [last, treated]).visit
    assert find_told_on(said, "conditions", sore, "date_healed") == NEXT


def test_a_visit_made_one_of_a_later_day_keeps_the_day_it_was_told(pack: Pack) -> None:
    moved = move_to(pack, make(pack, procedures=(FILLER,)), NEXT)

    assert set(read_told_days(moved).values()) == {DAY}
    assert settle_facts(pack, moved, today=NEXT).procedures[0].date == PartialDate.of(DAY)


def test_a_visit_dated_back_is_no_longer_ago(pack: Pack) -> None:
    """The tablets were counted on from the day that the field read on the way."""
    tablets = Medication(code="prednisolone", status="current", mg_per_day=30, days=8)
    visit = make(pack, medications=(tablets,))
    for _ in range(2):
        back = move_to(pack, visit, date(2026, 6, 1))
        visit = move_to(pack, back, DAY)
        assert visit.facts.medications == (tablets,)

    later = move_to(pack, visit, date(2026, 6, 20))
    assert [it.days for it in later.facts.medications] == [13]


def test_the_letters_of_a_day_are_no_days(pack: Pack) -> None:
    plan = PlanRequest(first_session=datetime.combine(DAY, TEN))
    before = replace(make(pack, procedures=(FILLER,)), plan=plan)
    visit = before
    for day in (date(2026, 6, 2), date(2026, 6, 20), date(2026, 6, 2), DAY):
        visit = move_from(pack, visit, before, day)
        assert visit == move_to(pack, before, day)
    assert visit == before
    named = replace(before, patient=Patient(name="Ada Bergs"))
    moved = move_from(pack, named, before, date(2026, 6, 20))
    assert moved.patient == named.patient


@pytest.mark.parametrize(
    ("first", "dose", "days", "found"),
    [
        (date(2026, 6, 20), 30, 8, False),
        (date(2026, 6, 21), 30, 8, True),
        (date(2026, 6, 26), 6, 80, False),
    ],
)
def test_what_is_still_taken_is_taken_until_the_first_visit(
    pack: Pack, first: date, dose: float, days: int, *, found: bool
) -> None:
    """The box promised a day on which the treatment refused."""
    tablets = Medication(code="prednisolone", status="current", mg_per_day=dose, days=days)
    visit = make(pack, medications=(tablets,))
    visit = replace(visit, plan=replace(visit.plan, first_session=datetime.combine(first, TEN)))

    there = find(pack, visit)
    assert ("high_dose_steroid" in there) is found
    assert ("immunosuppression" in there) is (days == 80 and (first - DAY).days > 10)
    treated = find(pack, treat(pack, visit, first))
    assert ("high_dose_steroid" in treated) is found
    assert visit.facts.medications == (tablets,)
