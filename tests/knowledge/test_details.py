"""Details behind an answer are told in words; those of an earlier visit can be forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.entries import Entry
from consult_app.domain.history import Condition, Exposure, Facts, Medication
from consult_app.domain.partial_date import PartialDate
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.details import forget_details, tell_details
from consult_app.knowledge.visits.recall import tell_answer
from consult_app.knowledge.visits.since_last import compare

VISIT = Consultation(
    id="v1",
    patient_id="p1",
    visit_date=date(2026, 6, 1),
    started_at=datetime.fromisoformat("2026-06-01T09:00:00"),
)
HEALED = Condition(code="herpes_simplex", status="healed", date_healed=PartialDate(2026, 3))


def tell(item: str, **facts: object) -> Consultation:
    """Return a visit that says Yes to an item."""
    made = replace(Facts(), **facts)  # type: ignore[arg-type] # its fields
    return replace(VISIT, facts=made, answers={item: Answer(state="yes")})


@pytest.mark.parametrize(
    ("item", "name", "entry", "words"),
    [
        (
            "herpes_simplex",
            "conditions",
            HEALED,
            "Cold sores (herpes simplex), healed, healed on Mar 2026",
        ),
        (
            "diabetes",
            "conditions",
            Condition(code="diabetes", hba1c_pct=7.25, hba1c_date=PartialDate(2026, 5, 4)),
            "Diabetes, date of the test 4 May 2026, HbA1c 7.25 %",
        ),
        (
            "sunburn",
            "exposures",
            Exposure(
                code="sunburn", date=PartialDate(2026), zones=("cheeks",), still_inflamed=True
            ),
            "Sunburn, 2026, still red or peeling, cheeks",
        ),
        (
            "isotretinoin",
            "medications",
            Medication(code="isotretinoin", status="stopped", mg_per_day=20),
            "Isotretinoin, stopped, dose 20 mg a day",
        ),
    ],
)
def test_how_it_stands_when_and_where_is_told(
    pack: Pack, item: str, name: str, entry: Entry, words: str
) -> None:
    visit = tell(item, **{name: (entry,)})

    assert tell_details(pack, visit, item) == words
    assert tell_answer(pack, visit, item) == f"Yes: {words}"


def test_which_pregnancy_and_what_is_in_the_way_of_deciding_are_told(pack: Pack) -> None:
    assert tell_details(pack, tell("pregnancy", pregnancy="trying"), "pregnancy") == (
        "Trying for a baby"
    )
    facts = Facts()
    crisis = replace(facts, consent=replace(facts.consent, in_crisis=True))
    assert tell_details(pack, replace(VISIT, facts=crisis), "consent") == "In crisis"


def test_only_what_the_earlier_visit_said_is_forgotten(pack: Pack) -> None:
    last = tell("herpes_simplex", conditions=(HEALED,), pregnancy="trying")

    visit = forget_details(pack, last, last, "herpes_simplex")
    assert visit.facts.conditions == (Condition(code="herpes_simplex"),)
    assert visit.facts.pregnancy == "trying", "of another question"
    assert forget_details(pack, last, last, "pregnancy").facts.pregnancy == "no"

    told = tell("herpes_simplex", conditions=(replace(HEALED, status="active"),))
    assert forget_details(pack, told, last, "herpes_simplex") is told


def test_a_cold_sore_that_is_back_is_a_difference_between_visits(pack: Pack) -> None:
    """Both said Yes, and the comparison said that nothing had changed."""
    last = tell("herpes_simplex", conditions=(HEALED,))
    visit = tell("herpes_simplex", conditions=(Condition(code="herpes_simplex", status="active"),))

    (found,) = [it for it in compare(pack, last, visit) if it.step == "safety"]
    assert found.before.endswith("healed on Mar 2026")
    assert found.today == "Yes: Cold sores (herpes simplex), active"
