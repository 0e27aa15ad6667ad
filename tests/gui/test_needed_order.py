"""What is still needed is gone through as the panels show it, stop questions first."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from PySide6.QtWidgets import QApplication

from consult_app.domain.people import Patient
from consult_app.domain.steps import STEPS
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.panels.safety.questions import GROUPS, list_asked, list_questions
from consult_app.gui.session import Session
from consult_app.knowledge.told.allergies import ALLERGIES

ADA = Patient(name="Ada Berg", date_of_birth=date(1990, 5, 1))


def begin(window: MainWindow) -> Session:
    """Begin a visit in which nothing was asked yet."""
    window.begin_visit(ADA)
    assert window.workspace is not None
    return window.workspace.session


def list_items(session: Session, step: str) -> list[str]:
    """Return what is still needed of a panel, in order."""
    return [it.item for it in session.judgement.decision.needed if it.step == step]


def test_it_stands_in_the_order_of_the_panels(window: MainWindow) -> None:
    session = begin(window)
    steps = [step for step, _ in groupby(it.step for it in session.judgement.decision.needed)]

    assert steps == [step.id for step in STEPS if step.id in steps]


def test_on_safety_it_is_the_order_in_which_the_groups_show_it(window: MainWindow) -> None:
    session = begin(window)
    shown = []
    for group, _ in GROUPS:
        shown += [ALLERGIES] if group == ALLERGIES else []
        shown += [it.id for it in list_asked(window.desk.pack, session.visit, group)]

    assert list_items(session, "safety") == shown


def test_after_a_group_the_next_one_is_gone_through_from_its_stop_questions(
    window: MainWindow,
) -> None:
    """It led from Today into the middle of Body, past open stop questions, and out of it again."""
    session = begin(window)
    window.run("panel:safety")
    pack = window.desk.pack
    for question in list_questions(pack, "today"):
        session.answer(question.id, "no")
    body = list_asked(pack, session.visit, "body")
    seen = []
    for _ in body:
        item = list_items(session, "safety")[0]
        seen.append(item)
        session.answer(item, "no")

    assert seen == [it.id for it in body]
    stops = [it in pack.stop_items for it in seen]
    assert stops == sorted(stops, reverse=True)


def test_what_a_yes_lacks_is_gone_to_first(window: MainWindow) -> None:
    session = begin(window)
    session.answer("resurfacing", "yes")  # on Goals, where no open question has the keyboard

    window.run("next_needed")
    QApplication.processEvents()

    panel = window.workspace.panel if window.workspace is not None else None
    assert isinstance(panel, SafetyPanel)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert panel._rows["resurfacing"].row.isAncestorOf(focused)
