"""Tables and strips say everything they are given, wide and narrow."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.step_strip import Step, StepStrip
from consult_app.gui.widgets.text_table import TextTable

COLUMNS = ("", "Days", "Marks")
ROWS = (("Needling", "1 to 3", "low"), ("Nothing", "0", "none"))
STEPS = (
    Step(when="Day 0", looks="Red.", note="Like sunburn."),
    Step(when="Day 2 to 3", looks="Pink."),
)


def show(qtbot: QtBot, widget: QWidget, width: int) -> list[Label]:
    """Show a widget at a width and return its labels from top to bottom, side by side."""
    qtbot.addWidget(widget)
    widget.resize(width, 400)
    with qtbot.waitExposed(widget):
        widget.show()
    QApplication.processEvents()
    widget.grab()
    seen = [label for label in widget.findChildren(Label) if label.isVisible()]
    return sorted(seen, key=lambda label: (label.y(), label.x()))


def test_a_table_has_a_line_for_each_row_where_there_is_room(qtbot: QtBot, look: Theme) -> None:
    table = TextTable(look, COLUMNS, ROWS, marked=0)
    labels = show(qtbot, table, 700)

    heads = [label for label in labels if label.text() in {"Needling", "Nothing"}]
    lows = [label for label in labels if label.text() in {"low", "none"}]
    assert [label.y() for label in heads] == [label.y() for label in lows]
    assert heads[0].y() < heads[1].y()


def test_a_narrow_table_says_the_heading_with_each_cell(qtbot: QtBot, look: Theme) -> None:
    table = TextTable(look, COLUMNS, ROWS)
    labels = show(qtbot, table, 200)

    assert [label.text() for label in labels] == [
        "Needling",
        "Days: 1 to 3",
        "Marks: low",
        "Nothing",
        "Days: 0",
        "Marks: none",
    ]


@pytest.mark.parametrize("width", [200, 700])
def test_what_a_row_is_stands_quieter_beneath_its_name(
    qtbot: QtBot, look: Theme, width: int
) -> None:
    rows = [("Peel\nWeak acid", *ROWS[0][1:]), ROWS[1]]

    table = TextTable(look, COLUMNS, rows)
    labels = show(qtbot, table, width)

    name, what = (next(it for it in labels if it.text() == text) for text in ("Peel", "Weak acid"))
    assert name.font().weight() > what.font().weight()
    assert what.x() == name.x()
    assert what.y() >= name.y() + name.height()


@pytest.mark.parametrize("width", [200, 700])
def test_a_table_that_changes_its_width_says_the_same(
    qtbot: QtBot, look: Theme, width: int
) -> None:
    fresh, table = TextTable(look, COLUMNS, ROWS), TextTable(look, COLUMNS, ROWS)
    expected = [label.text() for label in show(qtbot, fresh, width)]
    before = [label.text() for label in show(qtbot, table, 900 - width)]

    after = [label.text() for label in show(qtbot, table, width)]

    assert before != after == expected


@pytest.mark.parametrize(("width", "sideways"), [(600, True), (150, False)])
def test_a_strip_goes_downwards_where_it_is_narrow(
    qtbot: QtBot, look: Theme, width: int, *, sideways: bool
) -> None:
    strip = StepStrip(look, STEPS)
    labels = show(qtbot, strip, width)

    assert strip.sideways is sideways
    assert {label.text() for label in labels} == {
        "Day 0",
        "Red.",
        "Like sunburn.",
        "Day 2 to 3",
        "Pink.",
    }
    first, second = (part for part in strip.children() if isinstance(part, QWidget))
    assert (first.y() == second.y()) is sideways
