"""What somebody has to look at after an import stands there when it is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from consult_app import record
from consult_app.gui.custody.import_sheet import ImportSheet
from consult_app.gui.frame import Frame
from tests.custody.clinic import Person
from tests.gui.conftest import OpenSheet
from tests.gui.test_records_as_a_whole import find, finish, keys_of
from tests.sealed import PASSPHRASE


def test_who_somebody_is_otherwise_is_told_before_and_after(
    frame: Frame, open_sheet: OpenSheet, qtbot: QtBot, home: Path, people: list[Person]
) -> None:
    archive, ada = home / "out.zip", people[0].patient
    sheet = open_sheet()
    sheet.export_to(archive)
    finish(sheet, qtbot)
    other = replace(ada, date_of_birth=date(1901, 1, 1))
    earlier = datetime(2000, 1, 1, tzinfo=UTC)
    keys_of(frame).patients.save(ada.id, record.write(other, full=True), earlier)
    sheet.take_in.click()
    taking = find(frame, ImportSheet)
    assert not taking.after.isVisible()
    taking.look_at(archive)
    finish(taking, qtbot)
    told = f"{ada.name}: date of birth becomes "
    assert told in taking.changes.text()
    assert not taking.after.isVisible()

    QTest.keyClicks(taking.secret.line, PASSPHRASE)
    taking.go.click()
    finish(taking, qtbot)

    assert "came in" in taking.notice.text()
    assert taking.after.isVisible()
    assert told in taking.more.text()
