"""Tests on the lists of the facts: is there an entry of this kind?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal, Protocol

from consult_app.domain.history import Condition, Exposure, Medication, Procedure
from consult_app.domain.partial_date import PartialDate
from consult_app.knowledge.condition.compare import Comparator
from consult_app.knowledge.condition.match import NO, YES, Match, Truth, all_of, any_of, unknown
from consult_app.knowledge.condition.situation import Listed, Situation
from consult_app.knowledge.dates import Span, settle
from consult_app.values import dataclass, replace

OPEN = Match(truth=Truth.YES, open=True)
_UNANSWERED = unknown("facts.unanswered")
_NOT_GIVEN = (None, ())


class Check(Protocol):
    """A further test on one entry."""

    def check(self, listed: Listed, situation: Situation) -> Match:
        """Return whether the entry passes."""


@dataclass(frozen=True, slots=True)
class StatusCheck:
    """The status is one of these."""

    statuses: frozenset[str]

    def check(self, listed: Listed, situation: Situation) -> Match:  # noqa: ARG002 - one shape for all checks
        """Return whether the status is one of these; unknown when it is not given."""
        status = status_of(listed)
        if status is None:
            return unknown(f"{listed.place}.status")
        return YES if status in self.statuses else NO


@dataclass(frozen=True, slots=True)
class PlaceCheck:
    """How the entry lies to the treated areas."""

    place: Literal["overlap", "region", "elsewhere"]

    def check(self, listed: Listed, situation: Situation) -> Match:
        """Return the answer, unknown when either side is not given or not in the tree."""
        tree = situation.areas
        own = zones_of(listed)
        treated = situation.treated
        if not own:
            return unknown(f"{listed.place}.zones")
        if not treated:
            return unknown("facts.zones")
        meets = tree.same_region if self.place == "region" else tree.overlap
        hit = any(meets(zone, there) for zone in own for there in treated)
        gaps = [f"{listed.place}.zones"] * (not all(map(tree.known, own)))
        gaps += ["facts.zones"] * (not all(map(tree.known, treated)))
        if not hit and gaps:
            return unknown(*gaps)
        return YES if hit != (self.place == "elsewhere") else NO


@dataclass(frozen=True, slots=True)
class OnCheck:
    """The entry lies in one of these areas, or one of them lies in it."""

    areas: tuple[str, ...]

    def check(self, listed: Listed, situation: Situation) -> Match:
        """Return the answer, unknown when the place is not given or not in the tree."""
        own = zones_of(listed) or ()
        tree = situation.areas
        if any(tree.overlap(zone, area) for zone in own for area in self.areas):
            return YES
        known = bool(own) and all(map(tree.known, own))
        return NO if known else unknown(f"{listed.place}.zones")


@dataclass(frozen=True, slots=True)
class AttributeCheck:
    """An attribute compares as said."""

    name: str
    comparator: Comparator

    def check(self, listed: Listed, situation: Situation) -> Match:  # noqa: ARG002 - one shape for all checks
        """Return the comparison; an attribute not given means what the comparator says."""
        truth = self.comparator.compare(getattr(listed.entry, self.name))
        return unknown(f"{listed.place}.{self.name}") if truth is Truth.UNKNOWN else _PLAIN[truth]


@dataclass(frozen=True, slots=True)
class MissingCheck:
    """An attribute is not given."""

    name: str

    def check(self, listed: Listed, situation: Situation) -> Match:  # noqa: ARG002 - one shape for all checks
        """Return whether it is missing; a list of no places names none."""
        return YES if getattr(listed.entry, self.name) in _NOT_GIVEN else NO


@dataclass(frozen=True, slots=True)
class GivenCheck:
    """An attribute is given."""

    name: str

    def check(self, listed: Listed, situation: Situation) -> Match:  # noqa: ARG002 - one shape for all checks
        """Return whether it is there."""
        return NO if getattr(listed.entry, self.name) in _NOT_GIVEN else YES


@dataclass(frozen=True, slots=True)
class DateCheck:
    """The treatment date against a date of the entry and a span after it.

    Attributes:
        kind: within (before the span is over), since (from the day it is over), older (after that
            day), starts_within (the date itself lies between the treatment and a span later).
        span: The span.
        of: Attributes that hold the date; of several the later counts.
    """

    kind: Literal["within", "since", "older", "starts_within"]
    span: Span
    of: tuple[str, ...]

    def check(self, listed: Listed, situation: Situation) -> Match:
        """Return the answer; a date not given is the cautious one of each kind."""
        given = [getattr(listed.entry, name) for name in self.of]
        dates: list[PartialDate] = [found for found in given if found is not None]
        if self.kind == "older":  # a test that is still to come was not made on that day
            dates = [found for found in dates if found.first_day() <= situation.consulted]
        if not dates:
            return _UNDATED[self.kind]
        if self.kind == "starts_within":
            return _starts_within(self.span, dates, situation.day)
        anchor = max(settle(found, situation.consulted) for found in dates)
        return compare_span(self.kind, self.span, anchor, situation.day)


@dataclass(frozen=True, slots=True)
class ActiveCheck:
    """A medicine is taken now, or was stopped less than the span ago."""

    since_stop: DateCheck

    def check(self, listed: Listed, situation: Situation) -> Match:
        """Return the answer."""
        if status_of(listed) == "current":
            return YES
        return self.since_stop.check(listed, situation)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryTest:
    """There is an entry of one of these codes that passes every check.

    Attributes:
        name: List of the facts.
        codes: Codes looked for.
        checks: What one and the same entry must pass.
        items: Items that ask for these codes.
        open: A match stays open.
        least: How many different codes must match.
    """

    name: str
    codes: tuple[str, ...]
    checks: tuple[Check, ...] = ()
    items: frozenset[str] = frozenset()
    open: bool = False
    least: int = 1

    def match(self, situation: Situation) -> Match:
        """Return the answer; unknown where an item that asks for a code was not answered."""
        told = situation.told[self.name]
        if self.least == 1 and told.isdisjoint(self.codes):
            # So it is with most entries that are asked for: there is none.
            return _UNANSWERED if situation.is_open(self.items) else NO
        by_code = [any_of(self._match_code(code, situation)) for code in self.codes if code in told]
        if self.least > 1:
            return self._count(by_code, situation)
        found = any_of(by_code)
        if found.truth is not Truth.YES and situation.is_open(self.items):
            gaps = found.gaps | {"facts.unanswered"}
            return Match(truth=Truth.UNKNOWN, until=found.until, gaps=gaps)
        return found

    def _match_code(self, code: str, situation: Situation) -> Iterator[Match]:
        for listed in situation.entries(self.name, code):
            passed = all_of(check.check(listed, situation) for check in self.checks)
            if passed.truth is Truth.YES:
                passed = replace(passed, because=(listed.place,), open=passed.open or self.open)
            yield passed

    def _count(self, by_code: list[Match], situation: Situation) -> Match:
        sure = [match for match in by_code if match.truth is Truth.YES]
        unsure = [match for match in by_code if match.truth is Truth.UNKNOWN]
        unanswered = situation.is_open(self.items)
        if not unanswered and len(sure) + len(unsure) < self.least:
            return NO
        if len(sure) >= self.least:
            because = tuple(place for match in sure for place in match.because)
            return Match(
                truth=Truth.YES,
                because=because,
                until=self._end(sure),
                open=any(match.open for match in sure),
            )
        gaps = frozenset().union(*(match.gaps for match in unsure))
        return unknown(*gaps, *(["facts.unanswered"] if unanswered else []))

    def _end(self, sure: list[Match]) -> date | None:
        """Return the day on which too few codes are left; None while enough have no end."""
        ends = sorted((match.until or date.max for match in sure), reverse=True)
        end = ends[self.least - 1]
        return None if end == date.max else end


def status_of(listed: Listed) -> str | None:
    """Return the status; a medicine without one is taken now, or stopped when it was last taken."""
    entry = listed.entry
    if isinstance(entry, Medication):
        return entry.status or ("current" if entry.last_dose is None else "stopped")
    return entry.status if isinstance(entry, Condition) else None


def zones_of(listed: Listed) -> tuple[str, ...] | None:
    """Return where the entry lies; None when it is not given."""
    entry = listed.entry
    if isinstance(entry, Condition | Medication | Procedure | Exposure):
        return entry.zones
    return None


def compare_span(kind: str, span: Span, anchor: date, day: date) -> Match:
    """Return whether `day` lies before, on or after the end of the span that starts at `anchor`."""
    end = span.after(anchor)
    if kind == "within":
        return Match(truth=Truth.YES, until=end) if day < end else NO
    return _PLAIN[Truth.YES if (day > end if kind == "older" else day >= end) else Truth.NO]


def _starts_within(span: Span, dates: list[PartialDate], day: date) -> Match:
    last = span.after(day)
    hit = any(found.first_day() <= last and found.last_day() >= day for found in dates)
    return YES if hit else NO


_PLAIN = {Truth.YES: YES, Truth.NO: NO}
_UNDATED = {"within": OPEN, "since": NO, "older": YES, "starts_within": OPEN}
