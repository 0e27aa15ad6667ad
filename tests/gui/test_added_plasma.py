"""Plasma written in a treatment record is asked about on Re-check, and can be taken out again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from consult_app.domain.decision import DecisionState
from consult_app.domain.treatment import Consumable
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.treatment.after import AfterPanel
from consult_app.gui.panels.treatment.recheck import RecheckPanel
from consult_app.gui.panels.treatment.treated import TreatedPanel
from consult_app.gui.workspace.workspace import Workspace
from tests.gui.test_recheck_panel import answer_all, asks, begin, in_focus

PLASMA = (Consumable(name="PRP"),)


def write_plasma(window: MainWindow) -> tuple[Workspace, RecheckPanel, TreatedPanel]:
    workspace = begin(window, waits=False)
    recheck, session = workspace.panel, workspace.session
    assert isinstance(recheck, RecheckPanel)
    answers = {item: it for item, it in session.visit.answers.items() if item != "prp"}
    session.set("answers", answers)
    assert "prp" not in recheck._rows
    answer_all(recheck)
    workspace.show_panel("treated")
    treated = workspace.panel
    assert isinstance(treated, TreatedPanel)
    assert not session.judgement.decision.blocks_treatment
    session.set("treatment.products", PLASMA)
    return workspace, recheck, treated


def test_what_is_asked_before_plasma_is_asked_on_the_day(window: MainWindow) -> None:
    workspace, recheck, _ = write_plasma(window)
    session = workspace.session
    assert session.judgement.decision.state is DecisionState.INCOMPLETE
    window.run("next_needed")
    assert workspace.panel is recheck
    assert asks(recheck) == "prp"

    QTest.keyClick(in_focus(), Qt.Key.Key_N)

    assert not session.judgement.decision.blocks_treatment
    assert workspace.panel.step == "treated"


def test_what_was_written_can_be_corrected_while_it_refuses(window: MainWindow) -> None:
    workspace, _, treated = write_plasma(window)
    session = workspace.session
    assert treated.products.isEnabled()
    assert not treated._numbing_card.isEnabled(), "nothing else is recorded as done"
    session.set("treatment.products", ())
    assert treated._numbing_card.isEnabled()


def test_a_record_of_it_asks_for_its_reason_alone(window: MainWindow) -> None:
    workspace = begin(window, waits=False)
    recheck, session = workspace.panel, workspace.session
    assert isinstance(recheck, RecheckPanel)
    answer_all(recheck)
    session.set("treatment.treated", True)
    workspace.show_panel("treated")
    treated = workspace.panel
    assert isinstance(treated, TreatedPanel)
    treated.accept()
    answers = {item: it for item, it in session.visit.answers.items() if item != "prp"}
    session.set("answers", answers)
    session.set("treatment.products", PLASMA)
    assert session.judgement.decision.blocks_treatment
    assert treated.beyond.isEnabled()
    assert not treated.beyond.isHidden()
    assert treated.refusal.isHidden(), "it was done"
    workspace.show_panel("after")
    after = workspace.panel
    assert isinstance(after, AfterPanel)
    told = after.missing.text()
    assert "the reason for what was done beyond its limits" in told
    assert "refused" not in told
    assert after.refusal.isHidden(), "what was done is not refused beside what it needs"
    treated.beyond.reason.edited.emit("The patient asked for it")
    assert after.refusal.isHidden()
    assert "reason" not in after.missing.text()
    workspace.show_panel("recheck")
    assert recheck.refusal.isHidden()
    assert asks(recheck) == "prp", "the question itself stays open"


def test_what_stands_against_all_of_it_refuses_the_record_as_before(window: MainWindow) -> None:
    workspace = begin(window, waits=False)
    recheck, session = workspace.panel, workspace.session
    assert isinstance(recheck, RecheckPanel)
    answer_all(recheck)
    session.set("treatment.treated", True)
    session.set("treatment.products", PLASMA)
    answers = {item: it for item, it in session.visit.answers.items() if item != "acute_illness"}
    session.set("answers", answers)
    workspace.show_panel("after")
    after = workspace.panel
    assert isinstance(after, AfterPanel)
    assert after.refusal.text().startswith("Treating is refused: ")
    assert "Treating is refused" in after.missing.text()
