"""A supervisor's reason is asked for where it helps, and says for what it was not written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consult_app.domain.decision import DecisionState
from consult_app.domain.history import Condition
from consult_app.gui.handout.of_day import find_anew
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.treatment.after import AfterPanel
from consult_app.gui.panels.treatment.recheck import RecheckPanel
from consult_app.gui.panels.treatment.supervised import KEPT, NOT_SET_ASIDE
from consult_app.gui.session import Session
from tests.gui.test_last_answers import tell
from tests.gui.test_recheck_panel import answer_all, begin
from tests.gui.touring import make_last, workspace_of

WHO = "Dr Okoro"
SORE = Condition(code="herpes_simplex", status="active", zones=("upper_lip",))


def start(window: MainWindow, *, waits: bool, asked: bool = True) -> RecheckPanel:
    """Begin a treatment of a clinic that names a supervisor."""
    panel = begin(window, waits=waits, supervisor=WHO).panel
    assert isinstance(panel, RecheckPanel)
    if asked:
        answer_all(panel)
        window.run("panel:recheck")
    return panel


def write(panel: RecheckPanel, reason: str) -> None:
    panel.supervised.set_text(reason)
    panel.supervised.edited.emit(reason)


def takes_treated(window: MainWindow, session: Session) -> bool:
    """Return whether *After* takes that the patient was treated."""
    window.run("panel:after")
    panel = workspace_of(window).panel
    assert isinstance(panel, AfterPanel)
    panel._set_treated("yes")
    assert session.visit.treatment is not None
    return bool(session.visit.treatment.treated)


@pytest.mark.parametrize("waits", [True, False])
def test_nobody_is_asked_to_allow_what_was_not_asked(window: MainWindow, *, waits: bool) -> None:
    panel = start(window, waits=waits, asked=False)
    assert panel.supervised.isHidden()
    write(panel, "Known patient")
    assert panel.supervised._help == NOT_SET_ASIDE, "one that stands is shown, with that"
    assert not panel.supervised.isHidden()
    assert not takes_treated(window, panel.session)


def test_what_waits_is_allowed_in_one_step(window: MainWindow) -> None:
    panel = start(window, waits=True)
    before = panel.session.visit
    write(panel, "S")
    write(panel, "Seen together")
    assert panel.supervised._help == KEPT
    assert panel.refusal.isHidden()
    assert takes_treated(window, panel.session)
    panel.session.undo()
    panel.session.undo()
    assert panel.session.visit.treatment == before.treatment
    assert panel.session.visit.overrides == before.overrides


def test_a_cold_sore_told_after_the_reason_asks_for_it_again(window: MainWindow) -> None:
    panel = start(window, waits=True)
    session = panel.session
    write(panel, "Seen together")
    with session.one_step():
        panel._answer("herpes_simplex", "yes")
        kept = [it for it in session.visit.facts.conditions if it.code != SORE.code]
        session.set("facts.conditions", (*kept, SORE))
    assert session.judgement.decision.state is DecisionState.DEFER
    label = panel.desk.pack.question_by_id["herpes_simplex"].label
    assert f"Not written for this: {label}." in panel.supervised._help
    assert not panel.refusal.isHidden()
    assert not takes_treated(window, session)

    window.run("panel:recheck")
    write(panel, "Seen together, the sore is dry")
    assert panel.supervised._help == KEPT
    assert takes_treated(window, session)


def test_what_an_unfinished_visit_leaves_open_is_allowed_by_nobody(window: MainWindow) -> None:
    """A keloid of which nobody said where: the box asked for a decision, and one word took it."""
    treatment = start(window, waits=False).session.visit
    window.open_visit(treatment.follows or "")
    window.run("return")
    other = workspace_of(window).session
    other.answer("keloid", "yes")
    other.add_entry("conditions", "keloid")
    window.open_visit(treatment.id)
    again = workspace_of(window).panel
    assert isinstance(again, RecheckPanel)
    decision = again.session.judgement.decision
    assert decision.visit == other.visit.id
    assert decision.state is DecisionState.RELATIVE
    assert again.supervised.isHidden()
    write(again, "Seen together")
    assert not takes_treated(window, again.session)


def test_a_later_consultation_is_allowed_by_nobody(window: MainWindow) -> None:
    panel = start(window, waits=False)
    treatment = panel.session.visit.id
    first = window.desk.records.open_visit(panel.session.visit.follows or "")
    today = window.desk.clock().date()
    make_last(window.desk, id="later", patient_id=first.patient_id, visit_date=today)
    window.show_start()
    window.open_visit(treatment)
    again = workspace_of(window).panel
    assert isinstance(again, RecheckPanel)
    assert "later consultation" in again.refusal.text()
    assert again.supervised.isHidden()


def test_the_reason_stays_that_of_who_gave_it(window: MainWindow) -> None:
    """A clinic that names somebody else since must not put it in the mouth of that one."""
    panel = start(window, waits=True)
    write(panel, "Seen together")
    session, settings = panel.session, window.desk.settings
    for name in ("Dr Lind", ""):
        practice = replace(settings.practice, supervisor=name)
        panel.desk = window.desk.save_settings(replace(settings, practice=practice))
        session.lock(replace(session.visit, state="signed"))
        assert tell(panel).count(f"Allowed by {WHO}, because") == 1
        assert not panel.supervised.isHidden()


def test_another_supervisor_gives_a_reason_of_their_own(window: MainWindow) -> None:
    panel = start(window, waits=True)
    write(panel, "Seen together")
    settings = panel.desk.settings
    practice = replace(settings.practice, supervisor="Dr Vance")
    window.reception.use(replace(panel.desk, settings=replace(settings, practice=practice)))
    window.run("panel:recheck")
    again = workspace_of(window).panel
    assert isinstance(again, RecheckPanel)
    told = tell(again)
    assert "Allowed by Dr Vance, because" in told
    assert "This reason was given by Dr Okoro." in again.supervised._help
    assert not again.refusal.isHidden()
    assert not takes_treated(window, again.session)

    window.run("panel:recheck")
    write(again, "Seen together with Dr Vance")
    assert again.supervised._help == KEPT
    assert takes_treated(window, again.session)


def test_who_was_treated_all_the_same_has_a_sheet_with_the_days_of_the_care(
    window: MainWindow,
) -> None:
    """What is open names no day; but this patient was needled on it."""
    panel = start(window, waits=False)
    session = panel.session
    session.set("facts.pregnancy", "possible")
    session.answer("pregnancy", "yes")
    write(panel, "Seen together")
    assert takes_treated(window, session)

    anew = find_anew(window.desk, session)
    assert anew is not None
    text = window.desk.make_sheet(anew).text.replace("\xa0", " ")
    assert "Visit 1: 10 am on Monday 15 June 2026" in text

    undone = replace(anew, overrides=(), treatment=None)
    assert "We will set the dates with you." in window.desk.make_sheet(undone).text
