"""How the workspace is laid out: the work stays together however wide the window is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from consult_app.errors import ConsultError
from consult_app.gui.main_window import MainWindow
from consult_app.gui.shape import WIDEST


@pytest.mark.parametrize(("width", "held"), [(1366, False), (1920, False), (3840, True)])
def test_a_very_wide_window_leaves_room_at_both_sides_of_the_panel(
    open_window: Callable[..., MainWindow], width: int, *, held: bool
) -> None:
    window = open_window(width, 1040)
    window.show_visit(window.desk.sample_visit())
    workspace = window.workspace
    assert workspace is not None

    for _ in range(3):
        QApplication.processEvents()
    panel, rail, box = workspace.panel, workspace.rail, workspace.box
    left = panel.mapTo(workspace, panel.rect().topLeft()).x() - rail.geometry().right()
    right = box.geometry().left() - panel.mapTo(workspace, panel.rect().topRight()).x()

    assert panel.width() <= WIDEST
    assert (left > 100) is held
    assert (right > 100) is held
    assert abs(left - right) < 40


@pytest.mark.parametrize("width", [960, 1079])
def test_the_way_out_of_a_visit_stands_in_the_footer_of_a_small_window(
    open_window: Callable[..., MainWindow], width: int
) -> None:
    needed = "Decision or clearance needed"
    window = open_window(width, 540)
    window.show_visit(window.desk.sample_visit())
    assert window.workspace is not None
    for step in window.workspace.steps:
        window.run(f"panel:{step.id}")
        QApplication.processEvents()
        footer = window.workspace.footer
        shown = footer.close_visit.visibleRegion().boundingRect()
        assert shown == footer.close_visit.rect(), "whole"
        assert window.width() == width, "and nothing had to make room"
        footer.pill.show_state("relative", needed)
        QApplication.processEvents()
        room = footer.pill.width() - footer.pill.theme.px(14 + 20 + 10 + 12)
        assert footer.pill.fit_words(room) == needed, step.id

    footer.show_save_failed(ConsultError("The disk is full", "Free some space."))
    assert footer.close_visit.isHidden(), "what could not be saved needs the room"
    footer.show_saving()
    QTest.mouseClick(footer.close_visit, Qt.MouseButton.LeftButton)
    assert window.workspace is None
