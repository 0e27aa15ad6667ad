"""A return visit by keyboard alone: what still holds takes one key."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import (
    Answer,
    Consultation,
)
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.widgets.labels import Label
from consult_app.gui.workspace.workspace import Workspace
from consult_app.knowledge.visits.locking import find_obstacles
from tests.walkthrough.keyboard import Keyboard, check_told

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def begin(keyboard: Keyboard, window: MainWindow, qtbot: QtBot) -> Workspace:
    """Find the patient and begin the return visit."""
    keyboard.write("ada")
    keyboard.press(Qt.Key.Key_Return)
    keyboard.press(Qt.Key.Key_Space)
    assert window.workspace is not None
    workspace = window.workspace
    qtbot.waitUntil(lambda: any(it.hasFocus() for it in workspace.findChildren(QWidget)))
    return workspace


def ask_again(keyboard: Keyboard, workspace: Workspace) -> None:
    """Hold = until everything that was asked last time is re-confirmed."""
    keyboard.chord(Qt.Key.Key_3)
    known = workspace.panel.desk.pack.questions
    questions = [q.id for q in known if q.step == "safety" and not q.only_with]
    for _ in range(len(questions) + 1):
        keyboard.press(Qt.Key.Key_Equal)
    said = workspace.session.visit.answers
    assert [item for item in questions if item not in said] == []


def test_a_return_visit_takes_four_minutes_and_no_mouse(
    window: MainWindow, desk: Desk, first: Consultation, qtbot: QtBot
) -> None:
    keyboard = Keyboard()
    workspace = begin(keyboard, window, qtbot)
    session = workspace.session
    assert session.visit.answers == {}
    assert session.visit.allergy_state is None
    assert session.judgement.decision.blocks_treatment, "nothing of last time counts by itself"

    keyboard.chord(Qt.Key.Key_Equal)  # goals as last visit
    keyboard.tab_to("Bother")
    keyboard.write("4")
    keyboard.chord(Qt.Key.Key_2)
    keyboard.chord(Qt.Key.Key_Equal)
    ask_again(keyboard, workspace)
    keyboard.chord(Qt.Key.Key_4)
    keyboard.chord(Qt.Key.Key_Equal)
    keyboard.tab_to("First visit")
    keyboard.write("6.7.2026")
    keyboard.chord(Qt.Key.Key_Return)
    keyboard.chord(Qt.Key.Key_5)
    keyboard.press(Qt.Key.Key_Space)
    keyboard.chord(Qt.Key.Key_6)
    keyboard.tab_to("Decision: Go ahead")
    keyboard.press(Qt.Key.Key_Space)
    assert find_obstacles(session.visit, session.judgement, desk.pack) == ()
    keyboard.chord(Qt.Key.Key_7)
    keyboard.chord(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.locked, timeout=20_000)

    kept = desk.records.open_visit(session.visit.id)
    assert kept.follows == first.id
    assert kept.goals.concerns[0].bother == 4
    assert kept.answers["herpes_simplex"] == Answer(state="yes", reconfirmed=True)
    assert kept.answers["breastfeeding"] == Answer(state="no", reconfirmed=True)
    assert kept.facts.conditions == first.facts.conditions
    assert kept.allergy_state == "none_known"
    check_told("return visit", keyboard.pressed)


def test_a_group_is_re_confirmed_at_once_but_for_its_stop_questions(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    keyboard = Keyboard()
    session = begin(keyboard, window, qtbot).session
    keyboard.chord(Qt.Key.Key_3)

    keyboard.chord(Qt.Key.Key_Equal)

    said = session.visit.answers
    assert said["breastfeeding"] == Answer(state="no", bulk=True, reconfirmed=True)
    assert not set(said) & desk.pack.stop_items, "each of them is asked for itself"
    session.undo()
    assert session.visit.answers == {}


def test_what_changed_is_shown_beside_the_last_visit(
    window: MainWindow, first: Consultation, qtbot: QtBot
) -> None:
    keyboard = Keyboard()
    session = begin(keyboard, window, qtbot).session
    keyboard.chord(Qt.Key.Key_Equal)
    session.answer("pregnancy", "yes")
    wish = replace(first.goals.concerns[0], bother=4)
    session.set("goals.concerns", (wish,))

    keyboard.chord(Qt.Key.Key_D)

    (sheet,) = [it for it in window.findChildren(QDialog) if it.isVisible()]
    words = [it.text() for it in sheet.findChildren(Label)]
    for expected in ("12 Mar 2026", "15 Jun 2026", "7 of 10", "4 of 10", "Pregnancy", "No", "Yes"):
        assert expected in words
    sheet.close()
