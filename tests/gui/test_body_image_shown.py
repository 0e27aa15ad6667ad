"""The body-image screen in Safety: offered with a reason, asked step by step, heard at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox

from consult_app.domain.consultation import ConcernWish, MapFinding
from consult_app.domain.decision import DecisionState
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.goals import GoalsPanel
from consult_app.gui.panels.safety.body_image import BodyImageScreen, SeveralRow
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.session import Session
from consult_app.gui.theme import TARGET, Theme
from consult_app.knowledge.told.assessment import GREAT_BOTHER

POSITIVE = {"B1": 2, "B2": 2, "B3": 2, "B4": 0, "B5": 0, "B6": 0, "B7": 0, "P1": 1}


@pytest.fixture
def window(open_window: Callable[..., MainWindow], desk: Desk) -> MainWindow:
    """The window on the sample visit, in Safety."""
    window = open_window()
    window.show_visit(replace(desk.sample_visit(), panel="safety"))
    return window


@pytest.fixture
def session(window: MainWindow) -> Session:
    """Its session."""
    assert window.workspace is not None
    return window.workspace.session


@pytest.fixture
def panel(window: MainWindow) -> SafetyPanel:
    """Its Safety panel."""
    assert window.workspace is not None
    return cast("SafetyPanel", window.workspace.panel)


@pytest.fixture
def screen(panel: SafetyPanel) -> BodyImageScreen:
    """The screen, opened."""
    assert panel.focus_item("bdd")
    assert panel.body_image is not None
    panel.body_image.fold.button.click()
    return panel.body_image


def say(screen: BodyImageScreen, **answers: int) -> None:
    for name, points in answers.items():
        screen.rows[name].edited.emit(points)


def shown(screen: BodyImageScreen) -> list[str]:
    return [name for name, row in screen.rows.items() if not row.isHidden()]


def test_it_starts_closed_and_unasked(panel: SafetyPanel) -> None:
    panel.focus_item("bdd")
    assert panel.body_image is not None
    assert not panel.body_image.fold.is_open
    assert panel.body_image.fold.summary == "Not asked"
    assert panel.offer.isHidden()


def test_a_quiet_gate_is_the_whole_screen(screen: BodyImageScreen, session: Session) -> None:
    session.answer("bdd", None)
    say(screen, B1=1)
    assert shown(screen) == ["B1", "B2"]
    assert "bdd" in {needed.item for needed in session.judgement.decision.needed}
    say(screen, B2=1)

    assert screen.fold.summary == "Nothing found"
    assert session.visit.answers["bdd"].state == "no"
    assert "bdd" not in {needed.item for needed in session.judgement.decision.needed}


def test_further_questions_come_when_the_gate_asks_and_keep_their_answers(
    screen: BodyImageScreen, session: Session
) -> None:
    say(screen, B1=2)
    assert shown(screen) == list(POSITIVE)
    say(screen, B3=4)
    say(screen, B1=0)
    assert shown(screen) == ["B1", "B2"]
    assert session.visit.body_image == {"B1": 0, "B3": 4}


def test_a_positive_screen_stands_in_the_decision_box(
    screen: BodyImageScreen, session: Session
) -> None:
    say(screen, **POSITIVE)

    assert session.judgement.decision.state is DecisionState.DEFER
    assert session.visit.answers["bdd"].state == "yes"
    assert screen.fold.summary == "Positive: assess first"
    assert "assess, not refuse for ever" in screen.meaning.text()
    say(screen, P1=3)
    found = {item.id for item in session.judgement.decision.findings}
    assert "expectations_unrealistic" in found
    assert "bdd_screen_positive" not in found


def test_thoughts_of_harm_are_heard_before_anything_else_is_asked(
    screen: BodyImageScreen, panel: SafetyPanel, session: Session, desk: Desk
) -> None:
    pathway = desk.pack.body_image.outcome.crisis_text
    say(screen, B1=2, B7=1)

    assert screen.crisis.text() == panel.offer.text() == pathway
    assert not screen.crisis.isHidden()
    found = {item.id for item in session.judgement.decision.findings}
    assert "acute_distress_or_intoxication" in found
    panel.show_group("today")
    assert panel.offer.isVisible(), "in every group"
    assert not panel.offer._close.isVisible(), "and nobody puts it away"
    say(screen, B1=0)
    assert "B7" in shown(screen), "it can still be seen and taken back"
    say(screen, B7=0)
    assert screen.crisis.isHidden()
    assert panel.offer.isHidden()


def test_a_yes_by_hand_stands_beside_a_quiet_screen(
    screen: BodyImageScreen, session: Session
) -> None:
    session.answer("bdd", "yes")
    session.add_entry("conditions", "unrealistic_expectations")
    say(screen, B1=0, B2=0)
    assert session.visit.answers["bdd"].state == "yes"
    found = {item.id for item in session.judgement.decision.findings}
    assert "expectations_unrealistic" in found


def test_none_of_these_is_an_answer_and_unticking_all_is_none(
    screen: BodyImageScreen, session: Session
) -> None:
    say(screen, B1=2)
    row = cast("SeveralRow", screen.rows["B5"])
    row.chips.chip("1").click()
    row.chips.chip("4").click()
    assert session.visit.body_image["B5"] == 5
    row.chips.chip("0").click()
    assert session.visit.body_image["B5"] == 0
    assert row.chips.chosen() == ("0",)
    row.chips.chip("2").click()
    assert session.visit.body_image["B5"] == 2
    row.chips.chip("2").click()
    assert "B5" not in session.visit.body_image


def test_showing_is_silent(screen: BodyImageScreen, panel: SafetyPanel, session: Session) -> None:
    say(screen, **POSITIVE)
    before = session.visit
    panel.refresh()
    assert session.visit is before
    assert screen.rows["B1"].findChildren(QComboBox)[0].currentText() == "A great deal"


def test_another_persons_wish_offers_it_once(panel: SafetyPanel, session: Session) -> None:
    session.set("goals.whose_wish", "other")
    assert panel.offer.isVisible()
    panel.offer.acted.emit()
    assert panel.body_image is not None
    assert panel.body_image.fold.is_open
    panel.offer._close.click()
    panel.refresh()
    assert panel.offer.isHidden()


@pytest.mark.parametrize(
    ("bother", "grade", "offered"),
    [
        (GREAT_BOTHER, 1, True),
        (GREAT_BOTHER, 2, False),
        (GREAT_BOTHER - 1, 1, False),
        (None, 1, False),
    ],
)
def test_a_great_bother_with_little_to_see_offers_it(
    panel: SafetyPanel, session: Session, bother: int | None, grade: int, *, offered: bool
) -> None:
    seen = MapFinding(area="cheeks", side="right", concern="pores", grade=grade)
    session.set("skin.findings", (seen,))
    session.set("goals.concerns", (ConcernWish(concern="pores", bother=bother),))
    assert panel.offer.isVisible() is offered
    session.set("skin.findings", ())
    assert panel.offer.isHidden(), "where nothing was looked at, nothing is known to be little"


@pytest.mark.parametrize("percent", [100, 130])
def test_opened_it_has_room(
    window: MainWindow, panel: SafetyPanel, look: Theme, percent: int
) -> None:
    del panel
    look.set_text_percent(percent)
    assert window.workspace is not None
    visit = replace(window.workspace.session.visit, body_image={**POSITIVE, "B7": 1})
    window.show_visit(visit)
    shown_now = cast("SafetyPanel", window.workspace.panel)
    shown_now.focus_item("bdd")
    screen = shown_now.body_image
    assert screen is not None
    screen.fold.set_open(on=True)
    for width, height in ((1366, 768), (960, 540)):
        window.resize(width, height)
        for _ in range(3):
            QApplication.processEvents()
        inside = shown_now.pane.widget()
        assert inside is not None
        assert inside.width() <= shown_now.pane.viewport().width()
        buttons = [each for each in screen.findChildren(QAbstractButton) if each.isVisible()]
        assert all(min(each.width(), each.height()) >= TARGET for each in buttons)


def test_goals_offer_it_too_and_a_refusal_counts_everywhere(
    window: MainWindow, panel: SafetyPanel, session: Session
) -> None:
    seen = MapFinding(area="cheeks", side="right", concern="pores", grade=1)
    session.set("skin.findings", (seen,))
    session.set("goals.concerns", (ConcernWish(concern="pores", bother=GREAT_BOTHER),))
    window.run("panel:goals")
    assert window.workspace is not None
    goals = window.workspace.panel
    assert isinstance(goals, GoalsPanel)
    assert goals.offer.isVisible()

    goals.offer.acted.emit()
    assert window.workspace.panel is panel
    assert panel.body_image is not None
    assert panel.body_image.fold.is_open

    window.run("panel:goals")
    goals.offer._close.click()
    window.run("panel:safety")
    assert panel.offer.isHidden()


def test_goals_say_once_that_the_wish_is_another_persons(
    window: MainWindow, panel: SafetyPanel, session: Session
) -> None:
    session.set("goals.whose_wish", "other")
    window.run("panel:goals")
    assert window.workspace is not None
    goals = window.workspace.panel
    assert isinstance(goals, GoalsPanel)

    assert goals._wish_notice.isVisible()
    assert goals.offer.isHidden()
    goals._wish_notice._close.click()
    session.set("goals.worth_it", "Anything")
    assert goals._wish_notice.isHidden(), "it is said once in a visit"
    assert panel.session is session
