"""Where the day is told in two halves, every time in the window is told so."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.phrases import read_time, write_clock, write_time
from consult_app.gui.practice.countries import write_as_in
from tests.gui.conftest import Clock
from tests.gui.touring import workspace_of


@pytest.mark.parametrize(
    ("at", "told"),
    [("00:05", "12:05 am"), ("09:15", "9:15 am"), ("12:00", "12:00 pm"), ("14:30", "2:30 pm")],
)
def test_a_time_is_told_as_is_usual_there_and_read_back(at: str, told: str) -> None:
    moment = time.fromisoformat(at)
    for country, written in (("GB", at), ("US", told)):
        write_as_in(country)
        assert write_time(moment) == written
        assert read_time(written) == moment


@pytest.mark.parametrize(
    "text", ["2:30 pm", "2.30pm", "2:30 p.m.", "230pm", "14:30", "14.30", "1430"]
)
def test_a_time_is_read_in_every_usual_way(text: str) -> None:
    assert read_time(text) == time(14, 30)


def test_three_figures_are_a_time_and_two_are_the_hour() -> None:
    assert read_time("915") == time(9, 15)
    assert read_time("10") == time(10)
    assert read_time("25") is None
    assert read_time("1075") is None


def test_every_time_in_the_window_is_told_in_halves(window: MainWindow, clock: Clock) -> None:
    """The sheet said half past two in the afternoon, and the window 14:30."""
    clock.now = datetime.fromisoformat("2026-06-15T13:05:09")
    visit = window.desk.sample_visit()
    plan = replace(visit.plan, first_session=datetime.fromisoformat("2026-07-06T14:30"))
    write_as_in("US")
    window.show_visit(replace(visit, plan=plan, panel="plan"))
    workspace = workspace_of(window)
    panel = workspace.panel
    assert isinstance(panel, PlanPanel)

    assert panel.first.time.text() == "2:30 pm"
    labels = "\n".join(it.text() for it in workspace.findChildren(QLabel))
    assert "Mon 6 Jul 2026, 2:30 pm" in labels
    assert "14:30" not in labels
    panel.first.time.line.clear()
    QTest.keyClicks(panel.first.time.line, "25")
    panel.first.time.line.editingFinished.emit()
    assert panel.first.time.error == "Write the time as 9:15 am or 2:30 pm"
    assert write_clock(clock.now) == "1:05:09 pm"


def test_the_time_saved_stays_in_one_line_where_the_window_is_narrow(
    window: MainWindow, clock: Clock, qtbot: QtBot
) -> None:
    """It stood there as *Saved*, the figures and *pm*, one beneath the other."""
    clock.now = datetime.fromisoformat("2026-06-15T12:05:09")
    write_as_in("US")
    window.theme.set_text_percent(130)
    window.resize(768, 1366)
    window.show_visit(replace(window.desk.sample_visit(), panel="plan"))
    saved = workspace_of(window).footer.saved
    qtbot.waitUntil(lambda: saved.text().startswith("Saved"))
    for _ in range(6):
        QApplication.processEvents()

    lines = saved.heightForWidth(saved.width()) / saved.fontMetrics().lineSpacing()
    assert round(lines) <= 2
    assert window.width() == 768, "the footer has room for it"
    footer = workspace_of(window).footer
    assert footer.onward.geometry().right() < footer.width()
