"""Tests on single facts."""

from __future__ import annotations

from typing import Any, Literal

from consult_app.domain.history import Facts
from consult_app.knowledge.condition.compare import Comparator, Operand
from consult_app.knowledge.condition.entry import OPEN, compare_span
from consult_app.knowledge.condition.match import NO, Match, Truth, unknown
from consult_app.knowledge.condition.situation import Situation
from consult_app.knowledge.dates import Span
from consult_app.values import dataclass

# Facts that are not said until they are given; what else is not given was asked and denied.
_NEEDED = frozenset({"depth_mm", "phototype"})
_BLANK = Facts()


@dataclass(frozen=True, slots=True)
class FactTest:
    """A fact compares as said.

    Attributes:
        name: Name of the fact, dotted inside a group.
        comparator: The comparison.
    """

    name: str
    comparator: Comparator

    def match(self, situation: Situation) -> Match:
        """Return the answer; unknown while the fact is not said or its item not answered."""
        if _no_cream(self.name, situation):
            return _settle(self.name, Truth.NO, situation)
        value = look_up(situation.facts, self.name)
        if value is None and _is_needed(self.name):
            return unknown(f"facts.{self.name}")
        truth = Truth.NO if value is None else self.comparator.compare(value)
        return _settle(self.name, truth, situation)


@dataclass(frozen=True, slots=True)
class IncludesTest:
    """A list among the facts holds one of these."""

    name: str
    codes: frozenset[Operand]

    def match(self, situation: Situation) -> Match:
        """Return the answer; a planned cream whose ingredients are not known is unknown."""
        if _no_cream(self.name, situation):
            return _settle(self.name, Truth.NO, situation)
        held = self._held(situation)
        if held.isdisjoint(self.codes):
            if not held and self.name == "anaesthetic.contains":
                return unknown(f"facts.{self.name}")
            return NO if not _is_open(self.name, situation) else unknown("facts.unanswered")
        return Match(truth=Truth.YES, because=(f"facts.{self.name}",))

    def _held(self, situation: Situation) -> frozenset[str]:
        held = frozenset(look_up(situation.facts, self.name) or ())
        cream = situation.facts.anaesthetic
        if self.name == "anaesthetic.contains" and cream is not None and cream.product:
            code = situation.vocabulary.find("anaesthetic.product", cream.product)
            return held | frozenset(code.contains if code else ())
        return held


@dataclass(frozen=True, slots=True)
class FactDateTest:
    """The treatment date against a date among the facts and a span after it."""

    name: str
    kind: Literal["within", "since"]
    span: Span

    def match(self, situation: Situation) -> Match:
        """Return the answer; a date not given is open for within, no for since."""
        anchor = look_up(situation.facts, self.name)
        if anchor is None:
            return OPEN if self.kind == "within" else NO
        found = compare_span(self.kind, self.span, anchor, situation.day)
        if found.truth is Truth.NO:
            return found
        return Match(truth=Truth.YES, because=(f"facts.{self.name}",), until=found.until)


def look_up(facts: Facts, name: str) -> Any:  # noqa: ANN401 - a fact can be of any kind
    """Return the value of a fact; None inside a group that is not there."""
    value: object = facts
    for part in name.split("."):
        value = getattr(value, part) if value is not None else None
    return value


def _settle(name: str, truth: Truth, situation: Situation) -> Match:
    """Return the answer, unless the fact stands at its default because nobody answered."""
    untouched = look_up(situation.facts, name) == look_up(_BLANK, name)
    if untouched and _is_open(name, situation):
        return unknown("facts.unanswered")
    return Match(truth=truth, because=(f"facts.{name}",)) if truth is Truth.YES else NO


def _is_open(name: str, situation: Situation) -> bool:
    return situation.is_open(situation.asks(name))


def _is_needed(name: str) -> bool:
    return name in _NEEDED or name.startswith("anaesthetic.")


def _no_cream(name: str, situation: Situation) -> bool:
    return name.startswith("anaesthetic.") and situation.facts.anaesthetic is None
