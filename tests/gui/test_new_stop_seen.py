"""A new strongest finding comes into sight in the decision column, whatever was read there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from consult_app.domain.decision import Decision
from consult_app.domain.finding import Severity
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.workspace.decision_box import DecisionBox


@pytest.fixture
def shown(window: MainWindow, desk: Desk) -> tuple[DecisionBox, Decision]:
    """A box with long findings, scrolled to its end, while the keyboard is elsewhere."""
    window.show_visit(desk.sample_visit())
    assert window.workspace is not None
    box = window.workspace.box
    decision = desk.judge(desk.sample_visit()).decision
    first = replace(decision.findings[0], severity=Severity.RELATIVE, action="Wait. " * 60)
    findings = tuple(replace(first, id=f"rule_{number}") for number in range(6))
    decision = replace(decision, findings=findings)
    box.show_decision(decision)
    QApplication.processEvents()
    box._pane.show_share(1)
    assert box._pane.verticalScrollBar().value() > 0
    return box, decision


def _add(decision: Decision, severity: Severity, place: int) -> Decision:
    new = replace(decision.findings[0], id="new_rule", severity=severity)
    return replace(decision, findings=(*decision.findings[:place], new, *decision.findings[place:]))


def test_a_new_stop_is_seen(shown: tuple[DecisionBox, Decision]) -> None:
    box, decision = shown
    held = QApplication.focusWidget()

    box.show_decision(_add(decision, Severity.ABSOLUTE, 0))
    QApplication.processEvents()

    assert not box._cards[0].visibleRegion().isEmpty()
    assert QApplication.focusWidget() is held


def test_what_grew_stronger_is_seen(shown: tuple[DecisionBox, Decision]) -> None:
    box, decision = shown
    stronger = replace(decision.findings[0], severity=Severity.DEFER)

    box.show_decision(replace(decision, findings=(stronger, *decision.findings[1:])))
    QApplication.processEvents()

    assert not box._cards[0].visibleRegion().isEmpty()


def test_what_is_not_the_strongest_moves_nothing(shown: tuple[DecisionBox, Decision]) -> None:
    box, decision = shown
    before = box._pane.verticalScrollBar().value()

    box.show_decision(_add(decision, Severity.PRECAUTION, 6))
    QApplication.processEvents()

    assert box._pane.verticalScrollBar().value() >= before


def test_who_reads_there_by_key_is_left_there(shown: tuple[DecisionBox, Decision]) -> None:
    box, decision = shown
    box._cards[-1].findChildren(Button)[-1].setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()

    box.show_decision(_add(decision, Severity.ABSOLUTE, 0))
    QApplication.processEvents()

    assert box._cards[0].visibleRegion().isEmpty()


def test_the_key_for_the_next_part_leads_to_the_strongest(
    window: MainWindow, shown: tuple[DecisionBox, Decision]
) -> None:
    """A finding that came later was made later, and F6 went to what was made first."""
    box, decision = shown
    box.show_decision(_add(decision, Severity.ABSOLUTE, 0))
    assert window.workspace is not None
    window.workspace.panel.focus_first()

    window.workspace.cycle(1)

    held = QApplication.focusWidget()
    assert held is not None
    assert box._cards[0].isAncestorOf(held)
