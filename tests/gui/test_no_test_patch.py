"""Why there is no test patch is recorded where the plan asks for it, and no record claims one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Literal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Answer, Override, SkinAssessment
from consult_app.domain.history import Condition
from consult_app.domain.plan import MISSED_PATCH, PlanOutcome, Target
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.panels.plan.result import OUTCOMES, PATCH_ASKED
from consult_app.gui.still_open import STILL_NEEDED
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.labels import Label
from consult_app.gui.workspace.recording import RECORD, Recording
from consult_app.gui.workspace.workspace import Workspace
from tests.gui.touring import make_last, workspace_of
from tests.knowledge.visits import make_denied, plan_for

REASON = "Patched elsewhere on 2 May, no dark marks since"


def words_of(workspace: Workspace) -> str:
    QApplication.processEvents()
    labels = workspace.panel.findChildren(Label)
    return "\n".join(label.text() for label in labels if label.isVisible())


def test_the_reason_is_recorded_from_the_plan_and_missed_on_finish_until_then(
    window: MainWindow, qtbot: QtBot
) -> None:
    visit = window.desk.sample_visit()
    today = datetime.combine(visit.visit_date, time(9, 30))
    visit = replace(
        visit,
        facts=replace(visit.facts, phototype=5),
        skin=SkinAssessment(phototype_seen=5),
        plan=replace(visit.plan, first_session=today),
    )
    window.show_visit(visit)
    workspace = workspace_of(window)
    window.run("panel:finish")
    assert STILL_NEEDED[MISSED_PATCH] in words_of(workspace)
    assert "No test patch. The test patch would have been due" in words_of(workspace)
    assert "Test patch:" not in words_of(workspace), "nobody could come on a day that is past"

    window.run("panel:plan")
    QApplication.processEvents()
    panel = workspace.panel
    assert isinstance(panel, PlanPanel)
    assert "Move the first visit or record why" in words_of(workspace)
    waits = OUTCOMES[PlanOutcome.PROCEED_WITH_CONDITIONS][0]
    assert waits in words_of(workspace)
    buttons = panel.result.findChildren(Button)
    (card,) = (it for it in workspace.box._cards if it.finding and it.finding.id == MISSED_PATCH)
    with qtbot.waitSignal(workspace.box.go_wanted) as told:
        card._want_go()
    assert told.args == ["first_session"], "the day can be moved there"
    (record,) = (it for it in buttons if it.text() == RECORD and it.isVisible())
    record.click()
    QApplication.processEvents()
    opened = [it for it in workspace.box.findChildren(Recording) if it.form.isVisible()]
    (recording,) = opened
    QTest.keyClicks(recording.reason.control, REASON)
    QTest.keyClick(recording.reason.control, Qt.Key.Key_Return)
    assert [it.id for it in workspace.session.visit.overrides] == [MISSED_PATCH]
    assert not workspace.session.judgement.decision.blocks_treatment

    assert "Move the first visit or record why" not in words_of(workspace)

    window.run("panel:finish")
    assert STILL_NEEDED[MISSED_PATCH] not in words_of(workspace)
    assert REASON in words_of(workspace), "the record says why"


@pytest.mark.parametrize("first", ["2026-06-15T09:30", "2026-06-29T09:30"])
def test_the_sheet_asks_for_one_until_the_reason_is_recorded(desk: Desk, first: str) -> None:
    visit = desk.sample_visit()
    visit = replace(
        visit,
        facts=replace(visit.facts, phototype=5),
        skin=SkinAssessment(phototype_seen=5),
        plan=replace(visit.plan, first_session=datetime.fromisoformat(first)),
    )
    (found,) = (it for it in desk.judge(visit).decision.findings if it.id == MISSED_PATCH)
    assert "test patch" in desk.make_sheet(visit).text

    kept = Override(id=found.id, reason=REASON, digest=found.digest)
    decided = replace(visit, overrides=(kept,))
    assert "test patch" not in desk.make_sheet(decided).text
    chin = Target(area="chin", concern="acne_rolling")
    more = replace(decided.plan, targets=(*decided.plan.targets, chin))
    assert "test patch" in desk.make_sheet(replace(decided, plan=more)).text, "not for the chin"


def test_a_return_visit_takes_the_reason_that_was_recorded(window: MainWindow) -> None:
    desk = window.desk
    visit = desk.sample_visit()
    visit = replace(
        visit,
        facts=replace(visit.facts, phototype=5),
        skin=SkinAssessment(phototype_seen=5),
        plan=replace(visit.plan, first_session=datetime.combine(visit.visit_date, time(9, 30))),
    )
    (found,) = (it for it in desk.judge(visit).decision.findings if it.id == MISSED_PATCH)
    kept = Override(id=found.id, reason=REASON, digest=found.digest)
    last = make_last(
        desk,
        plan=visit.plan,
        facts=visit.facts,
        skin=visit.skin,
        overrides=(kept,),
        visit_date=visit.visit_date,
    )
    window.reception.show_patient(last.patient_id)

    window.run("return")

    session = workspace_of(window).session
    assert session.visit.overrides == (kept,)
    session.take(replace(session.visit, plan=last.plan, skin=last.skin, facts=last.facts), "plan")
    assert session.judgement.decision.recorded[MISSED_PATCH] == REASON
    deeper = replace(
        last.plan, targets=(*last.plan.targets, Target(area="chin", concern="acne_rolling"))
    )
    session.set("plan", deeper)
    assert MISSED_PATCH not in session.judgement.decision.recorded


def test_a_test_patch_that_is_too_late_is_one_warning(window: MainWindow) -> None:
    """That one is advised, and that it would have been due, were two for a healthy patient."""
    visit = window.desk.sample_visit()
    first = window.desk.clock() + timedelta(weeks=2)
    plan = replace(visit.plan, first_session=first, depth_mm=1.0)
    skin, facts = replace(visit.skin, phototype_seen=4), replace(visit.facts, phototype=4)
    window.show_visit(replace(visit, plan=plan, skin=skin, facts=facts, panel="plan"))

    (line,) = [it for it in words_of(workspace_of(window)).splitlines() if "test patch" in it]

    assert line.startswith("A small test patch is advised; it would have been due on")


@pytest.mark.parametrize(("phototype", "asks"), [(2, True), (5, False)])
def test_plan_says_that_the_decision_box_asks_for_one(
    window: MainWindow, phototype: Literal[2, 5], *, asks: bool
) -> None:
    """Of a keloid elsewhere the plan said nothing; in dark skin the patch has its day."""
    visit = make_denied(window.desk.pack, plan_for("cheeks", "acne_rolling", "2026-09-07"))
    keloid = Condition(code="keloid", zones=("shoulders",))
    facts = replace(visit.facts, phototype=phototype, conditions=(keloid,))
    answers = {**visit.answers, "keloid": Answer(state="yes")}
    skin = SkinAssessment(phototype_seen=phototype)
    window.show_visit(replace(visit, facts=facts, answers=answers, skin=skin))
    window.run("panel:plan")
    line = PATCH_ASKED.format(labels="Keloid elsewhere")
    assert (line in words_of(workspace_of(window))) is asks
    assert ("Test patch: Mon 10 Aug 2026" in words_of(workspace_of(window))) is not asks
