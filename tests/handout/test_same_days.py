"""Screen, paper and calendar file name the same day and hour for the same thing.

A crowded sheet tells long waits in whole days, and things named in one breath together.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from consult_app.app import Program
from consult_app.domain.plan import Plan
from consult_app.exchange.calendar import list_events
from consult_app.exchange.casefile import read_case
from consult_app.handout.compose import source_texts
from consult_app.handout.compose_course import lengthen_care
from consult_app.handout.compose_length import list_blocks
from consult_app.handout.document import DatedList, Handout
from consult_app.i18n.translator import load_translator
from tests.handout.compose_cases import (
    FIRST,
    MADE_ON,
    RECIPIENT,
    REQUEST,
    RESOURCES,
    layout,
    make_composed,
    make_versions,
    pack,
    spaced,
)
from tests.handout.test_compose_audit import PLANS
from tests.handout.validators_cases import CHANGES, COLD_SORES, make_case

DAY = re.compile(r"(?:(\S+) ([ap]m) on )?(?:[A-Z][a-z]+ )?(\d{1,2}) ([A-Z][a-z]{2})")
ON_SCREEN = replace(RECIPIENT, screen=True)
CROWDED = layout().budget.whole_days


@pytest.fixture(scope="module")
def program() -> Program:
    return Program(clock=lambda: datetime.combine(MADE_ON, time(9)))


def list_days(handout: Handout) -> list[tuple[str, tuple[tuple[str, ...], ...]]]:
    """Return each thing that the lists tell, by its last words, with the days named for it."""
    lists = [it for it in list_blocks(handout) if isinstance(it, DatedList)]
    return [
        (it.text[-12:], tuple(DAY.findall(it.when.replace("\u00a0", " "))))
        for block in lists
        for it in block.items
    ]


@pytest.mark.parametrize("name", [COLD_SORES, *CHANGES])
def test_the_patient_view_names_the_days_of_the_printed_sheet(program: Program, name: str) -> None:
    """Direct sun was off until Friday at ten on the screen, and until Saturday on the paper."""
    case = read_case(make_case(name), "handout")
    sheet = program.compose(case)

    assert list_days(program.tell(case)) == list_days(sheet.handout)


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("whole", [True, False])
def test_a_screen_tells_waits_as_long_as_asked(name: str, *, whole: bool) -> None:
    request, facts = PLANS[name]
    screen = make_versions(request, facts=facts, recipient=replace(ON_SCREEN, whole=whole))[0]
    sheet = make_versions(request, facts=facts)[CROWDED if whole else 0]

    assert list_days(screen) == list_days(sheet)


@pytest.mark.parametrize("whole", [True, False])
def test_no_list_of_the_visits_after_is_announced_that_is_empty(*, whole: bool) -> None:
    """What is off through all visits on a crowded sheet needs no other day, nor its lead."""
    request = replace(REQUEST, interval_weeks=6)
    screen = replace(ON_SCREEN, whole=whole)
    ahead = FIRST.date() - timedelta(days=14)

    text = spaced(make_composed(request, recipient=screen, made_on=ahead))
    assert ("Leave these out before visit 2:" in text) is not whole
    sheet = make_composed(request, cut=CROWDED if whole else 0, made_on=ahead)
    assert list_days(make_composed(request, recipient=screen, made_on=ahead)) == list_days(sheet)


@pytest.mark.parametrize("whole", [True, False])
def test_the_calendar_file_ends_what_the_sheet_ends(*, whole: bool) -> None:
    plans: list[Plan] = []

    def note(plan: Plan) -> Plan:
        plans.append(plan)
        return plan

    handout = make_composed(REQUEST, cut=CROWDED if whole else 0, alter=note)
    plan = lengthen_care(plans[0]) if whole else plans[0]
    words = load_translator("en-GB", source_texts(pack()), RESOURCES / "translations")
    events = list_events(pack(), plan, words, made_on=MADE_ON, minutes=60)
    ends = {it.id.removeprefix("session_1-"): it.start for it in events if "session_1-" in it.id}

    told = {day for _, days in list_days(handout) for day in days}
    found = [
        ends[name] for name in ("a_makeup", "a_exercise", "a_pool", "a_actives") if name in ends
    ]
    for end in found:
        clock = ("9:15", "am") if isinstance(end, datetime) else ("", "")
        assert (*clock, str(end.day), f"{end:%b}") in told
    assert ends["a_pool"] == (date(2027, 9, 14) if whole else datetime(2027, 9, 13, 9, 15))  # noqa: DTZ001 - wall clock
    assert ends["a_makeup"] == datetime(2027, 9, 8, 9, 15)  # noqa: DTZ001 - wall clock


def test_the_file_itself_is_of_the_sheet_it_is_written_beside(program: Program) -> None:
    sheet = program.compose(read_case(make_case("phototype 2"), "handout"))
    pool = [it.allowed_from for it in sheet.plan.care_calendar["session_1"] if it.rule == "a_pool"]
    (end,) = pool
    assert isinstance(end, datetime)
    rounded = f"DTSTART;VALUE=DATE:{end.date() + timedelta(days=1):%Y%m%d}"

    assert f"DTSTART:{end:%Y%m%dT%H%M%S}" in replace(sheet, whole=False).write_dates()
    assert f"DTSTART:{end:%Y%m%dT%H%M%S}" not in replace(sheet, whole=True).write_dates()
    assert rounded in replace(sheet, whole=True).write_dates()
