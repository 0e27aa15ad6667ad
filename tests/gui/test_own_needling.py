"""What a treatment did itself never stands in its own way, whichever visit knows of it since."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consult_app.domain.partial_date import PartialDate
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.treatment.recheck import RecheckPanel
from consult_app.gui.session import Session
from consult_app.gui.workspace.obstacles import list_obstacles
from tests.gui.conftest import Clock
from tests.gui.test_recheck_panel import answer_all
from tests.gui.test_unfinished_elsewhere import DAY
from tests.gui.touring import make_last, workspace_of

NEEDLED = "microneedling_recent"


def begin_treatment(window: MainWindow, patient: str) -> Session:
    window.reception.show_patient(patient)
    window.run("treatment")
    panel = workspace_of(window).panel
    assert isinstance(panel, RecheckPanel)
    answer_all(panel)
    return panel.session


def list_places(window: MainWindow) -> list[str]:
    """Return where what stands in the way of the open visit's lock leads."""
    session = workspace_of(window).session
    return [it.place for it in list_obstacles(session.visit, session.judgement, window.desk)]


@pytest.mark.parametrize("which", ["treatment", "return"])
def test_a_treatment_is_locked_beside_a_visit_that_knows_of_its_needling(
    window: MainWindow, clock: Clock, which: str
) -> None:
    """It was refused for "Last microneedling", which was its own, until that one was put away."""
    last = make_last(window.desk)
    patient = last.patient_id
    before = ""
    if which == "treatment":
        before = begin_treatment(window, patient).visit.id
        # A return visit of that day is signed: the next treatment goes by it, as one of its own.
        later = replace(last, id="later", visit_date=clock.now.date(), follows=last.id)
        clock.move(60)
        window.desk.records.sign(later, None, 0)
    clock.move(60)
    session = begin_treatment(window, patient)
    session.set("treatment.treated", value=True)
    treatment = session.visit.id
    assert not any(place.startswith("visit:") for place in list_places(window))
    clock.move(60)
    if before:
        window.open_visit(before)
    else:
        window.reception.show_patient(patient)
        window.run("return")
    other = workspace_of(window).session
    assert other.visit.needled
    other.set("goals.own_words", "Softer lines")
    clock.move(60)
    window.show_start()

    window.open_visit(treatment)

    decision = workspace_of(window).session.judgement.decision
    assert not decision.blocks_treatment, decision
    assert not any(place.startswith("visit:") for place in list_places(window))
    window.run("panel:recheck")
    panel = workspace_of(window).panel
    assert isinstance(panel, RecheckPanel)
    assert "Last microneedling" not in panel.refusal.text()

    clock.move(DAY)
    again = begin_treatment(window, patient)
    assert NEEDLED in {it.id for it in again.judgement.decision.findings}, "the next one waits"
    assert again.judgement.decision.blocks_treatment


def test_what_a_person_told_of_that_day_stands_in_its_way(window: MainWindow, clock: Clock) -> None:
    patient = make_last(window.desk).patient_id
    treatment = begin_treatment(window, patient).visit.id
    clock.move(60)
    window.reception.show_patient(patient)
    window.run("return")
    other = workspace_of(window).session
    (item,) = window.desk.pack.vocabulary.asked_by("procedures", ("microneedling",))
    with other.one_step():
        other.answer(item, "yes")
        other.add_entry("procedures", "microneedling")
        day = PartialDate.of(other.visit.visit_date)
        other.change_entry("procedures", "microneedling", date=day, depth_mm=1.5)
    clock.move(60)
    window.show_start()

    window.open_visit(treatment)

    decision = workspace_of(window).session.judgement.decision
    assert decision.blocks_treatment
    assert (decision.visit, "Last microneedling" in decision.advice) == (other.visit.id, True)
