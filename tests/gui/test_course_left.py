"""A return visit in the middle of a course plans what is left of it, and says what was done."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from consult_app.domain.consultation import Consultation, MapFinding
from consult_app.domain.plan import PlanRequest, Target
from consult_app.domain.treatment import Treatment
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.session import Session
from consult_app.knowledge.visits.handing_over import renew
from tests.gui.conftest import Clock
from tests.gui.test_depth_of_day import tell
from tests.gui.test_needled_before import CHEEKS, WEEK, treat
from tests.gui.test_return_faults import begin
from tests.gui.touring import make_last, workspace_of

CHEEK = Target(area="cheeks", concern="acne_rolling")
ICE_PICK = Target(area="cheeks", concern="acne_icepick")


def plan_scars(desk: Desk, sessions: int | None = None, target: Target = CHEEK) -> Consultation:
    """Keep a signed consultation that plans scars of the cheeks: 3 to 6 visits, usually 4.

    Its first visit is today.
    """
    sample = desk.sample_visit()
    plan = replace(
        sample.plan,
        targets=(target,),
        primary_concern=target.concern,
        first_session=desk.clock().replace(second=0, microsecond=0),
        depth_mm=None,
        event_date=None,
        interval_weeks=None,
        sessions=sessions,
    )
    return make_last(desk, plan=plan, skin=replace(sample.skin, findings=()))


def come_again(
    window: MainWindow, desk: Desk, clock: Clock, last: Consultation, done: int
) -> PlanPanel:
    """Treat that often, every four weeks, and open Plan of a return visit four weeks later."""
    for _ in range(done):
        treat(desk, last, CHEEKS)
        clock.move(4 * WEEK)
    window.open_visit(last.id)
    window.run("return")
    session = workspace_of(window).session
    session.set("facts.phototype", last.facts.phototype)
    window.run("panel:plan")
    panel = workspace_of(window).panel
    assert isinstance(panel, PlanPanel)
    return panel


def begin_today(session: Session, clock: Clock) -> None:
    """Write that the first visit is today."""
    session.set("plan.first_session", clock.now.replace(second=0, microsecond=0))


def count(panel: PlanPanel) -> int | None:
    """Return how many visits are written."""
    return panel.session.visit.plan.sessions


@pytest.mark.parametrize("asked", [None, 4])
@pytest.mark.parametrize("done", [1, 2, 3])
def test_the_same_as_last_visit_is_what_is_left(
    window: MainWindow, desk: Desk, clock: Clock, *, asked: int | None, done: int
) -> None:
    """After one visit of four it planned four more, the fifth treatment."""
    panel = come_again(window, desk, clock, plan_scars(desk, asked), done)
    card = panel.last
    assert card is not None
    left = f"{done} of 4 visits done: {4 - done} left"
    assert left in card._rows["course"]._before.text()

    panel.take_same()

    session = panel.session
    begin_today(session, clock)
    plan = session.judgement.plan
    assert session.visit.plan.sessions == 4 - done
    assert plan is not None
    assert len(plan.session_dates) == 4 - done, "also fewer than a whole course has"
    assert plan.adjustments == ()
    assert f"This plan counts anew from visit 1. {left}" in tell(panel)
    assert "visits are usual" not in tell(panel)


def test_so_is_what_is_taken_over_from_goals_and_map(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    panel = come_again(window, desk, clock, plan_scars(desk), 1)
    seen = MapFinding(area="cheeks", side="right", concern="acne_rolling", grade=3)
    panel.session.set("skin.findings", (seen,))

    panel.accept()

    assert [it.concern for it in panel.session.visit.plan.targets] == ["acne_rolling"]
    assert count(panel) == 3


def test_so_is_the_plan_alone_that_is_the_same(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    panel = come_again(window, desk, clock, plan_scars(desk), 1)
    assert panel.last is not None

    panel.last.take("lines")

    assert count(panel) == 3


def test_another_number_can_be_written_and_another_concern_begins_anew(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    panel = come_again(window, desk, clock, plan_scars(desk), 1)
    panel.sessions.edited.emit(5)
    panel.take_same()
    panel.lines.edited.emit((*panel.session.visit.plan.targets, Target(area="neck", concern="pih")))
    assert count(panel) == 5

    panel.sessions.edited.emit(None)
    panel.lines.edited.emit(())
    panel.lines.edited.emit((Target(area="cheeks", concern="fine_lines"),))
    begin_today(panel.session, clock)

    assert count(panel) is None
    assert "1 visit of the plan of 9 Mar 2026 was done" in tell(panel)
    assert "left" not in tell(panel)


def test_fewer_visits_than_are_usual_are_told(window: MainWindow, desk: Desk, clock: Clock) -> None:
    """One visit done and one left is less than the reference has; nothing refused or changed it."""
    panel = come_again(window, desk, clock, plan_scars(desk), 1)
    panel.take_same()
    begin_today(panel.session, clock)
    panel.sessions.edited.emit(1)

    plan = panel.session.judgement.plan
    assert plan is not None
    assert len(plan.session_dates) == 1
    assert (
        "Acne scars - rolling: 3 to 6 visits are usual. With those of this course that were done "
        "here the plan comes to 2" in tell(panel)
    )


def test_a_course_that_begins_has_as_many_as_are_usual(desk: Desk) -> None:
    plan = desk.judge(replace(plan_scars(desk, 2), state="draft")).plan

    assert plan is not None
    assert len(plan.session_plan) == 3
    assert [it.field for it in plan.adjustments] == ["sessions"]


def test_its_later_treatments_have_no_fewer_than_its_sheet(desk: Desk, clock: Clock) -> None:
    """Of two asked three were planned; once somebody was needled two would have done."""
    last = plan_scars(desk, 2)
    treat(desk, last, CHEEKS)
    clock.move(4 * WEEK)

    second = begin(desk, "treatment", last)

    assert second.plan.sessions == 3


def test_a_change_may_be_seen_when_the_sheet_at_home_says(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    """The sheet had it from 27 July on, six weeks after visit 1; the return visit four later."""
    last = plan_scars(desk)
    told = desk.judge_then(last).plan
    assert told is not None
    panel = come_again(window, desk, clock, last, 1)
    panel.take_same()
    begin_today(panel.session, clock)
    session, plan = panel.session, panel.session.judgement.plan
    assert plan is not None
    assert plan.session_dates[0].date() == told.session_dates[1].date()
    assert plan.review_date == told.review_date

    window.run("panel:expectations")
    shown = tell(workspace_of(window).panel)
    sheet = desk.make_sheet(session.visit).text.replace("\xa0", " ")

    first = told.first_visible_window[0]
    assert (first.day, first.month) == (27, 7)
    assert "27 Jul 2026 to 7 Sep 2026" in shown
    assert "27 Jul" in sheet
    assert "24 Aug" not in shown + sheet


def return_for(
    desk: Desk, last: Consultation, number: int, plan: PlanRequest | None = None
) -> Consultation:
    """Keep a signed return visit of today that plans what is left of a course, or another plan."""
    now = desk.clock()
    again = replace(
        last,
        id=str(number) * 32,
        follows=last.id,
        visit_date=now.date(),
        started_at=now,
        signed_at=None,
        fingerprint="",
        plan=plan or replace(last.plan, sessions=3, first_session=now),
    )
    return desk.records.sign(again, None, 0)


@pytest.mark.parametrize("between", [1, 2])
def test_a_return_visit_since_leaves_it_as_it_was(
    window: MainWindow, desk: Desk, clock: Clock, between: int
) -> None:
    """The next one planned four visits anew where three were left, and told of none done."""
    last = plan_scars(desk)
    treat(desk, last, CHEEKS)
    for number in range(between):
        clock.move(WEEK)
        last = return_for(desk, last, number)
    clock.move(WEEK)
    panel = come_again(window, desk, clock, last, 0)
    panel.take_same()
    begin_today(panel.session, clock)
    assert count(panel) == 3
    assert "1 of 4 visits done: 3 left" in tell(panel)
    assert "27 Jul" in desk.make_sheet(panel.session.visit).text.replace("\xa0", " ")


def test_so_does_one_that_planned_nothing(window: MainWindow, desk: Desk, clock: Clock) -> None:
    first = plan_scars(desk)
    treat(desk, first, CHEEKS)
    clock.move(WEEK)
    last = return_for(desk, first, 1, PlanRequest())
    panel = come_again(window, desk, clock, last, 0)
    panel.session.set("plan", replace(first.plan, first_session=clock.now))
    assert "1 of 4 visits done: 3 left" in tell(panel)


def test_one_that_asked_for_more_visits_is_gone_on_with_as_it_planned(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    first = plan_scars(desk)
    treat(desk, first, CHEEKS)
    clock.move(WEEK)
    last = return_for(desk, first, 1, replace(first.plan, sessions=5))
    panel = come_again(window, desk, clock, last, 0)
    panel.take_same()
    begin_today(panel.session, clock)
    assert count(panel) == 5
    assert "1 of 6 visits done: 5 left" in tell(panel)


def test_one_that_planned_something_else_begins_anew(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    first = plan_scars(desk)
    treat(desk, first, CHEEKS)
    clock.move(WEEK)
    lines = Target(area="cheeks", concern="fine_lines")
    other = replace(first.plan, targets=(lines,), primary_concern="fine_lines")
    panel = come_again(window, desk, clock, return_for(desk, first, 1, other), 0)
    panel.session.set("plan", replace(first.plan, first_session=clock.now))
    assert "left" not in tell(panel)


@pytest.mark.parametrize("by_rest", [1, 2])
def test_the_sheet_of_a_treatment_of_the_rest_counts_it_from_the_first_of_all(
    window: MainWindow, desk: Desk, clock: Clock, by_rest: int
) -> None:
    """It counted from the first of the rest, and once more from the first of all: untold."""
    panel = come_again(window, desk, clock, plan_scars(desk, target=ICE_PICK), 1)
    panel.take_same()
    begin_today(panel.session, clock)
    rest = replace(panel.session.visit, state="signed", id="rest")
    desk.records.sign(rest, None, 0)
    for _ in range(1, by_rest):
        treat(desk, rest, CHEEKS)
        clock.move(4 * WEEK)
    today = replace(begin(desk, "treatment", rest), treatment=Treatment(treated=True))

    sheet = desk.make_sheet(renew(rest, today, clock.now.replace(second=0, microsecond=0)))

    text = sheet.text.replace("\xa0", " ")
    # The first of all was on 15 June, and such scars show a change from twelve weeks on.
    assert "from Mon 7 Sep, counted from an earlier visit" in text


def test_the_day_that_was_agreed_is_told_until_the_plan_has_it(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    last = plan_scars(desk)
    agreed = clock.now.date() + timedelta(weeks=6)
    begun = begin(desk, "treatment", last)
    done = Treatment(treated=True, areas=(CHEEKS,), next_date=agreed, next_visit="treatment")
    desk.records.sign(replace(begun, treatment=done, state="signed"), None, 0)
    clock.move(4 * WEEK)

    panel = come_again(window, desk, clock, last, 0)
    panel.take_same()
    told = "The next visit was agreed for Mon 27 Jul 2026"
    begin_today(panel.session, clock)
    assert told in tell(panel)

    panel.session.set("plan.first_session", clock.now + timedelta(weeks=2))
    assert told not in tell(panel)


def test_what_nobody_signed_yet_is_not_counted(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    last = plan_scars(desk)
    begun = begin(desk, "treatment", last)
    done = replace(begun, treatment=Treatment(treated=True, areas=(CHEEKS,)))
    desk.records.keep_draft(done, lambda _: None, lambda _: None)
    desk.records.finish_writing()
    clock.move(4 * WEEK)

    panel = come_again(window, desk, clock, last, 0)
    panel.take_same()

    assert count(panel) is None


@pytest.mark.parametrize(("done", "later"), [(4, 0), (1, 60)])
def test_a_course_that_is_over_is_not_gone_on_with(
    window: MainWindow, desk: Desk, clock: Clock, *, done: int, later: int
) -> None:
    """All of it was done, or a year has passed: the sheet would tell no first change any more."""
    last = plan_scars(desk)
    for _ in range(done):
        treat(desk, last, CHEEKS)
        clock.move(4 * WEEK)
    clock.move(later * WEEK)
    panel = come_again(window, desk, clock, last, 0)
    panel.take_same()
    begin_today(panel.session, clock)

    plan = panel.session.judgement.plan
    assert plan is not None
    assert count(panel) is None
    assert "left" not in tell(panel)
    first = plan.first_visible_window[0]
    sheet = desk.make_sheet(panel.session.visit).text.replace("\xa0", " ")
    assert f"Look for a change from {first:%a} {first.day} {first:%b}" in sheet


def test_a_course_of_long_ago_makes_no_new_one_shorter(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    """Needling there in any year let one visit count as a course."""
    panel = come_again(window, desk, clock, plan_scars(desk), 1)
    clock.move(60 * WEEK)
    begin_today(panel.session, clock)
    panel.take_same()
    panel.sessions.edited.emit(1)

    plan = panel.session.judgement.plan
    assert plan is not None
    assert len(plan.session_dates) == 3
    assert "sessions" in {it.field for it in plan.adjustments}
