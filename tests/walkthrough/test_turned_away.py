"""Somebody who must not be treated, by keyboard: from the first stop answer to the locked record.

All stop questions are asked, as the record demands, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.settings import Practice
from tests.walkthrough.keyboard import Keyboard
from tests.walkthrough.test_first_visit import (
    begin_the_visit,
    desk,
    find_row,
    keyboard,
    open_window,
)

__all__ = ["desk", "keyboard", "open_window"]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_only_the_stop_questions_are_led_through(
    qtbot: QtBot, open_window: Callable[[], MainWindow], keyboard: Keyboard, desk: Desk
) -> None:
    window = open_window()
    practice = Practice(clinic_name="Lumen", clinic_phone="1", practitioner_name="Dr Hart")
    window._keep_settings(replace(desk.settings, practice=practice))
    begin_the_visit(keyboard)
    workspace = window.workspace
    assert workspace is not None
    session, keyboard.pressed = workspace.session, 0

    keyboard.chord(Qt.Key.Key_3)
    keyboard.press(Qt.Key.Key_Y)
    keyboard.press(Qt.Key.Key_Space)  # pregnant
    keyboard.chord(Qt.Key.Key_6)
    assert keyboard.focus.accessibleName().startswith("Decision"), "nothing is to be said back"
    for _ in range(3):
        keyboard.press(Qt.Key.Key_Right)
    assert session.visit.agreement.decision == "not_suitable"
    keyboard.chord(Qt.Key.Key_3)
    for _ in range(len(desk.pack.stop_items)):
        if find_row(keyboard.focus) is not None:
            keyboard.press(Qt.Key.Key_N)
    asked = set(session.visit.answers)
    safety = {it.id for it in desk.pack.questions if it.step == "safety" and not it.only_with}
    assert asked == safety & desk.pack.stop_items
    workspace.go_to("allergies")
    keyboard.tab_to("Allergies: None known")
    keyboard.press(Qt.Key.Key_Space)
    keyboard.chord(Qt.Key.Key_7)
    keyboard.chord(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.locked)

    assert keyboard.pressed <= 40
