"""The records as a whole, in the window: restored, exported, imported, and a patient erased."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from threading import Event
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from consult_app.gui.custody.import_sheet import ImportSheet
from consult_app.gui.custody.long_sheet import LongSheet
from consult_app.gui.custody.records_sheet import RecordsSheet
from consult_app.gui.custody.restore_sheet import RestoreSheet, Wish
from consult_app.gui.dialogs import MessageDialog
from consult_app.gui.frame import Frame
from consult_app.gui.gate.restoring import RestorePage
from consult_app.gui.gate.unlock import UnlockPage
from consult_app.gui.gate.welcome import WelcomePage
from consult_app.store.backup import list_backups, make_backup
from consult_app.store.replaced import find_replaced
from consult_app.store.unlocking import SealedStore
from consult_app.store.watching import Watch
from tests.commands.conftest import damage
from tests.custody.clinic import Person, fill
from tests.gui.conftest import Clock, OpenSheet, room_of
from tests.gui.test_frame import begin
from tests.gui.test_gate import give, page_of, wait_for_work
from tests.sealed import MADE_AT, PASSPHRASE, Sealed

Kind = TypeVar("Kind", bound=QDialog)


def find(frame: Frame, kind: type[Kind]) -> Kind:
    """Return the sheet of a kind that is shown."""
    (found,) = [it for it in frame.findChildren(kind) if it.isVisible()]
    return found


def finish(sheet: LongSheet, qtbot: QtBot) -> None:
    """Wait for the work itself, however long it takes, then for its end to be told."""
    sheet.tasks.wait()
    qtbot.waitUntil(lambda: not sheet.busy.text())


def names_of(frame: Frame) -> list[str]:
    return sorted(it.name for it in room_of(frame).desk.patients.find("", 50))


def restore_last(frame: Frame, sheet: RecordsSheet, qtbot: QtBot) -> RestoreSheet:
    """Choose the newest backup and type the passphrase."""
    sheet.restore.click()
    chosen = find(frame, RestoreSheet)
    finish(chosen, qtbot)
    chosen.listed.rows[0].button.click()
    QTest.keyClicks(chosen.secret.line, PASSPHRASE)
    return chosen


def wait_restored(frame: Frame, chosen: RestoreSheet, qtbot: QtBot) -> None:
    """Wait until the passphrase was tried, the backup restored, and the records opened again."""
    chosen.tasks.wait()
    qtbot.waitUntil(lambda: frame.room is None)
    frame.gate.tasks.wait()
    wait_for_work(frame, qtbot)


def go_back(frame: Frame, sheet: RecordsSheet, qtbot: QtBot) -> None:
    """Go back to the records before a restore, and unlock them."""
    sheet.decision.back.click()
    assert frame.room is not None, "what was entered since would be gone at one press"
    assert "since the restore is then gone" in sheet.decision.asked.text()
    sheet.decision.sure.click()
    frame.gate.tasks.wait()
    qtbot.waitUntil(lambda: frame.room is None and not frame.gate.page.busy.text())
    page = page_of(frame, UnlockPage)
    QTest.keyClicks(page.secret.line, PASSPHRASE)
    QTest.keyClick(page.secret.line, Qt.Key.Key_Return)
    wait_for_work(frame, qtbot)


def test_a_backup_is_restored_and_the_records_before_come_back_when_asked(
    frame: Frame, open_sheet: OpenSheet, qtbot: QtBot, people: list[Person], clock: Clock
) -> None:
    sheet = open_sheet()
    sheet.make.click()
    finish(sheet, qtbot)
    sheet.accept()
    frame.absence.end()  # a clock that leaps looks like a computer that slept
    clock.move(60)
    begin(room_of(frame), "Later Patient").session.set("patient.record_number", "K-9")
    sheet = open_sheet()

    chosen = restore_last(frame, sheet, qtbot)
    assert chosen.second.isVisible()
    assert "patients: 3" in chosen.words.text()
    assert "15 Jun 2026 10:00" in chosen.listed.rows[0].button.accessibleName()
    assert "read back" in chosen.listed.rows[0].button.accessibleDescription()
    assert "until you have looked and say which to keep" in chosen.lead.text()
    chosen.go.click()
    wait_restored(frame, chosen, qtbot)

    assert names_of(frame) == sorted(it.patient.name for it in people)
    told = [it for it in frame.findChildren(MessageDialog) if it.isVisible()]
    assert told == [], "the visit that was open is not in the backup, and that is no fault"
    (entry,) = [it for it in keys_of(frame).audit.entries() if it.action == "store.restored"]
    assert entry.who == "GMC-0000000"
    sheet = open_sheet()
    assert sheet.decision.isVisible()
    assert "Those they replaced are still there" in words_of(sheet)
    sheet.restore.click()
    assert "not confirmed yet" in sheet.notice.text(), "one at a time"
    frame.absence.end()
    clock.move(60)
    sheet.make.click()  # as is done when the window is closed
    finish(sheet, qtbot)

    go_back(frame, sheet, qtbot)
    assert "Later Patient" in names_of(frame)
    with qtbot.waitSignal(frame.upkeep.reminded) as reminded:
        frame.upkeep.remind()
    reminders = [it.text for it in reminded.args[0]]
    assert not any("work that these records do not have" in it for it in reminders), "on purpose"


def keys_of(frame: Frame) -> SealedStore:
    assert frame._opened is not None
    assert frame._opened.keys is not None
    return frame._opened.keys


def words_of(sheet: QDialog) -> str:
    from tests.gui.test_gate import words_of as read  # noqa: PLC0415 - named like this one

    return read(sheet)


def test_restored_records_are_kept_for_good(
    frame: Frame, open_sheet: OpenSheet, qtbot: QtBot, home: Path
) -> None:
    sheet = open_sheet()
    sheet.make.click()
    finish(sheet, qtbot)
    chosen = restore_last(frame, sheet, qtbot)
    chosen.go.click()
    wait_restored(frame, chosen, qtbot)

    sheet = open_sheet()
    sheet.decision.keep.click()
    assert sheet.focusWidget() is sheet.decision.not_yet, "Enter removes nothing"
    sheet.decision.not_yet.click()
    assert sheet.focusWidget() is sheet.decision.keep
    assert find_replaced(home / "records") is not None, "nothing goes at one press"
    sheet.decision.keep.click()
    sheet.decision.sure.click()
    finish(sheet, qtbot)

    assert "gone for good" in sheet.notice.text()
    assert not sheet.decision.isVisible()
    assert find_replaced(home / "records") is None
    assert len(list((home / "records").glob("records-*.sqlite"))) == 1


def test_a_restore_with_a_wrong_passphrase_never_closes_the_records(
    frame: Frame, open_sheet: OpenSheet, qtbot: QtBot
) -> None:
    sheet = open_sheet()
    sheet.make.click()
    finish(sheet, qtbot)
    chosen = restore_last(frame, sheet, qtbot)
    QTest.keyClicks(chosen.secret.line, "and more")
    chosen.go.click()
    finish(chosen, qtbot)

    assert "does not open the records" in chosen.notice.text()
    assert "Nothing was changed" in chosen.notice.text()
    assert room_of(frame).isVisible()


def test_a_restore_that_is_stopped_leaves_the_records_as_they_were(
    frame: Frame,
    open_sheet: OpenSheet,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    people: list[Person],
) -> None:
    sheet = open_sheet()
    sheet.make.click()
    finish(sheet, qtbot)
    real, pressed = frame.gate.access.restore, Event()

    def restore(wish: Wish, watch: Watch) -> object:
        pressed.wait()
        return real(wish, watch)

    monkeypatch.setattr(frame.gate.access, "restore", restore)
    chosen = restore_last(frame, sheet, qtbot)
    chosen.go.click()
    chosen.tasks.wait()
    qtbot.waitUntil(lambda: isinstance(frame.gate.page, RestorePage))
    page_of(frame, RestorePage).onward.click()
    pressed.set()
    frame.gate.tasks.wait()
    qtbot.waitUntil(lambda: isinstance(frame.gate.page, UnlockPage))
    page = page_of(frame, UnlockPage)
    assert "Stopped, as you asked" in page.notice.text()
    assert "nothing was changed" in page.notice.text()

    QTest.keyClicks(page.secret.line, PASSPHRASE)
    QTest.keyClick(page.secret.line, Qt.Key.Key_Return)
    wait_for_work(frame, qtbot)
    assert names_of(frame) == sorted(it.patient.name for it in people)
    assert not open_sheet().decision.isVisible()


@pytest.mark.parametrize("state", ["a new computer", "a damaged file"])
def test_a_backup_comes_back_where_no_records_can_be_opened(
    closed_frame: Frame, qtbot: QtBot, home: Path, sealed: Sealed, state: str
) -> None:
    with sealed.open(home) as store:
        people = fill(store, 2)
        (home / "backups").mkdir()
        make_backup(store, home / "backups", at=MADE_AT)
    if state == "a new computer":
        shutil.rmtree(home / "records")
        closed_frame.gate.begin()
        page_of(closed_frame, WelcomePage).restore.click()
    else:
        (path,) = (home / "records").glob("records-*.sqlite")
        path.write_bytes(b"no database at all" * 300)
        closed_frame.gate.begin()
        page = page_of(closed_frame, UnlockPage)
        give(page, PASSPHRASE)
        closed_frame.gate.tasks.wait()
        qtbot.waitUntil(lambda: page.notice.text() != "")
        page.notice.acted.emit()
    chosen = find(closed_frame, RestoreSheet)
    finish(chosen, qtbot)
    chosen.listed.rows[0].button.click()
    QTest.keyClicks(chosen.secret.line, PASSPHRASE)
    chosen.go.click()
    chosen.tasks.wait()
    qtbot.waitUntil(lambda: isinstance(closed_frame.gate.page, RestorePage))
    closed_frame.gate.tasks.wait()
    wait_for_work(closed_frame, qtbot)

    assert names_of(closed_frame) == sorted(it.patient.name for it in people)


def test_everything_is_exported_with_a_warning_that_it_can_be_read(
    open_sheet: OpenSheet, qtbot: QtBot, tmp_path: Path, people: list[Person]
) -> None:
    sheet = open_sheet()
    assert "not encrypted" in words_of(sheet)
    sheet.export_to(tmp_path / "out.zip")
    finish(sheet, qtbot)

    assert "Patients: 3" in sheet.notice.text()
    assert "not encrypted" in sheet.notice.text()
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        text = "".join(archive.read(it).decode("latin-1") for it in archive.namelist())
    assert all(it.patient.id in text for it in people)
    assert "consult-case/1" in json.dumps(text)


def test_one_patient_is_exported_from_their_page_and_nobody_else(
    frame: Frame, qtbot: QtBot, tmp_path: Path, people: list[Person]
) -> None:
    room, one = room_of(frame), people[1].patient
    room.reception.show_patient(one.id)
    QTest.keyClick(room.reception.person.export, Qt.Key.Key_Space)
    sheet = find(frame, RecordsSheet)
    chosen = find(frame, QFileDialog)
    assert "2026" in chosen.windowFilePath() + " ".join(chosen.selectedFiles())
    assert one.name not in " ".join(chosen.selectedFiles())
    chosen.fileSelected.emit(str(tmp_path / "one.zip"))
    finish(sheet, qtbot)

    assert "Patients: 1" in sheet.notice.text()
    assert ", unfinished: " in sheet.notice.text()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert json.loads(archive.read("manifest.json"))["patient"] == one.id
        text = "".join(archive.read(it).decode("latin-1") for it in archive.namelist())
    assert one.id in text
    assert not any(it.patient.id in text for it in people if it.patient is not one)


def test_an_export_names_what_it_could_not_read(
    open_sheet: OpenSheet, qtbot: QtBot, tmp_path: Path, home: Path
) -> None:
    damage(home / "records", next((home / "records").glob("records-*.sqlite")).name)
    sheet = open_sheet()
    sheet.export_to(tmp_path / "out.zip")
    finish(sheet, qtbot)

    assert "1 could not be read and are not in it: consultations" in sheet.notice.text()
    assert zipfile.is_zipfile(tmp_path / "out.zip"), "the others are in it"


def test_an_export_to_a_folder_that_is_gone_writes_nothing(
    open_sheet: OpenSheet, qtbot: QtBot, tmp_path: Path
) -> None:
    sheet = open_sheet()
    sheet.export_to(tmp_path / "gone" / "out.zip")
    finish(sheet, qtbot)

    assert "Check that the folder exists; nothing was written" in sheet.notice.text()
    assert list(tmp_path.iterdir()) == []


def test_an_import_shows_what_would_change_and_then_does_it(
    frame: Frame, open_sheet: OpenSheet, qtbot: QtBot, home: Path, people: list[Person]
) -> None:
    archive = home / "out.zip"
    sheet = open_sheet()
    sheet.export_to(archive)
    finish(sheet, qtbot)
    gone = people[0].patient
    keys = keys_of(frame)
    for visit in people[0].visits:
        (keys.consultations if visit.state == "signed" else keys.drafts).discard(visit.id)
    keys.patients.discard(gone.id)
    assert gone.name not in names_of(frame)

    begin(room_of(frame))
    sheet.take_in.click()
    assert room_of(frame).workspace is None, "an open visit is closed first"
    taking = find(frame, ImportSheet)
    taking.look_at(archive)
    finish(taking, qtbot)
    assert "Patients: 1 added" in taking.changes.text()
    assert "Patients: 2 here already" in taking.changes.text()
    QTest.keyClicks(taking.secret.line, "wrong but long enough")
    taking.go.click()
    finish(taking, qtbot)
    assert "does not open the records" in taking.notice.text()
    assert gone.name not in names_of(frame)

    taking.secret.clear()
    QTest.keyClicks(taking.secret.line, PASSPHRASE)
    taking.go.click()
    finish(taking, qtbot)
    assert "came in" in taking.notice.text()
    assert gone.name in names_of(frame)
    assert len(list_backups(home / "backups")) == 1, "made before anything came in"


def test_a_file_that_is_no_export_is_told(
    frame: Frame, open_sheet: OpenSheet, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "other.zip").write_bytes(b"PK but nothing else")
    open_sheet().take_in.click()
    taking = find(frame, ImportSheet)
    assert taking.focusWidget() is taking.choose, "Enter chooses a file"
    taking.look_at(tmp_path / "other.zip")
    finish(taking, qtbot)

    assert "Nothing was changed" in taking.notice.text()
    assert taking.notice.text().endswith("The archive: no zip file, or cut short.")
    assert not taking.second.isVisible()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"format": "consult-case/1"}', "Open case file on the start page opens it."),
        (b"", "The file: empty."),
    ],
)
def test_a_file_of_another_kind_is_told_with_what_takes_it(
    frame: Frame, open_sheet: OpenSheet, qtbot: QtBot, tmp_path: Path, data: bytes, said: str
) -> None:
    (tmp_path / "other.json").write_bytes(data)
    open_sheet().take_in.click()
    taking = find(frame, ImportSheet)
    taking.look_at(tmp_path / "other.json")
    finish(taking, qtbot)

    assert taking.notice.text().startswith("This is no export of records. Nothing was changed.")
    assert taking.notice.text().endswith(said)
