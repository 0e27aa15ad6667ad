"""Records and backup in the window: backed up, checked, tried out; keys changed and renewed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from consult_app.gui.access import RECORDS
from consult_app.gui.custody.key_card import CodeDialog
from consult_app.gui.custody.records_sheet import RecordsSheet
from consult_app.gui.dialogs import fit_screen
from consult_app.gui.frame import Frame
from consult_app.gui.gate.code import CodePage
from consult_app.gui.gate.unlock import UnlockPage
from consult_app.store.backup import list_backups
from consult_app.store.key_faults import WrongSecretError
from consult_app.store.manifest import Backup
from consult_app.store.unlocking import unlock_store
from tests.gui.conftest import Clock, room_of
from tests.gui.test_frame import SLOW, begin
from tests.gui.test_gate import give, page_of, type_back, wait_for, wait_for_work
from tests.gui.test_room import look_over
from tests.sealed import PASSPHRASE, Sealed

NEW = "a fresh set of words"


@pytest.fixture
def sheet(frame: Frame) -> RecordsSheet:
    """Records and backup, with one visit in the records."""
    room = room_of(frame)
    begin(room)
    room.show_start()
    room.run("records")
    (found,) = frame.findChildren(RecordsSheet)
    return found


def type_keys(sheet: RecordsSheet, current: str, new: str = NEW) -> None:
    card = sheet.key_card
    for field, text in ((card.current, current), (card.new, new), (card.again, new)):
        QTest.keyClicks(field.line, text)


def test_a_backup_is_made_read_back_and_tried_out(
    sheet: RecordsSheet, qtbot: QtBot, home: Path
) -> None:
    assert "No backup yet" in sheet.last.text()
    assert not sheet.drill.isEnabled()
    assert "lie on this computer" in sheet.outside.text()

    sheet.make.setFocus()
    sheet.make.click()
    assert not isinstance(sheet.focusWidget(), QLineEdit), "nothing is typed into by surprise"
    qtbot.waitUntil(lambda: "read back" in sheet.notice.text(), timeout=SLOW)
    assert sheet.focusWidget() is sheet.make
    assert "Last backup that was read back: 15 Jun 2026 10:00" in sheet.last.text()
    assert (home / "backups").is_dir()

    sheet.drill.click()
    qtbot.waitUntil(lambda: "It is whole" in sheet.notice.text(), timeout=SLOW)
    sheet.check.click()
    qtbot.waitUntil(lambda: "nothing is damaged" in sheet.notice.text(), timeout=SLOW)


def test_the_passphrase_is_changed(
    sheet: RecordsSheet, qtbot: QtBot, frame: Frame, home: Path
) -> None:
    type_keys(sheet, "wrong but long enough")
    sheet.key_card.change.click()
    qtbot.waitUntil(lambda: "does not open" in sheet.key_card.notice.text(), timeout=SLOW)

    sheet.key_card.forget()
    type_keys(sheet, PASSPHRASE)
    sheet.key_card.change.click()
    qtbot.waitUntil(lambda: "new passphrase opens" in sheet.key_card.notice.text(), timeout=SLOW)
    assert sheet.key_card.current.text() == ""
    frame.close()

    with pytest.raises(WrongSecretError):
        unlock_store(home / RECORDS, PASSPHRASE)
    with unlock_store(home / RECORDS, NEW):
        pass


def test_enter_leads_through_the_fields_and_changes_the_passphrase(
    sheet: RecordsSheet, qtbot: QtBot
) -> None:
    """In the last field it did nothing, as if the passphrase had been changed."""
    card = sheet.key_card
    for field, text in ((card.current, PASSPHRASE), (card.new, NEW), (card.again, NEW)):
        field.setFocus()
        QTest.keyClicks(field.line, text)
        QTest.keyClick(field.line, Qt.Key.Key_Return)
        if field is not card.again:
            assert not card.current.line.hasFocus()
            assert card.notice.text() == "", "nothing is begun half typed"

    qtbot.waitUntil(lambda: "new passphrase opens" in card.notice.text(), timeout=SLOW)


def test_a_new_code_takes_the_place_of_the_one_before(
    sheet: RecordsSheet, qtbot: QtBot, frame: Frame, home: Path, sealed: Sealed
) -> None:
    QTest.keyClicks(sheet.key_card.current.line, PASSPHRASE)
    sheet.key_card.code.click()
    qtbot.waitUntil(lambda: bool(sheet.findChildren(CodeDialog)), timeout=SLOW)
    (dialog,) = sheet.findChildren(CodeDialog)
    code = dialog.page.code
    type_back(dialog.page, code)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    sheet.accept()
    frame.close()

    with pytest.raises(WrongSecretError):
        unlock_store(home / RECORDS, sealed.code)
    with unlock_store(home / RECORDS, code) as store:
        assert store.is_code_confirmed


def test_after_a_leak_everything_is_encrypted_anew(
    sheet: RecordsSheet, qtbot: QtBot, frame: Frame, home: Path, sealed: Sealed
) -> None:
    before = {path.name for path in (home / RECORDS).glob("*.sqlite")}
    type_keys(sheet, PASSPHRASE)
    sheet.key_card.renew.click()
    qtbot.waitUntil(lambda: isinstance(frame.gate.page, CodePage), timeout=SLOW)
    page = frame.gate.page
    assert isinstance(page, CodePage)
    assert page.code != sealed.code
    type_back(page, page.code)
    wait_for_work(frame, qtbot)

    assert [draft.name for draft in room_of(frame).desk.records.list_drafts()] == ["Ada Berg"]
    frame.close()
    assert not before & {path.name for path in (home / RECORDS).glob("*.sqlite")}


def test_what_is_encrypted_anew_while_nobody_is_here_stays_closed(
    sheet: RecordsSheet, qtbot: QtBot, frame: Frame, home: Path
) -> None:
    """It may take an hour; whoever came by read the code, or took Later and the records."""
    type_keys(sheet, PASSPHRASE)
    sheet.key_card.renew.click()
    frame.absence.noticed.emit("idle")
    qtbot.waitUntil(lambda: isinstance(frame.gate.page, UnlockPage), timeout=SLOW)
    qtbot.waitUntil(lambda: not frame.gate.page.busy.text(), timeout=SLOW)

    assert frame.room is None
    give(page_of(frame, UnlockPage), NEW)
    page = wait_for(frame, qtbot, CodePage)
    assert not page.code, "nobody saw the new one, so another can be made"
    page.back.click()
    qtbot.waitUntil(lambda: isinstance(frame.gate.page, CodePage) and bool(frame.gate.page.code))
    made = page_of(frame, CodePage)
    code = made.code
    type_back(made, code)
    wait_for_work(frame, qtbot)
    frame.close()
    with unlock_store(home / RECORDS, code) as store:
        assert store.is_code_confirmed


def test_a_backup_that_was_taken_away_meanwhile_is_told_of(
    sheet: RecordsSheet, qtbot: QtBot, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    sheet.use_folder(stick)
    sheet.make.click()
    qtbot.waitUntil(lambda: "read back" in sheet.notice.text(), timeout=SLOW)
    stick.rename(tmp_path / "unplugged")

    sheet.drill.click()

    qtbot.waitUntil(lambda: "folder is not there" in sheet.notice.text(), timeout=SLOW)


def test_backups_go_where_they_are_told(
    sheet: RecordsSheet, qtbot: QtBot, frame: Frame, tmp_path: Path
) -> None:
    sheet.use_folder(tmp_path)
    sheet.make.click()
    qtbot.waitUntil(lambda: "read back" in sheet.notice.text(), timeout=SLOW)

    assert not sheet.outside.isVisible()
    assert len(list(tmp_path.iterdir())) == 1
    assert room_of(frame).desk.settings.keeping.backup_folder == str(tmp_path)


def test_closing_makes_a_backup_and_so_do_four_hours(
    frame: Frame, qtbot: QtBot, clock: Clock, home: Path, sealed: Sealed
) -> None:
    begin(room_of(frame))
    frame.absence.end()  # a clock that leaps looks like a computer that slept
    frame.upkeep.look()
    qtbot.waitUntil(lambda: len(list_made(home)) == 1, timeout=SLOW)
    clock.move(60)
    frame.upkeep.look()
    room_of(frame).tasks.wait()
    (first,) = list_made(home)
    assert first.at.minute == 0, "none was due a minute later"
    clock.move(4 * 3600)
    frame.upkeep.look()
    # Of one day the newest stays.
    qtbot.waitUntil(lambda: first.at not in {made.at for made in list_made(home)}, timeout=SLOW)
    (second,) = list_made(home)

    clock.move(60)
    frame.close()

    (last,) = list_made(home)
    assert first.at < second.at < last.at
    assert last.counts["drafts"] == 1
    assert sealed.folder.exists()


def list_made(home: Path) -> list[Backup]:
    folder = home / "backups"
    return [made for made in list_backups(folder) if made.is_sound] if folder.is_dir() else []


def test_a_folder_that_is_gone_keeps_nobody_from_closing(frame: Frame, tmp_path: Path) -> None:
    room_of(frame).change_keeping(backup_folder=str(tmp_path / "unplugged"))

    frame.close()

    assert not frame.isVisible()


def test_locking_takes_the_sheet_away(sheet: RecordsSheet, frame: Frame) -> None:
    QTest.keyClicks(sheet.key_card.current.line, PASSPHRASE)

    QTest.keyClick(sheet, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert frame.gate.isVisible()
    assert not frame.findChildren(RecordsSheet) or not sheet.isVisible()


def test_no_sheet_is_larger_than_the_screen(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    room = dialog.screen().availableGeometry()
    fit_screen(dialog, 300, 200)
    assert (dialog.width(), dialog.height()) == (300, 200)
    fit_screen(dialog, 30_000, 20_000)
    assert dialog.width() <= room.width()
    assert dialog.height() < room.height(), "with room for its title"


def test_everything_has_room(sheet: RecordsSheet) -> None:
    assert look_over(sheet, "records") == []
