"""A signed record is told by the clinic's numbers it was signed with; its box by the stricter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication

from consult_app.domain.consultation import Consultation
from consult_app.domain.decision import DecisionState
from consult_app.domain.treatment import Treatment
from consult_app.gui.handout.of_day import find_anew, find_moved
from consult_app.gui.main_window import MainWindow
from consult_app.gui.patient_view.waiting import SIGNED, may_have_sheet, say_nothing_is_there
from consult_app.gui.session import Session
from consult_app.handout.text import write_text
from consult_app.knowledge.visits.locking import sign_off
from consult_app.knowledge.visits.signed_otherwise import BY_OTHERS, BY_THEN, BY_TODAY, HANDOUT
from consult_app.settings import LimitChange
from tests.gui.conftest import Clock
from tests.gui.test_return_faults import begin
from tests.gui.touring import workspace_of

TODAY = date(2026, 6, 15)
SOON = datetime.fromisoformat("2026-06-16T09:00")
WAITS = LimitChange(limit="cooling_off_days", who="Dr Hart", on=TODAY, before=0, after=7)
BACK = replace(WAITS, before=7, after=0)


def change(window: MainWindow, *changes: LimitChange) -> None:
    """Have the clinic's list of changes be these."""
    window._try_settings(replace(window.desk.settings, changes=changes))


def sign(window: MainWindow) -> Consultation:
    """Sign the sample visit by the numbers of now, its sheet with it; it gave its harms today."""
    desk = window.desk
    visit = desk.sample_visit()
    consent = replace(visit.facts.consent, risks_given_on=TODAY)
    visit = replace(visit, facts=replace(visit.facts, consent=consent), plan_accepted=True)
    visit = replace(visit, plan=replace(visit.plan, first_session=SOON))
    judged = desk.judge(visit)
    signed = sign_off(visit, judged, desk.pack, at=desk.clock())
    sheet = desk.make_sheet(signed)
    return desk.records.sign(signed, sheet.pdf, sheet.pages)


def tell_first(window: MainWindow, visit: Consultation) -> date:
    """Return the first visit by the plan as a signed record shows it."""
    window.show_visit(visit)
    plan = workspace_of(window).session.judgement.plan
    assert plan is not None
    return plan.session_dates[0].date()


def lead(window: MainWindow, panel: str) -> str:
    window.run(f"panel:{panel}")
    QApplication.processEvents()
    return workspace_of(window).panel.lead.text()


def test_a_number_put_back_changes_nothing_of_what_was_signed(window: MainWindow) -> None:
    """Plan, expectations and the patient's view named earlier days than the sheet handed over."""
    change(window, WAITS)
    signed = sign(window)
    told = write_text(window.desk.tell_patient(signed))
    first = tell_first(window, signed)
    assert first >= date(2026, 6, 22)
    assert BY_THEN not in lead(window, "plan")

    change(window, WAITS, BACK)
    assert tell_first(window, replace(signed, state="draft")) < first  # so it would be today
    assert tell_first(window, signed) == first
    assert write_text(window.desk.tell_patient(signed)) == told
    assert workspace_of(window).session.judgement.decision.state is DecisionState.DEFER
    for panel in ("plan", "expectations", "finish"):
        assert BY_THEN in lead(window, panel)


def test_the_box_of_a_signed_record_is_not_calmer_than_the_numbers_of_today(
    window: MainWindow,
) -> None:
    signed = sign(window)
    first = tell_first(window, signed)
    change(window, WAITS)
    assert tell_first(window, signed) == first
    decision = workspace_of(window).session.judgement.decision
    assert decision.state is DecisionState.DEFER
    assert decision.headline.startswith(BY_TODAY.partition("{")[0])


def test_follow_ups_due_name_neither_an_earlier_day_than_the_sheet_nor_than_today_allows(
    window: MainWindow,
) -> None:
    calm = sign(window)

    def find_first(visit: Consultation) -> date:
        first = window.desk.patients._expected._find_first(visit)  # type: ignore[attr-defined] # of the real ones
        assert isinstance(first.day, date)
        return first.day

    early = find_first(calm)
    change(window, WAITS)
    late = find_first(calm)
    assert early < late
    waiting = replace(sign(window), id="another")
    change(window, WAITS, BACK)
    assert find_first(waiting) == late
    assert find_first(calm) == early


@pytest.mark.parametrize("kept", [True, False])
def test_where_nobody_knows_the_numbers_the_patient_is_shown_nothing_worked_out_anew(
    window: MainWindow, *, kept: bool
) -> None:
    signed = replace(sign(window), content_version="0.9")
    signed = signed if kept else replace(signed, handout=None)
    window.show_visit(signed)
    told = lead(window, "plan")
    assert BY_OTHERS in told
    assert (HANDOUT in told) is kept
    judgement = workspace_of(window).session.judgement
    assert not may_have_sheet(signed, judgement)
    assert (say_nothing_is_there(signed, judgement)[0] == SIGNED) is kept


def begin_treatment(window: MainWindow, signed: Consultation, *, treated: bool) -> Session:
    """Open a treatment of now that follows a signed consultation."""
    begun = begin(window.desk, "treatment", signed)
    treatment = replace(begun.treatment or Treatment(), treated=treated)
    window.show_visit(replace(begun, treatment=treatment))
    return workspace_of(window).session


def test_a_sheet_is_compared_by_the_numbers_it_was_made_with(
    window: MainWindow, clock: Clock
) -> None:
    """A number changed since moved the days it was taken to name: six days off, all "held"."""
    signed = sign(window)
    change(window, WAITS)
    clock.now = SOON + timedelta(days=6)

    session = begin_treatment(window, signed, treated=True)

    told = find_moved(window.desk, session)
    assert "count from 16 June 2026; this treatment is on 22 June 2026" in told
    assert find_anew(window.desk, session) is not None


def test_on_its_own_day_a_sheet_holds_whatever_the_numbers_are_now(
    window: MainWindow, clock: Clock
) -> None:
    """It was said to count from another day, which stands nowhere on it."""
    signed = sign(window)
    change(window, WAITS)
    clock.now = SOON

    assert find_moved(window.desk, begin_treatment(window, signed, treated=True)) == ""


def test_a_sheet_of_numbers_that_nobody_knows_is_made_anew(
    window: MainWindow, clock: Clock
) -> None:
    signed = replace(sign(window), content_version="0.1")
    sheet = window.desk.records.read_handout(signed)
    signed = window.desk.records.sign(replace(signed, id="other"), sheet, 2)
    clock.now = SOON

    session = begin_treatment(window, signed, treated=True)

    assert "not known here any more" in find_moved(window.desk, session)
    assert find_anew(window.desk, session) is not None
