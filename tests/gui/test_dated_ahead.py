"""Beside a signed treatment that is dated after today nothing is called clear."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from consult_app.domain.consultation import Consultation, Override
from consult_app.domain.treatment import Treatment
from consult_app.errors import ConsultError
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.session import Session
from consult_app.gui.workspace.earlier import list_treated_days
from consult_app.knowledge.visits.dated_ahead import DATED_AHEAD
from tests.gui.conftest import Clock
from tests.gui.test_treat_today import open_plan
from tests.gui.touring import make_last, workspace_of


def treat(desk: Desk, last: Consultation, days: int, *, treated: bool = True) -> None:
    """Keep a treatment that is signed for so many days after today."""
    day = desk.clock().date() + timedelta(days=days)
    done = replace(last, id="t1", kind="treatment", follows=last.id, visit_date=day)
    desk.records.sign(replace(done, treatment=Treatment(treated=treated)), None, 0)


def begin(window: MainWindow, last: Consultation, what: str) -> Session:
    window.reception.show_patient(last.patient_id)
    window.run(what)
    return workspace_of(window).session


def asks(session: Session) -> bool:
    return DATED_AHEAD in {it.id for it in session.judgement.decision.findings}


@pytest.mark.parametrize("what", ["treatment", "return"])
@pytest.mark.parametrize(("days", "ahead"), [(-120, False), (0, False), (1, True)])
def test_when_it_was_has_to_be_found_out(
    window: MainWindow, desk: Desk, what: str, days: int, *, ahead: bool
) -> None:
    """The clock was set back, and a treatment of three weeks ago counted as none."""
    last = make_last(desk)
    treat(desk, last, days)
    session = begin(window, last, what)
    assert asks(session) is ahead
    if not ahead:
        return
    decision = session.judgement.decision
    (found,) = (it for it in decision.findings if it.id == DATED_AHEAD)
    assert decision.blocks_treatment
    said = Override(id=found.id, reason="It was in May", digest=found.digest)
    session.set("overrides", (*session.visit.overrides, said))
    assert session.judgement.decision.recorded[DATED_AHEAD] == said.reason


def test_nothing_is_asked_once_the_clock_is_right(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    last = make_last(desk)
    treat(desk, last, 1)
    session = begin(window, last, "treatment")
    assert asks(session)
    clock.move(86400)
    session.judge_again()
    assert not asks(session)


@pytest.mark.parametrize("what", ["treatment", "return"])
def test_nobody_asks_when_it_was_that_nobody_was_needled(
    window: MainWindow, desk: Desk, what: str
) -> None:
    last = make_last(desk)
    treat(desk, last, 1, treated=False)
    assert not asks(begin(window, last, what))


def test_a_record_that_cannot_be_read_may_tell_of_needling(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = make_last(desk)
    treat(desk, last, 1, treated=False)
    assert list_treated_days(desk, last) == []

    def fail(_: str) -> Consultation:
        raise ConsultError("The record cannot be read")

    monkeypatch.setattr(desk.records, "open_visit", fail)
    assert list_treated_days(desk, last) == [desk.clock().date() + timedelta(days=1)]


@pytest.mark.parametrize("days", [0, 28])
def test_treating_today_waits_for_it_whatever_day_the_plan_begins_on(
    window: MainWindow, desk: Desk, days: int
) -> None:
    """The box asked when it was, and *Treat today* was marked all the same."""
    last = make_last(desk)
    treat(desk, last, 40)
    first = window.desk.clock() + timedelta(days=days)
    visit = replace(desk.sample_visit(), id="v2", patient_id=last.patient_id)
    panel = open_plan(window, replace(visit, plan=replace(visit.plan, first_session=first)))
    assert panel.session.judgement.decision.blocks_treatment

    panel.treat_today.click()

    assert not panel.session.visit.agreement.treat_today
    assert panel.refusal.text() == "Treat today is refused: Decision or clearance needed."
    panel.refusal.acted.emit()
    (found,) = (it for it in panel.session.judgement.decision.findings if it.id == DATED_AHEAD)
    said = Override(id=found.id, reason="It was in May", digest=found.digest)
    panel.session.set("overrides", (*panel.session.visit.overrides, said))
    panel.treat_today.click()
    assert panel.session.visit.agreement.treat_today
