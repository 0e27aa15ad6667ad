"""Treatment, review and addendum by keyboard after a consultation, each locked and found again."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Consultation
from consult_app.errors import ConsultError
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.session import Session
from consult_app.gui.start.due import PROMISED
from consult_app.gui.start.following import find_base
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.workspace.addenda import Addenda
from tests.walkthrough.keyboard import Keyboard, check_told

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def open_page(keyboard: Keyboard, window: MainWindow) -> None:
    """Find the patient."""
    window.show_start()
    keyboard.write("ada")
    keyboard.press(Qt.Key.Key_Return)


def session_of(window: MainWindow) -> Session:
    QApplication.processEvents()
    assert window.workspace is not None
    return window.workspace.session


def is_stopped(session: Session) -> bool:
    return session.judgement.decision.blocks_treatment


def lock(keyboard: Keyboard, session: Session, qtbot: QtBot) -> None:
    keyboard.chord(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.locked, timeout=20_000)


def test_a_treatment_is_recorded_by_keyboard_and_found_by_its_lot(
    window: MainWindow, desk: Desk, first: Consultation, qtbot: QtBot
) -> None:
    keyboard = Keyboard()
    open_page(keyboard, window)
    keyboard.chord(Qt.Key.Key_T)
    session = session_of(window)
    assert (session.visit.kind, session.visit.follows) == ("treatment", first.id)
    assert is_stopped(session)

    for item in (*desk.pack.recheck.items, "medicines"):
        # Cold sores ever were: as at the consultation, and none since.
        keyboard.press(Qt.Key.Key_Equal if item == "herpes_simplex" else Qt.Key.Key_N)
    assert not is_stopped(session)
    keyboard.chord(Qt.Key.Key_2)
    keyboard.chord(Qt.Key.Key_Return)  # the areas as planned
    keyboard.tab_to("Lot: Cartridge")
    keyboard.write("C-2207")
    keyboard.tab_to("Use before: Cartridge")
    keyboard.write("3/2027")
    keyboard.chord(Qt.Key.Key_3)
    keyboard.press(Qt.Key.Key_Space)  # treated today
    keyboard.tab_to("Pain")
    keyboard.write("3")
    keyboard.tab_to("Next date")
    keyboard.write("27.7.2026")
    lock(keyboard, session, qtbot)

    check_told("treatment", keyboard.pressed)
    kept = desk.records.open_visit(session.visit.id)
    assert kept == session.visit
    treatment = kept.treatment
    assert treatment is not None
    assert (treatment.treated, treatment.pain, treatment.serial) == (True, 3, "SN-4411")
    assert (treatment.cartridge.lot, treatment.cartridge.expiry) == ("C-2207", date(2027, 3, 31))
    assert treatment.next_date == date(2026, 7, 27)
    assert [it.id for it in desk.patients.find_lots("c-2207", 9)] == [kept.id]
    due = [
        it for it in desk.patients.list_due(date(2026, 7, 25)) if it.what not in PROMISED.values()
    ]
    assert [it.due for it in due] == [date(2026, 7, 27)]


def test_a_review_asks_for_changes_only(
    window: MainWindow, desk: Desk, first: Consultation, qtbot: QtBot
) -> None:
    keyboard = Keyboard()
    open_page(keyboard, window)
    keyboard.tab_to("Review visit")
    keyboard.press(Qt.Key.Key_Space)
    session = session_of(window)
    keyboard.write("Softer")
    keyboard.tab_to("By the patient")
    keyboard.press(Qt.Key.Key_Space)
    keyboard.tab_to("Bother")
    keyboard.write("4")
    keyboard.tab_to("The treatment from here on")
    keyboard.press(Qt.Key.Key_Space)
    lock(keyboard, session, qtbot)

    check_told("review", keyboard.pressed)
    review = desk.records.open_visit(session.visit.id).review
    assert review is not None
    assert (review.changes, review.by_patient, review.by_practitioner) == ("Softer", 1, None)
    assert dict(review.bother) == {"acne_rolling": 4}
    assert review.decision == "continue"
    assert session.visit.follows == first.id


def test_a_signed_record_takes_addenda_and_nothing_else(
    window: MainWindow, desk: Desk, first: Consultation, qtbot: QtBot
) -> None:
    keyboard = Keyboard()
    window.open_visit(first.id)
    QApplication.processEvents()
    keyboard.press(
        Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    session = session_of(window)
    assert session.visit.kind == "addendum"
    keyboard.write("Redness lasted five days")
    lock(keyboard, session, qtbot)

    assert desk.records.open_visit(first.id) == first, "the record stays as it was signed"
    window.open_visit(first.id)
    assert window.workspace is not None
    (shown,) = window.workspace.findChildren(Addenda)
    words = [it.text() for it in shown.findChildren(Label)]
    assert words == ["Addendum 15 Jun 2026 10:00, Dr Lena Hart", "Redness lasted five days"]
    listed = desk.patients.list_visits(first.patient_id)
    assert {it.kind: it.state for it in listed} == {
        "addendum": "Signed",
        "consultation": "Signed with an addendum",
    }


def test_nothing_follows_from_what_is_not_signed(window: MainWindow, desk: Desk) -> None:
    keyboard = Keyboard()
    keyboard.write("Bo Lund 1.2.1980")
    keyboard.chord(Qt.Key.Key_N)
    visit = session_of(window).visit

    keyboard.chord(Qt.Key.Key_T)

    assert not [it for it in window.findChildren(QDialog) if it.isVisible()]
    assert any("signed consultation" in it.text() for it in window.findChildren(Notice))
    assert session_of(window).visit.id == visit.id
    with pytest.raises(ConsultError):
        find_base(desk, "addendum", visit, None)


def test_an_unfinished_treatment_is_resumed_with_what_was_said(
    window: MainWindow, desk: Desk, first: Consultation
) -> None:
    keyboard = Keyboard()
    open_page(keyboard, window)
    keyboard.chord(Qt.Key.Key_T)
    session = session_of(window)
    keyboard.press(Qt.Key.Key_N)
    keyboard.chord(Qt.Key.Key_W)

    (draft,) = desk.records.list_drafts()
    window.open_visit(draft.id)

    again = session_of(window)
    assert (draft.title, again.visit) == ("Treatment", session.visit)
    assert again.last == first
    again.undo()
    assert again.visit == session.visit, "what was done before closing is not undone"
    assert again.visit.started_at == datetime.fromisoformat("2026-06-15T10:00")
