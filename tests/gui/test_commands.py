"""Every command has its place in the menu; a practice may choose other keys; phrases are kept."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from consult_app.domain.own import Own
from consult_app.domain.people import Patient
from consult_app.errors import ConsultError, InputError
from consult_app.gui.commands import COMMANDS, ROW_COMMANDS
from consult_app.gui.desk import Desk
from consult_app.gui.finding.command_menu import make_menu
from consult_app.gui.finding.help_dialog import HelpDialog
from consult_app.gui.keys_chosen import assign_keys
from consult_app.gui.main_window import MainWindow
from consult_app.gui.practice.phrase_menu import make_phrase_menu
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.widgets.passing_word import say_beside
from consult_app.settings import Settings, read_settings, save_settings
from tests.gui.touring import workspace_of

ROW_IDS = [command.id for command in ROW_COMMANDS]


def list_actions(menu: QMenu) -> dict[str, bool]:
    """Return every text in a menu and whether it can be chosen."""
    found: dict[str, bool] = {}
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            found |= list_actions(inner)
        else:
            found[action.text()] = action.isEnabled()
    return found


def test_the_menu_has_every_command_with_its_keys(qtbot: QtBot) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    ran: list[str] = []

    menu = make_menu(COMMANDS, ran.append, home, visit=True, here=ROW_IDS)

    shown = list_actions(menu)
    assert "Print the handout\tCtrl+P" in shown
    assert len(shown) == len(COMMANDS)
    assert all(shown.values())
    branch = menu.actions()[0].menu()
    assert isinstance(branch, QMenu)
    branch.actions()[2].trigger()
    assert ran == ["panel:safety"]


def test_help_lists_every_command_that_has_keys(qtbot: QtBot, look: Theme, desk: Desk) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    help_shown = HelpDialog(look, desk.pack, COMMANDS, ("", ()), home)

    words = {label.text() for label in help_shown.findChildren(QLabel)}

    listed = [command for command in COMMANDS if command.keys]
    assert len(listed) > 20
    assert [command.text for command in listed if command.text not in words] == []
    assert {"Ctrl+P", "Ctrl+K", "F8"} <= words


def test_without_a_consultation_its_commands_cannot_be_chosen(qtbot: QtBot) -> None:
    home = QWidget()
    qtbot.addWidget(home)

    shown = list_actions(make_menu(COMMANDS, lambda _: None, home, visit=False))

    assert not shown["Print the handout\tCtrl+P"]
    assert shown["Help for this field, and all keys\tF1"]


def test_the_usual_keys_are_each_used_once() -> None:
    assert assign_keys({}) == COMMANDS


def test_other_keys_are_taken_and_kept(tmp_path: Path) -> None:
    chosen = {"print": "Ctrl+Alt+P", "panel:goals": "Alt+1", "lock": ""}
    save_settings(tmp_path, Settings(keys=chosen))

    keys = {command.id: command.keys for command in assign_keys(read_settings(tmp_path).keys)}

    assert {name: keys[name] for name in chosen} == chosen


@pytest.mark.parametrize(
    ("chosen", "fault"),
    [
        ({"prnt": "Ctrl+P"}, "settings.toml: keys.prnt: no command"),
        ({"print": "Ctrl+"}, 'settings.toml: keys.print: no keys: "Ctrl+"'),
        (
            {"answer_no": "J, K"},
            "settings.toml: keys.answer_no: one key after the other does not work here: J, K",
        ),
        (
            {"answer_no": "space"},
            "settings.toml: keys.answer_no: space is needed to move and to choose there",
        ),
        ({"answer_no": "0"}, "settings.toml: keys.answer_no: another command has 0 as well"),
        ({"print": "n"}, "settings.toml: keys.print: another command has n as well"),
        ({"print": "ctrl+l"}, "settings.toml: keys.print: another command has ctrl+l as well"),
    ],
)
def test_keys_that_cannot_be_used_are_named(chosen: dict[str, str], fault: str) -> None:
    with pytest.raises(InputError) as caught:
        assign_keys(chosen)

    assert caught.value.details == (fault,)


def test_the_window_serves_the_chosen_keys(
    qtbot: QtBot, look: Theme, desk: Desk, window: MainWindow
) -> None:
    other = MainWindow(look, replace(desk, settings=replace(desk.settings, keys={"help": "F2"})))
    qtbot.addWidget(other)
    help_keys = [command.keys for command in other.sheets.commands if command.id == "help"]

    assert help_keys == ["F2"]
    assert [c.keys for c in window.sheets.commands if c.id == "help"] == ["F1"]


def test_a_phrase_is_kept_with_the_records_and_put_where_the_keyboard_is(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.begin_visit(Patient(name="Ada North"))
    records = window.desk.records
    field = QPlainTextEdit("Skin feels rough.")
    qtbot.addWidget(field)

    said: list[str] = []
    offer = partial(make_phrase_menu, field, records, said.append, window.tell)

    list(offer().actions())[-1].trigger()
    assert records.read_own().phrases == ("Skin feels rough.",)
    field.clear()
    offer().actions()[0].trigger()

    assert field.toPlainText() == "Skin feels rough."
    forget = offer().actions()[-1].menu()
    assert isinstance(forget, QMenu)
    forget.actions()[0].trigger()
    assert records.read_own().phrases == ()
    assert said == ["Kept as a phrase. Ctrl+. puts it into a text.", "This phrase is forgotten."]


def test_a_phrase_that_cannot_be_kept_is_told_of(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = window.desk.records
    field = QPlainTextEdit("Skin feels rough.")
    qtbot.addWidget(field)
    said: list[str] = []
    told: list[ConsultError] = []

    def refuse(_own: Own) -> None:
        raise ConsultError("The disk is full", "Free some space.")

    monkeypatch.setattr(records, "save_own", refuse)
    list(make_phrase_menu(field, records, said.append, told.append).actions())[-1].trigger()

    assert [error.title for error in told] == ["The disk is full"]
    assert said == []


def test_a_kept_phrase_is_said_beside_its_text_and_moves_nothing(
    window: MainWindow, look: Theme
) -> None:
    window.begin_visit(Patient(name="Ada North"))
    field = workspace_of(window).panel.findChild(QPlainTextEdit)
    assert isinstance(field, QPlainTextEdit)
    QApplication.processEvents()
    at, holder = field.mapTo(window, QPoint()), QApplication.focusWidget()

    word = say_beside(look, field, "Kept as a phrase.")
    QApplication.processEvents()

    assert word.isVisible()
    assert word.text() == "Kept as a phrase."
    assert window.window().rect().contains(word.geometry())
    assert field.mapTo(window, QPoint()) == at
    assert QApplication.focusWidget() is holder


@pytest.mark.parametrize("button", ["menu", "help", "find"])
def test_a_click_on_what_serves_a_field_leaves_the_keyboard_there(
    window: MainWindow, button: str
) -> None:
    """Else help explained its own button, and no phrase could be put in by mouse."""
    window.begin_visit(Patient(name="Ada North"))
    workspace = workspace_of(window)
    field = workspace.panel.findChild(QPlainTextEdit)
    assert isinstance(field, QPlainTextEdit)
    field.setFocus()
    menu, _, helper = workspace.rail._foot
    pressed = {"menu": menu, "help": helper, "find": workspace.footer.finder}[button]
    pressed.clicked.disconnect()  # what it opens would take the keyboard in its own window

    QTest.mouseClick(pressed, Qt.MouseButton.LeftButton)

    assert QApplication.focusWidget() is field


def test_the_finder_leads_to_phrases_for_the_text_that_had_the_cursor(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own line is gone by then, and the window may not be active yet."""
    window.begin_visit(Patient(name="Ada North"))
    field = workspace_of(window).panel.findChild(QPlainTextEdit)
    assert isinstance(field, QPlainTextEdit)
    field.setFocus()
    monkeypatch.setattr(QApplication, "focusWidget", lambda: None)

    window.run("phrases")

    shown = QApplication.activePopupWidget()
    assert isinstance(shown, QMenu)
    assert shown.parent() is field
    shown.close()


def test_a_phrase_wanted_outside_a_text_says_what_is_missing(window: MainWindow) -> None:
    window.begin_visit(Patient(name="Ada North"))
    workspace_of(window).rail.menu.setFocus()

    window.run("phrases")

    assert QApplication.activeModalWidget() is None
    told = [notice.text() for notice in window.findChildren(Notice)]
    assert "No text has the cursor. Go into one, then again." in told


def test_the_keys_for_phrases_open_the_menu_over_a_text_field(window: MainWindow) -> None:
    window.begin_visit(Patient(name="Ada North"))
    workspace = window.workspace
    assert workspace is not None
    field = workspace.panel.findChild(QPlainTextEdit)
    assert isinstance(field, QPlainTextEdit)
    field.setFocus()

    QTest.keyClick(field, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)

    menu = field.findChild(QMenu)
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["Keep this text as a phrase"]
    menu.close()


def test_buttons_name_their_keys_at_any_width(qtbot: QtBot, look: Theme, desk: Desk) -> None:
    chosen = replace(desk.settings, keys={"finder": "Ctrl+Alt+F"})
    window = MainWindow(look, replace(desk, settings=chosen))
    qtbot.addWidget(window)
    window.show()
    window.show_visit(desk.sample_visit())
    workspace = window.workspace
    assert workspace is not None
    for width in (1366, 700, 1366):
        workspace.resize(width, 768)
        footer, banner = workspace.footer, workspace.banner
        assert "(Ctrl+Alt+F)" in footer.finder.toolTip()
        assert "(F9)" in footer.handout.toolTip()
        assert "(Ctrl+PgUp)" in footer.back.toolTip()
        assert "(Ctrl+PgDown)" in footer.onward.toolTip()
        assert "(F8)" in banner.patient_view.toolTip()
        assert "(Ctrl+L)" in banner.lock.toolTip()
        assert "(Ctrl+3)" in workspace.rail.steps["safety"].toolTip()
    workspace.show_panel("finish")
    assert "(Ctrl+Enter)" in workspace.footer.onward.toolTip()


def test_no_text_names_keys_that_a_practice_changed(qtbot: QtBot, look: Theme, desk: Desk) -> None:
    chosen = {"accept": "Ctrl+Alt+S", "new": "", "patient_view": "F7"}
    window = MainWindow(look, replace(desk, settings=replace(desk.settings, keys=chosen)))
    qtbot.addWidget(window)
    window.show()
    window.start.refresh()
    shown = [window.start.search.help()]
    for kind in ("consultation", "treatment", "review", "addendum"):
        visit = replace(desk.sample_visit(), kind=kind, follows=None)
        window.show_visit(visit)
        workspace = window.workspace
        assert workspace is not None
        for step in workspace.steps:
            workspace.show_panel(step.id)
            shown += [label.text() for label in workspace.panel.findChildren(QLabel)]

    words = "\n".join(shown)
    assert "the menu begins with what is typed" in words
    assert "Sign and lock with Ctrl+Alt+S" in words
    assert "Sign and lock the addendum with Ctrl+Alt+S" in words
    assert "Ctrl+Alt+S confirms" in words
    assert "until you accept them (Ctrl+Alt+S)" in words
    for usual in ("Ctrl+Enter", "Ctrl+N"):
        assert usual not in words


def test_the_menu_opens_where_it_was_asked_for(window: MainWindow, desk: Desk) -> None:
    window.show_visit(desk.sample_visit())
    assert window.workspace is not None
    button = window.workspace.rail.menu
    QApplication.processEvents()

    QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    spot = button.mapToGlobal(button.rect().center())
    assert menu.geometry().adjusted(0, -8, 0, 8).contains(spot), "in reach of the pointer"
    menu.close()


def test_enter_of_the_keypad_is_enter(window: MainWindow) -> None:
    """Ctrl+Enter did nothing there."""
    window.show_visit(window.desk.sample_visit())
    window.run("panel:plan")
    assert window.workspace is not None
    session = window.workspace.session
    assert not session.visit.plan_accepted
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.KeypadModifier

    QTest.keyClick(window, Qt.Key.Key_Enter, keys)

    assert session.visit.plan_accepted
