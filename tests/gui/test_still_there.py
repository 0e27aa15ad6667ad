"""A record that says "still there" by mistake is put right at a return visit, by a second Yes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from consult_app.domain.consultation import Answer
from consult_app.domain.history import Condition
from consult_app.domain.partial_date import PartialDate
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.safety.panel import SafetyPanel
from tests.gui.conftest import Clock
from tests.gui.touring import make_last, workspace_of

SORE = Condition(code="herpes_simplex", status="active", zones=("upper_lip",))
ITEM = "herpes_simplex"
ELSE = "If that record is wrong, choose Yes again."


@pytest.fixture
def panel(window: MainWindow, desk: Desk, clock: Clock) -> SafetyPanel:
    """The safety questions of a return visit of somebody who had a cold sore by the record."""
    sample = desk.sample_visit()
    facts = replace(sample.facts, conditions=(SORE,))
    last = make_last(desk, facts=facts, answers={**sample.answers, ITEM: Answer(state="yes")})
    clock.move(3 * 86400)
    patient = desk.patients.open(last.patient_id)
    window.show_visit(desk.begin_again(desk.settings, patient, last.id))
    window.run("panel:safety")
    shown = workspace_of(window).panel
    assert isinstance(shown, SafetyPanel)
    healed = PartialDate.of(last.visit_date - timedelta(days=30))
    over = replace(SORE, status="healed", date_healed=healed)
    shown.session.answer(ITEM, "yes")
    shown.session.set("facts", replace(shown.session.visit.facts, conditions=(over,)))
    shown.refresh()
    return shown


def against(panel: SafetyPanel) -> str:
    needed = panel.session.judgement.decision.needed
    return "; ".join(it.against for it in needed if it.item == ITEM)


def caption(panel: SafetyPanel) -> str:
    return panel._rows[ITEM].row._caption.text()


def test_the_true_day_is_taken_by_a_yes_said_again(panel: SafetyPanel) -> None:
    """No day but one after the record was taken, so nobody could put the record right."""
    assert against(panel).endswith(ELSE)
    assert caption(panel).endswith(ELSE)

    row = panel._rows[ITEM].row
    row.take_focus()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Y)

    assert not against(panel)
    assert "Said again" in caption(panel)
    kept = [it.reason for it in panel.session.visit.overrides]
    assert any("when it was still there by the record" in it for it in kept)


def test_one_yes_takes_no_day_before(panel: SafetyPanel) -> None:
    panel.session.answer(ITEM, None)
    panel._rows[ITEM].row.answered.emit("yes")
    assert against(panel).endswith(ELSE)
    panel._rows[ITEM].row.answered.emit("yes")
    assert not against(panel)
    panel.session.answer(ITEM, "no")
    panel.session.answer(ITEM, "yes")
    assert against(panel).endswith(ELSE)


def test_a_second_yes_records_what_it_says_it_records(panel: SafetyPanel) -> None:
    """Looked for before the Yes, which came as the same as last visit, it was offered no more."""
    session, pack = panel.session, panel.desk.pack
    panel.show_group(pack.question_by_id["isotretinoin"].group)
    asked = panel._rows["isotretinoin"]
    asked.offer(panel.theme, pack, session, "medications:isotretinoin")
    session.answer("isotretinoin", "yes")
    panel.refresh()
    assert asked.row._caption.text() == "Isotretinoin: Yes (Y) records it."
    asked.row.answered.emit("yes")
    assert [it.code for it in session.visit.facts.medications] == ["isotretinoin"]
