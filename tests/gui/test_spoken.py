"""What answers a key is said where the keyboard is not; a sheet tells what it is about."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from consult_app.domain.people import Patient
from consult_app.domain.treatment import Review, Treatment
from consult_app.errors import ConsultError
from consult_app.gui.custody.restore_sheet import NONE, RestoreSheet
from consult_app.gui.finding.finder import NEAR, Finder
from consult_app.gui.frame import Frame
from consult_app.gui.gate.passphrase import PassphrasePage
from consult_app.gui.gate.unlock import UnlockPage
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.date_field import DateField
from tests.gui.conftest import OpenSheet, room_of
from tests.gui.test_gate import choose, give, page_of
from tests.gui.test_records_as_a_whole import find, finish
from tests.gui.touring import make_last, workspace_of


def sheet_of(window: MainWindow) -> QDialog:
    """Return the sheet that is shown."""
    (sheet,) = [it for it in window.findChildren(QDialog) if it.isVisible()]
    return sheet


def test_why_the_records_do_not_open_is_said(frame: Frame, qtbot: QtBot, said: list[str]) -> None:
    """The keyboard stays in the field, and nothing else told that it was the wrong passphrase."""
    frame.lock()
    page = page_of(frame, UnlockPage)
    said.clear()
    for _ in range(2):
        give(page, "six other lamps")
        qtbot.waitUntil(page.notice.isVisible, timeout=30_000)

    assert said == [page.notice.text()] * 2, "each time once"
    assert page.secret.line.hasFocus()


def test_what_is_wrong_in_a_field_is_said_with_its_name(
    qtbot: QtBot, look: Theme, said: list[str]
) -> None:
    """Tab went on to the next field, and what was left behind was heard by nobody."""
    field = DateField(look, "Date of birth", whole=True)
    qtbot.addWidget(field)
    field.set_error("Too late.")
    assert said == [], "nobody sees it"
    field.set_error("")
    with qtbot.waitExposed(field):
        field.show()
    QTest.keyClicks(field.line, "31 Juny")
    assert said == [], "not while it is typed"

    field.line.editingFinished.emit()
    field.line.editingFinished.emit()

    assert said == [f"Date of birth: {field.error}"]


def test_a_passphrase_that_differs_is_said(
    closed_frame: Frame, look: Theme, said: list[str]
) -> None:
    page = PassphrasePage(look, "Choose a passphrase")
    closed_frame.gate.show_page(page)
    choose(page, "seven dull green lamps", "seven dull grey lamps")

    assert said[-1] == "The same again: This differs from the first"


def test_the_finder_says_what_enter_would_choose(window: MainWindow, said: list[str]) -> None:
    window.show_visit(window.desk.sample_visit())
    window.run("finder")
    finder = cast("Finder", sheet_of(window))
    said.clear()
    line = finder.search.control
    QTest.keyClicks(line, "phra")
    assert said[-1] == finder.list.item(0).text()
    assert len(said) == len(set(said)), "not the same again with every letter"
    QTest.keyClick(line, Qt.Key.Key_Down)
    assert said[-1] == finder.list.item(1).text()

    QTest.keyClicks(line, "zes")
    assert finder.search.help() in said[-1]
    assert NEAR in said[-1] or finder.list.count() == 1
    finder.close()


def test_the_start_page_says_whom_enter_opens(window: MainWindow, said: list[str]) -> None:
    make_last(window.desk)
    window.show_start()
    line = cast("QLineEdit", window.start.search.control)
    assert said == []
    QTest.keyClicks(line, "Ma")
    (row,) = window.start.found.rows
    (told,) = said
    assert told.startswith(f"{row.button.accessibleName()}: "), "not again with every letter"
    QTest.keyClicks(line, "x")
    assert said[-1].startswith("No match.")
    said.clear()
    line.clear()
    assert said == []


def test_treating_today_that_is_refused_is_said(window: MainWindow, said: list[str]) -> None:
    visit = window.desk.sample_visit()
    window.show_visit(replace(visit, plan=replace(visit.plan, first_session=None), panel="plan"))
    panel = workspace_of(window).panel
    assert isinstance(panel, PlanPanel)
    said.clear()
    panel.treat_today.click()

    assert said == [panel.refusal.text()]


@pytest.mark.parametrize("kind", ["treatment", "review", "addendum"])
def test_what_is_signed_says_so_and_leaves_the_keyboard_somewhere(
    window: MainWindow, said: list[str], qtbot: QtBot, kind: str
) -> None:
    """Every field was shut, and nothing had the keyboard: Tab and a screen reader were lost."""
    last = make_last(window.desk)
    patient = window.desk.patients.open(last.patient_id)
    begun = window.desk.begin_after(kind, window.desk.settings, patient, last, 0)
    if kind == "treatment":
        told = replace(begun.treatment or Treatment(), treated=False)
        begun = replace(begun, treatment=told)
    review = Review(changes="Softer", decision="continue") if kind == "review" else None
    window.show_visit(replace(begun, review=review, addendum="Redness", panel="after"))
    session, panel = workspace_of(window).session, workspace_of(window).panel
    QApplication.processEvents()
    window.run("sign")
    qtbot.waitUntil(lambda: session.locked, timeout=20_000)

    def has_keys() -> bool:
        field = QApplication.focusWidget()
        return field is not None and field.isEnabled() and field.isVisible()

    qtbot.waitUntil(has_keys)
    assert said[-1] == panel.lead.text()
    assert said[-1].startswith("Signed and locked")


def test_a_failure_to_save_is_said(window: MainWindow, said: list[str]) -> None:
    window.begin_visit(Patient(name="Ada Berg"))
    footer = workspace_of(window).footer
    said.clear()
    footer.show_save_failed(ConsultError("The disk is full", "Free some space."))

    assert said == ["Not saved: The disk is full. Free some space."]


def test_without_a_backup_the_keyboard_is_where_one_is_looked_for(
    frame: Frame, open_sheet: OpenSheet, qtbot: QtBot, said: list[str]
) -> None:
    """It was on the sheet itself, with nothing said and nothing ringed."""
    open_sheet().choose_backup()
    sheet = find(frame, RestoreSheet)
    finish(sheet, qtbot)

    assert sheet.elsewhere.hasFocus()
    assert NONE in said


def test_a_sheet_that_opens_on_a_button_says_what_it_is_about(window: MainWindow) -> None:
    """*Done* was all that was heard of the help for a field."""
    window.begin_visit(Patient(name="Ada Berg"))
    window.run("panel:goals")
    workspace_of(window).panel.focus_first()
    QApplication.processEvents()
    window.run("help")
    sheet = sheet_of(window)
    assert sheet.accessibleDescription().startswith("In the patient's own words.")
    sheet.close()

    window.run("sign")
    about = sheet_of(window).accessibleDescription()
    assert about.startswith("Nothing was changed.")
    sheet_of(window).close()
    window.run("file_away")
    assert "Ada Berg" in sheet_of(window).accessibleDescription()
    sheet_of(window).close()
    window.tell(ConsultError("The disk is full", "Free some space."))
    assert sheet_of(window).accessibleDescription() == "The disk is full. Free some space."


def test_a_menu_opened_by_a_key_begins_at_its_first_line(frame: Frame, qtbot: QtBot) -> None:
    """It opened in silence: only the next key was heard."""
    room = room_of(frame)
    room.start.focus_first()
    for key, begins in ((True, True), (False, False)):
        if key:
            QTest.keyClick(frame, Qt.Key.Key_F10)
        else:
            QTest.mouseClick(room.start, Qt.MouseButton.LeftButton)
            room.run("menu")
        menu = room.sheets._menu
        qtbot.waitUntil(menu.isVisible)
        assert (menu.activeAction() is menu.actions()[0]) is begins
        menu.close()
