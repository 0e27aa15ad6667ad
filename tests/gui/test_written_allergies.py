"""What is written among the allergies against a No is told wherever it matters."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from consult_app.domain.consultation import Answer
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.workspace.workspace import Workspace

BENEATH = "Answered No, but written among the allergies: Lidocaine"


@pytest.fixture
def workspace(window: MainWindow) -> Workspace:
    """A visit with lidocaine written, and No to numbing cream."""
    visit = window.desk.sample_visit()
    answers = {**visit.answers, "la_allergy": Answer(state="no")}
    window.show_visit(replace(visit, allergy_state="known", allergies="Lidocaine", answers=answers))
    QApplication.processEvents()
    assert window.workspace is not None
    return window.workspace


def test_it_is_told_beside_both_fields_and_leads_there(workspace: Workspace) -> None:
    assert workspace.box.block.state == "not_checked"

    workspace.go_to("la_allergy")
    QApplication.processEvents()

    panel = workspace.panel
    assert isinstance(panel, SafetyPanel)
    assert panel._allergies.against.text() == "Written here, but answered No below: Lidocaine."
    assert BENEATH in {it.text() for it in panel.findChildren(QLabel) if it.isVisible()}

    workspace.session.set("allergies", "Penicillin")

    assert not panel._allergies.against.isVisible()
    assert BENEATH not in {it.text() for it in panel.findChildren(QLabel) if it.isVisible()}


def test_it_is_told_where_a_cream_is_chosen(window: MainWindow, workspace: Workspace) -> None:
    window.run("panel:plan")
    QApplication.processEvents()
    panel = workspace.panel
    assert isinstance(panel, PlanPanel)
    assert panel.device.allergy.isVisible()
    assert "Written among the allergies: Lidocaine." in panel.device.allergy.text()

    workspace.session.add_entry("allergies", "amide_la")
    workspace.session.answer("la_allergy", "yes")

    assert not panel.device.allergy.isVisible(), "then its rule says what is to be done"
