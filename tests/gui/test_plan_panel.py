"""Plan: what is suggested looks suggested, dates are seen at a glance, and nothing is dropped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Answer, ConcernWish, Consultation, MapFinding
from consult_app.domain.history import Facts, Numbing
from consult_app.domain.plan import PlanRequest, Target
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.goals import GoalsPanel
from consult_app.gui.panels.plan.device import DeviceCard
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import MenuButton
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.months import Mark, Month, Months
from tests.gui.touring import workspace_of


def open_plan(window: MainWindow, visit: Consultation) -> PlanPanel:
    """Open a consultation on Plan."""
    window.show_visit(visit)
    assert window.workspace is not None
    window.workspace.show_panel("plan")
    panel = window.workspace.panel
    assert isinstance(panel, PlanPanel)
    return panel


def test_lines_say_passes_and_end_point(window: MainWindow) -> None:
    panel = open_plan(window, window.desk.sample_visit())

    words = panel.lines._rows[0].depth_words.text()

    assert "4 to 6 passes" in words
    assert "end point E3 on scars, E2 between" in words
    told = panel.lines.points.text() if panel.lines.points.isVisible() else ""
    assert told.startswith("E1: Even pink skin, no blood. E2: Pink to red with scattered")


def test_a_line_larger_than_what_was_seen_on_one_side_says_so(window: MainWindow) -> None:
    visit = window.desk.sample_visit()
    seen = MapFinding(area="jawline", side="right", concern="acne_rolling", grade=2)
    lines = tuple(Target(area=area, concern="acne_rolling") for area in ("chin_jaw", "jawline"))
    skin, plan = replace(visit.skin, findings=(seen,)), replace(visit.plan, targets=lines)

    panel = open_plan(window, replace(visit, skin=skin, plan=plan))

    whole, side = (row.one_sided for row in panel.lines._rows)
    assert "(Right jawline); all of Chin and jaw is planned" in whole.text()
    assert whole.isVisible()
    assert not side.isVisible()


def test_the_calendar_says_its_visits_and_the_event(window: MainWindow) -> None:
    visit = window.desk.sample_visit()
    goals = replace(visit.goals, event="Wedding", event_date=date(2026, 11, 20))
    plan = replace(visit.plan, event_date=date(2026, 11, 20))

    panel = open_plan(window, replace(visit, goals=goals, plan=plan))

    said = [month.accessibleName() for month in panel.result.findChildren(Month)]
    assert "Jul 2026: 6 Visit 1" in said
    assert "Sep 2026: 28 Visit 4" in said
    assert "Nov 2026: 20 Wedding" in said
    assert "Dec 2026: 21 Check-up" in said


@pytest.mark.parametrize(("weeks", "listed"), [(2, False), (10, True)])
def test_a_test_patch_that_would_be_past_is_no_day_to_come(
    window: MainWindow, weeks: int, *, listed: bool
) -> None:
    """It stood first among the days of the plan, weeks before today."""
    visit = window.desk.sample_visit()
    first = window.desk.clock() + timedelta(weeks=weeks)
    plan = replace(visit.plan, first_session=first, depth_mm=1.0)
    visit = replace(visit, plan=plan, skin=replace(visit.skin, phototype_seen=5))
    panel = open_plan(window, replace(visit, facts=replace(visit.facts, phototype=5)))
    resolved = panel.session.judgement.plan
    assert resolved is not None
    assert resolved.test_patch_date is not None
    told = [it.text() for it in panel.result.findChildren(Label)]
    assert any(line.startswith("Test patch: ") for line in told) is listed
    missed = "The test patch would have been due on"
    assert any(line.startswith(missed) for line in told) is not listed


def test_months_without_marks_are_left_out(look: Theme) -> None:
    marks = [Mark(day=date(2027, 1, 5), label="b"), Mark(day=date(2026, 11, 2), label="a")]

    months = Months(look, marks)

    assert [month.accessibleName() for month in months.findChildren(Month)] == [
        "Nov 2026: 2 a",
        "Jan 2027: 5 b",
    ]


def test_other_choices_that_were_talked_about_are_kept(window: MainWindow) -> None:
    panel = open_plan(window, window.desk.sample_visit())

    panel.alternatives.chosen.chip("nothing").click()
    panel.alternatives.chosen.chip("peel_light").click()

    kept = panel.session.visit.discussion.alternatives
    assert set(kept) == {"nothing", "peel_light"}


@pytest.fixture
def device(look: Theme, desk: Desk) -> DeviceCard:
    """The card."""
    return DeviceCard(look, desk.pack.protocol)


def test_what_must_not_touch_the_skin_can_be_asked_for_and_is_seen_as_taken_out(
    device: DeviceCard, desk: Desk
) -> None:
    asked = PlanRequest(addons=("vitamin_c",))

    device.show_request(asked)

    assert device.refused.chosen() == ("vitamin_c_serum",)
    assert device.more.summary == "1 asked for and taken out"
    visit = desk.sample_visit()
    plan = desk.judge(replace(visit, plan=replace(visit.plan, addons=asked.addons))).plan
    assert plan is not None
    assert [change.requested for change in plan.adjustments] == ["vitamin_c"]


def test_add_ons_no_chip_stands_for_are_kept(device: DeviceCard) -> None:
    device.show_request(PlanRequest(addons=("led_light", "sterile_saline")))
    told: list[dict[str, object]] = []
    device.edited.connect(told.append)

    device.addons.chip("prp").click()

    assert told == [{"addons": ("sterile_saline", "prp", "led_light")}]


def test_a_plan_without_its_first_day_says_so_and_leads_there(window: MainWindow) -> None:
    visit = window.desk.sample_visit()
    panel = open_plan(window, replace(visit, plan=replace(visit.plan, first_session=None)))

    assert panel.depth_choice.words.text() == "No depth yet. Give date and time of the first visit"
    assert panel.lines._rows[0].depth_words.text() == "No depth yet"
    for lead in (panel.accept, lambda: panel.focus_item("site")):
        panel.lines.take_focus()
        lead()
        assert panel.first_day.control.hasFocus()


def test_what_else_is_missing_is_led_to_as_well(window: MainWindow) -> None:
    visit = window.desk.sample_visit()
    panel = open_plan(window, replace(visit, plan=replace(visit.plan, targets=())))
    panel.focus_item("site")
    assert panel.take_over.hasFocus()

    panel._take_over()
    panel.device.label_max.forget()
    panel.device.label_max.edited.emit(None)
    panel.focus_item("site")
    assert panel.device.label_max.control.hasFocus()


def test_a_time_written_before_its_day_stays_and_counts_with_it(window: MainWindow) -> None:
    visit = window.desk.sample_visit()
    panel = open_plan(window, replace(visit, plan=replace(visit.plan, first_session=None)))

    panel.first_time.control.setFocus()
    QTest.keyClicks(panel.first_time.control, "10:30")
    panel.sessions.control.setFocus()
    assert panel.first_time.text() == "10:30"
    assert panel.first_time.error == "Give the day as well"
    assert panel.first_time.unread() == "10:30", "a kill now keeps it with the draft"

    panel.first_day.control.setFocus()
    QTest.keyClicks(panel.first_day.control, "6 Jul 2026")
    assert panel.first_time.error == ""
    first = panel.session.visit.plan.first_session
    assert f"{first:%Y-%m-%d %H:%M}" == "2026-07-06 10:30"

    panel.first_day.forget()
    panel.first_day.edited.emit(None)
    assert panel.first_time.text() == "10:30", "another day may follow"


def test_a_field_stays_under_the_pointer_while_what_comes_of_it_appears_above(
    window: MainWindow, qtbot: QtBot
) -> None:
    visit = window.desk.sample_visit()
    panel = open_plan(window, replace(visit, plan=replace(visit.plan, first_session=None)))
    QApplication.processEvents()
    panel.first_day.control.setFocus()
    bar = panel.pane.verticalScrollBar()
    bar.setValue(bar.value() + panel.pane.height() // 3)  # the field is in the middle
    before = panel.first_time.mapTo(panel, QPoint())
    scrolled, longest = bar.value(), bar.maximum()

    QTest.keyClicks(panel.first_day.control, "6 Jul 2026")
    qtbot.waitUntil(lambda: bar.maximum() > longest)
    QApplication.processEvents()

    assert bar.value() > scrolled, "the lines above have their depths now"
    assert panel.first_time.mapTo(panel, QPoint()) == before


def test_a_concern_without_an_area_is_named_and_led_to(window: MainWindow) -> None:
    visit = window.desk.sample_visit()
    wishes = (*visit.goals.concerns, ConcernWish(concern="striae_red"))
    goals = replace(visit.goals, concerns=wishes)
    panel = open_plan(window, replace(visit, goals=goals, plan=PlanRequest()))
    label = window.desk.pack.protocol.concern_by_id["striae_red"].label
    assert panel.take_over.isVisible()
    assert panel.placeless.text().endswith(f": {label}.")

    panel.take_over.click()
    assert panel.placeless.isVisible(), "what was left out is said after it as well"
    panel.placeless.acted.emit()

    assert window.workspace is not None
    goals_panel = window.workspace.panel
    assert isinstance(goals_panel, GoalsPanel)
    where = goals_panel._rows["striae_red"].where
    assert where.button.hasFocus()
    where.edited.emit(("abdomen",))
    window.run("panel:plan")
    assert not panel.placeless.isVisible()


def test_where_every_concern_has_its_place_nothing_is_said_to_be_left_out(
    window: MainWindow,
) -> None:
    panel = open_plan(window, window.desk.sample_visit())

    assert not panel.placeless.isVisible()


def test_areas_that_a_case_names_without_a_plan_are_said(window: MainWindow) -> None:
    empty = window.desk.begin_visit(window.desk.settings, window.desk.sample_visit().patient)
    facts = Facts(zones=("cheeks", "perioral", "new_code"))
    panel = open_plan(window, replace(empty, facts=facts))
    assert panel.told.isVisible()
    assert "treated there: Cheeks, Around the mouth, new_code." in panel.told.text()

    panel.lines.edited.emit((Target(area="cheeks", concern="fine_lines"),))

    assert not panel.told.isVisible()


def test_a_line_that_meets_melasma_is_known_to_the_decision_box(
    window: MainWindow, desk: Desk
) -> None:
    """Denied on Safety all the same, there was no precaution for what was to be needled."""
    window.show_visit(replace(desk.sample_visit(), panel="plan"))
    workspace = workspace_of(window)
    panel, session = workspace.panel, workspace.session
    assert isinstance(panel, PlanPanel)
    session.answer("melasma", "no")
    area = session.visit.plan.targets[0].area
    panel._change(targets=(Target(area=area, concern="fine_lines", melasma_here=True),))
    assert session.visit.answers["melasma"] == Answer(state="yes")
    assert "melasma_in_area" in {it.id for it in session.judgement.decision.findings}
    session.answer("melasma", "no")
    panel._change(sessions=2)
    assert session.visit.answers["melasma"] == Answer(state="no"), "a later answer stands"


def pick(button: MenuButton, text: str) -> None:
    """Choose an entry of a menu."""
    menu = button.open_menu()
    (action,) = [each for each in menu.actions() if each.text() == text]
    action.trigger()
    menu.close()


@pytest.mark.parametrize("area_first", [True, False])
def test_a_line_is_added_by_concern_and_area_in_any_order(
    window: MainWindow, *, area_first: bool
) -> None:
    panel = open_plan(window, window.desk.sample_visit())
    lines, before = panel.lines, len(panel.session.visit.plan.targets)
    chosen = [(lines.area, "Nose"), (lines.concern, "Melasma")]
    for button, text in chosen if area_first else chosen[::-1]:
        pick(button, text)
        assert button.words == text or len(panel.session.visit.plan.targets) > before

    *_, added = panel.session.visit.plan.targets
    assert (added.area, added.concern) == ("nose", "melasma")
    assert (lines.area.words, lines.concern.words) == ("Area", "Concern")


def test_only_what_goes_together_is_offered(window: MainWindow) -> None:
    panel = open_plan(window, window.desk.sample_visit())
    panel.lines.area.chosen.emit("scalp")

    menu = panel.lines.concern.open_menu()
    assert [action.text() for action in menu.actions()] == ["Pattern hair loss (with minoxidil)"]
    menu.close()


@pytest.mark.parametrize(
    ("label_max", "words"),
    [
        (2.5, "Depth: the usual one. Soft cap 1.5 mm, never above 2 mm"),
        (1.75, "Depth: the usual one. Soft cap 1.5 mm, never above 1.75 mm"),
        (1.0, "Depth: the usual one. Never above 1 mm"),
    ],
)
def test_never_above_is_what_no_reason_goes_beyond(
    window: MainWindow, label_max: float, words: str
) -> None:
    """The device, the concern and the skin may hold it below what the area allows."""
    visit = window.desk.sample_visit()
    panel = open_plan(
        window, replace(visit, plan=replace(visit.plan, device_label_max_mm=label_max))
    )

    assert panel.depth_choice.words.text() == words
    highest = panel.depth_choice.slider.maximum() * panel.depth_choice.slider.STEP
    assert f"ever above {highest:g} mm" in words
    assert f"never above {highest:g} mm" in panel.lines._rows[0].depth_words.text()
    panel.depth_choice.edited.emit(highest)
    if panel.depth_choice.reason.isVisible():
        panel.depth_choice.reasoned.emit("Old deep scars")
    plan = panel.session.judgement.plan
    assert plan is not None
    assert plan.lines[0].cap_mm == highest


def test_another_amount_keeps_what_was_said_of_the_cream(device: DeviceCard) -> None:
    """That a case file called it prescribed was gone with the first digit, and never said."""
    edited: list[dict[str, object]] = []
    device.edited.connect(edited.append)
    told = Numbing(product="otc_over_4pct", contains=("lidocaine",), grams=10, prescribed=True)
    device.show_request(PlanRequest(numbing=told))
    device.grams.set_value(8)
    device.grams.edited.emit(8)
    assert edited == [{"numbing": replace(told, grams=8)}]


def test_no_cream_is_said_and_not_taken_for_granted(device: DeviceCard) -> None:
    """It said *None* while nobody had said anything."""
    edited: list[dict[str, object]] = []
    device.edited.connect(edited.append)
    device.show_request(PlanRequest())
    assert (device.numbing.value(), device.numbing.combo.placeholderText()) == ("", "Not said")

    device.numbing.set_value("none")
    device.numbing.edited.emit("none")
    assert edited == [{"numbing": Numbing(product="none")}]
    device.show_request(PlanRequest(numbing=Numbing(product="none")))
    assert device.numbing.value() == "none"
    assert device.grams.isHidden()


def test_a_device_says_what_is_to_know_of_it_and_numbing_how_much_it_hurt(
    device: DeviceCard,
) -> None:
    device.show_request(PlanRequest(device_kind="dermaroller"))
    assert "more drag; single-use or patient-owned, never shared" in device.device.help()
    device.show_request(PlanRequest(device_kind="stamp"))
    assert device.device.help() == (
        "Flat plate pressed straight in. Depth: fixed or dial. "
        "Good for small scars and near the eye rim."
    )

    assert "Face, acne scars, with numbing: 1 of 10;" in device.numbing.help()
    assert "stretch marks: 5 of 10 (2 of 10 for non-ablative laser)." in device.numbing.help()


def test_costs_are_compared_and_claims_put_right_on_the_practitioners_panel(
    window: MainWindow,
) -> None:
    panel = open_plan(window, window.desk.sample_visit())
    costs, claims = (
        [label.text() for label in fold.inside.findChildren(Label)]
        for fold in (panel.alternatives.costs, panel.alternatives.claims)
    )

    assert not panel.patient_safe
    assert "Low: Light peel, Creams and sunscreen." in costs
    assert "Middle to high: Medium or deep peel." in costs
    assert costs.index("Middle: Microneedling.") < costs.index("High: Non-ablative laser.")
    assert '"Results shortly after the first session" are mostly swelling and glow.' in claims
