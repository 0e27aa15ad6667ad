"""What an unfinished visit did not know when it was saved is told by what came first here.

The clock of another computer, or one that was set meanwhile, does not tell it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from consult_app import record
from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.decision import DecisionState
from consult_app.domain.treatment import Review, Treatment
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.treatment.recheck import RecheckPanel
from consult_app.gui.session import Session
from consult_app.gui.workspace.earlier import recall_then
from consult_app.store.unlocking import SealedStore
from tests.gui.conftest import Clock
from tests.gui.test_recheck_panel import answer_all
from tests.gui.touring import make_last, workspace_of

HOUR, DAY = 3600, 86400


@pytest.fixture
def last(window: MainWindow) -> Consultation:
    return make_last(window.desk)


def begin_treatment(window: MainWindow, last: Consultation) -> str:
    """Begin a treatment, deny all that it asks, and leave it."""
    window.reception.show_patient(last.patient_id)
    window.run("treatment")
    panel = workspace_of(window).panel
    assert isinstance(panel, RecheckPanel)
    answer_all(panel)
    session = workspace_of(window).session
    assert session.visit.answers["pregnancy"].state == "no"
    visit_id: str = session.visit.id
    window.show_start()
    return visit_id


def say_pregnant(last: Consultation, clock: Clock) -> Consultation:
    """Return a treatment record that says so."""
    return replace(
        last,
        id="other",
        kind="treatment",
        follows=last.id,
        visit_date=clock().date(),
        signed_at=clock(),
        fingerprint="",
        answers={**last.answers, "pregnancy": Answer(state="yes")},
        facts=replace(last.facts, pregnancy="yes"),
        treatment=Treatment(treated=False, new_medicines="no"),
    )


def take_in(store: SealedStore, visit: Consultation, clock: Clock) -> None:
    """Take in a record that was signed elsewhere an hour ago."""
    clock.move(-HOUR)
    document, at = record.write(replace(visit, signed_at=clock()), full=True), clock().astimezone()
    clock.move(HOUR)
    store.consultations.take_in(visit.id, document, at, clock().astimezone())


def reopen(window: MainWindow, visit_id: str) -> Session:
    """Open a visit of the records."""
    window.run(f"visit:{visit_id}")
    session: Session = workspace_of(window).session
    return session


def test_a_no_is_asked_again_past_a_record_that_came_in_since_and_once(
    window: MainWindow, store: SealedStore, clock: Clock, last: Consultation
) -> None:
    """It was signed elsewhere before the No was said here, where nobody knew of it."""
    visit = begin_treatment(window, last)
    take_in(store, say_pregnant(last, clock), clock)

    session = reopen(window, visit)

    assert "pregnancy" not in session.visit.answers
    assert session.judgement.decision.state is DecisionState.INCOMPLETE
    session.answer("pregnancy", "no")
    window.show_start()
    assert reopen(window, visit).visit.answers["pregnancy"].state == "no"


def test_a_no_is_asked_again_past_a_record_of_after_the_clock_was_set_back(
    window: MainWindow, clock: Clock, last: Consultation
) -> None:
    clock.move(DAY)
    visit = begin_treatment(window, last)
    clock.move(HOUR - DAY)
    window.desk.records.sign(say_pregnant(last, clock), None, 0)
    clock.move(DAY)

    session = reopen(window, visit)

    assert "pregnancy" not in session.visit.answers
    assert session.judgement.decision.state is DecisionState.INCOMPLETE


def test_a_no_that_was_said_after_the_record_came_in_stands(
    window: MainWindow, store: SealedStore, clock: Clock, last: Consultation
) -> None:
    take_in(store, say_pregnant(last, clock), clock)
    visit = begin_treatment(window, last)
    assert reopen(window, visit).visit.answers["pregnancy"].state == "no"


def test_a_decision_is_asked_again_past_a_review_against_it_that_came_in_since(
    window: MainWindow, store: SealedStore, clock: Clock, last: Consultation
) -> None:
    window.reception.show_patient(last.patient_id)
    window.run("return")
    session = workspace_of(window).session
    session.set("agreement.decision", "go_ahead")
    visit = session.visit.id
    window.show_start()
    seen = replace(last, id="seen", kind="review", follows=last.id, visit_date=clock().date())
    take_in(store, replace(seen, fingerprint="", review=Review(decision="stop")), clock)

    assert reopen(window, visit).visit.agreement.decision is None


def bring_draft(store: SealedStore, window: MainWindow, visit_id: str, clock: Clock) -> None:
    """Put a draft of the records in as one that was saved elsewhere an hour from now."""
    window.desk.records.finish_writing()
    document, at = store.drafts.get(visit_id), clock().astimezone()
    clock.move(HOUR)
    store.drafts.take_in(visit_id, document, clock().astimezone(), at, came=True)


def test_the_no_of_a_draft_from_elsewhere_is_asked_again_past_what_was_signed_here_and_once(
    window: MainWindow, store: SealedStore, clock: Clock, last: Consultation
) -> None:
    """Its clock says that it was saved after the Yes; nobody there knew of that."""
    visit = begin_treatment(window, last)
    window.desk.records.sign(say_pregnant(last, clock), None, 0)
    bring_draft(store, window, visit, clock)

    session = reopen(window, visit)

    assert "pregnancy" not in session.visit.answers
    assert session.judgement.decision.state is DecisionState.INCOMPLETE
    session.answer("pregnancy", "no")
    window.show_start()
    assert reopen(window, visit).visit.answers["pregnancy"].state == "no"


def test_a_draft_from_elsewhere_knew_the_visit_that_it_follows(
    window: MainWindow, store: SealedStore, clock: Clock
) -> None:
    """Else all that is no more would be asked a second time."""
    told = {**make_answers(window), "breastfeeding": Answer(state="yes")}
    last = make_last(window.desk, answers=told)
    window.reception.show_patient(last.patient_id)
    window.run("return")
    session = workspace_of(window).session
    session.answer("breastfeeding", "no")
    visit = session.visit.id
    window.show_start()
    bring_draft(store, window, visit, clock)

    assert reopen(window, visit).visit.answers["breastfeeding"].state == "no"


def make_answers(window: MainWindow) -> dict[str, Answer]:
    return dict(window.desk.sample_visit().answers)


@pytest.mark.parametrize("both", [False, True])
def test_what_a_signed_visit_knew_is_not_told_by_the_order_in_which_others_came(
    window: MainWindow, store: SealedStore, clock: Clock, last: Consultation, *, both: bool
) -> None:
    """Signed here it did not know what came in since; of two that came in nobody can tell."""
    signed = replace(last, id="signed", signed_at=clock())
    document = record.write(signed, full=True)
    at = clock().astimezone()
    if both:
        store.consultations.take_in("signed", document, at, at, came=True)
    else:
        window.desk.records.sign(replace(signed, fingerprint=""), None, 0)
    before = replace(say_pregnant(last, clock), started_at=clock() - timedelta(days=1))
    store.consultations.take_in("other", record.write(before, full=True), at, at, came=True)
    known = [it.id for it in recall_then(window.desk, signed)]
    assert known == (["other"] if both else [])
