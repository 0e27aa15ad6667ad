"""A date stays the day that was typed, whichever figure comes first where the practice stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtTest import QTest

from consult_app.domain.consultation import Consultation
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.goals import GoalsPanel
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.widgets.date_field import DateField
from consult_app.gui.workspace.signing import list_unread
from tests.gui.test_settings_meanwhile import change
from tests.gui.test_unread import find_details, show, write
from tests.gui.touring import workspace_of


@pytest.fixture
def visit(desk: Desk) -> Consultation:
    return replace(desk.sample_visit(), panel="goals")


def find_event(window: MainWindow) -> DateField:
    window.run("panel:goals")
    panel = workspace_of(window).panel
    assert isinstance(panel, GoalsPanel)
    return panel.event_date


def move_to(window: MainWindow, country: str, *, closed: bool) -> None:
    """Say that the practice stands elsewhere, while the visit is open or after it is left."""
    visit_id = workspace_of(window).session.visit.id
    if closed:
        window.show_start()
    change(window, country=country)
    if closed:
        window.open_visit(visit_id)


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize(
    ("typed", "there", "day"),
    [
        ("7/23/2026", ("7/23/2026", "23/7/2026"), date(2026, 7, 23)),
        ("13/6/", ("13/6/", "13/6/"), None),
        ("31.2.2026", ("31.2.2026", "31.2.2026"), None),
        ("3/8/2026", ("8/3/2026", "3/8/2026"), date(2026, 8, 3)),
        ("20.8.2026", ("8/20/2026", "20/8/2026"), date(2026, 8, 20)),
    ],
)
def test_what_is_typed_stays_when_the_country_changes(
    window: MainWindow,
    visit: Consultation,
    typed: str,
    there: tuple[str, str],
    day: date | None,
    *,
    closed: bool,
) -> None:
    """A day that only the other order reads was emptied, and nothing was kept of it."""
    show(window, visit)
    then, back = there
    find_event(window).forget()
    write(find_event(window), typed)

    move_to(window, "US", closed=closed)

    field, session = find_event(window), workspace_of(window).session
    assert (field.line.text(), bool(field.error)) == (then, day is None)
    assert session.visit.goals.event_date == day
    workspace_of(window).bookmark.note()
    assert list(session.visit.unread.values()) == ([] if day else [typed])
    move_to(window, "GB", closed=closed)
    field, session = find_event(window), workspace_of(window).session
    assert (field.line.text(), session.visit.goals.event_date) == (back, day)


def test_what_is_taken_in_a_panel_out_of_sight_stands_in_the_way_no_more(
    window: MainWindow, visit: Consultation
) -> None:
    """The lock waited for a date that could be read and was in the record."""
    show(window, visit)
    find_event(window).forget()
    write(find_event(window), "7/23/2026")
    window.run("panel:skin")
    session = workspace_of(window).session
    assert list(session.visit.unread.values()) == ["7/23/2026"]

    change(window, country="US")

    assert session.visit.goals.event_date == date(2026, 7, 23)
    assert session.visit.unread == {}
    assert list_unread(workspace_of(window)) == ()


@pytest.mark.parametrize("closed", [False, True])
def test_a_day_to_come_that_is_kept_in_the_details_stays_that_day(
    window: MainWindow, visit: Consultation, *, closed: bool
) -> None:
    """8 March was taken for the day of the visit, where 3 August had been typed."""
    show(window, visit)
    session = workspace_of(window).session
    day = session.visit.visit_date
    change(window, country="US")
    details = find_details(window)
    details.visit_day.line.clear()
    QTest.keyClicks(details.visit_day.line, "8/3/2026")
    assert details.visit_day.error
    details.done(0)

    move_to(window, "GB", closed=closed)

    (told,) = list_unread(workspace_of(window))
    assert '"3/8/2026" has not come yet' in told.text
    details = find_details(window)
    assert (details.visit_day.line.text(), bool(details.visit_day.error)) == ("3/8/2026", True)
    assert workspace_of(window).session.visit.visit_date == day


@pytest.mark.parametrize("closed", [False, True])
def test_a_day_that_is_kept_with_a_time_at_fault_stays_that_day(
    window: MainWindow, visit: Consultation, *, closed: bool
) -> None:
    show(window, replace(visit, panel="plan"))
    panel = workspace_of(window).panel
    assert isinstance(panel, PlanPanel)
    panel.first_day.forget()
    write(panel.first_day, "7/8/2026")
    panel.first_time.set_text("")
    write(panel.first_time, "25:99")
    panel.first_time.finished.emit()
    assert workspace_of(window).session.visit.plan.first_session is None

    move_to(window, "US", closed=closed)

    panel, session = workspace_of(window).panel, workspace_of(window).session
    assert isinstance(panel, PlanPanel)
    assert (panel.first_day.line.text(), panel.first_time.text()) == ("8/7/2026", "25:99")
    assert panel.first_time.error
    assert session.visit.plan.first_session is None
    panel.first_time.set_text("9:30")
    panel.first_time.finished.emit()
    assert session.visit.plan.first_session == datetime.fromisoformat("2026-08-07T09:30")
