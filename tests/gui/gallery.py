"""Shows every control on one page; with `--shot FILE` it takes a picture instead.

python tests/gui/gallery.py --dark --text 130 --page controls --shot controls.png
"""

from __future__ import annotations

import argparse
import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLayout, QMainWindow, QVBoxLayout, QWidget

from consult_app.domain.partial_date import PartialDate
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.answer_row import AnswerRow
from consult_app.gui.widgets.banner import Fact, Tag
from consult_app.gui.widgets.buttons import Button, MenuButton
from consult_app.gui.widgets.cards import Avatar, Card, Meter, Rule, SeverityLegend
from consult_app.gui.widgets.chips import ChipGroup
from consult_app.gui.widgets.choices import ChoiceField
from consult_app.gui.widgets.date_field import DateField
from consult_app.gui.widgets.depth_slider import DepthSlider
from consult_app.gui.widgets.facemap import FaceMap
from consult_app.gui.widgets.fields import TextArea, TextField
from consult_app.gui.widgets.flow import FlowBox
from consult_app.gui.widgets.focus_ring import FocusRing
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.widgets.number_field import NumberField
from consult_app.gui.widgets.rail_step import RailStep
from consult_app.gui.widgets.scrolling import ScrollPane
from consult_app.gui.widgets.segmented import Option, Segmented
from consult_app.gui.widgets.signature import SignaturePad
from consult_app.gui.widgets.sliders import SeverityRow
from consult_app.gui.widgets.status import STATES, StatusBlock, StatusPill

TYPES = [
    Option("I", "I", "Type I, always burns", "#F6E0D0"),
    Option("II", "II", "Type II, burns easily", "#EFCDB4"),
    Option("III", "III", "Type III, sometimes burns", "#DDB08C"),
    Option("IV", "IV", "Type IV, rarely burns", "#BC8A62"),
    Option("V", "V", "Type V, very rarely burns", "#8A5C3C"),
    Option("VI", "VI", "Type VI, never burns", "#553626"),
]


def row(*items: QWidget) -> QHBoxLayout:
    """Return items side by side."""
    line = QHBoxLayout()
    line.setSpacing(8)
    for item in items:
        line.addWidget(item)
    line.addStretch(1)
    return line


def card(theme: Theme, title: str, *items: QWidget | QLayout) -> Card:
    """Return a card with these in it."""
    surface = Card(theme, title)
    for item in items:
        surface.add(item)
    return surface


def show_buttons(theme: Theme) -> Card:
    """Return the buttons and chips."""
    off = Button(theme, "Continue", "primary")
    off.setEnabled(False)
    lock = Button(theme, "Lock", "ghost", "lock")
    lock.set_compact(on=True)
    menu = MenuButton(theme, "Left cheek", role="section")
    menu.set_flush()
    chips = ChipGroup(
        theme,
        "Skin today",
        [
            ("clear", "Clear and intact"),
            ("acne", "Active acne", "warn"),
            ("sore", "Cold sore", "stop"),
            ("scars", "Acne scars"),
            ("pores", "Enlarged pores & oil"),
        ],
    )
    chips.set_chosen(["acne", "sore", "scars"])
    return card(
        theme,
        "Buttons and chips",
        row(
            Button(theme, "Continue to safety", "primary", "chevron-right", trailing=True),
            Button(theme, "Back", "secondary", "chevron-left"),
            off,
        ),
        row(Button(theme, "Patient view", "ghost", "eye"), lock, menu),
        chips,
    )


def show_choices(theme: Theme) -> Card:
    """Return segments and sliders."""
    phototype = Segmented(theme, "Skin type", TYPES)
    phototype.set_value("III")
    scars = SeverityRow(theme, "Acne scars")
    scars.set_value(2)
    pores = SeverityRow(theme, "Enlarged pores")
    depth = DepthSlider(theme, "Depth on the cheeks")
    depth.set_caps(1.5, 2.0)
    depth.set_millimetres(1.0)
    past = DepthSlider(theme, "Depth on the chin")
    past.set_caps(1.0, 2.5)
    past.set_millimetres(1.75)
    return card(theme, "Choosing", phototype, scars, pores, depth, past)


def show_answers(theme: Theme) -> Card:
    """Return answer rows."""
    open_row = AnswerRow(theme, "Have you taken isotretinoin in the last 6 months?")
    open_row.set_stop(on=True)
    no = AnswerRow(
        theme, "Do you have a cold sore or blister now?", help_text="On or near the lips"
    )
    no.set_answer("no")
    no.set_caption("answered 3 months ago; press = to re-confirm")
    yes = AnswerRow(theme, "Do you take a blood thinner?")
    yes.add_detail(row_box(TextField(theme, "Which one"), DateField(theme, "Since")))
    yes.set_answer("yes")
    unsure = AnswerRow(theme, "Do scars of yours grow thick or wide?")
    unsure.set_answer("unsure")
    return card(theme, "Safety questions", open_row, no, yes, unsure)


def row_box(*items: QWidget) -> QWidget:
    """Return items side by side as one widget."""
    box = QWidget()
    line = QHBoxLayout(box)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(12)
    for item in items:
        line.addWidget(item, 1, Qt.AlignmentFlag.AlignTop)
    return box


def show_fields(theme: Theme) -> Card:
    """Return fields."""
    name = TextField(theme, "Name", placeholder="Given and family name")
    born = DateField(theme, "Date of birth", whole=True)
    born.set_value(PartialDate(1992, 3, 20))
    since = DateField(theme, "Last course of isotretinoin")
    wrong = NumberField(theme, "Amount", unit="g", lowest=0, highest=60, decimals=1)
    wrong.line.setText("80")
    wrong.line.editingFinished.emit()
    device = ChoiceField(theme, "Device", [("pen", "Pen, cartridge"), ("roller", "Roller")])
    device.set_value("pen")
    unset = ChoiceField(theme, "Reason", [("a", "Cost")], empty="Choose")
    note = TextArea(theme, "In the patient’s words", rows=2, help_text="What bothers you?")  # noqa: RUF001 - meant
    return card(
        theme,
        "Fields",
        row_box(name, born),
        row_box(since, wrong),
        row_box(device, unset),
        note,
    )


def show_states(theme: Theme) -> Card:
    """Return every safety state."""
    blocks = []
    for state in STATES:
        block = StatusBlock(theme)
        lines = ("Active acne: check before treating",) if state == "relative" else ()
        block.show_state(state, lines=lines)
        blocks.append(block)
    pill = StatusPill(theme)
    pill.show_state("absolute")
    return card(theme, "Safety status", *blocks, pill)


def show_small(theme: Theme) -> Card:
    """Return banner pieces, meters, notices and the signature pad."""
    tags = FlowBox("Care alerts")
    for text, tone, icon in (
        ("Cold sores", "warn", "triangle-alert"),
        ("Latex allergy", "stop", "octagon-alert"),
        ("Interpreter: Polish", "info", "languages"),
        ("Allergies not asked", "none", "circle-question-mark"),
        ("Saved 10:42", "ok", "check"),
    ):
        tags.add(Tag(theme, text, tone, icon))
    meter = Meter(theme)
    meter.show_grade("Acne scars", 3)
    notice = Notice(theme, "The event lies inside the usual recovery time.")
    notice.set_action("Note")
    pad = SignaturePad(theme)
    pad.set_strokes((tuple((0.1 + i / 40, 0.5 + 0.2 * ((i % 5) - 2) / 3) for i in range(30)),))
    head = row(Avatar(theme, "AM"), Fact(theme, "Skin type", "Fitzpatrick III"))
    return card(theme, "Small pieces", head, tags, Rule(theme), meter, notice, pad)


def show_rail(theme: Theme) -> Card:
    """Return steps of the rail in every state."""
    names = ("Start", "Goals", "Skin", "Safety", "Plan & expectations")
    states = ("done", "half", "half", "stop", "empty")
    steps: list[QWidget] = []
    for number, (name, state) in enumerate(zip(names, states, strict=True), start=1):
        step = RailStep(theme, number, len(names), name)
        step.show_state(state, current=number == 3)
        steps.append(step)
    return card(theme, "Rail", *steps, SeverityLegend(theme))


COLUMNS = (
    (show_buttons, show_choices, show_answers),
    (show_fields, show_small),
    (show_states, show_rail),
)


def build_controls(theme: Theme) -> QWidget:
    """Return the page of all controls."""
    pane = ScrollPane(theme)
    columns = QHBoxLayout()
    columns.setSpacing(14)
    for makers in COLUMNS:
        column = QVBoxLayout()
        column.setSpacing(14)
        for make in makers:
            column.addWidget(make(theme))
        column.addStretch(1)
        columns.addLayout(column, 1)
    pane.body.addLayout(columns)
    return pane


def build_maps(theme: Theme) -> QWidget:
    """Return the map three times: the face, and the body from the front and from behind."""
    scars, marks = "Acne scars", "Stretch marks"
    found = {
        ("forehead", ""): (("Fine lines", 1),),
        ("cheeks", "right"): ((scars, 3),),
        ("cheeks", "left"): ((scars, 2), ("Pores", 1)),
        ("nose", ""): (("Pores", 4),),
        ("abdomen", ""): ((marks, 3),),
        ("thighs", "left"): ((marks, 2),),
        ("lower_back", ""): ((marks, 1),),
    }
    page = QWidget()
    line = QHBoxLayout(page)
    for area, side in (("cheeks", "left"), ("knees", "left"), ("upper_back", "")):
        face = FaceMap(theme)
        face.set_findings(found)
        face.set_planned({("cheeks", ""), ("abdomen", ""), ("back", "")})
        face.set_outline({("temples", "left"), ("thighs", "")})
        face.select(area, side)
        line.addWidget(card(theme, "", face), 1)
    return page


PAGES = {"controls": build_controls, "maps": build_maps}


def main() -> None:
    """Show the gallery or take its picture."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--rtl", action="store_true")
    parser.add_argument("--text", type=int, default=100)
    parser.add_argument("--page", choices=sorted(PAGES), default="controls")
    parser.add_argument("--size", default="1500x1180")
    parser.add_argument("--shot", default="")
    chosen = parser.parse_args()
    app = QApplication(sys.argv[:1])
    if chosen.rtl:
        app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    theme = Theme("dark" if chosen.dark else "light", chosen.text)
    theme.apply(app)
    window = QMainWindow()
    window.setWindowTitle("Controls")
    title = Label(theme, "Controls", "title")
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(28, 20, 18, 20)
    column.addWidget(title)
    column.addWidget(PAGES[chosen.page](theme))
    window.setCentralWidget(page)
    ring = FocusRing(window, theme)
    width, height = (int(part) for part in chosen.size.split("x"))
    window.resize(width, height)
    window.show()
    for _ in range(5):
        app.processEvents()
    ring.raise_()
    if chosen.shot:
        window.grab().save(chosen.shot)
        return
    sys.exit(app.exec())


if __name__ == "__main__":
    main()
