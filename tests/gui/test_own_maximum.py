"""No plan and no treatment goes deeper than the practitioner is trained and insured to needle."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from consult_app.domain.people import Patient
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.panels.treatment.treated import TreatedPanel
from consult_app.gui.practice.sheet import PracticeSheet
from consult_app.gui.session import Session
from consult_app.knowledge.visits.beyond import find_beyond
from consult_app.settings import Colleague, practitioner_of, read_settings
from tests.gui.test_other_device import begin_treatment, choose, find_depths
from tests.gui.touring import make_last, workspace_of

DOCTOR = Colleague(name="Dr Lena Hart", role="Doctor", max_mm=2.0)
NURSE = Colleague(name="Robin Ashdown", role="Nurse", max_mm=0.75)
OWN = "practitioner's own maximum"


def staff(window: MainWindow, here: Colleague, *others: Colleague) -> None:
    """Let one work here, beside others."""
    choose(
        window,
        practitioner_name=here.name,
        practitioner_role=here.role,
        practitioner_registration=here.registration,
        practitioner_max_mm=here.max_mm,
    )
    window._try_settings(replace(window.desk.settings, colleagues=others))


def find_caps(session: Session) -> set[float]:
    plan = session.judgement.plan
    assert plan is not None
    return {line.reach_mm for line in plan.lines}


def open_sample(window: MainWindow) -> tuple[Session, PlanPanel]:
    window.show_visit(window.desk.sample_visit())
    window.run("panel:plan")
    QApplication.processEvents()
    panel = workspace_of(window).panel
    assert isinstance(panel, PlanPanel)
    return workspace_of(window).session, panel


def tell_lines(panel: PlanPanel) -> str:
    QApplication.processEvents()
    return " ".join(row.depth_words.text() for row in panel.lines._rows)


def drop_reference(text: str) -> list[str]:
    """Return the words without what tells one print from another."""
    return [line for line in text.splitlines() if "Reference" not in line]


def test_nothing_set_holds_nothing_and_says_nothing(window: MainWindow) -> None:
    session, panel = open_sample(window)

    assert session.visit.operator_max_mm is None
    assert max(find_caps(session)) > NURSE.max_mm  # type: ignore[operator] # a number
    assert OWN not in tell_lines(panel)


def test_an_open_plan_is_held_to_it_as_soon_as_it_is_set_and_says_so(window: MainWindow) -> None:
    session, panel = open_sample(window)
    before = find_caps(session)

    choose(window, practitioner_max_mm=0.75)

    assert max(find_caps(session)) == 0.75
    assert f"never above 0.75 mm ({OWN})" in tell_lines(panel)
    assert panel.depth_choice.words.text().lower().endswith("never above 0.75 mm")
    session.set("plan.depth_mm", 1.5)
    plan = session.judgement.plan
    assert plan is not None
    reasons = [it.reason for it in plan.adjustments if it.field == "depth_mm"]
    assert any("practitioner's own maximum allows 0.75 mm" in it for it in reasons)
    session.set("plan.depth_mm", None)

    choose(window, practitioner_max_mm=None)

    assert find_caps(session) == before
    assert OWN not in tell_lines(panel)


def test_what_limits_a_line_names_it_only_where_it_does(window: MainWindow) -> None:
    visit = window.desk.sample_visit()
    window.show_visit(replace(visit, plan=replace(visit.plan, device_label_max_mm=0.75)))
    window.run("panel:plan")
    panel = workspace_of(window).panel
    assert isinstance(panel, PlanPanel)
    assert "limited by skin type or device ·" in tell_lines(panel)

    choose(window, practitioner_max_mm=0.5)

    assert "limited by skin type, device or own maximum ·" in tell_lines(panel)


def test_it_is_not_named_where_something_else_holds_the_depth(window: MainWindow) -> None:
    choose(window, practitioner_max_mm=2.5)
    session, panel = open_sample(window)

    assert max(find_caps(session)) < 2.5
    assert OWN not in tell_lines(panel)


def test_whoever_takes_over_an_open_plan_holds_it(window: MainWindow) -> None:
    staff(window, DOCTOR, NURSE)
    session, _ = open_sample(window)
    deep = max(find_caps(session))

    window.run("hands:0")
    assert max(find_caps(session)) == NURSE.max_mm
    session.undo()
    assert max(find_caps(session)) == NURSE.max_mm, "who is here is nothing to take back"

    window.run("hands:0")
    assert max(find_caps(session)) == deep
    assert NURSE in read_settings(window.desk.home).colleagues, "with the maximum"


def test_the_sheet_is_of_the_plan_that_is_held(window: MainWindow) -> None:
    """How long the redness lasts, and what is cared for when, goes by the depth."""
    choose(window, practitioner_max_mm=0.25)
    session, _ = open_sample(window)
    held = window.desk.make_sheet(session.visit).text

    assert held != window.desk.make_sheet(replace(session.visit, operator_max_mm=None)).text
    shallow = replace(session.visit.plan, depth_mm=0.25)
    alike = replace(session.visit, operator_max_mm=None, plan=shallow)
    assert drop_reference(held) == drop_reference(window.desk.make_sheet(alike).text)


def test_what_is_signed_stays_as_deep_as_it_was_signed(window: MainWindow, desk: Desk) -> None:
    last = make_last(desk, operator_max_mm=0.75)

    window.open_visit(last.id)
    choose(window, practitioner_max_mm=0.25)

    session = workspace_of(window).session
    assert session.visit == last
    assert max(find_caps(session)) == 0.75
    assert desk.records.open_visit(last.id).operator_max_mm == 0.75


def test_a_treatment_goes_by_who_treats(window: MainWindow) -> None:
    staff(window, NURSE, DOCTOR)
    session = begin_treatment(window, operator_max_mm=DOCTOR.max_mm)

    assert session.visit.operator_max_mm == NURSE.max_mm
    assert max(find_caps(session)) == NURSE.max_mm
    assert max(depth for depth in find_depths(session) if depth is not None) <= 0.75


def test_who_may_go_deeper_makes_no_treatment_deeper_than_it_was_planned(
    window: MainWindow,
) -> None:
    staff(window, DOCTOR, NURSE)
    session = begin_treatment(window, operator_max_mm=0.75)
    assert session.visit.operator_max_mm == 0.75

    choose(window, practitioner_max_mm=0.5)
    assert max(find_caps(session)) == 0.5
    assert max(depth for depth in find_depths(session) if depth is not None) <= 0.5

    choose(window, practitioner_max_mm=2.0)
    assert max(find_caps(session)) == 0.75, "a slip of the settings leaves nothing behind"


def test_a_treatment_gone_on_with_by_another_is_held_to_that_one(window: MainWindow) -> None:
    staff(window, DOCTOR, NURSE)
    session = begin_treatment(window)
    session.answer("pregnancy", "no")
    visit_id = session.visit.id
    window.show_start()
    window.run("hands:0")

    window.open_visit(visit_id)

    assert max(find_caps(workspace_of(window).session)) == NURSE.max_mm


def test_what_was_needled_deeper_asks_for_its_reason(window: MainWindow) -> None:
    choose(window, practitioner_max_mm=0.5)
    session = begin_treatment(window)
    treatment = session.visit.treatment
    assert treatment is not None
    deep = tuple(replace(it, depth_mm=1.0, suggested=False) for it in treatment.areas)
    session.set("treatment", replace(treatment, treated=True, areas=deep))
    window.run("panel:treated")
    panel = workspace_of(window).panel
    assert isinstance(panel, TreatedPanel)
    QApplication.processEvents()

    told = find_beyond(window.desk.pack, session.visit, session.judgement)
    assert told
    assert {it.words for it in told if it.asks} == {
        "Deeper than 0.5 mm, by the practitioner's own maximum"
    }
    assert panel.beyond.isVisible()


@pytest.fixture
def sheet(window: MainWindow) -> PracticeSheet:
    """The settings of a window where the doctor works, and the nurse too."""
    staff(window, DOCTOR, NURSE)
    window.start.settings_wanted.emit()
    return [each for each in window.findChildren(PracticeSheet) if each.isVisible()][-1]


def test_each_practitioner_has_one_of_their_own(window: MainWindow, sheet: PracticeSheet) -> None:
    assert sheet.own_max.value() == 2.0
    sheet.hands.edited.emit("0")
    assert sheet.own_max.value() == 0.75
    sheet.own_max.line.setText("1")
    sheet.hands.edited.emit("0")
    assert sheet.own_max.value() == 2.0
    sheet.own_max.line.clear()
    sheet._keep()

    kept = read_settings(window.desk.home)
    assert practitioner_of(kept) == replace(DOCTOR, max_mm=None)
    assert kept.colleagues == (replace(NURSE, max_mm=1.0),)
    begun = window.desk.begin_visit(kept, Patient(name="Ada Berg"))
    assert begun.operator_max_mm is None


@pytest.mark.parametrize("text", ["9", "deep", "0.1"])
def test_what_is_no_depth_is_never_left_out(
    window: MainWindow, sheet: PracticeSheet, qtbot: QtBot, text: str
) -> None:
    """As if nothing was set, and plans went as deep as ever."""
    sheet.own_max.line.setText(text)

    for go_on in (sheet._keep, lambda: sheet.hands.edited.emit("0")):
        sheet.notice.hide()
        go_on()
        qtbot.waitUntil(sheet.own_max.line.hasFocus)
        assert "from 0.25 to 2.5" in sheet.notice.text()
        assert sheet.own_max.line.text() == text
    assert practitioner_of(window.desk.settings) == DOCTOR
