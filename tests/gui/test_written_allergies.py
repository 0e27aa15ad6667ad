"""Written allergies against a No, and what a cream's pack allows, are told where it matters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from consult_app.domain.consultation import Answer
from consult_app.domain.decision import Decision, DecisionState, Needed
from consult_app.domain.history import Numbing
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.plan.device import AMOUNT, AREA, CHOOSE, FROM_PACK
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.widgets.number_field import NumberField
from consult_app.gui.workspace.workspace import Workspace

BENEATH = "Answered No, but written among the allergies: Lidocaine"


@pytest.fixture
def workspace(window: MainWindow) -> Workspace:
    """A visit with lidocaine written, and No to numbing cream."""
    visit = window.desk.sample_visit()
    answers = {**visit.answers, "la_allergy": Answer(state="no")}
    window.show_visit(replace(visit, allergy_state="known", allergies="Lidocaine", answers=answers))
    QApplication.processEvents()
    assert window.workspace is not None
    return window.workspace


def test_it_is_told_beside_both_fields_and_leads_there(workspace: Workspace) -> None:
    assert workspace.box.block.state == "not_checked"

    workspace.go_to("la_allergy")
    QApplication.processEvents()

    panel = workspace.panel
    assert isinstance(panel, SafetyPanel)
    assert panel._allergies.against.text() == "Written here, but answered No below: Lidocaine."
    assert BENEATH in {it.text() for it in panel.findChildren(QLabel) if it.isVisible()}

    workspace.session.set("allergies", "Penicillin")

    assert not panel._allergies.against.isVisible()
    assert BENEATH not in {it.text() for it in panel.findChildren(QLabel) if it.isVisible()}


def test_a_mistyped_name_is_put_right_with_one_press(workspace: Workspace) -> None:
    workspace.go_to("la_allergy")
    workspace.session.set("allergies", "Penicillin, lidocane")
    QApplication.processEvents()
    panel = workspace.panel
    assert isinstance(panel, SafetyPanel)
    state = panel._allergies
    assert state.meant.isVisible()
    assert state.meant.text().startswith('"lidocane" comes close to Lidocaine')
    assert "lidocane (Lidocaine?)" in state.against.text()

    state.meant.acted.emit()

    assert workspace.session.visit.allergies == "Penicillin, Lidocaine"
    assert not state.meant.isVisible()


def test_it_is_told_where_a_cream_is_chosen(window: MainWindow, workspace: Workspace) -> None:
    window.run("panel:plan")
    QApplication.processEvents()
    panel = workspace.panel
    assert isinstance(panel, PlanPanel)
    assert panel.device.allergy.isVisible()
    assert "Written among the allergies: Lidocaine." in panel.device.allergy.text()

    workspace.session.add_entry("allergies", "amide_la")
    workspace.session.answer("la_allergy", "yes")

    assert not panel.device.allergy.isVisible(), "then its rule says what is to be done"


def test_the_limits_of_a_pack_are_asked_for_beside_the_cream(
    window: MainWindow, workspace: Workspace
) -> None:
    window.run("panel:plan")
    panel = workspace.panel
    assert isinstance(panel, PlanPanel)
    device = panel.device
    workspace.session.set("plan.numbing", Numbing(product="emla", contains=("lidocaine",)))
    assert device.grams.control.accessibleName() == f"{AMOUNT[0]} (g)"
    assert not device.grams.help()

    workspace.session.set("plan.numbing", Numbing(product="lidocaine4", contains=("lidocaine",)))

    assert device.grams.control.accessibleName() == f"{AMOUNT[1]} (g)"
    assert device.area.control.accessibleName() == f"{AREA[1]} (cm²)"
    assert (device.grams.help(), device.area.help()) == (FROM_PACK, ""), "once is enough"
    QApplication.processEvents()
    shown = [it.text() for it in panel.result.findChildren(QLabel) if it.isVisible()]
    assert "not given" not in "".join(shown), "it is told beside the cream"
    assert "from its pack" in device.replaced.text()
    window.run("panel:finish")
    QApplication.processEvents()
    assert "amount and area from its pack" in "".join(read(workspace))
    window.run("panel:plan")

    write(device.grams, "10")
    assert device.area.help() == FROM_PACK
    write(device.area, "150")

    assert not device.grams.help() + device.area.help()
    window.run("panel:finish")
    QApplication.processEvents()
    assert "amount and area from its pack" not in "".join(read(workspace))


def write(field: NumberField, text: str) -> None:
    field.control.setFocus()
    QTest.keyClicks(field.control, text)
    QTest.keyClick(field.control, Qt.Key.Key_Tab)


def read(workspace: Workspace) -> list[str]:
    return [it.text() for it in workspace.panel.findChildren(QLabel) if it.isVisible()]


def test_the_cream_that_the_plan_goes_by_is_named_beside_the_one_asked_for(
    window: MainWindow, workspace: Workspace
) -> None:
    workspace.session.set("plan.numbing", Numbing(product="emla", contains=("prilocaine",)))
    window.run("panel:plan")
    panel = workspace.panel
    assert isinstance(panel, PlanPanel)
    assert not panel.device.replaced.isVisible()

    with workspace.session.one_step():
        workspace.session.set("facts.breastfeeding", value=True)
        workspace.session.answer("breastfeeding", "yes")

    assert panel.device.replaced.isVisible()
    told = panel.device.replaced.text()
    assert told.startswith("Lidocaine 4% cream instead of Lidocaine 2.5% + prilocaine 2.5%")
    assert CHOOSE in told
    workspace.session.set("plan.numbing", Numbing(product="lidocaine4", contains=("lidocaine",)))
    assert "instead of" not in panel.device.replaced.text()


def test_what_nothing_judges_is_told_in_box_plan_and_summary(
    window: MainWindow, workspace: Workspace
) -> None:
    """A green box beside it would say that it was judged."""
    told = "Not judged by Consult, you decide: Penicillin"
    with workspace.session.one_step():
        for item in window.desk.pack.question_by_id:
            workspace.session.answer(item, "no")
        workspace.session.set("allergies", "Penicillin, latex")
        workspace.session.answer("other_allergy", "yes")
        workspace.session.add_entry("allergies", "latex")

    assert told in workspace.box.block.lines
    window.run("panel:plan")
    QApplication.processEvents()
    panel = workspace.panel
    assert isinstance(panel, PlanPanel)
    assert panel.device.unjudged.isVisible()
    assert panel.device.unjudged.text() == told
    window.run("panel:finish")
    QApplication.processEvents()
    assert f"{told}." in read(workspace)

    workspace.session.set("allergies", "latex")

    assert told not in workspace.box.block.lines
    assert f"{told}." not in read(workspace)


@pytest.mark.parametrize(
    "told",
    [
        {"unjudged": ("Penicillin",)},
        {"needed": (Needed(step="plan", item="la_plan", label="Cream"),)},
    ],
)
def test_no_green_box_stands_beside_what_is_open(
    told: dict[str, Any], workspace: Workspace
) -> None:
    workspace.box.show_decision(Decision(state=DecisionState.CLEAR, **told))

    assert workspace.box.block.state == "not_checked"
    workspace.box.show_decision(Decision(state=DecisionState.CLEAR))
    assert workspace.box.block.state == "clear"


def test_allergies_without_a_list_lead_to_the_list(
    window: MainWindow, workspace: Workspace
) -> None:
    workspace.session.set("allergies", "")
    assert workspace.session.judgement.decision.needed[0].label == "Which allergies?"
    window.run("panel:finish")
    QApplication.processEvents()
    assert any("Safety: which allergies?" in it for it in read(workspace))

    window.run("next_needed")
    QApplication.processEvents()

    panel = workspace.panel
    assert isinstance(panel, SafetyPanel)
    assert panel._allergies._text.control.hasFocus()
    QTest.keyClicks(panel._allergies._text.control, "nuts")
    assert all(it.item != "allergies" for it in workspace.session.judgement.decision.needed)


def test_who_moves_by_arrow_keys_is_led_nowhere(window: MainWindow) -> None:
    """Tab leads to the list; who is led there already writes past it after another Tab."""
    window.show_visit(replace(window.desk.sample_visit(), allergy_state=None, allergies=""))
    assert window.workspace is not None
    window.workspace.go_to("allergies")
    QApplication.processEvents()
    panel = window.workspace.panel
    assert isinstance(panel, SafetyPanel)
    state = panel._allergies
    QTest.keyClick(state._state.cell("no"), Qt.Key.Key_Right)
    assert window.workspace.session.visit.allergy_state == "known"
    assert QApplication.focusWidget() is state._state.cell("yes")
    QTest.keyClick(state._state.cell("yes"), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is state._text.control

    state.refresh()
    QTest.mouseClick(state._state.cell("yes"), Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is state._text.control, "a press leads on"


def test_what_is_written_is_named_with_the_yes_that_asks_for_it(window: MainWindow) -> None:
    """It had to be pressed as well, and was told as not judged until then."""
    visit = window.desk.sample_visit()
    answers = {it: told for it, told in visit.answers.items() if it != "other_allergy"}
    facts = replace(visit.facts, allergies=())
    window.show_visit(
        replace(
            visit,
            allergy_state="known",
            allergies="Penicillin, Hibiscrub, antiseptic",
            answers=answers,
            facts=facts,
        )
    )
    workspace = window.workspace
    assert workspace is not None
    workspace.go_to("other_allergy")
    panel = workspace.panel
    assert isinstance(panel, SafetyPanel)

    panel._rows["other_allergy"].row.answered.emit("yes")

    def named() -> list[str]:
        return [*workspace.session.visit.facts.allergies]

    assert named() == ["chlorhexidine"], "the name, not what may mean it"
    workspace.session.undo()
    assert named() == []
    panel._rows["other_allergy"].row.answered.emit("no")
    assert named() == []
