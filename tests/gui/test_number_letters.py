"""A letter that was meant for a question is no part of a number, and confirms none."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.widgets.number_field import NUMBER_ONLY
from tests.gui.test_beyond_limits import begin
from tests.gui.touring import make_last
from tests.gui.widgets.test_stray_text import write


def test_a_no_too_many_is_no_depth_and_confirms_nothing(window: MainWindow, desk: Desk) -> None:
    """It stood before the depth without any mark, which counted as confirmed by it."""
    workspace, panel = begin(window, desk, make_last(desk))
    line = panel._areas[0].needled.line
    line.setFocus()
    before = line.text()
    assert before

    write("n", 100_000)

    assert line.text() == before
    treatment = workspace.session.visit.treatment
    assert treatment is None or all(area.suggested for area in treatment.areas)
    assert NUMBER_ONLY in [it.text() for it in window.findChildren(Notice) if it.isVisible()]


def test_digits_points_and_what_is_pasted_are_written_as_before(
    window: MainWindow, desk: Desk
) -> None:
    workspace, panel = begin(window, desk, make_last(desk))
    line = panel._areas[0].needled.line
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "0,75")
    assert workspace.session.visit.treatment is not None
    assert workspace.session.visit.treatment.areas[0].depth_mm == 0.75
    QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert line.selectedText() == line.text(), "a command is no letter"
