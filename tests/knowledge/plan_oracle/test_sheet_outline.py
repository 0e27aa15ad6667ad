"""Every sheet says what consent needs, in the order of the reference (2.1, 2.5, 5.4 to 5.6)."""

from __future__ import annotations

import re

import pytest

from consult_app.handout.compose_length import list_sections
from tests.knowledge.oracle.reckoning import find_around
from tests.knowledge.plan_oracle import test_sheet_promises as promises
from tests.knowledge.plan_oracle.cases import make_plan_case
from tests.knowledge.plan_oracle.cells import read_tables
from tests.knowledge.plan_oracle.minutes import reckon_minutes
from tests.knowledge.plan_oracle.sheets import (
    COUNTRIES,
    LONGEST,
    SHORTEST,
    list_random,
    read_random,
    take_random,
)
from tests.knowledge.plan_oracle.tables import AIMS
from tests.knowledge.plan_oracle.told import Asked

SOME, MANY, STEP = 60, 2400, 20
ORDER = (
    *("main", "plan", "visits", "happens", "may", "choices", "harms", "before", "after"),
    *("healing", "avoid", "later", "call", "emergency"),
)
"""The outline of 5.6; *after* has parts, and the patient's choice moves."""
NEVER_CUT = {"main", "plan", "visits", "happens", "may", "choices", "harms", "before", "after"}
NEVER_CUT |= {"avoid", "call", "emergency", "choice"}
"""2, 4, 10 and 12, and the alternatives, harms and limits that consent needs."""
NUMBERS = {"GB": "999", "US": "911", "AU": "000", "CA": "911"}
"""Whom to call at once, by locale (2.6), whoever's rules hold."""
GRADES = {grade: row[2] for grade, row in read_tables("results")["grade"].items()}
GRADED = {"age_spots": "There is little proof", "scar_burn": "The proof is weak"}
"""Drafts and ranges that grade it themselves (2.3, 5.7)."""
CONSENT = (
    r"Made for Maya Okafor by Lena Hart on",
    r"Lena Hart, nurse, NMC 12A",
    r"Lumen Skin Clinic",
    r"020 7946 0123",
    r"020 7946 0199",
    r"needle (?:pen|stamp|roller)",
    r"do nothing",
    r"No change: needling may not work for you",
    r"Germs getting in: 0 to 3 people in 100",
    r"(?:say no|change your mind)",
    r"[Tt]ime to think",
    r"how to complain",
)
"""By whom and with what, whom to call by day and by night, other choices, and what may go wrong."""


def check(seed: int, cut: int) -> None:
    """Look for all of it on one sheet."""
    asked, where = make_plan_case(seed), f"seed {seed}, cut {cut}"
    told = read_random(seed, cut)
    for words in CONSENT:
        assert re.search(words, told), f"{where}: {words}"
    names = [section.id for section in list_sections(take_random(seed, cut))]
    placed = [name for name in names if name in ORDER]
    assert placed == sorted(placed, key=ORDER.index), where
    assert set(names) >= NEVER_CUT, f"{where}: {NEVER_CUT - set(names)}"
    country = COUNTRIES[seed % len(COUNTRIES)][0]
    number = NUMBERS.get(country, "your emergency number")
    assert f"Call {number} now if" in told, where
    check_numbers(asked, told, where)


def check_minutes(seed: int, asked: Asked, told: str) -> None:
    """A visit without cream takes what 1.8 adds up; of a cream the wait is its own matter."""
    if seed % 3 == 0:
        return
    plasma = "You have chosen to add plasma" in told or "You chose plasma" in told
    first, last, least = reckon_minutes(asked.plan.targets, 0, plasma=plasma)
    span = str(first) if first == last else f"{first} to {last}"
    words = f"Your visit takes {'at least' if least else 'about'} {span} minutes."
    assert words in told, f"seed {seed}: {words}"


def check_numbers(asked: Asked, told: str, where: str) -> None:
    """Dark marks have the number of this skin and place, and no other."""
    on_face = any("face" in find_around(zone) for zone in asked.areas)
    striae = any(it.concern.startswith("striae") for it in asked.plan.targets)
    dark = asked.phototype >= 4
    assert ("0 to 17 people in every 100" in told) is (on_face and dark), where
    assert ("0 to 22 people in every 100" in told) is striae, where
    rollers = asked.plan.device_kind == "dermaroller"
    assert ("about 7 people in every 100" in told) is rollers, where


@pytest.mark.parametrize("start", range(0, SOME, STEP))
def test_every_sheet_says_what_consent_needs(start: int) -> None:
    for seed in list_random(start, start + STEP):
        for cut in (LONGEST, 5, SHORTEST):
            check(seed, cut)


@pytest.mark.parametrize("start", range(0, SOME, STEP))
def test_every_whole_sheet_grades_its_proof_and_says_how_long_it_takes(start: int) -> None:
    """2.1, in the words for patients, and 1.8."""
    for seed in list_random(start, start + STEP):
        told = read_random(seed, LONGEST)
        check_minutes(seed, make_plan_case(seed), told)
        concerns = {it.concern for it in make_plan_case(seed).plan.targets}
        grades = {AIMS[it].grade for it in concerns}
        wrong = {words for grade, words in GRADES.items() if grade not in grades}
        assert not any(words in told for words in wrong), f"seed {seed}"
        own = [words for concern, words in GRADED.items() if concern in concerns]
        said = (*(GRADES[grade] for grade in grades), *own)
        assert any(words in told for words in said), f"seed {seed}"


@pytest.mark.long
@pytest.mark.parametrize("start", range(SOME, MANY, STEP))
def test_thousands_do_and_none_promises_too_much(start: int) -> None:
    for seed in list_random(start, start + STEP):
        for cut in (LONGEST, 5, SHORTEST):
            check(seed, cut)
        promises.check_case(seed)
