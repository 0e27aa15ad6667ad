"""The start page: one line finds, resumes or begins."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from consult_app.domain.people import Patient
from consult_app.gui.main_window import MainWindow
from consult_app.gui.widgets.fields import TextField


@pytest.mark.parametrize(
    ("typed", "patient"),
    [
        ("Ada Berg", Patient(name="Ada Berg")),
        ("Ada Berg 1992-04-30", Patient(name="Ada Berg", date_of_birth=date(1992, 4, 30))),
        ("Ada Berg 30 4 1992", Patient(name="Ada Berg", date_of_birth=date(1992, 4, 30))),
        ("30.4.1992 Berg, Ada", Patient(name="Berg Ada", date_of_birth=date(1992, 4, 30))),
        ("Ada K-17", Patient(name="Ada", record_number="K-17")),
        ("", Patient()),
    ],
)
def test_one_line_begins_a_visit(window: MainWindow, typed: str, patient: Patient) -> None:
    QTest.keyClicks(window.start.search.line, typed)

    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)

    assert window.workspace is not None
    assert window.workspace.session.visit.patient == patient
    assert window.start.search.text() == "", "the next person begins with an empty line"


def test_enter_resumes_the_first_match(window: MainWindow) -> None:
    window.begin_visit(Patient(name="Ada Berg"))
    assert window.workspace is not None
    visit_id = window.workspace.session.visit.id
    window.show_start()
    search: TextField = window.start.search

    QTest.keyClicks(search.line, "ber")
    QTest.keyClick(search.line, Qt.Key.Key_Return)

    assert window.workspace is not None
    assert window.workspace.session.visit.id == visit_id


def test_the_sample_patient_is_marked_as_one(window: MainWindow) -> None:
    window.start.sample_wanted.emit()

    assert window.workspace is not None
    assert window.workspace.session.visit.sample
