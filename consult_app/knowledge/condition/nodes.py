"""Combinators, and the tests that look at the plan as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from consult_app.knowledge.condition.match import (
    NO,
    YES,
    Match,
    Truth,
    all_of,
    any_of,
    negate,
    unknown,
)
from consult_app.knowledge.condition.situation import Situation
from consult_app.knowledge.dates import age_on
from consult_app.values import dataclass


class Condition(Protocol):
    """A parsed condition."""

    def match(self, situation: Situation) -> Match:
        """Return the answer for the facts at hand."""


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Condition, ...]

    def match(self, situation: Situation) -> Match:
        """Return the answer; the parts after a *no* are not looked at."""
        return all_of(part.match(situation) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Any:
    """One part at least holds."""

    parts: tuple[Condition, ...]

    def match(self, situation: Situation) -> Match:
        """Return the answer."""
        return any_of(part.match(situation) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition

    def match(self, situation: Situation) -> Match:
        """Return the answer."""
        return negate(self.part.match(situation))


@dataclass(frozen=True, slots=True)
class Unless:
    """The part is not known to hold; an open question does not silence what was told."""

    part: Condition

    def match(self, situation: Situation) -> Match:
        """Return no when the part holds, else yes, naming what it would take to be sure."""
        found = self.part.match(situation)
        return NO if found.truth is Truth.YES else Match(truth=Truth.YES, gaps=found.gaps)


@dataclass(frozen=True, slots=True)
class Age:
    """Completed years on the treatment date lie in a range; `most` and `least` are inclusive."""

    least: int | None = None
    most: int | None = None

    def match(self, situation: Situation) -> Match:
        """Return the answer, unknown without a date of birth."""
        born = situation.facts.date_of_birth
        if born is None:
            return unknown("facts.date_of_birth")
        age = age_on(situation.day, born=born)
        low = self.least is not None and age < self.least
        high = self.most is not None and age > self.most
        return NO if low or high else _yes("facts.date_of_birth")


@dataclass(frozen=True, slots=True)
class Treated:
    """A treated area is one of these or lies under one of them."""

    areas: frozenset[str]

    def match(self, situation: Situation) -> Match:
        """Return the answer, unknown without treated areas or with an unknown one."""
        tree = situation.areas
        return _any_zone(situation, (tree.within(zone, self.areas) for zone in situation.treated))


@dataclass(frozen=True, slots=True)
class TreatedRegion:
    """A treated area touches the region."""

    region: str

    def match(self, situation: Situation) -> Match:
        """Return the answer, unknown without treated areas or with an unknown one."""
        tree = situation.areas
        return _any_zone(
            situation, (self.region in tree.regions(zone) for zone in situation.treated)
        )


@dataclass(frozen=True, slots=True)
class DepthBeyondGuide:
    """The depth lies above the guide of a treated area; areas without a guide have no say."""

    def match(self, situation: Situation) -> Match:
        """Return the answer, unknown without depth or treated areas."""
        depth = situation.facts.depth_mm
        if depth is None:
            return unknown("facts.depth_mm")
        answer = _any_zone(
            situation,
            (
                _is_beyond(situation.areas.soft_cap(zone), situation.depths.get(zone, depth))
                for zone in situation.treated
            ),
        )
        return _yes("facts.depth_mm") if answer.truth is Truth.YES else answer


def _any_zone(situation: Situation, hits: Iterable[bool]) -> Match:
    if any(hits):
        return _yes("facts.zones")
    known = all(situation.areas.known(zone) for zone in situation.treated)
    return NO if situation.treated and known else unknown("facts.zones")


def _is_beyond(guide: float | None, depth: float) -> bool:
    return guide is not None and depth > guide


def _yes(place: str) -> Match:
    return Match(truth=YES.truth, because=(place,))
