"""An event that is too near is told on Goals before there is a plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

import pytest
from PySide6.QtWidgets import QApplication

from consult_app.domain.plan import EventNote, PlanRequest
from consult_app.gui.event_moved import tell_note
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.goals import GoalsPanel
from consult_app.gui.phrases import write_day
from consult_app.gui.widgets.labels import Label
from tests.gui.touring import workspace_of


@pytest.mark.parametrize(
    ("days", "phototype", "told"),
    [(5, 2, "7"), (7, 2, ""), (27, 5, "28"), (28, 5, ""), (5, None, "7")],
)
def test_an_event_before_which_no_visit_fits_is_told_without_a_plan(
    window: MainWindow, days: int, phototype: Literal[2, 5] | None, told: str
) -> None:
    """Who marries in five days heard nothing of it until areas, device and day were chosen."""
    visit = window.desk.sample_visit()
    facts = replace(visit.facts, phototype=phototype)
    skin = replace(visit.skin, phototype_seen=phototype)
    window.show_visit(replace(visit, plan=PlanRequest(), facts=facts, skin=skin, panel="goals"))
    panel = workspace_of(window).panel
    assert isinstance(panel, GoalsPanel)
    session = workspace_of(window).session
    assert panel._event_notice.isHidden()

    session.set("goals.event_date", session.today + timedelta(days=days))

    assert session.judgement.plan is None
    assert panel._event_notice.isHidden() is (not told)
    if told:
        assert f"{told} days are kept free" in panel._event_notice.text()


def test_an_event_that_moved_the_plan_is_told_by_the_days_of_the_first_visit(
    window: MainWindow,
) -> None:
    """*First after it* was read as a day after the event, which lay weeks later."""
    visit = window.desk.sample_visit()
    plan = window.desk.judge(visit).plan
    assert plan is not None
    second = plan.session_dates[1].date()
    event = second + timedelta(days=3)
    goals = replace(visit.goals, event_date=event)
    asked = replace(visit.plan, event_date=event)
    window.show_visit(replace(visit, plan=asked, goals=goals, panel="goals"))
    workspace = workspace_of(window)
    assert isinstance(workspace.panel, GoalsPanel)
    moved = workspace.session.judgement.plan
    assert moved is not None
    (note,) = (it for it in moved.warnings if isinstance(it, EventNote))
    assert note.after == moved.session_dates[0].date() < event

    for step in ("goals", "plan"):
        window.run(f"panel:{step}")
        QApplication.processEvents()
        said = " ".join(it.text() for it in workspace.panel.findChildren(Label))
        assert f"on {write_day(event)}" in said
        assert write_day(note.after) in said
        assert "First after it" not in said


def test_the_days_before_an_event_are_told_where_there_are_any() -> None:
    days = {"event": date(2027, 6, 20), "after": date(2027, 3, 29)}
    note = EventNote(id="event_buffer", text="", before=date(2027, 2, 28), **days)

    assert tell_note(note).endswith(
        "with the first visit on 28 Feb 2027, and then not again before 29 Mar 2027."
    )
    assert tell_note(replace(note, before=None)).endswith("keep clear of it is on 29 Mar 2027.")


def list_lines(window: MainWindow, days: int) -> list[str]:
    """Return what Plan says of an event that many days after the last visit."""
    visit = window.desk.sample_visit()
    plan = window.desk.judge(visit).plan
    assert plan is not None
    day = plan.session_dates[-1].date() + timedelta(days=days)
    goals = replace(visit.goals, event="Wedding", event_date=day)
    asked = replace(visit.plan, event_date=day)
    window.show_visit(replace(visit, plan=asked, goals=goals, panel="plan"))
    told = [it.text() for it in workspace_of(window).panel.findChildren(Label)]
    return [it for it in told if "best time to judge" in it]


def test_an_event_before_the_result_can_be_judged_is_told_on_plan(window: MainWindow) -> None:
    """Who came for a wedding heard of the day for judging, and nobody set one beside the other."""
    (line,) = list_lines(window, 30)
    assert line.startswith("Wedding on ")
    assert line.endswith("comes before the best time to judge the result.")


def test_an_event_after_that_is_none_too_early(window: MainWindow) -> None:
    assert list_lines(window, 200) == []
