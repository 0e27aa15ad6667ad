"""Room for everything: nothing sticks out, no word is cut, every control is named and large."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSlider,
    QWidget,
)
from pytestqt.qtbot import QtBot

from consult_app.gui.frame import Frame
from consult_app.gui.theme import TARGET, Theme
from consult_app.gui.widgets.buttons import Button, MenuButton
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.chips import Chip
from consult_app.gui.widgets.choices import PillCombo
from consult_app.gui.widgets.regions import Region
from consult_app.gui.widgets.segmented import Segment
from consult_app.gui.widgets.sliders import PatientSlider
from consult_app.gui.widgets.status import StatusPill
from tests.gui.painted_words import (
    find_cut_fields,
    find_painted_short,
    find_scrolling_inside,
    seen,
)
from tests.gui.touring import tour, tour_gate

EVERY = (
    (1366, 768),
    (960, 540),
    (800, 1240),
    (1366, 700),
    (1024, 728),
    (1280, 720),
    (1920, 1040),
    (3840, 2110),
)
SMALLEST = (683, 345)
"""What a screen of 1366x768 at 200 % leaves to the window."""
SIZES = {100: (*EVERY, SMALLEST), 115: EVERY, 130: (*EVERY, (768, 1366))}
"""Width and height in logical pixels, by text size in percent.

A screen at 150 or 200 % is one of fewer logical pixels: 1920x1080 is 1280x720 or 960x540, and 4K at
200 % is 1920x1080. How a scale rounds is seen in the pictures at 200 % and in the walk through the
made-up language at 150 %.
"""
FINGER = TARGET
LONGEST = 120
"""Letters of one line; what is read as running words is held to less by itself."""

TOLD = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
)
"""The kinds that take the keyboard and of which Qt tells role and state."""
CHOSEN = (Chip, Segment, Region)

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
        elif isinstance(widget, StatusPill) and widget.cut:
            yield f"{name_of(widget)} {widget.width()} cuts {widget.title!r}"


def find_nameless(root: QWidget) -> Iterator[str]:
    """Yield what Tab reaches and nobody named.

    Not asked through `QAccessible`: its objects go with their widgets, and in Python now and then
    take those of others along. What a reader hears of them is asked from outside, on a screen.
    """
    for widget in seen(root):
        tabbed = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if tabbed and widget.isEnabled() and widget.focusProxy() is None:
            words = widget.text() if isinstance(widget, QAbstractButton) else ""
            if not (widget.accessibleName() or words).strip():
                yield name_of(widget)


def find_untold(root: QWidget) -> Iterator[str]:
    """Yield what takes the keyboard without a role, or without the state that it has.

    Qt tells role and state of its own kinds. What is drawn as chosen has to be one that can be
    checked, and what is written in has to let itself be written; else a reader hears nothing of it.
    Asked from outside in `tests/accessible`, for the same reason as the name.
    """
    for widget in seen(root):
        if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or widget.focusProxy() is not None:
            continue
        if not isinstance(widget, TOLD):
            yield f"{name_of(widget)} is of no kind that has a role"
        elif isinstance(widget, CHOSEN) and not widget.isCheckable():
            yield f"{name_of(widget)} cannot tell whether it is chosen"
        elif isinstance(widget, (QLineEdit, QPlainTextEdit)) and widget.isReadOnly():
            yield f"{name_of(widget)} can be reached and not be written in"


def find_small(root: QWidget) -> Iterator[str]:
    """Yield controls that a finger would miss; areas of the map have a list as well."""
    kinds = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit)
    for widget in seen(root):
        edge = min(widget.width(), widget.height())
        if isinstance(widget, kinds) and not isinstance(widget, Region) and edge < FINGER:
            yield f"{name_of(widget)} {widget.width()}x{widget.height()}"


def find_swayed(root: QWidget) -> Iterator[str]:
    """Yield what a wheel or a finger could change on its way past; our own kinds let it by."""
    for widget in seen(root):
        sways = isinstance(widget, (QAbstractSpinBox, QSlider, QComboBox))
        if sways and not isinstance(widget, (PillCombo, PatientSlider)):
            yield name_of(widget)


def find_slanted(root: QWidget) -> Iterator[str]:
    """Yield buttons beside each other that do not share a middle, and outlined ones of two heights.

    Only words without an outline may be lower than the button beside them.
    """
    buttons = [it for it in seen(root) if isinstance(it, Button)]
    for one, other in itertools.combinations(buttons, 2):
        a, b = one.geometry(), other.geometry()
        beside = one.parentWidget() is other.parentWidget() and a.right() < b.left()
        if beside and a.top() < b.bottom() and b.top() < a.bottom():
            lined = {"primary", "secondary"} >= {one.kind, other.kind}
            if abs(a.center().y() - b.center().y()) > 1 or (lined and a.height() != b.height()):
                yield f"{name_of(one)} {a.top()} to {a.bottom()}, {name_of(other)} {b.top()}"


def find_indented(root: QWidget) -> Iterator[str]:
    """Yield words of a button that begin inside the edge at which all else of their card begins.

    A menu that stands among chips begins where the words of a chip do.
    """
    for card in (it for it in seen(root) if isinstance(it, Card)):
        edge = card.body.geometry().left()
        for button in card.findChildren(Button):
            begins = button.mapTo(card, QPoint()).x()
            words = button.isVisible() and not button.is_compact and button.kind == "ghost"
            words &= not isinstance(button, MenuButton)
            if words and begins == edge and not button.is_flush:
                yield f"{name_of(button)} in {name_of(card)}"


def find_long_lines(root: QWidget) -> Iterator[str]:
    """Yield words of which an eye would not find the next line; a line of keys or sizes is none."""
    for label in (it for it in seen(root) if isinstance(it, QLabel) and it.wordWrap()):
        text, metrics = label.text(), label.fontMetrics()
        height = label.heightForWidth(label.width())
        if len(text) > LONGEST and height < 2 * metrics.lineSpacing():
            yield f"{name_of(label)}: {len(text)} letters in one line"


LOOKS = {
    "is long": find_long_lines,
    "is not level": find_slanted,
    "is indented": find_indented,
    "changes in passing": find_swayed,
    "sticks out": find_sticking_out,
    "is cut": find_cut_words,
    "has no name": find_nameless,
    "says too little:": find_untold,
    "is small": find_small,
    "is cut where it is painted:": find_painted_short,
    "is cut in its field:": find_cut_fields,
    "scrolls": find_scrolling_inside,
}


def look_over(root: QWidget, where: str) -> list[str]:
    """Return every fault of what is shown now, where there seems to be one once all settled."""
    found: list[str] = []
    for rounds in (3, 9):  # a new height climbs one layout with every round
        for _ in range(rounds):
            QApplication.processEvents()
        found = [f"{where}: {it} {fault}" for fault, look in LOOKS.items() for it in look(root)]
        if not found:
            break
    return found


def look_over_in_sizes(shown: QWidget, where: str, sizes: Sequence[tuple[int, int]]) -> list[str]:
    """Return every fault of a window in each size, of a sheet in what of it fits there."""
    found, own = [], shown.size()
    for width, height in sizes:
        around = QSize(width, height)
        shown.resize(own.boundedTo(around) if isinstance(shown, QDialog) else around)
        found += look_over(shown, f"{width}x{height} {where}")
    return found


@pytest.fixture(params=SIZES, ids="text {}".format)
def look(request: pytest.FixtureRequest, look: Theme) -> Theme:
    """The look at a text size."""
    look.set_text_percent(request.param)
    return look


@pytest.mark.timeout(400)  # every page in eight sizes: 40 s alone, over 140 beside other work
@pytest.mark.usefixtures("people")
def test_every_page_has_room(look: Theme, frame: Frame, qtbot: QtBot) -> None:
    found = []
    frame.setMinimumSize(*SMALLEST)  # as on such a screen
    for where, shown in tour(frame, qtbot.waitUntil):
        found += look_over_in_sizes(shown, where, SIZES[look.text_percent])

    assert not found, "\n".join(found)


def test_every_page_before_the_records_are_open_has_room(look: Theme, closed_frame: Frame) -> None:
    found = []
    closed_frame.setMinimumSize(*SMALLEST)
    for where, shown in tour_gate(closed_frame, look):
        found += look_over_in_sizes(shown, where, SIZES[look.text_percent])

    assert not found, "\n".join(found)
