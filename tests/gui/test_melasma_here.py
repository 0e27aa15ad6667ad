"""Plan asks for melasma beside what is treated only where it may lie."""

from __future__ import annotations

import pytest

from consult_app.domain.plan import Target
from consult_app.gui.main_window import MainWindow
from consult_app.gui.widgets.chips import Chip
from consult_app.values import replace
from tests.gui.test_plan_panel import open_plan


@pytest.mark.parametrize(
    ("target", "offered"),
    [
        (Target(area="cheeks", concern="acne_rolling"), True),
        (Target(area="face", concern="pih"), True),
        (Target(area="cheeks", concern="melasma"), False),
        (Target(area="abdomen", concern="striae_red"), False),
        (Target(area="thighs", concern="striae_white"), False),
        (Target(area="abdomen", concern="striae_red", melasma_here=True), True),
    ],
)
def test_melasma_is_asked_for_where_it_may_lie_beside_what_is_treated(
    window: MainWindow, target: Target, *, offered: bool
) -> None:
    """It was offered for the belly, and on the line for melasma itself."""
    visit = window.desk.sample_visit()
    panel = open_plan(window, replace(visit, plan=replace(visit.plan, targets=(target,))))

    assert ("Melasma here" in {it.text() for it in panel.lines.findChildren(Chip)}) is offered
