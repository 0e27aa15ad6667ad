"""Who was entered by mistake can be taken back; whatever else was entered stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from consult_app.domain.people import Patient
from consult_app.gui.desk import Desk
from consult_app.gui.frame import Frame
from consult_app.gui.main_window import MainWindow
from consult_app.store.unlocking import SealedStore
from tests.gui.conftest import room_of
from tests.gui.touring import make_last, workspace_of

ZED = Patient(name="Zed Mistake", date_of_birth=date(1980, 1, 2))


def leave(window: MainWindow) -> bool:
    """Go to the start page, and return whether it offers to take the visit back."""
    window.show_start()
    return window.start.blank.isVisible()


def names(desk: Desk) -> list[str]:
    """Return who is in the directory."""
    return [it.name for it in desk.patients.find("", 9)]


def test_one_begun_with_nothing_typed_is_not_kept(window: MainWindow, desk: Desk) -> None:
    window.reception.begin_visit(Patient())
    workspace_of(window).show_panel("safety")

    assert not leave(window)
    assert list(desk.records.list_drafts()) == []


def test_an_empty_line_is_nothing_that_was_entered(window: MainWindow, desk: Desk) -> None:
    """Enter, pressed once too often, left a visit without a name under *Unfinished*."""
    window.reception.begin_visit(Patient())
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert workspace_of(window).session.visit.goals.own_words == "\n"

    assert not leave(window)
    assert list(desk.records.list_drafts()) == []


def test_a_new_patient_of_whom_nothing_was_entered_is_taken_back_from_the_start_page(
    window: MainWindow, desk: Desk, store: SealedStore
) -> None:
    window.reception.begin_visit(ZED)

    assert leave(window)
    assert names(desk) == ["Zed Mistake"], "a name may have been entered ahead"
    assert "Zed Mistake" in window.start.blank.text()
    (draft,) = desk.records.list_drafts()
    window.open_visit(draft.id)
    assert leave(window), "it is offered again"
    (button,) = [it for it in window.start.blank.findChildren(QPushButton) if "keep" in it.text()]
    button.click()

    assert names(desk) == []
    assert list(desk.records.list_drafts()) == []
    assert not window.start.blank.isVisible()
    assert window.start.search.control.hasFocus(), "the keyboard was on what is gone"
    assert len(window.start.found.rows) == 0
    assert next(it.action for it in store.audit.entries()) == "patient.withdrawn"


def test_settings_changed_meanwhile_are_nothing_that_was_entered(
    window: MainWindow, desk: Desk
) -> None:
    window.reception.begin_visit(ZED)
    practice = replace(desk.settings.practice, clinic_name="Lumen 2", country="US", paper="Letter")
    window.reception.use(desk.save_settings(replace(desk.settings, practice=practice)))

    assert leave(window)


def test_whoever_said_something_stays(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    for path, value in (
        ("goals.own_words", "dents"),
        ("allergy_state", "none_known"),
        ("plan.sessions", 3),
        ("unread", {"goals:Event": "Mar"}),
    ):
        window.reception.begin_visit(ZED)
        session = workspace_of(window).session
        if path == "unread":
            session.stay(unread=value)
        else:
            session.set(path, value)
        assert not leave(window), path
        qtbot.waitUntil(lambda: "Zed Mistake" in names(desk))


def test_no_visit_of_a_known_patient_is_offered(window: MainWindow, desk: Desk) -> None:
    last = make_last(desk)
    window.reception.begin_again(desk.patients.open(last.patient_id), last.id)
    assert not leave(window)
    window.show_visit(last)
    assert not leave(window)
    assert names(desk) == [last.patient.name]


def test_a_visit_of_a_known_patient_with_nothing_entered_is_not_kept_at_the_end(
    frame: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stayed under Unfinished, though it is not kept on the way to the start page."""
    room = room_of(frame)
    last = make_last(room.desk)
    room.reception.begin_again(room.desk.patients.open(last.patient_id), last.id)
    workspace_of(room).show_panel("safety")
    begun = workspace_of(room).session.visit.id
    dropped: list[str] = []
    monkeypatch.setattr(room.desk.records, "drop_draft", dropped.append)

    frame.close()

    assert dropped == [begun]
