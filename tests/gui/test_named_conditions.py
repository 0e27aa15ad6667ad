"""What goals, map and plan name is told at the question that asks for it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from consult_app.domain.consultation import Answer, ConcernWish
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.skin.panel import SkinPanel
from consult_app.gui.workspace.banner import list_alerts, list_former
from consult_app.gui.workspace.workspace import Workspace

PIH, LABEL = "pih", "Dark marks after spots (PIH)"


@pytest.fixture
def workspace(window: MainWindow) -> Workspace:
    """A visit of somebody whom dark marks bother, and who was not asked about them."""
    visit = window.desk.sample_visit()
    answers = {item: it for item, it in visit.answers.items() if item != PIH}
    goals = replace(visit.goals, concerns=(ConcernWish(concern=PIH),))
    window.show_visit(replace(visit, answers=answers, goals=goals))
    QApplication.processEvents()
    assert window.workspace is not None
    return window.workspace


def read(workspace: Workspace) -> set[str]:
    QApplication.processEvents()
    return {it.text() for it in workspace.panel.findChildren(QLabel) if it.isVisible()}


def test_a_wish_is_named_beneath_the_question_and_answers_nothing(workspace: Workspace) -> None:
    workspace.go_to(PIH)
    assert f"Goals: {LABEL}" in read(workspace)
    assert PIH not in workspace.session.visit.answers

    workspace.session.answer(PIH, "no")
    assert f"Answered No. Goals: {LABEL}" in read(workspace)
    workspace.session.answer(PIH, "yes")
    assert not [text for text in read(workspace) if text.endswith(f"Goals: {LABEL}")]


def test_dark_marks_on_the_map_are_known_to_the_decision_box_and_a_later_no_stands(
    window: MainWindow, workspace: Workspace
) -> None:
    window.run("panel:skin")
    panel, session = workspace.panel, workspace.session
    assert isinstance(panel, SkinPanel)
    panel.region.concerns.chip(PIH).click()
    assert session.visit.answers[PIH] == Answer(state="yes")
    assert "pih_tendency" in {it.id for it in session.judgement.decision.findings}

    session.answer(PIH, "no")
    panel.region.grade(3, PIH)

    assert session.visit.answers[PIH] == Answer(state="no")
    assert "pih_tendency" not in {it.id for it in session.judgement.decision.findings}
    workspace.go_to(PIH)
    assert f"Answered No. Goals, Map: {LABEL}" in read(workspace)


def test_two_findings_of_one_question_have_each_their_title(workspace: Workspace) -> None:
    session = workspace.session
    session.set("skin.phototype_seen", 5)
    session.add_entry("conditions", "pih_history")
    session.answer(PIH, "yes")
    QApplication.processEvents()

    findings = session.judgement.decision.findings
    assert {"pih_tendency", "phototype_iv_vi"} <= {it.id for it in findings}
    pack = workspace._desk.pack
    titles = [pack.name_finding(it) for it in findings]
    assert len(set(titles)) == len(titles)
    shown = {it.text() for it in workspace.box.findChildren(QLabel) if it.isVisible()}
    assert set(titles) <= shown


def test_an_alert_names_what_was_told_and_not_all_that_its_question_asks(
    workspace: Workspace,
) -> None:
    """Who is afraid of needles had *Epilepsy, nerves, fainting* in the banner."""
    session, pack = workspace.session, workspace._desk.pack
    fears = pack.vocabulary.label("conditions", "needle_phobia")
    session.answer("neuro", "yes")
    whole = list_alerts(pack, session.visit)
    assert pack.question_by_id["neuro"].label in whole, "nothing was named yet"

    session.add_entry("conditions", "needle_phobia")
    visit = session.visit
    assert fears in list_alerts(pack, visit)
    assert not [it for it in list_alerts(pack, visit) if "pilepsy" in it]
    found = session.judgement.decision.findings
    assert fears in [pack.name_finding(it) for it in found]

    later = replace(visit, answers={}, facts=replace(visit.facts, conditions=()))
    assert f"{fears}, last visit" in list_former(pack, later, visit)
    asked = replace(later, answers={"neuro": Answer(state="no")})
    assert not [it for it in list_former(pack, asked, visit) if fears in it]
