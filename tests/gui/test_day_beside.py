"""The details stand beside the work: a day written there takes nothing of it back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from consult_app.domain.decision import DecisionState
from consult_app.gui.main_window import MainWindow
from consult_app.gui.session import Session
from consult_app.gui.workspace.identity import IdentitySheet
from tests.gui.touring import workspace_of


@pytest.fixture
def session(window: MainWindow) -> Session:
    """A visit of today with its details open."""
    window.show_visit(replace(window.desk.sample_visit(), visit_date=window.desk.clock().date()))
    window.run("identity")
    QApplication.processEvents()
    return workspace_of(window).session


def write_day(window: MainWindow, text: str) -> None:
    (sheet,) = (it for it in window.findChildren(IdentitySheet) if it.isVisible())
    line = sheet.visit_day.line
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    QTest.keyClicks(line, text)
    QApplication.processEvents()


def test_what_was_told_since_they_were_opened_stays(window: MainWindow, session: Session) -> None:
    """A keloid that was told meanwhile was gone, and the box was clear."""
    session.answer("keloid", "yes")
    session.add_entry("conditions", "keloid")
    session.change_entry("conditions", "keloid", zones=("cheeks",))
    session.set("agreement.decision", "think")
    assert session.judgement.decision.state is DecisionState.ABSOLUTE

    write_day(window, "14/6/2026")

    assert session.visit.visit_date.day == 14
    assert session.visit.agreement.decision == "think"
    assert "keloid" in {it.code for it in session.visit.facts.conditions}
    assert session.judgement.decision.state is DecisionState.ABSOLUTE


def test_work_between_two_days_stays_too(window: MainWindow, session: Session) -> None:
    write_day(window, "14/6/2026")
    session.set("goals.own_words", "Scars")
    session.answer("keloid", "yes")
    session.add_entry("conditions", "keloid")
    write_day(window, "13/6/2026")
    assert session.visit.visit_date.day == 13
    assert "keloid" in {it.code for it in session.visit.facts.conditions}
    assert session.visit.goals.own_words == "Scars"
