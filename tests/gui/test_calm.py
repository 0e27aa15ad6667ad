"""Somebody healthy sees at most two warnings, of whatever skin type; more, and none is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Literal

import pytest
from PySide6.QtWidgets import QApplication

from consult_app.domain.consultation import Consultation, SkinAssessment
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.panels.plan.result import KEPT
from consult_app.gui.widgets.labels import IconLabel, Label
from consult_app.gui.workspace.workspace import Workspace
from tests.gui.touring import workspace_of
from tests.knowledge.visits import make_denied, plan_for

Phototype = Literal[1, 2, 3, 4, 5, 6]
WARNS = {"triangle-alert", "octagon-x", "calendar-clock"}
PATCHES = {
    4: "A small test patch 28 days before the first visit is advised.",
    5: "A small test patch 28 days before the first visit is required; look at it again before "
    "treating.",
}
LOW = "Start at no more than 1 mm and go up by 0.25 mm a session, only after a clean skin check."


def make_healthy(window: MainWindow, phototype: Phototype) -> Consultation:
    """Return a visit with nothing but acne scars, with time for a test patch."""
    visit = make_denied(window.desk.pack, plan_for("cheeks", "acne_rolling", "2026-09-07"))
    facts = replace(visit.facts, phototype=phototype)
    return replace(visit, facts=facts, skin=SkinAssessment(phototype_seen=phototype))


def warned_in(workspace: Workspace) -> list[str]:
    """Return the signs of warning that a panel shows."""
    QApplication.processEvents()
    signs = workspace.panel.findChildren(IconLabel)
    return [it.icon for it in signs if it.isVisible() and it.icon in WARNS]


@pytest.mark.parametrize("phototype", [1, 2, 3, 4, 5, 6])
def test_a_healthy_patient_sees_at_most_two_warnings(
    window: MainWindow, phototype: Phototype
) -> None:
    window.show_visit(make_healthy(window, phototype))
    workspace = workspace_of(window)
    warned = [it.id for it in workspace.session.judgement.decision.findings]
    for step in ("goals", "skin", "safety", "plan", "expectations", "agree", "finish"):
        window.run(f"panel:{step}")
        warned += warned_in(workspace)
    assert len(warned) <= 2, warned


@pytest.mark.parametrize("phototype", [4, 5])
def test_what_the_plan_does_already_is_told_and_not_warned_of(
    window: MainWindow, phototype: Literal[4, 5]
) -> None:
    window.show_visit(make_healthy(window, phototype))
    workspace = workspace_of(window)
    window.run("panel:plan")
    assert warned_in(workspace) == []
    panel = workspace.panel
    assert isinstance(panel, PlanPanel)
    told = [it.text() for it in panel.result.findChildren(Label)]
    assert KEPT.format(told=LOW) in told
    assert f"Test patch: Mon 10 Aug 2026. {PATCHES[phototype]}" in told


def test_a_test_patch_without_a_day_is_warned_of(window: MainWindow) -> None:
    visit = make_healthy(window, 4)
    first = datetime.fromisoformat("2026-06-22T09:15")
    window.show_visit(replace(visit, plan=replace(visit.plan, first_session=first)))
    window.run("panel:plan")
    assert warned_in(workspace_of(window)) == ["triangle-alert"]
