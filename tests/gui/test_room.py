"""Room for everything: nothing sticks out, no word is cut, every control is named and large."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QWidget,
)

from consult_app.domain.steps import STEPS
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.safety.panel import GROUPS, SafetyPanel
from consult_app.gui.theme import TARGET, Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.regions import Region
from consult_app.gui.workspace import Workspace

SIZES = ((1366, 768), (1366, 700), (1024, 728), (960, 540), (1920, 1040), (800, 1240))
FINGER = TARGET

OpenWindow = Callable[..., MainWindow]
Fault = Callable[[QWidget], Iterator[str]]


def name_of(widget: QWidget) -> str:
    """Return what tells a widget from its neighbours in a list of faults."""
    words = widget.text() if isinstance(widget, (QLabel, QAbstractButton)) else ""
    return f"{type(widget).__name__} {(words or widget.accessibleName())[:50]!r}"


def find_view(widget: QWidget) -> QWidget:
    """Return the viewport or window that a widget is seen through."""
    above = widget.parentWidget()
    while above is not None and not above.isWindow():
        area = above.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is above:
            return above
        above = area
    return widget.window()


def seen(root: QWidget) -> list[QWidget]:
    """Return every visible widget in `root` that is neither empty nor part of a scroll bar."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisible()
        and not isinstance(widget, QScrollBar)
        and not isinstance(widget.parentWidget(), (QScrollBar, QComboBox, QLineEdit))
        and widget.objectName() not in {"qt_scrollarea_vcontainer", "qt_scrollarea_hcontainer"}
    ]


def find_sticking_out(root: QWidget) -> Iterator[str]:
    """Yield what ends beyond the side of its view, or below a window that cannot scroll."""
    for widget in seen(root):
        view = find_view(widget)
        place = QRect(widget.mapTo(view, QPoint(0, 0)), widget.size())
        if place.right() >= view.width() or place.left() < 0:
            yield f"{name_of(widget)} from {place.left()} to {place.right()} of {view.width()}"
        scrolls = isinstance(view.parentWidget(), QScrollArea)
        if not scrolls and view is widget.window() and place.bottom() >= view.height():
            yield f"{name_of(widget)} down to {place.bottom()} of {view.height()}"


def find_cut_words(root: QWidget) -> Iterator[str]:
    """Yield labels and buttons with less room than their words take."""
    for widget in seen(root):
        if isinstance(widget, QLabel) and widget.text():
            width, height = widget.width(), widget.height()
            needed = widget.heightForWidth(width) if widget.wordWrap() else 0
            needed = max(needed, widget.fontMetrics().height())
            words = widget.sizeHint().width() if not widget.wordWrap() else 0
            if needed > height or words > width:
                yield f"{name_of(widget)} {width}x{height} needs {words}x{needed}"
        elif isinstance(widget, Button) and widget.width() < widget.sizeHint().width():
            yield f"{name_of(widget)} {widget.width()} needs {widget.sizeHint().width()}"


def find_nameless(root: QWidget) -> Iterator[str]:
    """Yield what Tab reaches and a screen reader cannot name."""
    for widget in seen(root):
        tabbed = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if tabbed and widget.isEnabled() and widget.focusProxy() is None:
            spoken = QAccessible.queryAccessibleInterface(widget)
            if not spoken.text(QAccessible.Text.Name).strip():
                yield name_of(widget)


def find_small(root: QWidget) -> Iterator[str]:
    """Yield controls that a finger would miss; areas of the map have a list as well."""
    kinds = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit)
    for widget in seen(root):
        edge = min(widget.width(), widget.height())
        if isinstance(widget, kinds) and not isinstance(widget, Region) and edge < FINGER:
            yield f"{name_of(widget)} {widget.width()}x{widget.height()}"


LOOKS = {
    "sticks out": find_sticking_out,
    "is cut": find_cut_words,
    "has no name": find_nameless,
    "is small": find_small,
}


def look_over(root: QWidget, where: str) -> list[str]:
    """Return every fault of what is shown now."""
    for _ in range(3):
        QApplication.processEvents()
    return [f"{where}: {it} {fault}" for fault, look in LOOKS.items() for it in look(root)]


def look_over_panels(workspace: Workspace, where: str) -> list[str]:
    """Return every fault of every panel."""
    found = []
    for step in STEPS:
        workspace.show_panel(step.id)
        found += look_over(workspace, f"{where} {step.id}")
        if isinstance(workspace.panel, SafetyPanel):
            for group, _ in GROUPS[1:]:
                workspace.panel.show_group(group)
                found += look_over(workspace, f"{where} safety {group}")
    return found


@pytest.fixture(params=[100, 130], ids=["text 100", "text 130"])
def window(request: pytest.FixtureRequest, look: Theme, open_window: OpenWindow) -> MainWindow:
    """The window at a text size."""
    look.set_text_percent(request.param)
    return open_window()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_panel_has_room(window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    window.show_visit(window.desk.sample_visit())
    workspace = window.workspace
    assert workspace is not None
    session = workspace.session
    for item in ("herpes_simplex", "keloid", "isotretinoin", "diabetes", "metal"):
        session.answer(item, "yes")
    session.add_entry("conditions", "herpes_simplex")
    session.add_entry("medications", "isotretinoin")
    session.add_entry("conditions", "keloid")

    found = look_over_panels(workspace, f"{size[0]}x{size[1]}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_pages_around_the_panels_have_room(window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    found = look_over(window.start, "start, empty")
    window.show_visit(window.desk.sample_visit())
    window.show_start()
    found += look_over(window.start, "start, with a visit")

    assert not found, "\n".join(found)
