"""While the patient view opens nothing of it stands for a moment as a window of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from consult_app.gui.desk import Desk
from consult_app.gui.frame import Frame
from tests.gui.conftest import room_of
from tests.gui.test_patient_view import walk
from tests.gui.test_return_faults import begin
from tests.gui.touring import make_last


class Watch(QObject):
    """Notes every part that is shown as a window.

    Attributes:
        shown: What each is, and what it is called.
    """

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Note it, and let it pass."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


@pytest.fixture
def watch(qapp: QApplication) -> Iterator[Watch]:
    """Notes from now on."""
    made = Watch()
    qapp.installEventFilter(made)
    yield made
    qapp.removeEventFilter(made)


@pytest.mark.parametrize("kind", ["treatment", "consultation", "review"])
def test_nothing_of_the_patient_view_is_a_window(
    frame: Frame, desk: Desk, qtbot: QtBot, watch: Watch, kind: str
) -> None:
    """What is shown before it stands in the view has a frame, and is empty, for that moment."""
    room = room_of(frame)
    sampled = kind == "consultation"
    room.show_visit(desk.sample_visit() if sampled else begin(desk, kind, make_last(desk)))
    QApplication.processEvents()

    for _ in range(2):
        QTest.keyClick(frame, Qt.Key.Key_F8)
        view = room.patient.view
        assert view is not None
        qtbot.waitUntil(view.onward.isEnabled)
        walk(view)
        QApplication.processEvents()
        QTest.keyClick(frame, Qt.Key.Key_F8)
        assert room.patient.view is None

    assert watch.shown == []
