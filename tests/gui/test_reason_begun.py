"""A reason that is written in the decision box and not recorded yet is kept, and told of."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.history import Medication
from consult_app.gui.main_window import MainWindow
from consult_app.gui.missing_told import tell_unread
from consult_app.gui.workspace.obstacle_sheet import ObstacleSheet
from consult_app.gui.workspace.recording import Recording
from consult_app.gui.workspace.signing import list_unread
from consult_app.gui.workspace.workspace import Workspace
from consult_app.knowledge.judgement import Judgement
from consult_app.store.faults import UnknownRecordError
from tests.gui.test_recording import find_recording, show

REASON = "Dr Roe, 12 June: keep taking it"
FINDING = "anticoagulant_current"
KEPT = {f"box:{FINDING}": REASON}


@pytest.fixture
def visit(window: MainWindow) -> Consultation:
    """A visit of somebody who takes apixaban, which a prescriber has to agree to."""
    visit = window.desk.sample_visit()
    taken = Medication(code="apixaban", status="current")
    answers = {**visit.answers, "anticoagulants": Answer(state="yes")}
    facts = replace(visit.facts, medications=(*visit.facts.medications, taken))
    return replace(visit, answers=answers, facts=facts)


def begin(workspace: Workspace) -> Recording:
    """Type a reason and do not record it."""
    recording = find_recording(workspace)
    recording.button.click()
    QTest.keyClicks(recording.reason.control, REASON)
    return recording


def test_it_is_on_the_disk_while_it_is_written(
    window: MainWindow, visit: Consultation, qtbot: QtBot
) -> None:
    begin(show(window, visit))

    def is_kept() -> bool:
        with suppress(UnknownRecordError):
            return window.desk.records.open_visit(visit.id).unread == KEPT
        return False

    qtbot.waitUntil(is_kept)


def test_it_stands_there_again_in_sight_and_is_not_recorded(
    window: MainWindow, visit: Consultation
) -> None:
    begin(show(window, visit))
    window.show_start()

    workspace = show(window, window.desk.records.open_visit(visit.id))

    recording = find_recording(workspace)
    assert recording.form.isVisible()
    assert recording.reason.text() == REASON
    assert not workspace.session.visit.overrides
    QTest.keyClick(recording.reason.control, Qt.Key.Key_Return)
    assert [it.reason for it in workspace.session.visit.overrides] == [REASON]
    assert workspace.session.visit.unread == {}


def test_it_is_not_dropped_by_signing(window: MainWindow, visit: Consultation) -> None:
    workspace = show(window, visit)
    recording = begin(workspace)
    workspace.show_panel("finish")
    told = [it.text() for it in workspace.panel.findChildren(QLabel) if it.isVisible()]
    assert f'Written in the decision box and not recorded: "{REASON}".' in told

    window.sign()

    (sheet,) = [it for it in window.findChildren(ObstacleSheet) if it.isVisible()]
    (go,) = [way for text, way in sheet.rows if REASON in text]
    assert workspace.session.visit.state == "draft"
    go.click()
    QApplication.processEvents()
    assert window.window().focusWidget() is recording.reason.control
    QTest.keyClick(recording.reason.control, Qt.Key.Key_Return)
    assert list_unread(workspace) == ()


def test_what_is_cleared_or_asked_no_more_stands_in_no_way(
    window: MainWindow, visit: Consultation
) -> None:
    workspace = show(window, visit)
    recording = begin(workspace)
    assert [REASON in it.text for it in list_unread(workspace)] == [True]

    workspace.session.answer("anticoagulants", "no")
    assert list_unread(workspace) == ()
    workspace.session.answer("anticoagulants", "yes")
    QApplication.processEvents()
    recording = find_recording(workspace)
    assert recording.reason.text() == REASON, "it is asked again, and nothing is lost"

    recording.reason.line.selectAll()
    QTest.keyClick(recording.reason.control, Qt.Key.Key_Delete)
    assert list_unread(workspace) == ()
    assert workspace.session.visit.unread == {}


def test_what_is_recorded_as_it_stands_is_no_reason_begun(
    window: MainWindow, visit: Consultation
) -> None:
    workspace = show(window, visit)
    recording = begin(workspace)
    QTest.keyClick(recording.reason.control, Qt.Key.Key_Return)
    recording.button.click()

    QTest.keyClicks(recording.reason.control, "x")
    assert len(list_unread(workspace)) == 1
    QTest.keyClick(recording.reason.control, Qt.Key.Key_Backspace)

    assert list_unread(workspace) == ()


def test_it_stays_where_the_finding_tells_another_day(
    window: MainWindow, visit: Consultation
) -> None:
    """A finding whose words name a day got a new card, and the reason begun went with the old."""
    workspace = show(window, visit)
    recording = begin(workspace)
    known = workspace.session._judge

    def judge_later(visit: Consultation) -> Judgement:
        judged = known(visit)
        findings = tuple(
            replace(it, action="Not before the day after.", until=visit.visit_date + timedelta(1))
            for it in judged.decision.findings
        )
        return replace(judged, decision=replace(judged.decision, findings=findings))

    workspace.session.judge_by(judge_later)
    QApplication.processEvents()

    assert find_recording(workspace) is recording
    assert recording.reason.text() == REASON
    assert recording.reason.control.hasFocus()
    told = [it.text() for it in workspace.box.findChildren(QLabel) if it.isVisible()]
    assert "Not before the day after." in told, "and the card tells what holds now"


def test_a_recorded_reason_that_is_being_changed_stands_there_again(
    window: MainWindow, visit: Consultation
) -> None:
    """The recorded one was written over what was begun, which only signing still knew of."""
    workspace = show(window, visit)
    recording = begin(workspace)
    QTest.keyClick(recording.reason.control, Qt.Key.Key_Return)
    recording.button.click()
    QTest.keyClicks(recording.reason.control, "Dr Roe, letter of 3 June")
    written = recording.reason.line.text()
    assert written.endswith("letter of 3 June")
    window.show_start()

    workspace = show(window, window.desk.records.open_visit(visit.id))

    assert find_recording(workspace).reason.line.text() == written


def test_of_a_finding_that_is_gone_nothing_is_told(window: MainWindow, visit: Consultation) -> None:
    """Nothing led to it, and it could not be cleared."""
    workspace = show(window, visit)
    begin(workspace)
    assert len(list_unread(workspace)) == 1
    assert len(tell_unread(workspace.session)) == 1
    workspace.session.answer("anticoagulants", "no")
    assert tell_unread(workspace.session) == []
