"""A handout is made beside the window, which goes on answering meanwhile."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Consultation
from consult_app.gui.main_window import MainWindow
from consult_app.handout.sheet import Sheet

LONGEST = 5.0
"""Seconds after which a window that does not answer is given up."""


@pytest.mark.parametrize("wish", ["show", "save", "print"])
def test_the_window_answers_while_a_handout_is_made(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, wish: str
) -> None:
    """The sheet is finished only when the window has done something else in between."""
    answered, told = threading.Event(), list[tuple[bool, bool]]()

    def make(_: Consultation) -> Sheet:
        beside = threading.current_thread() is not threading.main_thread()
        told.append((beside, answered.wait(LONGEST if beside else 0)))
        return Sheet(pdf=b"%PDF-1.7", pages=2)

    ways = ("_render", "_choose_printer", "_choose_file")
    done = list[Sheet]()
    for way in ways:
        monkeypatch.setattr(window.handout, way, done.append)
    window.handout.desk = replace(window.handout.desk, make_sheet=make)
    window.show_visit(window.desk.sample_visit())
    getattr(window.handout, wish)()
    QTimer.singleShot(0, answered.set)
    qtbot.waitUntil(lambda: bool(done))

    assert told == [(True, True)]
