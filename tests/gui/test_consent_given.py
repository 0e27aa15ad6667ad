"""A treatment says who agreed to it and signed when, or that nobody did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from consult_app.domain.consultation import Agreement, Consultation, Discussion
from consult_app.gui.consent_given import list_lacking, tell_signature
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.treatment.after import AfterPanel
from consult_app.gui.panels.treatment.recheck import RecheckPanel
from consult_app.gui.workspace.workspace import Workspace
from consult_app.knowledge.visits.agreeing import sign_for
from tests.gui.touring import workspace_of

DAY, TODAY = date(2026, 6, 8), date(2026, 6, 15)
AT = datetime.fromisoformat("2026-06-08T11:00:00")
LINES = (((0.1, 0.1), (0.9, 0.9)),)
READ = Discussion(risks_shown=True)
AGREES = Agreement(decision="go_ahead", wording_version="1")
BY_HAND = replace(AGREES, signature=LINES, signed_at=AT)
ON_PAPER = replace(AGREES, signed_on_paper=True)


def keep(
    window: MainWindow, agreement: Agreement, told: Discussion, *, words: Sequence[str] = ()
) -> Consultation:
    """Keep a consultation of a week ago, and addenda to it."""
    desk = window.desk
    visit = replace(
        desk.sample_visit(), sample=False, state="signed", visit_date=DAY, started_at=AT
    )
    kept = desk.records.sign(replace(visit, agreement=agreement, discussion=told), None, 0)
    person = desk.patients.open(kept.patient_id)
    for text in words:
        added = desk.begin_after("addendum", desk.settings, person, kept, 0)
        desk.records.sign(replace(added, addendum=text, state="signed"), None, 0)
    return kept


def treat(window: MainWindow, last: Consultation) -> Workspace:
    desk = window.desk
    person = desk.patients.open(last.patient_id)
    window.show_visit(desk.begin_after("treatment", desk.settings, person, last, 0))
    return workspace_of(window)


def recheck(workspace: Workspace) -> RecheckPanel:
    assert isinstance(workspace.panel, RecheckPanel)
    return workspace.panel


def read(page: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(it.text() for it in page.findChildren(QLabel) if it.isVisibleTo(page))


def read_before_locking(window: MainWindow) -> str:
    window.run("panel:after")
    panel = workspace_of(window).panel
    assert isinstance(panel, AfterPanel)
    return panel.missing.text()


def test_what_nobody_signed_is_said_before_anybody_is_needled(window: MainWindow) -> None:
    last = keep(window, AGREES, Discussion())
    panel = recheck(treat(window, last))

    told = read(panel.consent)
    assert panel.consent.isVisibleTo(window)
    assert told.startswith("The patient has not signed the consultation of 8 Jun 2026.")
    assert "It does not say that the possible harms were read to the end." in told
    assert "signed in a return visit before anybody is needled" in told
    assert "consent" not in panel.age.text()
    assert panel.age.text() == "All else that was said is of 8 Jun 2026, 7 days ago."
    assert "has not signed" in read_before_locking(window)

    window.reception.show_patient(last.patient_id)
    assert "The patient has not signed the consultation of 8 Jun 2026." in read(window)


def test_it_begins_the_return_visit_in_which_it_can_be_signed(window: MainWindow) -> None:
    last = keep(window, AGREES, READ)
    recheck(treat(window, last)).consent.acted.emit()

    visit = workspace_of(window).session.visit
    assert (visit.kind, visit.follows, visit.state) == ("consultation", last.id, "draft")


def test_an_addendum_is_pointed_at_and_taken_for_no_signature(window: MainWindow) -> None:
    last = keep(window, AGREES, READ, words=("Signed on paper, it is in the folder.",))
    panel = recheck(treat(window, last))

    told = read(panel.consent)
    assert "has not signed" in told
    assert "The addendum of 15 Jun 2026 stands below" in told
    assert "Signed on paper, it is in the folder." in read(panel)


@pytest.mark.parametrize(
    ("agreement", "told"),
    [
        (BY_HAND, "The patient signed on 8 Jun 2026, 7 days ago."),
        (ON_PAPER, "The patient signed on paper, as the consultation of 8 Jun 2026 says."),
        (
            replace(BY_HAND, signed_at=None),
            "The patient signed in the consultation of 8 Jun 2026.",
        ),
    ],
)
def test_who_signed_when_is_said(window: MainWindow, agreement: Agreement, told: str) -> None:
    last = keep(window, agreement, READ)
    panel = recheck(treat(window, last))

    assert panel.age.text().endswith(told)
    assert panel.consent.isHidden()
    assert "signed" not in read_before_locking(window)
    window.reception.show_patient(last.patient_id)
    assert told in read(window)


def test_a_signature_for_another_plan_is_no_consent_to_this_one(window: MainWindow) -> None:
    visit = window.desk.sample_visit()
    other = replace(visit.plan, sessions=1, depth_mm=0.5)
    last = keep(window, sign_for(BY_HAND, other, None, ()), READ)
    panel = recheck(treat(window, last))

    told = "The consultation of 8 Jun 2026 is signed for something else. The plan was changed"
    assert read(panel.consent).startswith(told)
    assert "signed on" not in panel.age.text()
    assert told in read_before_locking(window)


def test_harms_that_were_not_read_are_said_beside_a_signature(window: MainWindow) -> None:
    panel = recheck(treat(window, keep(window, ON_PAPER, Discussion())))

    assert "harms" in read(panel.consent)


@pytest.mark.parametrize("decision", ["think", "no", "not_suitable", None])
def test_a_record_by_another_decision_has_no_consent(window: MainWindow, decision: str) -> None:
    agreement = replace(AGREES, decision=decision)  # type: ignore[arg-type] # one of the four
    panel = recheck(treat(window, keep(window, agreement, READ)))

    assert "does not say that the patient goes ahead" in read(panel.consent)
    assert panel.age.text() == "All else that was said is of 8 Jun 2026, 7 days ago."


def test_a_consultation_that_is_not_here_tells_of_no_consent(window: MainWindow) -> None:
    workspace = treat(window, keep(window, ON_PAPER, READ))
    assert list_lacking(workspace.session.last) == ()

    begun = replace(workspace.session.visit, id="from-elsewhere", follows=None)
    window.show_visit(begun)
    panel = recheck(workspace_of(window))
    assert "no consent is known" in read(panel.consent)
    assert "no consent is known" in read_before_locking(window)


def test_a_signed_treatment_goes_on_telling_it(window: MainWindow) -> None:
    last = keep(window, AGREES, READ)
    begun = treat(window, last).session.visit
    window.show_visit(window.desk.records.sign(replace(begun, state="signed"), None, 0))
    window.run("panel:recheck")

    told = read(recheck(workspace_of(window)).consent)
    assert "has not signed" in told
    assert "return visit" not in told, "nothing of it can be done before that needling any more"


def test_a_return_visit_is_named_as_one(window: MainWindow) -> None:
    visit = replace(window.desk.sample_visit(), follows="first", visit_date=DAY, agreement=AGREES)

    assert list_lacking(visit)[0] == "The patient has not signed the return visit of 8 Jun 2026."
    assert tell_signature(visit, TODAY) == ""
