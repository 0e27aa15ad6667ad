"""What is signed stands above the signature, and its version is kept with it."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest
from pytestqt.qtbot import QtBot

from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.agree import AgreePanel
from consult_app.knowledge.pack.pack import Pack
from tests.gui.test_agree_panel import STROKES, open_agree
from tests.gui.test_patient_view import show, walk

WORDINGS = {"1.1": "3a9bf4215994bac3"}


@pytest.fixture
def panel(window: MainWindow, desk: Desk) -> AgreePanel:
    """The agreement of a visit that may go ahead, with its risks shown."""
    return open_agree(window, desk)


def test_other_words_above_a_signature_have_another_version(desk: Desk) -> None:
    """Else nobody could tell what somebody signed."""
    assert {desk.pack.consent_wording: mark(desk.pack)} == WORDINGS


def mark(pack: Pack) -> str:
    texts = pack.texts["texts"]
    return sha256((texts["consent"].text + texts["signing"].text).encode()).hexdigest()[:16]


def test_the_patient_reads_what_they_sign_and_for_what(window: MainWindow, qtbot: QtBot) -> None:
    """Above the signature no sentence said what is signed."""
    view = show(window, qtbot, window.desk.sample_visit())

    choice = walk(view)[-1]

    assert isinstance(choice, AgreePanel)
    words = choice.signed_words
    for label in (words.statement, words.planned, words.version):
        assert label.isVisibleTo(choice)
    assert "I agree to the treatment planned here" in words.statement.text()
    assert words.planned.text().startswith("Planned here: Cheeks: Acne scars like waves; ")
    assert words.planned.text().endswith(" visits")


@pytest.mark.parametrize("paper", [False, True])
def test_the_version_is_that_of_the_words_at_the_signature(
    panel: AgreePanel, *, paper: bool
) -> None:
    session = panel.session
    chosen = replace(session.visit.agreement, decision="go_ahead", wording_version="0.9")
    session.set("agreement", chosen)
    if paper:
        panel.on_paper.click()
    else:
        panel.pad.edited.emit(STROKES)

    assert session.visit.agreement.wording_version == panel.desk.pack.consent_wording


def test_words_of_today_do_not_stand_above_a_signature_to_others(panel: AgreePanel) -> None:
    session = panel.session
    before = replace(
        session.visit.agreement, decision="go_ahead", wording_version="0.9", signature=STROKES
    )
    session.set("agreement", before)

    words = panel.signed_words
    assert not words.statement.isVisibleTo(panel)
    assert not words.planned.isVisibleTo(panel)
    assert words.version.text() == "Consent wording 0.9"


def test_who_declines_has_nothing_to_sign(panel: AgreePanel) -> None:
    panel.decision.edited.emit("think")
    assert not panel.signed_words.isVisibleTo(panel)
    panel.decision.edited.emit("go_ahead")
    assert panel.signed_words.isVisibleTo(panel)
