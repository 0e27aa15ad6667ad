"""Another text size: quick, nothing typed is lost, and it looks as it does at the start."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

import pytest
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.goals import GoalsPanel
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.tasks import Tasks
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.fields import Field
from tests.gui.touring import make_last, workspace_of

Open = Callable[..., MainWindow]
Size = Literal[100, 115, 130]
SIZES: tuple[Size, ...] = (130, 100)


def choose_size(window: MainWindow, percent: Size) -> None:
    """Change the text size as the settings do."""
    settings = window.desk.settings
    screen = replace(settings.screen, theme="light", text_percent=percent)
    window._keep_settings(replace(settings, screen=screen))


def line_of(field: Field) -> QLineEdit:
    """Return the line of a field."""
    assert isinstance(field.control, QLineEdit)
    return field.control


def turn_all(window: MainWindow) -> None:
    """Show every panel once."""
    for step in workspace_of(window).steps:
        window.run(f"panel:{step.id}")


Change = Callable[[], None]


def keep(window: MainWindow, qtbot: QtBot) -> QImage:
    """Return what the window looks like once it is laid out, with no cursor in a field."""
    for _ in range(9):
        QApplication.processEvents()
    if window.workspace is not None:
        saved = window.workspace.footer.saved
        qtbot.waitUntil(lambda: saved.text().startswith("Saved"))
    window.setFocus()
    QApplication.processEvents()
    return window.grab().toImage()


def take_pages(window: MainWindow, qtbot: QtBot, change: Change) -> dict[str, QImage]:
    """Return what start page and patient page look like after a change."""
    patients = window.desk.patients.find("", 1)
    window.show_start()
    window.reception.show_patient(patients[0].id)
    change()
    person = keep(window, qtbot)
    window.show_start()
    return {"patient": person, "start": keep(window, qtbot)}


def take_panels(window: MainWindow, qtbot: QtBot, change: Change) -> dict[str, QImage]:
    """Return what every panel looks like after a change."""
    window.show_visit(replace(window.desk.sample_visit(), panel="goals"))
    turn_all(window)
    change()
    taken = {}
    for step in workspace_of(window).steps:
        window.run(f"panel:{step.id}")
        taken[step.id] = keep(window, qtbot)
    return taken


@pytest.mark.parametrize("take", [take_pages, take_panels])
def test_it_looks_as_if_the_size_had_been_so_from_the_start(
    open_window: Open,
    qtbot: QtBot,
    take: Callable[[MainWindow, QtBot, Change], dict[str, QImage]],
) -> None:
    """Gaps of lists and margins of pages stayed as they were made."""
    live = open_window()
    make_last(live.desk)

    def change() -> None:
        choose_size(live, 115)
        choose_size(live, 130)

    changed = take(live, qtbot, change)
    live.close()
    begun = Theme("light", 130)
    begun.apply(QApplication.instance())  # type: ignore[arg-type] # there is one
    expected = take(open_window(theme=begun), qtbot, lambda: None)

    assert not [name for name in expected if changed[name] != expected[name]]


def test_it_is_quicker_than_to_dress_every_panel(window: MainWindow, look: Theme) -> None:
    window.show_visit(replace(window.desk.sample_visit(), panel="goals"))

    def measure(work: Callable[[], object]) -> float:
        turn_all(window)
        window.run("panel:goals")
        QApplication.processEvents()
        begun = time.process_time()
        work()
        QApplication.processEvents()
        return time.process_time() - begun

    anew = min(measure(lambda it=it: choose_size(window, it)) for it in SIZES)  # type: ignore[misc] # the size of this turn
    dressed = min(measure(lambda it=it: look.set_text_percent(it)) for it in SIZES)  # type: ignore[misc] # as above

    assert anew < 0.75 * dressed


def test_what_is_no_value_yet_stays_where_it_is_typed(window: MainWindow) -> None:
    """In the panel in sight with the keyboard in it, and in one turned away from."""
    window.show_visit(replace(window.desk.sample_visit(), panel="plan"))
    plan = workspace_of(window).panel
    assert isinstance(plan, PlanPanel)
    plan.sessions.control.setFocus()
    QTest.keyClicks(plan.sessions.control, "x")
    left = line_of(plan.sessions).text()
    window.run("panel:goals")
    goals = workspace_of(window).panel
    assert isinstance(goals, GoalsPanel)
    QApplication.processEvents()  # the panel gives the keyboard to its first field
    goals.event_date.forget()
    goals.event_date.control.setFocus()
    QTest.keyClicks(goals.event_date.control, "31.2.")

    choose_size(window, 130)

    anew = workspace_of(window).panel
    assert isinstance(anew, GoalsPanel)
    assert anew is not goals
    assert line_of(anew.event_date).text() == "31.2."
    assert anew.event_date.control.hasFocus()
    QTest.keyClicks(anew.event_date.control, "2027")
    assert line_of(anew.event_date).text() == "31.2.2027"
    window.run("panel:plan")
    again = workspace_of(window).panel
    assert isinstance(again, PlanPanel)
    assert line_of(again.sessions).text() == left


def test_what_was_in_sight_stays_there(window: MainWindow, qtbot: QtBot) -> None:
    """The field with the keyboard is at the end of the panel, and its top is what is read."""
    window.show_visit(replace(window.desk.sample_visit(), panel="expectations"))
    for _ in range(3):
        QApplication.processEvents()
    assert workspace_of(window).panel.pane.share == 0

    choose_size(window, 130)
    pane = workspace_of(window).panel.pane
    qtbot.waitUntil(lambda: pane.verticalScrollBar().maximum() > 0)
    for _ in range(5):
        QApplication.processEvents()

    assert pane.share == 0


def test_a_photograph_that_is_being_taken_in_is_waited_for(
    window: MainWindow, qtbot: QtBot
) -> None:
    """Its panel stays until it is told; made anew, it would be kept and stand nowhere."""
    window.show_visit(replace(window.desk.sample_visit(), panel="skin"))
    panel = workspace_of(window).panel
    told: list[int] = []
    tasks = Tasks(lambda _: None, panel)
    tasks.run(lambda: 1, told.append)

    choose_size(window, 130)

    assert workspace_of(window).panel is panel
    qtbot.waitUntil(lambda: told == [1])
    choose_size(window, 100)
    assert workspace_of(window).panel is not panel
