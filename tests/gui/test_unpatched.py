"""A treatment soon after the first consultation asks why there is no test patch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from consult_app.domain.consultation import Consultation, Override
from consult_app.domain.decision import DecisionState
from consult_app.domain.plan import MISSED_PATCH
from consult_app.domain.treatment import Patch
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.session import Session
from consult_app.gui.workspace.unpatched import UNTOLD
from consult_app.knowledge.dates import write_day
from tests.gui.conftest import Clock
from tests.gui.test_depth_of_day import CHEEKS, make_dark
from tests.gui.test_needled_before import WEEK, treat
from tests.gui.touring import workspace_of

Begin = Callable[[Consultation], Session]


@pytest.fixture
def begin(window: MainWindow) -> Begin:
    """Begin a treatment after a consultation, with all that is asked again denied."""

    def show(last: Consultation) -> Session:
        window.reception.show_patient(last.patient_id)
        window.run("treatment")
        return workspace_of(window).session

    return show


def consult(desk: Desk, event: int | None = None) -> Consultation:
    """Keep a consultation of today of somebody who has dark marks easily.

    With days to an event, too, where one is named.
    """
    old, today = make_dark(desk), desk.clock().date()
    day = None if event is None else today + timedelta(days=event)
    plan = replace(old.plan, event_date=day)
    return desk.records.sign(replace(old, id="f" * 32, visit_date=today, plan=plan), None, 0)


def asks(session: Session) -> bool:
    return MISSED_PATCH in {it.id for it in session.judgement.decision.findings}


def test_it_is_refused_until_the_reason_is_recorded(begin: Begin, desk: Desk) -> None:
    """It was locked without a word of a patch, hours after the consultation had refused it."""
    session = begin(consult(desk))
    decision = session.judgement.decision
    (missed,) = (it for it in decision.findings if it.id == MISSED_PATCH)
    assert decision.blocks_treatment

    said = Override(id=missed.id, reason="Patched elsewhere in May", digest=missed.digest)
    session.set("overrides", (*session.visit.overrides, said))

    assert session.judgement.decision.recorded[MISSED_PATCH] == said.reason
    assert session.judgement.decision.state is not DecisionState.RELATIVE


@pytest.mark.parametrize("event", [3, 21])
def test_an_event_that_moves_the_plan_moves_no_treatment(
    begin: Begin, desk: Desk, event: int
) -> None:
    """The plan began after the event, with its patch before that: nothing was missed by then."""
    session = begin(consult(desk, event=event))
    plan = session.judgement.plan
    assert plan is not None
    assert plan.session_dates[0].date() > session.visit.visit_date
    (missed,) = (it for it in session.judgement.decision.findings if it.id == MISSED_PATCH)
    due = write_day(session.visit.visit_date - timedelta(days=28))
    assert f"would have been due on {due}" in missed.action


def test_where_one_may_have_been_done_what_it_showed_is_asked(
    begin: Begin, desk: Desk, clock: Clock
) -> None:
    """After four weeks a required patch that nobody recorded was passed over in silence."""
    last = consult(desk)
    assert asks(begin(last))
    clock.move(4 * WEEK)
    session = begin(last)
    assert not asks(session)
    assert UNTOLD in session.judgement.decision.needed
    assert session.judgement.decision.blocks_treatment

    clear = Patch(result="nothing", done_on=last.visit_date)
    session.set("treatment.patch", clear)
    assert UNTOLD not in session.judgement.decision.needed
    assert not asks(session)
    session.set("treatment.patch", Patch(result="not_done"))
    assert asks(session)
    (missed,) = (it for it in session.judgement.decision.findings if it.id == MISSED_PATCH)
    session.override(MISSED_PATCH, "The dermatologist saw no need", missed.digest)
    session.set("treatment.patch", Patch())
    assert UNTOLD not in session.judgement.decision.needed


def test_nothing_is_asked_of_who_was_needled_here(begin: Begin, desk: Desk, clock: Clock) -> None:
    last = consult(desk)
    treat(desk, last, CHEEKS)
    clock.move(3 * WEEK)
    assert not asks(begin(last))


def test_needling_before_the_consultation_is_no_patch_for_its_plan(
    begin: Begin, desk: Desk, clock: Clock
) -> None:
    """Half a millimetre anywhere, months ago, and a deeper plan elsewhere went ahead."""
    first = consult(desk)
    treat(desk, first, CHEEKS)
    clock.move(20 * WEEK)
    today = desk.clock().date()
    anew = replace(first, id="e" * 32, visit_date=today, follows=None, signed_at=desk.clock())
    again = desk.records.sign(anew, None, 0)
    clock.move(WEEK)

    assert asks(begin(again))


def test_a_return_visit_gives_a_patch_no_more_time(begin: Begin, desk: Desk, clock: Clock) -> None:
    """On the day after the first consultation a return visit let a treatment follow at once."""
    first = consult(desk)
    clock.move(WEEK)
    day = desk.clock().date()
    again = replace(first, id="e" * 32, follows=first.id, visit_date=day)
    last = desk.records.sign(again, None, 0)
    assert asks(begin(last))
    clock.move(3 * WEEK)
    assert not asks(begin(last)), "it was asked for four weeks ago"


def test_what_was_not_asked_for_before_a_return_visit_has_its_time_from_there(
    begin: Begin, desk: Desk, clock: Clock
) -> None:
    first = consult(desk)
    lighter = replace(first, id="d" * 32, facts=replace(first.facts, phototype=2))
    desk.records.sign(lighter, None, 0)
    clock.move(5 * WEEK)
    day = desk.clock().date()
    again = replace(first, id="e" * 32, follows=lighter.id, visit_date=day)
    assert asks(begin(desk.records.sign(again, None, 0)))


def test_a_treatment_by_another_plan_on_the_day_of_a_return_visit_is_none_by_its_plan(
    begin: Begin, desk: Desk, clock: Clock
) -> None:
    """What was treated in the morning by the plan before passed for the first visit of the new."""
    first = consult(desk)
    treat(desk, first, CHEEKS)
    clock.move(3600)
    begun = desk.clock()
    again = replace(first, id="g" * 32, follows=first.id, started_at=begun, signed_at=begun)
    last = desk.records.sign(again, None, 0)
    clock.move(8 * WEEK)
    assert UNTOLD in begin(last).judgement.decision.needed
