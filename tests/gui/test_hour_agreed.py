"""One appointment has one hour: a treatment begun late moves its care, not the visits to come."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from consult_app.gui.desk import Desk
from consult_app.gui.handout.of_day import find_anew, find_moved
from consult_app.gui.main_window import MainWindow
from consult_app.gui.session import Session
from tests.gui.conftest import Clock
from tests.gui.test_handed_dates import hand_over, treat_again
from tests.gui.test_needled_today import treat
from tests.gui.test_patient_of_treatment import read_view

LATE = 42 * 60
"""Seconds; the hour that was agreed is 10:00, so the record is begun at 10:42."""


def moment(text: str) -> datetime:
    """Return a moment on the wall clock."""
    return datetime.fromisoformat(text)


def treat_late(
    window: MainWindow,
    desk: Desk,
    clock: Clock,
    days: int = 6,
    **told: Any,  # noqa: ANN401 - any of its fields
) -> Session:
    """Open a treatment that was begun later in the day than agreed, so many days after its plan."""
    last = hand_over(desk, days)
    clock.move(LATE)
    return treat(window, desk, last, **told)


def test_its_sheet_and_calendar_have_the_later_visits_at_the_hour_that_was_agreed(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    """The sheet said 10:45 am for every visit to come, the one at home 10 am."""
    session = treat_late(window, desk, clock)
    anew = find_anew(desk, session)
    assert anew is not None
    sheet = desk.make_sheet(anew)
    text = sheet.text.replace("\xa0", " ")

    assert "Visit 1: 10:45 am on Monday 15 June 2026" in text
    assert "Visit 2 (4 weeks): 10 am on Monday 13 July 2026" in text
    assert "Before 10:45 am on Wed 17 Jun: make-up" in text, "its care counts from the needling"
    assert "DTSTART:20260615T104500" in sheet.dates
    assert "DTSTART:20260713T100000" in sheet.dates
    assert "T104500" not in sheet.dates.split("DTSTART:20260713T100000")[1].split("END:VEVENT")[0]


def test_its_patient_view_has_them_at_that_hour_too(
    window: MainWindow, qtbot: QtBot, desk: Desk, clock: Clock
) -> None:
    treat_late(window, desk, clock, days=0)

    told = read_view(window, qtbot, "Visit 2")

    assert "10:45 am" in told
    visits = told[told.index("Visit 2") :]
    assert "10 am" in visits[: visits.index("Visit 3")]
    assert "10:45" not in visits[: visits.index("Check-up")]


def test_so_it_is_from_a_later_treatment_on(window: MainWindow, desk: Desk, clock: Clock) -> None:
    first = treat(window, desk, hand_over(desk, 0))
    clock.move(timedelta(weeks=7).total_seconds() + LATE)

    anew = find_anew(desk, treat_again(window, desk, first))

    assert anew is not None
    text = desk.make_sheet(anew).text.replace("\xa0", " ")
    assert "Visit 2: 10:45 am on Monday 3 August 2026" in text
    assert "Visit 3 (4 weeks): 10 am on Monday 31 August 2026" in text


def test_a_day_that_was_agreed_has_that_hour(window: MainWindow, desk: Desk, clock: Clock) -> None:
    agreed = desk.clock().date() + timedelta(weeks=7)
    told: dict[str, Any] = {"next_date": agreed, "next_visit": "treatment"}
    anew = find_anew(desk, treat_late(window, desk, clock, **told))

    assert anew is not None
    text = desk.make_sheet(anew).text.replace("\xa0", " ")
    assert "Visit 2 (7 weeks): 10 am on Monday 3 August 2026" in text


@pytest.mark.parametrize(("minutes", "late"), [(0, False), (5, True)])
def test_the_next_treatment_is_late_by_that_hour(
    window: MainWindow, qtbot: QtBot, desk: Desk, clock: Clock, *, minutes: int, late: bool
) -> None:
    """By the hour of the first record a visit 35 minutes late was told as one in time."""
    session = treat_late(window, desk, clock)
    window.handout.sign()
    qtbot.waitUntil(lambda: session.locked)
    assert session.visit.handout is not None
    clock.now = moment("2026-07-13T10:00") + timedelta(minutes=minutes)

    last = desk.records.open_visit(session.visit.follows or "")
    told = find_moved(desk, treat(window, desk, last))

    assert ("count from 10" in told) == late
