"""Tables of the patient view: no column becomes a word wide."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from consult_app.gui.patient_view.blocks import show_block
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.cards import Meter
from consult_app.gui.widgets.labels import Label
from consult_app.handout.document import Table

DAYS = Table(
    columns=("When", "What you may see", "What to do"),
    rows=(("Day 1", "Red and tight.", "Cool pack."), ("Week 2", "Mostly normal.", "")),
    meters=(4, 0),
    meter_heading="Redness",
    meter_words=("Not red", "A hint", "A little", "Much", "Most"),
)


def test_a_narrow_table_says_each_row_as_a_paragraph(look: Theme, qtbot: QtBot) -> None:
    """Each cell names its column, no cell is lost, and a wider place gives the columns back."""
    table = show_block(look, DAYS)
    assert table is not None
    qtbot.addWidget(table)
    table.show()

    def shown(width: int) -> list[tuple[str, int]]:
        table.resize(width, 400)
        QApplication.processEvents()
        labels = [it for it in table.findChildren(Label) if it.isVisible() and it.text()]
        return [(it.text(), it.x()) for it in sorted(labels, key=lambda it: (it.y(), it.x()))]

    wide = shown(700)
    assert [text for text, _ in wide[:3]] == list(DAYS.columns)
    assert len({x for _, x in wide}) == 3

    narrow = shown(400)
    assert [text for text, _ in narrow] == [
        "Day 1",
        "What you may see: Red and tight.",
        "What to do: Cool pack.",
        "Week 2",
        "What you may see: Mostly normal.",
    ]
    assert {x for _, x in narrow} == {0}
    assert [it.width() for it in table.findChildren(Meter)] == [400, 400]

    assert shown(700) == wide
