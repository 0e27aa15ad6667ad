"""Why Qt is pinned below 6.12."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

CALLS = 1000
ALLOWED_DRIFT = 100


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is no longer counted from 3.12 on")
def test_qt_calls_leave_the_reference_count_of_none_alone(qtbot: QtBot) -> None:
    """6.12.0 lowers it by one with every call that returns nothing, until the process dies."""
    widget = QWidget()
    qtbot.addWidget(widget)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        widget.setToolTip("x")
    assert abs(sys.getrefcount(None) - before) < ALLOWED_DRIFT
