"""Words of a review or an addendum that nobody signed yet are shown, and no treatment goes by."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Consultation
from consult_app.domain.decision import Decision, DecisionState
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.treatment.recheck import RecheckPanel
from consult_app.gui.workspace.rail import read_marks
from tests.gui.test_last_answers import begin_return, tell
from tests.gui.test_recheck_panel import answer_all
from tests.gui.touring import make_last, workspace_of

REVIEW = "Review of 15 Jun 2026, not finished, what changed: pregnant since last week"
ADDENDUM = "Addendum of 15 Jun 2026, not finished: stop, she started isotretinoin"


@pytest.fixture
def last(window: MainWindow) -> Consultation:
    """A signed consultation that lets a treatment follow."""
    return make_last(window.desk)


def begin_review(window: MainWindow, last: Consultation, words: str) -> str:
    """Begin a review, write into it and leave it."""
    window.reception.show_patient(last.patient_id)
    window.run("review")
    workspace_of(window).session.set("review.changes", words)
    return workspace_of(window).session.visit.id


def begin_addendum(window: MainWindow, last: Consultation, words: str) -> str:
    """Begin an addendum, write into it and leave it."""
    window.open_visit(last.id)
    window.run("addendum")
    workspace_of(window).session.set("addendum", words)
    return workspace_of(window).session.visit.id


def treat(window: MainWindow, last: Consultation) -> RecheckPanel:
    """Begin a treatment in which all that is asked again is denied."""
    window.reception.show_patient(last.patient_id)
    window.run("treatment")
    panel = workspace_of(window).panel
    assert isinstance(panel, RecheckPanel)
    answer_all(panel)
    return panel


def decided(window: MainWindow) -> Decision:
    return workspace_of(window).session.judgement.decision


def test_a_treatment_is_refused_until_the_words_are_answered_for(
    window: MainWindow, last: Consultation
) -> None:
    left = begin_review(window, last, "pregnant since last week")
    panel = treat(window, last)
    assert decided(window).state is DecisionState.RELATIVE
    assert decided(window).visit == left
    session = workspace_of(window).session
    assert read_marks(session.visit, session.judgement)[0] == {"recheck"}, "the rail shows no tick"
    assert REVIEW in tell(panel)
    assert "There it says: pregnant since last week." in panel.refusal.text()
    panel.refusal._action.click()
    assert workspace_of(window).session.visit.id == left


def test_an_addendum_counts_likewise_and_once_signed_only_tells(
    window: MainWindow, last: Consultation, qtbot: QtBot
) -> None:
    left = begin_addendum(window, last, "stop, she started isotretinoin")
    panel = treat(window, last)
    treatment = panel.session.visit.id
    assert decided(window).blocks_treatment
    assert ADDENDUM in tell(panel)

    window.open_visit(left)
    window.run("sign")
    qtbot.waitUntil(lambda: workspace_of(window).session.locked)
    window.open_visit(treatment)

    assert not decided(window).blocks_treatment
    told = tell(workspace_of(window).panel)
    assert "Addendum of 15 Jun 2026: stop, she started isotretinoin" in told


def test_one_without_a_word_is_only_to_be_read_and_one_put_away_is_gone(
    window: MainWindow, last: Consultation
) -> None:
    begin_review(window, last, " ")
    workspace_of(window).session.set("review.by_patient", 2)
    begin_addendum(window, last, "wrong patient")
    window.reception.file_away("wrong_patient")
    panel = treat(window, last)
    assert not decided(window).blocks_treatment
    assert decided(window).headline == "Read first: review of 15 June 2026, not finished"
    assert "addendum" not in tell(panel)


def test_the_strongest_of_several_visits_is_named(window: MainWindow, last: Consultation) -> None:
    stopped = begin_review(window, last, "")
    workspace_of(window).session.set("review.decision", "stop")
    begin_addendum(window, last, "called back")
    treat(window, last)
    assert decided(window).state is DecisionState.ABSOLUTE
    assert decided(window).visit == stopped


def test_the_words_stand_where_those_of_signed_ones_stand(
    window: MainWindow, last: Consultation
) -> None:
    begin_review(window, last, "pregnant since last week")
    workspace_of(window).session.set("review.adverse", "ongoing")
    window.reception.show_patient(last.patient_id)
    page = tell(window.reception.person)
    assert REVIEW in page
    assert "Adverse event told on 15 Jun 2026: one that is still there, not described" in page
    panel = begin_return(window, last)
    assert panel.last is not None
    assert REVIEW in tell(panel.last)


def test_beside_a_signed_visit_they_do_not_stand(window: MainWindow, last: Consultation) -> None:
    begin_review(window, last, "pregnant since last week")
    window.open_visit(last.id)
    window.run("panel:safety")
    assert "pregnant since last week" not in tell(workspace_of(window).panel)
