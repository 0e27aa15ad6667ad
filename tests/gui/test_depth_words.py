"""What stands beside the slider tells the depth asked for and that of the first visit."""

from __future__ import annotations

from dataclasses import replace

from consult_app.gui.main_window import MainWindow
from tests.gui.test_plan_panel import open_plan


def test_a_first_visit_less_deep_than_the_usual_or_the_asked_depth_is_told(
    window: MainWindow,
) -> None:
    """The knob stood at the first visit's depth beside *the usual one*, which is deeper."""
    visit = window.desk.sample_visit()
    dark = replace(visit.skin, phototype_seen=5)
    panel = open_plan(window, replace(visit, skin=dark))
    words = panel.depth_choice.words

    assert words.text().startswith("Depth: the usual one, first visit 1 mm. ")
    panel.depth_choice.edited.emit(1.25)
    assert words.text().startswith("Depth: 1.25 mm asked for, first visit 1 mm. ")
    panel.depth_choice.edited.emit(0.5)
    assert words.text().startswith("Depth: 0.5 mm asked for. ")
