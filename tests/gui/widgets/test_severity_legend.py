"""The key to the grades of the map is read, not pressed."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.cards import SeverityLegend


def test_the_grades_are_one_band_without_gaps(qtbot: QtBot, look: Theme) -> None:
    """Swatches apart from each other looked like buttons, and nothing happened when pressed."""
    legend = SeverityLegend(look)
    qtbot.addWidget(legend)
    legend.resize(legend.sizeHint())
    picture = legend.grab().toImage()
    wanted = [look.color(f"sev{grade}").name() for grade in range(5)]
    row = round(look.px(7) * picture.devicePixelRatio())
    shown = [QColor(picture.pixelColor(x, row)).name() for x in range(picture.width())]

    steps = [(before, after) for before, after in pairwise(shown) if before != after]
    inside = [(one, other) for one, other in steps if one in wanted and other in wanted]
    assert inside == [*pairwise(wanted)]
