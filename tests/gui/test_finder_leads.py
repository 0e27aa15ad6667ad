"""Where the finder puts the keyboard: at what was looked for, or where no key answers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from consult_app.domain.consultation import ConcernWish, MapFinding
from consult_app.domain.people import Patient
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.widgets.answer_row import AnswerRow
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.workspace.workspace import Workspace
from consult_app.knowledge.assessment import GREAT_BOTHER
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
