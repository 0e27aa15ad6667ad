"""An adverse event is told where allergies and cream are asked for, and nothing there is bulk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

import pytest
from PySide6.QtWidgets import QApplication

from consult_app.domain.consultation import Consultation
from consult_app.domain.history import Numbing
from consult_app.domain.treatment import Review, Treatment
from consult_app.gui.desk import Desk
from consult_app.gui.last_card import ALONE
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.panels.treatment.treated import TreatedPanel
from tests.gui.conftest import Clock
from tests.gui.test_last_answers import begin_return, tell
from tests.gui.touring import make_last, workspace_of

HIVES = "Hives on both cheeks 5 min after the numbing cream"


def make_first(desk: Desk) -> Consultation:
    """Keep a signed consultation without allergies and with a cream."""
    first = make_last(desk)
    plan = replace(first.plan, numbing=Numbing(product="lidocaine4"))
    return desk.records.sign(replace(first, id="first", plan=plan), None, 0)


def keep_treatment(
    desk: Desk, first: Consultation, words: str, state: Literal["signed", "draft"] = "signed"
) -> None:
    happened: Literal["described", "none"] = "described" if words else "none"
    done = Treatment(treated=False, new_medicines="no", adverse=happened, adverse_event=words)
    told = replace(
        first,
        id="t1",
        kind="treatment",
        follows=first.id,
        visit_date=date(2026, 4, 6),
        treatment=done,
        state=state,
    )
    if state == "signed":
        desk.records.sign(told, None, 0)
    else:
        desk.records.keep_draft(told, lambda _: None, lambda error: pytest.fail(str(error)))
        desk.records.finish_writing()


def take_group(panel: SafetyPanel) -> Consultation:
    panel.show_group("allergies")
    panel.take_same()
    panel.answer_rest()
    return panel.session.visit


@pytest.mark.parametrize("state", ["signed", "draft"])
def test_after_an_adverse_event_no_allergy_is_confirmed_in_bulk(
    window: MainWindow, state: Literal["signed", "draft"]
) -> None:
    """*Rest as last visit* said that no numbing cream had ever done anything."""
    first = make_first(window.desk)
    keep_treatment(window.desk, first, HIVES, state)
    panel = begin_return(window, first)
    assert f"Adverse event told on 6 Apr 2026: {HIVES}" in tell(panel)

    visit = take_group(panel)

    about = window.desk.pack.vocabulary.about_allergies
    assert about.isdisjoint(visit.answers)
    assert not panel.same.isEnabled()
    assert not panel.rest.isEnabled()
    panel._reconfirm("la_allergy")  # one by one it can be
    assert panel.session.visit.answers["la_allergy"].reconfirmed


def test_the_numbing_cream_is_not_taken_over_with_the_rest_of_the_plan(window: MainWindow) -> None:
    first = make_first(window.desk)
    keep_treatment(window.desk, first, HIVES)
    begin_return(window, first)
    window.run("panel:plan")
    panel = workspace_of(window).panel
    assert HIVES in tell(panel)

    panel.take_same()

    assert ALONE in tell(panel), "else nobody sees why it stays open"
    assert panel.session.visit.plan.targets == first.plan.targets
    assert panel.session.visit.plan.numbing is None
    assert panel.last is not None
    panel.last.take("numbing")
    assert panel.session.visit.plan.numbing == first.plan.numbing
    QApplication.processEvents()
    assert ALONE not in tell(panel)


def test_without_one_the_rest_is_taken_as_before(window: MainWindow) -> None:
    first = make_first(window.desk)
    keep_treatment(window.desk, first, "")
    panel = begin_return(window, first)

    visit = take_group(panel)

    assert visit.answers["la_allergy"].bulk
    window.run("panel:plan")
    workspace_of(window).panel.take_same()
    assert panel.session.visit.plan.numbing == first.plan.numbing


def test_what_a_review_found_is_told_on_safety_as_well(window: MainWindow) -> None:
    first = make_first(window.desk)
    found = Review(adverse="new", adverse_event="dark marks", decision="continue")
    day = date(2026, 5, 4)
    seen = replace(first, id="r1", kind="review", follows=first.id, visit_date=day, review=found)
    window.desk.records.sign(seen, None, 0)

    panel = begin_return(window, first)

    assert "Adverse event told on 4 May 2026: new: dark marks" in tell(panel)
    assert window.desk.pack.vocabulary.about_allergies.isdisjoint(take_group(panel).answers)


def test_a_side_effect_that_was_only_ticked_is_told_in_whole_words(window: MainWindow) -> None:
    """*Adverse event told on 4 May 2026: new* left open what was new."""
    first = make_first(window.desk)
    found = Review(adverse="new", decision="continue")
    day = date(2026, 5, 4)
    seen = replace(first, id="r1", kind="review", follows=first.id, visit_date=day, review=found)
    window.desk.records.sign(seen, None, 0)

    panel = begin_return(window, first)

    assert "Adverse event told on 4 May 2026: a new one, not described" in tell(panel)


def begin_treatment(window: MainWindow, first: Consultation) -> TreatedPanel:
    window.reception.show_patient(first.patient_id)
    window.run("treatment")
    window.run("panel:treated")
    panel = workspace_of(window).panel
    assert isinstance(panel, TreatedPanel)
    return panel


@pytest.mark.parametrize("state", ["signed", "draft"])
@pytest.mark.parametrize("words", [HIVES, ""])
def test_the_next_treatment_fills_in_no_cream_after_it_and_says_why(
    window: MainWindow, state: Literal["signed", "draft"], words: str
) -> None:
    first = make_first(window.desk)
    keep_treatment(window.desk, first, words, state)

    panel = begin_treatment(window, first)

    treatment = panel.session.visit.treatment
    assert treatment is not None
    assert bool(treatment.numbing.name) is not bool(words)
    assert panel.allergy.isHidden() is not bool(words)
    assert (f"Adverse event told on 6 Apr 2026: {HIVES}." in tell(panel)) is bool(words)


@pytest.mark.parametrize("lot", ["", "L7"])
def test_an_adverse_event_told_since_takes_the_cream_out_that_the_plan_filled_in(
    window: MainWindow, clock: Clock, lot: str
) -> None:
    """It stayed beside the words that it is not filled in."""
    first = make_first(window.desk)
    window.reception.show_patient(first.patient_id)
    window.run("treatment")
    session = workspace_of(window).session
    treatment = session.visit.treatment
    assert treatment is not None
    assert treatment.numbing.name
    session.set("treatment.numbing", replace(treatment.numbing, lot=lot))
    session.set("treatment.serial", "X1")
    left = session.visit
    window.show_start()
    clock.move(60)
    keep_treatment(window.desk, first, HIVES)

    window.open_visit(left.id)

    again = workspace_of(window).session.visit.treatment
    assert again is not None
    assert bool(again.numbing.name) is bool(lot), "one with a lot was chosen"
