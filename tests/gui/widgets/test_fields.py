"""Fields keep what was typed, and tell a missing value from a zero."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QToolTip
from pytestqt.qtbot import QtBot

from consult_app.domain.partial_date import PartialDate
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.choices import ChoiceField, PillCombo
from consult_app.gui.widgets.date_field import DateField
from consult_app.gui.widgets.fields import TextArea, TextField
from consult_app.gui.widgets.number_field import NumberField
from consult_app.gui.widgets.scrolling import ScrollPane
from consult_app.gui.widgets.secret_field import SecretField
from consult_app.gui.widgets.writing import Line

Put = Callable[..., QMainWindow]
Press = Callable[..., None]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (PartialDate(2026, 3, 20), "20 March 2026"),
        (PartialDate(2026, 3), "March 2026, day not known"),
        (PartialDate(2026), "2026, month not known"),
    ],
)
def test_a_date_is_repeated_in_words_that_nobody_can_misread(
    theme: Theme, value: PartialDate, words: str
) -> None:
    field = DateField(theme, "Since")
    field.set_value(value)
    assert field.words() == words
    assert field._note.text() == words


def test_a_faulty_date_is_marked_and_never_cleared(theme: Theme, put: Put, press: Press) -> None:
    field, other = DateField(theme, "Since"), TextField(theme, "Which")
    put(field, other)
    heard: list[object] = []
    field.edited.connect(heard.append)
    field.line.setFocus()
    QTest.keyClicks(field.line, "31/4/2026")
    press(Qt.Key.Key_Tab)
    assert field.error
    field.set_value(field.value())
    assert field.line.text() == "31/4/2026"
    assert heard[-1] is None
    field.line.setFocus()
    field.line.selectAll()
    QTest.keyClicks(field.line, "30/4/2026")
    assert not field.error
    assert heard[-1] == PartialDate(2026, 4, 30)


def test_a_field_that_needs_the_day_takes_no_half_date(theme: Theme) -> None:
    field = DateField(theme, "Date of birth", whole=True)
    field.line.setText("1992-03")
    assert field.value() is None
    field.line.editingFinished.emit()
    assert field.error == "Write day, month and year, such as 20/3/2026"
    field.line.setText("1992-03-20")
    assert field.value() == PartialDate(1992, 3, 20)
    field.line.editingFinished.emit()
    assert not field.error


def test_another_record_starts_with_empty_fields(theme: Theme) -> None:
    day, number = DateField(theme, "Since"), NumberField(theme, "Amount")
    for field in (day, number):
        field.line.setText("nonsense")
        field.line.editingFinished.emit()
        assert field.error
        field.forget()
        assert not field.error
        assert not field.line.text()


def test_an_empty_number_is_none_and_zero_is_zero(theme: Theme) -> None:
    field = NumberField(theme, "Amount", unit="g", lowest=0, highest=60, decimals=1)
    assert field.value() is None
    field.set_value(0)
    assert field.value() == 0
    assert field.line.text() == "0.0"
    field.set_value(None)
    assert field.value() is None
    assert not field.line.text()


@pytest.mark.parametrize(("text", "value"), [("7.5", 7.5), ("7,5", 7.5), (" 12 ", 12.0)])
def test_a_number_is_read_with_point_or_comma(theme: Theme, text: str, value: float) -> None:
    field = NumberField(theme, "Amount", decimals=1)
    field.line.setText(text)
    assert field.value() == value


@pytest.mark.parametrize("text", ["80", "-1", "abc", "inf", "nan", "1e12", "٣"])
def test_a_number_that_cannot_be_is_none_with_a_reason(theme: Theme, text: str) -> None:
    field = NumberField(theme, "Amount", lowest=0, highest=60)
    field.line.setText(text)
    field.line.editingFinished.emit()
    assert field.value() is None
    assert field.error
    assert field.line.text() == text


def test_up_and_down_step_a_number_within_its_limits(theme: Theme, put: Put, press: Press) -> None:
    field = NumberField(theme, "Minutes", lowest=10, highest=30, step=10)
    put(field)
    field.line.setFocus()
    seen = []
    for key in (*[Qt.Key.Key_Up] * 4, Qt.Key.Key_Down):
        press(key)
        seen.append(field.value())
    assert seen == [10, 20, 30, 30, 20]


def test_the_visible_label_is_the_name_and_the_fault_is_described(theme: Theme) -> None:
    field = TextField(theme, "Name", help_text="As on the passport", placeholder="Given name")
    assert field.line.accessibleName() == "Name"
    assert field._label.buddy() is field.line
    assert field.line.accessibleDescription() == "As on the passport"
    field.set_error("Write a name")
    assert field.line.accessibleDescription() == "Write a name"
    field.set_error("")
    assert field.line.accessibleDescription() == "As on the passport"


def test_telling_the_same_text_again_leaves_the_cursor(theme: Theme) -> None:
    field = TextField(theme, "Name")
    field.set_text("Amara")
    field.line.setCursorPosition(2)
    field.set_text("Amara")
    assert field.line.cursorPosition() == 2


def test_a_text_longer_than_its_line_shows_its_beginning_and_tells_the_rest(
    theme: Theme, put: Put
) -> None:
    """A cream in a narrow field read as *docaine 4% cream*."""
    field, other = TextField(theme, "Numbing cream"), TextField(theme, "Name")
    put(field, other)
    other.line.setFocus()
    long = "Lidocaine <4%> cream " * 20
    field.set_text(long)
    assert field.line.cursorPosition() == 0

    def point_at(line: Line) -> str:
        spot = line.rect().center()
        QApplication.sendEvent(line, QHelpEvent(QEvent.Type.ToolTip, spot, line.mapToGlobal(spot)))
        return QToolTip.text() if QToolTip.isVisible() else ""

    assert "Lidocaine &lt;4%&gt; cream" in point_at(field.line)
    other.set_text("Amara")
    QToolTip.hideText()
    assert "Amara" not in point_at(other.line)


def test_tab_leaves_a_text_area_and_tells_so(
    theme: Theme, put: Put, press: Press, qtbot: QtBot
) -> None:
    area, other = TextArea(theme, "Note"), TextField(theme, "Name")
    put(area, other)
    area.area.setFocus()
    with qtbot.waitSignal(area.edited, timeout=1000) as told:
        QTest.keyClicks(area.area, "a")
    assert told.args == ["a"]
    with qtbot.waitSignal(area.finished, timeout=1000):
        press(Qt.Key.Key_Tab)
    assert other.line.hasFocus()
    assert area.text() == "a"


def test_a_choice_tells_its_id(theme: Theme, put: Put, press: Press, qtbot: QtBot) -> None:
    field = ChoiceField(theme, "Device", [("pen", "Pen"), ("roller", "Roller")], empty="Choose")
    put(field)
    assert field.value() == ""
    field.set_value("pen")
    field.combo.setFocus()
    with qtbot.waitSignal(field.edited, timeout=1000) as told:
        press(Qt.Key.Key_Down)
    assert told.args == ["roller"]
    field.set_value("")
    assert field.value() == ""


def test_new_options_keep_a_choice_that_is_still_offered(theme: Theme) -> None:
    field = ChoiceField(theme, "Device", [("pen", "Pen"), ("roller", "Roller")])
    field.set_value("roller")
    field.set_options([("roller", "Roller"), ("stamp", "Stamp")])
    assert field.value() == "roller"
    field.set_options([("stamp", "Stamp")])
    assert field.value() == ""


def test_a_list_opens_on_release_and_not_after_a_swipe(theme: Theme, put: Put) -> None:
    combo = PillCombo(theme, "Device")
    combo.addItems(["Pen", "Roller"])
    put(combo)
    middle = combo.rect().center()
    QTest.mousePress(combo, Qt.MouseButton.LeftButton, pos=middle)
    assert not combo.view().isVisible()
    far = middle + QPoint(0, 60)
    QTest.mouseRelease(combo, Qt.MouseButton.LeftButton, pos=far)
    assert not combo.view().isVisible()
    QTest.mouseClick(combo, Qt.MouseButton.LeftButton, pos=middle)
    assert combo.view().isVisible()
    combo.hidePopup()


def test_a_text_of_several_lines_is_seen_whole(theme: Theme, put: Put) -> None:
    pane = ScrollPane(theme)
    text = TextArea(theme, "Earlier treatments", rows=4)
    for part in (TextArea(theme, "First", rows=20), text, TextArea(theme, "Last", rows=20)):
        pane.body.addWidget(part)
    put(pane, height=300)
    for start in (0, pane.verticalScrollBar().maximum()):
        pane.setFocus()
        pane.verticalScrollBar().setValue(start)
        text.area.setFocus()
        assert text.area.visibleRegion().boundingRect() == text.area.rect()
        text.area.clearFocus()


@pytest.mark.parametrize("percent", [100, 115, 130])
def test_a_long_text_scrolls_with_the_page_and_not_in_a_box_of_its_own(
    theme: Theme, put: Put, press: Press, percent: int
) -> None:
    theme.set_text_percent(percent)
    pane = ScrollPane(theme)
    text, below = TextArea(theme, "Earlier treatments", rows=2), TextField(theme, "Lot")
    for part in (text, below):
        pane.body.addWidget(part)
    pane.body.addStretch(1)
    put(pane, height=300)
    low = text.area.height()
    text.area.setFocus()
    for number in range(20):
        QTest.keyClicks(text.area, f"{number} long words that go on and on" * 2)
        press(Qt.Key.Key_Return)
        for _ in range(3):
            QApplication.processEvents()
        assert text.area.verticalScrollBar().maximum() == 0
        assert is_cursor_seen(text, pane)
    for _ in range(40):
        press(Qt.Key.Key_Up)
        assert is_cursor_seen(text, pane)
    text.set_text("")
    assert text.area.height() == low


def is_cursor_seen(text: TextArea, pane: ScrollPane) -> bool:
    """Whether the cursor of a text stands in what a pane shows."""
    seen, place = pane.viewport(), text.area.cursorRect()
    ends = [text.area.viewport().mapTo(seen, it) for it in (place.topLeft(), place.bottomLeft())]
    return all(seen.rect().contains(it) for it in ends)


@pytest.mark.parametrize("scrolled_away", [False, True])
def test_a_field_stays_in_sight_when_something_above_it_grows(
    theme: Theme, qtbot: QtBot, put: Put, *, scrolled_away: bool
) -> None:
    """As when a fault appears beneath the field that was just left."""
    pane = ScrollPane(theme)
    above, below = TextField(theme, "Its date"), TextField(theme, "Earlier treatments")
    for part in (TextArea(theme, "First", rows=20), above, below, TextArea(theme, "Last", rows=20)):
        pane.body.addWidget(part)
    put(pane, height=300)
    below.line.setFocus()
    bar = pane.verticalScrollBar()
    end = below.line.mapTo(pane.viewport(), below.line.rect().bottomLeft()).y() + bar.value()
    bar.setValue(bar.maximum() if scrolled_away else end - pane.viewport().height() + 4)
    before, most = bar.value(), bar.maximum()

    above.set_error("Write a date such as 20/3/2026, " * 12)
    qtbot.waitUntil(lambda: bar.maximum() > most)

    bottom = below.line.mapTo(pane.viewport(), below.line.rect().bottomLeft()).y()
    if scrolled_away:
        assert bar.value() == before, "whoever scrolled away is left where they are"
    else:
        assert bottom < pane.viewport().height()


@pytest.mark.parametrize("pointed_at", [False, True])
@pytest.mark.parametrize("entered", [False, True])
def test_what_is_at_fault_looks_so_also_with_the_mouse_or_the_keyboard_in_it(
    theme: Theme, put: Put, *, pointed_at: bool, entered: bool
) -> None:
    """Its red edge went as soon as somebody was about to correct it."""
    field, other = TextField(theme, "Amount"), TextField(theme, "Lot")
    put(field, other)
    (field if entered else other).line.setFocus()
    field.line.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, pointed_at)
    field.set_error("Between 0 and 60")

    edge = field.line.grab().toImage().pixelColor(0, field.line.height() // 2)
    assert edge == theme.color("stop")


def test_a_fault_that_others_found_in_a_date_stays_when_it_is_left(
    theme: Theme, put: Put, press: Press
) -> None:
    field, other = DateField(theme, "Use before"), TextField(theme, "Lot")
    put(field, other)
    field.line.setFocus()
    QTest.keyClicks(field.line, "10/2025")
    field.set_error("Past its date")

    press(Qt.Key.Key_Tab)

    assert field.error == "Past its date"


def test_a_click_into_a_time_chooses_it_all_and_the_next_click_places_the_cursor(
    theme: Theme, put: Put
) -> None:
    """Else 10:30, typed over the usual time, stood behind it as 09:0010:30."""
    time, other = TextField(theme, "Time", whole=True), TextField(theme, "Lot")
    put(other, time)
    time.set_text("09:00")
    other.set_text("A1")
    inside = QPoint(time.line.width() - 20, time.line.height() // 2)

    QTest.mouseClick(time.line, Qt.MouseButton.LeftButton, pos=inside)
    assert time.line.selectedText() == "09:00"
    QTest.mouseClick(time.line, Qt.MouseButton.LeftButton, pos=inside)
    assert not time.line.hasSelectedText()

    QTest.mouseClick(other.line, Qt.MouseButton.LeftButton, pos=inside)
    QTest.mouseClick(time.line, Qt.MouseButton.LeftButton, pos=inside)
    QTest.keyClicks(time.line, "10:30")
    assert (time.text(), other.line.hasSelectedText()) == ("10:30", False)


def test_a_secret_that_was_forgotten_is_not_brought_back(theme: Theme, qtbot: QtBot) -> None:
    """The eye showed it to whoever pressed undo on the page that asks for it."""
    field = SecretField(theme, "Passphrase")
    qtbot.addWidget(field)
    field.show()
    QTest.keyClicks(field.line, "four words or five")

    field.clear()

    field.eye.setChecked(True)
    field.line.undo()
    assert field.text() == ""
    field.line.redo()
    assert field.text() == ""
