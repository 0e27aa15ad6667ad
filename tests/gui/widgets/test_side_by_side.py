"""Two parts side by side, or beneath each other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QMainWindow

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.side_by_side import SideBySide


@pytest.mark.parametrize(("percent", "beside"), [(100, True), (130, False)])
def test_parts_stand_beneath_each_other_where_the_words_need_the_width(
    theme: Theme, put: Callable[..., QMainWindow], percent: int, *, beside: bool
) -> None:
    """Beside a chooser the line of depths was too short for its numbers."""
    theme.set_text_percent(percent)
    first, second = Label(theme, "What sets the pace"), Label(theme, "Depth: the usual one")
    put(SideBySide(theme, first, second), width=640, height=300)
    QApplication.processEvents()

    assert (first.y() == second.y()) is beside
    assert (first.width() == second.width()) is not beside
