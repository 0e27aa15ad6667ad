"""Plan says when the first visit comes before the weeks of preparation that a finding asks for."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QApplication

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.history import Condition
from consult_app.domain.plan import PlanOutcome
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.plan.result import OUTCOMES
from consult_app.gui.widgets.labels import Label
from tests.gui.touring import workspace_of
from tests.knowledge.visits import make_denied, plan_for

YES = Answer(state="yes")


def read_plan(window: MainWindow, visit: Consultation) -> str:
    window.show_visit(replace(visit, panel="plan"))
    QApplication.processEvents()
    labels = workspace_of(window).panel.findChildren(Label)
    return "\n".join(label.text() for label in labels if label.isVisible())


def make_melasma(desk: Desk, first: str) -> Consultation:
    visit = make_denied(desk.pack, plan_for("cheeks", "melasma", first))
    facts = replace(visit.facts, conditions=(Condition(code="melasma", zones=("cheeks",)),))
    return replace(visit, facts=facts, answers={**visit.answers, "melasma": YES})


def test_a_first_visit_within_the_weeks_of_preparation_is_told(
    window: MainWindow,
) -> None:
    """The decision box asked for eight weeks, and Plan took six without a word."""
    told = read_plan(window, make_melasma(window.desk, "2026-07-27"))
    assert "8 to 12 weeks of photoprotection and topical treatment are advised first" in told
    assert "Visit 1 is 6 weeks after this visit" in told
    told = read_plan(window, make_melasma(window.desk, "2026-08-10"))
    assert "are advised first" not in told, "eight weeks are kept"


def test_nobody_without_melasma_is_told_to_prepare(window: MainWindow) -> None:
    visit = make_denied(window.desk.pack, plan_for("cheeks", "fine_lines", "2026-06-22"))
    assert "are advised first" not in read_plan(window, visit)


def test_a_finding_that_asks_for_a_change_is_named_where_the_plan_was_not_changed(
    window: MainWindow,
) -> None:
    """*The plan was changed*, it said of an antiseptic, with nothing below that was."""
    visit = make_denied(window.desk.pack, plan_for("cheeks", "fine_lines"))
    facts = replace(visit.facts, allergies=("chlorhexidine",))
    answers = {**visit.answers, "other_allergy": YES}
    visit = replace(visit, facts=facts, allergy_state="known", answers=answers)
    told = read_plan(window, visit)
    plan = workspace_of(window).session.judgement.plan
    assert plan is not None
    assert plan.outcome is PlanOutcome.PROCEED_WITH_ADJUSTMENTS
    assert not plan.adjustments
    assert OUTCOMES[plan.outcome][0] not in told
    assert "The plan can go ahead with a change, as the decision box says: " in told
