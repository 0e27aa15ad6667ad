"""Finish says what is open although the record may be locked, and leads to each of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from consult_app.domain.consultation import Answer, Consultation, Discussion
from consult_app.domain.history import Numbing
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.finish import FinishPanel
from consult_app.gui.still_open import NO_CREAM, NOT_DISCUSSED, UNSIGNED
from consult_app.gui.workspace.obstacles import list_obstacles
from consult_app.knowledge.visits.agreeing import AGAIN, CHANGED, OTHERWISE, sign_for
from tests.gui.test_recording import thinned
from tests.gui.touring import workspace_of

__all__ = ["thinned"]


@pytest.fixture
def whole(window: MainWindow) -> Consultation:
    """A consultation in which nothing is missing, and nothing is open."""
    visit = window.desk.sample_visit()
    plan = replace(visit.plan, numbing=Numbing(product="none"))
    told = Discussion(risks_shown=True, discussed=True)
    agreed = replace(
        visit.agreement, decision="go_ahead", wording_version="1", signed_on_paper=True
    )
    return replace(visit, plan=plan, discussion=told, agreement=agreed)


def finish(window: MainWindow, visit: Consultation) -> FinishPanel:
    """Open a visit on *Finish*; nothing keeps it from being locked."""
    window.show_visit(visit)
    window.run("panel:finish")
    session = workspace_of(window).session
    assert not list_obstacles(session.visit, session.judgement, window.desk)
    return shown(window)


def shown(window: MainWindow) -> FinishPanel:
    QApplication.processEvents()
    panel = workspace_of(window).panel
    assert isinstance(panel, FinishPanel)
    return panel


def read(card: QWidget) -> list[str]:
    return [it.text() for it in card.findChildren(QLabel) if it.isVisibleTo(card)]


def go(panel: FinishPanel, text: str) -> None:
    """Press the way that stands beside a line."""
    ways = panel.missing.findChildren(QAbstractButton)
    (way,) = [it for it in ways if it.accessibleName() == f"Go: {text}"]
    way.click()
    QApplication.processEvents()


def test_nothing_is_missing_where_nothing_is_open(window: MainWindow, whole: Consultation) -> None:
    panel = finish(window, whole)
    assert read(panel.missing)[1].startswith("Nothing is missing. Sign and lock with ")


def test_questions_that_nobody_answered_are_told_though_they_block_nothing(
    window: MainWindow, whole: Consultation
) -> None:
    """With the stop questions alone answered it said that nothing is missing."""
    stops = window.desk.pack.stop_items
    answers = {item: answer for item, answer in whole.answers.items() if item in stops}
    panel = finish(window, replace(whole, answers=answers))
    needed = workspace_of(window).session.judgement.decision.needed
    assert len(needed) > 4

    _title, lead, line, *rest = read(panel.missing)
    assert lead.startswith("May be locked with ")
    assert lead.endswith(", but is not complete:")
    named = "; ".join(it.label for it in needed[:4])
    left = len(needed) - 4
    assert line == f"{len(needed)} questions are not answered: {named}; and {left} more."
    assert not [it for it in rest if it != "Go"]
    go(panel, line)
    assert workspace_of(window).panel.step == needed[0].step


def test_beside_what_keeps_the_record_open_the_other_questions_are_told_as_more(
    window: MainWindow, whole: Consultation
) -> None:
    window.show_visit(replace(whole, answers={}))
    window.run("panel:finish")
    said = read(shown(window).missing)
    assert [it for it in said if it.startswith("Not answered yet: ")]
    assert [
        it for it in said if "more questions are not answered and do not keep the record open" in it
    ]


def test_an_answer_of_which_somebody_is_unsure_is_open(
    window: MainWindow, whole: Consultation
) -> None:
    answers = {**whole.answers, "breastfeeding": Answer(state="unsure")}
    patient = replace(whole.patient, sex="female")
    panel = finish(window, replace(whole, answers=answers, patient=patient))
    (line,) = [it for it in read(panel.missing) if "not answered" in it]
    assert line.startswith("1 question is not answered: ")
    go(panel, line)
    assert workspace_of(window).panel.step == "safety"


def test_a_cream_that_nobody_spoke_of_and_a_signature_not_given_are_told(
    window: MainWindow, whole: Consultation
) -> None:
    plan = replace(whole.plan, numbing=None)
    answers = {item: answer for item, answer in whole.answers.items() if item != "la_plan"}
    agreed = replace(whole.agreement, signed_on_paper=False)
    told = replace(whole.discussion, discussed=False)
    visit = replace(whole, plan=plan, answers=answers, agreement=agreed, discussion=told)
    panel = finish(window, visit)
    said = read(panel.missing)
    assert said[1].endswith("but this is open:")
    ways = {UNSIGNED: "agree", NO_CREAM: "plan", NOT_DISCUSSED: "expectations"}
    assert set(ways) <= set(said)
    for text, step in ways.items():
        go(shown(window), text)
        assert workspace_of(window).panel.step == step
        window.run("panel:finish")


def test_a_plan_changed_after_signing_is_told_first_and_its_ticks_are_taken_back(
    window: MainWindow, whole: Consultation
) -> None:
    """Both panels kept their ticks, and only the end of the summary told of it."""
    window.show_visit(whole)
    session = workspace_of(window).session
    found = session.judgement.decision.findings
    signed = sign_for(whole.agreement, whole.plan, session.judgement.plan, found)
    finish(window, replace(whole, agreement=signed))
    ticks = workspace_of(window).rail.steps
    assert {ticks[it].state for it in ("expectations", "agree")} == {"done"}

    session = workspace_of(window).session
    session.set("plan.depth_mm", 0.75)
    panel = shown(window)
    said = read(panel.missing)
    assert said[2] in {f"{it} {AGAIN}" for it in (CHANGED, OTHERWISE)}
    assert {ticks[it].state for it in ("expectations", "agree")} == {"half"}
    assert panel.missing.mapTo(panel, QPoint()).y() < panel.handout.mapTo(panel, QPoint()).y()
    go(panel, said[2])
    assert workspace_of(window).panel.step == "agree"

    session.set("plan.depth_mm", whole.plan.depth_mm)
    assert {ticks[it].state for it in ("expectations", "agree")} == {"done"}


def test_what_keeps_the_record_open_leads_to_its_place_too(
    window: MainWindow, whole: Consultation
) -> None:
    agreed = replace(whole.agreement, decision=None, signed_on_paper=False)
    window.show_visit(replace(whole, agreement=agreed))
    window.run("panel:finish")
    panel = shown(window)
    assert not [it for it in read(panel.missing) if it.startswith("May be locked")]
    go(panel, "Agree: what was decided?")
    assert workspace_of(window).panel.step == "agree"


def test_what_is_to_be_decided_is_named_as_the_missing_patch_is(
    window: MainWindow, thinned: Consultation, whole: Consultation
) -> None:
    """The patch stood there alone, and the equally open decision on the blood thinner did not."""
    visit = replace(thinned, discussion=whole.discussion, agreement=whole.agreement)
    window.show_visit(visit)
    window.run("panel:finish")
    told = "Not decided or cleared yet: Blood thinners."
    assert told in read(shown(window).missing)
    go(shown(window), told)
    session = workspace_of(window).session
    (found,) = (it for it in session.judgement.decision.findings if it.item == "anticoagulants")

    session.override(found.id, "Dr Roe agrees", found.digest)

    assert told not in read(shown(window).missing)
