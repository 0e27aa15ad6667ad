"""What stands beside the slider tells the depth asked for and that of the first visit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

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


@pytest.mark.parametrize(
    ("skin", "told"),
    [
        ({"phototype_seen": 3}, "usual 1.5 · cap 1.5 (area) · never above 2 mm (concern)"),
        (
            {"phototype_seen": 5},
            "(low at first in this skin type) · usual 1.5 · never above 1.5 mm (skin type)",
        ),
        (
            {"phototype_seen": 3, "fragile": True},
            "usual 1.25 · cap 1.25 (area, thin skin) · never above 2 mm (concern)",
        ),
    ],
)
def test_each_cap_is_told_with_what_sets_it(
    window: MainWindow, skin: dict[str, Any], told: str
) -> None:
    """It said *never above 1.5 mm* in one skin and 2 in the other, and never why."""
    visit = window.desk.sample_visit()
    plan = replace(visit.plan, fragile="fragile" in skin)
    panel = open_plan(window, replace(visit, skin=replace(visit.skin, **skin), plan=plan))
    assert told in panel.lines._rows[0].depth_words.text()
