"""The dates of a plan as a calendar file (.ics, RFC 5545), with no word about health.

Times are local wall-clock times without a zone. An event keeps its id when the file is written
again, so a calendar replaces it and does not show it twice. Where the sheet says that its dates may
change, an event is tentative and says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from consult_app.domain.plan import CareEntry, Plan
from consult_app.i18n.translator import Translator
from consult_app.knowledge.dates import as_moment, day_of
from consult_app.knowledge.pack.pack import Pack
from consult_app.values import dataclass

RUNNING = "running"
"""What stands for an earlier treatment among the visits: when its care ends is sure."""
_LINE = 75
"""Most octets in a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One date.

    Attributes:
        id: What it is within the plan, such as `session-2`; makes the stable id.
        title: A neutral title.
        start: A day, or a moment.
        minutes: How long a timed event takes.
    """

    id: str
    title: str
    start: date
    minutes: int = 0


def write_calendar(  # noqa: PLR0913 - what a file is made of; all but content and plan by name
    pack: Pack,
    plan: Plan,
    *,
    words: Translator,
    made_on: date,
    minutes: int,
    whose: str = "",
    tentative: bool = False,
) -> str:
    """Return the calendar file of a plan.

    Args:
        pack: The content; its care rules say which dates belong into a diary.
        plan: The plan.
        words: The reader's language.
        made_on: The consultation's date, which tells this plan's events from another's; nobody is
            reminded of what was before.
        minutes: How long a visit takes at most.
        whose: Tells this patient's events from another's of the same day; only its digest is used.
        tentative: Whether something has to settle before the dates of the plan are sure.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//consult-app//visits//EN",
        "CALSCALE:GREGORIAN",
    ]
    doubt = words.text("calendar.may_change") if tentative else ""
    for event in list_events(pack, plan, words, made_on=made_on, minutes=minutes):
        sure = event.id.startswith(RUNNING)
        lines += _write_event(event, made_on, whose, "" if sure else doubt)
    lines.append("END:VCALENDAR")
    return "".join(f"{_fold(line)}\r\n" for line in lines)


def list_events(
    pack: Pack, plan: Plan, words: Translator, *, made_on: date, minutes: int
) -> tuple[Event, ...]:
    """Return visits, preparation, ends of rules, check-in, photo and review, in order of time.

    A reminder says no more than its title, so that a day has one for all there is to do on it.
    """
    reminders = _in_order(_list_reminders(pack, plan, words, made_on))
    one_a_day = {day_of(event.start): event for event in reversed(reminders)}
    return _in_order((*_list_visits(plan, words, minutes), *one_a_day.values()))


def _in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda event: (as_moment(event.start), event.id)))


def _list_visits(plan: Plan, words: Translator, minutes: int) -> Iterator[Event]:
    title = words.text("calendar.visit")
    if plan.coming_patch:
        yield Event(id="test-patch", title=title, start=plan.coming_patch)
    for number, moment in enumerate(plan.session_dates, start=1):
        yield Event(id=f"session-{number}", title=title, start=moment, minutes=minutes)
    if plan.review_date:
        yield Event(id="review", title=title, start=plan.review_date)


def _list_reminders(pack: Pack, plan: Plan, words: Translator, made_on: date) -> Iterator[Event]:
    """Yield a reminder where preparation begins and where rules of the diary end.

    Of what begins before the sheet is made the sheet says that it begins today.
    """
    title = words.text("calendar.reminder")
    rules = {rule.id: rule for rule in pack.protocol.care.rule}
    for session, entries in plan.care_calendar.items():
        begins = [
            entry.start
            for entry in entries
            if rules[entry.rule].phase == "before" and day_of(entry.start) > made_on
        ]
        if begins:
            yield Event(id=f"{session}-prepare", title=title, start=min(begins))
        moments: dict[date, list[str]] = {}
        for entry in entries:
            if rules[entry.rule].diary:
                moments.setdefault(_find_end(entry), []).append(entry.rule)
        for moment, names in moments.items():
            if day_of(moment) < made_on:
                continue
            identity = f"{session}-{'-'.join(sorted(names))}"
            yield Event(id=identity, title=title, start=moment)


def _find_end(entry: CareEntry) -> date:
    if entry.last_day == entry.start:
        return entry.start
    return entry.allowed_from or entry.until or entry.last_day or entry.start


def _write_event(event: Event, made_on: date, whose: str, doubt: str) -> Iterable[str]:
    told = f"{made_on.isoformat()} {event.id} {whose}"
    digest = hashlib.sha256(told.encode()).hexdigest()
    yield "BEGIN:VEVENT"
    yield f"UID:{digest[:32]}@consult-app"
    yield f"DTSTAMP:{made_on:%Y%m%d}T000000Z"
    if isinstance(event.start, datetime):
        yield f"DTSTART:{event.start:%Y%m%dT%H%M%S}"
        if event.minutes:
            yield f"DURATION:PT{event.minutes}M"
    else:
        yield f"DTSTART;VALUE=DATE:{event.start:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.start + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escape(event.title)}"
    if doubt:
        yield f"DESCRIPTION:{_escape(doubt)}"
        yield "STATUS:TENTATIVE"
    yield "CLASS:PRIVATE"
    yield "TRANSP:OPAQUE" if event.minutes else "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escape(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _fold(line: str) -> str:
    """Return a line broken after 75 octets, never inside a letter (RFC 5545 3.1)."""
    pieces, piece, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece += letter
        size += octets
    return "\r\n".join([*pieces, piece])
