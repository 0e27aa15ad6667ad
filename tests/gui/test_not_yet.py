"""What only comes later is said in a line that passes; boxes are kept for what blocks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from consult_app.domain.plan import PlanRequest
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.widgets.notice import Notice


def find_passing(window: MainWindow) -> str:
    """Return the line that passes; no box opens, which is kept for the ten blocks."""
    assert not [it for it in window.findChildren(QDialog) if it.isVisible()]
    top = window.window()
    (word,) = (it for it in top.findChildren(Notice) if it.isVisible() and it.parent() is top)
    return word.text()


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("treatment", "There is no signed consultation yet."),
        ("addendum", "An addendum belongs to a signed record."),
        ("print", "These are needed first:"),
        ("handout", "These are needed first:"),
    ],
)
def test_what_only_comes_later_is_said_in_a_line_and_stops_nobody(
    window: MainWindow, desk: Desk, command: str, why: str
) -> None:
    window.show_visit(replace(desk.sample_visit(), plan=PlanRequest(), sample=False))
    window.run("panel:goals")
    QApplication.processEvents()
    before = QApplication.focusWidget()
    window.run(command)
    assert why in find_passing(window)
    assert QApplication.focusWidget() is before
