"""The keys of answer rows and of the map: in menu and tool tips, and as a practice has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from consult_app.domain.people import Patient
from consult_app.gui.commands import COMMANDS, ROW_COMMANDS, use_keys
from consult_app.gui.desk import Desk
from consult_app.gui.finding.finder import Finder
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.panels.skin.panel import SkinPanel
from consult_app.gui.widgets.answer_row import AnswerRow
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.widgets.yes_no import YesNo
from consult_app.gui.workspace.workspace import Workspace
from tests.gui.test_commands import list_actions
from tests.gui.touring import workspace_of
from tests.gui.widgets.test_stray_text import write

OTHER = {
    "answer_no": "J",
    "answer_back": "Home",
    "grade_marked": "F",
    "area_down": "S",
    "answer_same": "R",
}


@pytest.fixture
def workspace(window: MainWindow) -> Workspace:
    window.begin_visit(Patient(name="Ada North"))
    return workspace_of(window)


@pytest.fixture
def changed(open_window: Callable[..., MainWindow], desk: Desk) -> Iterator[Workspace]:
    """A visit of a practice with keys of its own."""
    other = open_window(at=replace(desk, settings=replace(desk.settings, keys=OTHER)))
    other.begin_visit(Patient(name="Ada North"))
    yield workspace_of(other)
    use_keys(COMMANDS)


def ask(workspace: Workspace) -> list[AnswerRow]:
    workspace.show_panel("safety")
    panel = workspace.panel
    assert isinstance(panel, SafetyPanel)
    rows = [row for row in panel.findChildren(AnswerRow) if row.isVisible()]
    rows[0].take_focus()
    return rows


def show_map(workspace: Workspace) -> SkinPanel:
    workspace.show_panel("skin")
    panel = workspace.panel
    assert isinstance(panel, SkinPanel)
    panel.map.take_focus()
    return panel


def open_menu(window: MainWindow) -> QMenu:
    window.run("menu")
    shown = QApplication.activePopupWidget()
    assert isinstance(shown, QMenu)
    return shown


def choose(window: MainWindow, text: str) -> None:
    menu = open_menu(window)
    branches = [it.menu() for it in menu.actions()]
    actions = [it for branch in branches if isinstance(branch, QMenu) for it in branch.actions()]
    menu.close()
    next(it for it in actions if it.text() == text).trigger()


def press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def heeded(window: MainWindow) -> set[str]:
    """Return those of them that the menu offers now."""
    menu = open_menu(window)
    shown = list_actions(menu)
    menu.close()
    texts = {command.text for command in ROW_COMMANDS}
    return {text.partition("\t")[0] for text, on in shown.items() if on} & texts


def test_the_menu_answers_the_question_that_has_the_keyboard(
    window: MainWindow, workspace: Workspace
) -> None:
    rows = ask(workspace)

    choose(window, "Answer No and move down\tN")

    assert rows[0].answer() == "no"
    assert rows[1].has_focus()
    rows[0].take_focus()
    choose(window, "Take the answer back to Not asked\tBackspace")
    assert rows[0].answer() == "not_asked"


def test_the_menu_grades_and_walks_on_the_map(window: MainWindow, workspace: Workspace) -> None:
    panel = show_map(workspace)
    panel.map.select("forehead")
    panel.map.take_focus()

    choose(window, "Area below\tDown arrow")
    there = panel.map.selection()
    assert there is not None
    assert there != ("forehead", "")
    graded: list[tuple[str, str, int]] = []
    panel.map.graded.connect(lambda *told: graded.append(told))
    choose(window, "Grade 3 of 4\t3")

    assert graded == [(*there, 3)]


def test_what_cannot_be_done_here_is_greyed(window: MainWindow, workspace: Workspace) -> None:
    answers = {"Answer No and move down", "Answer Yes and move down", "Answer Unsure and move down"}
    rows = ask(workspace)
    assert heeded(window) == answers
    rows[0].set_answer("no")
    assert heeded(window) == {*answers, "Take the answer back to Not asked"}
    show_map(workspace)
    assert heeded(window) == {it.text for it in ROW_COMMANDS if it.place == "map"}
    workspace.show_panel("goals")
    assert heeded(window) == set()


def test_the_finder_does_it_where_the_keyboard_was(
    window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    rows = ask(workspace)
    window.run("finder")
    finder = window.findChild(Finder)
    assert finder is not None
    QTest.keyClicks(finder.search.control, "answer unsure")
    with qtbot.waitActive(window):
        QTest.keyClick(finder.search.control, Qt.Key.Key_Return)
    assert rows[0].answer() == "unsure"


def test_chosen_where_no_question_has_the_keyboard_says_so(
    window: MainWindow, workspace: Workspace
) -> None:
    before = workspace.session.visit
    window.sheets._run("answer_no", window.run)

    told = [notice.text() for notice in window.findChildren(Notice)]
    assert "The keyboard is where this cannot be done. Go to the question or the map first." in told
    assert workspace.session.visit == before


def tips(part: QWidget) -> set[str]:
    return {it.toolTip() for it in part.findChildren(QWidget) if it.toolTip()}


def test_tool_tips_name_the_keys(workspace: Workspace) -> None:
    answers = {"No (N)", "Yes (Y)", "Unsure (U)", "Back to not asked (Backspace)"}
    assert {*answers, "Same as last visit (=)"} <= tips(ask(workspace)[0])
    panel = show_map(workspace)
    assert "No (N)" in tips(panel.findChildren(YesNo)[0])
    told = panel.map.region("forehead").toolTip()
    assert told.startswith("Forehead\n0, 1, 2, 3 and 4 grade it")
    assert "Up arrow, Down arrow, Left arrow and Right arrow go on" in told


def test_a_practice_has_other_keys_in_answer_rows(changed: Workspace) -> None:
    rows = ask(changed)
    press(Qt.Key.Key_N)
    assert rows[0].answer() == "not_asked"
    rows[1].take_focus()
    press(Qt.Key.Key_J)
    assert rows[1].answer() == "no"
    rows[1].take_focus()
    press(Qt.Key.Key_Backspace)
    assert rows[1].answer() == "no"
    press(Qt.Key.Key_Home)
    assert rows[1].answer() == "not_asked"
    assert {"No (J)", "Back to not asked (Home)", "Same as last visit (R)"} <= tips(rows[0])
    assert changed.panel.lead.text() == "Ask each question. J, Y or U answers and moves on."
    assert "Keys J, Y and U answer; Home" in rows[0].accessibleDescription()


def test_a_word_answers_nothing_whatever_the_keys_are(changed: Workspace) -> None:
    """N begins a word now, and J within it is no answer."""
    ask(changed)
    write("najnjj", 500_000)
    assert not changed.session.visit.answers
    told = [notice.text() for notice in changed.window().findChildren(Notice)]
    assert "No text is written here: J, Y and U answer. Ctrl+Z takes an answer back." in told


def test_a_practice_has_other_keys_on_the_map(changed: Workspace) -> None:
    panel = show_map(changed)
    panel.map.select("forehead")
    panel.map.take_focus()
    graded: list[int] = []
    panel.map.graded.connect(lambda _area, _side, grade: graded.append(grade))

    for key in (Qt.Key.Key_Down, Qt.Key.Key_3):
        press(key)
    assert panel.map.selection() == ("forehead", "")
    assert graded == []
    press(Qt.Key.Key_F)
    press(Qt.Key.Key_S)

    assert graded == [3]
    assert panel.map.selection() != ("forehead", "")
    assert "0, 1, 2, F and 4 grade it" in panel.map.region("forehead").toolTip()
