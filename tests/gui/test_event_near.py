"""An event that is too near is told on Goals before there is a plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Literal

import pytest

from consult_app.domain.plan import PlanRequest
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.goals import GoalsPanel
from tests.gui.touring import workspace_of


@pytest.mark.parametrize(
    ("days", "phototype", "told"),
    [(5, 2, "7"), (7, 2, ""), (27, 5, "28"), (28, 5, ""), (5, None, "7")],
)
def test_an_event_before_which_no_visit_fits_is_told_without_a_plan(
    window: MainWindow, days: int, phototype: Literal[2, 5] | None, told: str
) -> None:
    """Who marries in five days heard nothing of it until areas, device and day were chosen."""
    visit = window.desk.sample_visit()
    facts = replace(visit.facts, phototype=phototype)
    skin = replace(visit.skin, phototype_seen=phototype)
    window.show_visit(replace(visit, plan=PlanRequest(), facts=facts, skin=skin, panel="goals"))
    panel = workspace_of(window).panel
    assert isinstance(panel, GoalsPanel)
    session = workspace_of(window).session
    assert panel._event_notice.isHidden()

    session.set("goals.event_date", session.today + timedelta(days=days))

    assert session.judgement.plan is None
    assert panel._event_notice.isHidden() is (not told)
    if told:
        assert f"{told} days are kept free" in panel._event_notice.text()
