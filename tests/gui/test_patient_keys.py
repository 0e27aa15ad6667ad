"""The patient view is read by the keys of a book, and its last page is read to its end."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from consult_app.domain import change
from consult_app.gui.main_window import MainWindow
from consult_app.gui.patient_view.choice import OwnAgreePanel
from consult_app.gui.patient_view.view import PatientView
from consult_app.gui.patient_view.waiting import (
    BEGINNING,
    NOTHING_CHOSEN,
    NOTHING_SIGNED,
    THANKS_MORE,
)
from tests.gui.test_patient_view import show, walk, words_in

Key = Qt.Key
LOW = (960, 540)


def show_choice(window: MainWindow, qtbot: QtBot, decision: str | None) -> PatientView:
    """Open the patient view on a low screen, at the choice, of which this much is made."""
    window.resize(*LOW)
    visit = change.put(window.desk.sample_visit(), "agreement.decision", decision)
    view = show(window, qtbot, visit)
    assert isinstance(walk(view)[-1], OwnAgreePanel)
    QApplication.processEvents()
    return view


def finish(view: PatientView) -> str:
    """Press the large button until the choice is left, and return what is said then."""
    choice = view.slide
    while view.slide is choice:
        view.onward.click()
        QApplication.processEvents()
    assert view.slide is not None
    return words_in(view.slide)


def test_nothing_comes_next_before_there_is_anything_to_read(
    window: MainWindow, qtbot: QtBot
) -> None:
    """Pressed at once, it showed the choice and the signature with not a page read."""
    window.show_visit(window.desk.sample_visit())
    QTest.keyClick(window, Key.Key_F8)
    view = window.patient.view
    assert view is not None
    assert not view.is_told

    for key in (Key.Key_Space, Key.Key_Return, Key.Key_Right):
        QTest.keyClick(view, key)
    view.onward.click()
    window.run("next_panel")
    assert view.at == 0
    assert BEGINNING in words_in(view)

    qtbot.waitUntil(lambda: view.is_told)
    assert view.at == 0
    assert view.onward.isEnabled()


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter])
def test_enter_goes_on(window: MainWindow, qtbot: QtBot, key: Qt.Key) -> None:
    window.resize(1366, 2400)
    view = show(window, qtbot, window.desk.sample_visit())

    QTest.keyClick(view, key)

    assert view.at == 1


def test_arrows_turn_pages_also_from_a_button(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1366, 2400)
    view = show(window, qtbot, window.desk.sample_visit())
    for button in (view.end, view.onward):
        button.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(button, Key.Key_Right)
    assert view.at == 2

    view.back.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(view.back, Key.Key_Left)
    assert view.at == 1


def test_the_choice_is_seen_to_its_end_before_this_was_all(
    window: MainWindow, qtbot: QtBot
) -> None:
    view = show_choice(window, qtbot, None)
    choice = view.slide
    assert choice is not None
    bar = choice.pane.verticalScrollBar()
    assert bar.maximum() > 0

    view.onward.click()
    assert view.slide is choice
    finish(view)

    assert bar.value() == bar.maximum()


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (None, NOTHING_CHOSEN),
        ("go_ahead", NOTHING_SIGNED),
        ("think", THANKS_MORE),
    ],
)
def test_the_end_says_what_is_left_open(
    window: MainWindow, qtbot: QtBot, decision: str | None, said: str
) -> None:
    view = show_choice(window, qtbot, decision)

    told = finish(view)

    assert said in told
    assert (THANKS_MORE in told) == (said == THANKS_MORE)


def test_the_end_goes_by_what_is_chosen_by_then(window: MainWindow, qtbot: QtBot) -> None:
    view = show_choice(window, qtbot, None)
    finish(view)
    view.back.click()
    choice = view.slide
    assert isinstance(choice, OwnAgreePanel)

    choice.session.set("agreement.decision", "think")

    assert THANKS_MORE in finish(view)
