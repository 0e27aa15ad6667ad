"""A decision or clearance is recorded where it is asked for, and found from everywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.history import Medication
from consult_app.gui.finding.finder import Finder
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.workspace.decision_box import NOTHING_ASKED
from consult_app.gui.workspace.obstacle_sheet import ObstacleSheet
from consult_app.gui.workspace.recording import IN_ADDENDUM, NO_REASON, RECORD, Recording
from consult_app.gui.workspace.workspace import Workspace

OpenWindow = Callable[..., MainWindow]
REASON = "Dr Roe, 12 June: keep taking it"


@pytest.fixture
def thinned(window: MainWindow) -> Consultation:
    """A visit of somebody who takes apixaban, which a prescriber has to agree to."""
    visit = window.desk.sample_visit()
    taken = Medication(code="apixaban", status="current")
    answers = {**visit.answers, "anticoagulants": Answer(state="yes")}
    facts = replace(visit.facts, medications=(*visit.facts.medications, taken))
    first = window.desk.clock()
    return replace(
        visit, answers=answers, facts=facts, plan=replace(visit.plan, first_session=first)
    )


def show(window: MainWindow, visit: Consultation) -> Workspace:
    window.show_visit(visit)
    QApplication.processEvents()
    assert window.workspace is not None
    return window.workspace


def find_recording(workspace: Workspace) -> Recording:
    (found,) = [it for it in workspace.box.findChildren(Recording) if it.isVisible()]
    return found


def test_it_stands_right_under_the_finding_without_asking_why(
    window: MainWindow, thinned: Consultation
) -> None:
    workspace = show(window, thinned)
    recording = find_recording(workspace)
    assert recording.button.words == RECORD

    recording.button.click()
    QApplication.processEvents()
    assert window.window().focusWidget() is recording.reason.control
    QTest.keyClicks(recording.reason.control, REASON)
    QTest.keyClick(recording.reason.control, Qt.Key.Key_Return)

    (kept,) = workspace.session.visit.overrides
    assert (kept.id, kept.reason) == ("anticoagulant_current", REASON)
    assert not workspace.session.judgement.decision.blocks_treatment
    assert recording.form.isHidden()
    assert window.window().focusWidget() is recording.button

    recording.button.click()
    recording.reason.line.clear()
    QTest.keyClick(recording.reason.control, Qt.Key.Key_Return)

    assert not workspace.session.visit.overrides, "what was recorded is taken back by clearing it"


def test_nothing_is_recorded_without_a_reason(window: MainWindow, thinned: Consultation) -> None:
    workspace = show(window, thinned)
    recording = find_recording(workspace)
    recording.button.click()

    QTest.keyClick(recording.reason.control, Qt.Key.Key_Return)

    assert recording.reason.error == NO_REASON
    assert not workspace.session.visit.overrides
    assert recording.form.isVisible()


def test_a_finding_that_is_not_to_be_decided_takes_no_decision(window: MainWindow) -> None:
    workspace = show(window, window.desk.sample_visit())

    assert workspace.box._cards
    assert not workspace.box.findChildren(Recording)


@pytest.mark.parametrize("typed", ["prescriber", "clearance", "record a decision"])
def test_the_finder_leads_to_it(window: MainWindow, thinned: Consultation, typed: str) -> None:
    workspace = show(window, thinned)
    window.run("finder")
    finder = next(child for child in window.findChildren(Finder))
    QTest.keyClicks(finder.search.control, typed)
    QTest.keyClick(finder.search.control, Qt.Key.Key_Return)
    QApplication.processEvents()

    assert window.window().focusWidget() is find_recording(workspace).reason.control


def test_the_finder_says_where_nothing_asks_for_one(window: MainWindow) -> None:
    workspace = show(window, window.desk.sample_visit())

    window.run("record")

    said = [it.text() for it in window.window().findChildren(Notice)]
    assert NOTHING_ASKED in said
    assert not workspace.box.findChildren(Recording)


def test_the_plan_and_what_refuses_to_treat_lead_to_it(
    window: MainWindow, thinned: Consultation
) -> None:
    workspace = show(window, thinned)
    window.run("panel:plan")
    panel = workspace.panel
    assert isinstance(panel, PlanPanel)
    (way,) = find_ways(panel)
    way.click()
    QApplication.processEvents()
    recording = find_recording(workspace)
    assert window.window().focusWidget() is recording.reason.control

    panel.treat_today.setFocus()
    panel.treat_today.click()
    assert panel.refusal.text().startswith("Treat today is refused: Decision or clearance needed")
    panel.refusal.acted.emit()
    assert window.window().focusWidget() is recording.reason.control

    workspace.session.override("anticoagulant_current", REASON, _digest(workspace))
    QApplication.processEvents()
    assert not find_ways(panel)
    panel.treat_today.click()
    assert workspace.session.visit.agreement.treat_today


def test_what_is_needed_before_locking_leads_to_it_in_a_narrow_window(
    open_window: OpenWindow, thinned: Consultation
) -> None:
    window = open_window(960, 640)
    agreement = replace(thinned.agreement, decision="go_ahead", treat_today=True)
    workspace = show(window, replace(thinned, agreement=agreement))
    assert workspace.box.isHidden()
    window.sign()
    (sheet,) = window.findChildren(ObstacleSheet)
    (go,) = [way for text, way in sheet.rows if text.startswith("Treat today is refused")]

    go.click()
    QApplication.processEvents()

    assert workspace.box.isVisible()
    assert window.window().focusWidget() is find_recording(workspace).reason.control


def test_a_signed_record_offers_an_addendum_instead(
    window: MainWindow, thinned: Consultation
) -> None:
    signed = replace(thinned, state="signed", signed_at=window.desk.clock())
    workspace = show(window, signed)
    wishes: list[str] = []
    workspace.wanted.connect(wishes.append)
    recording = find_recording(workspace)
    assert recording.button.words == IN_ADDENDUM

    recording.button.click()

    assert recording.form.isHidden()
    assert wishes == ["addendum"]


@pytest.mark.parametrize("width", [960, 1366])
def test_it_fits_beside_the_panel_whatever_it_offers(
    open_window: OpenWindow, thinned: Consultation, width: int
) -> None:
    """A word too wide for the box cuts the lines of every finding."""
    window = open_window(width, 768)
    workspace = show(window, thinned)
    window.run("record")
    recording, pane = find_recording(workspace), workspace.box._pane
    for reason, locked in (("", False), (REASON, False), (REASON, True)):
        recording.show_recorded(reason, locked=locked)
        recording.form.setVisible(not locked)
        recording.button.show()

        assert recording.minimumSizeHint().width() <= pane.viewport().width()


def test_what_is_being_typed_ends_when_the_record_is_signed(
    window: MainWindow, thinned: Consultation
) -> None:
    workspace = show(window, thinned)
    recording = find_recording(workspace)
    recording.button.click()

    workspace.session.lock(replace(thinned, state="signed", signed_at=window.desk.clock()))

    assert recording.form.isHidden()
    assert recording.button.words == IN_ADDENDUM


def find_ways(panel: PlanPanel) -> list[Button]:
    return [it for it in panel.result.findChildren(Button) if it.words == RECORD and it.isVisible()]


def _digest(workspace: Workspace) -> str:
    found = workspace.session.judgement.decision.findings
    return next(it.digest for it in found if it.id == "anticoagulant_current")


def test_what_was_decided_is_asked_anew_once_another_medicine_is_told(
    window: MainWindow, thinned: Consultation
) -> None:
    workspace = show(window, thinned)
    session = workspace.session
    session.override("anticoagulant_current", REASON, _digest(workspace))
    session.answer("anticoagulants", "no")
    session.answer("anticoagulants", "yes")
    QApplication.processEvents()
    assert session.judgement.decision.headline == "Decision or clearance recorded"

    session.add_entry("medications", "warfarin")
    QApplication.processEvents()
    decision = session.judgement.decision
    assert decision.headline == "Decision or clearance needed"
    assert decision.blocks_treatment
    assert find_recording(workspace).button.words == RECORD

    session.remove_entry("medications", "warfarin")
    QApplication.processEvents()
    assert session.judgement.decision.recorded == {"anticoagulant_current": REASON}


def test_a_reason_begun_stays_and_counts_for_what_is_told_by_then(
    window: MainWindow, thinned: Consultation
) -> None:
    workspace = show(window, thinned)
    recording = find_recording(workspace)
    recording.open()
    recording.reason.line.setText(REASON)
    workspace.session.change_entry("medications", "apixaban", mg_per_day=10.0)
    QApplication.processEvents()
    assert find_recording(workspace) is recording
    QTest.keyClick(recording.reason.line, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert workspace.session.judgement.decision.recorded == {"anticoagulant_current": REASON}


def test_a_deeper_plan_asks_again_and_keeps_the_words(
    window: MainWindow, thinned: Consultation
) -> None:
    workspace = show(window, thinned)
    recording = find_recording(workspace)
    session, plan = workspace.session, thinned.plan

    def blocks() -> bool:
        return session.judgement.decision.blocks_treatment

    session.set("plan", replace(plan, depth_mm=0.5))
    recording.button.click()
    QTest.keyClicks(recording.reason.control, REASON)
    QTest.keyClick(recording.reason.control, Qt.Key.Key_Return)
    assert not blocks()

    session.set("plan", replace(plan, depth_mm=0.75))
    QApplication.processEvents()
    assert blocks()
    assert find_recording(workspace) is recording
    assert recording.button.words == RECORD
    recording.button.click()
    assert recording.reason.text() == REASON
    QTest.keyClick(recording.reason.control, Qt.Key.Key_Return)
    assert not blocks()

    session.set("plan", replace(plan, depth_mm=0.5))
    assert not blocks(), "it was decided for more"
