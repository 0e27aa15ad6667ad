"""The parts of the sheet that carry dates: the visits, and what to do or leave by date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from consult_app.domain.plan import CareEntry
from consult_app.handout.compose_case import (
    Case,
    choose_length,
    find_longer_waits,
    is_past,
    say_gap,
)
from consult_app.handout.compose_course import (
    Told,
    count_ahead,
    find_next_session,
    find_through,
    join_through,
    lengthen,
    list_begun,
    tell,
)
from consult_app.handout.compose_lists import find_rules, is_listed, make_list
from consult_app.handout.compose_undated import build_undated, build_undated_later
from consult_app.handout.document import Calendar, DatedList, Visit
from consult_app.handout.layout_section import BlockSpec
from consult_app.i18n.formats import Length
from consult_app.knowledge.dates import as_moment, day_of


def build_visits(case: Case) -> Calendar:
    """Return the test patch, the sessions and the check-up in order."""
    plan = case.course.plan
    visits: list[Visit] = []
    if plan.coming_patch:
        visits.append(_make_visit(case, "visit.test_patch", plan.coming_patch, visits))
    for number, moment in enumerate(plan.session_dates, start=1 + case.course.done):
        visits.append(_make_visit(case, "visit.session", moment, visits, number))
    if plan.review_date:
        visits.append(_make_visit(case, "visit.review", plan.review_date, visits))
    return Calendar(visits=tuple(visits))


def build_dated(case: Case, spec: BlockSpec) -> DatedList | None:
    """Return what to do or to leave before the next visit or after the first; None when empty."""
    if not case.course.plan.session_dates:
        return build_undated(case, spec)
    rules = find_rules(case)
    before = spec.phase == "before"
    number = find_next_session(case.course.plan, case.made_on) if before else 1
    # From the first visit on it is told once, among what to leave after it.
    apart = not case.tells_whole
    told_after = find_through(case.pack, case.course.plan, apart=apart) if number > 1 else ()
    chosen = [
        entry
        for entry in case.course.plan.care_calendar.get(f"session_{number}", ())
        if is_listed(rules, spec, entry.rule) and entry.rule not in told_after
    ]
    if before:
        # Nothing is off until the last visit on its day; what an earlier one asks for still is.
        due = chosen if count_ahead(case.course.plan, case.made_on) else ()
        return _make_list(case, spec, (Told(entry=it, words=it.rule) for it in due))
    return _make_list(case, spec, _tell_after(case, chosen))


def build_later(case: Case, spec: BlockSpec) -> DatedList | None:
    """Return what differs at a later visit: waits after a deeper one, or days before the second.

    None when nothing does.
    """
    plan = case.course.plan
    if not plan.session_dates:
        return build_undated_later(case, spec)
    before = spec.phase == "before"
    apart = not case.tells_whole
    begun = list_begun(case.pack, plan, case.made_on, apart=apart) if before else ()
    entries = begun if before else _list_longer(case)
    return _make_list(case, spec, (Told(entry=entry, words=entry.rule) for entry in entries))


def _tell_after(case: Case, entries: Iterable[CareEntry]) -> tuple[Told, ...]:
    """Return what is told of the care after the first visit."""
    rules, apart = find_rules(case), not case.tells_whole
    told = tuple(
        one
        for entry in entries
        for one in tell(case.course.plan, rules[entry.rule], entry, apart=apart)
    )
    return told if apart else join_through(told)


def _list_longer(case: Case) -> tuple[CareEntry, ...]:
    """Return what lasts longer after a deeper visit than the list of the first one says.

    What is off from one visit to the next is off longer by that list already: a second, sooner day
    would seem to allow it.
    """
    plan = case.course.plan
    longer = {entry.rule: entry for entry in find_longer_waits(plan)}
    first = [it for it in plan.care_calendar.get("session_1", ()) if it.rule in longer]
    told = sorted(_tell_after(case, first), key=_end_of, reverse=True)
    ends = {one.entry.rule: one.end for one in told}
    return tuple(it for it in longer.values() if ends[it.rule] < _end_of(Told(entry=it, words="")))


def build_running(case: Case, spec: BlockSpec) -> DatedList | None:
    """Return what still holds after an earlier treatment; None when nothing of it does."""
    rules = find_rules(case)
    told = _list_running(case)
    return make_list(case, spec, (it for it in told if is_listed(rules, spec, it[1])))


def _list_running(case: Case) -> list[tuple[str, str]]:
    """Return what still holds after an earlier treatment, each as when and which rule."""
    running = case.course.running
    told = [Told(entry=it, words=it.rule) for it in running.entries] if running else []
    return [(_say_running(case, it.entry), it.words) for it in sorted(told, key=_end_of)]


def _say_running(case: Case, entry: CareEntry) -> str:
    """Say how long something holds that began with the treatment, or begins on a day to come."""
    if entry.allowed_from is not None:
        return case.say("when.before", end=_say_begin(case, entry.allowed_from))
    ahead = not is_past(entry.start, case.made_on)
    if entry.until is not None:
        end = _say_moment(case, entry.until)
        if ahead:
            return case.say("when.between", start=_say_begin(case, entry.start), end=end)
        return case.say("when.until", end=end)
    last = entry.last_day or day_of(entry.start)
    if last == day_of(entry.start):
        return case.say("when.on", day=_say_day(case, last))
    if ahead:
        start = _say_begin(case, entry.start)
        return case.say("when.between_days", start=start, end=_say_day(case, last))
    return case.say("when.until_end", end=_say_day(case, last))


def _make_list(case: Case, spec: BlockSpec, told: Iterable[Told]) -> DatedList | None:
    if spec.phase == "before":
        before = sorted(told, key=_start_of)
        told_before = ((_say_before(case, it.entry), it.words) for it in before)
        return make_list(case, spec, (*_list_joined(case, spec), *told_before))
    after = sorted(told, key=_end_of)
    return make_list(case, spec, ((_say_after(case, it), it.words) for it in after))


def _list_joined(case: Case, spec: BlockSpec) -> list[tuple[str, str]]:
    """Return what is still off after an earlier treatment, for the list before the next visit."""
    running = case.course.running
    if running is None or running.joins is None or spec.kind != "dated":
        return []
    rules = find_rules(case)
    return [it for it in _list_running(case) if rules[it[1]].kind == spec.list]


def _start_of(told: Told) -> datetime:
    return as_moment(told.entry.start)


def _end_of(told: Told) -> datetime:
    return told.end


def _say_before(case: Case, entry: CareEntry) -> str:
    start = day_of(entry.start)
    if entry.last_day == start:
        return case.say("when.on", day=_say_day(case, start))
    if is_past(start, case.made_on):
        return case.say("when.from_today")
    return case.say("when.from", start=_say_day(case, start))


def _say_after(case: Case, told: Told) -> str:
    entry = told.entry
    if entry.allowed_from is not None and told.through:
        words = "when.through_short" if case.tells_whole else "when.through"
        return case.say(words, end=_say_day(case, entry.allowed_from))
    if entry.allowed_from is not None:
        return case.say("when.before", end=_say_allowed(case, entry.start, entry.allowed_from))
    if entry.last_day is not None:
        return _say_days(case, told, entry.last_day)
    return _say_hours(case, told)


def _say_hours(case: Case, told: Told) -> str:
    entry, end = told.entry, told.entry.until
    if end is None:
        return case.say("when.from", start=_say_day(case, entry.start))
    first = day_of(case.course.plan.session_dates[0])
    # What begins in the night after an evening visit and ends that day is told by its end alone.
    if first < day_of(entry.start) < day_of(end):
        return _say_between(case, told, "when.between", _say_day(case, end))
    return case.say("when.until", end=_say_moment(case, end))


def _say_allowed(case: Case, start: date, allowed: date) -> str:
    """Say from when on something is allowed again; a long wait by the clock may end a day later."""
    return _say_begin(case, lengthen(start, allowed) if case.tells_whole else allowed)


def _say_begin(case: Case, moment: date) -> str:
    """Say from or before when; midnight is the day it begins, since it could be either."""
    midnight = isinstance(moment, datetime) and moment.time() == time()
    return _say_day(case, moment) if midnight else _say_moment(case, moment)


def _say_moment(case: Case, moment: date) -> str:
    if isinstance(moment, datetime):
        return case.words.moment(moment, _length(case, moment))
    return _say_day(case, moment)


def _say_days(case: Case, told: Told, last: date) -> str:
    start = told.entry.start
    first, end = day_of(start), _say_day(case, last)
    if first == last:
        return case.say("when.on", day=end)
    if any(first == day_of(moment) for moment in case.course.plan.session_dates):
        return case.say("when.until_end", end=end)
    # What goes on between all visits has no date of the first alone.
    words = "when.between_visits" if told.through else "when.between_days"
    return _say_between(case, told, words, end)


def _say_between(case: Case, told: Told, words: str, end: str) -> str:
    """Say from when until when; where every word counts, the line before it says the first."""
    if told.after and case.tells_whole:
        return case.say(f"{words}.{told.after}", end=end)
    return case.say(words, start=_say_begin(case, told.entry.start), end=end)


def _say_day(case: Case, day: date) -> str:
    return case.words.day(day, _length(case, day))


def _length(case: Case, day: date) -> Length:
    short = case.cut >= case.layout.budget.short_dates
    return choose_length(day, case.made_on, short=short)


def _make_visit(
    case: Case, label: str, moment: date, earlier: list[Visit], number: int = 0
) -> Visit:
    words = case.words
    day = day_of(moment)
    return Visit(
        label=case.say(label, n=number) if number else case.say(label),
        day=day,
        day_number=str(day.day),
        month_year=words.day(day, "month_year"),
        on_one_line=words.day(day, "tile_date"),
        weekday_time=words.weekday_time(moment)
        if isinstance(moment, datetime)
        else words.day(day, "short_weekday"),
        spoken=words.moment(moment, "full_date")
        if isinstance(moment, datetime)
        else words.day(day),
        gap=say_gap(words, (day - earlier[-1].day).days) if earlier else "",
        kind="visit" if label == "visit.session" else "check",
    )
