"""Lines to read: what stands beside them, and points with their marks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMainWindow

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.labels import IconLabel
from consult_app.gui.widgets.lines import Lines, Marked, Points

SHORT = "Pain is not written."
LONG = (
    "The reason why the treatment is dated before the consultation it follows is not written. " * 2
)


def test_a_way_stands_beside_its_line(theme: Theme, put: Callable[..., QMainWindow]) -> None:
    """It stood at two thirds of the card, far from a short line."""
    lines = Lines(theme, [[Marked(text=it, place="after:pain") for it in (SHORT, LONG)]])
    put(lines, width=1000, height=400)

    ways = [it.x() for it in lines.findChildren(Button)]
    ends = [it.x() + it.fontMetrics().horizontalAdvance(it.text()) for it in lines.labels]

    assert ends[0] <= ways[0] < ends[0] + theme.px(24)
    short = lines.labels[0]
    assert short.heightForWidth(short.width()) == short.heightForWidth(500), "still on one line"
    assert ways[0] < ways[1] < theme.px(650)


def test_one_point_alone_has_no_mark(theme: Theme, put: Callable[..., QMainWindow]) -> None:
    points = Points(theme)
    put(points)
    points.show_points(["The first.", "The second."])
    assert len(points.findChildren(IconLabel)) == len(points.points())

    points.show_points(["Nothing is missing."])

    assert points.text() == "Nothing is missing."
    assert not [it for it in points.findChildren(IconLabel) if it.isVisible()]
