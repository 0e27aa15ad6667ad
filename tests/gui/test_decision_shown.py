"""The decision on screen: never green by default, never green after a failure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from consult_app.domain.consultation import Consultation
from consult_app.domain.decision import Decision, DecisionState
from consult_app.gui import decision_box
from consult_app.gui.decision_box import DecisionBox
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.workspace import Workspace
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.locking import find_obstacles, find_signature_obstacles

OpenWindow = Callable[..., MainWindow]


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
    assert find_signature_obstacles(session.visit, session.judgement)
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
@pytest.mark.parametrize("part", ["FindingCard", "_block_state", "_block_lines"])
def test_a_box_that_cannot_be_drawn_says_so(
    monkeypatch: pytest.MonkeyPatch, window: MainWindow, healthy: Consultation, part: str
) -> None:
    window.show_visit(healthy)
    workspace = window.workspace
    assert workspace is not None
    assert workspace.box.block.state == "precaution"
    monkeypatch.setattr(decision_box, part, _fail)

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
