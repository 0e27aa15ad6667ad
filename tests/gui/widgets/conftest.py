"""A dressed application, a window to put controls in, and a finger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from consult_app.gui.theme import Theme


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Overhear what the platform without a screen says about every window it cannot serve."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The light look at text size 100."""
    look = Theme("light")
    look.apply(qapp)
    return look


@pytest.fixture
def put(qtbot: QtBot) -> Callable[..., QMainWindow]:
    """Show controls beneath each other in an active window."""
    shown: list[QMainWindow] = []  # a window that nobody holds would be gone at once

    def show(*widgets: QWidget, width: int = 420, height: int = 0) -> QMainWindow:
        window = QMainWindow()
        shown.append(window)
        qtbot.addWidget(window)
        page = QWidget()
        column = QVBoxLayout(page)
        for widget in widgets:
            column.addWidget(widget)
        window.setCentralWidget(page)
        window.resize(width, height or page.sizeHint().height())
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    return show


@pytest.fixture(scope="session")
def touch_screen() -> QPointingDevice:
    """A touch screen."""
    return QTest.createTouchDevice()


_FRAME = 16
"""Milliseconds between two reports of a touch screen; a scroller measures speed by them."""


class Finger:
    """Taps and swipes on a window."""

    def __init__(self, window: QWidget, device: QPointingDevice) -> None:
        self._window, self._device = window, device

    def tap(self, spot: QPoint) -> None:
        """Press and lift at one spot."""
        self._at(spot).press(0, spot, self._window).commit()
        self._at(spot).release(0, spot, self._window).commit()
        QApplication.processEvents()

    def swipe(self, spot: QPoint, across: int, down: int, steps: int = 8) -> None:
        """Press, move and lift."""
        self._at(spot).press(0, spot, self._window).commit()
        for step in range(1, steps + 1):
            there = spot + QPoint(across * step // steps, down * step // steps)
            self._at(there).move(0, there, self._window).commit()
            QTest.qWait(_FRAME)
        end = spot + QPoint(across, down)
        self._at(end).release(0, end, self._window).commit()
        QApplication.processEvents()

    def _at(self, _spot: QPoint) -> QTest.QTouchEventSequence:
        return QTest.touchEvent(self._window, self._device)


@pytest.fixture
def finger(touch_screen: QPointingDevice) -> Callable[[QWidget], Finger]:
    """Make a finger for a window."""
    return lambda window: Finger(window, touch_screen)


@pytest.fixture
def from_right(qapp: QApplication) -> Iterator[None]:
    """Lay everything out from right to left during a test."""
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


Press = Callable[..., None]


@pytest.fixture
def press() -> Press:
    """Press keys where the keyboard is."""

    def on_focus(
        *keys: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        for key in keys:
            focused = QApplication.focusWidget()
            assert focused is not None, "nothing has the keyboard"
            QTest.keyClick(focused, key, modifiers)

    return on_focus
