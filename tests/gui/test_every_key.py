"""Every key of the table does what it says, pressed where somebody would press it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from consult_app.domain.steps import STEPS
from consult_app.errors import InputError
from consult_app.gui.commands import make_shortcut
from consult_app.gui.desk import Desk
from consult_app.gui.keys_chosen import assign_keys
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.session import Session
from consult_app.gui.workspace.obstacle_sheet import ObstacleSheet
from consult_app.gui.workspace.workspace import Workspace
from tests.gui.touring import make_last, workspace_of

Key = Qt.Key
NONE, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
KEYPAD = Qt.KeyboardModifier.KeypadModifier


def focused() -> QWidget:
    held: QWidget | None = QApplication.focusWidget()
    assert held is not None
    return held


def press(key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(focused(), key, held)
    QApplication.processEvents()


@pytest.fixture
def workspace(window: MainWindow, desk: Desk) -> Iterator[Workspace]:
    """A return visit, three months after the first."""
    last = make_last(desk)
    person = desk.patients.open(last.patient_id)
    visit = desk.begin_again(desk.settings, person, last.id)
    window.show_visit(replace(visit, panel="goals"))
    QApplication.processEvents()
    assert window.workspace is not None
    yield window.workspace
    window.show_start()


@pytest.fixture
def session(workspace: Workspace) -> Session:
    return workspace.session


def come_back(window: MainWindow, qtbot: QtBot) -> None:
    """Give the window the keyboard again, as a desktop does when a sheet closes."""
    with qtbot.waitActive(window):
        window.activateWindow()
    assert window.workspace is not None
    window.workspace.panel.focus_first()


def dialog_of(window: MainWindow) -> QDialog:
    (shown,) = [it for it in window.findChildren(QDialog) if it.isVisible()]
    return shown


def part_of(workspace: Workspace) -> QWidget:
    parts: tuple[QWidget, ...] = (
        workspace.banner,
        workspace.rail,
        workspace.panel,
        workspace.box,
        workspace.footer,
    )
    return next(it for it in parts if it.isAncestorOf(focused()))


def test_keys_that_move(workspace: Workspace, session: Session) -> None:
    for number, step in enumerate(STEPS):
        press(Key(Key.Key_1 + number), CTRL)
        assert workspace.panel.step == step.id
    press(Key.Key_PageUp, CTRL)
    assert workspace.panel.step == "agree"
    press(Key.Key_PageDown, CTRL)
    assert workspace.panel.step == "finish"
    press(Key.Key_1, CTRL)
    begun = part_of(workspace)
    round_trip = []
    for _ in range(5):
        press(Key.Key_F6)
        round_trip.append(part_of(workspace))
    assert len(set(map(id, round_trip))) == 5
    assert round_trip[-1] is begun
    press(Key.Key_F6, SHIFT)
    assert part_of(workspace) is round_trip[-2]
    press(Key.Key_J, CTRL)
    assert workspace.panel.step == session.judgement.decision.needed[0].step == "skin"
    session.set("skin.phototype_seen", 2)
    session.answer("pih", "no")
    press(Key.Key_J, CTRL)
    assert isinstance(workspace.panel, SafetyPanel)
    needed = session.judgement.decision.needed[0].item
    assert workspace.panel._rows[needed].row.isAncestorOf(focused())


def test_keys_of_an_answer_row(workspace: Workspace, session: Session) -> None:
    press(Key.Key_3, CTRL)
    panel = workspace.panel
    assert isinstance(panel, SafetyPanel)
    first, second, third = [it.id for it in panel._questions("today")][:3]
    for key, item, state in ((Key.Key_N, first, "no"), (Key.Key_U, second, "unsure")):
        press(key)
        assert session.visit.answers[item].state == state
    press(Key.Key_Equal)
    assert session.visit.answers[third].reconfirmed
    panel._rows[first].row.take_focus()
    press(Key.Key_Backspace)
    assert first not in session.visit.answers
    press(Key.Key_Y)
    assert session.visit.answers[first].state == "yes"
    panel.show_group("body")
    panel.focus_first()
    press(Key.Key_N, CTRL | SHIFT)
    asked = {it.id for it in panel._questions("body")}
    stops = workspace.panel.desk.pack.stop_items
    assert asked - stops <= set(session.visit.answers)
    assert not (asked & stops) & set(session.visit.answers)
    assert session.visit.answers[min(asked - stops)].bulk


def test_single_letters_are_letters_in_a_text(workspace: Workspace, session: Session) -> None:
    field = workspace.panel.findChild(QPlainTextEdit)
    assert isinstance(field, QPlainTextEdit)
    field.setFocus()

    QTest.keyClicks(field, "n y u 0 4 =")

    assert session.visit.goals.own_words == "n y u 0 4 ="
    assert session.visit.answers == {}
    press(Key.Key_Z, CTRL)
    assert session.visit.goals.own_words != "n y u 0 4 ="
    press(Key.Key_Z, CTRL | SHIFT)
    assert session.visit.goals.own_words == "n y u 0 4 ="
    press(Key.Key_Period, CTRL)
    menu = field.findChild(QMenu)
    assert isinstance(menu, QMenu)
    menu.close()


@pytest.mark.usefixtures("workspace")
def test_keys_that_open_a_sheet(window: MainWindow, qtbot: QtBot) -> None:
    for key, held, title in (
        (Key.Key_K, CTRL, "Find"),
        (Key.Key_D, CTRL, "Compare with the last visit"),
        (Key.Key_F1, NONE, "Keys and help"),
    ):
        come_back(window, qtbot)
        press(key, held)
        shown = dialog_of(window)
        assert shown.windowTitle() == title
        shown.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_keys_that_hand_over_lock_and_follow(
    window: MainWindow, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    assert window.workspace is workspace
    heard: list[str] = []

    def note(what: str) -> Callable[[], None]:
        return lambda: heard.append(what)

    monkeypatch.setattr(window.handout, "print", note("print"))
    monkeypatch.setattr(window.handout, "show", note("handout"))
    window.lock_wanted.connect(note("lock"))
    for key, held in ((Key.Key_P, CTRL), (Key.Key_F9, NONE), (Key.Key_L, CTRL)):
        press(key, held)
    assert heard == ["print", "handout", "lock"]
    shown = []
    for _ in range(2):
        QTest.keyClick(window, Key.Key_F8)
        shown.append(window.patient.view is not None)
    assert shown == [True, False]
    press(Key.Key_4, CTRL)
    press(Key.Key_Return, CTRL)
    press(Key.Key_7, CTRL)
    press(Key.Key_Return, CTRL)
    refused = dialog_of(window)
    assert isinstance(refused, ObstacleSheet)
    assert "Agree: what was decided?" in [text for text, _ in refused.rows]
    refused.close()
    come_back(window, qtbot)
    press(Key.Key_T, CTRL)
    kinds = [window.workspace.session.visit.kind]
    last = window.workspace.session.last
    assert last is not None
    window.open_visit(last.id)
    QApplication.processEvents()
    press(Key.Key_A, CTRL | SHIFT)
    kinds.append(window.workspace.session.visit.kind)
    assert kinds == ["treatment", "addendum"]


@pytest.mark.parametrize(
    ("key", "held"),
    [(Key.Key_Return, CTRL), (Key.Key_Enter, CTRL | KEYPAD)],
    ids=["Enter", "keypad"],
)
def test_either_enter_accepts_and_signs(
    window: MainWindow, desk: Desk, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    window.show_visit(replace(desk.sample_visit(), panel="goals"))
    session = workspace_of(window).session
    press(Key.Key_4, CTRL)
    accepted = [session.visit.plan_accepted]
    press(key, held)
    accepted.append(session.visit.plan_accepted)
    assert accepted == [False, True]
    press(Key.Key_7, CTRL)
    press(key, held)
    assert isinstance(dialog_of(window), ObstacleSheet)
    window.show_start()


def test_keys_chosen_with_the_word_enter_are_served_on_both() -> None:
    window = QWidget()

    served = make_shortcut("Ctrl+Enter", window)

    assert list(map(QKeySequence.toString, served.keys())) == ["Ctrl+Return", "Ctrl+Enter"]
    with pytest.raises(InputError, match="cannot be used"):
        assign_keys({"print": "Ctrl+Enter"})


def test_tab_goes_on_and_shift_tab_the_same_way_back(workspace: Workspace) -> None:
    way = [focused()]
    for _ in range(6):
        press(Key.Key_Tab)
        way.append(focused())
    assert len(set(map(id, way))) == len(way)
    for before in reversed(way[:-1]):
        press(Key.Key_Backtab, SHIFT)
        assert focused() is before
    assert workspace.panel.isAncestorOf(way[0])
