"""Plan says of a first visit that is surely too early when it can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from consult_app.domain.consultation import Answer
from consult_app.domain.history import Condition
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.finish import FinishPanel
from consult_app.gui.panels.plan.too_early import UNSET, tell_too_early
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.months import Month
from consult_app.knowledge.judgement import could_not_judge
from tests.gui.test_plan_panel import open_plan
from tests.gui.touring import workspace_of

FLARE = Condition(code="rosacea", status="flare", zones=("cheeks",))


@pytest.mark.parametrize(("ahead", "told"), [(27, True), (28, False)])
def test_rosacea_that_flares_today_is_not_over_for_four_weeks(
    window: MainWindow, ahead: int, *, told: bool
) -> None:
    visit = window.desk.sample_visit()
    today = visit.facts.consult_date or window.desk.clock().date()
    plan = replace(
        visit.plan, first_session=datetime.combine(today + timedelta(days=ahead), time(10))
    )
    facts = replace(visit.facts, conditions=(*visit.facts.conditions, FLARE))

    answers = {**visit.answers, "rosacea": Answer(state="yes")}
    panel = open_plan(window, replace(visit, facts=facts, plan=plan, answers=answers))

    words = [label.text() for label in panel.result.findChildren(Label)]
    assert any(word.startswith("Visit 1 cannot be before") for word in words) is told


@pytest.mark.parametrize(("ahead", "settled"), [(0, False), (6, False), (7, True)])
def test_a_visit_within_a_week_is_not_settled_while_nobody_can_tell_when_it_may_be(
    window: MainWindow, ahead: int, *, settled: bool
) -> None:
    """It stood there as visit 1, and treating on that day was refused."""
    visit = window.desk.sample_visit()
    today = visit.facts.consult_date or window.desk.clock().date()
    first = datetime.combine(today + timedelta(days=ahead), time(10))
    answers = {**visit.answers, "pregnancy": Answer(state="yes")}
    visit = replace(
        visit,
        visit_date=today,
        plan=replace(visit.plan, first_session=first),
        facts=replace(visit.facts, pregnancy="possible"),
        answers=answers,
    )
    panel = open_plan(window, visit)

    lines = [label.text() for label in panel.result.findChildren(Label)]
    assert (UNSET in lines) is not settled
    months = [month.accessibleName() for month in panel.result.findChildren(Month)]
    window.run("panel:finish")
    finish = workspace_of(window).panel
    assert isinstance(finish, FinishPanel)
    summary = [label.text() for label in finish.summary.findChildren(Label)]
    for told in ("\n".join(lines), "\n".join(months), "\n".join(summary)):
        for day in ("Visit 1", "Check-up"):
            assert (f"{day}, not settled" in told) is not settled


@pytest.mark.parametrize(("ahead", "settled"), [(30, False), (60, True)])
def test_a_test_patch_within_a_week_is_marked_as_not_settled_with_all_other_days(
    window: MainWindow, ahead: int, *, settled: bool
) -> None:
    visit = window.desk.sample_visit()
    today = visit.facts.consult_date or window.desk.clock().date()
    first = datetime.combine(today + timedelta(days=ahead), time(10))
    visit = replace(
        visit,
        visit_date=today,
        plan=replace(visit.plan, first_session=first),
        facts=replace(visit.facts, pregnancy="possible", phototype=4),
        skin=replace(visit.skin, phototype_seen=4),
        answers={**visit.answers, "pregnancy": Answer(state="yes")},
    )
    panel = open_plan(window, visit)
    lines = [label.text() for label in panel.result.findChildren(Label)]
    for day in ("Test patch", "Visit 1", "Check-up"):
        (told,) = (it for it in lines if it.startswith((f"{day}:", f"{day},")))
        assert told.startswith(f"{day}, not settled: ") is not settled


def test_nothing_is_said_of_what_could_not_be_judged(desk: Desk) -> None:
    judged = could_not_judge(ValueError())

    assert list(tell_too_early(desk, judged)) == []
