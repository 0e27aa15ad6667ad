"""Reading conditions: every fault is named, nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any as AnyValue
from typing import Literal, cast

from consult_app.knowledge.condition.compare import NAMES, Comparator
from consult_app.knowledge.condition.fact import FactDateTest, FactTest, IncludesTest
from consult_app.knowledge.condition.nodes import (
    Age,
    All,
    Any,
    Condition,
    DepthBeyondGuide,
    Not,
    Treated,
    TreatedRegion,
    Unless,
)
from consult_app.knowledge.condition.reader_entry import Table, read_entry
from consult_app.knowledge.condition.reader_value import read_parts, read_span
from consult_app.knowledge.condition.terms import Term, Terms, fact_terms
from consult_app.scalars import quote

REGIONS = ("head_neck", "trunk", "arms", "legs")

_NEVER = Any(())
_DATE_KEYS = frozenset({"within", "since"})
_FACT_KEYS = NAMES | _DATE_KEYS | {"fact", "includes"}


def read_condition(data: object, place: str, terms: Terms) -> Condition:
    """Return the condition written in a table.

    Faults go to `terms.faults`; what stands for a faulty part never holds, and content with a
    fault is refused whole.
    """
    if not isinstance(data, Mapping):
        terms.blame(place, f"not a condition: {quote(data)}")
        return _NEVER
    tests = [key for key in data if key in _READERS]
    if len(tests) > 1:
        terms.blame(place, f"two tests in one table: {', '.join(tests)}")
        return _NEVER
    if not tests:
        keys = ", ".join(map(str, data)) or "nothing"
        terms.blame(place, f"not a test: {keys}")
        return _NEVER
    return _READERS[tests[0]](data, place, terms)


def _read_parts(name: str, data: Table, place: str, terms: Terms) -> tuple[Condition, ...]:
    terms.check_keys(data, frozenset({name}), place)
    parts = data[name]
    if not isinstance(parts, list) or not parts:
        terms.blame(f"{place}.{name}", "not a list of conditions")
        return ()
    return tuple(
        read_condition(part, f"{place}.{name}[{position}]", terms)
        for position, part in enumerate(parts)
    )


def _read_all(data: Table, place: str, terms: Terms) -> Condition:
    return All(_read_parts("all", data, place, terms))


def _read_any(data: Table, place: str, terms: Terms) -> Condition:
    return Any(_read_parts("any", data, place, terms))


def _read_not(data: Table, place: str, terms: Terms) -> Condition:
    terms.check_keys(data, frozenset({"not"}), place)
    return Not(read_condition(data["not"], f"{place}.not", terms))


def _read_unless(data: Table, place: str, terms: Terms) -> Condition:
    terms.check_keys(data, frozenset({"unless"}), place)
    return Unless(read_condition(data["unless"], f"{place}.unless", terms))


def _read_fact(data: Table, place: str, terms: Terms) -> Condition:
    name = data["fact"]
    term = fact_terms().get(name) if isinstance(name, str) else None
    if term is None:
        terms.blame(f"{place}.fact", f"unknown fact {quote(name)}")
        return _NEVER
    terms.check_keys(data, _FACT_KEYS, place)
    if term.kind == "date":
        return _read_fact_date(data, place, terms)
    if term.kind == "list":
        return _read_includes(data, place, terms)
    if not _takes(data, NAMES, place, terms):
        return _NEVER
    parts = read_parts(data, term, place, terms)
    _check_codes(name, term, parts, place, terms)
    return FactTest(name, Comparator(parts))


def _read_fact_date(data: Table, place: str, terms: Terms) -> Condition:
    kinds = [key for key in data if key in _DATE_KEYS]
    if len(kinds) != 1 or not _takes(data, _DATE_KEYS, place, terms):
        terms.blame(place, "a date takes one of within, since")
        return _NEVER
    span, names = read_span(data[kinds[0]], f"{place}.{kinds[0]}", terms)
    if names:
        terms.blame(f"{place}.{kinds[0]}.of", "the fact itself is the date")
    return FactDateTest(data["fact"], cast("Literal['within', 'since']", kinds[0]), span)


def _read_includes(data: Table, place: str, terms: Terms) -> Condition:
    if "includes" not in data or not _takes(data, frozenset({"includes"}), place, terms):
        terms.blame(place, "a list takes includes")
        return _NEVER
    codes = terms.read_codes(data["fact"], data["includes"], f"{place}.includes")
    return IncludesTest(data["fact"], frozenset(codes))


def _takes(data: Table, keys: frozenset[str], place: str, terms: Terms) -> bool:
    wrong = [key for key in data if key in _FACT_KEYS - keys - {"fact"}]
    for key in wrong:
        terms.blame(f"{place}.{key}", "not for this kind of fact")
    return not wrong


def _check_codes(
    name: str, term: Term, parts: tuple[tuple[str, AnyValue], ...], place: str, terms: Terms
) -> None:
    if term.kind != "text" or term.choices:
        return
    for key, operand in parts:
        terms.read_codes(name, sorted(operand) if key == "in" else operand, f"{place}.{key}")


def _read_age(data: Table, place: str, terms: Terms) -> Condition:
    terms.check_keys(data, frozenset({"age"}), place)
    limits = data["age"]
    if not isinstance(limits, Mapping):
        terms.blame(f"{place}.age", f"not a table of comparisons: {quote(limits)}")
        return _NEVER
    terms.check_keys(limits, frozenset({"at_least", "below"}), f"{place}.age")
    read_parts(limits, Term("number"), f"{place}.age", terms)
    least, below = limits.get("at_least"), limits.get("below")
    return Age(least=least, most=None if not isinstance(below, int) else below - 1)


def _read_treated(data: Table, place: str, terms: Terms) -> Condition:
    terms.check_keys(data, frozenset({"treated"}), place)
    return Treated(frozenset(terms.read_areas(data["treated"], f"{place}.treated")))


def _read_treated_face(data: Table, place: str, terms: Terms) -> Condition:
    terms.check_keys(data, frozenset({"treated_face"}), place)
    if data["treated_face"] is not True:
        terms.blame(f"{place}.treated_face", "not true")
    return Treated(frozenset({"face"}))


def _read_treated_region(data: Table, place: str, terms: Terms) -> Condition:
    terms.check_keys(data, frozenset({"treated_region"}), place)
    region = data["treated_region"]
    if region not in REGIONS:
        terms.blame(f"{place}.treated_region", f"not a region: {quote(region)}")
    return TreatedRegion(region)


def _read_depth(data: Table, place: str, terms: Terms) -> Condition:
    terms.check_keys(data, frozenset({"depth"}), place)
    if data["depth"] != "beyond_guide":
        terms.blame(f"{place}.depth", 'not "beyond_guide"')
    return DepthBeyondGuide()


_READERS: dict[str, Callable[[Table, str, Terms], Condition]] = {
    "all": _read_all,
    "any": _read_any,
    "not": _read_not,
    "unless": _read_unless,
    "entry": read_entry,
    "fact": _read_fact,
    "age": _read_age,
    "treated": _read_treated,
    "treated_face": _read_treated_face,
    "treated_region": _read_treated_region,
    "depth": _read_depth,
}
