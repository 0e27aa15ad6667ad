"""A medicine whose state was passed over stays asked for, whatever day its last dose was."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QApplication, QLabel

from consult_app.domain.history import Medication
from consult_app.domain.partial_date import PartialDate
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.safety.panel import SafetyPanel


def list_told(panel: SafetyPanel, item: str) -> list[str]:
    """Return what is still needed beneath a question."""
    labels = panel._rows[item].row.findChildren(QLabel)
    return [it.text() for it in labels if "needed" in it.text() and not it.isHidden()]


def test_a_blood_thinner_without_a_state_stays_in_the_box_when_the_visit_is_later(
    window: MainWindow,
) -> None:
    """The finding fell away, and the box was complete, as if it had been said to be stopped."""
    window.show_visit(window.desk.sample_visit())
    window.run("panel:safety")
    assert window.workspace is not None
    session, panel = window.workspace.session, window.workspace.panel
    assert isinstance(panel, SafetyPanel)
    panel.show_group("medicines")
    for taken in session.visit.facts.medications:
        session.remove_entry("medications", taken.code)
    panel._answer("anticoagulants", "yes")
    session.add_entry("medications", "apixaban")
    session.change_entry(
        "medications", "apixaban", last_dose=PartialDate.of(session.visit.visit_date)
    )
    first = session.visit.plan.first_session
    assert first is not None
    session.set("plan.first_session", first + timedelta(days=60))
    QApplication.processEvents()

    def list_found() -> tuple[bool, bool]:
        box = session.judgement.decision
        found = "anticoagulant_current" in {it.id for it in box.findings}
        return found, "anticoagulants" in {it.item for it in box.needed}

    assert list_found() == (True, True)
    assert list_told(panel, "anticoagulants") == ["Still needed: State"]

    session.change_entry("medications", "apixaban", status="stopped")
    QApplication.processEvents()

    assert list_found() == (False, False)
    assert list_told(panel, "anticoagulants") == []


def test_a_signed_record_goes_on_saying_what_was_still_needed(window: MainWindow) -> None:
    window.show_visit(window.desk.sample_visit())
    assert window.workspace is not None
    session = window.workspace.session
    told = Medication(code="apixaban", last_dose=PartialDate.of(session.visit.visit_date))
    session.set("facts", replace(session.visit.facts, medications=(told,)))
    session.answer("anticoagulants", "yes")
    needed = {it.item for it in session.judgement.decision.needed}

    signed = replace(session.visit, state="signed", signed_at=session.visit.started_at)

    assert "anticoagulants" in needed
    judged = window.desk.judge(signed).decision
    assert {it.item for it in judged.needed} == needed
