"""How the answers of conditions combine, and how faults in a condition are named."""

import tomllib
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.knowledge.condition import Match, Truth
from consult_app.knowledge.condition.match import all_of, any_of, negate
from consult_app.knowledge.condition.reader import read_condition
from consult_app.knowledge.condition.terms import Terms
from consult_app.knowledge.pack.pack import Pack

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN

TRUTHS = st.sampled_from(Truth)
LISTS = st.lists(TRUTHS, max_size=5)


def matches(truths: list[Truth]) -> list[Match]:
    return [Match(truth=truth) for truth in truths]


@given(LISTS)
def test_all_is_the_least_and_any_the_greatest_of_three_truths(truths: list[Truth]) -> None:
    assert all_of(matches(truths)).truth is min(truths, default=YES)
    assert any_of(matches(truths)).truth is max(truths, default=NO)


@given(LISTS)
def test_not_all_is_any_not(truths: list[Truth]) -> None:
    outside = negate(all_of(matches(truths)))
    inside = any_of(negate(match) for match in matches(truths))

    assert outside.truth is inside.truth


@given(TRUTHS)
def test_the_opposite_of_the_opposite_is_the_same(truth: Truth) -> None:
    assert negate(negate(Match(truth=truth))).truth is truth


@given(LISTS, st.randoms())
def test_the_order_of_parts_does_not_matter(truths: list[Truth], random: Random) -> None:
    shuffled = random.sample(truths, len(truths))

    assert all_of(matches(truths)).truth is all_of(matches(shuffled)).truth
    assert any_of(matches(truths)).truth is any_of(matches(shuffled)).truth


@given(LISTS, LISTS)
def test_a_sure_answer_stays_when_an_unknown_part_becomes_known(
    truths: list[Truth], later: list[Truth]
) -> None:
    known = [
        now if truth is UNKNOWN else truth
        for truth, now in zip(truths, [*later, *truths], strict=False)
    ]
    for combine in (all_of, any_of):
        before, after = combine(matches(truths)).truth, combine(matches(known)).truth
        assert before in {UNKNOWN, after}


def dated(day: int, truth: Truth = YES, *gaps: str) -> Match:
    return Match(truth=truth, until=date(2026, 7, day), gaps=frozenset(gaps))


def test_of_alternatives_the_latest_day_counts_and_of_requirements_the_earliest() -> None:
    assert any_of([dated(3), dated(9)]).until == date(2026, 7, 9)
    assert all_of([dated(3), dated(9)]).until == date(2026, 7, 3)


def test_an_alternative_without_a_day_has_no_end() -> None:
    assert any_of([dated(3), Match(truth=YES)]).until is None


def test_an_open_alternative_keeps_the_day_known_so_far() -> None:
    both = any_of([dated(3), Match(truth=YES, open=True)])

    assert (both.open, both.until) == (True, date(2026, 7, 3))


def test_an_unknown_alternative_may_lengthen_a_wait_and_leaves_a_gap() -> None:
    longer = any_of([dated(3), dated(9, UNKNOWN, "facts.phototype")])
    shorter = any_of([dated(9), dated(3, UNKNOWN, "facts.phototype")])

    assert (longer.until, set(longer.gaps)) == (date(2026, 7, 9), {"facts.phototype"})
    assert (shorter.until, set(shorter.gaps)) == (date(2026, 7, 9), set())


def test_a_gap_inside_a_sure_alternative_stays() -> None:
    inside = any_of([dated(3), Match(truth=UNKNOWN, gaps=frozenset({"facts.phototype"}))])

    assert any_of([inside, Match(truth=NO)]).gaps == {"facts.phototype"}
    assert any_of([inside, dated(9)]).gaps == {"facts.phototype"}
    assert any_of([inside, Match(truth=YES)]).gaps == frozenset()


SORE = '{ entry = "conditions", code = "cold_sore"'

FAULTS: dict[str, str] = {
    '{ fact = "pregnancy", entry = "conditions" }': "when: two tests in one table: fact, entry",
    "{ when = 1 }": "when: not a test: when",
    '"yes"': 'when: not a condition: "yes"',
    "{ all = [] }": "when.all: not a list of conditions",
    "{ all = [{ any = [{ x = 1 }] }] }": "when.all[0].any[0]: not a test: x",
    '{ fact = "eye_colour", is = "blue" }': 'when.fact: unknown fact "eye_colour"',
    '{ fact = "pregnancy", is = "perhaps" }': (
        'when.is: not one of no, possible, trying, yes: "perhaps"'
    ),
    '{ fact = "pregnancy", above = 3 }': "when.above: compares numbers only",
    '{ fact = "depth_mm", below = "0.5" }': 'when.below: not a number: "0.5"',
    '{ fact = "breastfeeding", is = 1 }': "when.is: not a flag: 1",
    '{ fact = "pregnancy" }': "when: no comparison",
    '{ fact = "device_profile", is = "none_such" }': (
        'when.is: unknown code "none_such" in device_profile'
    ),
    '{ fact = "anaesthetic.contains", is = "lidocaine" }': "when: a list takes includes",
    '{ entry = "surgeries", code = "x" }': 'when.entry: not a list of the facts: "surgeries"',
    '{ entry = "conditions" }': "when.code: missing",
    '{ entry = "conditions", code = "plague" }': 'when.code: unknown code "plague" in conditions',
    SORE + ", palce = 1 }": "when.palce: unknown key",
    SORE + ', place = "here" }': 'when.place: not a place: "here"',
    SORE + ', on = ["elbow"] }': 'when.on: unknown area "elbow"',
    SORE + ', status = ["asleep"] }': 'when.status: status "asleep" is not listed for these codes',
    SORE + ", where = { size = { is = 1 } } }": 'when.where.size: unknown attribute "size"',
    SORE + ", where = { iga = { at_least = 3 } } }": (
        'when.where.iga: attribute "iga" is not listed for cold_sore'
    ),
    SORE + ', within = { fortnights = 2, of = "date_healed" } }': (
        "when.within.fortnights: unknown key"
    ),
    SORE + ", within = { days = 2 } }": "when.within.of: missing",
    SORE + ', within = { days = 2, of = "zones" } }': 'when.within.of: "zones" is not a date',
    SORE + ", count = { about = 2 } }": "when.count: not { at_least = N }",
    '{ entry = "allergies", code = "steel", status = ["active"] }': "when.status: unknown key",
    '{ treated = ["elbow"] }': 'when.treated: unknown area "elbow"',
    '{ treated_region = "head" }': 'when.treated_region: not a region: "head"',
    '{ depth = "deep" }': 'when.depth: not "beyond_guide"',
    "{ age = { under = 18 } }": "when.age.under: unknown key",
}


@pytest.mark.parametrize(("when", "fault"), FAULTS.items())
def test_every_fault_is_named_with_its_place(tiny: Pack, when: str, fault: str) -> None:
    terms = Terms(tiny.vocabulary, tiny.protocol.areas)
    read_condition(tomllib.loads(f"when = {when}")["when"], "when", terms)

    assert fault in [str(found) for found in terms.faults]
