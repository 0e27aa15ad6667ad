"""The sheet of a treatment's day tells what was needled and agreed then, not what was planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.treatment import Treatment
from consult_app.gui.commands import fill_keys
from consult_app.gui.desk import Desk
from consult_app.gui.handout.of_day import find_anew, find_moved
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.treatment.after import OTHER_SHEET, AfterPanel
from consult_app.gui.session import Session
from consult_app.knowledge.visits.needled_today import HARMED
from tests.gui.conftest import Clock
from tests.gui.test_handed_dates import hand_over
from tests.gui.test_return_faults import begin
from tests.gui.touring import workspace_of


def plan_light(desk: Desk, days: int) -> Consultation:
    """Sign a consultation that plans 0.25 mm, first visit so many days before today."""
    visit = hand_over(desk, days)
    light = replace(visit, id="light", plan=replace(visit.plan, depth_mm=0.25))
    sheet = desk.make_sheet(replace(light, state="draft"))
    return desk.records.sign(light, sheet.pdf, sheet.pages)


def treat(window: MainWindow, desk: Desk, last: Consultation, **told: Any) -> Session:  # noqa: ANN401 - any of its fields
    """Open a treatment of today as done, with what was written of it; `depth` of every line."""
    begun = begin(desk, "treatment", last)
    treatment = begun.treatment or Treatment()
    depth = told.pop("depth", None)
    areas = tuple(
        replace(it, suggested=False, depth_mm=it.depth_mm if depth is None else depth)
        for it in treatment.areas
    )
    done = replace(treatment, treated=True, areas=areas, new_medicines="no", **told)
    asked = (*desk.pack.recheck.items, *desk.pack.medicine_items)
    denied = {it: Answer(state="no") for it in asked}
    answers = {**begun.answers, **denied}
    window.show_visit(replace(begun, treatment=done, answers=answers))
    return workspace_of(window).session


def read_sheet(desk: Desk, session: Session) -> str:
    """Return the sheet that is made anew for the day of a treatment."""
    anew = find_anew(desk, session)
    assert anew is not None
    return desk.make_sheet(anew).text.replace("\xa0", " ")


@pytest.mark.parametrize("days", [0, 2])
def test_what_was_needled_deeper_has_the_care_of_that_depth(
    window: MainWindow, desk: Desk, days: int
) -> None:
    """Make-up was allowed after 24 hours instead of 48, strong creams after 5 days, not 10."""
    session = treat(window, desk, plan_light(desk, days), depth=1.5)

    text = read_sheet(desk, session)

    assert "1.5 mm" in text
    assert "0.25 mm" not in text.split("Visit 2")[0]
    assert "Before 10 am on Wed 17 Jun: make-up" in text, "48 hours"
    if days == 0:
        told = find_moved(desk, session)
        assert "Needled was 1.5 mm, deeper than this sheet counts on" in told


def test_what_was_needled_as_planned_changes_nothing(window: MainWindow, desk: Desk) -> None:
    session = treat(window, desk, plan_light(desk, 0))

    assert find_moved(desk, session) == ""
    assert find_anew(desk, session) is None


@pytest.mark.parametrize("days", [0, 2])
@pytest.mark.parametrize("weeks", [3, 11])
def test_the_next_visit_is_on_the_day_that_was_agreed(
    window: MainWindow, desk: Desk, days: int, weeks: int
) -> None:
    """The sheet of that hour had the patient come weeks before what was agreed and recorded."""
    agreed = desk.clock().date() + timedelta(weeks=weeks)
    last = hand_over(desk, days)
    planned = desk.judge(last).plan
    assert planned is not None
    session = treat(window, desk, last, next_date=agreed, next_visit="treatment")

    text = read_sheet(desk, session)

    assert f"Visit 2 ({weeks} weeks)" in text
    assert f"{agreed:%A} {agreed.day} {agreed:%B}" in text
    gap = planned.session_dates[2] - planned.session_dates[1]
    third = agreed + gap
    assert f"{third.day} {third:%B}" in text
    if days == 0:
        told = find_moved(desk, session)
        assert f"by this record it is on {agreed.day} {agreed:%B} 2026" in told


def test_a_day_before_the_visit_moves_no_visit_of_the_sheet(window: MainWindow, desk: Desk) -> None:
    past = desk.clock().date() - timedelta(weeks=48)
    session = treat(window, desk, plan_light(desk, 2), depth=1.5, next_date=past)
    text = read_sheet(desk, session)
    assert f"{past.day} {past:%B}" not in text
    assert "Visit 2 (" in text


def test_the_next_treatment_goes_by_that_sheet(
    window: MainWindow, qtbot: QtBot, desk: Desk, clock: Clock
) -> None:
    agreed = desk.clock().date() + timedelta(weeks=11)
    last = hand_over(desk, 0)
    session = treat(window, desk, last, next_date=agreed, next_visit="treatment")
    window.handout.sign()
    qtbot.waitUntil(lambda: session.locked)
    assert session.visit.handout is not None

    clock.move((agreed - desk.clock().date()).days * 24 * 3600)
    assert find_moved(desk, treat(window, desk, last)) == ""


def test_after_the_last_visit_the_check_up_is_on_the_day_that_was_agreed(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    last = hand_over(desk, 0)
    plan = desk.judge(last).plan
    assert plan is not None
    for number in range(len(plan.session_dates) - 1):
        begun = begin(desk, "treatment", last)
        treatment = replace(begun.treatment or Treatment(), treated=True)
        done = replace(begun, id=f"t{number}", state="signed", treatment=treatment)
        desk.records.sign(done, None, 0)
        clock.move(35 * 24 * 3600)
    agreed = desk.clock().date() + timedelta(weeks=9)

    session = treat(window, desk, last, next_date=agreed, next_visit="review")

    assert f"{agreed.day} {agreed:%B}" in read_sheet(desk, session)


def test_deeper_than_planned_the_next_visit_waits_as_long_as_its_skin(
    window: MainWindow, desk: Desk
) -> None:
    """Follow-ups due waited 42 days after more than 1.5 mm, the sheet four weeks."""
    session = treat(window, desk, hand_over(desk, 2), depth=2.0)

    text = read_sheet(desk, session)

    second = desk.clock().date() + timedelta(days=42)
    assert f"{second.day} {second:%B}" in text


@pytest.mark.parametrize("agreed", [True, False])
def test_after_a_side_effect_dates_may_change_until_one_is_agreed(
    window: MainWindow, desk: Desk, *, agreed: bool
) -> None:
    """Follow-ups due looks at it first; the sheet named the next visit as if nothing was."""
    told: dict[str, Any] = {"adverse": "described", "adverse_event": "Blisters"}
    if agreed:
        day = desk.clock().date() + timedelta(weeks=8)
        told |= {"next_date": day, "next_visit": "treatment"}

    text = read_sheet(desk, treat(window, desk, hand_over(desk, 2), **told))

    assert ("These dates may change." in text) != agreed


def test_after_says_that_the_sheet_at_home_is_overtaken_as_long_as_it_is(
    window: MainWindow, desk: Desk
) -> None:
    """What it said once stayed, whatever was written afterwards."""
    session = treat(window, desk, hand_over(desk, 0))
    window.run("panel:after")
    panel = workspace_of(window).panel
    assert isinstance(panel, AfterPanel)
    assert fill_keys(OTHER_SHEET) not in panel.missing.text()
    agreed = desk.clock().date() + timedelta(weeks=11)

    session.set("treatment.next_date", agreed)
    assert fill_keys(OTHER_SHEET) in panel.missing.text(), "what for may still be open"
    session.set("treatment.next_date", None)
    assert fill_keys(OTHER_SHEET) not in panel.missing.text()


def test_on_its_very_day_a_side_effect_is_told_beside_the_sheet_at_home(
    window: MainWindow, desk: Desk
) -> None:
    session = treat(window, desk, hand_over(desk, 0), adverse="described", adverse_event="Blisters")

    assert find_moved(desk, session) == HARMED
    assert "These dates may change." in read_sheet(desk, session)
