"""Agree: what is said of signing where the patient declines, and what Finish says of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Agreement
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.agree import UNHEARD, AgreePanel
from consult_app.gui.panels.finish import FinishPanel
from consult_app.gui.practice.sheet import PracticeSheet
from consult_app.gui.widgets.banner import Tag
from consult_app.gui.workspace.obstacle_sheet import ObstacleSheet
from consult_app.handout.own_words import take_words
from consult_app.settings import LimitChange
from tests.gui.touring import workspace_of

STROKES = (((0.1, 0.1), (0.9, 0.9)),)
SIGNED = Agreement(
    decision="go_ahead",
    wording_version="1",
    signature=STROKES,
    signed_at=datetime.fromisoformat("2026-06-15T10:00:05"),
)


def open_agree(window: MainWindow, desk: Desk) -> AgreePanel:
    """Return the agreement of a visit that may go ahead, with its risks shown."""
    visit = desk.sample_visit()
    window.show_visit(replace(visit, discussion=replace(visit.discussion, risks_shown=True)))
    window.run("panel:agree")
    QApplication.processEvents()
    shown = workspace_of(window).panel
    assert isinstance(shown, AgreePanel)
    return shown


@pytest.fixture
def panel(window: MainWindow, desk: Desk) -> AgreePanel:
    """The same."""
    return open_agree(window, desk)


@pytest.mark.parametrize("decision", ["think", "no", "not_suitable"])
def test_who_does_not_go_ahead_is_not_told_what_keeps_them_from_signing(
    panel: AgreePanel, decision: str
) -> None:
    panel.decision.edited.emit(decision)

    assert panel.notice.text() == "Nothing is to be signed now. Only who goes ahead signs."
    assert not panel.pad.isEnabled()


def test_who_needs_an_interpreter_needs_one_from_then_on(
    window: MainWindow, panel: AgreePanel
) -> None:
    session = panel.session

    def needs() -> bool:
        return session.visit.needs.interpreter

    panel.outcome.edited.emit("needs_interpreter")
    banner = workspace_of(window).banner
    assert needs()
    assert "Interpreter" in {tag.text() for tag in banner.findChildren(Tag)}

    session.undo()
    assert session.visit.agreement.teach_back.outcome is None
    assert not needs()

    panel.outcome.edited.emit("needs_interpreter")
    panel.outcome.edited.emit("understood")
    assert needs(), "understood with one"


def test_words_changed_after_they_were_understood_have_to_be_heard_again(panel: AgreePanel) -> None:
    """They were printed for the patient as understood, and nobody had heard them."""
    session = panel.session
    first = next(iter(panel.words))
    panel.words[first].edited.emit("No sauna for three days")
    assert panel.unheard.text() == UNHEARD
    assert "again" not in UNHEARD, "nothing was marked before"
    panel.outcome.edited.emit("understood")
    assert take_words(session.visit).said[first] == "No sauna for three days"
    assert panel.unheard.text() == ""

    panel.words[first].edited.emit("I may go to the sauna tonight")
    assert first not in take_words(session.visit).said
    assert panel.unheard.text() == UNHEARD

    panel.outcome.edited.emit("needs_interpreter")
    panel.words[first].edited.emit("Sauna")
    assert session.visit.agreement.teach_back.outcome == "needs_interpreter"


def test_nobody_is_asked_to_mark_again_what_is_signed(panel: AgreePanel) -> None:
    panel.words[next(iter(panel.words))].edited.emit("No sauna for three days")
    assert panel.unheard.text() == UNHEARD
    panel.session.lock(replace(panel.session.visit, state="signed"))
    assert panel.unheard.text() == ""


def test_who_needs_an_interpreter_does_not_sign_and_is_led_to_the_teach_back(
    window: MainWindow, panel: AgreePanel
) -> None:
    panel.decision.edited.emit("go_ahead")
    panel.outcome.edited.emit("needs_interpreter")

    assert "an interpreter is needed" in panel.notice.text()
    assert not panel.pad.isEnabled()

    window.run("panel:agree:teach_back")
    QApplication.processEvents()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert panel.outcome.isAncestorOf(focused)
    panel.outcome.edited.emit("understood")
    assert "interpreter" not in panel.notice.text()


@pytest.mark.parametrize("paper", [False, True])
def test_a_plan_changed_after_the_signature_has_to_be_signed_again(
    window: MainWindow, panel: AgreePanel, *, paper: bool
) -> None:
    session = panel.session
    panel.decision.edited.emit("go_ahead")
    if paper:
        panel.on_paper.click()
    else:
        panel.pad.edited.emit(STROKES)
    assert panel.notice.text() == ""

    session.set("plan.sessions", 6)
    assert panel.notice.text().startswith("The plan was changed after the patient signed.")
    window.run("panel:finish")
    finish = workspace_of(window).panel
    told = " ".join(label.text() for label in finish.findChildren(QLabel))
    assert "signed again" in told

    session.undo()
    assert panel.notice.text() == ""
    session.redo()
    if not paper:
        panel.pad.edited.emit(())
        panel.pad.edited.emit(STROKES)
        assert panel.notice.text() == "", "it is signed for the new one"


def test_a_number_of_the_clinic_that_changes_what_was_signed_for_is_told(
    window: MainWindow, panel: AgreePanel
) -> None:
    panel.decision.edited.emit("go_ahead")
    panel.pad.edited.emit(STROKES)
    assert panel.notice.text() == ""
    other = LimitChange(
        limit="ceiling_scar_light",
        who="Dr Hart",
        on=date(2026, 6, 15),
        before=2.5,
        after=1.0,
        reason="Our insurer",
    )

    window._keep_settings(replace(window.desk.settings, changes=(other,)))

    anew = workspace_of(window).panel
    assert isinstance(anew, AgreePanel), "panels are made anew with the settings of now"
    assert anew.notice.text().startswith("The findings, depths or visits are not those")
    window.run("panel:finish")
    finish = workspace_of(window).panel
    told = " ".join(label.text() for label in finish.findChildren(QLabel))
    assert "The findings, depths or visits are not those the patient signed for." in told


def test_who_changes_their_mind_after_signing_is_told_to_take_it_back(
    window: MainWindow, panel: AgreePanel
) -> None:
    panel.session.set("agreement", replace(SIGNED, decision="no"))
    words = "There is a signature, but the decision is not Go ahead. Take the signature back"

    assert panel.notice.text().startswith(words)
    window.sign()
    (sheet,) = [it for it in window.findChildren(ObstacleSheet) if it.isVisible()]
    assert [text.startswith(words) for text, _ in sheet.rows] == [True]
    sheet.close()


def test_a_signature_that_does_not_hold_is_cleared_but_not_drawn_on(panel: AgreePanel) -> None:
    panel.session.set("agreement", replace(SIGNED, decision="no"))
    paper = panel.pad.paper

    QTest.mousePress(paper, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    QTest.mouseMove(paper, QPoint(60, 40))
    QTest.mouseRelease(paper, Qt.MouseButton.LeftButton, pos=QPoint(60, 40))
    assert panel.pad.strokes() == STROKES
    panel.pad.clear()

    assert not panel.session.visit.agreement.signature
    assert panel.notice.text().startswith("Nothing is to be signed now.")


@pytest.mark.parametrize(
    ("agreement", "told"),
    [
        (SIGNED, "The patient signed here on 15 Jun 2026, 10:00:05."),
        (replace(SIGNED, signature=(), signed_on_paper=True), "The patient signed on paper."),
        (replace(SIGNED, signature=()), "The patient has not signed."),
        (replace(SIGNED, signature=(), decision="no"), ""),
    ],
)
def test_the_summary_says_whether_who_goes_ahead_has_signed(
    window: MainWindow, panel: AgreePanel, agreement: Agreement, told: str
) -> None:
    panel.session.set("agreement", agreement)
    window.run("panel:finish")

    finish = workspace_of(window).panel
    assert isinstance(finish, FinishPanel)
    labels = finish.summary.findChildren(QLabel)

    assert [it.text() for it in labels if it.text().startswith("The patient ")] == (
        [told] if told else []
    )


def test_who_scrolled_to_the_signature_is_there_still_after_the_settings(
    window: MainWindow, panel: AgreePanel, qtbot: QtBot
) -> None:
    """The keyboard was left in a field above, and comes back to it."""
    QTest.mouseClick(panel.decision.cell("go_ahead"), Qt.MouseButton.LeftButton)
    focused = QApplication.focusWidget()
    assert focused is not None
    bar = panel.pane.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert focused.visibleRegion().isEmpty()

    window.run("settings")
    (sheet,) = [it for it in window.findChildren(PracticeSheet) if it.isVisible()]
    sheet.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() not in (None, focused))
    sheet._keep()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is focused)

    assert bar.value() == bar.maximum()


def test_the_separate_consents_are_answered_by_the_keys_of_an_answer_row(
    panel: AgreePanel,
) -> None:
    """They look like answer rows, and N and Y did nothing."""
    panel.consents["photos_record"].take_focus()
    for key in (Qt.Key.Key_Y, Qt.Key.Key_N, Qt.Key.Key_N):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)

    agreement = panel.session.visit.agreement
    said = (agreement.photos_record, agreement.photos_teaching, agreement.photos_marketing)
    assert said == (True, False, False)
    last = panel.consents["photos_marketing"]
    assert QApplication.focusWidget() is last.cell("no"), "the last one keeps the keyboard"


def test_backspace_takes_a_separate_consent_back_to_what_it_starts_as(panel: AgreePanel) -> None:
    for key, start in (("photos_record", None), ("photos_marketing", False)):
        choice = panel.consents[key]
        choice.cell("yes").click()
        QTest.keyClick(choice.stop(), Qt.Key.Key_Backspace)
        assert getattr(panel.session.visit.agreement, key) is start
        assert choice.value() == ("no" if start is False else "")


def test_the_teach_back_asks_about_the_night_after_a_visit_that_is_still_to_come(
    panel: AgreePanel,
) -> None:
    """*Tonight* nothing goes on the skin of who is needled in seven weeks."""
    session, words = panel.session, panel.words["tonight"].control

    def plan(day: date) -> str:
        first = datetime.combine(day, datetime.min.time())
        session.set("plan", replace(session.visit.plan, first_session=first))
        assert words.accessibleName() in {it.text() for it in panel.findChildren(QLabel)}
        return words.accessibleName()

    today = session.visit.visit_date
    assert plan(today) == "What will you put on your skin tonight, and what not?"
    assert plan(today.replace(month=12)) == (
        "What will you put on your skin the night after your visit, and what not?"
    )
    session.set("agreement.treat_today", value=True)
    assert "tonight" in words.accessibleName()
