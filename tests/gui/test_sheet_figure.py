"""The picture of the sheet on the patient's screen: where will be treated, on the right side."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QBoxLayout, QLabel
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Side
from consult_app.gui.desk import Desk
from consult_app.gui.patient_view.blocks import Beside, show_section
from consult_app.gui.patient_view.figure import SheetFigure
from consult_app.gui.theme import Theme
from consult_app.handout.document import Figure, Section, Zone

FACE = Figure(
    zones=(Zone(area="cheeks", side="", number=1), Zone(area="chin", side="", number=2)),
    description="A face that shows where we will treat: 1 Cheeks, 2 Chin.",
    right_label="Your right",
    left_label="Your left",
)


@pytest.fixture
def plan(desk: Desk) -> Section:
    """What the sheet of a sample patient says of the plan."""
    told = desk.tell_patient(desk.sample_visit())
    sections = [it for page in told.pages for row in page.rows for it in row.sections]
    return next(it for it in sections if it.id == "plan")


def paint(qtbot: QtBot, look: Theme, block: Figure) -> QImage:
    figure = SheetFigure(look, block)
    qtbot.addWidget(figure)
    figure.resize(figure.sizeHint())
    return figure.grab().toImage()


def count(image: QImage, colour: QColor, first: float, last: float) -> int:
    """Return how many points between two parts of the width have a colour."""
    wanted, width = colour.rgb(), image.width()
    across = range(round(width * first), round(width * last))
    return sum(image.pixel(x, y) == wanted for x in across for y in range(40, image.height()))


def test_the_picture_that_the_words_speak_of_is_there(
    qtbot: QtBot, look: Theme, plan: Section
) -> None:
    card = show_section(look, plan)
    qtbot.addWidget(card)

    figure = card.findChild(SheetFigure)
    words = [label.text() for label in card.findChildren(QLabel)]

    assert isinstance(figure, SheetFigure)
    assert "The numbers match those in the picture." in words
    (block,) = [it for it in plan.blocks if isinstance(it, Figure)]
    assert figure.accessibleName() == block.description


@pytest.mark.parametrize(("side", "first", "last"), [("right", 0.0, 0.48), ("left", 0.52, 1.0)])
def test_one_side_is_hatched_alone_and_the_patients_right_is_on_the_left(
    qtbot: QtBot, look: Theme, side: Side, first: float, last: float
) -> None:
    image = paint(qtbot, look, replace(FACE, zones=(Zone(area="cheeks", side=side, number=1),)))
    tint = look.color("accent_soft")

    there = count(image, tint, first, last)

    assert there > 100
    assert count(image, tint, 0.0, 1.0) == there


def test_a_layout_from_right_to_left_changes_no_side(
    qtbot: QtBot, look: Theme, qapp: QApplication
) -> None:
    """The names of the sides changed places, over a face that stayed as it was."""
    usual = paint(qtbot, look, FACE)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        assert paint(qtbot, look, FACE) == usual
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_half_of_an_area_of_the_middle_is_hatched_on_its_side(qtbot: QtBot, look: Theme) -> None:
    tint = look.color("accent_soft")
    whole, half = (
        count(paint(qtbot, look, replace(FACE, zones=(zone,))), tint, 0.0, 1.0)
        for zone in (Zone(area="chin", side="", number=1), Zone(area="chin", side="left", number=1))
    )

    assert 0 < half < 0.7 * whole


def test_face_and_body_stand_side_by_side(qtbot: QtBot, look: Theme) -> None:
    zones = (Zone(area="cheeks", side="", number=1), Zone(area="abdomen", side="", number=2))
    both = SheetFigure(look, replace(FACE, zones=zones))
    qtbot.addWidget(both)

    assert len(both.drawings) == 2
    assert both.sizeHint().width() == 2 * SheetFigure(look, FACE).sizeHint().width()


@pytest.mark.parametrize(("width", "direction"), [(1200, "LeftToRight"), (420, "TopToBottom")])
def test_the_words_stand_beside_it_where_there_is_room(
    qtbot: QtBot, look: Theme, plan: Section, width: int, direction: str
) -> None:
    card = show_section(look, plan)
    qtbot.addWidget(card)
    card.resize(width, 500)
    card.show()

    held = card.findChild(Beside)
    assert isinstance(held, Beside)
    wanted = QBoxLayout.Direction[direction]
    qtbot.waitUntil(lambda: held._row.direction() == wanted)


def test_an_area_that_no_drawing_shows_leaves_no_empty_room(qtbot: QtBot, look: Theme) -> None:
    section = Section(
        id="plan",
        heading="Your plan",
        blocks=(replace(FACE, zones=(Zone(area="nowhere", side="", number=1),)),),
    )
    card = show_section(look, section)
    qtbot.addWidget(card)

    assert card.findChild(SheetFigure) is None
