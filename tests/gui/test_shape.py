"""How the workspace is laid out: the work stays together however wide the window is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

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
