"""Where the patient view opens: at what its panel is about, or where it was left."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Consultation
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.agree import AgreePanel
from consult_app.gui.patient_view.slide import Slide
from consult_app.gui.patient_view.view import PatientView
from tests.gui.touring import make_last, workspace_of

PANELS = {"goals": Qt.Key.Key_1, "expectations": Qt.Key.Key_5, "agree": Qt.Key.Key_6}


def open_from(window: MainWindow, qtbot: QtBot, panel: str) -> PatientView:
    """Go to a panel and press F8 there, and wait for the words."""
    QTest.keyClick(window, PANELS[panel], Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_F8)
    view = window.patient.view
    assert view is not None
    qtbot.waitUntil(lambda: view.is_told)
    return view


def open_visit(window: MainWindow, name: str = "") -> Consultation:
    """Open the sample, of which the harms were not shown yet."""
    visit = window.desk.sample_visit()
    window.show_visit(visit)
    session = workspace_of(window).session
    session.set("discussion.risks_shown", value=False)
    if name:
        session.set("goals.own_words", name)
    return session.visit


def test_it_opens_at_its_beginning(window: MainWindow, qtbot: QtBot) -> None:
    open_visit(window)
    assert open_from(window, qtbot, "goals").at == 0


def test_from_expectations_it_opens_at_what_treatment_may_do(
    window: MainWindow, qtbot: QtBot
) -> None:
    open_visit(window)

    slide = open_from(window, qtbot, "expectations").slide

    assert isinstance(slide, Slide)
    assert "may" in slide.sections


def test_so_it_does_in_a_signed_record(window: MainWindow, qtbot: QtBot) -> None:
    """A record that is locked does not keep where somebody is in it."""
    window.show_visit(make_last(window.desk))
    assert workspace_of(window).session.locked

    slide = open_from(window, qtbot, "expectations").slide

    assert isinstance(slide, Slide)
    assert "may" in slide.sections


def test_from_agree_it_opens_at_the_choice_once_the_harms_were_shown(
    window: MainWindow, qtbot: QtBot
) -> None:
    """Signing took F8 and fifteen presses more."""
    open_visit(window)
    view = open_from(window, qtbot, "agree")
    assert view.at == 0, "the harms come first"
    view.close_wanted.emit()
    workspace_of(window).session.set("discussion.risks_shown", value=True)

    view = open_from(window, qtbot, "agree")

    assert isinstance(view.slide, AgreePanel)
    assert view.place.text() == f"{view.count} of {view.count}"
    assert view.onward.isEnabled()


@pytest.mark.parametrize("panel", ["goals", "expectations"])
def test_it_goes_on_where_it_was_left(window: MainWindow, qtbot: QtBot, panel: str) -> None:
    """Looking something up sent the patient back to the first part."""
    open_visit(window)
    view = open_from(window, qtbot, panel)
    view.turn(2)
    left = view.at
    assert left > 0
    view.close_wanted.emit()

    assert open_from(window, qtbot, panel).at == left


def test_it_is_left_there_for_its_own_visit_only(window: MainWindow, qtbot: QtBot) -> None:
    open_visit(window)
    view = open_from(window, qtbot, "goals")
    view.turn(2)
    view.close_wanted.emit()
    window.show_start()
    open_visit(window, "Another one")

    assert open_from(window, qtbot, "goals").at == 0
