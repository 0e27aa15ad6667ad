"""The open decision about cold sore tablets is said until it is recorded, and refuses nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget

from consult_app.domain.decision import DecisionState, Needed
from consult_app.domain.partial_date import PartialDate
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.panels.treatment.recheck import RecheckPanel
from consult_app.gui.tablets import LAPSED
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.labels import Label
from consult_app.gui.workspace.obstacles import list_obstacles
from consult_app.gui.workspace.recording import RECORD
from consult_app.gui.workspace.workspace import Workspace
from consult_app.knowledge.judgement import TABLETS_OPEN
from consult_app.knowledge.screening.tablets_decided import decide_tablets
from consult_app.knowledge.visits.antiviral import TITLE
from tests.gui.test_begun_before import read_visible
from tests.gui.test_recheck_panel import HEALED, answer_all, begin
from tests.gui.test_sheet_of_the_decision import with_cold_sores
from tests.gui.touring import workspace_of

STILL = f"Still needed: {TITLE}."


def is_said(widget: QWidget) -> bool:
    QApplication.processEvents()
    return any(STILL in label.text() for label in widget.findChildren(Label) if label.isVisible())


@pytest.fixture
def treatment(window: MainWindow) -> Workspace:
    """A treatment of somebody who had cold sores; the consultation recorded no decision."""
    workspace = begin(window, waits=False, had=(HEALED,))
    panel = workspace.panel
    assert isinstance(panel, RecheckPanel)
    answer_all(panel)
    panel._reconfirm("herpes_simplex")
    return workspace


def test_the_consultation_says_it_and_leads_to_where_it_is_recorded(
    window: MainWindow, desk: Desk
) -> None:
    window.show_visit(with_cold_sores(desk))
    workspace = workspace_of(window)
    session = workspace.session
    open_now = Needed(step="plan", item="antiviral", label="Cold sore tablets")
    assert open_now in session.judgement.decision.needed
    window.run("panel:finish")
    assert is_said(workspace.panel)

    window.run("panel:plan")
    panel = workspace.panel
    assert isinstance(panel, PlanPanel)
    buttons = panel.result.findChildren(Button)
    (record,) = (it for it in buttons if it.text() == RECORD and not it.isHidden())
    record.click()

    focused = QApplication.focusWidget()
    assert focused is not None
    assert panel.tablets.isAncestorOf(focused)
    panel.tablets.choice.edited.emit("no")
    assert open_now not in session.judgement.decision.needed
    window.run("panel:finish")
    assert not is_said(workspace.panel)


def test_the_way_to_the_tablets_stands_under_what_asks_for_them(
    window: MainWindow, desk: Desk
) -> None:
    """It stood under the outcome, and under all that another decision was wanted for."""
    window.show_visit(with_cold_sores(desk))
    window.run("panel:plan")
    workspace = workspace_of(window)
    QApplication.processEvents()
    plan, result = workspace.session.judgement.plan, cast("PlanPanel", workspace.panel).result
    assert plan is not None
    (asked,) = (it.text for it in plan.conditions if it.id == TABLETS_OPEN)

    parts = [it for it in result.findChildren(QWidget) if isinstance(it, Button | Label)]
    said = [it.text() for it in sorted(parts, key=lambda it: it.mapTo(result, QPoint()).y())]

    assert said.index(RECORD) == said.index(asked) + 1


def test_who_does_not_go_ahead_needs_none(window: MainWindow, desk: Desk) -> None:
    visit = with_cold_sores(desk)
    window.show_visit(replace(visit, agreement=replace(visit.agreement, decision="no")))
    window.run("panel:finish")
    assert not is_said(workspace_of(window).panel)


def test_the_day_of_the_treatment_says_it_and_records_it(
    window: MainWindow, treatment: Workspace
) -> None:
    session = treatment.session
    assert [it.item for it in session.judgement.decision.needed] == ["antiviral"]
    window.run("panel:after")
    assert is_said(treatment.panel)

    window.run("item:antiviral")

    panel = treatment.panel
    assert isinstance(panel, RecheckPanel)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert panel.tablets.isAncestorOf(focused)
    panel.tablets.choice.edited.emit("not_needed")
    assert session.visit.antiviral == "not_needed"
    assert not session.judgement.decision.needed
    window.run("panel:after")
    assert not is_said(treatment.panel)


def test_it_refuses_neither_the_needling_nor_the_lock(treatment: Workspace) -> None:
    """The list of what blocks is closed, and this stands in it nowhere."""
    session = treatment.session
    decision = session.judgement.decision
    assert decision.state is DecisionState.PRECAUTION
    assert not decision.blocks_treatment
    session.set("treatment.treated", value=False)
    assert list_obstacles(session.visit, session.judgement, treatment._desk) == ()


def test_a_decision_for_less_is_said_and_asked_again(window: MainWindow, desk: Desk) -> None:
    visit = with_cold_sores(desk)
    window.show_visit(decide_tablets(visit, "not_needed"))
    session = workspace_of(window).session
    window.run("item:antiviral")
    panel = workspace_of(window).panel
    assert isinstance(panel, PlanPanel)
    assert panel.tablets.choice.value() == "not_needed"

    sore = next(it for it in session.visit.facts.conditions if it.code == "herpes_simplex")
    session.change_entry("conditions", sore.code, date_healed=PartialDate(2026, 5, 1))

    assert panel.tablets.choice.value() == "open"
    assert "antiviral" in {it.item for it in session.judgement.decision.needed}
    QApplication.processEvents()
    assert LAPSED.format(decided="Not needed") in read_visible(window)
    panel.tablets.choice.edited.emit("yes")
    assert "antiviral" not in {it.item for it in session.judgement.decision.needed}
    assert LAPSED.format(decided="Yes") not in read_visible(window)
