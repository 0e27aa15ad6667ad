"""What is proposed is marked as suggested until somebody touches or accepts it."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from consult_app.domain.consultation import Consultation
from consult_app.gui.main_window import MainWindow
from consult_app.gui.session import Session
from tests.gui.test_plan_panel import open_plan


def test_empty_fields_show_what_is_suggested_until_the_plan_is_accepted(
    window: MainWindow,
) -> None:
    visit = window.desk.sample_visit()
    panel = open_plan(window, replace(visit, plan=replace(visit.plan, sessions=None)))

    assert panel.sessions.line.placeholderText() == "4 suggested"
    assert panel.interval.line.placeholderText() == "4 suggested"
    assert panel.suggested.isVisible()
    words = [row.depth_words.text() for row in panel.lines._rows]
    assert all(it.startswith("Suggested. First visit ") for it in words)
    assert panel.lead.text().startswith("Proposed values are suggestions until you accept them")

    panel.accept()
    assert not panel.suggested.isVisible()
    assert panel.sessions.line.placeholderText() == "4 accepted"
    assert panel.interval.line.placeholderText() == "4 accepted"
    assert [row.depth_words.text() for row in panel.lines._rows] == [
        it.removeprefix("Suggested. ") for it in words
    ]
    assert panel.lead.text().startswith("This plan is accepted.")
    panel.sessions.line.setText("3")
    panel.sessions.edited.emit(3.0)
    assert panel.suggested.isVisible(), "a changed plan is a suggestion again"


def as_type(visit: Consultation, phototype: Literal[2, 5] | None) -> Consultation:
    facts = replace(visit.facts, phototype=phototype)
    return replace(visit, facts=facts, skin=replace(visit.skin, phototype_seen=phototype))


def is_accepted(session: Session) -> bool:
    return session.visit.plan_accepted


def test_what_makes_the_plan_another_elsewhere_takes_the_acceptance_back(
    window: MainWindow,
) -> None:
    """Accepted for skin type V, it stayed accepted with the deeper needling of type II."""
    panel = open_plan(window, as_type(window.desk.sample_visit(), 5))
    session = panel.session
    panel.accept()
    session.set("goals.own_words", "dents")
    assert is_accepted(session), "which makes no other plan"

    session.take(as_type(session.visit, 2), "skin")

    assert not is_accepted(session)
    assert panel.suggested.isVisible()
    assert panel.lead.text().startswith("Proposed values are suggestions until you accept them")
    panel.accept()
    assert is_accepted(session), "and it can be accepted as it is now"
    session.undo()
    session.undo()
    assert session.visit.facts.phototype == 5
    assert not is_accepted(session)


def test_a_plan_that_comes_to_nothing_for_a_while_stays_accepted(window: MainWindow) -> None:
    visit = as_type(replace(window.desk.sample_visit(), plan_accepted=True), 5)
    session = open_plan(window, visit).session
    session.take(as_type(session.visit, None), "skin")
    assert session.judgement.plan is None
    session.take(as_type(session.visit, 5), "skin")
    assert is_accepted(session)

    session.take(as_type(session.visit, 2), "skin")
    assert not is_accepted(session), "also one that was accepted before it was opened"
