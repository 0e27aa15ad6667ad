"""What ever was and was told is not denied by one key: most often that means "not now"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from consult_app.domain.consultation import Answer
from consult_app.domain.history import Condition, Exposure
from consult_app.domain.partial_date import PartialDate
from consult_app.gui.denied_once import TWICE
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.session import Session
from consult_app.knowledge.visits.begun import move_to
from tests.gui.conftest import Clock
from tests.gui.touring import make_last, workspace_of

HEALED = Condition(
    code="herpes_simplex", status="healed", zones=("upper_lip",), date_healed=PartialDate(2026, 1)
)
ITEM = "herpes_simplex"
FEVER = "acute_illness"


@pytest.fixture
def panel(window: MainWindow, desk: Desk) -> SafetyPanel:
    """The safety questions of a return visit of somebody who had cold sores."""
    sample = desk.sample_visit()
    facts = replace(sample.facts, conditions=(*sample.facts.conditions, HEALED))
    said = {**sample.answers, ITEM: Answer(state="yes"), "diabetes": Answer(state="yes")}
    last = make_last(desk, facts=facts, answers=said)
    patient = desk.patients.open(last.patient_id)
    window.show_visit(desk.begin_again(desk.settings, patient, last.id))
    window.run("panel:safety")
    shown = workspace_of(window).panel
    assert isinstance(shown, SafetyPanel)
    return shown


def answer_of(session: Session) -> str | None:
    given = session.visit.answers.get(ITEM)
    return given.state if given is not None else None


def deny(panel: SafetyPanel, item: str = ITEM) -> None:
    panel._rows[item].row.answered.emit("no")


def test_one_no_leaves_the_question_open_and_says_why(panel: SafetyPanel) -> None:
    deny(panel)

    assert answer_of(panel.session) is None
    caption = panel._rows[ITEM].row._caption.text()
    assert caption.endswith(TWICE)
    assert "Yes: Cold sores" in caption
    assert ITEM in {it.item for it in panel.session.judgement.decision.needed}


def test_the_second_is_taken_with_both_in_view(panel: SafetyPanel) -> None:
    deny(panel)
    deny(panel)

    assert answer_of(panel.session) == "no"
    assert TWICE not in panel._rows[ITEM].row._caption.text()


def test_another_answer_in_between_begins_anew(panel: SafetyPanel) -> None:
    deny(panel)
    panel._rows[ITEM].row.answered.emit("yes")
    assert answer_of(panel.session) == "yes"

    deny(panel)
    assert answer_of(panel.session) is None


def test_what_may_be_over_is_denied_at_once(panel: SafetyPanel) -> None:
    panel.show_group("body")
    deny(panel, "diabetes")

    assert panel.session.visit.answers["diabetes"].state == "no"


def test_what_was_confirmed_since_is_denied_twice_again(panel: SafetyPanel) -> None:
    deny(panel)
    panel._rows[ITEM].row.reconfirmed.emit()
    assert answer_of(panel.session) == "yes"

    deny(panel)

    assert answer_of(panel.session) is None


def test_undo_lets_go_of_the_first_no_and_of_nothing_else(
    panel: SafetyPanel, window: MainWindow
) -> None:
    """It took back the answer before, still said "Left open", and the next N was taken."""
    panel.show_group("body")
    deny(panel, "diabetes")
    panel.show_group(panel.desk.pack.question_by_id[ITEM].group)
    deny(panel)

    window.run("undo")

    assert panel.session.visit.answers["diabetes"].state == "no"
    assert TWICE not in panel._rows[ITEM].row._caption.text()
    assert panel._rows[ITEM].row.isAncestorOf(panel.focusWidget())
    deny(panel)
    assert answer_of(panel.session) is None, "it is asked again"

    window.run("undo")
    window.run("undo")
    assert "diabetes" not in panel.session.visit.answers


def test_what_came_after_the_first_no_is_taken_back_before_it(
    panel: SafetyPanel, window: MainWindow
) -> None:
    panel.show_group("body")
    deny(panel)
    deny(panel, "diabetes")

    window.run("undo")
    assert "diabetes" not in panel.session.visit.answers
    deny(panel)
    assert answer_of(panel.session) == "no", "the first No was not taken back"


def test_undo_on_another_panel_lets_go_of_it_too(panel: SafetyPanel, window: MainWindow) -> None:
    panel.show_group("body")
    deny(panel, "diabetes")
    deny(panel)
    window.run("panel:goals")
    window.run("undo")
    assert "diabetes" not in panel.session.visit.answers
    deny(panel)
    assert answer_of(panel.session) is None


def test_a_no_over_a_yes_of_today_is_a_step_by_itself(
    panel: SafetyPanel, window: MainWindow, clock: Clock
) -> None:
    panel._rows[ITEM].row.answered.emit("yes")
    clock.move(9)
    deny(panel)
    window.run("undo")
    assert answer_of(panel.session) == "yes"
    window.run("undo")
    assert answer_of(panel.session) is None


@pytest.mark.parametrize("planned", [False, True])
def test_what_still_has_to_wait_is_denied_twice(
    window: MainWindow, desk: Desk, *, planned: bool
) -> None:
    """One No two days later ended the wait of a sunburn, also with a first visit weeks away."""
    burnt = Exposure(code="sunburn", date=PartialDate(2026, 6, 10), zones=("face",))
    sample = desk.sample_visit()
    facts = replace(sample.facts, exposures=(burnt,))
    said = {**sample.answers, "sunburn": Answer(state="yes")}
    last = make_last(desk, facts=facts, answers=said, visit_date=date(2026, 6, 13))
    patient = desk.patients.open(last.patient_id)
    window.show_visit(desk.begin_again(desk.settings, patient, last.id))
    if planned:
        later = replace(sample.plan, first_session=datetime.fromisoformat("2026-07-20T09:00"))
        workspace_of(window).session.set("plan", later)
    window.run("panel:safety")
    shown = workspace_of(window).panel
    assert isinstance(shown, SafetyPanel)

    deny(shown, "sunburn")
    assert "sunburn" not in shown.session.visit.answers
    caption = shown._rows["sunburn"].row._caption.text()
    assert "told on 13 June 2026, and its wait ends on 24 June 2026" in caption
    assert caption.endswith("If the Yes was wrong, come back and choose No again.")

    deny(shown, "sunburn")
    assert shown.session.visit.answers["sunburn"].state == "no"


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> QWidget:
    """Press a key where the keyboard is, and return where it is then."""
    for_key = QApplication.focusWidget()
    assert for_key is not None
    QTest.keyClick(for_key, key, modifier)
    field = QApplication.focusWidget()
    assert field is not None
    return field


def test_by_the_keys_the_keyboard_is_back_on_the_question(panel: SafetyPanel) -> None:
    panel.focus_item(ITEM)
    row = panel._rows[ITEM].row
    after = press(Qt.Key.Key_N)
    assert not row.isAncestorOf(after), "it goes on, as after every answer"

    back = press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert row.isAncestorOf(back)
    assert TWICE not in row._caption.text()
    press(Qt.Key.Key_N)
    assert answer_of(panel.session) is None
    assert row._caption.text().endswith(TWICE)


def test_what_the_visit_told_on_the_day_that_it_left_is_denied_twice(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    """Gone on with two days later, one No called nobody with a fever in the way."""
    window.show_visit(replace(desk.sample_visit(), sample=False, answers={}))
    session = workspace_of(window).session
    session.answer(FEVER, "yes")
    session.add_entry("conditions", FEVER)
    session.change_entry("conditions", FEVER, status="active")
    clock.move(2 * 24 * 3600)
    session.take(move_to(desk.pack, session.visit, session.today), "")
    window.run("panel:safety")
    shown = workspace_of(window).panel
    assert isinstance(shown, SafetyPanel)
    shown.show_group(desk.pack.question_by_id[FEVER].group)
    deny(shown, FEVER)
    assert FEVER not in session.visit.answers
    assert "It was there on" in shown._rows[FEVER].row._caption.text()
    deny(shown, FEVER)
    assert session.visit.answers[FEVER].state == "no"
