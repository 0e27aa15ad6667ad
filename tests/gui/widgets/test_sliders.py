"""Sliders change only on purpose."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.depth_slider import DepthSlider
from consult_app.gui.widgets.sliders import SeverityRow, SeveritySlider

Put = Callable[..., QMainWindow]
Press = Callable[..., None]
LEFT = Qt.MouseButton.LeftButton


def spot(slider: SeveritySlider | DepthSlider, value: int) -> QPoint:
    """Return where a value stands."""
    return QPoint(round(slider.x_of(value)), slider.height() // 2)


def test_a_press_alone_changes_nothing_and_a_tap_sets_on_release(theme: Theme, put: Put) -> None:
    slider = SeveritySlider(theme, "Acne scars")
    put(slider)
    QTest.mousePress(slider, LEFT, pos=spot(slider, 3))
    assert slider.value() == 0
    QTest.mouseRelease(slider, LEFT, pos=spot(slider, 3))
    assert slider.value() == 3


def test_a_sideways_drag_drags(theme: Theme, put: Put, qtbot: QtBot) -> None:
    slider = SeveritySlider(theme, "Acne scars")
    put(slider)
    with qtbot.waitSignal(slider.graded, timeout=1000):
        QTest.mousePress(slider, LEFT, pos=spot(slider, 0))
        QTest.mouseMove(slider, spot(slider, 1))
        QTest.mouseMove(slider, spot(slider, 4))
    QTest.mouseRelease(slider, LEFT, pos=spot(slider, 4))
    assert slider.value() == 4


def test_a_vertical_drag_is_left_to_the_page(theme: Theme, put: Put) -> None:
    slider = SeveritySlider(theme, "Acne scars")
    put(slider)
    slider.setValue(4)
    start = spot(slider, 1)
    QTest.mousePress(slider, LEFT, pos=start)
    QTest.mouseMove(slider, start + QPoint(2, -60))
    QTest.mouseRelease(slider, LEFT, pos=start + QPoint(2, -60))
    assert slider.value() == 4


def test_keys_change_the_grade_and_tell(theme: Theme, put: Put, press: Press) -> None:
    slider = SeveritySlider(theme, "Acne scars")
    put(slider)
    heard: list[int] = []
    slider.graded.connect(heard.append)
    slider.setFocus()
    press(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_Home)
    assert heard == [1, 2, 1, 4, 0]


def test_a_graded_finding_cannot_be_graded_nothing(theme: Theme, put: Put, press: Press) -> None:
    slider = SeveritySlider(theme, "Acne scars")
    put(slider)
    slider.show_grade(1)
    assert slider.value() == 1
    slider.setFocus()
    press(Qt.Key.Key_Home)
    QTest.mouseClick(slider, LEFT, pos=spot(slider, 0))
    assert slider.value() == 1
    assert slider.x_of(1) > slider.x_of(0)


def test_the_grade_is_told_in_words(theme: Theme) -> None:
    row = SeverityRow(theme, "Acne scars")
    assert row.slider.accessibleDescription() == row._word.text() == "Not graded"
    row.set_value(2)
    assert row.slider.accessibleDescription() == "Moderate, 2 of 4"
    assert row._word.text() == "Moderate"
    row.set_value(0)
    assert row._word.text() == "Not graded"


@pytest.mark.usefixtures("from_right")
def test_the_scale_runs_from_right_to_left_with_the_layout(theme: Theme, put: Put) -> None:
    slider = SeveritySlider(theme, "Acne scars")
    put(slider)
    assert slider.x_of(0) > slider.x_of(4)
    QTest.mouseClick(slider, LEFT, pos=spot(slider, 4))
    assert slider.value() == 4


def test_depth_moves_in_quarters(theme: Theme, put: Put, press: Press) -> None:
    slider = DepthSlider(theme, "Depth")
    put(slider)
    heard: list[float] = []
    slider.depth_edited.connect(heard.append)
    slider.set_millimetres(0.5)
    slider.setFocus()
    press(Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert heard == [0.75, 1.0]


def test_nothing_past_the_hard_cap_can_be_set(theme: Theme, put: Put, press: Press) -> None:
    slider = DepthSlider(theme, "Depth")
    put(slider)
    slider.set_caps(1.0, 1.5)
    slider.setFocus()
    press(Qt.Key.Key_End)
    assert slider.millimetres() == 1.5
    slider.set_millimetres(2.5)
    assert slider.millimetres() == 1.5
    QTest.mouseClick(slider, LEFT, pos=spot(slider, 10))
    assert slider.millimetres() == 1.5


def test_a_hard_cap_that_comes_later_draws_the_depth_back(theme: Theme) -> None:
    slider = DepthSlider(theme, "Depth")
    slider.set_millimetres(2.0)
    slider.set_caps(0.5, 0.75)
    assert slider.millimetres() == 0.75


def test_a_soft_cap_can_be_passed_and_is_then_named(theme: Theme) -> None:
    slider = DepthSlider(theme, "Depth")
    slider.set_caps(1.0, 2.5)
    slider.set_millimetres(1.5)
    assert slider.millimetres() == 1.5
    words = slider.accessibleDescription()
    assert words == "1.5 mm, above the guide for this area, 1.0 mm, hard limit 2.5 mm"


def test_a_cap_between_quarters_is_rounded_down(theme: Theme) -> None:
    slider = DepthSlider(theme, "Depth")
    slider.set_millimetres(0.8)
    assert slider.millimetres() == 0.75
    slider.set_caps(None, 0.6)
    assert slider.millimetres() == 0.5
