"""Beside another visit that nobody has read to the end, no treatment is called clear."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from consult_app import record
from consult_app.domain.consultation import Answer, Consultation, Override
from consult_app.domain.decision import DecisionState
from consult_app.domain.history import Medication
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.treatment.recheck import RecheckPanel
from consult_app.gui.workspace.rail import read_marks
from consult_app.store.unlocking import SealedStore
from tests.gui.conftest import Clock
from tests.gui.test_signed_late import EARLIER, begin, sign_late
from tests.gui.touring import make_last, workspace_of

ALONE = "Precautions"


@pytest.fixture
def last(desk: Desk, clock: Clock) -> Consultation:
    """A signed consultation whose treatment asks for precautions only; an hour has passed."""
    visit = make_last(desk)
    clock.move(3600)
    return visit


def leave_return(window: MainWindow, last: Consultation) -> str:
    """Begin a return visit and leave it with nothing said that stands in the way."""
    window.reception.show_patient(last.patient_id)
    window.run("return")
    session = workspace_of(window).session
    session.set("goals.own_words", "The right cheek looks better")
    begun: str = session.visit.id
    return begun


def test_a_treatment_alone_is_what_it_is(window: MainWindow, last: Consultation) -> None:
    assert begin(window, last).judgement.decision.headline == ALONE


def test_an_unfinished_return_visit_is_to_be_read_and_refuses_nothing(
    window: MainWindow, last: Consultation
) -> None:
    begun = leave_return(window, last)
    session = begin(window, last)
    decision = session.judgement.decision

    assert decision.state is DecisionState.PRECAUTION
    assert decision.headline == "Read first: return visit of 15 June 2026, not finished"
    assert not decision.blocks_treatment
    assert not read_marks(session.visit, session.judgement)[0], "the rail marks stops only"

    assert workspace_of(window).panel.step == "treated", "the last answer leads on past it"
    window.run("panel:recheck")
    panel = workspace_of(window).panel
    assert isinstance(panel, RecheckPanel)
    assert "Nothing was found in it that stops treating." in panel.refusal.text()
    panel.refusal._action.click()
    QApplication.processEvents()
    assert workspace_of(window).session.visit.id == begun


def test_the_decision_box_leads_to_the_visit_that_it_names(
    window: MainWindow, last: Consultation
) -> None:
    """It was named there on every panel, and had to be looked for from the start page."""
    begun = leave_return(window, last)
    begin(window, last)
    box = workspace_of(window).box
    assert not box.read.isHidden()
    box.read.click()
    QApplication.processEvents()
    assert workspace_of(window).session.visit.id == begun
    assert workspace_of(window).box.read.isHidden(), "here is nothing else to be read"


def test_it_is_clear_once_the_other_is_put_away(window: MainWindow, last: Consultation) -> None:
    begun = leave_return(window, last)
    treatment = begin(window, last).visit.id
    assert workspace_of(window).session.judgement.decision.visit == begun
    window.open_visit(begun)
    window.reception.file_away("mistake")
    window.open_visit(treatment)
    assert workspace_of(window).session.judgement.decision.headline == ALONE


def test_what_was_signed_late_is_to_be_read_at_one_treatment(
    window: MainWindow, desk: Desk, last: Consultation, clock: Clock
) -> None:
    sign_late(desk, last)
    session = begin(window, last)
    decision = session.judgement.decision
    assert decision.state is DecisionState.PRECAUTION
    assert decision.headline.startswith("Read first: consultation of ")
    assert "signed on 15 June 2026" in decision.headline

    clock.move(60)
    done = replace(session.visit, id="read", state="signed", signed_at=desk.clock())
    desk.records.sign(done, None, 0)
    window.show_start()
    clock.move(60)
    window.open_visit(session.visit.id)
    assert workspace_of(window).session.judgement.decision.headline == ALONE


def test_what_was_decided_with_a_reason_hides_no_other_visit(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    """Beside *Decision or clearance recorded* the other visit was named nowhere."""
    sample = desk.sample_visit()
    thinner = Medication(code="warfarin", status="current")
    facts = replace(sample.facts, medications=(*sample.facts.medications, thinner))
    answers = {**sample.answers, "anticoagulants": Answer(state="yes")}
    asked = replace(sample, facts=facts, answers=answers)
    found = desk.judge(asked).decision.findings
    reasons = tuple(Override(id=it.id, reason="GP asked", digest=it.digest) for it in found)
    last = make_last(desk, facts=facts, answers=answers, overrides=reasons)
    clock.move(3600)
    begun = leave_return(window, last)
    decision = begin(window, last).judgement.decision
    assert decision.recorded
    assert not decision.blocks_treatment
    assert decision.visit == begun
    assert decision.headline == "Read first: return visit of 15 June 2026, not finished"


def test_what_came_in_since_was_read_at_no_treatment_before(
    window: MainWindow, desk: Desk, store: SealedStore, last: Consultation, clock: Clock
) -> None:
    """By its clock it was signed before one at which nobody here had it."""
    then = clock().astimezone()
    clock.move(60)
    done = begin(window, last).visit
    desk.records.sign(replace(done, id="before", state="signed"), None, 0)
    window.show_start()
    late = replace(last, id="late", visit_date=EARLIER, signed_at=None, fingerprint="")
    late = replace(late, signed_at=late.started_at)
    store.consultations.take_in("late", record.write(late, full=True), then, then, came=True)
    clock.move(60)

    window.open_visit(done.id)

    decision = workspace_of(window).session.judgement.decision
    assert decision.headline.startswith("Read first: consultation of ")
