"""What the patient types on their own page is written there, and closes nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from consult_app.domain import change
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.agree import AgreePanel
from consult_app.gui.patient_view.view import PatientView
from consult_app.gui.widgets.notice import Notice
from tests.gui.test_patient_view import show, walk
from tests.gui.touring import workspace_of
from tests.gui.widgets.test_stray_text import write


def open_choice(
    window: MainWindow, qtbot: QtBot, words: dict[str, str] | None = None
) -> tuple[PatientView, AgreePanel]:
    visit = change.put(window.desk.sample_visit(), "agreement.teach_back.words", words or {})
    view = show(window, qtbot, visit)
    panel = walk(view)[-1]
    assert isinstance(panel, AgreePanel)
    return view, panel


def find_keyboard() -> QWidget:
    held = QApplication.focusWidget()
    assert held is not None
    return held


def list_stops(count: int) -> list[QWidget]:
    """Return where Tab leads, one after the other."""
    stops = []
    for _ in range(count):
        QTest.keyClick(find_keyboard(), Qt.Key.Key_Tab)
        stops.append(find_keyboard())
    return stops


@pytest.mark.parametrize("said", [(), ("tonight",), ("tonight", "again")])
def test_what_is_typed_at_once_stands_in_the_first_empty_field(
    said: tuple[str, ...], window: MainWindow, qtbot: QtBot
) -> None:
    """The keyboard was nowhere, and every letter lost without a word."""
    before = dict.fromkeys(said, "Only water.")
    view, panel = open_choice(window, qtbot, before)
    QTest.keyClicks(find_keyboard(), "a mild cream")
    words = workspace_of(window).session.visit.agreement.teach_back.words
    prompt = next(it for it in panel.words if it not in before)
    assert words == {**before, prompt: "a mild cream"}
    assert window.patient.view is view


def test_a_page_that_is_said_anew_leaves_the_keyboard_with_who_types(
    window: MainWindow, qtbot: QtBot
) -> None:
    view, panel = open_choice(window, qtbot)
    panel.words["call"].control.setFocus()
    view._show_place()
    assert find_keyboard() is panel.words["call"].control


def test_where_all_is_said_the_keys_of_a_book_turn_the_pages(
    window: MainWindow, qtbot: QtBot
) -> None:
    view, panel = open_choice(window, qtbot, dict.fromkeys(("tonight", "again", "call"), "Said."))
    assert find_keyboard() is view
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.slide is not panel


def test_tab_leads_through_the_fields_before_what_ends_the_view(
    window: MainWindow, qtbot: QtBot
) -> None:
    view, panel = open_choice(window, qtbot)
    stops = list_stops(30)
    frame = [view.back, view.onward, view.end]
    (within,) = {stops.index(it) for it in frame[:1]}
    assert set(map(panel.isAncestorOf, stops[:within])) == {True}
    assert stops[within : within + 3] == frame
    assert panel.words["call"].control in stops[:within]


def test_words_typed_on_a_button_close_nothing_and_that_is_said(
    window: MainWindow, qtbot: QtBot
) -> None:
    """The first Space ended the view, and the rest was written into the practitioner's field."""
    view, _ = open_choice(window, qtbot)
    view.end.setFocus()
    write("only water ", 100_000)
    assert window.patient.view is view
    told = [it.text() for it in view.window().findChildren(Notice) if it.isVisible()]
    assert "No text is written here." in told
    QTest.keyClick(view.end, Qt.Key.Key_Space)
    assert window.patient.view is None
