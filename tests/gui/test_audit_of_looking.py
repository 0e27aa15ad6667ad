"""Who looked at a record, printed or saved its sheet: the audit tells, by codes and ids."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6 import QtPrintSupport
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from consult_app.gui.frame import Frame
from consult_app.gui.handout import work as handout_work
from consult_app.gui.main_window import MainWindow
from consult_app.store.faults import DiskFullError
from consult_app.store.unlocking import SealedStore
from tests.custody.clinic import Person
from tests.gui.conftest import room_of
from tests.gui.test_frame import begin
from tests.sealed import Sealed

SHEET = b"%PDF-1.7 as it was handed over"
Told = list[tuple[str, tuple[str, ...]]]


class PrintDialog(QDialog):
    """In the place of the system's, which looks for printers."""

    def __init__(self, printer: QtPrintSupport.QPrinter, parent: QWidget) -> None:
        super().__init__(parent)
        self.printer = printer


@pytest.fixture
def room(frame: Frame, people: list[Person]) -> MainWindow:
    assert people
    return room_of(frame)


def told(room: MainWindow, store: SealedStore) -> Told:
    """Return what the audit tells that changed no record, oldest first."""
    room.desk.records.finish_writing()
    entries = reversed(store.audit.entries())
    return [(it.action, it.ids) for it in entries if not (it.before or it.after)]


def test_looking_at_a_patient_and_a_signed_visit_is_told(
    room: MainWindow, store: SealedStore, people: list[Person]
) -> None:
    before = told(room, store)
    patient, visit = people[0].patient, people[0].visits[0]
    room.reception.show_patient(patient.id)
    room.reception.open_visit(visit.id)
    assert told(room, store)[len(before) :] == [
        ("patient.viewed", (patient.id,)),
        (f"{visit.kind}.viewed", (visit.id, patient.id)),
    ]
    room.reception.show_patient("nobody")
    assert told(room, store)[len(before) + 2 :] == [], "there was nothing to see"


def test_an_unfinished_visit_is_left_out(room: MainWindow, store: SealedStore) -> None:
    begun = begin(room).session.visit.id
    room.reception.keep_draft()
    before = told(room, store)
    room.show_start()
    room.reception.open_visit(begun)
    assert told(room, store) == before


def test_a_sheet_that_was_printed_or_saved_is_told_once_it_was(
    room: MainWindow,
    store: SealedStore,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    begun = begin(room).session.visit
    room.show_start()  # what is open stays as it is here
    visit = room.desk.records.sign(replace(begun, state="signed"), SHEET, 2)
    room.reception.open_visit(visit.id)
    before = told(room, store)
    printed: list[bytes] = []
    monkeypatch.setattr(handout_work, "prepare", lambda *_: None)
    monkeypatch.setattr(handout_work, "print_pages", lambda pdf, _: printed.append(pdf))
    monkeypatch.setattr(QtPrintSupport, "QPrintDialog", PrintDialog)
    room.handout.print()
    qtbot.waitUntil(lambda: bool(room.findChildren(PrintDialog)))
    (dialog,) = room.findChildren(PrintDialog)
    assert told(room, store) == before, "not before somebody said so"
    dialog.accept()
    room.tasks.wait()
    qtbot.waitUntil(lambda: len(told(room, store)) > len(before))

    target = tmp_path / "sheet.pdf"
    monkeypatch.setattr(handout_work, "choose_target", lambda *given: given[-1](target))
    room.handout.save()
    qtbot.waitUntil(lambda: len(told(room, store)) > len(before) + 1)
    assert told(room, store)[len(before) :] == [
        ("handout.printed", (visit.id, visit.patient_id)),
        ("handout.saved", (visit.id, visit.patient_id)),
    ]
    assert printed == [target.read_bytes()] == [SHEET]


def test_an_audit_that_cannot_be_written_keeps_nobody_from_a_record(
    room: MainWindow, store: SealedStore, people: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise DiskFullError("full", "free some")

    monkeypatch.setattr(store.audit, "record", fail)
    room.reception.open_visit(people[0].visits[0].id)
    room.desk.records.finish_writing()
    assert room.workspace is not None


def test_what_prints_while_somebody_locks_is_told_too(
    frame: Frame,
    room: MainWindow,
    sealed: Sealed,
    home: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The sheet came out of the printer, and the audit knew nothing of it."""
    begun = begin(room).session.visit
    room.show_start()  # what is open stays as it is here
    visit = room.desk.records.sign(replace(begun, state="signed"), SHEET, 2)
    room.reception.open_visit(visit.id)
    monkeypatch.setattr(handout_work, "prepare", lambda *_: None)
    monkeypatch.setattr(handout_work, "print_pages", lambda *_: None)
    monkeypatch.setattr(QtPrintSupport, "QPrintDialog", PrintDialog)
    room.handout.print()
    qtbot.waitUntil(lambda: bool(room.findChildren(PrintDialog)))
    (dialog,) = room.findChildren(PrintDialog)

    dialog.accept()
    frame.lock()

    assert frame.room is None
    with sealed.open_again(home) as again:
        printed = [it.ids for it in again.audit.entries() if it.action == "handout.printed"]
    assert printed == [(visit.id, visit.patient_id)]
