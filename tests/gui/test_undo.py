"""Undo takes back every kind of change, in the order of doing, and leads back to where it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from consult_app.domain.change import look
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.agree import AgreePanel
from consult_app.gui.panels.goals import GoalsPanel
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.panels.skin.panel import SkinPanel
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.workspace.whereabouts import find_field, name_field, name_fields
from consult_app.gui.workspace.workspace import Workspace
from tests.gui.conftest import Clock

UNDO = (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
REDO = (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)


@pytest.fixture
def workspace(open_window: Callable[..., MainWindow], desk: Desk) -> Workspace:
    """The workspace of a visit that may be signed."""
    window = open_window()
    sample = desk.sample_visit()
    agreement = replace(sample.agreement, decision="go_ahead", wording_version="1")
    discussion = replace(sample.discussion, risks_shown=True, discussed=True)
    window.reception.show_visit(
        replace(sample, agreement=agreement, discussion=discussion, plan_accepted=True)
    )
    assert window.workspace is not None
    QTest.qWait(0)
    return window.workspace


def press(keys: tuple[Qt.Key, Qt.KeyboardModifier]) -> None:
    """Press keys wherever the keyboard is, and let the window come to rest."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, *keys)
    QApplication.processEvents()


def focus_on(widget: QWidget) -> QWidget:
    widget.setFocus()
    return widget


def has_focus(widget: QWidget) -> bool:
    return QApplication.focusWidget() is widget


def write_words(panel: QWidget) -> QWidget:
    area = cast("GoalsPanel", panel).words.area
    QTest.keyClicks(focus_on(area), "never")
    return area


def choose_concern(panel: QWidget) -> QWidget:
    chip = cast("GoalsPanel", panel).concerns.chip("age_spots")
    QTest.keyClick(focus_on(chip), Qt.Key.Key_Space)
    return chip


def write_event_date(panel: QWidget) -> QWidget:
    field = cast("GoalsPanel", panel).event_date
    QTest.keyClicks(focus_on(field.line), "1/10/2026")
    return field.line


def choose_type(panel: QWidget) -> QWidget:
    cell = cast("SkinPanel", panel).phototype.cell("5")
    QTest.mouseClick(cell, Qt.MouseButton.LeftButton)
    return cell


def grade_on_map(panel: QWidget) -> QWidget:
    face = cast("SkinPanel", panel).map
    face.region("nose").click()
    QTest.keyClick(focus_on(face.region("nose")), Qt.Key.Key_4)
    return face.region("nose")


def answer_question(panel: QWidget) -> QWidget:
    cast("SafetyPanel", panel).focus_item("keloid")
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Y)
    return focused


def accept_plan(panel: QWidget) -> QWidget:
    plan = cast("PlanPanel", panel)
    plan.accept()
    return plan.accept_button


def write_visits(panel: QWidget) -> QWidget:
    line = cast("PlanPanel", panel).sessions.line
    QTest.keyClick(focus_on(line), Qt.Key.Key_Up)
    return line


def sign(panel: QWidget) -> QWidget:
    agree = cast("AgreePanel", panel)
    agree.session.set("discussion.risks_shown", value=True)  # other skin has other harms
    paper = agree.pad.paper
    QTest.mousePress(paper, Qt.MouseButton.LeftButton, pos=QPoint(60, 40))
    QTest.mouseMove(paper, QPoint(90, 60))
    QTest.mouseRelease(paper, Qt.MouseButton.LeftButton, pos=QPoint(90, 60))
    return paper


@dataclass(frozen=True)
class Kind:
    """One kind of change: where it is made, how, and what of the record it touches."""

    panel: str
    make: Callable[[QWidget], QWidget]
    paths: tuple[str, ...]
    leads_back: bool = True


KINDS = (
    Kind("goals", write_words, ("goals.own_words",)),
    Kind("goals", choose_concern, ("goals.concerns",)),
    Kind("goals", write_event_date, ("goals.event_date", "plan.event_date")),
    Kind("skin", choose_type, ("skin.phototype_seen", "facts.phototype"), leads_back=False),
    Kind("skin", grade_on_map, ("skin.findings",)),
    Kind("safety", answer_question, ("answers",), leads_back=False),
    # The other skin made another plan, which is to be accepted anew.
    Kind("plan", accept_plan, ("plan_accepted",), leads_back=False),
    Kind("plan", write_visits, ("plan.sessions", "plan_accepted")),
    Kind("agree", sign, ("agreement.signature", "agreement.signed_at"), leads_back=False),
)


def test_every_kind_of_change_is_undone_and_done_again(
    workspace: Workspace, clock: Clock, qtbot: QtBot
) -> None:
    session = workspace.session
    before = [session.visit]
    places = []
    for kind in KINDS:
        workspace.show_panel(kind.panel)
        QTest.qWait(0)
        clock.move(10)
        places.append(kind.make(workspace.panel))
        changed = session.visit
        assert all(look(changed, path) != look(before[-1], path) for path in kind.paths), kind.make
        before.append(changed)

    for kind, place, earlier in list(zip(KINDS, places, before, strict=False))[::-1]:
        workspace.show_panel("finish")
        QTest.qWait(0)
        press(UNDO)
        for path in kind.paths:
            assert look(session.visit, path) == look(earlier, path), (kind.make, path)
        assert workspace.panel.step == kind.panel
        if kind.leads_back:
            qtbot.waitUntil(partial(has_focus, place), timeout=2000)

    for kind, later in zip(KINDS, before[1:], strict=True):
        press(REDO)
        for path in kind.paths:
            assert look(session.visit, path) == look(later, path), (kind.make, path)
        assert workspace.panel.step == kind.panel


def test_in_a_text_undo_takes_back_typing_and_then_what_was_done_before(
    workspace: Workspace, clock: Clock
) -> None:
    """The letters of a text are steps like all others, cut where somebody paused."""
    workspace.show_panel("goals")
    QTest.qWait(0)
    goals = workspace.session.visit.goals
    panel = cast("GoalsPanel", workspace.panel)
    panel.wish.cell("shared").click()
    clock.move(5)
    area = panel.worth.area
    area.setFocus()
    area.selectAll()
    QTest.keyClicks(area, "smooth")
    clock.move(5)
    QTest.keyClicks(area, " skin")
    assert area.toPlainText() == "smooth skin"
    press(UNDO)
    assert area.toPlainText() == "smooth"
    assert area.textCursor().position() == len("smooth"), "typing goes on where it was"
    press(UNDO)
    assert area.toPlainText() == goals.worth_it
    press(UNDO)
    assert workspace.session.visit.goals.whose_wish == goals.whose_wish
    press(REDO)
    press(REDO)
    press(REDO)
    assert area.toPlainText() == workspace.session.visit.goals.worth_it == "smooth skin"


def test_half_a_date_is_taken_back_in_its_field(workspace: Workspace, clock: Clock) -> None:
    workspace.show_panel("goals")
    QTest.qWait(0)
    panel = cast("GoalsPanel", workspace.panel)
    words = workspace.session.visit.goals.own_words
    QTest.keyClicks(focus_on(panel.words.area), "x")
    clock.move(5)
    panel.event_date.forget()
    line = panel.event_date.line
    line.setFocus()
    QTest.keyClicks(line, "12/1")
    assert workspace.session.visit.goals.event_date is None
    press(UNDO)
    assert line.text() == ""
    assert workspace.session.visit.goals.own_words != words, "nothing else was taken back"


def test_every_field_is_found_by_the_name_that_it_is_given(workspace: Workspace) -> None:
    for step in workspace.steps:
        panel = workspace.find_panel(step.id)
        for name, field in name_fields(panel):
            assert name_field(panel, field) == name
            assert find_field(panel, name) is field


def test_undo_does_nothing_where_the_visit_is_not_seen(workspace: Workspace, clock: Clock) -> None:
    window = cast("MainWindow", workspace.window())
    workspace.show_panel("goals")
    QTest.qWait(0)
    QTest.keyClicks(focus_on(cast("GoalsPanel", workspace.panel).words.area), "x")
    clock.move(5)
    said = workspace.session.visit.goals.own_words
    window._stack.show_page(window.preview)
    window.run("undo")
    assert workspace.session.visit.goals.own_words == said


def test_a_search_keeps_its_own_undo(window: MainWindow) -> None:
    search = window.reception.start.search.line
    search.setFocus()
    QTest.keyClicks(search, "Maya")
    press(UNDO)
    assert search.text() == ""


def test_what_was_only_shown_is_passed_over_by_undo(workspace: Workspace, clock: Clock) -> None:
    """It stays as it is, so that pressing the keys would seem to do nothing."""
    session = workspace.session
    session.set("discussion", replace(session.visit.discussion, risks_shown=False))
    clock.move(10)
    wish = "other" if session.visit.goals.whose_wish != "other" else "own"
    before = session.visit.goals.whose_wish
    session.set("goals.whose_wish", wish)
    clock.move(10)
    session.set("discussion.risks_shown", value=True)

    press(UNDO)
    assert session.visit.goals.whose_wish == before
    assert session.visit.discussion.risks_shown, "what was shown was shown"

    press(REDO)
    assert session.visit.goals.whose_wish == wish


def test_a_text_that_is_no_date_is_taken_back_at_once(workspace: Workspace, clock: Clock) -> None:
    workspace.show_panel("goals")
    QTest.qWait(0)
    session = workspace.session
    field = cast("GoalsPanel", workspace.panel).event_date
    focus_on(field.line)
    QTest.keyClicks(field.line, "1/10/2026")
    clock.move(10)
    QTest.keyClicks(field.line, "x")
    clock.move(10)
    assert field.pending()
    workspace.show_panel("plan")
    QTest.qWait(0)

    press(UNDO)

    day = session.visit.goals.event_date
    assert day is not None
    workspace.show_panel("goals")
    assert not field.pending()
    assert field.line.text() == "1/10/2026"
    assert not field.error


def test_what_the_patient_chose_is_led_back_to_wherever_the_keyboard_was(
    workspace: Workspace, clock: Clock, qtbot: QtBot
) -> None:
    """By mouse, or on the page that is shown to them: the keyboard is in a field beneath."""
    workspace.show_panel("agree")
    QTest.qWait(0)
    panel = cast("AgreePanel", workspace.panel)
    focus_on(panel.words["tonight"].control)
    sign(panel)
    clock.move(10)
    focus_on(panel.words["tonight"].control)

    press(UNDO)

    assert not workspace.session.visit.agreement.signature
    qtbot.waitUntil(partial(has_focus, panel.on_paper), timeout=2000)
    (word,) = [it for it in workspace.window().findChildren(Notice) if "signature" in it.text()]
    assert word.text() == "The patient's signature was taken back. Ctrl+Shift+Z brings it back."

    press(REDO)
    assert workspace.session.visit.agreement.signature
    panel.session.set("agreement.decision", "think")
    clock.move(10)
    focus_on(panel.words["tonight"].control)
    press(UNDO)
    qtbot.waitUntil(partial(has_focus, panel.decision.stop()), timeout=2000)
