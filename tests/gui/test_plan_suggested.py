"""What is proposed is marked as suggested until somebody touches or accepts it."""

from __future__ import annotations

from dataclasses import replace

from consult_app.gui.main_window import MainWindow
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
