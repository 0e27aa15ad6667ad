"""The scar specialist's opinion is asked for, and recorded, where a raised scar is planned."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from consult_app.domain.plan import Target
from consult_app.gui.main_window import MainWindow
from consult_app.gui.widgets.labels import Label
from consult_app.gui.workspace.recording import Recording
from consult_app.gui.workspace.workspace import Workspace
from consult_app.knowledge.screening.opinion import OPINION
from tests.gui.touring import workspace_of

STILL = "Still needed: the scar specialist's opinion."


def is_said(workspace: Workspace) -> bool:
    QApplication.processEvents()
    labels = workspace.panel.findChildren(Label)
    return any(STILL in label.text() for label in labels if label.isVisible())


def test_it_is_recorded_under_its_finding_and_said_on_finish_until_then(
    window: MainWindow,
) -> None:
    visit = window.desk.sample_visit()
    scar = Target(area="shoulders", concern="scar_raised")
    plan = replace(visit.plan, targets=(scar,), primary_concern="scar_raised")
    window.show_visit(replace(visit, plan=plan))
    workspace = workspace_of(window)
    window.run("panel:finish")
    assert is_said(workspace)
    window.run(f"record:{OPINION}")
    QApplication.processEvents()
    (recording,) = (it for it in workspace.box.findChildren(Recording) if it.isVisible())
    QTest.keyClicks(recording.reason.control, "Dr Roe, 12 June: may be needled")
    QTest.keyClick(recording.reason.control, Qt.Key.Key_Return)

    assert [it.id for it in workspace.session.visit.overrides] == [OPINION]
    assert not is_said(workspace)
