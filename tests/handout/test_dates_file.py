"""The dates of a sheet as a calendar say what the sheet says."""

from __future__ import annotations

import json
import re
from datetime import datetime

import pytest

from consult_app.app import Program
from consult_app.composed import Composed
from consult_app.exchange.casefile import read_case
from tests.handout.validators_cases import COLD_SORES, Change, make_case, treat

PROGRAM = Program(clock=lambda: datetime(2031, 1, 1))  # noqa: DTZ001 - wall clock
MELASMA = treat(("cheeks", "melasma"), ("forehead", "melasma"))


def compose(change: Change) -> Composed:
    """Return the sheet of the example with cold sores, some of it changed."""
    case = json.loads(make_case(COLD_SORES))
    for place, value in change.items():
        room, name = place.split(".")
        case[room][name] = value
    return PROGRAM.compose(read_case(json.dumps(case), "handout"), paper="A4")


@pytest.mark.parametrize(
    "change",
    [{}, MELASMA, treat(("thighs", "striae_white"), ("abdomen", "striae_white"))],
    ids=["as it is", "melasma", "body"],
)
def test_a_visit_takes_as_long_as_the_sheet_says(change: Change) -> None:
    """It was an hour in every file, and an hour and a half on the sheet."""
    sheet = compose(change)
    told = re.search(r"(\d+)\u00a0minutes", sheet.write_text())

    assert told
    assert set(re.findall(r"DURATION:PT(\d+)M", sheet.write_dates())) == {told.group(1)}


def test_strong_creams_come_back_on_the_day_that_the_sheet_says() -> None:
    """Where melasma is treated the sheet waits for longer than the calendar of the plan."""
    sheet = compose(MELASMA)
    first = sheet.plan.session_dates[0].date()
    (again,) = (
        entry.allowed_from
        for entry in sheet.plan.care_calendar["session_1"]
        if entry.rule == "a_actives"
    )

    assert again
    assert (again - first).days == 8
    assert f"DTSTART;VALUE=DATE:{again:%Y%m%d}" in sheet.write_dates()
