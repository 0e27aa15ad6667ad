"""Every field of every panel has help of its own, and every text of the table is of a field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from consult_app.domain.entries import LISTS
from consult_app.domain.history import Numbing
from consult_app.domain.treatment import Consumable
from consult_app.gui.custody.erase_sheet import EraseSheet
from consult_app.gui.custody.import_sheet import ImportSheet
from consult_app.gui.custody.records_sheet import RecordsSheet
from consult_app.gui.custody.restore_sheet import RestoreSheet
from consult_app.gui.finding.field_help import Helped, explain_field, find_text
from consult_app.gui.finding.field_texts import TEXTS
from consult_app.gui.finding.field_texts.shared import DETAILS
from consult_app.gui.finding.help_dialog import HelpDialog
from consult_app.gui.frame import Frame
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panel import Panel
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.panels.safety.questions import GROUPS
from consult_app.gui.practice.sheet import PracticeSheet
from consult_app.gui.widgets.answer_row import AnswerRow
from consult_app.gui.widgets.buttons import Button, MenuButton
from consult_app.gui.workspace.identity import IdentitySheet
from consult_app.gui.workspace.reading_order import list_fields
from consult_app.gui.workspace.whereabouts import name_field
from consult_app.gui.zones_field import ZonesField
from consult_app.knowledge.pack.pack import Pack
from tests.custody.clinic import Person
from tests.gui.conftest import OpenSheet, room_of
from tests.gui.test_erase_sheet import choose_patient
from tests.gui.test_records_as_a_whole import find, finish
from tests.gui.touring import make_last, tour, workspace_of

EXPLAIN_THEMSELVES = {
    Button: "it stands on a button what it does",
    QScrollBar: "it takes the keyboard only where there is nothing but text to read",
}
"""What needs no help, and why."""
MOST_SENTENCES = 3
PLACES = ("start", "settings")
"""Pages and sheets with fields that belong to no visit."""
SHEETS = ("details", "records", "restore", "import", "erase")
"""Other sheets with fields."""
PAGE = TEXTS["settings"]["Settings page"]
"""Of what stands above the pages of the settings."""
CHOOSE = (MenuButton, ZonesField)
"""Buttons that open something to choose from are fields all the same."""


def look_up(field: QWidget) -> list[QWidget]:
    """Return a field and what is around it, from inside out."""
    around: list[QWidget] = []
    part: QWidget | None = field
    while part is not None:
        around.append(part)
        part = part.parentWidget()
    return around


def explains_itself(field: QWidget) -> bool:
    """Return whether a field is of a kind that needs no help."""
    chooses = any(isinstance(it, CHOOSE) for it in (field, field.parentWidget()))
    return isinstance(field, tuple(EXPLAIN_THEMSELVES)) and not chooses


def is_screened(pack: Pack, field: QWidget) -> bool:
    """Return whether a field is the answer to a question of which the content says why."""
    row = next((it for it in look_up(field) if isinstance(it, AnswerRow)), None)
    named = row.accessibleName() if row is not None else ""
    question = next((it for it in pack.questions if named in (it.asked_as, it.text)), None)
    return question is not None and explain_field(pack, field)[1][:1] == (question.why,)


def walk(frame: Frame, qtbot: QtBot) -> Iterator[Panel]:
    """Yield every panel of every kind of visit, then those in which all that opens is open."""
    room = frame.room
    assert room is not None
    for _ in tour(frame, qtbot.waitUntil):
        if room.workspace is not None and room.workspace.panel is not None:
            yield room.workspace.panel
    yield from open_questions(room)
    yield open_treatment(room)


def open_questions(room: MainWindow) -> Iterator[Panel]:
    """Answer every question of the sample visit with Yes, name all there is, and go through it."""
    room.show_visit(replace(room.desk.sample_visit(), panel="safety"))
    workspace = workspace_of(room)
    session, pack = workspace.session, room.desk.pack
    with session.one_step():
        for code in pack.vocabulary.code:
            for name in (it for it in LISTS if it == code.list and code.asked_by):
                session.add_entry(name, code.id)
        for question in pack.questions:
            session.answer(question.id, "yes")
        session.set("plan.numbing", Numbing(product="none"))  # no pack says how much of it
    QApplication.processEvents()
    for step in workspace.steps:
        room.run(f"panel:{step.id}")
        panel = workspace.panel
        if isinstance(panel, SafetyPanel):
            for group, _ in GROUPS:
                panel.show_group(group)
        yield panel


def open_treatment(room: MainWindow) -> Panel:
    """Begin a treatment record in which a further product is named."""
    last = make_last(room.desk)
    patient = room.desk.patients.open(last.patient_id)
    room.show_visit(room.desk.begin_after("treatment", room.desk.settings, patient, last, 0))
    room.run("panel:treated")
    workspace_of(room).session.set("treatment.products", (Consumable(name="Saline"),))
    return workspace_of(room).panel


def test_every_field_has_help_and_every_help_a_field(frame: Frame, qtbot: QtBot) -> None:
    told, silent = set(), set()
    for panel in walk(frame, qtbot):
        for field in list_fields(panel):
            text = find_text(look_up(field))
            lines = explain_field(panel.desk.pack, field)[1]
            if text in lines:
                told.add((panel.step, text))
            elif not explains_itself(field) and not is_screened(panel.desk.pack, field):
                silent.add(f"{panel.step}: {name_field(panel, field)}")

    assert silent == set()
    texts = {(step, text) for step, named in TEXTS.items() for text in named.values()}
    texts = {(step, text) for step, text in texts if step not in (*PLACES, *SHEETS)}
    missed = {text for step, text in texts - told if step != "recheck"}
    missed |= {text for step, text in texts - told if text not in DETAILS.values()}
    assert missed == set()


def test_every_field_of_the_start_page_and_of_the_settings_has_help(window: MainWindow) -> None:
    """F1 told only the keys there."""
    window.run("settings")
    (sheet,) = window.findChildren(PracticeSheet)
    for fold in sheet.limits.folds.values():
        fold.button.click()
    told, silent = set(), set()
    pages = [sheet._stack.widget(at) for at in range(sheet._stack.count())]
    for page in filter(None, [window.start, *pages]):
        for field in list_fields(page):
            around = look_up(field)
            if text := find_text(around):
                told.add(text)
            elif not explains_itself(field):
                silent.add(field.accessibleName())

    assert silent == set()
    assert {text for name in PLACES for text in TEXTS[name].values()} - told <= {PAGE}


def test_f1_tells_of_a_field_of_the_settings_above_them(window: MainWindow, qtbot: QtBot) -> None:
    window.run("settings")
    (sheet,) = window.findChildren(PracticeSheet)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is sheet)
    sheet.lead_to("clinic_phone")
    field = QApplication.focusWidget()
    assert field is not None

    QTest.keyClick(field, Qt.Key.Key_F1)

    (told,) = sheet.findChildren(HelpDialog)
    words = [it.text() for it in told.findChildren(QLabel) if it.text()]
    assert words[:2] == ["Phone", TEXTS["settings"]["Phone"]]
    told.accept()
    assert sheet.isVisible()


def test_every_field_of_the_details_and_of_the_records_has_help(
    frame: Frame, open_sheet: OpenSheet, people: list[Person], qtbot: QtBot
) -> None:
    """F1 did nothing there."""
    told, silent = set(), set()

    def look(sheet: QWidget) -> None:
        assert isinstance(sheet, Helped)
        for field in list_fields(sheet):
            if text := find_text(look_up(field)):
                told.add((sheet.help_place, text))
            elif not explains_itself(field):
                silent.add(f"{sheet.help_place}: {field.accessibleName()}")

    room = room_of(frame)
    room.show_visit(room.desk.sample_visit())
    room.run("identity")
    look(find(frame, IdentitySheet))
    sheet = open_sheet()
    look(sheet)
    sheet.back_up()
    finish(sheet, qtbot)
    sheet.retention.chosen.emit(0)
    sheet.restore.click()
    finish(restoring := find(frame, RestoreSheet), qtbot)
    restoring.listed.rows[0].button.click()
    look(restoring)
    restoring.reject()
    sheet.take_in.click()
    taking = find(frame, ImportSheet)
    for part in (taking.second, taking.secret):
        part.show()  # as where there is something to take in
    look(taking)
    taking.reject()
    sheet.erase.click()
    choose_patient(erasing := find(frame, EraseSheet), people[1], qtbot)
    look(erasing)
    erasing.confirmation.set_label("Type erase to confirm")  # as of who has no name
    look(erasing)

    assert silent == set()
    assert {(it, text) for it in SHEETS for text in TEXTS[it].values()} == told


def test_f1_tells_of_a_field_of_the_records_above_them(
    frame: Frame, open_sheet: OpenSheet, qtbot: QtBot
) -> None:
    sheet = open_sheet()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is sheet)
    field = sheet.key_card.new.line
    field.setFocus()

    QTest.keyClick(field, Qt.Key.Key_F1)

    (told,) = sheet.findChildren(HelpDialog)
    words = [it.text() for it in told.findChildren(QLabel) if it.text()]
    assert words[:2] == ["New passphrase", TEXTS["records"]["New passphrase"]]
    told.accept()
    assert find(frame, RecordsSheet) is sheet


def test_f1_tells_of_a_field_of_the_details_above_them(window: MainWindow, qtbot: QtBot) -> None:
    window.show_visit(window.desk.sample_visit())
    window.run("identity:born")
    (sheet,) = window.findChildren(IdentitySheet)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is sheet)
    field = QApplication.focusWidget()
    assert field is not None

    QTest.keyClick(field, Qt.Key.Key_F1)

    (told,) = sheet.findChildren(HelpDialog)
    words = [it.text() for it in told.findChildren(QLabel) if it.text()]
    assert words[:2] == ["Date of birth", TEXTS["details"]["Date of birth"]]
    told.accept()
    assert sheet.isVisible()


def test_a_text_is_one_to_three_sentences() -> None:
    for named in TEXTS.values():
        for name, text in named.items():
            assert text.endswith("."), name
            assert text.count(". ") < MOST_SENTENCES, name
