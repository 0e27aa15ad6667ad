"""Care of a whole course: where the wait after one visit meets that before the next, it is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from consult_app.domain.plan import CareEntry, Plan
from consult_app.handout.compose_case import is_past
from consult_app.knowledge.dates import as_moment, day_of
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.protocol.care import CareRule
from consult_app.values import dataclass, replace

_LONG_WAIT = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing to do or to leave, as the sheet tells it.

    Attributes:
        entry: When it holds.
        words: Id of the care rule whose words name it.
        through: Whether there is no day between any two visits on which it does not hold.
        after: Id of the rule by the hour with whose end it begins; empty where it begins by itself.
    """

    entry: CareEntry
    words: str
    through: bool = False
    after: str = ""

    @property
    def end(self) -> datetime:
        """When it ends, to put things in order."""
        entry = self.entry
        return as_moment(entry.until or entry.allowed_from or entry.last_day or entry.start)


def lengthen(start: date, allowed: date) -> date:
    """Return from when on something is allowed where long waits last to the end of the day."""
    if isinstance(allowed, datetime) and allowed - as_moment(start) >= _LONG_WAIT:
        return day_of(allowed) + timedelta(days=1)
    return allowed


def lengthen_care(plan: Plan) -> Plan:
    """Return a plan whose long waits last to the end of the day, for a calendar beside a sheet."""
    care = {
        name: tuple(
            replace(it, allowed_from=it.allowed_from and lengthen(it.start, it.allowed_from))
            for it in entries
        )
        for name, entries in plan.care_calendar.items()
    }
    return replace(plan, care_calendar=care)


def tell(plan: Plan, rule: CareRule, entry: CareEntry, *, apart: bool) -> Iterator[Told]:
    """Yield what is told of an entry of the first visit (planning reference 3.1).

    What it joins before the next visit may leave a day between for one thing and none for another.
    Then each is told by its own words where there is room to tell them `apart`; else the longer
    wait is that of both.
    """
    begin = _find_end(plan, rule.follows, entry)
    entry = replace(entry, start=begin or entry.start)
    reached = {name: _reach(plan, entry.rule, name) for name in rule.joins}
    if apart and len(set(reached.values())) > 1:
        yield from (_told(plan, entry, name, last) for name, last in reached.items())
    else:
        told = _told(plan, entry, entry.rule, max(reached.values(), default=1))
        yield replace(told, after=rule.follows if begin else "")


def join_through(told: Iterable[Told]) -> tuple[Told, ...]:
    """Return the same with one wait for all that is off through all visits: the longest of them."""
    listed = tuple(told)
    ends = [one.entry.allowed_from for one in listed if one.through and one.entry.allowed_from]
    if not ends:
        return listed
    last = max(ends, key=as_moment)
    return tuple(
        replace(one, entry=replace(one.entry, allowed_from=last))
        if one.through and one.entry.allowed_from
        else one
        for one in listed
    )


def _told(plan: Plan, entry: CareEntry, words: str, reached: int) -> Told:
    last = _find(plan, entry.rule, reached) or entry
    ends = replace(entry, last_day=last.last_day, allowed_from=last.allowed_from)
    through = 1 < reached == len(plan.session_dates)
    return Told(entry=ends if reached > 1 else entry, words=words, through=through)


def _find_end(plan: Plan, follows: str, entry: CareEntry) -> datetime | None:
    """Return when the rule before ends, if that is on the day the entry begins, or None."""
    earlier = _find(plan, follows, 1) if follows else None
    until = earlier.until if earlier else None
    return until if until and until.date() == day_of(entry.start) else None


def _reach(plan: Plan, rule: str, name: str) -> int:
    """Return the number of the visit after which there is a day again on which it may be done."""
    reached = 1
    while (here := _find(plan, rule, reached)) and (there := _find(plan, name, reached + 1)):
        if here.last_day is None or day_of(there.start) > here.last_day + timedelta(days=1):
            break
        reached += 1
    return reached


def _find(plan: Plan, rule: str, session: int) -> CareEntry | None:
    entries = plan.care_calendar.get(f"session_{session}", ())
    if session > len(plan.session_dates):
        return None
    return next((entry for entry in entries if entry.rule == rule), None)


def find_next_session(plan: Plan, made_on: date) -> int:
    """Return the number of the first visit after the day a sheet is made; 1 where none is."""
    ahead = (n for n, at in enumerate(plan.session_dates, 1) if day_of(at) > made_on)
    return next(ahead, 1)


def count_ahead(plan: Plan, made_on: date) -> int:
    """Return how many visits come after the day a sheet is made."""
    return sum(day_of(at) > made_on for at in plan.session_dates)


def find_through(pack: Pack, plan: Plan, *, apart: bool) -> frozenset[str]:
    """Return what is off through all visits, by the rules before a visit that name it.

    After the first visit it is told once, with the end after the last (planning reference 3.1).
    Where one rule names two things that are not told `apart`, the longer wait is that of both.
    """
    rules = pack.protocol.care.rule
    through = set[str]()
    for rule in rules:
        reached = {
            name
            for name in rule.joins
            if 1 < _reach(plan, rule.id, name) == len(plan.session_dates)
        }
        through.update(reached if apart or not reached else rule.joins)
    named = {name for rule in rules if through & {*rule.joins} for name in rule.names}
    return frozenset(through | named)


def list_begun(pack: Pack, plan: Plan, made_on: date, *, apart: bool) -> tuple[CareEntry, ...]:
    """Return what is to be left before the visit after the next one, dates of which nothing tells.

    Before the next visit it is off already, from today, so that nobody could count for the later
    ones how long before. What is off through all visits needs no other day; `apart` as there.
    """
    number = find_next_session(plan, made_on)
    rules = {rule.id: rule for rule in pack.protocol.care.rule}
    entries = plan.care_calendar.get(f"session_{number}", ())
    begun = {
        entry.rule
        for entry in entries
        if rules[entry.rule].phase == "before"
        and rules[entry.rule].kind == "avoid"
        and is_past(entry.start, made_on)
    }
    later = plan.care_calendar.get(f"session_{number + 1}", ())
    through = find_through(pack, plan, apart=apart)
    return tuple(entry for entry in later if entry.rule in begun - through)
