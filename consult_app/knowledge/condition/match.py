"""What a condition answers, and how answers combine."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import IntEnum

from consult_app.values import dataclass


class Truth(IntEnum):
    """Kleene's three values in their order: *all* is the least, *any* the greatest."""

    NO = 0
    UNKNOWN = 1
    YES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The answer of a condition.

    Attributes:
        truth: Yes, no or unknown.
        because: Places of the facts that made it true.
        until: First day on which it will no longer hold; None when no day is known.
        open: It ends with an event, or by a date that is not given.
        gaps: Places of facts that are needed for a sure answer; `facts.unanswered` when the
            items named there stand in the way.
    """

    truth: Truth
    because: tuple[str, ...] = ()
    until: date | None = None
    open: bool = False
    gaps: frozenset[str] = frozenset()


NO = Match(truth=Truth.NO)
YES = Match(truth=Truth.YES)


def any_of(matches: Iterable[Match]) -> Match:
    """Return the answer of alternatives.

    The latest day wins, and an alternative that is unknown counts towards it: a wait is never
    promised shorter than it may turn out to be.
    """
    found = [match for match in matches if match.truth is not Truth.NO]
    sure = [match for match in found if match.truth is Truth.YES]
    if not sure:
        return _unknown(found, _latest(found)) if found else NO
    endless = [match for match in sure if match.until is None and not match.open]
    unsure = [match for match in found if match.truth is Truth.UNKNOWN]
    return Match(
        truth=Truth.YES,
        because=_places(sure),
        until=None if endless else _latest(found),
        open=any(match.open for match in sure),
        gaps=_settled(endless) if endless else _still_needed(sure, unsure),
    )


def all_of(matches: Iterable[Match]) -> Match:
    """Return the answer of conditions that must hold together; the earliest end ends it."""
    found: list[Match] = []
    for match in matches:
        if match.truth is Truth.NO:
            return NO
        found.append(match)
    days = [match.until for match in found if match.until is not None]
    until = min(days, default=None)
    if any(match.truth is Truth.UNKNOWN for match in found):
        return _unknown(found, until)
    return Match(
        truth=Truth.YES,
        because=_places(found),
        until=until,
        open=any(match.open for match in found),
        gaps=frozenset().union(*(match.gaps for match in found)),
    )


def negate(match: Match) -> Match:
    """Return the opposite answer; it names no facts and has no day."""
    if match.truth is Truth.UNKNOWN:
        return Match(truth=Truth.UNKNOWN, gaps=match.gaps)
    return NO if match.truth is Truth.YES else YES


def unknown(*places: str) -> Match:
    """Return the answer for want of the facts at `places`."""
    return Match(truth=Truth.UNKNOWN, gaps=frozenset(places))


def _unknown(found: list[Match], until: date | None) -> Match:
    gaps = frozenset().union(*(match.gaps for match in found))
    return Match(truth=Truth.UNKNOWN, until=until, gaps=gaps)


def _latest(found: list[Match]) -> date | None:
    return max((match.until for match in found if match.until is not None), default=None)


def _settled(endless: list[Match]) -> frozenset[str]:
    """Return what an answer without end still needs: nothing once one of them is sure."""
    return min((match.gaps for match in endless), key=len)


def _still_needed(sure: list[Match], unsure: list[Match]) -> frozenset[str]:
    """Return what is needed to know the end; alternatives inside a sure one may be unknown too."""
    outlasting = (match for match in unsure if _may_outlast(match, sure))
    return frozenset().union(*(match.gaps for match in (*sure, *outlasting)))


def _may_outlast(match: Match, sure: list[Match]) -> bool:
    certain = _latest(sure)
    return match.until is None or certain is None or match.until > certain


def _places(found: list[Match]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place for match in found for place in match.because))
