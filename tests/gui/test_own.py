"""Plans and phrases are kept, used for another patient, and handed on as a file."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QMenu

from consult_app.domain.consultation import MapFinding
from consult_app.domain.history import Numbing
from consult_app.domain.own import Own, OwnPlan
from consult_app.domain.people import Patient
from consult_app.domain.plan import PlanRequest, Target
from consult_app.errors import InputError
from consult_app.exchange.own_file import read_own, write_own
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.plan.own_plans import KEPT
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.practice.own_sheet import OwnSheet
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.notice import Notice
from consult_app.knowledge.visits.own_plan import keep_plan
from consult_app.store.faults import StoreError

FIRST = datetime.fromisoformat("2026-07-06T09:00")
CHEEKS = Target(area="cheeks", concern="acne_rolling", severity="severe", melasma_here=True)
PLAN = PlanRequest(
    primary_concern="acne_rolling",
    targets=(CHEEKS,),
    first_session=FIRST,
    sessions=4,
    depth_mm=1.5,
    fragile=True,
    addons=("hyaluronic_acid",),
)


def open_plan(window: MainWindow, plan: PlanRequest | None = None) -> PlanPanel:
    window.begin_visit(Patient(name="Ada Berg"))
    assert window.workspace is not None
    if plan is not None:
        window.workspace.session.set("plan", plan)
    window.run("panel:plan")
    panel = window.workspace.panel
    assert isinstance(panel, PlanPanel)
    return panel


def choose(panel: PlanPanel, text: str) -> None:
    menu = panel.own.open_menu()
    next(it for it in menu.actions() if it.text() == text).trigger()
    menu.close()


def open_sheet(window: MainWindow) -> OwnSheet:
    window.run("own")
    return [it for it in window.findChildren(OwnSheet) if it.isVisible()][-1]


def test_a_plan_is_kept_and_used_for_another_patient(window: MainWindow, desk: Desk) -> None:
    choose(open_plan(window, PLAN), "Keep this plan as mine")
    (kept,) = desk.records.read_own().plans
    said = [it.text() for it in window.findChildren(Notice) if it.isVisible()]
    assert KEPT.format(name=kept.name) in said
    assert (kept.plan.first_session, kept.plan.fragile) == (None, False)
    assert not kept.plan.targets[0].melasma_here, "that was this patient's skin"

    panel = open_plan(window)
    session = panel.session
    session.set("plan.first_session", FIRST)
    session.set("plan.device_label_max_mm", 1.0)
    session.set("plan_accepted", value=True)
    choose(panel, kept.name)

    taken = session.visit.plan
    assert taken.targets == (replace(CHEEKS, melasma_here=False),)
    assert (taken.sessions, taken.depth_mm, taken.addons) == (4, 1.5, ("hyaluronic_acid",))
    assert (taken.first_session, taken.device_label_max_mm) == (FIRST, 1.0), "this patient's own"
    assert not session.visit.plan_accepted, "another plan was accepted"
    session.undo()
    assert session.visit.plan.targets == ()


def test_melasma_of_this_patient_goes_on_capping(window: MainWindow, desk: Desk) -> None:
    visit = replace(desk.sample_visit(), plan=PLAN)
    desk.records.save_own(Own(plans=(keep_plan(desk.pack, visit),)))
    panel = open_plan(window)
    seen = MapFinding(area="cheeks", side="left", concern="melasma", grade=2)
    panel.session.set("skin.findings", (seen,))

    choose(panel, desk.records.read_own().plans[0].name)

    assert panel.session.visit.plan.targets[0].melasma_here


def test_a_cream_prescribed_for_one_patient_is_not_for_another(
    window: MainWindow, desk: Desk
) -> None:
    """A stronger cream counted as prescribed for whoever the plan was used for."""
    told = Numbing(product="otc_over_4pct", grams=10, area_cm2=100, minutes=20, prescribed=True)
    mine = replace(told, prescribed=False)
    visit = replace(desk.sample_visit(), plan=replace(PLAN, numbing=told))
    kept = keep_plan(desk.pack, visit)
    assert kept.plan.numbing == mine
    older = replace(kept, plan=replace(kept.plan, numbing=replace(told, self_applied=True)))
    desk.records.save_own(Own(plans=(older,)))

    panel = open_plan(window)
    choose(panel, kept.name)
    assert panel.session.visit.plan.numbing == mine

    panel.session.set("plan.numbing", replace(told, grams=5))
    choose(panel, kept.name)
    assert panel.session.visit.plan.numbing == told, "it was prescribed for this one too"


def test_the_same_plan_is_not_offered_to_be_kept_twice(window: MainWindow) -> None:
    panel = open_plan(window, PLAN)
    choose(panel, "Keep this plan as mine")

    menu = panel.own.open_menu()

    assert isinstance(menu, QMenu)
    assert "Keep this plan as mine" not in [it.text() for it in menu.actions()]
    menu.close()


def test_they_are_named_dropped_and_handed_on(
    window: MainWindow, desk: Desk, tmp_path: Path
) -> None:
    plan = OwnPlan(name="First", plan=replace(PLAN, first_session=None))
    desk.records.save_own(Own(phrases=("No make-up today.",), plans=(plan,)))
    sheet = open_sheet(window)
    sheet.names[0].set_text("Rolling scars, mine")
    sheet.names[0].finished.emit()
    sheet.save(tmp_path / "mine.json")
    handed_on = desk.records.read_own()
    assert handed_on.plans[0].name == "Rolling scars, mine"

    desk.records.save_own(Own(phrases=("Mine.",)))
    sheet.take_from(tmp_path / "mine.json")
    sheet.take_from(tmp_path / "mine.json")

    assert sheet.notice.text().startswith("Taken in")
    assert desk.records.read_own() == replace(handed_on, phrases=("Mine.", "No make-up today."))
    sheet._drop_plan(0)
    sheet._drop_phrase(1)
    assert desk.records.read_own() == Own(phrases=("Mine.",))
    sheet.close()


def test_what_cannot_be_kept_is_told_and_stays(
    window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = OwnPlan(name="First", plan=replace(PLAN, first_session=None))
    desk.records.save_own(Own(phrases=("No make-up today.",), plans=(plan,)))
    sheet = open_sheet(window)

    def refuse(_own: Own) -> None:
        raise StoreError("The disk is full.", "Free some space.")

    monkeypatch.setattr(desk.records, "save_own", refuse)
    forget = [it for it in sheet.findChildren(Button) if it.words == "Forget"]
    acts = [*(it.click for it in forget), sheet.names[0].finished.emit]
    sheet.names[0].set_text("Mine")
    for act in acts:
        sheet.notice.show_text("")
        act()
        assert sheet.notice.text().startswith("The disk is full.")
    assert len(desk.records.read_own().plans) == 1
    sheet.close()


def test_a_name_that_is_taken_gets_a_number() -> None:
    mine, other = (OwnPlan(name="Scars", plan=PlanRequest(sessions=n)) for n in (3, 4))

    both = Own(plans=(mine,)).add(Own(plans=(mine, other)))

    assert [(it.name, it.plan.sessions) for it in both.plans] == [("Scars", 3), ("Scars (2)", 4)]


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"format": "consult-own/2"}, "format: not consult-own/1"),
        ({"phrases": [1]}, "phrases[0]: not text"),
        ({"colour": "red"}, "colour: unknown field"),
    ],
)
def test_a_file_that_is_none_is_refused_with_its_faults(
    changed: dict[str, object], fault: str
) -> None:
    document = json.loads(write_own(Own(phrases=("One.",)))) | changed

    with pytest.raises(InputError) as caught:
        read_own(json.dumps(document).encode())

    assert caught.value.details[0].startswith(fault)


def test_a_plan_of_another_content_is_refused_and_nothing_changes(
    window: MainWindow, desk: Desk, tmp_path: Path
) -> None:
    strange = PlanRequest(targets=(Target(area="cheeks", concern="warts_of_mars"),))
    file = tmp_path / "strange.json"
    file.write_bytes(write_own(Own(phrases=("Yes.",), plans=(OwnPlan(name="X", plan=strange),))))
    sheet = open_sheet(window)

    sheet.take_from(file)

    assert "plans[0].plan.targets: not known here: warts_of_mars" in sheet.notice.text()
    assert desk.records.read_own() == Own()
    sheet.close()
    assert not [it for it in window.findChildren(QDialog) if it.isVisible()]
