"""A page that scrolls moves what is painted already, and paints what comes into sight."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QImage, QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.focus_ring import FocusRing
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.scrolling import ScrollPane

Put = Callable[..., QMainWindow]
LINES = 40


class Line(Label):
    """A line that notes each time it is painted, and each width it is measured at."""

    painted = 0

    def __init__(self, *given: object, **named: object) -> None:
        self.measured: list[int] = []
        super().__init__(*given, **named)  # type: ignore[arg-type] # as a label takes them

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Note it."""
        self.measured.append(width)
        return super().heightForWidth(width)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Note it."""
        self.painted += 1
        super().paintEvent(event)


def fill(pane: ScrollPane, theme: Theme) -> list[Line]:
    """Put lines on a page, more than it shows at once."""
    lines = [Line(theme, f"Line {number}", tone="text2") for number in range(LINES)]
    for number, line in enumerate(lines):
        card = Card(theme)
        card.add(line)
        line.setObjectName(str(number))
        pane.body.addWidget(card)
    return lines


def look_at(window: QMainWindow) -> QImage:
    """Return what stands on the screen, not what it would be if it were painted now."""
    picture = window.screen().grabWindow(window.winId())
    return picture.toImage().convertToFormat(QImage.Format.Format_RGB32)


@pytest.mark.parametrize("ground", ["canvas", "surface"])
def test_scrolling_paints_only_what_comes_into_sight(ground: str, theme: Theme, put: Put) -> None:
    pane = ScrollPane(theme, ground=ground)
    lines = fill(pane, theme)
    put(pane, height=500)
    in_sight = [line for line in lines if not line.visibleRegion().isEmpty()]
    before = {line: line.painted for line in lines}

    pane.verticalScrollBar().setValue(lines[1].height())
    QApplication.processEvents()

    stayed = [line for line in in_sight if not line.visibleRegion().isEmpty()]
    assert len(stayed) > 3
    assert [line.text() for line in stayed[:-1] if line.painted > before[line]] == []


@pytest.mark.parametrize("ground", ["canvas", "surface"])
def test_what_scrolling_leaves_is_what_a_whole_painting_shows(
    ground: str, theme: Theme, put: Put
) -> None:
    pane = ScrollPane(theme, ground=ground)
    lines = fill(pane, theme)
    window = put(pane, height=500)
    ring = FocusRing(window, theme, keyboard=True)

    for number, far in enumerate((37, 300, 290, 0, 700)):
        ring.take(lines[number])
        QApplication.processEvents()
        pane.verticalScrollBar().setValue(far)
        QApplication.processEvents()
        whole = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        assert look_at(window) == whole, far


def test_what_comes_into_sight_has_no_other_line_measured(theme: Theme, put: Put) -> None:
    pane, card, opened = ScrollPane(theme), Card(theme), Label(theme, "Which?")
    rows, lines = [QWidget() for _ in range(12)], []
    columns = [QVBoxLayout(row) for row in rows]
    for row, column in zip(rows, columns, strict=True):
        lines.append(Line(theme, "A question that goes on and on. " * 5, wrap=True))
        column.addWidget(lines[-1])
        card.add(row)
    opened.hide()
    columns[3].addWidget(opened)
    pane.body.addWidget(card)
    put(pane, height=500)
    for line in lines:
        line.measured.clear()

    with pane.one_layout(rows[3]):
        opened.show()
    QApplication.processEvents()

    assert [number for number, line in enumerate(lines) if line.measured] == [3]


@pytest.mark.parametrize("width", [400, 520])
def test_a_card_that_grows_or_shrinks_looks_as_if_painted_anew(
    width: int, theme: Theme, put: Put
) -> None:
    pane, card, opened = ScrollPane(theme), Card(theme), [Label(theme, "Which?") for _ in range(9)]
    card.add(Label(theme, "Do you take a blood thinner?"))
    for label in opened:
        card.add(label)
        label.hide()
    pane.body.addWidget(card)
    pane.body.addStretch(1)
    window = put(pane, height=500)

    for shown in (0, 1, 5, 9, 8, 2, 0):
        for number, label in enumerate(opened):
            label.setVisible(number < shown)
        if shown == 5:
            window.resize(width, 500)
        for _ in range(5):  # what shrinks is laid out and painted in several turns
            QApplication.processEvents()
        left = look_at(window)
        window.update()
        pane.viewport().update()
        card.update()
        QApplication.processEvents()
        assert left == look_at(window), shown


@pytest.mark.parametrize("look", ["light", "dark"])
def test_a_page_shows_the_ground_it_lies_on(look: str, theme: Theme, put: Put) -> None:
    panes = {ground: ScrollPane(theme, ground=ground) for ground in ("canvas", "surface")}
    window = put(*panes.values(), height=500)
    theme.choose(look)
    QApplication.processEvents()

    for ground, pane in panes.items():
        shown = pane.grab().toImage().pixelColor(pane.rect().center())
        assert shown == theme.color(ground)
    del window


def test_a_label_keeps_its_colour_on_every_ground(theme: Theme) -> None:
    for ground in ("canvas", "surface"):
        pane = ScrollPane(theme, ground=ground)
        label = Label(theme, "Take care", tone="info")
        pane.body.addWidget(label)
        role = label.foregroundRole()
        assert role == QPalette.ColorRole.WindowText
        assert label.palette().color(role) == theme.color("info")
