"""A day still to come of what has happened is no day of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest

from consult_app.app import Program
from consult_app.domain.consultation import Consultation
from consult_app.domain.history import Condition, Exposure, Facts, Medication, Procedure
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.people import Patient
from consult_app.domain.plan import PlanRequest, Target
from consult_app.knowledge.judgement import Judgement, judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.screening.decision import MISDATED
from consult_app.knowledge.told.answers import answers_of, settle_facts
from consult_app.knowledge.told.on import HAPPENED
from consult_app.knowledge.told.to_come import is_mistaken
from consult_app.knowledge.visits.details import DATES

DAY, TEN = date(2026, 6, 15), time(10)
TESTED = Condition(code="diabetes", hba1c_pct=7.0, hba1c_date=PartialDate(2025, 12, 15))
TO_COME = (
    *(PartialDate(2026, 6, 16), PartialDate(2026, 12, 1), PartialDate(2026, 7)),
    *(PartialDate(2027, 1), PartialDate(2027)),
)
BY_NOW = (PartialDate(2026, 6, 15), PartialDate(2026, 6), PartialDate(2026))
VISIT = Consultation(
    id="v1",
    patient_id="p1",
    visit_date=DAY,
    started_at=datetime.combine(DAY, TEN),
    patient=Patient(name="Ada Berg", date_of_birth=date(1984, 3, 3)),
    plan=PlanRequest(targets=(Target(area="cheeks", concern="acne_rolling"),)),
)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return Program().pack


def tell(pack: Pack, **told: Any) -> Consultation:  # noqa: ANN401 - lists of the facts
    lists: dict[str, Any] = {name: (entry,) for name, entry in told.items()}
    facts = Facts(phototype=2, **lists)
    return replace(VISIT, facts=facts, answers=answers_of(pack, facts))


def look(pack: Pack, visit: Consultation) -> Judgement:
    return judge(pack, visit, today=DAY)


def found(judgement: Judgement) -> set[str]:
    return {it.id for it in judgement.decision.findings}


@pytest.mark.parametrize("day", TO_COME, ids=str)
def test_a_test_that_is_still_to_come_verifies_nothing(pack: Pack, day: PartialDate) -> None:
    visit = tell(pack, conditions=replace(TESTED, hba1c_date=day))
    judgement = look(pack, visit)

    assert "diabetes_unverified" in found(judgement)
    assert "diabetes_controlled" not in found(judgement)
    assert judgement.decision.blocks_treatment
    (told,) = visit.facts.conditions
    assert told.hba1c_date == day, "what was told stays written"


@pytest.mark.parametrize("day", [*BY_NOW, PartialDate(2025, 12, 15)], ids=str)
def test_a_test_of_today_and_of_six_months_ago_verifies(pack: Pack, day: PartialDate) -> None:
    judgement = look(pack, tell(pack, conditions=replace(TESTED, hba1c_date=day)))

    assert "diabetes_controlled" in found(judgement)
    assert "diabetes_unverified" not in found(judgement)


@pytest.mark.parametrize("day", TO_COME, ids=str)
@pytest.mark.parametrize(
    ("code", "status", "attribute"),
    [
        ("mi", None, "date"),
        ("herpes_simplex", "healed", "date_healed"),
        ("skin_infection", "cleared", "date_cleared"),
        ("scar", None, "closed_on"),
        ("rosacea", "controlled", "flare_ended"),
        ("psoriasis", "stable", "last_activity"),
    ],
)
def test_no_day_to_come_is_calmer_than_none(
    pack: Pack, code: str, status: str | None, attribute: str, day: PartialDate
) -> None:
    bare = Condition(code=code, status=status, zones=("cheeks",))
    mistaken: Any = {attribute: day}
    for first in (date(2026, 7, 6), date(2027, 9, 6), date(2028, 9, 4)):
        plan = replace(VISIT.plan, first_session=datetime.combine(first, TEN))
        undated = replace(tell(pack, conditions=bare), plan=plan)
        dated = replace(tell(pack, conditions=replace(bare, **mistaken)), plan=plan)

        now = look(pack, dated)
        assert found(now) == found(look(pack, undated))
        assert now.screening == look(pack, undated).screening


def test_every_date_of_a_condition_is_of_what_has_happened(pack: Pack) -> None:
    codes = [it for it in pack.vocabulary.code if it.list == "conditions"]
    assert {*HAPPENED} == DATES.keys() & {name for it in codes for name in it.attributes}


@pytest.mark.parametrize(
    ("told", "read"),
    [
        (PartialDate(2026, 7, 3), PartialDate(2026, 7, 3)),
        (PartialDate(2026, 7), PartialDate(2026, 7, 31)),
        (PartialDate(2027), PartialDate(2027, 12, 31)),
        (PartialDate(2026, 6), PartialDate(2026, 6)),
        (PartialDate(2026), PartialDate(2026)),
        (PartialDate(2026, 6, 1), PartialDate(2026, 6, 1)),
    ],
    ids=str,
)
def test_what_is_planned_for_a_month_to_come_counts_to_its_end(
    pack: Pack, told: PartialDate, read: PartialDate
) -> None:
    """It was read as the day of the consultation, so a wait ended before the month did."""
    tablets = Medication(code="isotretinoin", status="stopped", last_dose=told)
    sun = Exposure(code="sunbed", date=told)
    facts = settle_facts(pack, tell(pack, medications=tablets, exposures=sun), today=DAY)

    assert [it.last_dose for it in facts.medications] == [read]
    assert [it.date for it in facts.exposures] == [read]


def test_a_holiday_to_come_keeps_its_month(pack: Pack) -> None:
    """From its first day to its last it may begin soon after the treatment."""
    holiday = Exposure(code="planned_sun_after", date=PartialDate(2026, 7))
    visit = replace(
        tell(pack, exposures=holiday),
        plan=replace(VISIT.plan, first_session=datetime.combine(date(2026, 7, 6), TEN)),
    )

    assert settle_facts(pack, visit, today=DAY).exposures == (holiday,)
    assert "planned_sun_exposure_after" in found(look(pack, visit))


def test_an_earlier_treatment_on_a_day_to_come_is_mistaken_and_stays_refused(pack: Pack) -> None:
    filler = Procedure(code="filler_ha", date=PartialDate(2026, 6, 16), zones=("cheeks",))

    assert is_mistaken(filler, "date", DAY)
    assert not is_mistaken(filler, "date", date(2026, 6, 16))
    judged = look(pack, tell(pack, procedures=filler))
    assert judged.screening is None
    assert judged.decision.headline == MISDATED
    assert judged.decision.blocks_treatment


def test_what_may_be_planned_and_what_is_not_told_is_no_mistake() -> None:
    tablets = Medication(code="isotretinoin", last_dose=PartialDate(2027))
    sun = Exposure(code="sunbed", date=PartialDate(2027))

    assert not is_mistaken(tablets, "last_dose", DAY)
    assert not is_mistaken(sun, "date", DAY)
    assert not is_mistaken(replace(TESTED, hba1c_date=None), "hba1c_date", DAY)
    assert not is_mistaken(None, "hba1c_date", DAY)
