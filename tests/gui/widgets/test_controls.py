"""What holds for every control: role, name, size, the wheel, both directions, no leaks."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from contextlib import suppress

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, SignalInstance
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QWidget,
)

from consult_app.domain.partial_date import PartialDate
from consult_app.gui.theme import TARGET, Theme
from consult_app.gui.widgets.answer_row import AnswerRow
from consult_app.gui.widgets.banner import Fact, Tag
from consult_app.gui.widgets.buttons import Button, MenuButton
from consult_app.gui.widgets.cards import Avatar, Card, Meter, SeverityLegend
from consult_app.gui.widgets.chips import Chip, ChipGroup
from consult_app.gui.widgets.choices import ChoiceField, PillCombo
from consult_app.gui.widgets.date_field import DateField
from consult_app.gui.widgets.depth_slider import DepthSlider
from consult_app.gui.widgets.either import Either
from consult_app.gui.widgets.facemap import FaceMap
from consult_app.gui.widgets.fields import TextArea, TextField
from consult_app.gui.widgets.focus_ring import FocusRing
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.widgets.number_field import NumberField
from consult_app.gui.widgets.rail_step import RailStep
from consult_app.gui.widgets.regions import Region
from consult_app.gui.widgets.scrolling import ScrollPane
from consult_app.gui.widgets.segmented import Option, Segmented
from consult_app.gui.widgets.signature import SignaturePad
from consult_app.gui.widgets.sliders import SeverityRow, SeveritySlider
from consult_app.gui.widgets.status import StatusBlock, StatusPill

Put = Callable[..., QMainWindow]
Role = QAccessible.Role

OPTIONS = (Option("I", "I", "Type I"), Option("II", "II", "Type II"), Option("III", "III"))

MAKERS: dict[str, Callable[[Theme], QWidget]] = {
    "answer_row": lambda theme: AnswerRow(theme, "Are you pregnant?"),
    "avatar": lambda theme: Avatar(theme, "AM"),
    "button": lambda theme: Button(theme, "Continue", "primary", "chevron-right"),
    "card": lambda theme: Card(theme, "Skin type"),
    "chip": lambda theme: Chip(theme, "Acne scars"),
    "chip_group": lambda theme: ChipGroup(theme, "Today", [("sun", "Sunburn")]),
    "either": lambda theme: Either(theme, "Red or not", "No longer red", "Still red"),
    "choice_field": lambda theme: ChoiceField(theme, "Device", [("pen", "Pen")]),
    "date_field": lambda theme: DateField(theme, "Date of birth"),
    "depth_slider": lambda theme: DepthSlider(theme, "Depth, cheeks"),
    "face_map": FaceMap,
    "fact": lambda theme: Fact(theme, "Allergies", "not asked"),
    "legend": SeverityLegend,
    "menu_button": lambda theme: MenuButton(theme, "Left cheek"),
    "meter": Meter,
    "notice": lambda theme: Notice(theme, "The event lies inside the recovery time."),
    "number_field": lambda theme: NumberField(theme, "Amount", unit="g"),
    "pill_combo": lambda theme: PillCombo(theme, "Device"),
    "rail_step": lambda theme: RailStep(theme, 2, 7, "Skin"),
    "scroll_pane": ScrollPane,
    "segmented": lambda theme: Segmented(theme, "Skin type", OPTIONS),
    "severity_row": lambda theme: SeverityRow(theme, "Acne scars"),
    "severity_slider": lambda theme: SeveritySlider(theme, "Acne scars"),
    "signature_pad": SignaturePad,
    "status_block": StatusBlock,
    "status_pill": StatusPill,
    "tag": lambda theme: Tag(theme, "Cold sores", "warn", "triangle-alert"),
    "text_area": lambda theme: TextArea(theme, "Note"),
    "text_field": lambda theme: TextField(theme, "Name"),
}


def accessible_role(widget: QWidget) -> QAccessible.Role:
    """Return the role that assistive technology is told."""
    return QAccessible.queryAccessibleInterface(widget).role()


def accessible_name(widget: QWidget) -> str:
    """Return the name that assistive technology is told."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def list_reachable(widget: QWidget) -> list[QWidget]:
    """Return the widget and its children that a person can focus."""
    everything = [widget, *widget.findChildren(QWidget)]
    return [w for w in everything if w.isVisible() and w.focusPolicy() != Qt.FocusPolicy.NoFocus]


@pytest.mark.parametrize(
    ("make", "role"),
    [
        ("button", Role.PushButton),
        ("chip", Role.CheckBox),
        ("severity_slider", Role.Slider),
        ("depth_slider", Role.Slider),
        ("pill_combo", Role.ComboBox),
        ("rail_step", Role.Button),
        ("status_pill", Role.Button),
    ],
)
def test_a_control_has_the_role_of_what_it_is(
    theme: Theme, put: Put, make: str, role: QAccessible.Role
) -> None:
    widget = MAKERS[make](theme)
    put(widget)
    assert accessible_role(widget) == role


def test_a_segment_and_a_region_are_radio_buttons(theme: Theme, put: Put) -> None:
    cells, face = Segmented(theme, "Skin type", OPTIONS), FaceMap(theme)
    put(cells, face, height=700)
    assert accessible_role(cells.cell("II")) == Role.RadioButton
    assert accessible_role(face.region("cheeks", "right")) == Role.RadioButton
    assert accessible_role(face.region("nose")) == Role.RadioButton


@pytest.mark.parametrize("make", MAKERS)
def test_everything_that_takes_the_keyboard_has_a_name(theme: Theme, put: Put, make: str) -> None:
    widget = MAKERS[make](theme)
    put(widget, height=700)
    for part in list_reachable(widget):
        assert accessible_name(part), type(part).__name__


@pytest.mark.parametrize("percent", [100, 130])
@pytest.mark.parametrize("make", MAKERS)
def test_everything_to_press_is_large_enough(
    theme: Theme, put: Put, make: str, percent: int
) -> None:
    """Regions of the drawn face are the exception: a menu names them all as an equal way."""
    theme.set_text_percent(percent)
    widget = MAKERS[make](theme)
    put(widget, width=640, height=900)
    parts = [widget, *widget.findChildren(QWidget)]
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, SeveritySlider, DepthSlider, PillCombo)
    for part in parts:
        if not isinstance(part, kinds) or isinstance(part, Region) or not part.isVisible():
            continue
        assert part.height() >= theme.px(TARGET), type(part).__name__
        assert part.width() >= theme.px(TARGET), type(part).__name__


@pytest.mark.parametrize("make", ["severity_slider", "depth_slider", "pill_combo"])
def test_the_wheel_changes_nothing_and_is_left_to_the_page(
    theme: Theme, put: Put, make: str
) -> None:
    widget = MAKERS[make](theme)
    if isinstance(widget, PillCombo):
        widget.addItems(["Pen", "Roller", "Stamp"])
        widget.setCurrentIndex(1)
    else:
        assert isinstance(widget, (SeveritySlider, DepthSlider))
        widget.setValue(3)
    put(widget)
    widget.setFocus()
    before = widget.currentIndex() if isinstance(widget, PillCombo) else widget.value()
    event = QWheelEvent(
        QPointF(30, 20),
        QPointF(30, 20),
        QPoint(0, 0),
        QPoint(0, -240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    widget.wheelEvent(event)
    after = widget.currentIndex() if isinstance(widget, PillCombo) else widget.value()
    assert after == before
    assert not event.isAccepted()


@pytest.mark.usefixtures("from_right")
@pytest.mark.parametrize("make", MAKERS)
def test_everything_draws_from_right_to_left_too(theme: Theme, put: Put, make: str) -> None:
    window = put(MAKERS[make](theme), height=700)
    assert not window.grab().isNull()


@pytest.mark.parametrize("make", [make for make in MAKERS if make != "scroll_pane"])
def test_a_theme_change_reaches_the_pixels(theme: Theme, put: Put, make: str) -> None:
    widget = MAKERS[make](theme)
    if isinstance(widget, Meter):
        widget.show_grade("Acne scars", 3)
    window = put(widget, height=700)
    before = window.grab().toImage()
    theme.choose("dark")
    theme.set_text_percent(115)
    assert window.grab().toImage() != before


@pytest.mark.parametrize("make", MAKERS)
def test_nothing_outlives_its_window(theme: Theme, qapp: QApplication, make: str) -> None:
    """The theme and the application live on; what they know of a control must not keep it."""
    gone: list[weakref.ref[QWidget]] = []
    for _ in range(5):
        window = QMainWindow()
        widget = MAKERS[make](theme)
        window.setCentralWidget(widget)
        FocusRing(window, theme)
        window.show()
        qapp.processEvents()
        gone += [weakref.ref(window), weakref.ref(widget)]
        gone += [weakref.ref(child) for child in widget.findChildren(QWidget)]
        window.close()
        window.deleteLater()
        del window, widget
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    assert not [reference for reference in gone if reference() is not None]


def test_setting_a_value_by_program_is_silent(theme: Theme) -> None:
    """A refresh never writes back what it shows."""
    heard: list[object] = []
    chips = ChipGroup(theme, "Today", [("sun", "Sunburn")])
    cells = Segmented(theme, "Skin type", OPTIONS)
    row = AnswerRow(theme, "Are you pregnant?")
    severity, depth = SeverityRow(theme, "Acne scars"), DepthSlider(theme, "Depth")
    text, area = TextField(theme, "Name"), TextArea(theme, "Note")
    number, day = NumberField(theme, "Amount"), DateField(theme, "Since")
    choice = ChoiceField(theme, "Device", [("pen", "Pen")])
    pad, face = SignaturePad(theme), FaceMap(theme)
    signals: list[SignalInstance] = [
        *(chips.edited, cells.edited, row.answered, row.advance, severity.graded),
        *(depth.depth_edited, text.edited, area.edited, number.edited, day.edited),
        *(choice.edited, pad.edited, face.selected, face.graded),
    ]
    for signal in signals:
        signal.connect(lambda *values: heard.append(values))
    chips.set_chosen(["sun"])
    cells.set_value("II")
    cells.clear()
    row.set_answer("yes")
    severity.set_value(3)
    depth.set_caps(1.0, 1.5)
    depth.set_millimetres(2.0)
    text.set_text("A")
    area.set_text("B")
    number.set_value(2)
    day.set_value(PartialDate(2026))
    choice.set_value("pen")
    pad.set_strokes((((0.1, 0.2), (0.3, 0.4)),))
    face.set_findings({("nose", ""): (("Pores", 2),)})
    face.select("knees", "left")
    assert heard == []


def test_a_label_is_as_high_as_its_words_whatever_changes(theme: Theme) -> None:
    label = Label(theme, "Short.", wrap=True)
    assert label.heightForWidth(200) == QLabel.heightForWidth(label, 200)

    changes: list[Callable[[], None]] = [
        lambda: label.setText("Many more words than there is room for in a line. " * 4),
        lambda: label.set_role("title"),
        lambda: label.setIndent(60),
        lambda: label.setContentsMargins(20, 8, 20, 8),
        lambda: theme.set_text_percent(130),
    ]
    for change in changes:
        before = label.heightForWidth(200)
        change()
        assert label.heightForWidth(200) == QLabel.heightForWidth(label, 200)
        assert label.heightForWidth(200) != before


def test_what_comes_into_sight_on_a_page_is_laid_out_once_at_the_end(
    theme: Theme, put: Put
) -> None:
    pane, card, field = ScrollPane(theme), Card(theme, "Today"), TextField(theme, "Which")
    below = Button(theme, "Continue")
    field.hide()
    card.add(field)
    pane.body.addWidget(card)
    pane.body.addWidget(below)
    pane.body.addStretch(1)
    put(pane, height=400)
    before = below.y()

    with pane.one_layout(card):
        field.show()
        assert below.y() == before
    assert below.y() >= before + field.sizeHint().height()

    with suppress(ValueError), pane.one_layout(card):
        field.hide()
        raise ValueError
    assert below.y() == before, "laid out all the same"
