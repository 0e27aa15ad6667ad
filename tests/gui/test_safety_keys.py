"""N, Y and U answer in Safety wherever a way leads to a question, by mouse or by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from consult_app.domain.people import Patient
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.widgets.notice import Notice
from tests.gui.touring import make_last, workspace_of
from tests.gui.widgets.test_stray_text import write


@pytest.fixture
def panel(window: MainWindow) -> SafetyPanel:
    """The safety panel of an empty visit."""
    window.begin_visit(Patient(name="Ada Berg"))
    window.run("panel:safety")
    QApplication.processEvents()
    shown = workspace_of(window).panel
    assert isinstance(shown, SafetyPanel)
    return shown


def press_group(panel: SafetyPanel, group: str) -> None:
    QTest.mouseClick(panel.groups.cell(group), Qt.MouseButton.LeftButton)


def list_answers(panel: SafetyPanel, group: str) -> list[str]:
    answers = panel.session.visit.answers
    return [answers[it.id].state for it in panel._questions(group) if it.id in answers]


def list_told(panel: QWidget) -> list[str]:
    return [it.text() for it in panel.window().findChildren(Notice) if it.isVisible()]


@pytest.mark.parametrize("group", ["today", "body", "medicines"])
def test_a_group_that_is_pressed_has_its_first_question_answered(
    group: str, panel: SafetyPanel
) -> None:
    """The keyboard stayed on the group, and that no text is written there was all that N did."""
    press_group(panel, group)
    write("nnn", 100_000)
    assert list_answers(panel, group) == ["no"] * 3
    press_group(panel, "procedures")
    press_group(panel, group)
    write("n", 200_000)
    assert list_answers(panel, group) == ["no"] * 4


def test_on_the_groups_a_key_answers_nothing_and_says_where_it_does(panel: SafetyPanel) -> None:
    """Who was led there by a question that is not asked would answer another one."""
    panel.groups.take_focus()
    write("n", 300_000)
    assert not panel.session.visit.answers
    (told,) = [it for it in list_told(panel) if "groups" in it]
    assert "Tab leads on to the questions, where N, Y and U answer." in told


@pytest.mark.parametrize(("key", "state"), [("n", "none_known"), ("y", "known")])
def test_whether_there_are_allergies_is_answered_by_the_same_keys(
    key: str, state: str, panel: SafetyPanel
) -> None:
    """A run of N was refused there, with the words that no text is written."""
    press_group(panel, "allergies")
    write(key, 400_000)
    assert panel.session.visit.allergy_state == state
    if key == "n":
        write("nn", 401_000)
        assert list_answers(panel, "allergies") == ["no", "no"]
    else:
        assert QApplication.focusWidget() is panel._allergies._text.control


def test_backspace_takes_the_state_of_allergies_back(panel: SafetyPanel) -> None:
    press_group(panel, "allergies")
    write("n", 500_000)
    panel._allergies.take_focus()
    QTest.keyClick(panel._allergies._state.stop(), Qt.Key.Key_Backspace)
    assert panel.session.visit.allergy_state is None


def test_whoever_moved_on_from_a_refused_key_answers_at_once(panel: SafetyPanel) -> None:
    """The keys of the same run were taken for one word, although the keyboard had moved."""
    press_group(panel, "allergies")
    at = write("u", 600_000)
    assert "No text is written here: N and Y answer." in " ".join(list_told(panel))
    panel._rows[panel._questions("allergies")[0].id].row.take_focus()
    write("nnn", at)
    assert list_answers(panel, "allergies") == ["no"] * 3


def test_what_was_said_of_a_key_goes_with_its_panel(panel: SafetyPanel, window: MainWindow) -> None:
    """It lay over the next panel, where nothing was typed."""
    press_group(panel, "today")
    write("penicillin", 700_000)
    assert any("No text is written here" in it for it in list_told(panel))
    window.run("panel:plan")
    assert not any("No text is written here" in it for it in list_told(window))


def come_again(window: MainWindow, desk: Desk) -> SafetyPanel:
    """Begin a return visit of somebody whose last visit has an allergy."""
    last = make_last(desk, allergy_state="known", allergies="Penicillin")
    patient = desk.patients.open(last.patient_id)
    window.show_visit(desk.begin_again(desk.settings, patient, last.id))
    window.run("panel:safety")
    shown = workspace_of(window).panel
    assert isinstance(shown, SafetyPanel)
    return shown


def test_a_run_of_no_takes_no_allergy_of_the_last_visit_away(
    window: MainWindow, desk: Desk
) -> None:
    """One N said none known against the penicillin of the last visit, also in the banner."""
    shown = come_again(window, desk)
    press_group(shown, "allergies")

    write("nn", 700_000)
    assert shown.session.visit.allergy_state is None
    assert list_answers(shown, "allergies")[:1] == ["no"]
    assert "the last visit has Penicillin" in shown._allergies.against.text()

    shown._allergies.take_focus()
    write("n", 800_000)
    assert shown.session.visit.allergy_state == "none_known"


def test_undo_lets_go_of_a_first_none_known(window: MainWindow, desk: Desk) -> None:
    shown = come_again(window, desk)
    shown.session.answer("diabetes", "no")
    press_group(shown, "allergies")
    write("n", 700_000)
    window.run("undo")
    assert shown.session.visit.answers["diabetes"].state == "no", "what was said before it stays"
    assert "Left open" not in shown._allergies.against.text()
    shown._allergies.take_focus()
    write("n", 800_000)
    assert shown.session.visit.allergy_state is None
