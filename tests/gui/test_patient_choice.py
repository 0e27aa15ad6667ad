"""The end of the patient's side: what they decide there, and thanks."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from consult_app.domain import change
from consult_app.domain.consultation import Consultation
from consult_app.domain.plan import PlanRequest
from consult_app.gui.begun_before import MAKE_TODAYS
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.agree import AgreePanel
from consult_app.gui.patient_view.waiting import NO_SHEET, THANKS, WAITING
from consult_app.gui.session import Session
from consult_app.gui.tasks import is_busy
from consult_app.handout.document import Handout
from tests.gui.conftest import Clock
from tests.gui.test_body_image_shown import POSITIVE
from tests.gui.test_handout_work import LONGEST
from tests.gui.test_patient_view import show, walk, words_in
from tests.gui.touring import make_last, workspace_of

DAY = 24 * 3600


def test_the_choice_shows_only_what_the_patient_decides(window: MainWindow, qtbot: QtBot) -> None:
    """*Not suitable*, *Understood* and *Signed on paper* are for the practitioner to say."""
    view = show(window, qtbot, window.desk.sample_visit())

    panel = walk(view)[-1]

    assert isinstance(panel, AgreePanel)
    shown = [it.text() for it in panel.findChildren(QAbstractButton) if it.isVisibleTo(panel)]
    assert shown[:3] == ["Go ahead", "Think about it", "No"]
    for words in ("Not suitable", "Understood", "Explained again", "Signed on paper"):
        assert words not in shown
    assert "Your photographs" in words_in(view)


@pytest.mark.parametrize("why", ["not_suitable", "yes"])
def test_who_is_not_treated_waits_for_no_plan_and_is_asked_nothing_about_it(
    why: str, window: MainWindow, qtbot: QtBot
) -> None:
    """A plan that is to come would be false hope; what goes on the skin tonight, no question."""
    view = show(window, qtbot, window.desk.sample_visit())
    choice = walk(view)[-1]
    assert isinstance(choice, AgreePanel)
    session = workspace_of(window).session

    refuse(session, why)

    qtbot.waitUntil(lambda: view.slide is not choice)
    assert NO_SHEET in words_in(view)
    assert WAITING not in words_in(view)
    assert (view.count, view.place.text()) == (1, "1 of 1")
    session.undo()
    qtbot.waitUntil(lambda: view.count > 1)


def test_who_has_to_wait_while_nothing_is_planned_has_nothing_to_choose(
    window: MainWindow, qtbot: QtBot
) -> None:
    """They were asked what goes on the skin that night, and to go ahead with nothing."""
    visit = window.desk.sample_visit()
    window.show_visit(replace(visit, plan=PlanRequest()))
    session = workspace_of(window).session
    window.run("patient_view")
    view = window.patient.view
    assert view is not None
    qtbot.waitUntil(view.onward.isEnabled)
    assert WAITING in words_in(view)
    assert view.count == 2

    with session.one_step():
        session.answer("bdd", "yes")
        session.set("body_image", POSITIVE)
    assert session.judgement.decision.headline.startswith("Not today")

    qtbot.waitUntil(lambda: NO_SHEET in words_in(view))
    assert view.count == 1
    session.set("plan", visit.plan)
    qtbot.waitUntil(lambda: view.count > 1)
    assert isinstance(walk(view)[-1], AgreePanel)


def test_who_said_no_waits_for_no_plan(window: MainWindow, qtbot: QtBot) -> None:
    """They were told that it comes, and asked what goes on the skin tonight."""
    visit = change.put(window.desk.sample_visit(), "agreement.decision", "no")
    window.show_visit(change.put(visit, "state", "signed"))
    window.run("patient_view")
    view = window.patient.view
    assert view is not None
    qtbot.waitUntil(lambda: view.place.text() != "")

    (page,) = walk(view)

    assert not isinstance(page, AgreePanel)
    assert NO_SHEET in words_in(page)
    assert WAITING not in words_in(page)


def refuse(session: Session, why: str) -> None:
    """Give a reason not to treat: what the practitioner says of it, or a pregnancy."""
    if why == "not_suitable":
        session.set("agreement.decision", why)
    else:
        with session.one_step():
            session.set("facts.pregnancy", why)
            session.answer("pregnancy", "yes")


def test_the_last_page_thanks_and_shows_nothing_of_the_record(
    window: MainWindow, qtbot: QtBot
) -> None:
    """It ended in a button that could not be pressed."""
    view = show(window, qtbot, window.desk.sample_visit())
    choice = walk(view)[-1]
    assert view.onward.words == "Done"
    assert view.onward.isEnabled()

    while view.slide is choice:  # it is longer than the screen
        QTest.mouseClick(view.onward, Qt.MouseButton.LeftButton)

    assert view.slide is not None
    assert THANKS in words_in(view.slide)
    assert not view.onward.isVisible()
    view.turn(1)
    assert view.slide is not choice
    assert window.workspace is not None
    assert not window.workspace.isVisible()
    QTest.mouseClick(view.back, Qt.MouseButton.LeftButton)
    assert view.slide is choice
    QTest.mouseClick(view.back, Qt.MouseButton.LeftButton)
    assert view.onward.words == "Next"


@pytest.mark.parametrize("kind", ["treatment", "review"])
def test_what_was_decided_before_is_not_asked_again(
    window: MainWindow, qtbot: QtBot, kind: str
) -> None:
    """A review asked for a choice and a signature, and kept them as if they were its own."""
    desk = window.desk
    last = make_last(desk)
    person = desk.patients.open(last.patient_id)
    window.show_visit(desk.begin_after(kind, desk.settings, person, last, 0))
    window.run("patient_view")
    view = window.patient.view
    assert view is not None
    qtbot.waitUntil(lambda: bool(view.place.text()))  # a review has no sheet to tell of

    pages = walk(view)

    assert not any(isinstance(it, AgreePanel) for it in pages)
    view.go_on()
    assert view.slide is not None
    assert THANKS in words_in(view.slide)


def test_why_nothing_can_be_signed_is_told_in_words_for_the_patient(
    window: MainWindow, qtbot: QtBot
) -> None:
    """Who comes of age before the first visit read of the age for consent."""
    visit = change.put(window.desk.sample_visit(), "discussion.risks_shown", True)
    panel = walk(show(window, qtbot, visit))[-1]
    assert isinstance(panel, AgreePanel)
    assert panel.notice.text() == "Not to be signed yet. Nothing is decided yet."

    minor = change.put(visit, "patient.date_of_birth", date(2008, 6, 30))
    window.show_visit(change.put(minor, "agreement.decision", "go_ahead"))
    window.run("patient_view")
    view = window.patient.view
    assert view is not None
    qtbot.waitUntil(view.onward.isEnabled)
    panel = walk(view)[-1]
    assert isinstance(panel, AgreePanel)
    assert panel.notice.text() == "Not to be signed yet. Please ask us."


def test_words_that_come_late_show_no_plan_again(window: MainWindow, qtbot: QtBot) -> None:
    """On a second screen: they were begun before the stop, and stayed until the next change."""
    view = show(window, qtbot, window.desk.sample_visit())
    session = workspace_of(window).session
    told, go_on = window.desk.tell_patient(session.visit), threading.Event()

    def tell(_: Consultation) -> Handout:
        assert go_on.wait(LONGEST)
        return told

    view._desk = replace(view._desk, tell_patient=tell)
    session.set("goals.own_words", "dents")
    view.tell()
    with session.one_step():
        session.answer("pregnancy", "yes")
        session.set("facts.pregnancy", "yes")
    view.tell()
    assert not view.is_told

    go_on.set()
    qtbot.waitUntil(lambda: not is_busy(window))

    assert not view.is_told


def test_the_choice_of_a_visit_resumed_later_says_nothing_to_the_practitioner(
    window: MainWindow, qtbot: QtBot, clock: Clock
) -> None:
    """On their screen stood of which day it is judged, with a button that makes it today's."""
    last = make_last(window.desk)
    person = window.desk.patients.open(last.patient_id)
    begun = replace(window.desk.sample_visit(), sample=False, patient_id=person.id)
    window.show_visit(replace(begun, follows=last.id, id="resumed"))
    clock.move(21 * DAY)
    view = show(window, qtbot, workspace_of(window).session.visit)
    assert workspace_of(window).panel.begun.text().startswith("Begun on")

    panel = walk(view)[-1]

    assert isinstance(panel, AgreePanel)
    assert panel.isVisible()
    assert not panel.begun.isVisible()
    for words in (MAKE_TODAYS, "Begun on", "Last visit"):
        assert words not in words_in(view)


def test_who_signed_and_what_can_follow_is_not_said_to_the_patient(
    window: MainWindow, qtbot: QtBot
) -> None:
    """Locked meanwhile on the other screen: the addendum and its key are the practitioner's."""
    view = show(window, qtbot, window.desk.sample_visit())
    panel = walk(view)[-1]
    assert isinstance(panel, AgreePanel)

    workspace_of(window).session.set("state", "signed")

    assert "addendum" not in words_in(panel)
