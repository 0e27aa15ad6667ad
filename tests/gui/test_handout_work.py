"""A handout is made beside the window, which goes on answering meanwhile."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Consultation
from consult_app.gui.handout import work as handout_work
from consult_app.gui.handout.ahead import is_typing
from consult_app.gui.main_window import MainWindow
from consult_app.handout.sheet import Sheet
from tests.gui.touring import workspace_of

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


@pytest.mark.parametrize("stops", [False, True])
def test_what_is_said_while_a_sheet_is_made_stands_on_it_or_stops_it(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, *, stops: bool
) -> None:
    """A sheet that promised a visit went to the printer, after what stops it had been told."""
    said, made, told = threading.Event(), list[Consultation](), list[Exception]()

    def make(visit: Consultation) -> Sheet:
        assert said.wait(LONGEST)
        made.append(visit)
        return Sheet(pdf=b"%PDF-1.7", pages=2)

    done = list[Sheet]()
    monkeypatch.setattr(window.handout, "_choose_printer", done.append)
    monkeypatch.setattr(window.handout, "_tell", told.append)
    window.handout.desk = replace(window.handout.desk, make_sheet=make)
    window.show_visit(window.desk.sample_visit())
    session = workspace_of(window).session
    window.handout.print()
    with session.one_step():
        session.set("goals.own_words", "dents")
        if stops:
            session.answer("pregnancy", "yes")
            session.set("facts.pregnancy", "yes")
    said.set()
    qtbot.waitUntil(lambda: bool(done or told))

    assert [it.goals.own_words for it in made] == (["", "dents"][: 1 if stops else 2])
    assert (len(done), len(told)) == ((0, 1) if stops else (1, 0))


def test_turning_to_another_panel_makes_no_sheet_anew(window: MainWindow) -> None:
    window.show_visit(window.desk.sample_visit())
    session = workspace_of(window).session
    before = session.visit
    window.run("panel:skin")
    assert session.visit != before
    assert session.says(before)


def test_what_a_sheet_is_made_with_is_loaded_once_beside_an_open_visit(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = list[bool]()

    def prepare() -> None:
        beside.append(threading.current_thread() is not threading.main_thread())

    monkeypatch.setattr(handout_work, "PREPARED_AFTER", 1)
    monkeypatch.setattr(handout_work, "prepare_sheet", prepare)
    window.show_start()
    window.handout.prepare()
    qtbot.wait(20)
    assert not beside, "nobody is here yet"
    monkeypatch.setattr(handout_work, "is_typing", lambda: True)
    window.show_visit(window.desk.sample_visit())
    qtbot.wait(20)
    assert not beside, "somebody is typing"
    monkeypatch.setattr(handout_work, "is_typing", lambda: False)
    for _ in range(2):
        window.show_visit(window.desk.sample_visit())
        qtbot.waitUntil(lambda: bool(beside))
        qtbot.wait(20)
    assert beside == [True]


def test_a_program_that_is_prepared_loads_nothing_more_for_a_sheet() -> None:
    code = (
        "import sys\n"
        "from consult_app.app import Program\n"
        "from consult_app.exchange.casefile import read_case\n"
        "from consult_app.gui.handout.ahead import prepare_sheet\n"
        "prepare_sheet()\n"
        "before = set(sys.modules)\n"
        "text = (Program().resources / 'examples' / 'first-visit.json').read_text('utf-8')\n"
        "Program().compose(read_case(text, 'handout'))\n"
        "print(*set(sys.modules) - before)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    heavy = ("consult_app.handout", "reportlab", "uharfbuzz", "PIL")
    assert not [name for name in run.stdout.split() if name.startswith(heavy)]


def test_a_field_for_words_counts_as_typing_and_a_button_does_not(
    window: MainWindow, qtbot: QtBot
) -> None:
    fields: list[tuple[QWidget, bool]] = [
        (QPlainTextEdit(window), True),
        (QLineEdit(window), True),
        (QPushButton(window), False),
    ]
    window.activateWindow()
    for field, typing in fields:
        field.show()
        field.setFocus()
        qtbot.waitUntil(field.hasFocus)
        assert is_typing() is typing


def test_escape_leads_from_the_preview_back_to_what_was_written(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.show_visit(window.desk.sample_visit())
    window.run("panel:goals")
    workspace = window.workspace
    assert workspace is not None
    field = QApplication.focusWidget()
    assert isinstance(field, QPlainTextEdit)
    QTest.keyClicks(field, "Her own words")
    words = field.toPlainText()
    window.run("handout")
    qtbot.waitUntil(window.preview.isVisible)
    focused = QApplication.focusWidget()
    assert focused is not None

    QTest.keyClick(focused, Qt.Key.Key_Escape)

    assert workspace.isVisible()
    assert field.hasFocus()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert workspace.isVisible(), "nothing stands over the panels any more"
    assert field.toPlainText() == words


@pytest.mark.parametrize("then", ["treatment", "start"])
def test_what_is_begun_while_a_visit_is_being_signed_knows_of_it(
    window: MainWindow, then: str
) -> None:
    """A treatment was begun by the consultation before, and nothing asked for the newer one."""
    desk = window.desk
    visit = desk.sample_visit()
    agreed = replace(visit.agreement, decision="go_ahead", signed_on_paper=True)
    window.show_visit(replace(visit, agreement=agreed, plan_accepted=True))
    window.handout.sign()
    assert workspace_of(window).session.held
    if then == "start":
        window.show_start()
        assert not desk.records.list_drafts()
    else:
        window.run("treatment")
        begun = workspace_of(window).session.visit
        assert (begun.kind, begun.follows) == ("treatment", visit.id)
    assert desk.records.open_visit(visit.id).state == "signed"
