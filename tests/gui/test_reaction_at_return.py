"""A reaction to a test patch, recorded at a treatment, is to be decided at a return visit too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from consult_app.domain.consultation import Consultation
from consult_app.domain.finding import Severity
from consult_app.domain.plan import REACTED, PlanOutcome
from consult_app.domain.treatment import Patch, Treatment
from consult_app.errors import ConsultError
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.session import Session
from consult_app.gui.start.anew import begin_anew
from consult_app.gui.still_open import STILL_NEEDED, list_open
from consult_app.gui.workspace.unpatched import judge_reacted
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.locking import judge_today, sign_off
from consult_app.knowledge.visits.patched import find_patch
from tests.gui.conftest import Clock
from tests.gui.test_depth_of_day import tell
from tests.gui.test_needled_before import WEEK
from tests.gui.test_patch_recorded import NOON
from tests.gui.test_unpatched import consult
from tests.gui.touring import workspace_of

DAY = timedelta(days=1)
SEEN = "a dark mark"


def patch(desk: Desk, last: Consultation, told: Patch, *, signed: bool = True) -> Consultation:
    """Keep a treatment record of today that tells of a test patch; nobody was needled."""
    person = desk.patients.open(last.patient_id)
    begun = desk.begin_after("treatment", desk.settings, person, last, 0)
    looked = replace(begun, treatment=Treatment(treated=False, patch=told))
    if not signed:
        desk.records.keep_draft(looked, lambda _: None, lambda _: None)
        desk.records.finish_writing()
        return looked
    return desk.records.sign(replace(looked, state="signed"), None, 0)


def react(desk: Desk, last: Consultation) -> Consultation:
    return patch(desk, last, Patch(result="reaction", done_on=last.visit_date - DAY, words=SEEN))


def come_back(window: MainWindow, last: Consultation) -> Session:
    """Begin a return visit that plans what was planned before."""
    window.reception.show_patient(last.patient_id)
    window.run("return")
    session = workspace_of(window).session
    for name in ("facts", "answers", "skin", "plan"):
        session.set(name, getattr(last, name))
    return session


def is_found(session: Session) -> bool:
    return REACTED in {it.id for it in session.judgement.decision.findings}


def test_a_return_visit_has_it_to_decide(window: MainWindow, desk: Desk, clock: Clock) -> None:
    """It planned a test patch and dates; only the comparison told of what the last one did."""
    last = consult(desk)
    react(desk, last)
    clock.move(20 * WEEK)
    session = come_back(window, last)

    decision = session.judgement.decision
    (found,) = (it for it in decision.findings if it.id == REACTED)
    assert decision.blocks_treatment
    assert found.item == "pih"
    assert SEEN in found.action
    assert "14 June 2026" in found.action
    assert decision.findings[-1].severity is Severity.PRECAUTION, "what is milder stands beneath it"
    visit, judged = session.visit, session.judgement
    (open_now,) = (
        it for it in list_open(desk.pack, visit, judged) if it.place == f"record:{REACTED}"
    )
    assert open_now.text == STILL_NEEDED[REACTED]
    window.run("panel:plan")
    told = tell(workspace_of(window).panel)
    assert "Reaction to the test patch" in told
    assert session.judgement.plan is not None
    assert session.judgement.plan.outcome is not PlanOutcome.DO_NOT_TREAT


def test_it_is_told_before_anything_is_planned(window: MainWindow, desk: Desk) -> None:
    last = consult(desk)
    react(desk, last)
    window.reception.show_patient(last.patient_id)
    window.run("return")
    assert is_found(workspace_of(window).session)


def test_treating_today_is_refused_for_it_whatever_day_the_plan_begins(
    window: MainWindow, desk: Desk
) -> None:
    last = consult(desk)
    react(desk, last)
    session = come_back(window, last)
    first = session.visit.plan.first_session
    assert first is not None
    session.set("plan.first_session", first + 8 * 7 * DAY)
    today = judge_today(desk.pack, session.visit, session.judgement)
    assert REACTED in {it.id for it in today.decision.findings}


@pytest.mark.parametrize(("later", "counts"), [(-1, True), (0, True), (1, False)])
def test_a_later_patch_that_showed_nothing_takes_it_away(
    window: MainWindow, desk: Desk, clock: Clock, later: int, *, counts: bool
) -> None:
    last = consult(desk)
    react(desk, last)
    clock.move(5 * WEEK)
    done = last.visit_date - DAY + later * DAY
    patch(desk, last, Patch(result="nothing", done_on=done))
    clock.move(20 * WEEK)
    assert is_found(come_back(window, last)) == counts


def test_what_nobody_signed_takes_it_away_no_more_than_what_has_no_day(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    last = consult(desk)
    react(desk, last)
    clock.move(WEEK)
    patch(desk, last, Patch(result="nothing"))
    patch(desk, last, Patch(result="not_done"))
    patch(desk, last, Patch(result="nothing", done_on=last.visit_date + DAY), signed=False)
    assert is_found(come_back(window, last))


@pytest.mark.parametrize("cleared", [False, True])
def test_a_record_that_cannot_be_read_takes_it_away_no_more(
    window: MainWindow, desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch, *, cleared: bool
) -> None:
    """One of those since, and nothing was told of any; nobody knows what is told there."""
    last = consult(desk)
    react(desk, last)
    clock.move(5 * WEEK)
    if cleared:
        patch(desk, last, Patch(result="nothing", done_on=last.visit_date + DAY))
    unread = patch(desk, last, Patch()).id
    session = come_back(window, last)
    assert is_found(session) != cleared
    read = desk.records.open_visit

    def open_visit(visit_id: str) -> Consultation:
        if visit_id == unread:
            raise ConsultError("This record cannot be read")
        return read(visit_id)

    monkeypatch.setattr(desk.records, "open_visit", open_visit)
    judged = judge_reacted(desk, session.visit, desk.judge)(session.visit)
    assert REACTED in {it.id for it in judged.decision.findings}


def test_what_was_decided_holds_for_its_treatments_and_for_the_next_return(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    last = consult(desk)
    react(desk, last)
    clock.move(20 * WEEK)
    session = come_back(window, last)
    (found,) = (it for it in session.judgement.decision.findings if it.id == REACTED)
    session.override(found.id, "Faded, shallower now", found.digest)
    assert REACTED in session.judgement.decision.recorded

    visit = replace(session.visit, agreement=last.agreement)
    done = sign_off(visit, session.judgement, desk.pack, at=desk.clock())
    again = desk.records.sign(done, None, 0)
    window.open_visit(again.id)
    signed = workspace_of(window).session
    assert REACTED in signed.judgement.decision.recorded, "as it was signed"
    window.run("treatment")
    assert REACTED in workspace_of(window).session.judgement.decision.recorded
    clock.move(WEEK)
    assert REACTED in come_back(window, again).judgement.decision.recorded


def test_a_signed_visit_from_before_it_says_nothing(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    last = consult(desk)
    clock.move(WEEK)
    react(desk, last)
    window.open_visit(last.id)
    assert not is_found(workspace_of(window).session)


def test_a_treatment_begun_anew_by_a_later_consultation_keeps_it(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    """It was put away with the treatment that was overtaken, and nothing asked for it again."""
    last = consult(desk)
    clock.move(5 * WEEK)
    window.reception.show_patient(last.patient_id)
    window.run("treatment")
    session = workspace_of(window).session
    told = Patch(result="reaction", done_on=last.visit_date + DAY, words=SEEN)
    session.set("treatment.patch", told)
    today = desk.clock().date()
    later = replace(last, id="b" * 32, visit_date=today, follows=last.id, signed_at=desk.clock())
    desk.records.sign(later, None, 0)
    window.run("start")
    window.open_visit(session.visit.id)

    begin_anew(window.reception, print)

    anew = workspace_of(window).session
    assert anew.visit.follows == later.id
    assert anew.visit.treatment is not None
    assert anew.visit.treatment.patch == told
    assert is_found(anew)


def test_at_a_treatment_no_other_record_without_its_day_takes_it_away(pack: Pack) -> None:
    """*Not done* in the record after it hid it from the one after that."""
    day = date(2026, 6, 15)
    visit = Consultation(
        id="t", kind="treatment", patient_id="p", follows="c", visit_date=day, started_at=NOON
    )
    reaction = Patch(result="reaction", done_on=day - 60 * DAY)

    def record(told: Patch, before: int, follows: str = "c") -> Consultation:
        on = day - before * DAY
        treatment = Treatment(patch=told)
        return replace(
            visit,
            id=str(before),
            state="signed",
            visit_date=on,
            follows=follows,
            treatment=treatment,
        )

    before = record(reaction, 50)
    soon = Patch(result="nothing", done_on=day - 15 * DAY)
    for told in (Patch(result="not_done"), Patch(result="nothing"), soon):
        assert find_patch(pack.protocol, visit, [before, record(told, 10)]) == reaction
    clear = Patch(result="nothing", done_on=day - 38 * DAY)
    assert find_patch(pack.protocol, visit, [before, record(clear, 10)]) == clear
    assert find_patch(pack.protocol, visit, [before, record(clear, 10, "other")]) == Patch(), (
        "of another plan"
    )
