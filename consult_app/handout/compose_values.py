"""The values that the texts of the sheet may ask for, in the reader's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import reduce

from consult_app.domain.jurisdiction import jurisdiction_of
from consult_app.domain.plan import CareEntry, Plan
from consult_app.handout.compose_asked import say_asked
from consult_app.handout.compose_case import (
    PHOTO,
    Course,
    Recipient,
    choose_length,
    find_deeper_session,
    is_past,
    name_area,
    say_gap,
)
from consult_app.handout.compose_course import find_next_session
from consult_app.handout.compose_moves import list_moves
from consult_app.handout.compose_tags import GEL, SUNSCREEN, list_asked, list_waits
from consult_app.handout.duration import find_duration
from consult_app.handout.layout import Settling
from consult_app.i18n.formats import NO_BREAK
from consult_app.i18n.translator import Translator
from consult_app.knowledge.dates import day_of
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.protocol.pace import find_primary
from consult_app.knowledge.visits.coming import CHECK_IN
from consult_app.knowledge.visits.waiting import find_days_after

_IN_NUMBER = re.compile(r"(?<=[\d)]) (?=[\d(+]|ext\b)|(?<=\bext) (?=\d)|(?<=\bext\.) (?=\d)")
"""Spaces between the groups of a phone number, and about its extension."""
OTHER = "other"
"""Text of a group for what has none of its own."""
CREAM_STOP, CREAM_RESTART = "b_actives", "a_actives"


def collect_values(
    pack: Pack,
    recipient: Recipient,
    course: Course,
    settling: Settling,
    words: Translator,
    *,
    made_on: date,
) -> Mapping[str, str]:
    """Return every value that is known for this sheet; what is not known is left out."""
    return dict(
        [
            *_say_people(recipient, words),
            *_say_numbers(recipient, words),
            *_say_course(pack, course, settling, words),
            *_say_outside_label(pack, course.plan, words),
            *_say_dates(course, words, made_on),
            *_say_next(course, words, made_on),
            *_say_soonest(course, settling, words, made_on),
            *_say_running(pack, course, words, made_on),
            ("because", _say_each(words, "moves", list_moves(pack, course, made_on))),
            *_say_care(course, words, made_on),
            *_say_offsets(course, words),
            ("patch_gap", say_gap(words, pack.protocol.plan.test_patch.days_before)),
            ("made_on", words.day(made_on, "date")),
            ("content_version", course.plan.content_version),
        ]
    )


def cream_stop_is_past(course: Course, made_on: date) -> bool:
    """Return whether strong creams should have been stopped by the day the sheet is made."""
    stop = _find_care(course).get(CREAM_STOP)
    return stop is not None and is_past(stop.start, made_on)


def find_patch_stop(course: Course) -> date | None:
    """Return the day on which strong creams are stopped for a test patch: it is needled too."""
    stop, plan = _find_care(course).get(CREAM_STOP), course.plan
    if stop is None or plan.coming_patch is None:
        return None
    return plan.coming_patch - (day_of(plan.session_dates[0]) - day_of(stop.start))


def _say_people(recipient: Recipient, words: Translator) -> Iterator[tuple[str, str]]:
    patient, practitioner = recipient.patient, recipient.practitioner
    # A sheet can be printed while nobody is chosen at this computer: the clinic treats.
    name = plain(practitioner.name) or plain(recipient.clinic.name)
    yield "patient", plain(patient.name)
    yield "practitioner", name
    told = [plain(practitioner.role), _bind(practitioner.registration)]
    parts = [part for part in told if part]
    # What is put in between commas ends with one.
    yield "who", ", ".join([name, *parts]) + ("," if parts else "")
    yield "phone", _bind_number(recipient.clinic.phone)
    if recipient.clinic.out_of_hours:
        yield "out_of_hours", _bind_number(recipient.clinic.out_of_hours)
    if patient.date_of_birth:
        yield "born", words.day(patient.date_of_birth, "date")
    if patient.record_number:
        yield "record", plain(patient.record_number)


def _say_numbers(recipient: Recipient, words: Translator) -> Iterator[tuple[str, str]]:
    country = recipient.locale.country
    # Rules of another country may hold for a case; its number reaches nobody from here.
    for place in (country, jurisdiction_of(country), "OTHER"):
        if words.has(f"emergency.{place}"):
            yield "emergency", words.text(f"emergency.{place}")
            break
    for name in ("fever", "painkiller"):
        local = f"{name}_{country}"
        yield name, words.text(local if words.has(local) else name)


def _say_course(
    pack: Pack, course: Course, settling: Settling, words: Translator
) -> Iterator[tuple[str, str]]:
    kind = f"device.{course.request.device_kind}"
    yield "device", words.text(kind if words.has(kind) else "device.other")
    yield "duration", _say_duration(pack, course, words)
    if course.plan.lines:
        primary = find_primary(course.request, (line.concern for line in course.plan.lines))
        weeks = pack.protocol.concern_by_id[primary].first_change_weeks
        yield "first_weeks", words.span(weeks.first, weeks.last)
    yield "waiting", _say_waits(pack, course, settling, words)
    asked = list_asked(course, settling)
    yield "asking", say_asked(words, "asks", asked)
    yield "asking_short", _say_each(words, "asks_short", asked)
    yield "asking_about", say_asked(words, "asks_room", asked)
    deeper = find_deeper_session(course.plan)
    if deeper:
        yield "n", words.number(deeper + course.done)


def _say_outside_label(pack: Pack, plan: Plan, words: Translator) -> Iterator[tuple[str, str]]:
    told = [_say_use(pack, words, concern, area) for concern, area in plan.outside_label]
    if told:
        yield "outside_label", reduce(lambda a, b: words.text("use_join", first=a, second=b), told)


def _say_use(pack: Pack, words: Translator, concern: str, area: str) -> str:
    told = words.text(f"concern.{concern}")
    if not area:
        return told
    return words.text("use_in", concern=told, area=name_area(pack, words, area))


def _say_each(words: Translator, group: str, names: Iterable[str]) -> str:
    """Say what a group of texts says of each name, or its `other`, everything once."""
    keys = [f"{group}.{name}" for name in names] or [f"{group}.{OTHER}"]
    told = (words.text(key if words.has(key) else f"{group}.{OTHER}") for key in keys)
    return " ".join(dict.fromkeys(told))


def _say_waits(pack: Pack, course: Course, settling: Settling, words: Translator) -> str:
    """Say what has to be over, and how long there is to wait then; who is asked is told apart."""
    found = {finding.id: finding for finding in course.screening.findings}
    told = []
    waits = [name for name in list_waits(course) if name not in settling.doctor]
    for name in waits or (OTHER,):
        first = _say_each(words, "waits", (name,))
        after = find_days_after(pack, course.facts, found[name]) if name in found else None
        if after is None or name in settling.dated:
            told.append(first)
        else:
            told.append(words.text("wait_more", first=first, gap=say_gap(words, after)))
    return " ".join(dict.fromkeys(told))


def _say_duration(pack: Pack, course: Course, words: Translator) -> str:
    time = find_duration(pack, course)
    minutes = words.span(time.minutes.first, time.minutes.last)
    return words.fill("duration.least" if time.least else "duration.about", {"minutes": minutes})


def _say_next(course: Course, words: Translator, made_on: date) -> Iterator[tuple[str, str]]:
    number = find_next_session(course.plan, made_on) + course.done
    yield "dated_visit", words.number(1 + course.done)
    yield "next_visit", words.number(number)
    yield "visit_after", words.number(number + 1)


def _say_soonest(
    course: Course, settling: Settling, words: Translator, made_on: date
) -> Iterator[tuple[str, str]]:
    """Say when the first visit can be: not before what the lists by day ask to be left until it.

    The rules wait for a cream for fewer days than the sheet asks for (README of the reference, 3).
    """
    if course.soonest is None:
        return
    stopped = any(name in settling.dated for name in list_waits(course))
    offsets = course.plan.care_offsets.get("session_1", ()) if stopped else ()
    leads = (made_on - timedelta(days=it.start) for it in offsets if it.rule == CREAM_STOP)
    yield "soonest", _say_day(words, max([course.soonest, *leads]), made_on)


def _say_running(
    pack: Pack, course: Course, words: Translator, made_on: date
) -> Iterator[tuple[str, str]]:
    running = course.running
    if running is None:
        return
    length = choose_length(running.day, made_on) if running.whole else "month_year"
    yield "treated", words.day(running.day, length)
    again = _find_again({entry.rule: entry for entry in running.entries})
    if again is not None:
        yield "spf_again", _say_day(words, again, made_on)
    areas = [name_area(pack, words, area) for area in running.elsewhere]
    yield "treated_where", ", ".join(areas)


def _find_again(held: Mapping[str, CareEntry]) -> date | None:
    """Return when sunscreen begins again; where a visit comes first, when the gel alone ends."""
    gel = held.get(GEL)
    if gel is None or SUNSCREEN in held:
        return held[SUNSCREEN].start if SUNSCREEN in held else None
    return gel.until or (gel.last_day and gel.last_day + timedelta(days=1))


def _say_dates(course: Course, words: Translator, made_on: date) -> Iterator[tuple[str, str]]:
    plan = course.plan
    single = {
        "test_date": plan.coming_patch,
        "review": plan.review_date,
        "earliest": plan.earliest_first_session,
    }
    yield from ((name, words.day(day)) for name, day in single.items() if day)
    if plan.patch_waits_until:
        yield "patch_from", _say_short(words, plan.patch_waits_until, made_on)
    if plan.review_date:
        yield "review_short", _say_short(words, plan.review_date, made_on)
    if plan.first_visible_window:
        first = plan.first_visible_window[0]
        yield "first_from", words.day(first)
        yield "first_short", _say_short(words, first, made_on)


def _say_care(course: Course, words: Translator, made_on: date) -> Iterator[tuple[str, str]]:
    care = _find_care(course)
    days = {
        "actives_stop": care[CREAM_STOP].start if CREAM_STOP in care else None,
        "patch_stop": find_patch_stop(course),
        "checkin": care[CHECK_IN].start if CHECK_IN in care else None,
        "photo": care[PHOTO].start if PHOTO in care else None,
        "spf_from": care[SUNSCREEN].start if SUNSCREEN in care else None,
        "actives_restart": care[CREAM_RESTART].allowed_from if CREAM_RESTART in care else None,
        "spf_until": care[SUNSCREEN].last_day if SUNSCREEN in care else None,
    }
    yield from ((name, _say_day(words, day, made_on)) for name, day in days.items() if day)
    contacts = (("checkin_short", CHECK_IN), ("photo_short", PHOTO))
    yield from (
        (name, _say_short(words, care[rule].start, made_on))
        for name, rule in contacts
        if rule in care
    )


def _say_offsets(course: Course, words: Translator) -> Iterator[tuple[str, str]]:
    """Say how many visits and how far apart, and how long after one whose day is not known yet."""
    yield "visits", words.count("visits", len(course.plan.session_plan))
    if course.plan.interval_weeks:
        yield "visits_gap", words.count("gap.weeks", course.plan.interval_weeks.used)
    names = {CHECK_IN: "checkin_gap", PHOTO: "photo_gap"}
    for offset in course.plan.care_offsets.get("session_1", ()):
        if offset.rule in names:
            yield names[offset.rule], say_gap(words, offset.start)


def _find_care(course: Course) -> dict[str, CareEntry]:
    return {entry.rule: entry for entry in course.plan.care_calendar.get("session_1", ())}


def _say_day(words: Translator, day: date, made_on: date) -> str:
    length = choose_length(day, made_on)
    return words.moment(day, length) if isinstance(day, datetime) else words.day(day, length)


def _say_short(words: Translator, day: date, made_on: date) -> str:
    return words.day(day, choose_length(day, made_on, short=True))


def _bind(registration: str) -> str:
    """Keep a register and the number in it on one line; several may stand on several."""
    return plain(registration).replace(" ", NO_BREAK).replace(f",{NO_BREAK}", ", ")


def _bind_number(text: str) -> str:
    """Keep a phone number and its extension on one line; words beside it may stand on others."""
    return _IN_NUMBER.sub(NO_BREAK, plain(text))


def plain(text: str) -> str:
    """Return text from outside as one line without the marks that make words bold."""
    return " ".join(text.replace("**", "").split())
