"""Erasing a patient in the window: who, whether it may be, why, and the certificate."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from consult_app.gui.custody.erase_sheet import DONE, EraseSheet
from consult_app.gui.custody.long_sheet import LongSheet
from consult_app.gui.frame import Frame
from tests.custody.clinic import Person
from tests.gui.conftest import OpenSheet, room_of
from tests.gui.test_gate import words_of
from tests.gui.test_records_as_a_whole import find, finish, keys_of, names_of
from tests.gui.test_room import look_over
from tests.sealed import PASSPHRASE


def choose_patient(sheet: EraseSheet, person: Person, qtbot: QtBot) -> None:
    sheet.search.line.clear()
    qtbot.waitUntil(sheet.search.line.hasFocus)
    QTest.keyClicks(sheet.search.line, person.patient.record_number)
    QTest.keyClick(sheet.search.line, Qt.Key.Key_Return)
    finish(sheet, qtbot)


def press_enter_in_each(sheet: EraseSheet) -> None:
    for field in (sheet.reason.line, sheet.confirmation.line, sheet.secret.line):
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert sheet.focusWidget() is sheet.go, "it leads on"


def test_a_patient_is_erased_with_reason_name_and_passphrase(
    frame: Frame, open_sheet: OpenSheet, qtbot: QtBot, tmp_path: Path, people: list[Person]
) -> None:
    person = people[1]
    sheet = open_sheet()
    QTest.keyClicks(sheet.retention.years.line, "0")
    before = sheet.retention.keep.geometry()
    sheet.retention.keep.click()
    qtbot.waitUntil(lambda: "Set to 0" in sheet.retention.said.text())
    said, keep = sheet.retention.said.geometry(), sheet.retention.keep.geometry()
    assert keep.top() < said.center().y() < keep.bottom(), "seen wherever the button is"
    assert keep == before, "it stays under the pointer"
    sheet.erase.click()
    choose_patient(erasing := find(frame, EraseSheet), person, qtbot)
    assert "may be erased" in erasing.verdict.text()
    assert not re.search(r"\b1 \w+ ?\w*s\b|\d-\d\d-\d", erasing.verdict.text()), "plain English"

    def order(reason: str, name: str, secret: str) -> None:
        for line, text in (
            (erasing.reason.line, reason),
            (erasing.confirmation.line, name),
            (erasing.secret.line, secret),
        ):
            line.clear()
            QTest.keyClicks(line, text)
        erasing.go.click()
        finish(erasing, qtbot)

    name = person.patient.name
    order("", name, PASSPHRASE)
    assert "kept in writing" in erasing.reason.error
    order(f"{name} asked for it", name, PASSPHRASE)
    assert "names the patient" in erasing.reason.error
    order("asked for it", people[0].patient.name, PASSPHRASE)
    assert "Nothing was changed" in erasing.confirmation.error
    order("asked for it", name, "wrong but long enough")
    assert "does not open the records" in erasing.notice.text()
    press_enter_in_each(erasing)
    assert name in names_of(frame)

    order("asked for it", name, PASSPHRASE)
    assert name not in names_of(frame)
    assert "nothing speaks of this patient any more" in erasing.certificate
    assert erasing.notice.text() == DONE, "it promises no more than the certificate"
    assert name not in erasing.certificate
    assert not re.search(r"\d-\d\d-\d|\b1 \w+s\b", erasing.certificate), "plain English"
    assert name not in words_of(erasing)
    erasing.save_certificate(tmp_path / "certificate.txt")
    assert (tmp_path / "certificate.txt").read_text(encoding="utf-8").strip() == (
        erasing.certificate
    )
    (entry,) = [it for it in keys_of(frame).audit.entries() if it.action == "patient.erased"]
    assert entry.who == "GMC-0000000"


@pytest.mark.parametrize(
    ("years", "sentence"),
    [(None, "How long records have to be kept is not set"), (8, "cannot be erased yet")],
)
def test_a_record_that_has_to_be_kept_is_refused_in_writing(
    frame: Frame,
    open_sheet: OpenSheet,
    qtbot: QtBot,
    people: list[Person],
    years: int | None,
    sentence: str,
) -> None:
    room_of(frame).change_keeping(retention_years=years)
    open_sheet().erase.click()
    erasing = find(frame, EraseSheet)
    choose_patient(erasing, people[0], qtbot)

    told = erasing.notice.text() + erasing.verdict.text()
    assert sentence in told
    assert ("Records and backup > How long records are kept" in told) is (years is None)
    assert "settings.toml" not in told, "a practitioner writes it in the window"
    assert not erasing.go.isVisible()
    assert people[0].patient.name in names_of(frame)


def shown(frame: Frame) -> list[LongSheet]:
    return [it for it in frame.findChildren(LongSheet) if it.isVisible()]


@pytest.mark.parametrize(
    ("task", "title"),
    [
        ("restore", "Restore a backup"),
        ("import", "Import records"),
        ("erase", "Erase a patient"),
    ],
)
def test_each_task_is_a_command_of_its_own_and_has_room(
    frame: Frame, open_sheet: OpenSheet, qtbot: QtBot, task: str, title: str
) -> None:
    open_sheet().accept()
    frame._theme.set_text_percent(130)
    room_of(frame).run(f"records:{task}")
    (sheet,) = [it for it in shown(frame) if it.windowTitle() == title]
    finish(sheet, qtbot)
    assert look_over(sheet, task) == []


def test_nobody_is_named_behind_a_lock(
    frame: Frame, open_sheet: OpenSheet, qtbot: QtBot, people: list[Person]
) -> None:
    room_of(frame).change_keeping(retention_years=0)
    open_sheet().erase.click()
    erasing = find(frame, EraseSheet)
    choose_patient(erasing, people[0], qtbot)
    QTest.keyClicks(erasing.confirmation.line, people[0].patient.name)

    frame.lock()

    assert not [it for it in frame.findChildren(QDialog) if it.isVisible()]
    assert erasing.confirmation.text() == ""
    assert not erasing.found.rows


def test_the_window_takes_the_keyboard_back_from_sheets_that_a_lock_hides(
    frame: Frame, open_sheet: OpenSheet, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Openbox gave it to the lower of two sheets, which was gone: no key did anything."""
    open_sheet().erase.click()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is not None)
    taken: list[bool] = []
    monkeypatch.setattr(frame, "activateWindow", lambda: taken.append(True))

    frame.lock()

    assert taken == [True]
