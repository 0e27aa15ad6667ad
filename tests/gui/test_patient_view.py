"""The patient view: the patient's own sheet, large, and nothing that is not theirs."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QScreen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Consultation, MapFinding, Override
from consult_app.domain.people import Patient
from consult_app.gui.frame import Frame
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.agree import AgreePanel
from consult_app.gui.patient_screen import find_second_screen
from consult_app.gui.patient_view import HARMS, WAITING, PatientView, Slide

PRIVATE = "Zanzibarword"


def show(window: MainWindow, qtbot: QtBot, visit: Consultation) -> PatientView:
    """Open a consultation and its patient view, and wait for its words."""
    window.show_visit(visit)
    QTest.keyClick(window, Qt.Key.Key_F8)
    view = window.patient.view
    assert view is not None
    qtbot.waitUntil(lambda: view.is_told)
    return view


def walk(view: PatientView) -> list[QWidget]:
    """Return every part from the one that is shown to the last."""
    parts: list[QWidget] = []
    while view.slide is not None and view.slide not in parts:
        parts.append(view.slide)
        view.turn(1)
    return parts


def words_in(root: QWidget) -> str:
    """Return every word that can be seen, heard or pointed at in `root`."""
    found = []
    for part in (root, *root.findChildren(QWidget)):
        found += [part.accessibleName(), part.accessibleDescription(), part.toolTip()]
        if isinstance(part, (QLabel, QLineEdit, QAbstractButton)):
            found.append(part.text())
        if isinstance(part, QPlainTextEdit):
            found.append(part.toPlainText())
    return "\n".join(found)


def mark_private(visit: Consultation) -> Consultation:
    """Return the visit with a marker in everything that is for the practitioner alone."""
    finding = MapFinding(area="nose", concern="pores", grade=1, note=PRIVATE)
    return replace(
        visit,
        identity_reason=PRIVATE,
        allergies=PRIVATE,
        overrides=(Override(id="soft_cap:cheeks", reason=PRIVATE),),
        goals=replace(visit.goals, event=PRIVATE, earlier_treatments=PRIVATE, worth_it=PRIVATE),
        skin=replace(visit.skin, findings=(*visit.skin.findings, finding)),
        discussion=replace(visit.discussion, questions=PRIVATE),
    )


def test_says_what_the_sheet_says_and_ends_with_the_choice(
    window: MainWindow, qtbot: QtBot
) -> None:
    visit = window.desk.sample_visit()
    view = show(window, qtbot, visit)

    parts = walk(view)

    sheet = window.desk.tell_patient(visit)
    told = {s.id for page in sheet.pages for row in page.rows for s in row.sections}
    shown = {name for part in parts if isinstance(part, Slide) for name in part.sections}
    assert shown == told
    assert isinstance(parts[-1], AgreePanel)
    seen = "".join(map(words_in, parts)).replace("\N{NO-BREAK SPACE}", " ")
    assert "Mon 9:15 am" in seen


def test_shows_no_private_note_no_decision_and_no_other_patient(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.begin_visit(Patient(name=f"{PRIVATE} Other"))
    window.desk.records.finish_writing()
    view = show(window, qtbot, mark_private(window.desk.sample_visit()))

    seen = "".join(words_in(part) for part in (*walk(view), view))

    assert PRIVATE not in seen
    workspace = window.workspace
    assert workspace is not None
    assert not workspace.isVisible()
    assert PRIVATE in words_in(window), "the practitioner's window does hold the marker"


def test_is_larger_than_the_practitioners_window(window: MainWindow, qtbot: QtBot) -> None:
    view = show(window, qtbot, window.desk.sample_visit())

    assert view.theme.font("body").pixelSize() >= 1.4 * window.theme.font("body").pixelSize()
    assert view.theme.font("body").pixelSize() >= 20


def test_counts_the_harms_as_shown_only_once_they_are(window: MainWindow, qtbot: QtBot) -> None:
    view = show(window, qtbot, window.desk.sample_visit())
    workspace = window.workspace
    assert workspace is not None
    while not (isinstance(view.slide, Slide) and HARMS in view.slide.sections):
        assert not workspace.session.visit.discussion.risks_shown
        view.turn(1)

    assert workspace.session.visit.discussion.risks_shown


def test_the_choice_is_recorded_from_the_patients_side(window: MainWindow, qtbot: QtBot) -> None:
    view = show(window, qtbot, window.desk.sample_visit())
    panel = walk(view)[-1]
    assert isinstance(panel, AgreePanel)

    panel.decision.edited.emit("think")

    assert window.workspace is not None
    assert window.workspace.session.visit.agreement.decision == "think"


def test_turns_by_keys_and_ends_by_escape_or_its_key(window: MainWindow, qtbot: QtBot) -> None:
    view = show(window, qtbot, window.desk.sample_visit())
    first = view.slide
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.slide is not first
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    assert view.slide is first

    QTest.keyClick(view, Qt.Key.Key_Escape)

    workspace = window.workspace
    assert workspace is not None
    assert workspace.isVisible()
    assert window.patient.view is None
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert not workspace.isVisible()
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert workspace.isVisible()


def test_a_plan_that_is_not_ready_shows_nothing_of_the_record(window: MainWindow) -> None:
    window.begin_visit(Patient(name="Ada North"))

    QTest.keyClick(window, Qt.Key.Key_F8)

    view = window.patient.view
    assert view is not None
    assert view.slide is not None
    assert WAITING in words_in(view.slide)


def test_is_gone_once_the_screen_is_locked(frame: Frame, qtbot: QtBot) -> None:
    room = frame.room
    assert room is not None
    view = show(room, qtbot, room.desk.sample_visit())

    QTest.keyClick(frame, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert frame.gate.isVisible()
    assert not shiboken6.isValid(view) or not view.isVisible()


def test_any_other_command_leads_back_to_the_work(window: MainWindow, qtbot: QtBot) -> None:
    show(window, qtbot, window.desk.sample_visit())

    QTest.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)

    assert window.patient.view is None
    assert window.workspace is not None
    assert window.workspace.panel.step == "plan"
    assert window.workspace.isVisible()


def test_is_gone_with_its_consultation(window: MainWindow, qtbot: QtBot) -> None:
    show(window, qtbot, window.desk.sample_visit())

    window.show_start()

    assert window.patient.view is None
    assert window.start.isVisible()


@pytest.mark.parametrize(("screens", "second"), [("a", None), ("ab", "b"), ("ba", "b")])
def test_a_second_screen_is_any_but_the_practitioners(screens: str, second: str | None) -> None:
    known = {name: cast("QScreen", object()) for name in "ab"}

    found = find_second_screen([known[name] for name in screens], known["a"])

    assert found is (known[second] if second else None)
