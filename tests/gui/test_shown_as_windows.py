"""While the patient view opens nothing of it stands for a moment as a window of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from consult_app.domain.treatment import Review
from consult_app.gui.desk import Desk
from consult_app.gui.frame import Frame
from consult_app.gui.panels.skin.panel import SkinPanel
from tests.gui.conftest import room_of
from tests.gui.test_patient_view import walk
from tests.gui.test_photographs import Take, take, take_in
from tests.gui.test_return_faults import begin
from tests.gui.touring import make_last, tour, workspace_of

__all__ = ["take"]  # a fixture


MEANT = (QDialog, QMenu, Frame)
"""What is to be a window."""


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
        part = watched if isinstance(watched, QWidget) else None
        meant = part is None or not part.isWindow() or isinstance(part, MEANT)
        if part is not None and not meant and event.type() == QEvent.Type.Show:
            self.shown.append(f"{type(part).__name__} {part.accessibleName()}")
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


def test_nothing_of_any_page_is_a_window(frame: Frame, qtbot: QtBot, watch: Watch) -> None:
    pages = [name for name, _ in tour(frame, qtbot.waitUntil)]

    assert len(pages) > 20
    assert watch.shown == []


def test_nothing_that_was_told_since_or_pictured_is_a_window(
    frame: Frame, desk: Desk, qtbot: QtBot, watch: Watch, take: Take
) -> None:
    """For a moment the patient's photograph stood in a frame at the corner of the screen."""
    room = room_of(frame)
    room.show_visit(replace(desk.sample_visit(), sample=False))
    room.run("panel:skin")
    panel = workspace_of(room).panel
    assert isinstance(panel, SkinPanel)
    take_in(panel, qtbot, "front", take("one.png", "red"))
    pictured = panel.session.visit
    room.show_start()
    last = make_last(desk, skin=pictured.skin)
    seen = Review(adverse="ongoing", adverse_event="Brown marks", decision="continue")
    review = replace(begin(desk, "review", last), review=seen, state="signed")
    desk.records.sign(review, None, 0)
    more = replace(begin(desk, "addendum", last), addendum="Told by telephone", state="signed")
    desk.records.sign(more, None, 0)

    for visit in (last, review, begin(desk, "treatment", last), begin(desk, "review", last)):
        room.show_visit(visit)
        for step in workspace_of(room).steps:
            room.run(f"panel:{step.id}")
            QApplication.processEvents()

    assert watch.shown == []
