"""What a question names and another one asks for says what a Yes is to."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

import pytest

from consult_app.domain import change
from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.history import Condition, Facts, Lifestyle, Medication
from consult_app.domain.plan import PlanRequest
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.answers import settle_facts
from consult_app.knowledge.visits.details import tell_details
from consult_app.paths import find_resources

YES, NO = Answer(state="yes"), Answer(state="no")
VISIT = Consultation(
    id="v1",
    patient_id="p1",
    visit_date=date(2026, 6, 15),
    started_at=datetime.fromisoformat("2026-06-15T10:00"),
    plan=PlanRequest(addons=("prp",)),
    answers={"prp": YES},
)
INFECTIONS = {"skin_infection", "herpes_simplex"}
"""At the site alone they are in the way, and the question names none."""


def is_open(pack: Pack, visit: Consultation) -> bool:
    return "prp" in settle_facts(pack, visit, today=VISIT.visit_date).unanswered


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (Facts(lifestyle=Lifestyle(smoker=True)), "Smokes or vapes"),
        (Facts(medications=(Medication(code="ibuprofen"),)), "Ibuprofen"),
        (Facts(conditions=(Condition(code="platelets_below_100"),)), "Platelets below 100 x10⁹/L"),
        (Facts(conditions=(Condition(code="acute_illness"),)), "Fever or acute infection"),
    ],
)
def test_a_yes_is_to_what_another_question_was_told(pack: Pack, facts: Facts, words: str) -> None:
    """A smoker had no truthful way on: none of what could be chosen was so."""
    assert is_open(pack, VISIT), "a Yes to nothing stays open"
    told = replace(VISIT, facts=facts)
    assert not is_open(pack, told)
    assert tell_details(pack, told, "prp") == words


def test_what_is_denied_where_it_is_asked_is_no_reason(pack: Pack) -> None:
    facts = Facts(lifestyle=Lifestyle(smoker=True))
    assert is_open(pack, replace(VISIT, facts=facts, answers={"prp": YES, "lifestyle": NO}))


def test_everything_its_rules_look_for_can_be_said(pack: Pack) -> None:
    counts = pack.question_by_id["prp"].counts
    file = find_resources() / "content" / "microneedling" / "rules" / "add_on.toml"
    rules = tomllib.loads(file.read_text("utf-8"))["rule"]
    looked_for = {name for rule in rules if rule["item"] == "prp" for name in find_named(rule)}
    sayable = {f"{code.list}:{code.id}" for code in pack.vocabulary.code if "prp" in code.asked_by}
    assert looked_for - sayable == set(counts)
    assert all(":" in name or change.look(Facts(), name) is False for name in counts)


def find_named(value: object) -> Iterator[str]:
    """Yield what a rule names: entries as LIST:CODE, facts that are so or not."""
    if isinstance(value, dict):
        if "entry" in value:
            codes = value["code"] if isinstance(value["code"], list) else [value["code"]]
            yield from (f"{value['entry']}:{code}" for code in codes if code not in INFECTIONS)
        elif value.get("is") is True:
            yield value["fact"]
        value = list(value.values())
    for part in value if isinstance(value, list) else ():
        yield from find_named(part)
