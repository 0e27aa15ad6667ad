"""Dark marks ask for a decision only because no depth is planned: the box says so."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from consult_app.domain.consultation import Answer
from consult_app.domain.finding import Severity
from consult_app.domain.history import Condition
from consult_app.domain.plan import PlanRequest
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.widgets.labels import Label
from tests.gui.touring import workspace_of

RULE = "pih_tendency"
SAID = "No depth is planned yet"


@pytest.mark.parametrize(("phototype", "eased"), [(4, True), (2, False)])
def test_the_box_says_what_only_the_missing_depth_raises(
    window: MainWindow, desk: Desk, phototype: Literal[2, 4], *, eased: bool
) -> None:
    """A decision was recorded that nobody needs once the depth is there."""
    visit = desk.sample_visit()
    marks = Condition(code="pih_history")
    facts = replace(
        visit.facts, phototype=phototype, conditions=(*visit.facts.conditions, marks), depth_mm=None
    )
    visit = replace(
        visit,
        facts=facts,
        answers={**visit.answers, "pih": Answer(state="yes")},
        skin=replace(visit.skin, phototype_seen=phototype),
    )
    window.show_visit(replace(visit, plan=PlanRequest()))
    box = workspace_of(window).box
    decision = workspace_of(window).session.judgement.decision
    assert (decision.eased.get(RULE) is Severity.PRECAUTION) is eased

    (card,) = (it for it in box._cards if it.finding is not None and it.finding.id == RULE)
    said = [it.text() for it in card.findChildren(Label) if not it.isHidden()]
    assert any(SAID in text and "Take care" in text for text in said) is eased
    if card.recording is not None:
        assert card._column.indexOf(card._depth) < card._column.indexOf(card.recording)

    workspace_of(window).session.set("plan", visit.plan)

    assert workspace_of(window).session.judgement.plan is not None
    said = [it.text() for it in box.findChildren(Label) if it.isVisibleTo(box)]
    assert not any(SAID in text for text in said)
