"""The sheet is made from the plan that the window shows, with what was decided in the visit."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtWidgets import QApplication

from consult_app.domain.consultation import Answer, Antiviral, Consultation, Override
from consult_app.domain.history import Condition, Numbing
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.plan import PlanOutcome, Target
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.widgets.labels import Label
from consult_app.knowledge.planning.soft_caps import SOFT_CAP
from consult_app.knowledge.visits.treating import begin_treatment
from tests.gui.touring import workspace_of

TABLETS = "Take your cold sore tablets as your doctor told you"
MAYBE = "Your doctor decides if you need tablets|Take cold sore tablets if your doctor tells you to"
STAY_AWAY = "Do not come if you have a cold sore|If you get a cold sore, call us"
CONDITION = "antiviral tablets (yes, no or not needed) is recorded first"
COLD_SORE = Condition(
    code="herpes_simplex",
    status="healed",
    zones=("upper_lip",),
    date_healed=PartialDate.parse("2020-01-01"),
)


def plan_deeper(desk: Desk) -> Consultation:
    """Return a visit whose soft cap was set aside with a reason."""
    visit = desk.sample_visit()
    plan = replace(
        visit.plan,
        targets=(Target(area="cheeks", concern="acne_rolling"),),
        primary_concern="acne_rolling",
        device_label_max_mm=2.5,
        first_session=datetime.fromisoformat("2026-07-06T09:15"),
        depth_mm=2.0,
        interval_weeks=4,
        sessions=3,
    )
    deeper = (Override(id=SOFT_CAP + "cheeks", reason="Deep scars, 1.5 mm did nothing"),)
    skin = replace(visit.skin, phototype_seen=2, phototype_sheet={})
    facts = replace(visit.facts, phototype=2)
    return replace(visit, plan=plan, skin=skin, facts=facts, overrides=deeper)


def with_cold_sores(desk: Desk, decided: Antiviral | None = None) -> Consultation:
    """Return a visit of somebody who has had cold sores on the lip."""
    visit = desk.sample_visit()
    facts = replace(visit.facts, conditions=(*visit.facts.conditions, COLD_SORE))
    answers = {**visit.answers, "herpes_simplex": Answer(state="yes")}
    return replace(visit, facts=facts, answers=answers, antiviral=decided)


def test_a_cap_set_aside_with_a_reason_counts_on_the_sheet_too(desk: Desk) -> None:
    """Else it would name another depth, other visits and shorter waits than were agreed."""
    visit = plan_deeper(desk)
    plan = desk.judge(visit).plan
    assert plan is not None
    assert plan.session_plan[0].depths[0].planned_mm == 2.0
    assert [moment.date().isoformat() for moment in plan.session_dates[:2]] == [
        "2026-07-06",
        "2026-08-17",
    ]

    sheet = desk.make_sheet(visit)

    told = sheet.text.replace("\xa0", " ")
    assert "Depth: 2.0 mm." in told
    assert "9:15 am on Monday 17 August 2026" in told
    assert "20260817T" in sheet.dates


@pytest.mark.parametrize("decided", ["no", "not_needed"])
def test_whom_no_tablets_were_prescribed_is_not_told_to_take_any(
    desk: Desk, decided: Antiviral
) -> None:
    told = desk.make_sheet(with_cold_sores(desk, decided)).text

    assert TABLETS not in told
    assert re.search(STAY_AWAY, told)


def test_tablets_are_taken_as_they_were_told_once_there_are_any(desk: Desk) -> None:
    """As long as nothing is decided, no word takes for granted that there will be."""
    decided = desk.make_sheet(with_cold_sores(desk, "yes")).text
    still_open = desk.make_sheet(with_cold_sores(desk)).text

    assert TABLETS in decided
    assert TABLETS not in still_open
    assert re.search(MAYBE, still_open)
    assert not re.search(MAYBE, decided)


def test_the_decision_is_asked_beside_the_plan_and_settles_its_condition(
    window: MainWindow, desk: Desk
) -> None:
    window.show_visit(with_cold_sores(desk))
    window.run("panel:plan")
    QApplication.processEvents()
    workspace = workspace_of(window)
    panel = workspace.panel
    assert isinstance(panel, PlanPanel)
    session = workspace.session

    def shown() -> str:
        return "\n".join(each.text() for each in panel.findChildren(Label) if each.isVisible())

    assert panel.tablets.isVisible()
    assert panel.tablets.choice.value() == "open"
    assert CONDITION in shown()
    assert "Take the tablets your prescriber gave you" in shown()

    panel.tablets.choice.edited.emit("not_needed")
    QApplication.processEvents()

    chosen: str | None = session.visit.antiviral
    assert chosen == "not_needed"
    assert CONDITION not in shown()
    assert "Take the tablets your prescriber gave you" not in shown()
    plan = session.judgement.plan
    assert plan is not None
    assert plan.outcome is not PlanOutcome.PROCEED_WITH_CONDITIONS
    session.undo()
    assert session.visit.antiviral is None
    assert panel.tablets.choice.value() == "open"


def test_nothing_is_asked_of_who_never_had_any(window: MainWindow, desk: Desk) -> None:
    window.show_visit(desk.sample_visit())
    window.run("panel:plan")
    QApplication.processEvents()
    panel = workspace_of(window).panel
    assert isinstance(panel, PlanPanel)

    assert panel.tablets.isHidden()


def test_finish_and_the_treatment_know_what_was_decided(window: MainWindow, desk: Desk) -> None:
    visit = with_cold_sores(desk, "yes")
    window.show_visit(visit)
    window.run("panel:finish")
    QApplication.processEvents()
    shown = [each.text() for each in window.findChildren(Label) if each.isVisible()]
    assert "Cold sore tablets: the prescriber's decision: Yes." in shown
    assert not [text for text in shown if CONDITION in text]

    now = datetime.fromisoformat("2026-07-06T09:15")
    begun = begin_treatment(
        desk.pack, desk.sample_visit(), visit, desk.judge(visit).plan, steps=0, now=now
    )
    assert begun.antiviral == "yes"


def test_what_stands_in_the_decision_box_is_not_said_again_beneath_the_plan(
    window: MainWindow, desk: Desk
) -> None:
    visit = with_cold_sores(desk)
    action = next(
        it.action for it in desk.judge(visit).decision.findings if "antiviral" in it.action
    )
    window.show_visit(visit)
    window.run("panel:plan")
    QApplication.processEvents()
    workspace = workspace_of(window)

    assert action in [each.text() for each in workspace.box.findChildren(Label)]
    assert action not in [each.text() for each in workspace.panel.findChildren(Label)]


def test_finish_says_what_is_to_be_recorded_first_and_what_goes_on_the_skin(
    window: MainWindow, desk: Desk
) -> None:
    visit = with_cold_sores(desk)
    cream = Numbing(product="lidocaine4")
    plan = replace(visit.plan, addons=("prp", "vitamin_c_serum"), numbing=cream)
    window.show_visit(replace(visit, plan=plan))
    window.run("panel:finish")
    QApplication.processEvents()

    panel = workspace_of(window).panel
    shown = [each.text() for each in panel.findChildren(Label) if each.isVisible()]
    assert [text for text in shown if CONDITION in text]
    assert "Goes on the needled skin: PRP (own plasma)." in shown, "what was taken out does not"
    assert [text for text in shown if text.startswith("Numbing cream: ")]
