"""The patient view of a treatment tells what its sheet tells: what is left of the plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Consultation
from consult_app.domain.treatment import Treatment
from consult_app.gui.desk import Desk
from consult_app.gui.handout.of_day import find_anew
from consult_app.gui.main_window import MainWindow
from consult_app.gui.patient_view.waiting import ALL_DONE, ASK_US
from tests.gui.conftest import Clock
from tests.gui.test_handed_dates import hand_over, treat, treat_again
from tests.gui.test_patient_view import walk, words_in
from tests.gui.test_return_faults import begin
from tests.gui.touring import workspace_of

AGAIN = "counts from visit 1 again"


def read_view(window: MainWindow, qtbot: QtBot, until: str) -> str:
    """Return what the patient view of the open visit says, once that is there."""
    QTest.keyClick(window, Qt.Key.Key_F8)
    view = window.patient.view
    assert view is not None
    qtbot.waitUntil(lambda: view.is_told or until in words_in(view))
    view.turn(-view.at)
    told = "\n".join(words_in(part) for part in walk(view)).replace("\xa0", " ")
    view.close_wanted.emit()
    return told


def treat_on(desk: Desk, last: Consultation, name: str) -> Consultation:
    """Return a treatment of today by a plan, as done."""
    begun = begin(desk, "treatment", last)
    return replace(begun, id=name, treatment=replace(begun.treatment or Treatment(), treated=True))


@pytest.mark.parametrize("days", [0, 7])
def test_it_goes_on_with_the_visit_that_it_is(
    window: MainWindow, qtbot: QtBot, desk: Desk, clock: Clock, days: int
) -> None:
    """Beside the second of four visits the patient was shown four more, from visit 1 on."""
    first = treat(window, desk, days=0)
    plan = first.judgement.plan
    assert plan is not None
    planned = plan.session_dates[1] + timedelta(days=days)
    clock.move((planned - desk.clock()).total_seconds())
    session = treat_again(window, desk, first)
    assert (find_anew(desk, session) is None) == (days == 0)

    told = read_view(window, qtbot, "Visit 2")

    assert "Visit 2" in told
    assert "Visit 1" not in told
    assert AGAIN not in told
    assert f"{planned.day} {planned:%B}" in told
    check_up = plan.review_date
    assert check_up is not None
    moved = check_up + timedelta(days=days)
    assert f"{moved.day} {moved:%b}" in told


def test_it_says_what_the_kept_sheet_says(
    window: MainWindow, qtbot: QtBot, desk: Desk, clock: Clock
) -> None:
    first = treat(window, desk, days=0)
    clock.move(35 * 24 * 3600)
    session = treat_again(window, desk, first)
    anew = find_anew(desk, session)
    assert anew is not None
    sheet = desk.make_sheet(anew).text.replace("\xa0", " ")
    window.handout.sign()
    qtbot.waitUntil(lambda: session.locked)

    told = read_view(window, qtbot, "Visit 2")

    plan = desk.judge(anew).plan
    assert plan is not None
    days = [f"{it.day} {it:%b}" for it in plan.session_dates[:-1]]
    assert all(day in sheet and day in told for day in days)
    assert f"Visit {len(plan.session_dates) + 1}" not in told


def test_one_more_than_the_plan_has_names_no_visits(
    window: MainWindow, qtbot: QtBot, desk: Desk, clock: Clock
) -> None:
    plan = desk.judge(hand_over(desk, 0)).plan
    assert plan is not None
    last = hand_over(desk, 0)
    for number in range(len(plan.session_dates)):
        done = treat_on(desk, last, f"t{number}")
        desk.records.sign(replace(done, state="signed"), None, 0)
        clock.move(35 * 24 * 3600)
    window.show_visit(treat_on(desk, last, "more"))

    told = read_view(window, qtbot, ALL_DONE)

    assert ALL_DONE in told
    assert "Visit 1" not in told
    assert workspace_of(window).session.visit.id == "more"


def test_an_event_that_moves_the_plan_dates_no_care_of_today_three_weeks_on(
    window: MainWindow, qtbot: QtBot, desk: Desk
) -> None:
    """Who was needled today read "before 4 pm on 12 July: washing", and nothing for that night."""
    session = treat(window, desk, days=0)
    event = session.visit.visit_date + timedelta(days=30)
    moved = replace(session.visit.plan, event_date=event)
    window.show_visit(replace(session.visit, id="moved", plan=moved))
    plan = workspace_of(window).session.judgement.plan
    assert plan is not None
    assert plan.session_dates[0].date() > session.visit.visit_date

    told = read_view(window, qtbot, ASK_US)

    assert ASK_US in told
    assert "Visit 1" not in told
