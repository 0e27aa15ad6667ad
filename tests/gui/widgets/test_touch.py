"""Finger scrolling never changes clinical data (the four rows of the touch table)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.chips import Chip
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.scrolling import ScrollPane
from consult_app.gui.widgets.signature import SignaturePad
from consult_app.gui.widgets.sliders import SeveritySlider


class Page:
    """A page that scrolls, with a chip, a slider and a signature pad on it."""

    def __init__(self, theme: Theme) -> None:
        self.pane = ScrollPane(theme)
        self.chip, self.slider = Chip(theme, "Cold sore"), SeveritySlider(theme, "Acne scars")
        self.pad = SignaturePad(theme)
        self.pane.body.addWidget(Label(theme, "Look together with the patient."))
        for widget in (self.chip, self.slider, self.pad):
            self.pane.body.addWidget(widget)
        filler = QWidget()
        filler.setMinimumHeight(900)
        self.pane.body.addWidget(filler)
        self.slider.setValue(4)
        self.window = QMainWindow()
        holder = QWidget()
        QVBoxLayout(holder).addWidget(self.pane)
        self.window.setCentralWidget(holder)
        self.window.resize(420, 520)

    def spot(self, widget: QWidget, at: QPoint | None = None) -> QPoint:
        """Return a point of a widget on the window."""
        return widget.mapTo(self.window, at or widget.rect().center())

    @property
    def scrolled(self) -> int:
        """How far the page has scrolled."""
        return self.pane.verticalScrollBar().value()


@pytest.fixture
def page(theme: Theme, qtbot: QtBot) -> Page:
    """The page, shown."""
    made = Page(theme)
    qtbot.addWidget(made.window)
    with qtbot.waitActive(made.window):
        made.window.show()
        made.window.activateWindow()
    QApplication.processEvents()
    return made


MakeFinger = Callable[[QWidget], Any]


def test_a_swipe_over_a_chip_scrolls_and_does_not_toggle(
    page: Page, finger: MakeFinger, qtbot: QtBot
) -> None:
    finger(page.window).swipe(page.spot(page.chip), 0, -110)
    qtbot.waitUntil(lambda: page.scrolled > 0, timeout=2000)
    assert not page.chip.isChecked()
    assert not page.chip.isDown()


def test_a_tap_toggles_a_chip(page: Page, finger: MakeFinger, qtbot: QtBot) -> None:
    finger(page.window).tap(page.spot(page.chip))
    qtbot.waitUntil(page.chip.isChecked, timeout=2000)


def test_a_sideways_drag_moves_a_slider(page: Page, finger: MakeFinger, qtbot: QtBot) -> None:
    """A little slant included: no hand draws a straight line."""
    start = QPoint(round(page.slider.x_of(4)), page.slider.height() // 2)
    way = round(page.slider.x_of(1) - page.slider.x_of(4))
    finger(page.window).swipe(page.spot(page.slider, start), way, 25, steps=20)
    qtbot.waitUntil(lambda: page.slider.value() == 1, timeout=2000)
    assert page.scrolled == 0


def test_a_vertical_swipe_that_starts_on_a_slider_scrolls_and_changes_nothing(
    page: Page, finger: MakeFinger, qtbot: QtBot
) -> None:
    start = QPoint(round(page.slider.x_of(1)), page.slider.height() // 2)
    finger(page.window).swipe(page.spot(page.slider, start), 0, -110)
    qtbot.waitUntil(lambda: page.scrolled > 0, timeout=2000)
    assert page.slider.value() == 4


def test_a_finger_that_signs_does_not_scroll(page: Page, finger: MakeFinger, qtbot: QtBot) -> None:
    finger(page.window).swipe(page.spot(page.pad.paper), 20, -50)
    qtbot.waitUntil(lambda: bool(page.pad.strokes()), timeout=2000)
    QApplication.processEvents()
    assert page.scrolled == 0
    assert len(page.pad.strokes()[0]) > 3


def test_a_pen_signs_and_does_not_scroll(page: Page) -> None:
    """A pen sends tablet events; only where nobody takes them would they come as a mouse's."""
    paper = page.pad.paper
    told: list[object] = []
    page.pad.edited.connect(told.append)
    begin = paper.rect().center()
    way = [QPointF(begin + QPoint(4 * step, -3 * step)) for step in range(8)]
    for kind, spots in (
        (QEvent.Type.TabletMove, way[:2]),  # a pen that hovers writes nothing
        (QEvent.Type.TabletPress, way[:1]),
        (QEvent.Type.TabletMove, way[1:]),
        (QEvent.Type.TabletRelease, way[-1:]),
        (QEvent.Type.TabletMove, way[:2]),
    ):
        for spot in spots:
            assert move_pen(paper, kind, spot), "else it would come once more, as a mouse's"

    (stroke,) = page.pad.strokes()
    assert len(stroke) == len(way)
    assert stroke[-1][0] > stroke[0][0]
    assert stroke[-1][1] < stroke[0][1]
    assert told[-1] == page.pad.strokes()
    assert page.scrolled == 0


def move_pen(paper: QWidget, kind: QEvent.Type, spot: QPointF) -> bool:
    """Send what a pen sends, and return whether it was taken."""
    pen = QPointingDevice(
        "pen",
        1,
        QInputDevice.DeviceType.Stylus,
        QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Position | QInputDevice.Capability.Pressure,
        1,
        1,
    )
    button = Qt.MouseButton.LeftButton
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.TabletRelease else button
    event = QTabletEvent(
        kind,
        pen,
        spot,
        QPointF(paper.mapToGlobal(spot)),
        0.5,
        0.0,
        0.0,
        0.0,
        0.0,
        0,
        Qt.KeyboardModifier.NoModifier,
        button,
        held,
    )
    QApplication.sendEvent(paper, event)
    return event.isAccepted()
