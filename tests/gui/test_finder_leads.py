"""Where the finder puts the keyboard: at what was looked for, or where no key answers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import ConcernWish, MapFinding
from consult_app.domain.history import Numbing
from consult_app.domain.people import Patient
from consult_app.domain.plan import Target
from consult_app.gui.finding.fields_offered import offer_all
from consult_app.gui.finding.finder import Finder
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.panels.skin.panel import SkinPanel
from consult_app.gui.practice.sheet import PracticeSheet
from consult_app.gui.widgets.answer_row import AnswerRow
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.widgets.regions import Region
from consult_app.gui.widgets.segmented import Segment
from consult_app.gui.workspace.identity import IdentitySheet
from consult_app.gui.workspace.workspace import Workspace
from consult_app.knowledge.told.assessment import GREAT_BOTHER
from tests.gui.touring import make_last


@pytest.fixture
def workspace(window: MainWindow) -> Workspace:
    """An empty visit."""
    window.begin_visit(Patient(name="Ada Berg"))
    assert window.workspace is not None
    return window.workspace


def find_question(workspace: Workspace) -> str:
    """Return the question whose answer has the keyboard; empty where a letter answers none."""
    rows = workspace.panel.findChildren(AnswerRow)
    return next((row.accessibleName() for row in rows if row.has_focus()), "")


def test_a_field_is_found_by_its_example(workspace: Workspace) -> None:
    """A wedding led nowhere, though the field says *A wedding, a flight* while it is empty."""
    offered = [it for part in offer_all(workspace) for it in part]
    assert [text for _, text, also in offered if "wedding" in also] == ["Goals: Event or deadline"]


def test_what_only_leads_on_is_not_offered(workspace: Workspace) -> None:
    """*Blood* found all that *Finish* misses, in one line that was cut."""
    offered = [it for part in offer_all(workspace) for it in part]
    assert len(offered) > 50
    assert not [text for _, text, _ in offered if ": Go: " in text]


def test_no_question_leads_to_the_answer_of_another(
    window: MainWindow, workspace: Workspace
) -> None:
    for question in window.desk.pack.questions:
        if question.step == "patient":
            continue
        window.run(f"item:{question.id}")
        assert find_question(workspace) in {"", question.asked_as or question.text}, question.id


@pytest.mark.parametrize(
    ("item", "planned"),
    [
        ("rf", "Radiofrequency needling"),
        ("rf:conditions:implanted_device", "Radiofrequency needling"),
        ("prp:conditions:anaemia", "PRP (platelet-rich plasma)"),
    ],
)
def test_a_question_that_is_not_asked_says_with_what_it_is(
    window: MainWindow, workspace: Workspace, item: str, planned: str
) -> None:
    """Who looked for a pacemaker was led to body image, and Yes was recorded there."""
    window.run(f"item:{item}")
    before = workspace.session.visit

    for key in (Qt.Key.Key_Y, Qt.Key.Key_N, Qt.Key.Key_Space):
        QTest.keyClick(workspace.panel.focusWidget(), key)

    assert workspace.session.visit == before
    told = [it.text() for it in window.findChildren(Notice) if it.isVisible()]
    assert [text for text in told if text.endswith(f"asked only where this is planned: {planned}.")]
    assert isinstance(workspace.panel, SafetyPanel)
    assert workspace.panel.groups.value() == "plan"


def test_a_treatment_leads_to_no_answer_of_another_question(window: MainWindow) -> None:
    window.reception.show_patient(make_last(window.desk).patient_id)
    window.run("treatment")
    workspace = window.workspace
    assert workspace is not None
    for item in ("bdd", "keloid"):
        window.run(f"item:{item}")
        assert not find_question(workspace), item


def test_body_image_is_led_to_as_a_question_also_with_its_questions_open(
    window: MainWindow, workspace: Workspace
) -> None:
    """The key the panel names changed what the patient had said, where it was led to a list."""
    session = workspace.session
    seen = MapFinding(area="cheeks", side="right", concern="pores", grade=1)
    session.set("skin.findings", (seen,))
    session.set("goals.concerns", (ConcernWish(concern="pores", bother=GREAT_BOTHER),))
    session.set("body_image", {"B1": 2})
    window.run("item:bdd:screen")
    QApplication.processEvents()
    panel = workspace.panel
    assert isinstance(panel, SafetyPanel)
    assert panel.body_image is not None
    first = panel.body_image.rows["B1"]
    assert panel.focusWidget() is first.focusProxy(), "the offer leads to the questions"

    QTest.keyClick(panel.focusWidget(), Qt.Key.Key_N)
    assert session.visit.body_image == {"B1": 2}, "a letter answers no list on this panel"
    QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Up)
    assert session.visit.body_image != {"B1": 2}

    window.run("item:bdd")
    QApplication.processEvents()
    question = window.desk.pack.question_by_id["bdd"]
    assert find_question(workspace) == (question.asked_as or question.text)
    told = replace(session.visit, answers={}).body_image
    QTest.keyClick(panel.focusWidget(), Qt.Key.Key_N)
    assert session.visit.body_image == told
    assert session.visit.answers["bdd"].state == "no"


@pytest.mark.parametrize(
    ("typed", "step", "name"),
    [
        ("not suitable", "agree", "Agree: Not suitable"),
        ("half turned", "skin", "Skin: Right, half turned"),
    ],
)
def test_a_choice_is_led_to_itself(
    window: MainWindow, workspace: Workspace, qtbot: QtBot, typed: str, step: str, name: str
) -> None:
    """Who looked for Not suitable and pressed Space chose Go ahead."""
    offered = {text: command for part in offer_all(workspace) for command, text, _ in part}
    assert not any(text.endswith(": Yes") for text in offered)
    window.run("finder")
    finder = next(child for child in window.findChildren(Finder))
    QTest.keyClicks(finder.search.control, typed)
    qtbot.waitUntil(lambda: finder.list.item(0).text() == name, timeout=10_000)
    finder.reject()
    window.run(offered[name])
    QApplication.processEvents()

    QTest.keyClick(workspace.panel.focusWidget(), Qt.Key.Key_Space)

    assert workspace.panel.step == step
    visit = workspace.session.visit
    assert visit.agreement.decision == "not_suitable" or "right_oblique" in str(visit.skin.photos)


def test_choices_that_stand_together_are_led_to_where_something_is_chosen(
    window: MainWindow, workspace: Workspace
) -> None:
    workspace.session.set("agreement.decision", "think")
    offered = {text: command for part in offer_all(workspace) for command, text, _ in part}
    window.run(offered["Agree: Decision"])
    QApplication.processEvents()
    QTest.keyClick(workspace.panel.focusWidget(), Qt.Key.Key_Space)
    assert workspace.session.visit.agreement.decision == "think"


def test_space_records_the_medicine_that_was_looked_for(
    window: MainWindow, workspace: Workspace
) -> None:
    session = workspace.session
    window.run("item:antiplatelets:medications:clopidogrel")
    QTest.keyClick(workspace.panel.focusWidget(), Qt.Key.Key_Space)
    assert session.visit.answers["antiplatelets"].state == "yes"
    assert [it.code for it in session.visit.facts.medications] == ["clopidogrel"]

    window.run("item:antiplatelets:medications:ticagrelor")
    QTest.keyClick(workspace.panel.focusWidget(), Qt.Key.Key_Space)
    assert [it.code for it in session.visit.facts.medications] == ["clopidogrel", "ticagrelor"]


def is_chosen(field: QWidget) -> bool:
    return isinstance(field, Segment) and field.isChecked()


def test_undo_leaves_the_keyboard_on_what_is_chosen_again(
    window: MainWindow, workspace: Workspace
) -> None:
    window.run("panel:skin")
    QApplication.processEvents()
    QTest.keyClick(workspace.panel.focusWidget(), Qt.Key.Key_Space)
    workspace.session.set("goals.worth_it", "Even skin")  # else both are one step
    QTest.keyClick(workspace.panel.focusWidget(), Qt.Key.Key_Right)
    assert workspace.panel.focusWidget().accessibleName().startswith("Skin type: Type II")
    chosen = workspace.session.visit.skin.phototype_seen

    workspace.session.undo()
    QApplication.processEvents()

    assert workspace.session.visit.skin.phototype_seen != chosen
    assert is_chosen(workspace.panel.focusWidget())
    workspace.session.redo()
    QApplication.processEvents()
    assert workspace.session.visit.skin.phototype_seen == chosen
    assert is_chosen(workspace.panel.focusWidget())


def test_a_cream_without_amounts_is_led_to_the_first_of_them(
    window: MainWindow, workspace: Workspace
) -> None:
    workspace.session.set("plan.numbing", Numbing(product="emla"))
    workspace.session.set("plan.targets", (Target(area="cheeks", concern="pores"),))
    assert "la_plan" in {it.item for it in workspace.session.judgement.decision.needed}
    window.run("item:la_plan")
    assert workspace.panel.focusWidget().accessibleName().startswith("Amount")


def test_a_key_grades_only_what_the_place_offers(window: MainWindow, workspace: Workspace) -> None:
    """Stretch marks wished for were put on a part where nobody can choose them."""
    session = workspace.session
    session.set("goals.concerns", (ConcernWish(concern="hair_aga"),))
    window.run("panel:skin")
    panel = workspace.panel
    assert isinstance(panel, SkinPanel)
    panel._grade_by_key("cheeks", "right", 3)
    assert not session.visit.skin.findings
    assert "Choose first" in panel.region.hint.text()


def test_the_face_map_is_led_to_and_its_keys_move_on_it(
    window: MainWindow, workspace: Workspace
) -> None:
    """It was not found, and *map* led to the skin type, which the arrow keys then changed."""
    window.run("finder")
    finder = next(child for child in window.findChildren(Finder))
    QTest.keyClicks(finder.search.control, "face map")
    QTest.keyClick(finder.search.control, Qt.Key.Key_Return)
    QApplication.processEvents()
    panel = workspace.panel
    assert isinstance(panel, SkinPanel)
    place = workspace.focusWidget()
    assert isinstance(place, Region)
    QTest.keyClick(place, Qt.Key.Key_Down)
    assert workspace.session.visit.skin.phototype_seen is None


def test_a_detail_of_the_patient_is_led_to_itself(window: MainWindow, workspace: Workspace) -> None:
    """Who looked for the sex wrote over the name."""
    window.run("finder")
    finder = next(child for child in window.findChildren(Finder))
    QTest.keyClicks(finder.search.control, "sex")
    assert finder.list.item(0).text() == "Patient details: Sex"
    QTest.keyClick(finder.search.control, Qt.Key.Key_Return)
    sheet = next(child for child in window.findChildren(IdentitySheet))
    assert sheet.focusWidget() is sheet.sex.control
    QTest.keyClick(sheet.focusWidget(), Qt.Key.Key_F)
    assert workspace.session.visit.patient == Patient(name="Ada Berg", sex="F")
    sheet.accept()


def test_the_look_is_led_to_and_seen(window: MainWindow, qtbot: QtBot) -> None:
    """*dark* led to the top of the settings, a screen above it."""
    window.resize(1366, 768)
    window.run("settings:look")
    (sheet,) = window.findChildren(PracticeSheet)
    qtbot.waitUntil(sheet.look.control.hasFocus)

    qtbot.waitUntil(lambda: sheet.look.control.visibleRegion().boundingRect().height() > 0)
    sheet.close()


@pytest.mark.parametrize("need", ["Large print", "Interpreter"])
def test_a_need_of_the_patient_is_led_to_itself(
    need: str, window: MainWindow, workspace: Workspace
) -> None:
    """The keyboard was in the name, with all of it chosen: the next key wrote over it."""
    workspace.session.set("patient.name", "Ron Bassett")
    window.run("finder")
    (finder,) = (it for it in window.findChildren(Finder) if it.isVisible())
    QTest.keyClicks(finder.search.control, need.lower())
    QTest.keyClick(finder.search.control, Qt.Key.Key_Return)
    (sheet,) = window.findChildren(IdentitySheet)
    assert sheet.focusWidget().text() == need  # type: ignore[attr-defined] # a chip has words
    assert workspace.session.visit.patient.name == "Ron Bassett"
