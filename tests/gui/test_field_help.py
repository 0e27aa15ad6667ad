"""F1 tells of the field that has the keyboard; the decision box tells when content was reviewed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from consult_app.gui.finding.field_help import explain_field
from consult_app.gui.finding.help_dialog import HelpDialog
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.goals import GoalsPanel
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.widgets.regions import Region
from consult_app.gui.widgets.scrolling import ScrollPane
from consult_app.gui.workspace.finding_card import _tell_review
from consult_app.knowledge.pack.pack import Review
from tests.gui.touring import workspace_of


def ask(window: MainWindow) -> list[str]:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_F1)
    (sheet,) = [it for it in window.findChildren(HelpDialog) if it.isVisible()]
    words = [it.text() for it in sheet.findChildren(QLabel) if it.text()]
    sheet.close()
    return words


@pytest.fixture
def window_on(window: MainWindow) -> MainWindow:
    """The window with a visit."""
    window.show_visit(window.desk.sample_visit())
    QApplication.processEvents()
    return window


def test_a_question_says_why_it_is_asked_and_on_what_that_rests(window_on: MainWindow) -> None:
    workspace = window_on.workspace
    assert workspace is not None
    workspace.go_to("isotretinoin")
    question = window_on.desk.pack.question_by_id["isotretinoin"]

    words = ask(window_on)

    assert words[0] == question.text
    assert words[1] == question.why
    assert any(it.startswith("Sources: ") for it in words)
    assert any("can stop the treatment" in it for it in words)
    assert "Keys" in words


def test_the_longest_question_and_address_are_read_whole_and_by_page(
    window_on: MainWindow, qtbot: QtBot
) -> None:
    workspace = window_on.workspace
    assert workspace is not None
    workspace.go_to("keloid")
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_F1)
    (sheet,) = [it for it in window_on.findChildren(HelpDialog) if it.isVisible()]
    (pane,) = sheet.findChildren(ScrollPane)
    inside = pane.widget()
    assert inside is not None
    assert inside.width() <= pane.viewport().width(), "nothing is cut off at the side"

    sheet.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is sheet)
    QTest.keyClick(sheet, Qt.Key.Key_PageDown)
    assert pane.verticalScrollBar().value() > 0
    QTest.keyClick(sheet, Qt.Key.Key_PageUp)
    assert pane.verticalScrollBar().value() == 0
    sheet.close()


def test_another_field_says_what_is_meant_and_what_stands_beneath_it(window_on: MainWindow) -> None:
    window_on.run("panel:plan")
    workspace = window_on.workspace
    assert workspace is not None
    field = next(
        it for it in workspace.panel.findChildren(QLineEdit) if it.accessibleName() == "Visits"
    )
    field.setFocus()

    assert ask(window_on)[:3] == [
        "Visits",
        "How many treatments there are to be, a whole number.",
        "Empty: as suggested",
    ]


def test_a_place_of_the_map_says_its_name_the_keys_and_the_grades(window_on: MainWindow) -> None:
    workspace = window_on.workspace
    assert workspace is not None
    workspace.show_panel("skin")
    region = next(it for it in workspace.panel.findChildren(Region) if it.isVisible())

    name, (told, *keys) = explain_field(window_on.desk.pack, region)

    assert name == region.accessibleName(), "said once, though it stands in the tool tip too"
    assert told.startswith("How marked a finding is here: 1 mild, 2 moderate, 3 marked, 4 severe; ")
    assert told.endswith("copies all of it to the other side.")
    assert keys == [
        "0, 1, 2, 3 and 4 grade it",
        "Up arrow, Down arrow, Left arrow and Right arrow go on",
    ]


def test_a_choice_says_to_what_it_belongs_and_which_keys_choose(window_on: MainWindow) -> None:
    window_on.run("panel:goals")
    panel = workspace_of(window_on).panel
    assert isinstance(panel, GoalsPanel)
    panel.concerns.chip("pores").setFocus()

    words = ask(window_on)

    assert words[0] == "Enlarged pores"
    assert words[1].startswith("What is to be better.")
    assert words[2].startswith("Among \u201cConcerns\u201d. Any number of them may be chosen.")
    panel.wish.take_focus()
    assert ask(window_on)[2].startswith(
        "Among \u201cWhose wish is it?\u201d. One of them is chosen"
    )


def test_a_button_that_says_what_it_does_leaves_the_keys(window_on: MainWindow) -> None:
    window_on.run("panel:plan")
    panel = workspace_of(window_on).panel
    assert isinstance(panel, PlanPanel)
    panel.accept_button.setFocus()

    assert ask(window_on)[0] == "Keys"


def test_a_detail_of_an_answer_tells_of_itself_and_not_of_the_question(
    window_on: MainWindow,
) -> None:
    workspace = workspace_of(window_on)
    workspace.go_to("isotretinoin")
    workspace.session.answer("isotretinoin", "yes")
    workspace.session.add_entry("medications", "isotretinoin")
    QApplication.processEvents()
    field = next(
        it
        for it in workspace.panel.findChildren(QLineEdit)
        if it.accessibleName() == "Last dose or use" and it.isVisible()
    )
    field.setFocus()

    words = ask(window_on)

    assert words[0] == "Last dose or use"
    assert words[1].startswith("As exactly as the patient knows: a day, a month with its year,")
    assert words[2] == "Day first, or only the month or the year", "the line beneath is told too"


def test_why_tells_who_reviewed_the_content_or_that_nobody_did(window_on: MainWindow) -> None:
    pack = window_on.desk.pack
    signed = Review(state="signed off", by="Dr Ash, dermatologist", on=date(2026, 5, 4))

    assert _tell_review(pack) == "not yet signed off by a clinician"
    assert _tell_review(replace(pack, review=signed)) == "4 May 2026, Dr Ash, dermatologist"
