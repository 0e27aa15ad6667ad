"""The arrow keys change a depth in the steps of the dial."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.panels.treatment.area_row import AreaRow
from consult_app.gui.practice.device import make_depth
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.number_field import NumberField
from tests.gui.touring import workspace_of


def check_step(field: NumberField) -> None:
    """2.5 mm was 1.5 mm after one arrow key, and another device could not be told from it."""
    field.set_value(1.5)
    QTest.keyClick(field.line, Qt.Key.Key_Down)
    assert field.value() == 1.25
    QTest.keyClick(field.line, Qt.Key.Key_Up)
    assert field.value() == 1.5


def test_on_plan(window: MainWindow) -> None:
    window.show_visit(window.desk.sample_visit())
    window.run("panel:plan")
    panel = workspace_of(window).panel
    assert isinstance(panel, PlanPanel)
    check_step(panel.device.label_max)


@pytest.mark.usefixtures("qapp")
def test_in_the_settings() -> None:
    check_step(make_depth(Theme("light"), "Deepest setting", ""))


@pytest.mark.usefixtures("qapp")
def test_of_an_area_that_was_needled() -> None:
    row = AreaRow(Theme("light"), "Cheeks", ())
    check_step(row.needled)
