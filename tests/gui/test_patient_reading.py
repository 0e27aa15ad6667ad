"""A part of the patient view that is longer than the screen is read to its end, by keys too."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollBar
from pytestqt.qtbot import QtBot

from consult_app.gui.main_window import MainWindow
from consult_app.gui.patient_view.choice import OwnAgreePanel
from consult_app.gui.patient_view.harms import HARMS
from consult_app.gui.patient_view.slide import Slide
from consult_app.gui.patient_view.view import PatientView
from tests.gui.touring import workspace_of

Key = Qt.Key
LOW, HIGH = (960, 540), (1366, 2400)


def settle() -> None:
    """Let what is shown be laid out."""
    for _ in range(6):
        QApplication.processEvents()


def show_harms(window: MainWindow, qtbot: QtBot, size: tuple[int, int]) -> PatientView:
    """Open the patient view in a window of a size, and turn to the harms."""
    window.resize(*size)
    window.show_visit(window.desk.sample_visit())
    window.run("patient_view")
    view = window.patient.view
    assert view is not None
    qtbot.waitUntil(lambda: view.is_told)
    settle()
    while not (isinstance(view.slide, Slide) and HARMS in view.slide.sections):
        assert not has_shown(window)
        view.turn(1)
    settle()
    return view


def has_shown(window: MainWindow) -> bool:
    """Return whether the harms count as shown."""
    return workspace_of(window).session.visit.discussion.risks_shown


def bar_of(view: PatientView) -> QScrollBar:
    """Return the scroll bar of what is shown."""
    assert view.slide is not None
    return view.slide.pane.verticalScrollBar()


def test_harms_count_as_shown_once_their_end_was(window: MainWindow, qtbot: QtBot) -> None:
    view = show_harms(window, qtbot, LOW)
    assert bar_of(view).maximum() > 1
    assert not has_shown(window)

    bar_of(view).setValue(1)
    assert not has_shown(window)
    QTest.keyClick(view, Key.Key_End)

    assert has_shown(window)


def test_harms_that_the_screen_has_room_for_are_shown_at_once(
    window: MainWindow, qtbot: QtBot
) -> None:
    view = show_harms(window, qtbot, HIGH)

    assert bar_of(view).maximum() == 0
    assert has_shown(window)


@pytest.mark.parametrize(
    "key", ["next_panel", Key.Key_PageDown, Key.Key_Right, Key.Key_Space, None]
)
def test_a_long_part_is_read_to_its_end_before_it_is_turned(
    window: MainWindow, qtbot: QtBot, key: Qt.Key | str | None
) -> None:
    """Also by *Next* and the keys of the panels: what stood below the edge was never seen."""
    view = show_harms(window, qtbot, LOW)
    harms, bar, at = view.slide, bar_of(view), view.at

    while view.slide is harms:
        before = bar.value()
        if key is None:
            view.onward.click()
        elif isinstance(key, str):
            window.run(key)
        else:
            QTest.keyClick(view, key)
        settle()
        assert view.slide is not harms or bar.value() > before

    assert bar.value() == bar.maximum()
    assert view.at == at + 1
    assert has_shown(window)


def test_arrow_keys_home_and_end_scroll_and_page_up_reads_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    view = show_harms(window, qtbot, LOW)
    bar, at, seen = bar_of(view), view.at, []
    for key in (Key.Key_Down, Key.Key_Up, Key.Key_End, Key.Key_Home):
        QTest.keyClick(view, key)
        seen.append(bar.value())
    assert 0 < seen[0] < seen[2] == bar.maximum()
    assert seen[1] == seen[3] == 0

    bar.setValue(1)
    QTest.keyClick(view, Key.Key_PageUp)
    assert (view.at, bar.value()) == (at, 0)
    QTest.keyClick(view, Key.Key_PageUp)
    assert view.at == at - 1


def test_the_choice_names_the_part_that_is_not_read_and_leads_there(
    window: MainWindow, qtbot: QtBot
) -> None:
    """Signing waited, and nobody was told for what."""
    view = show_harms(window, qtbot, LOW)
    place = view.at
    view.turn(view.count - 1 - view.at)
    settle()
    panel = view.slide
    assert isinstance(panel, OwnAgreePanel)
    told = f'Please read "Possible harms" to its end first. It is part {place + 1} of {view.count}.'
    assert told in panel.notice.text()

    panel.notice.acted.emit()
    settle()
    assert view.at == place
    QTest.keyClick(view, Key.Key_End)
    view.turn(view.count - 1 - view.at)
    assert told not in panel.notice.text()
    assert panel.notice.text() == "Not to be signed yet. Nothing is decided yet."


def test_no_word_calls_the_screen_a_sheet(window: MainWindow, qtbot: QtBot) -> None:
    """The patient was told to keep the screen where they can see it."""
    view = show_harms(window, qtbot, HIGH)
    view.turn(-view.at)
    settle()
    assert view.slide is not None
    words = "\n".join(it.text() for it in view.slide.findChildren(QLabel))

    assert "This is your plan." in words
    assert "sheet" not in words.lower()
