"""A treatment goes by what the practice has on the day, not by what it had when it was planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from consult_app.domain.consultation import Answer
from consult_app.domain.decision import DecisionState
from consult_app.domain.history import Medication
from consult_app.domain.treatment import TreatedArea, Treatment
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.other_device import ANEW, SETTINGS, SHALLOWER, WRITTEN
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.panels.treatment.treated import TreatedPanel
from consult_app.gui.session import Session
from consult_app.gui.start.of_practice import name_practice
from consult_app.settings import read_settings
from tests.gui.touring import make_last, workspace_of


def choose(window: MainWindow, **practice: object) -> None:
    settings = window.desk.settings
    changed = replace(settings.practice, **practice)  # type: ignore[arg-type] # of its fields
    window._try_settings(replace(settings, practice=changed))


def begin_treatment(window: MainWindow, **said: object) -> Session:
    window.open_visit(make_last(window.desk, **said).id)
    window.run("treatment")
    return workspace_of(window).session


def find_depths(session: Session) -> set[float | None]:
    treatment = session.visit.treatment
    assert treatment is not None
    return {area.depth_mm for area in treatment.areas}


def test_a_device_that_goes_less_deep_holds_the_depths_of_the_treatment(
    window: MainWindow, desk: Desk
) -> None:
    choose(window, device_kind=desk.sample_visit().plan.device_kind, device_label_max_mm=0.5)
    session = begin_treatment(window)

    assert session.visit.plan.device_label_max_mm == 0.5
    plan = session.judgement.plan
    assert plan is not None
    assert max(line.cap_mm for line in plan.lines) <= 0.5
    assert max(depth for depth in find_depths(session) if depth is not None) <= 0.5


def test_a_treatment_begun_before_is_held_too(window: MainWindow, desk: Desk) -> None:
    kind = desk.sample_visit().plan.device_kind
    choose(window, device_kind=kind, device_label_max_mm=2.5)
    session = begin_treatment(window)
    session.answer("pregnancy", "no")
    visit_id = session.visit.id
    window.show_start()
    choose(window, device_label_max_mm=0.5)

    window.open_visit(visit_id)
    plan = workspace_of(window).session.judgement.plan
    assert plan is not None
    assert max(line.cap_mm for line in plan.lines) <= 0.5


def test_a_deeper_device_makes_no_plan_deeper(window: MainWindow, desk: Desk) -> None:
    planned = replace(desk.sample_visit().plan, device_label_max_mm=1.0)
    choose(window, device_kind=planned.device_kind, device_label_max_mm=2.5)
    session = begin_treatment(window, plan=planned)
    assert session.visit.plan.device_label_max_mm == 1.0


def test_another_kind_of_device_lends_neither_label_nor_number(
    window: MainWindow, desk: Desk
) -> None:
    planned = desk.sample_visit().plan
    choose(window, device_kind="stamp", device_label_max_mm=0.5, device_serial="S-1")
    assert planned.device_kind != "stamp"
    session = begin_treatment(window)
    treatment = session.visit.treatment
    assert treatment is not None
    assert session.visit.plan.device_label_max_mm == planned.device_label_max_mm
    assert treatment.serial == ""


def find_told(window: MainWindow, panel: str) -> str:
    """Return what a panel says of another device."""
    window.run(f"panel:{panel}")
    shown = workspace_of(window).panel
    assert isinstance(shown, (PlanPanel, TreatedPanel))
    notice = shown.device.other if isinstance(shown, PlanPanel) else shown.other
    assert notice.isVisible() == bool(notice.text())
    return notice.text()


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("dermaroller", "The settings name another device: Roller."),
        ("rf_microneedling", "its depth numbers are not comparable."),
        ("", "The settings name no device."),
        ("laser", "The settings name another device: laser."),
    ],
)
def test_another_kind_of_device_is_told_where_the_device_stands(
    window: MainWindow, desk: Desk, kind: str, told: str
) -> None:
    """Nobody said that the practice had none of the kind for which it was planned."""
    session = begin_treatment(window)
    assert find_told(window, "treated") == ""
    choose(window, device_kind=kind)
    told_here = find_told(window, "treated")
    assert told in told_here
    assert told_here.endswith(ANEW)

    last = session.last
    assert last is not None
    window.open_visit(last.id)
    assert find_told(window, "plan") == "", "what is signed stays as it is"
    window.show_visit(replace(desk.sample_visit(), sample=False))
    assert told in find_told(window, "plan")


def test_an_open_treatment_stays_with_the_device_that_was_planned(
    window: MainWindow, desk: Desk
) -> None:
    """It became one of the new device, while a closed one stayed and told of it."""
    plan = desk.sample_visit().plan
    choose(window, device_kind=plan.device_kind, device_label_max_mm=plan.device_label_max_mm)
    session = begin_treatment(window)
    choose(window, device_kind="stamp", device_label_max_mm=0.5)
    assert session.visit.plan.device_kind == plan.device_kind
    assert find_told(window, "treated").startswith(SETTINGS.format(ours="Stamp"))


def test_a_shallower_label_is_told_beside_an_open_plan(window: MainWindow, desk: Desk) -> None:
    """An unfinished visit keeps the label that was written in it."""
    visit = replace(desk.sample_visit(), sample=False)
    window.show_visit(visit)
    assert find_told(window, "plan") == ""
    choose(window, device_kind=visit.plan.device_kind, device_label_max_mm=0.5)
    assert find_told(window, "plan") == SHALLOWER.format(here="0.5")


def test_a_record_that_names_another_kind_of_device_is_told_too(window: MainWindow) -> None:
    session = begin_treatment(window)
    session.set("treatment.device", "roller")
    assert find_told(window, "treated").startswith(WRITTEN.format(ours="Roller"))
    session.set("treatment.device", "Dermapen 4")
    assert find_told(window, "treated") == ""


def test_the_label_and_the_country_are_those_of_the_day(window: MainWindow, desk: Desk) -> None:
    """At 20, a device cleared from 22 in the US asks for a decision (screening, age_legal)."""
    visit = desk.sample_visit()
    young = replace(visit.patient, date_of_birth=date(2006, 1, 1))
    window.open_visit(make_last(desk, patient=young).id)
    choose(window, country="US", device_kind=visit.plan.device_kind, device_profile="exceed")
    window.run("treatment")
    session = workspace_of(window).session

    assert (session.visit.facts.jurisdiction, session.visit.facts.device_profile) == (
        "US",
        "exceed",
    )
    found = {it.id for it in session.judgement.decision.findings}
    assert "device_label_mismatch" in found


@pytest.mark.parametrize("typed", [True, False])
def test_an_open_plan_follows_the_device_unless_another_was_written(
    window: MainWindow, desk: Desk, *, typed: bool
) -> None:
    visit = desk.sample_visit()
    choose(window, device_kind=visit.plan.device_kind, device_label_max_mm=2.5)
    own = replace(visit.plan, device_label_max_mm=1.5 if typed else 2.5)
    facts = replace(visit.facts, device_profile=window.desk.settings.practice.device_profile)
    window.show_visit(replace(visit, plan=own, facts=facts))

    choose(window, device_label_max_mm=0.5)

    plan = workspace_of(window).session.visit.plan
    assert plan.device_label_max_mm == (1.5 if typed else 0.5)


def begin_with_aspirin(window: MainWindow) -> Session:
    """Open a visit of somebody whom the label of one device bars, and the reference does not."""
    visit = window.desk.sample_visit()
    taken = Medication(code="aspirin", status="current")
    facts = replace(visit.facts, medications=(*visit.facts.medications, taken))
    answers = {**visit.answers, "antiplatelets": Answer(state="yes")}
    window.show_visit(replace(visit, facts=facts, answers=answers, sample=False))
    session = workspace_of(window).session
    session.set("goals.own_words", "dents")
    assert session.judgement.decision.state is DecisionState.PRECAUTION
    return session


def test_a_consultation_gone_on_with_is_judged_by_the_device_of_now(window: MainWindow) -> None:
    """It went on to be judged by the device that the practice had when it was begun."""
    visit = begin_with_aspirin(window).visit
    window.show_start()
    choose(window, device_kind=visit.plan.device_kind, device_profile="exceed")

    window.open_visit(visit.id)

    assert workspace_of(window).session.judgement.decision.state is DecisionState.ABSOLUTE


def test_a_plan_that_takes_up_the_device_here_is_judged_by_its_label(window: MainWindow) -> None:
    """The plan began with another kind, and what the label here bars was a precaution."""
    session = begin_with_aspirin(window)
    kind = session.visit.plan.device_kind
    session.set("plan.device_kind", "stamp")
    choose(window, device_kind=kind, device_profile="exceed")

    def state() -> DecisionState:
        return session.judgement.decision.state

    assert state() is DecisionState.PRECAUTION
    session.set("plan.device_kind", kind)
    assert state() is DecisionState.ABSOLUTE
    session.undo()
    session.redo()
    assert state() is DecisionState.ABSOLUTE


def test_neither_undo_nor_an_own_label_leads_back_to_the_former_device(window: MainWindow) -> None:
    session = begin_with_aspirin(window)
    session.set("plan.device_label_max_mm", 1.0)

    choose(window, device_kind=session.visit.plan.device_kind, device_profile="exceed")

    assert session.judgement.decision.state is DecisionState.ABSOLUTE
    session.undo()
    session.undo()
    assert session.judgement.decision.state is DecisionState.ABSOLUTE


def test_a_generic_device_takes_no_rule_away_that_a_case_file_asks_for(window: MainWindow) -> None:
    visit = window.desk.sample_visit()
    window.show_visit(replace(visit, facts=replace(visit.facts, device_profile="exceed")))
    assert workspace_of(window).session.visit.facts.device_profile == "exceed"


def test_no_treatment_is_calmer_for_a_device_that_nobody_named(window: MainWindow) -> None:
    """What the label of the planned device barred was let through where the settings name none."""
    told = begin_with_aspirin(window).visit
    planned = replace(told.facts, device_profile="exceed")
    assert window.desk.settings.practice.device_profile == "generic"
    session = begin_treatment(window, facts=planned, answers=told.answers)
    assert session.judgement.decision.state is DecisionState.ABSOLUTE


def test_undo_leads_a_treatment_back_to_no_deeper_device(window: MainWindow, desk: Desk) -> None:
    choose(window, device_kind=desk.sample_visit().plan.device_kind, device_label_max_mm=2.5)
    session = begin_treatment(window)
    session.answer("pregnancy", "no")
    choose(window, device_label_max_mm=0.5)

    session.undo()

    assert "pregnancy" not in session.visit.answers
    assert session.visit.plan.device_label_max_mm == 0.5
    session.redo()
    assert session.visit.plan.device_label_max_mm == 0.5


def test_undo_leads_an_open_plan_back_to_no_former_device(window: MainWindow) -> None:
    visit = window.desk.sample_visit()
    choose(window, device_kind=visit.plan.device_kind, device_label_max_mm=2.5)
    window.show_visit(visit)
    session = workspace_of(window).session
    session.set("goals.own_words", "dents")

    choose(window, device_label_max_mm=0.5)

    session.undo()
    assert session.visit.goals.own_words == ""
    assert session.visit.plan.device_label_max_mm == 0.5


@pytest.mark.parametrize(
    ("before", "own", "now", "held"),
    [(2.5, 2.5, 0.5, 0.5), (2.5, 1.5, 0.5, 1.5), (2.5, 2.5, None, 2.5), (0.5, 0.5, 2.5, 0.5)],
)
def test_a_closed_plan_follows_a_label_that_was_lowered_meanwhile(
    window: MainWindow, before: float, own: float, now: float | None, held: float
) -> None:
    """The box was clear and the sheet said 1.5 mm; only Plan told of the label."""
    visit = replace(window.desk.sample_visit(), sample=False)
    kind = visit.plan.device_kind
    choose(window, device_kind=kind, device_label_max_mm=before)
    window.show_visit(replace(visit, plan=replace(visit.plan, device_label_max_mm=own)))
    workspace_of(window).session.set("goals.own_words", "dents")
    window.show_start()
    choose(window, device_label_max_mm=now)

    window.open_visit(visit.id)

    session = workspace_of(window).session
    assert session.visit.plan.device_label_max_mm == held
    assert session.judgement.plan is not None
    assert max(line.cap_mm for line in session.judgement.plan.lines) <= held
    told = SHALLOWER.format(here=f"{now:g}") if now and now < held else ""
    assert find_told(window, "plan") == told
    assert read_settings(window.desk.home).practice == window.desk.settings.practice


@pytest.mark.parametrize("treated", [True, None])
def test_what_was_done_is_judged_by_what_it_was_done_with(
    window: MainWindow, *, treated: bool | None
) -> None:
    """The label of a device that came the day after refused the lock, and there was no way out."""
    first = begin_with_aspirin(window).visit
    done = Treatment(treated=treated, areas=(TreatedArea(area="cheeks", concern="acne_rolling"),))
    record = replace(first, id="t" * 32, kind="treatment", treatment=done)
    window.show_start()
    choose(window, device_kind=first.plan.device_kind, device_profile="exceed")

    named = name_practice(record, window.desk.settings)

    assert (named.facts.device_profile == "exceed") is (treated is None)
