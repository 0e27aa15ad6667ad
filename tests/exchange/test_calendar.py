"""The calendar file holds every date of a plan and never a word about health."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.domain.history import Facts
from consult_app.domain.plan import Plan, PlanRequest, Target
from consult_app.exchange.calendar import (
    RUNNING,
    _escape,
    _fold,
    list_events,
    write_calendar,
)
from consult_app.i18n.languages import read_languages
from consult_app.i18n.translator import Translator
from consult_app.knowledge.dates import as_moment
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.planning import resolve
from consult_app.paths import find_resources

RESOURCES = find_resources()
MADE_ON = date(2027, 7, 1)
MINUTES = 95
WORDS = Translator(
    language=read_languages(RESOURCES / "translations")["en-GB"],
    sources={
        "calendar.visit": "Clinic visit",
        "calendar.reminder": "Skin care reminder",
        "calendar.may_change": "This date may change, or not.",
    },
)


@pytest.fixture(scope="module")
def plan(pack: Pack) -> Plan:
    request = PlanRequest(
        primary_concern="acne_rolling",
        targets=(Target(area="cheeks", concern="acne_rolling"),),
        device_label_max_mm=2.5,
        first_session=datetime(2027, 9, 6, 9, 15),  # noqa: DTZ001 - wall clock
    )
    facts = Facts(phototype=5, date_of_birth=date(1992, 4, 30), jurisdiction="UK")
    return resolve(pack, request, facts, today=MADE_ON)


@pytest.fixture(scope="module")
def text(pack: Pack, plan: Plan) -> str:
    return write_calendar(pack, plan, words=WORDS, made_on=MADE_ON, minutes=MINUTES)


def test_titles_say_nothing_about_health(text: str) -> None:
    titles = set(re.findall(r"SUMMARY:(.*)\r\n", text))

    assert titles == {"Clinic visit", "Skin care reminder"}
    assert not re.search(r"(?i)needl|acne|scar|cheek|DESCRIPTION|LOCATION|COMMENT", text)


def test_sessions_float_in_local_time(text: str, plan: Plan) -> None:
    for moment in plan.session_dates:
        assert f"DTSTART:{moment:%Y%m%dT%H%M%S}\r\nDURATION:PT95M\r\n" in text
    assert "TZID" not in text


def test_test_patch_and_review_are_whole_days(text: str, plan: Plan) -> None:
    assert plan.test_patch_date
    assert plan.review_date
    for day in (plan.test_patch_date, plan.review_date):
        assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}\r\n" in text


def test_a_test_patch_that_was_missed_is_no_visit(pack: Pack, plan: Plan) -> None:
    day = plan.test_patch_date
    assert day
    facts = Facts(phototype=5, date_of_birth=date(1992, 4, 30), jurisdiction="UK")
    request = PlanRequest(
        primary_concern="acne_rolling",
        targets=(Target(area="cheeks", concern="acne_rolling"),),
        device_label_max_mm=2.5,
        first_session=plan.session_dates[0],
    )
    for today, coming in ((day, day), (day + timedelta(days=1), None)):
        made = resolve(pack, request, facts, today=today)
        assert (made.test_patch_date, made.coming_patch) == (day, coming)
        told = [
            event.id for event in list_events(pack, made, WORDS, made_on=MADE_ON, minutes=MINUTES)
        ]
        assert ("test-patch" in told) is bool(coming)


def test_preparation_ends_checkin_and_photo_are_reminders(pack: Pack, plan: Plan) -> None:
    starts = {
        event.id: event.start
        for event in list_events(pack, plan, WORDS, made_on=MADE_ON, minutes=MINUTES)
    }

    assert starts["session_1-prepare"] == date(2027, 8, 9)
    assert starts["session_1-a_makeup"] == datetime(2027, 9, 7, 9, 15)  # noqa: DTZ001 - wall clock
    assert starts["session_1-a_checkin"] == date(2027, 9, 9)
    assert starts["session_1-a_photo"] == date(2027, 10, 4)
    assert "session_4-a_checkin" in starts


def test_events_are_in_order_of_time_and_each_has_its_own_id(text: str) -> None:
    days = re.findall(r"DTSTART(?:;VALUE=DATE)?:(\d{8})", text)
    ids = re.findall(r"UID:(.*)\r\n", text)

    assert days == sorted(days)
    assert len(set(ids)) == len(ids) == text.count("BEGIN:VEVENT")


def test_a_day_has_one_event_of_a_title(text: str) -> None:
    """Two that said the same stood one above the other, four weeks after a visit and elsewhere."""
    events = re.findall(r"DTSTART(?:;VALUE=DATE)?:(\d{8}).*?SUMMARY:([^\r]*)", text, re.DOTALL)

    assert len(events) == text.count("BEGIN:VEVENT")
    assert len(set(events)) == len(events)


def test_an_event_for_several_things_begins_with_the_first_and_keeps_its_id(
    pack: Pack, plan: Plan
) -> None:
    """Three days after a visit somebody calls, and swimming is allowed from the hour on."""
    events = list_events(pack, plan, WORDS, made_on=MADE_ON, minutes=MINUTES)
    (reminder,) = (
        event
        for event in events
        if as_moment(event.start).date() == date(2027, 9, 9) and not event.minutes
    )

    assert reminder.id == "session_1-a_checkin"
    assert reminder.start == date(2027, 9, 9)


@pytest.mark.parametrize("made_on", [date(2027, 8, 9), date(2027, 8, 30), date(2027, 9, 6)])
def test_nobody_is_reminded_of_what_was_before_the_sheet(
    pack: Pack, plan: Plan, made_on: date
) -> None:
    events = list_events(pack, plan, WORDS, made_on=made_on, minutes=MINUTES)
    reminders = [event for event in events if event.title == "Skin care reminder"]

    assert min(as_moment(event.start).date() for event in reminders) > made_on
    # What begins later is still told.
    prepare = {event.id: event.start for event in reminders if "prepare" in event.id}
    if made_on == date(2027, 8, 9):
        assert prepare["session_1-prepare"] == date(2027, 8, 23)


def test_the_same_plan_writes_the_same_file(pack: Pack, plan: Plan, text: str) -> None:
    assert write_calendar(pack, plan, words=WORDS, made_on=MADE_ON, minutes=MINUTES) == text


def test_a_moved_visit_keeps_its_id(pack: Pack, plan: Plan, text: str) -> None:
    moved = replace(plan, review_date=date(2028, 5, 1))
    other = write_calendar(pack, moved, words=WORDS, made_on=MADE_ON, minutes=MINUTES)

    assert re.findall(r"UID:(.*)\r\n", other)[-1] == re.findall(r"UID:(.*)\r\n", text)[-1]


def test_another_consultation_has_other_ids(pack: Pack, plan: Plan, text: str) -> None:
    other = write_calendar(pack, plan, words=WORDS, made_on=date(2027, 7, 2), minutes=MINUTES)

    assert not set(re.findall(r"UID:(.*)\r\n", other)) & set(re.findall(r"UID:(.*)\r\n", text))


def test_a_plan_without_dates_is_an_empty_calendar(pack: Pack, plan: Plan) -> None:
    bare = Plan(content_id="x", content_version="1", outcome=plan.outcome)

    assert "VEVENT" not in write_calendar(pack, bare, words=WORDS, made_on=MADE_ON, minutes=MINUTES)


def test_dates_that_may_change_are_tentative_and_say_so(pack: Pack, plan: Plan, text: str) -> None:
    """The sheet said that they may change, and the diary had them as settled."""
    open_ = write_calendar(
        pack, plan, words=WORDS, made_on=MADE_ON, minutes=MINUTES, tentative=True
    )
    doubt = "DESCRIPTION:This date may change\\, or not.\r\nSTATUS:TENTATIVE\r\n"

    assert open_.count(doubt) == open_.count("BEGIN:VEVENT") > 1
    assert open_.replace(doubt, "") == text, "all else is the same"
    assert "STATUS" not in text


def test_what_an_earlier_treatment_began_ends_on_its_day_whatever_else_may_change(
    pack: Pack, plan: Plan
) -> None:
    kept = replace(plan, care_calendar={RUNNING: plan.care_calendar["session_1"]})
    text = write_calendar(pack, kept, words=WORDS, made_on=MADE_ON, minutes=MINUTES, tentative=True)
    said = {
        title: "TENTATIVE" in event
        for event in text.split("BEGIN:VEVENT")[1:]
        for title in re.findall(r"SUMMARY:(.*)\r\n", event)
    }
    assert said == {"Clinic visit": True, "Skin care reminder": False}


def test_lines_end_and_fold_as_the_standard_asks(text: str) -> None:
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")


@given(st.text(alphabet="a\u00e9\u6f22\U0001f600 ", max_size=300))
def test_a_folded_line_is_short_and_unfolds_to_itself(line: str) -> None:
    folded = _fold(line)

    assert all(len(part.encode()) <= 75 for part in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == line


def test_signs_with_a_meaning_are_escaped() -> None:
    assert _escape("a,b;c\\d\ne") == "a\\,b\\;c\\\\d\\ne"


def test_two_patients_of_one_day_do_not_share_an_event(pack: Pack, plan: Plan, text: str) -> None:
    """In one diary an event of the one would take the place of the other's."""
    other = write_calendar(
        pack, plan, words=WORDS, made_on=MADE_ON, minutes=MINUTES, whose="Maya Okafor"
    )

    assert not set(re.findall(r"UID:(.*)\r\n", other)) & set(re.findall(r"UID:(.*)\r\n", text))
    assert "Okafor" not in other
