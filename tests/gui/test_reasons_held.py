"""A written reason says for what and of which day it is, and holds for no more."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from consult_app.domain.consultation import Consultation, Override
from consult_app.domain.plan import Target
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.plan.depth import IDLE, LAPSED
from consult_app.gui.panels.treatment.recheck import RecheckPanel
from consult_app.gui.widgets.labels import Label
from consult_app.knowledge.visits.locking import sign_off
from tests.gui.test_plan_panel import open_plan
from tests.gui.test_recheck_panel import answer_all
from tests.gui.test_recording import thinned
from tests.gui.touring import make_last, workspace_of

__all__ = ["thinned"]
REASON, TAKES = "Dr Roe: keep taking it", "anticoagulant_current"


def test_a_soft_cap_is_set_aside_for_the_depth_that_was_asked_for(window: MainWindow) -> None:
    """A reason given for 1.75 mm let the slider go on to the hard cap."""
    panel = open_plan(window, window.desk.sample_visit())
    choice, session = panel.depth_choice, panel.session
    choice.edited.emit(1.75)
    choice.reasoned.emit("Old deep scars")
    assert choice.reason._help == ""
    plan = session.judgement.plan
    assert plan is not None
    assert plan.lines[0].cap_mm == 1.75
    assert choice.words.text() == "Depth: 1.75 mm asked for. Cap 1.75 mm, never above 2 mm"

    choice.edited.emit(2.0)

    plan = session.judgement.plan
    assert plan is not None
    assert plan.lines[0].cap_mm == 1.5
    assert choice.reason._help == LAPSED.format(most="1.75", asked="2")

    choice.reasoned.emit("Old deep scars, stopped at E2")

    plan = session.judgement.plan
    assert plan is not None
    assert plan.lines[0].cap_mm == 2.0
    assert choice.reason._help == ""


def test_the_usual_depth_is_that_without_a_reason(window: MainWindow) -> None:
    """Taking the depth back went as deep as the area may ever be needled."""
    lip = Target(area="upper_lip", concern="acne_rolling")
    visit = window.desk.sample_visit()
    panel = open_plan(window, replace(visit, plan=replace(visit.plan, targets=(lip,))))
    choice, session = panel.depth_choice, panel.session

    def planned() -> set[float]:
        plan = session.judgement.plan
        assert plan is not None
        return {it.planned_mm for session in plan.session_plan for it in session.depths}

    assert planned() == {1.0}
    choice.edited.emit(1.25)
    choice.reasoned.emit("Tethered scar, agreed")
    assert planned() == {1.25}

    choice.usual.click()

    assert session.visit.plan.depth_mm is None
    assert planned() == {1.0}
    assert choice.words.text() == "Depth: the usual one. Soft cap 1 mm, never above 1.5 mm"
    assert choice.reason._help == IDLE.format(most="1.25")
    choice.edited.emit(1.25)
    assert planned() == {1.25}
    assert choice.reason._help == ""


def tell(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(it.text() for it in widget.findChildren(Label) if it.isVisible())


@pytest.fixture
def last(desk: Desk, thinned: Consultation) -> Consultation:
    """A signed consultation in which a prescriber agreed to a blood thinner."""
    said = {"answers": thinned.answers, "facts": thinned.facts, "plan": thinned.plan}
    visit = make_last(desk, **said)
    judged = desk.judge(replace(visit, state="draft"))
    (found,) = (it for it in judged.decision.findings if it.id == TAKES)
    decided = Override(id=TAKES, reason=REASON, digest=found.digest)
    return make_last(desk, **said, patient_id=visit.patient_id, id="v2", overrides=(decided,))


def test_a_decision_of_an_earlier_visit_says_of_which_day_it_is(
    window: MainWindow, desk: Desk, last: Consultation
) -> None:
    person = desk.patients.open(last.patient_id)
    window.show_visit(desk.begin_after("treatment", desk.settings, person, last, 0))
    panel = workspace_of(window).panel
    assert isinstance(panel, RecheckPanel)
    answer_all(panel)
    told = tell(workspace_of(window).box)
    assert f"Decided on 9 Mar 2026, with the reason: {REASON}" in told

    (found,) = (it for it in panel.session.judgement.decision.findings if it.id == TAKES)
    panel.session.override(TAKES, "Dr Roe, today: keep taking it", found.digest)

    told = tell(workspace_of(window).box)
    assert "Decided, with the reason: Dr Roe, today: keep taking it" in told


@pytest.mark.parametrize("further", [False, True])
def test_what_had_lapsed_when_it_was_signed_was_not_decided(
    window: MainWindow, desk: Desk, thinned: Consultation, *, further: bool
) -> None:
    """Signed with another area than it was written for, the record claimed a decision for both."""
    window.show_visit(thinned)
    session = workspace_of(window).session
    (found,) = (it for it in session.judgement.decision.findings if it.id == TAKES)
    session.override(TAKES, REASON, found.digest)
    assert TAKES in session.judgement.decision.recorded
    if further:
        nose = Target(area="nose", concern="pores")
        session.set("plan.targets", (*session.visit.plan.targets, nose))

    at = desk.clock()
    signed = sign_off(session.visit, session.judgement, desk.pack, at=at)

    decision = desk.judge(signed).decision
    assert (TAKES in decision.recorded) is not further
    assert decision.blocks_treatment is further
    assert REASON in {it.reason for it in signed.overrides}, "what was written stays"
