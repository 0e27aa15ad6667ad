"""A sheet that was kept and cannot be read is told of, once."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Consultation
from consult_app.errors import ConsultError
from consult_app.gui.main_window import MainWindow
from tests.gui.test_larger import sign


def test_a_kept_sheet_that_cannot_be_read_is_told_and_not_tried_for_ever(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a patient who needs large print one message followed the other without end."""
    told = list[Exception]()

    def fail(_: Consultation) -> bytes:
        raise ConsultError("This record is damaged", "It is kept as it was found.")

    visit = sign(window.desk, large=True)
    window.open_visit(visit.id)
    monkeypatch.setattr(window.handout, "_tell", told.append)
    monkeypatch.setattr(window.handout.desk.records, "read_handout", fail)
    window.run("handout")

    qtbot.waitUntil(lambda: window.handout._tasks.untold == 0)
    assert {str(it) for it in told} == {"This record is damaged"}
    assert len(told) <= 2
