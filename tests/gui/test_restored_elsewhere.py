"""A backup restored on another computer brings the records, and no settings of the practice."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from consult_app.gui.custody.reminders import UNSET
from consult_app.gui.custody.restore_sheet import RestoreSheet
from consult_app.gui.frame import Frame
from consult_app.gui.gate.restoring import RestorePage
from consult_app.gui.gate.welcome import WelcomePage
from consult_app.gui.practice.sheet import PracticeSheet
from consult_app.store.backup import make_backup
from tests.custody.clinic import fill
from tests.gui.conftest import room_of
from tests.gui.test_gate import page_of, wait_for_work
from tests.gui.test_records_as_a_whole import find, finish
from tests.sealed import MADE_AT, PASSPHRASE, Sealed


def test_the_settings_that_a_backup_lacks_are_asked_for_on_a_new_computer(
    closed_frame: Frame, qtbot: QtBot, home: Path, sealed: Sealed
) -> None:
    """A clinic's stricter numbers were gone, and nothing said that others judged."""
    with sealed.open(home) as store:
        fill(store, 2)
        (home / "backups").mkdir()
        make_backup(store, home / "backups", at=MADE_AT)
    shutil.rmtree(home / "records")
    closed_frame.gate.begin()
    page_of(closed_frame, WelcomePage).restore.click()
    chosen = find(closed_frame, RestoreSheet)
    finish(chosen, qtbot)
    assert "are in no backup" in chosen.lead.text()
    chosen.listed.rows[0].button.click()
    QTest.keyClicks(chosen.secret.line, PASSPHRASE)
    chosen.go.click()
    chosen.tasks.wait()
    qtbot.waitUntil(lambda: isinstance(closed_frame.gate.page, RestorePage))
    closed_frame.gate.tasks.wait()
    wait_for_work(closed_frame, qtbot)
    room = room_of(closed_frame)
    room.sheets.hide()
    listed = room.start.reminders
    qtbot.waitUntil(lambda: UNSET in [it.text() for it in listed.notices])
    (notice,) = [it for it in listed.notices if it.text() == UNSET]

    notice.acted.emit()

    (sheet,) = [it for it in closed_frame.findChildren(PracticeSheet) if it.isVisible()]
    assert sheet.isModal()
    practice = replace(room.desk.settings.practice, clinic_name="Lumen")
    room.desk.save_settings(replace(room.desk.settings, practice=practice))
    with qtbot.waitSignal(closed_frame.upkeep.reminded) as reminded:
        closed_frame.upkeep.remind()
    assert UNSET not in [it.text for it in reminded.args[0]]
