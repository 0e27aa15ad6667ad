"""What can be read of a damaged backup is restored in the window, and the loss is named."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from consult_app.gui.custody.backups import write_moment
from consult_app.gui.custody.restore_sheet import RestoreSheet
from consult_app.gui.frame import Frame
from consult_app.gui.gate.restoring import RestorePage
from consult_app.gui.gate.welcome import WelcomePage
from consult_app.store.backup import make_backup
from consult_app.store.manifest import Backup
from tests.commands.conftest import damage
from tests.custody.clinic import Person, fill
from tests.gui.conftest import OpenSheet
from tests.gui.test_gate import page_of, wait_for_work
from tests.gui.test_records_as_a_whole import find, finish, keys_of, names_of
from tests.sealed import MADE_AT, PASSPHRASE, Sealed


def test_a_backup_of_damaged_records_says_so(
    frame: Frame, open_sheet: OpenSheet, qtbot: QtBot, home: Path, people: list[Person]
) -> None:
    damage(home / "records", keys_of(frame).keys.file)
    sheet = open_sheet()
    sheet.make.click()
    finish(sheet, qtbot)
    told = sheet.notice.text()
    assert told.startswith(f"Backed up and read back (patients: {len(people)}, ")
    assert "What is damaged in the records is damaged in it too. 1 damaged: consultations " in told


def keep_backup(home: Path, sealed: Sealed) -> tuple[list[Person], Backup]:
    """Keep two people and make a backup of them."""
    with sealed.open(home) as store:
        people = fill(store, 2)
        (home / "backups").mkdir()
        return people, make_backup(store, home / "backups", at=MADE_AT)


def test_the_list_begins_at_the_newest_backup_that_is_whole(
    frame: Frame, open_sheet: OpenSheet, qtbot: QtBot, home: Path, people: list[Person]
) -> None:
    """The newest held the damage, and stood first without a word."""
    assert people
    keys, target = keys_of(frame), home / "backups"
    target.mkdir(exist_ok=True)
    whole = make_backup(keys, target, at=MADE_AT)
    damage(home / "records", keys.keys.file)
    make_backup(keys, target, at=MADE_AT + timedelta(hours=1))
    open_sheet().choose_backup()
    sheet = find(frame, RestoreSheet)
    finish(sheet, qtbot)

    assert "The newest one to take is of " in sheet.notice.text()
    assert write_moment(whole.at) in sheet.notice.text()
    newest, older = sheet.listed.rows[:2]
    assert "1 damaged in the records when it was made" in newest.button.accessibleDescription()
    qtbot.waitUntil(lambda: sheet.focusWidget() is older.button)


def choose_newest(frame: Frame, qtbot: QtBot) -> RestoreSheet:
    """Choose the newest backup where there are no records yet."""
    frame.gate.begin()
    page_of(frame, WelcomePage).restore.click()
    sheet = find(frame, RestoreSheet)
    finish(sheet, qtbot)
    sheet.listed.rows[0].button.click()
    return sheet


def restore(frame: Frame, sheet: RestoreSheet, qtbot: QtBot) -> None:
    """Restore what was chosen, to the end of that work."""
    QTest.keyClicks(sheet.secret.line, PASSPHRASE)
    sheet.go.click()
    sheet.tasks.wait()
    qtbot.waitUntil(lambda: isinstance(frame.gate.page, RestorePage))
    frame.gate.tasks.wait()


def test_of_a_damaged_backup_the_rest_comes_back_when_asked_and_the_loss_is_named(
    closed_frame: Frame, qtbot: QtBot, home: Path, sealed: Sealed
) -> None:
    people, backup = keep_backup(home, sealed)
    lost = next(it for it in (backup.folder.parent / "attachments").rglob("*") if it.is_file())
    lost.unlink()
    shutil.rmtree(home / "records")

    def try_it(*, partly: bool) -> None:
        chosen = choose_newest(closed_frame, qtbot)
        assert not chosen.partly.isChecked()
        if partly:
            chosen.partly.click()
        restore(closed_frame, chosen, qtbot)

    try_it(partly=False)
    qtbot.waitUntil(lambda: isinstance(closed_frame.gate.page, WelcomePage))
    told = page_of(closed_frame, WelcomePage).notice.text()
    assert "Part of this backup is damaged, so nothing was restored" in told
    assert "or restore what can be read" in told
    try_it(partly=True)
    wait_for_work(closed_frame, qtbot)
    assert names_of(closed_frame) == sorted(it.patient.name for it in people)
    assert lost.name in {it.id for it in keys_of(closed_frame).damaged()}


def test_a_backup_that_lost_its_description_can_be_chosen(
    closed_frame: Frame, qtbot: QtBot, home: Path, sealed: Sealed
) -> None:
    people, backup = keep_backup(home, sealed)
    (backup.folder / "MANIFEST").write_bytes(b"{}")
    shutil.rmtree(home / "records")
    chosen = choose_newest(closed_frame, qtbot)
    assert "damaged: MANIFEST: not what was written. Choose a whole one" in chosen.words.text()
    assert chosen.partly.isChecked()
    restore(closed_frame, chosen, qtbot)
    wait_for_work(closed_frame, qtbot)
    assert names_of(closed_frame) == sorted(it.patient.name for it in people)
