"""The decision on screen: never green by default, never green after a failure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.decision import Decision, DecisionState, Needed
from consult_app.domain.finding import Severity
from consult_app.domain.history import Medication
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.fields import TextField
from consult_app.gui.widgets.labels import Label
from consult_app.gui.workspace import decision_box
from consult_app.gui.workspace.decision_box import SPARE, DecisionBox
from consult_app.gui.workspace.finding_card import FindingCard
from consult_app.gui.workspace.recording import Recording
from consult_app.gui.workspace.workspace import Workspace
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.visits.locking import find_obstacles, find_signature_obstacles

OpenWindow = Callable[..., MainWindow]

WAITS = "We need an answer from your doctor before|Your doctor must answer us first about"
THINNER = "Do not stop your blood thinner unless your doctor says so|only a doctor may stop it"
"""As they stand on a sheet with room for it, and on one that was shortened."""


def _fail(*_: object) -> Judgement:
    raise LookupError("Ada Berg")


@pytest.fixture
def healthy(desk: Desk) -> Consultation:
    """The sample patient, about whom no question is open."""
    return desk.sample_visit()


def test_the_box_starts_at_not_checked(look: Theme, desk: Desk) -> None:
    box = DecisionBox(look, desk.pack)

    assert box.block.state == "not_checked"


def test_an_empty_visit_is_not_green(window: MainWindow) -> None:
    window.start.begin.click()

    assert window.workspace is not None
    assert window.workspace.box.block.state == "not_checked"
    assert window.workspace.session.judgement.decision.blocks_treatment


def test_the_box_follows_every_change(window: MainWindow, healthy: Consultation) -> None:
    window.show_visit(healthy)
    workspace = window.workspace
    assert workspace is not None
    before = workspace.box.block.state

    workspace.session.set("facts.pregnancy", "yes")
    workspace.session.answer("pregnancy", "yes")
    assert workspace.box.block.state == "absolute"
    assert workspace.rail.steps["safety"].accessibleName() != ""

    workspace.session.answer("pregnancy", "no")
    assert workspace.box.block.state == before


class Painted(QObject):
    """Looks, whenever something is painted, whether the box shows what was judged last."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self.late: list[bool] = []
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr] # there is one

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Note it and let it pass."""
        if event.type() is QEvent.Type.Paint:
            shown = self._workspace.box.block.title
            headline = self._workspace.session.judgement.decision.headline
            self.late.append(
                not headline.startswith(shown)
                or self._workspace.session.visit.answers["pregnancy"].state != "yes"
            )
        return False


def test_no_frame_shows_an_answer_beside_an_older_decision(
    window: MainWindow, healthy: Consultation, qtbot: QtBot
) -> None:
    window.show_visit(healthy)
    workspace = window.workspace
    assert workspace is not None
    workspace.show_panel("safety")
    workspace.panel.focus_item("pregnancy")
    before = workspace.box.block.title
    qtbot.wait_until(workspace.panel.isVisible)
    QApplication.processEvents()

    row = QApplication.focusWidget()
    assert row is not None
    painted = Painted(workspace)
    QTest.keyClick(row, Qt.Key.Key_Y)
    qtbot.wait_until(lambda: bool(painted.late))

    assert workspace.box.block.title != before
    assert not any(painted.late)


@pytest.mark.expects_log("LookupError")
def test_a_failing_check_shows_as_failed_and_blocks(
    open_window: OpenWindow, desk: Desk, healthy: Consultation
) -> None:
    broken: list[bool] = []
    told = replace(desk, judge=lambda visit: _fail() if broken else desk.judge(visit))
    window = open_window(at=told)
    window.show_visit(healthy)
    workspace = window.workspace
    assert workspace is not None
    assert workspace.box.block.state == "precaution"

    broken.append(True)
    workspace.session.set("goals.own_words", "Scars")

    assert workspace.box.block.state == "could_not_check"
    assert workspace.footer.pill.state == "could_not_check"
    session = workspace.session
    assert find_signature_obstacles(session.visit, session.judgement, desk.pack)
    assert find_obstacles(session.visit, session.judgement, desk.pack)
    assert session.judgement.decision.blocks_treatment

    broken.clear()
    session.set("goals.own_words", "Scars again")
    assert workspace.box.block.state == "precaution"


@pytest.mark.expects_log("LookupError")
def test_signing_is_refused_while_nothing_could_be_checked(
    open_window: OpenWindow, desk: Desk, healthy: Consultation
) -> None:
    window = open_window(at=replace(desk, judge=_fail))
    window.show_visit(healthy)
    assert window.workspace is not None

    window.sign()

    assert not window.workspace.session.locked
    assert not window.workspace.session.held


@pytest.mark.expects_log("LookupError")
@pytest.mark.parametrize("part", ["show_finding", "_block_state", "_block_lines"])
def test_a_box_that_cannot_be_drawn_says_so(
    monkeypatch: pytest.MonkeyPatch, window: MainWindow, healthy: Consultation, part: str
) -> None:
    window.show_visit(healthy)
    workspace = window.workspace
    assert workspace is not None
    assert workspace.box.block.state == "precaution"
    owner = FindingCard if part == "show_finding" else decision_box
    monkeypatch.setattr(owner, part, _fail)

    workspace.session.set("facts.pregnancy", "yes")
    workspace.session.answer("pregnancy", "yes")

    assert workspace.box.block.state == "could_not_check"
    assert workspace.footer.pill.state == "could_not_check", "the pill says what the box says"


@pytest.mark.expects_log("LookupError")
def test_the_same_decision_is_drawn_again_after_it_could_not_be(
    monkeypatch: pytest.MonkeyPatch, look: Theme, desk: Desk
) -> None:
    box = DecisionBox(look, desk.pack)
    clear = Decision(state=DecisionState.CLEAR, headline="Clear", blocks_treatment=False)
    with monkeypatch.context() as patch:
        patch.setattr(decision_box, "_block_lines", _fail)
        box.show_decision(clear)
    assert box.block.state == "could_not_check"

    box.show_decision(clear)

    assert box.block.state == "clear"


def test_a_stop_is_told_on_its_panel_of_the_rail(
    look: Theme, desk: Desk, healthy: Consultation
) -> None:
    session = Session(healthy, desk.judge, desk.clock)
    workspace = Workspace(look, session, desk)
    calm = workspace.rail.steps["safety"].accessibleName()

    session.set("facts.pregnancy", "yes")
    session.answer("pregnancy", "yes")

    assert workspace.rail.steps["safety"].accessibleName() != calm


def test_a_panel_with_an_open_question_is_never_ticked(
    look: Theme, desk: Desk, healthy: Consultation
) -> None:
    session = Session(healthy, desk.judge, desk.clock)
    workspace = Workspace(look, session, desk)
    assert workspace.rail.steps["safety"].state == "done"

    session.answer("pregnancy", None)

    assert Needed(step="safety", item="pregnancy", label="Pregnancy") in (
        session.judgement.decision.needed
    )
    assert workspace.rail.steps["safety"].state == "half"


def test_the_longest_address_of_a_source_leaves_the_reasons_readable(
    window: MainWindow, desk: Desk, healthy: Consultation
) -> None:
    window.show_visit(healthy)
    workspace = window.workspace
    assert workspace is not None
    shown = desk.judge(healthy).decision
    (first,) = shown.findings
    told = replace(first, sources=tuple(desk.pack.source_by_id))
    workspace.box.show_decision(replace(shown, findings=(told,)))
    (card,) = workspace.box._cards
    next(it for it in card.findChildren(Button) if it.isCheckable()).click()

    assert card.minimumSizeHint().width() <= workspace.box._pane.viewport().width()


def test_a_reason_begun_stays_while_something_else_changes(
    look: Theme, desk: Desk, healthy: Consultation
) -> None:
    shown = desk.judge(healthy).decision
    (first,) = shown.findings
    asked = replace(first, severity=Severity.RELATIVE)
    other = replace(first, id="another_rule")
    box = DecisionBox(look, desk.pack)
    box.show_decision(replace(shown, findings=(asked,)))
    (recording,) = box.findChildren(Recording)
    recording.button.click()
    (field,) = box.findChildren(TextField)
    field.line.setText("Cleared by Dr")

    box.show_decision(replace(shown, findings=(other, asked)))

    cards = [card for card in box.findChildren(FindingCard) if not card.isHidden()]
    assert [card.finding for card in cards] == [asked, other]
    order = sorted(cards, key=box._column.indexOf)
    assert [card.finding for card in order] == [other, asked], "they stand in the order given"
    assert [it.text() for it in order[1].findChildren(TextField)] == ["Cleared by Dr"]

    box.show_decision(replace(shown, findings=(other,)))

    assert [card.finding for card in box._cards] == [other]
    assert order[1].isHidden(), "what no longer holds is not shown"


def test_a_finding_takes_a_card_that_was_made_in_a_pause(
    window: MainWindow, healthy: Consultation, desk: Desk, qtbot: QtBot
) -> None:
    window.show_visit(healthy)
    assert window.workspace is not None
    box = window.workspace.box
    qtbot.wait_until(lambda: len(box._spare) == SPARE)
    shown = desk.judge(healthy).decision
    (first,) = shown.findings
    waiting = box._spare[-1]

    box.show_decision(replace(shown, findings=(replace(first, id="another_rule"), first)))

    assert (box._cards[0], box._cards[1].finding) == (waiting, first)
    assert waiting.isVisibleTo(box)
    assert len(box._spare) == SPARE - 1


def test_the_questions_needed_are_those_of_now(look: Theme, desk: Desk) -> None:
    needed = [Needed(step="safety", item=f"i{n}", label=f"Question {n}") for n in range(9)]
    box, gone_to = DecisionBox(look, desk.pack), list[str]()
    box.go_wanted.connect(gone_to.append)

    for some in (needed, needed[3:5], needed[7:8]):
        box.show_decision(Decision(needed=tuple(some)))
        buttons = [it for it in box.findChildren(Button) if it.isVisibleTo(box)]
        assert [it.words for it in buttons] == [it.label for it in some[:6]]
        buttons[-1].click()

    box.show_decision(Decision(needed=()))

    assert not [it for it in box.findChildren(Button) if it.isVisibleTo(box)]
    assert gone_to == ["i5", "i4", "i7"]


def test_escape_closes_the_box_that_the_pill_opened_and_nothing_else(
    open_window: Callable[..., MainWindow], desk: Desk
) -> None:
    for width, stays in ((960, False), (1366, True)):
        window = open_window(width, 540)
        window.show_visit(desk.sample_visit())
        workspace = window.workspace
        assert workspace is not None
        if not stays:
            workspace.footer.pill.click()
        assert workspace.box.isVisible()
        focused = QApplication.focusWidget()
        assert focused is not None

        QTest.keyClick(focused, Qt.Key.Key_Escape)

        assert workspace.box.isVisible() is stays
        assert workspace.isVisible()


def take_warfarin(visit: Consultation) -> Consultation:
    """Return the visit of somebody whose prescriber has to agree first."""
    drug = Medication(code="warfarin", status="current")
    facts = replace(visit.facts, medications=(*visit.facts.medications, drug))
    answers = {**visit.answers, "anticoagulants": Answer(state="yes")}
    return replace(visit, facts=facts, answers=answers)


def test_how_many_questions_are_open_is_said_once(window: MainWindow) -> None:
    window.start.begin.click()
    assert window.workspace is not None
    QApplication.processEvents()
    box = window.workspace.box

    shown = [each.text() for each in box.findChildren(Label) if each.isVisible()]
    needed = len(window.workspace.session.judgement.decision.needed)

    assert [text for text in shown if str(needed) in text] == [f"{needed} questions still open"]
    assert "Not complete" in shown
    assert "Still needed" in shown


def test_a_decision_recorded_shows_its_reason_and_settles_what_the_plan_waits_for(
    window: MainWindow, desk: Desk, healthy: Consultation
) -> None:
    """Else the sheet says that a doctor has to answer first, who has answered."""
    window.show_visit(take_warfarin(healthy))
    workspace = window.workspace
    assert workspace is not None
    session = workspace.session
    (found,) = [
        it for it in session.judgement.decision.findings if it.id == "anticoagulant_current"
    ]
    before = session.judgement.plan
    assert before is not None
    assert "anticoagulant_prescriber_view" in {note.id for note in before.conditions}
    assert re.search(WAITS, read_sheet(desk, session.visit))

    session.override(found.id, "INR 2.4 on 12 June, Dr Roe agrees", found.digest)

    words = " ".join(each.text() for each in workspace.box.findChildren(Label))
    assert "Decided, with the reason: INR 2.4 on 12 June, Dr Roe agrees" in words
    after = session.judgement.plan
    assert after is not None
    assert "anticoagulant_prescriber_view" not in {note.id for note in after.conditions}
    told = read_sheet(desk, session.visit)
    assert not re.search(WAITS, told)
    assert re.search(THINNER, told)
    session.override(found.id, "", found.digest)
    words = " ".join(each.text() for each in workspace.box.findChildren(Label))
    assert "Dr Roe agrees" not in words


def test_finish_says_what_each_finding_asks_for(window: MainWindow, healthy: Consultation) -> None:
    window.show_visit(take_warfarin(healthy))
    workspace = window.workspace
    assert workspace is not None
    session = workspace.session
    session.set("facts.pregnancy", "yes")
    session.answer("pregnancy", "yes")
    window.run("panel:finish")
    QApplication.processEvents()

    def shown() -> list[str]:
        return [each.text() for each in workspace.panel.findChildren(Label) if each.isVisible()]

    assert [text for text in shown() if text.startswith("Do not treat: Pregnancy. ")]
    assert [text for text in shown() if text.startswith("Decide or clear: Blood thinners")]
    assert [text for text in shown() if text.startswith("Take care: ")]


def read_sheet(desk: Desk, visit: Consultation) -> str:
    """Return the words of the sheet."""
    return desk.make_sheet(visit).text.replace("\xa0", " ")
