"""Expectations says when a change may show in the weeks of the sheet."""

from __future__ import annotations

from dataclasses import replace

from consult_app.domain.plan import PlanRequest, Target
from consult_app.gui.desk import Desk
from consult_app.gui.panels.expectations import content


def test_when_it_shows_goes_by_what_sets_the_pace_as_the_sheet_does(
    desk: Desk,
) -> None:
    """Without days it went by what matters first to the patient: other weeks than on the sheet."""
    judged = desk.judge(desk.sample_visit())
    assert judged.plan is not None
    asked = PlanRequest(
        primary_concern="fine_lines",
        targets=tuple(Target(area=it.area, concern=it.concern) for it in judged.plan.lines),
    )
    undated = replace(judged.plan, session_dates=(), first_visible_window=(), review_date=None)
    assert {it.concern for it in undated.lines} == {"acne_rolling", "fine_lines"}
    lines = content.list_benefits(desk.pack, asked, undated, "acne_rolling")
    (told,) = (it.text for it in lines if it.head == "First change")
    assert told.startswith("About 4 to 6 weeks after the first visit.")
