"""An allergy that stands in an unfinished visit is shown wherever the patient's allergies are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.treatment.treated import TreatedPanel
from consult_app.gui.widgets.labels import Label
from tests.gui.touring import make_last, workspace_of

TOLD = "Lidocaine: return visit of 15 June 2026, not finished"


@pytest.fixture
def begun(window: MainWindow) -> tuple[str, str]:
    """A patient without known allergies, and a return visit that tells of one and is left."""
    facts = replace(window.desk.sample_visit().facts, allergies=())
    first = make_last(window.desk, allergy_state="none_known", allergies="", facts=facts)
    window.reception.show_patient(first.patient_id)
    window.run("return")
    session = workspace_of(window).session
    with session.one_step():
        session.set("allergy_state", "known")
        session.set("allergies", "Lidocaine")
    left: str = session.visit.id
    window.reception.show_patient(first.patient_id)
    return first.patient_id, left


def read_page(window: MainWindow) -> dict[str, str]:
    """Return what is told of allergies on the patient's page, with its tone."""
    QApplication.processEvents()
    labels = [it for it in window.findChildren(QLabel) if it.isVisible()]
    return {
        line: it._tone
        for it in labels
        if isinstance(it, Label)
        for line in it.text().splitlines()
        if line.startswith("Allergies")
    }


def test_the_banner_of_the_other_visits_tells_it(
    window: MainWindow, begun: tuple[str, str]
) -> None:
    for wish in ("treatment", "review"):
        window.reception.show_patient(begun[0])
        window.run(wish)
        shown = workspace_of(window).banner._allergies
        assert shown.text() == f"{TOLD}; here: None known", wish
        assert shown._text._tone == "stop"
        assert workspace_of(window).session.visit.allergies == "", "nothing is taken over"


def test_another_return_visit_tells_it_before_it_asks(
    window: MainWindow, begun: tuple[str, str]
) -> None:
    last = window.desk.records.open_visit(begun[1]).follows
    assert last is not None
    person = window.desk.patients.open(begun[0])
    window.show_visit(window.desk.begin_again(window.desk.settings, person, last))
    shown = workspace_of(window).banner._allergies
    assert shown.text() == f"{TOLD}; here: Not asked"
    assert shown._text._tone == "stop"


def test_the_patient_page_tells_it(window: MainWindow, begun: tuple[str, str]) -> None:
    assert begun
    told = read_page(window)
    assert told["Allergies then: None known. Alerts then: None"] == "text2"
    assert told[f"Allergies also told: {TOLD}"] == "stop"


def test_it_is_told_beside_the_numbing_of_a_treatment_which_is_refused(
    window: MainWindow, begun: tuple[str, str]
) -> None:
    window.run("treatment")
    window.run("panel:treated")
    panel = workspace_of(window).panel
    assert isinstance(panel, TreatedPanel)
    assert panel.allergy.isVisible()
    assert "allergies: Lidocaine. Ask before any cream" in panel.allergy.text()
    decision = workspace_of(window).session.judgement.decision
    assert decision.visit == begun[1]
    assert "Numbing-cream allergy: Lidocaine" in decision.advice


def test_a_visit_that_was_put_away_tells_nothing(
    window: MainWindow, begun: tuple[str, str]
) -> None:
    window.open_visit(begun[1])
    window.reception.file_away("mistake")
    window.reception.show_patient(begun[0])
    assert list(read_page(window)) == ["Allergies then: None known. Alerts then: None"]
    window.run("treatment")
    assert workspace_of(window).banner._allergies.text() == "None known"
