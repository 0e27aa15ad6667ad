"""After a *Yes* by key the keyboard is where something is still needed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from consult_app.domain.entries import find_entry
from consult_app.gui.main_window import MainWindow
from consult_app.gui.widgets.segmented import Segment
from tests.gui.touring import workspace_of


def held() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


@pytest.mark.parametrize("code", ["apixaban", "warfarin"])
def test_what_was_looked_for_is_recorded_and_its_state_asked_next(
    window: MainWindow, code: str
) -> None:
    """The keyboard stood on the first of the chips, and Space took another medicine too."""
    window.show_visit(window.desk.sample_visit())
    window.run(f"item:anticoagulants:medications:{code}")
    QTest.keyClick(held(), Qt.Key.Key_Y)

    session = workspace_of(window).session
    assert find_entry(session.visit.facts, "medications", code) is not None
    assert isinstance(held(), Segment)
    QTest.keyClick(held(), Qt.Key.Key_Right)
    entry = find_entry(session.visit.facts, "medications", code)
    assert getattr(entry, "status", None) is not None
    assert [it.code for it in session.visit.facts.medications if it.code != code] == [
        it.code for it in window.desk.sample_visit().facts.medications
    ]
