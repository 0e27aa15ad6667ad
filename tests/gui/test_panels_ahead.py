"""Panels made before they are turned to: nothing is recorded by it, and nothing old is shown."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from consult_app.domain.steps import STEPS
from consult_app.errors import ConsultError
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panel import Panel
from consult_app.gui.panels import PANELS
from consult_app.gui.panels.goals import GoalsPanel
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.workspace.panels_ahead import GAP_MS, PAUSE_MS
from consult_app.gui.workspace.workspace import Workspace


@pytest.fixture
def workspace(window: MainWindow) -> Workspace:
    """The sample visit, at Safety."""
    window.show_visit(window.desk.sample_visit())
    assert window.workspace is not None
    window.workspace.show_panel("safety")
    QApplication.processEvents()
    return window.workspace


def make_all(workspace: Workspace) -> None:
    while workspace.ahead.go_on():
        pass


def test_every_panel_is_made_and_nothing_is_recorded_or_moved(workspace: Workspace) -> None:
    visit, focused = workspace.session.visit, QApplication.focusWidget()
    assert not visit.discussion.risks_shown
    make_all(workspace)

    assert set(workspace._panels) == {step.id for step in workspace.steps}
    assert workspace.session.visit is visit
    assert QApplication.focusWidget() is focused
    assert [it.step for it in workspace._panels.values() if it.isVisible()] == ["safety"]


@pytest.mark.parametrize("step", [step.id for step in STEPS if step.id != "safety"])
def test_a_panel_made_ahead_has_the_layout_it_is_shown_with(
    workspace: Workspace, step: str
) -> None:
    make_all(workspace)
    panel = workspace.find_panel(step)
    ahead = _list_places(panel)
    workspace.show_panel(step)
    QApplication.processEvents()

    assert len(ahead) > 5
    assert ahead == _list_places(panel)


def _list_places(panel: Panel) -> list[tuple[str, int, int]]:
    """Its texts with their left edge and width; a field to type in grows once it is shown.

    What it lacks for its tick is told once it is the current one, in a place of its own.
    """
    labels = [it for it in panel.findChildren(QLabel) if it.isVisibleTo(panel)]
    told = panel.head._lacking
    return [("" if it is told else it.text(), it.x(), it.width()) for it in labels]


def test_a_panel_made_ahead_shows_what_was_recorded_since(workspace: Workspace) -> None:
    make_all(workspace)
    workspace.session.set("goals.own_words", "Scars on the chin")
    workspace.show_panel("goals")

    panel = workspace.panel
    assert isinstance(panel, GoalsPanel)
    assert panel.words.text() == "Scars on the chin"


def test_whoever_types_is_waited_for(workspace: Workspace) -> None:
    workspace.ahead.go_on()
    assert workspace.ahead._timer.interval() == GAP_MS
    workspace.session.set("goals.own_words", "Scars")
    assert workspace.ahead._timer.interval() == PAUSE_MS


def test_a_panel_that_fails_is_told_of_when_it_is_turned_to(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken(PlanPanel):
        def build(self) -> None:
            raise ConsultError("Broken", "None needed")

    monkeypatch.setitem(PANELS, "plan", Broken)
    make_all(workspace)
    assert "plan" not in workspace._panels
    with pytest.raises(ConsultError):
        workspace.show_panel("plan")
