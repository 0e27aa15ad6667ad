"""A *No* against what Skin or Plan says: told in the box, led to, and gone after either answer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from consult_app.domain.consultation import Answer, Consultation
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.panels.skin.panel import SkinPanel
from consult_app.gui.panels.treatment.recheck import CONTRADICTED, RecheckPanel
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.labels import Label
from consult_app.gui.workspace.workspace import Workspace
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.contradicted import SAID_AGAIN, say_again

SEVERE = "Skin says acne scars grade 4, which may be keloids"
NO = Answer(state="no")
DRUG = "Plan says a photosensitising drug"


@pytest.fixture
def workspace(window: MainWindow) -> Workspace:
    """A visit in which all was denied, one question after the other."""
    visit = window.desk.sample_visit()
    no = dict.fromkeys(visit.answers, Answer(state="no"))
    window.show_visit(replace(visit, answers=no))
    QApplication.processEvents()
    assert window.workspace is not None
    return window.workspace


def find_line(workspace: Workspace, told: str) -> Button | None:
    """Return the way to a question, where this is told beneath it in the box."""
    shown = {it.text() for it in workspace.box.findChildren(Label) if it.isVisible()}
    ways = [it for it in workspace.box.findChildren(Button) if it.isVisible()]
    against = (it for it in ways if it.accessibleDescription().startswith(told))
    return next((it for it in against if it.accessibleDescription() in shown), None)


def press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)
    QApplication.processEvents()


def go(workspace: Workspace, told: str, item: str) -> SafetyPanel:
    """Follow the line of the box to the question."""
    line = find_line(workspace, told)
    assert line is not None
    assert line.words == workspace.session.judgement.decision.needed[0].label
    assert line.accessibleDescription() == f"{told}; Safety says No: which is right?"
    line.click()
    QApplication.processEvents()
    panel = workspace.panel
    assert isinstance(panel, SafetyPanel)
    assert panel._rows[item].row.has_focus()
    assert told in panel._rows[item].row._caption.text()
    return panel


def choose_grade(window: MainWindow, workspace: Workspace) -> None:
    window.run("panel:skin")
    panel = workspace.panel
    assert isinstance(panel, SkinPanel)
    panel.scales.edited.emit("goodman_baron", "grade", 4.0)
    QApplication.processEvents()


def test_it_stands_in_the_box_until_no_is_said_again(
    window: MainWindow, workspace: Workspace
) -> None:
    assert find_line(workspace, SEVERE) is None

    choose_grade(window, workspace)
    assert workspace.box.block.state == "not_checked"
    panel = go(workspace, SEVERE, "keloid")
    row = panel._rows["keloid"].row
    assert "If No is right, choose No again" in row._caption.text()

    press(Qt.Key.Key_N)

    assert find_line(workspace, SEVERE) is None
    assert workspace.session.visit.answers["keloid"] == Answer(state="no")
    assert [it.id for it in workspace.session.visit.overrides] == [f"{SAID_AGAIN}keloid"]
    assert row._caption.text() == f"{SEVERE}. No was said again."

    workspace.session.undo()
    assert find_line(workspace, SEVERE) is not None


def test_the_mouse_says_it_again_too(window: MainWindow, workspace: Workspace) -> None:
    choose_grade(window, workspace)
    panel = go(workspace, SEVERE, "keloid")

    panel._rows["keloid"].row._cells.cell("no").click()

    assert find_line(workspace, SEVERE) is None
    assert panel._rows["keloid"].row._caption.text() == f"{SEVERE}. No was said again."


def test_another_answer_ends_it_and_a_later_no_has_to_be_said_again(
    window: MainWindow, workspace: Workspace
) -> None:
    choose_grade(window, workspace)
    panel = go(workspace, SEVERE, "keloid")
    press(Qt.Key.Key_N)

    panel.focus_item("keloid")
    press(Qt.Key.Key_U)
    assert [it.item for it in workspace.session.judgement.decision.needed] == ["keloid"]
    assert find_line(workspace, SEVERE) is None
    assert panel._rows["keloid"].row._caption.text() == f"{SEVERE}."

    panel.focus_item("keloid")
    press(Qt.Key.Key_N)

    assert find_line(workspace, SEVERE) is not None


def test_what_was_seen_is_told_before_anything_was_answered(
    window: MainWindow, workspace: Workspace
) -> None:
    workspace.session.answer("keloid", None)
    choose_grade(window, workspace)

    workspace.go_to("keloid")
    panel = workspace.panel
    assert isinstance(panel, SafetyPanel)
    assert panel._rows["keloid"].row._caption.text() == f"{SEVERE}."
    press(Qt.Key.Key_N)

    assert find_line(workspace, SEVERE) is not None, "a quick No does not pass by it"


def test_a_no_that_nothing_can_settle_says_what_does(
    window: MainWindow, workspace: Workspace
) -> None:
    window.run("panel:skin")
    workspace.session.set("skin.scores", {"iga": {"grade": 2.0}})
    panel = go(workspace, "Skin says active acne (IGA)", "acne")
    told = "Skin says active acne (IGA). Answer Yes, or correct it there."

    press(Qt.Key.Key_N)
    assert panel._rows["acne"].row._caption.text() == told

    panel._rows["acne"].row._cells.cell("no").click()
    assert panel._rows["acne"].row._caption.text() == told
    assert panel._rows["acne"].row._caption.isVisible()


def test_a_tick_of_the_pigment_score_asks_safety(window: MainWindow, workspace: Workspace) -> None:
    window.run("panel:plan")
    plan = workspace.panel
    assert isinstance(plan, PlanPanel)
    row = plan.pigment.rows["photosensitiser"]
    assert row.value() == 0, "what Safety says stands there"

    row.edited.emit(1.0)
    QApplication.processEvents()
    panel = go(workspace, DRUG, "photosensitiser")
    press(Qt.Key.Key_Y)
    panel.session.add_entry("medications", "doxycycline")
    panel.session.change_entry("medications", "doxycycline", status="current")

    assert find_line(workspace, DRUG) is None
    assert "photosensitiser_current" in {
        it.id for it in workspace.session.judgement.decision.findings
    }


def test_thin_skin_is_told_where_healing_is_asked(window: MainWindow, workspace: Workspace) -> None:
    window.run("panel:skin")
    panel = workspace.panel
    assert isinstance(panel, SkinPanel)

    panel.today.fragile.click()

    go(workspace, "Skin says thin or fragile", "healing")
    press(Qt.Key.Key_N)
    assert find_line(workspace, "Skin says thin or fragile") is None


def test_a_treatment_says_where_a_consultation_that_contradicts_itself_is_put_right(
    window: MainWindow,
) -> None:
    desk = window.desk
    visit = replace(desk.sample_visit(), sample=False, state="signed")
    agreed = replace(visit.agreement, decision="go_ahead", signed_on_paper=True)
    visit = replace(visit, agreement=agreed, answers=dict.fromkeys(visit.answers, NO))

    def begin(signed: Consultation) -> str:
        first = desk.records.sign(signed, None, 0)
        person = desk.patients.open(first.patient_id)
        window.show_visit(desk.begin_after("treatment", desk.settings, person, first, 0))
        assert window.workspace is not None
        panel = window.workspace.panel
        assert isinstance(panel, RecheckPanel)
        return panel.refusal.text()

    thin = replace(visit, id="v2", skin=replace(visit.skin, fragile=True))
    assert CONTRADICTED in begin(thin)
    assert CONTRADICTED not in begin(say_again(desk.pack, replace(thin, id="v3"), "healing"))
    assert CONTRADICTED not in begin(visit)


def test_every_question_that_is_led_to_is_asked_on_safety(window: MainWindow) -> None:
    pack: Pack = window.desk.pack
    for link in pack.instruments.contradiction:
        assert {pack.question_by_id[item].step for item in link.items} == {"safety"}
