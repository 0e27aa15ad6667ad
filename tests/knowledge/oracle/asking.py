"""The oracle is asked: what the screening reference says of what was told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from consult_app.domain.history import Facts
from tests.knowledge.oracle.conditions import judge_conditions, judge_person
from tests.knowledge.oracle.medicines import judge_medicines
from tests.knowledge.oracle.past import judge_past
from tests.knowledge.oracle.reckoning import Found, Meant

STRONGEST = ("absolute", "defer", "relative", "precaution")
"""Severities in the order of 0.1."""
Say = dict[str, tuple[str, date | None]]
"""Rules with their severity and the day until which they defer; None where it is open."""


def ask(facts: Facts, born: date, meant: Meant) -> Say:
    """Return what the reference says, each rule once: at its strongest and until the latest."""
    return gather(find_all(facts, born, meant))


def find_all(facts: Facts, born: date, meant: Meant) -> list[Found]:
    """Return everything that the reference finds."""
    return [
        *judge_person(facts, born, meant),
        *judge_conditions(facts, meant),
        *judge_medicines(facts, meant),
        *judge_past(facts, meant),
    ]


def gather(found: Iterable[Found]) -> Say:
    """Return each rule once; a wait whose end nobody can tell is open, whatever the others say."""
    said: dict[str, list[Found]] = {}
    for it in found:
        said.setdefault(it[0], []).append(it)
    return {rule: _join(its) for rule, its in sorted(said.items())}


def _join(found: list[Found]) -> tuple[str, date | None]:
    severity = min((it[1] for it in found), key=STRONGEST.index)
    ends = [it[2] for it in found if it[1] == severity]
    known = [end for end in ends if end is not None]
    return severity, max(known) if len(known) == len(ends) else None
