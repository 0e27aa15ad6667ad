"""What a screen reader or dictation changes is told as if a person had, and nothing else is."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QLineEdit
from pytestqt.qtbot import QtBot

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.chips import Chip
from consult_app.gui.widgets.date_field import DateField
from consult_app.gui.widgets.depth_slider import DepthSlider
from consult_app.gui.widgets.fields import TextField
from consult_app.gui.widgets.number_field import NumberField
from consult_app.gui.widgets.segmented import Option, Segmented
from consult_app.gui.widgets.sliders import SeverityRow


def test_a_switched_chip_is_a_pressed_chip(qtbot: QtBot, look: Theme) -> None:
    chip = Chip(look, "Cold sore")
    qtbot.addWidget(chip)
    told: list[bool] = []

    def hear(on: bool) -> None:  # noqa: FBT001 - Qt's signal
        told.append(on)

    chip.clicked.connect(hear)

    chip.setChecked(True)
    assert told == []
    # What an assistive program does: Qt's own switch, which is no click.
    QAbstractButton.toggle(chip)
    chip.click()

    assert told == [False, True]


def test_a_switched_answer_is_told_once(qtbot: QtBot, look: Theme) -> None:
    answer = Segmented(look, "Fever?", [Option("no", "No"), Option("yes", "Yes")])
    qtbot.addWidget(answer)
    told: list[str] = []
    answer.edited.connect(told.append)

    answer.set_value("no")
    assert told == []
    QAbstractButton.toggle(answer.cell("yes"))
    assert told == ["yes"]
    answer.cell("no").click()
    answer.clear()

    assert told == ["yes", "no"]


def test_a_slider_that_is_set_from_outside_tells(qtbot: QtBot, look: Theme) -> None:
    row = SeverityRow(look, "Acne scars")
    depth = DepthSlider(look, "Depth")
    qtbot.addWidget(row)
    qtbot.addWidget(depth)
    grades: list[int] = []
    depths: list[float] = []
    row.slider.graded.connect(grades.append)
    depth.depth_edited.connect(depths.append)

    row.slider.setValue(3)
    depth.set_millimetres(1.0)
    row.set_value(3)
    assert (grades, depths) == ([], [])
    QAbstractSlider.setValue(row.slider, 2)
    QAbstractSlider.setValue(depth, depth.value() + 1)

    assert grades == [2]
    assert depths == [depth.millimetres()]
    assert depths[0] > 1.0


def test_a_text_that_is_replaced_from_outside_is_told(qtbot: QtBot, look: Theme) -> None:
    text, number, day = (
        TextField(look, "Event"),
        NumberField(look, "Visits"),
        DateField(look, "Day"),
    )
    told: list[object] = []
    for field in (text, number, day):
        qtbot.addWidget(field)
        field.edited.connect(told.append)

    text.set_text("Wedding")
    number.set_value(3)
    day.set_value(None)
    assert told == []
    QLineEdit.setText(text.line, "Holiday")
    QLineEdit.setText(number.line, "4")

    assert told == ["Holiday", 4.0]


def test_qt_offers_the_switch_to_screen_readers(qtbot: QtBot, look: Theme) -> None:
    chip = Chip(look, "Cold sore")
    qtbot.addWidget(chip)

    interface = QAccessible.queryAccessibleInterface(chip)

    assert interface.role() == QAccessible.Role.CheckBox
    assert interface.state().checkable
