"""The lists of the start page stand in as many columns as the window has room for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from consult_app.domain.people import Patient
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.start.due_list import LEAST
from consult_app.gui.start.page import StartPage
from consult_app.gui.start.person_row import PersonRow
from tests.gui.touring import make_last

FOUND, UNFINISHED, DUE, LOTS = range(4)


def fill(start: StartPage, *shown: int) -> None:
    """Show a line in these lists, and nothing in the others."""
    for number, part in enumerate(start._lists.all):
        row = PersonRow(start._theme, "Ada Berg", ("K-17",), "Open", lambda: None)
        part.show_rows([row] if number in shown else [])
    start._arrange()
    for _ in range(5):
        QApplication.processEvents()


def tell_columns(start: StartPage) -> list[list[int]]:
    """Return which lists stand above each other, from the left and from the top."""
    shown = [(it.x(), it.y(), n) for n, it in enumerate(start._lists.all) if it.isVisible()]
    sides = sorted({x for x, _, _ in shown})
    return [[n for x, _, n in sorted(shown) if x == side] for side in sides]


@pytest.mark.parametrize(
    ("size", "shown", "columns"),
    [
        ((900, 700), (FOUND, UNFINISHED, DUE), [[FOUND, UNFINISHED, DUE]]),
        ((1366, 768), (FOUND, UNFINISHED, DUE), [[FOUND], [UNFINISHED, DUE]]),
        ((1920, 1040), (FOUND, UNFINISHED, DUE), [[FOUND], [UNFINISHED, DUE]]),
        ((2560, 1400), (FOUND, UNFINISHED, DUE), [[FOUND], [UNFINISHED], [DUE]]),
        ((2560, 1400), (FOUND, UNFINISHED, DUE, LOTS), [[FOUND], [UNFINISHED], [DUE, LOTS]]),
        ((2560, 1400), (FOUND, LOTS), [[FOUND], [LOTS]]),
        ((3840, 2110), (FOUND, UNFINISHED, DUE, LOTS), [[FOUND], [UNFINISHED], [DUE], [LOTS]]),
        ((3840, 2110), (FOUND, DUE), [[FOUND], [DUE]]),
    ],
)
def test_lists_use_the_width(
    open_window: Callable[..., MainWindow],
    size: tuple[int, int],
    shown: tuple[int, ...],
    columns: list[list[int]],
) -> None:
    start = open_window(*size).start
    fill(start, *shown)

    assert tell_columns(start) == columns
    widths = {start._lists.all[number].width() for number in shown}
    assert max(widths) - min(widths) <= 1
    if size[0] > 2000:
        assert 540 < max(widths) <= 800
        assert start._pane.width() > 0.4 * size[0], "it is no narrow strip"


def test_lists_are_laid_out_anew_as_the_window_and_what_they_show_change(
    open_window: Callable[..., MainWindow],
) -> None:
    window = open_window(3840, 2110)
    fill(window.start, FOUND, UNFINISHED, DUE, LOTS)
    window.resize(1366, 768)
    QApplication.processEvents()
    assert tell_columns(window.start) == [[FOUND], [UNFINISHED, DUE, LOTS]]
    window.resize(2560, 1400)
    fill(window.start, UNFINISHED)
    assert tell_columns(window.start) == [[UNFINISHED]]
    fill(window.start, UNFINISHED, DUE)
    assert tell_columns(window.start) == [[UNFINISHED], [DUE]]


def test_a_text_pasted_into_a_name_hides_nobody_else(window: MainWindow) -> None:
    window.reception.begin_visit(Patient(name="Softer scars by the summer. " * 180))
    window.show_start()
    QApplication.processEvents()

    (row,) = window.start.found.rows
    assert row.height() < 150
    longest = "Wolfeschlegelsteinhausenbergerdorff-Wensleydale, Anna-Maria Theresia Josefina"
    shown = PersonRow(window.start._theme, longest, (), "Open", lambda: None)
    assert longest in [it.text() for it in shown.findChildren(QLabel)]


@pytest.mark.parametrize(
    ("size", "listed"), [((1366, 768), 6), ((960, 540), 6), ((1920, 1040), 11), ((2560, 1400), 16)]
)
def test_lists_are_as_long_as_there_is_room_for(
    open_window: Callable[..., MainWindow], size: tuple[int, int], listed: int
) -> None:
    window = open_window(*size)
    window.reception.begin_visit(Patient(name="Ada Berg"))
    QApplication.processEvents()
    window.show_start()
    start = window.start
    start._drafts = [*start._drafts] * 18
    start._show_lists()
    for _ in range(5):
        QApplication.processEvents()

    assert len(start.unfinished.rows) == listed
    if listed > LEAST:
        assert start._pane.verticalScrollBar().maximum() == 0, "all of them are in sight"
    window.resize(1366, 768)
    QApplication.processEvents()
    assert len(start.unfinished.rows) == LEAST


def test_who_was_missed_long_ago_is_shown_on_a_press(window: MainWindow, desk: Desk) -> None:
    """After ninety days nobody who was missed stood anywhere."""
    plan = replace(
        desk.sample_visit().plan, first_session=datetime.fromisoformat("2026-03-10T09:00")
    )
    last = make_last(desk, expected_on=date(2026, 3, 10), plan=plan)
    assert desk.patients.list_due(date(2026, 6, 15)) == []
    (told,) = desk.patients.list_due_of(last.patient_id, date(2026, 6, 15))
    assert told.due == date(2026, 3, 10)
    window.show_start()
    due = window.start.due
    assert due.isVisible()
    assert not due.rows

    due._more.click()
    QApplication.processEvents()
    (row,) = due.rows
    assert "10 Mar 2026" in row.button.accessibleDescription()
    due._more.click()
    QApplication.processEvents()
    assert not due.rows


def test_of_more_than_there_is_room_for_the_nearest_are_listed(desk: Desk) -> None:
    """Those that were missed first took all the lines, and nobody of today had one."""
    days = [date(2026, 4, 1), date(2026, 6, 15), date(2026, 6, 20), date(2026, 5, 30)]
    for number, day in enumerate(days):
        first = datetime.combine(day, datetime.min.time())
        plan = replace(desk.sample_visit().plan, first_session=first)
        make_last(desk, id=f"v{number}", patient_id=f"p{number}", expected_on=day, plan=plan)
    listed = desk.patients.list_due(date(2026, 6, 15), 2)
    assert [it.due for it in listed] == [date(2026, 6, 15), date(2026, 6, 20)]
