"""What conditions may speak of: the facts, the attributes of entries and their kinds of value."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Literal

from consult_app import values
from consult_app.domain.entries import LISTS
from consult_app.domain.history import (
    Condition,
    ConsentFacts,
    Exposure,
    Facts,
    Lifestyle,
    Medication,
    Numbing,
    Procedure,
)
from consult_app.domain.partial_date import PartialDate
from consult_app.errors import Fault
from consult_app.knowledge.areas import AreaTree
from consult_app.knowledge.vocabulary import Vocabulary
from consult_app.scalars import quote
from consult_app.values import dataclass, field

Kind = Literal["flag", "number", "text", "date", "list"]

ENTRY_KINDS: dict[str, type] = {
    "conditions": Condition,
    "medications": Medication,
    "procedures": Procedure,
    "exposures": Exposure,
}
# Attributes every entry of the list has; a condition has only those its code lists.
SHARED_ATTRIBUTES: dict[str, frozenset[str]] = {
    "conditions": frozenset({"status"}),
    "medications": frozenset({"status", "last_dose", "zones", "prescribed"}),
    "procedures": frozenset({"date", "zones", "depth_mm"}),
    "exposures": frozenset({"date", "zones"}),
}
_GROUPS: dict[str, type] = {
    "anaesthetic": Numbing,
    "lifestyle": Lifestyle,
    "consent": ConsentFacts,
}
_TESTED_OTHERWISE = frozenset({*LISTS, *_GROUPS, "unanswered", "date_of_birth", "zones"})


@dataclass(frozen=True, slots=True)
class Term:
    """What kind of value a fact or attribute holds, and which ones when they are few."""

    kind: Kind
    choices: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """What a condition may name, and where its faults are collected.

    Attributes:
        vocabulary: The codes.
        areas: The tree of areas; None when it could not be read.
        faults: Receives every fault found.
    """

    vocabulary: Vocabulary
    areas: AreaTree | None
    faults: list[Fault] = field(default_factory=list)

    def blame(self, place: str, problem: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(place, problem))

    def read_names(self, data: object, place: str) -> tuple[str, ...]:
        """Return one name or a list of names as a tuple."""
        names = [data] if isinstance(data, str) else data
        if isinstance(names, list) and names and all(isinstance(name, str) for name in names):
            return tuple(names)
        self.blame(place, f"not a name or a list of names: {quote(data)}")
        return ()

    def read_codes(self, name: str, data: object, place: str) -> tuple[str, ...]:
        """Return codes of a list of the vocabulary."""
        codes = self.read_names(data, place)
        for code in codes:
            if self.vocabulary.find(name, code) is None:
                self.blame(place, f'unknown code "{code}" in {name}')
        return codes

    def read_areas(self, data: object, place: str) -> tuple[str, ...]:
        """Return areas by stored id."""
        names = self.read_names(data, place)
        if self.areas is None:
            return names
        for name in names:
            if not self.areas.known(name):
                self.blame(place, f'unknown area "{name}"')
        return tuple(self.areas.normalise(name) for name in names)

    def check_keys(self, data: Mapping[str, object], known: frozenset[str], place: str) -> None:
        """Note every key that is not known."""
        for key in data:
            if key not in known:
                self.blame(f"{place}.{key}", "unknown key")


@cache
def attribute_terms(name: str) -> dict[str, Term]:
    """Return the attributes that entries of a list can have."""
    return {key: term for key, term in _terms_of(ENTRY_KINDS[name]).items() if key != "code"}


@cache
def fact_terms() -> dict[str, Term]:
    """Return the facts that have a value of their own, those of groups by dotted name."""
    own = {k: term for k, term in _terms_of(Facts).items() if k not in _TESTED_OTHERWISE}
    for group, kind in _GROUPS.items():
        own |= {f"{group}.{key}": term for key, term in _terms_of(kind).items()}
    return own


@cache
def askable_facts() -> frozenset[str]:
    """Return the facts a question can ask for: single ones and whole groups."""
    return frozenset({*fact_terms(), *_GROUPS, "date_of_birth", "zones"})


def _terms_of(kind: type) -> dict[str, Term]:
    hints = typing.get_type_hints(kind)
    return {entry.name: _term(hints[entry.name]) for entry in values.fields(kind)}


def _term(hint: Any) -> Term:  # noqa: ANN401 - any annotation can stand here
    options = [option for option in typing.get_args(hint) if option is not types.NoneType]
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        hint = options[0]
    if typing.get_origin(hint) is Literal:
        choices = typing.get_args(hint)
        return Term("number" if isinstance(choices[0], int) else "text", choices)
    if typing.get_origin(hint) is tuple:
        return Term("list")
    return Term(_KINDS.get(hint, "text"))


_KINDS: dict[Any, Kind] = {
    bool: "flag",
    int: "number",
    float: "number",
    date: "date",
    PartialDate: "date",
}
