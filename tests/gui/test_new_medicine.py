"""A new medicine on the day of a treatment: the way to the return visit, and to treat after it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from consult_app.domain.consultation import Consultation
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.treatment.new_medicine import NewMedicine
from consult_app.gui.panels.treatment.recheck import RecheckPanel
from consult_app.gui.panels.treatment.refusal import ANEW, OPEN
from consult_app.gui.start.filing import OVERTAKEN, FilingSheet
from consult_app.store.unlocking import SealedStore
from tests.gui.conftest import Clock
from tests.gui.touring import make_last, workspace_of


def recheck(window: MainWindow) -> RecheckPanel:
    """Return the panel that is shown."""
    panel = workspace_of(window).panel
    assert isinstance(panel, RecheckPanel)
    return panel


def act(panel: RecheckPanel) -> None:
    """Press what the refusal offers."""
    panel.refusal._action.click()
    QApplication.processEvents()


@pytest.fixture
def told(window: MainWindow) -> RecheckPanel:
    """A treatment at which a new medicine was told of."""
    last = make_last(window.desk)
    window.reception.show_patient(last.patient_id)
    window.run("treatment")
    panel = recheck(window)
    panel._medicines("yes")
    QApplication.processEvents()
    return panel


def sign_return(window: MainWindow) -> Consultation:
    """Sign the return visit that is open, as one in which the patient goes on."""
    visit = workspace_of(window).session.visit
    window.show_start()
    return make_last(
        window.desk,
        id=visit.id,
        patient_id=visit.patient_id,
        follows=visit.follows,
        visit_date=visit.visit_date,
        signed_at=window.desk.clock(),
    )


def overtake(window: MainWindow, told: RecheckPanel) -> tuple[Consultation, Consultation]:
    """Open a treatment again after a return visit was signed; return both."""
    overtaken = told.session.visit
    window.run("return")
    latest = sign_return(window)
    window.open_visit(overtaken.id)
    window.run("panel:recheck")
    return overtaken, latest


def test_the_return_visit_is_begun_beside_the_question(
    window: MainWindow, told: RecheckPanel
) -> None:
    """The only word of it stood at the top of the panel, without a way to it."""
    treatment = told.session.visit
    (hint,) = told.findChildren(NewMedicine)
    assert hint.isVisible()
    told._medicines("no")
    assert not hint.isVisible()
    told._medicines("unsure")
    assert hint.isVisible()

    hint.acted.emit()

    visit = workspace_of(window).session.visit
    assert (visit.kind, visit.follows) == ("consultation", treatment.follows)
    assert window.desk.records.open_visit(treatment.id).state == "draft"


def test_what_was_overtaken_is_put_away_as_that_and_the_new_treatment_goes_on(
    window: MainWindow, told: RecheckPanel, store: SealedStore
) -> None:
    """It went in a circle: each of the two records asked for the other one first."""
    overtaken = told.session.visit
    window.run("return")
    latest = sign_return(window)
    window.reception.show_patient(latest.patient_id)
    window.run("treatment")
    new = workspace_of(window).session.visit
    assert new.follows == latest.id
    workspace_of(window).session.answer("pregnancy", "no")
    assert recheck(window).refusal._action.words == OPEN
    act(recheck(window))
    assert workspace_of(window).session.visit.id == overtaken.id
    window.run("panel:recheck")
    assert recheck(window).refusal._action.words == ANEW

    act(recheck(window))

    assert workspace_of(window).session.visit.id == new.id
    assert not workspace_of(window).session.judgement.decision.visit
    kept = window.desk.records.open_visit(overtaken.id)
    assert (kept.state, kept.put_away) == ("put_away", OVERTAKEN)
    (line,) = [it for it in store.audit.entries(5) if it.action == "treatment.put_away"]
    assert line.reason == OVERTAKEN


def test_a_new_treatment_is_begun_where_there_is_none_yet(
    window: MainWindow, told: RecheckPanel
) -> None:
    overtaken, latest = overtake(window, told)

    act(recheck(window))

    visit = workspace_of(window).session.visit
    assert (visit.kind, visit.follows) == ("treatment", latest.id)
    assert visit.id != overtaken.id


def test_where_the_patient_did_not_go_ahead_it_stays_and_that_is_told(
    window: MainWindow, told: RecheckPanel, clock: Clock
) -> None:
    overtaken, latest = overtake(window, told)
    undecided = replace(latest.agreement, decision="think")
    clock.move(300)
    thinking = replace(latest, id="c9", agreement=undecided, signed_at=clock.now)
    window.desk.records.sign(thinking, None, 0)

    act(recheck(window))
    window.sheets.hide()

    assert workspace_of(window).session.visit.id == overtaken.id
    assert window.desk.records.open_visit(overtaken.id).state == "draft"


@pytest.mark.parametrize("late", [False, True])
def test_only_what_a_later_consultation_overtook_is_put_away_as_that(
    window: MainWindow, told: RecheckPanel, *, late: bool
) -> None:
    """It was offered for every visit that follows another, also where none came later."""
    if late:
        overtake(window, told)
    window.run("file_away")
    (sheet,) = [it for it in window.findChildren(FilingSheet) if it.isVisible()]

    assert (OVERTAKEN in sheet.reasons) == late


def test_a_first_visit_is_not_said_to_be_overtaken(window: MainWindow) -> None:
    window.show_visit(replace(window.desk.sample_visit(), sample=False))
    window.run("file_away")
    (sheet,) = [it for it in window.findChildren(FilingSheet) if it.isVisible()]

    assert OVERTAKEN not in sheet.reasons
