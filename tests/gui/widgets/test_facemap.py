# ruff: noqa: RUF001 - the curly apostrophe is meant
"""The map: sides are never swapped, every place is reached, severity never rests on colour."""

from __future__ import annotations

import json
import runpy
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.facemap import FaceMap
from consult_app.gui.widgets.figure import list_figures, list_places, load_picture
from consult_app.gui.widgets.regions import Region, Told
from consult_app.gui.widgets.words import ENGLISH

Put = Callable[..., QMainWindow]
Press = Callable[..., None]
PAIRED = ("temples", "crows_feet", "ears", "under_eye_rim", "cheeks", "jawline")
MIDDLE = ("scalp", "forehead", "glabella", "nose", "upper_lip", "chin", "neck")
FIGURES = ("face", "front", "back")


@pytest.fixture
def face(theme: Theme, put: Put) -> FaceMap:
    """A map as wide as on a small laptop."""
    widget = FaceMap(theme)
    put(widget, width=340, height=560)
    return widget


class Painted(QObject):
    """What of a widget is painted from now on."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.region = QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Add what is painted."""
        if isinstance(event, QPaintEvent):
            self.region = self.region.united(event.region())
        return False


def pores(grade: int) -> tuple[Told, ...]:
    """Return one finding."""
    return (("Enlarged pores", grade),)


def test_every_area_of_the_program_has_a_place_or_is_a_larger_or_untreated_one(
    resources: Path,
) -> None:
    path = resources / "content" / "microneedling" / "areas.toml"
    areas = tomllib.loads(path.read_text(encoding="utf-8"))["area"]
    drawn = {area for name in FIGURES for area, _ in list_places(name)}
    parents = {parent for area in areas for parent in area.get("under", ())}
    for area in areas:
        if not area.get("prohibited") and area["id"] not in parents:
            assert area["id"] in drawn, area["id"]
        assert ENGLISH.areas[area["id"]]
    paired = {(area, side) for area in PAIRED for side in ("right", "left")}
    assert set(list_places("face")) == paired | {(area, "") for area in MIDDLE}


def test_the_baked_figures_are_the_drawn_ones(resources: Path) -> None:
    """Whoever changes a drawing bakes it again: `python resources/figures/bake.py`."""
    figures = resources / "figures"
    bake = runpy.run_path(str(figures / "bake.py"))["bake"]
    baked = json.loads((figures / "figures.json").read_text(encoding="utf-8"))
    assert list_figures() == tuple(baked) == FIGURES
    for name in FIGURES:
        assert bake(name) == baked[name], name


@pytest.mark.parametrize("name", FIGURES)
def test_outlines_are_thin_data(name: str) -> None:
    """Thousands of points would make opening the window slow."""
    for outline in load_picture(name).regions:
        assert 15 < outline.path.elementCount() < 160, outline.place


@pytest.mark.parametrize("name", FIGURES)
def test_no_two_regions_overlap(name: str) -> None:
    regions = load_picture(name).regions
    for index, one in enumerate(regions):
        for other in regions[index + 1 :]:
            assert not one.path.intersects(other.path), (one.place, other.place)


@pytest.mark.parametrize("name", FIGURES)
def test_every_number_stands_inside_its_region(name: str) -> None:
    for outline in load_picture(name).regions:
        assert outline.path.contains(outline.badge), outline.place


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_the_patients_sides_are_never_swapped(
    theme: Theme, put: Put, qapp: QApplication, direction: Qt.LayoutDirection, name: str
) -> None:
    """Neither the drawing is mirrored nor the captions; from behind the right is on the right."""
    qapp.setLayoutDirection(direction)
    try:
        face = FaceMap(theme)
        put(face, width=340, height=560)
        face.tabs.cell(name).click()
        canvas = face.page.canvas
        first, last = face.page.captions
        at_left = "left" if name == "back" else "right"
        assert first.text() == f"Patient’s {at_left}"
        assert first.mapTo(face, QPoint(0, 0)).x() < last.mapTo(face, QPoint(0, 0)).x()
        for (area, side), region in canvas.regions.items():
            if side:
                middle = region.geometry().center().x()
                assert (middle < canvas.width() / 2) is (side == at_left), (area, side)
                assert region.accessibleName().startswith(f"{side.capitalize()} ")
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.parametrize("name", FIGURES)
def test_arrows_reach_every_region_from_every_region(name: str) -> None:
    regions = load_picture(name).regions
    lead = {o.place: [n for n in o.neighbours if n is not None] for o in regions}
    for start in lead:
        seen, todo = {start}, [start]
        while todo:
            fresh = [there for there in lead[todo.pop()] if there not in seen]
            seen.update(fresh)
            todo.extend(fresh)
        assert seen == set(lead), start


@pytest.mark.parametrize("name", FIGURES)
def test_an_arrow_leads_where_it_points(name: str) -> None:
    """Up is up and left is left as seen, so nobody loses the way."""
    regions = load_picture(name).regions
    badges = {outline.place: outline.badge for outline in regions}
    for outline in regions:
        up, down, left, right = outline.neighbours
        here = outline.badge
        assert up is None or badges[up].y() < here.y(), outline.place
        assert down is None or badges[down].y() > here.y(), outline.place
        assert left is None or badges[left].x() < here.x(), outline.place
        assert right is None or badges[right].x() > here.x(), outline.place
        assert outline.place not in outline.neighbours, outline.place


def test_arrow_keys_walk_and_select(face: FaceMap, press: Press, qtbot: QtBot) -> None:
    face.select("nose")
    face.take_focus()
    with qtbot.waitSignal(face.selected, timeout=1000) as told:
        press(Qt.Key.Key_Down)
    assert told.args == ["upper_lip", ""]
    press(Qt.Key.Key_Left)
    assert face.selection() == ("cheeks", "right")
    press(Qt.Key.Key_Left)
    assert face.selection() == ("cheeks", "right")


@pytest.mark.parametrize("grade", range(5))
def test_a_digit_grades_the_chosen_place(
    face: FaceMap, press: Press, qtbot: QtBot, grade: int
) -> None:
    face.select("cheeks", "left")
    face.take_focus()
    key = Qt.Key(Qt.Key.Key_0 + grade)
    with qtbot.waitSignal(face.graded, timeout=1000) as told:
        press(key)
    assert told.args == ["cheeks", "left", grade]


def test_a_click_inside_selects(face: FaceMap, qtbot: QtBot) -> None:
    nose = face.region("nose")
    with qtbot.waitSignal(face.selected, timeout=1000) as told:
        spot = nose.badge.toPoint() - nose.pos()
        QTest.mouseClick(nose, Qt.MouseButton.LeftButton, pos=spot)
    assert told.args == ["nose", ""]


def test_a_click_beside_counts_for_the_nearest_region(face: FaceMap, qtbot: QtBot) -> None:
    canvas = face.page.canvas
    ear = face.region("ears", "left")
    beside = ear.geometry().center() + QPoint(ear.width() // 2 + 20, 0)
    with qtbot.waitSignal(face.selected, timeout=1000) as told:
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=beside)
    assert told.args == ["ears", "left"]
    assert QApplication.focusWidget() is ear
    far = canvas.rect().bottomRight() - QPoint(4, 200)
    with qtbot.assertNotEmitted(face.selected):
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=far)


def test_a_press_that_travels_chooses_nothing(face: FaceMap, qtbot: QtBot) -> None:
    canvas = face.page.canvas
    beside = face.region("ears", "left").geometry().center() + QPoint(20, 0)
    with qtbot.assertNotEmitted(face.selected):
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=beside)
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=beside + QPoint(0, 40))


@pytest.mark.parametrize("name", FIGURES)
def test_every_region_can_be_hit_with_a_finger(face: FaceMap, name: str) -> None:
    """Around its number, whatever a fingertip covers leads here or to a nearer one."""
    face.tabs.cell(name).click()
    canvas = face.page.canvas
    for region in canvas.regions.values():
        spots = [
            region.badge + QPointF(across, down)
            for across in range(-20, 21, 5)
            for down in range(-20, 21, 5)
        ]
        hits = [canvas.region_near(spot) for spot in spots]
        assert hits[len(hits) // 2] is region, region.place
        assert None not in hits, region.place


def test_the_map_is_one_tab_stop_after_its_tabs(theme: Theme, put: Put, press: Press) -> None:
    before, after, face = Button(theme, "Before"), Button(theme, "After"), FaceMap(theme)
    put(before, face, after, width=340, height=700)
    face.select("chin")
    before.setFocus()
    press(Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is face.region("chin")
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is after


def test_findings_are_named_and_numbered(face: FaceMap) -> None:
    face.set_findings({("cheeks", "right"): (("Acne scars", 3), ("Enlarged pores", 1))})
    cheek = face.region("cheeks", "right")
    assert cheek.accessibleName() == "Right cheek: acne scars, marked; enlarged pores, mild"
    assert cheek.accessibleDescription() == ""
    assert cheek.grade == 3
    assert face.region("cheeks", "left").accessibleName() == "Left cheek"
    assert face.region("cheeks", "left").accessibleDescription() == "no findings"
    face.set_findings({})
    assert cheek.accessibleName() == "Right cheek"


def test_the_number_is_drawn(face: FaceMap) -> None:
    """In its disc, so that severity can be read without seeing colours."""
    canvas, badge = face.page.canvas, face.region("cheeks", "right").badge
    dark = canvas.theme.color("text").lightness() + 10

    def is_inked(across: float, down: float) -> bool:
        picture = canvas.grab().toImage()
        return picture.pixelColor((badge + QPointF(across, down)).toPoint()).lightness() < dark

    assert not is_inked(-8, 0)
    face.set_findings({("cheeks", "right"): pores(3)})
    assert is_inked(-8, 0)
    assert not is_inked(12, -9)
    face.set_findings({("cheeks", "right"): (*pores(3), ("Acne scars", 1))})
    assert is_inked(12, -9), "a second disc tells of more"


def test_a_finding_without_a_side_shows_on_both(face: FaceMap) -> None:
    face.set_findings({("cheeks", ""): pores(2)})
    assert face.region("cheeks", "right").grade == face.region("cheeks", "left").grade == 2


def test_what_this_drawing_does_not_show_is_named_beneath_it(face: FaceMap) -> None:
    face.set_findings({("abdomen", ""): pores(2), ("eyelid", ""): pores(1), ("nose", ""): pores(4)})
    assert face._elsewhere.text() == "Elsewhere: Abdomen 2, Eyelid 1"
    face.select("abdomen")
    assert face._elsewhere.text() == "Elsewhere: Eyelid 1, Nose 4"
    face.set_findings({})
    assert not face._elsewhere.isVisible()


def test_what_the_visit_before_found_on_another_drawing_is_said_in_words(
    qtbot: QtBot, look: Theme
) -> None:
    """Who sees a face first would not know that the back was part of it."""
    face = FaceMap(look)
    qtbot.addWidget(face)
    face.set_outline({("upper_back", ""), ("cheeks", "left"), ("shoulders", "left")})

    said = "Elsewhere at the last visit: Left shoulder, Upper back"
    assert face._elsewhere.text() == said
    face.set_findings({("upper_back", ""): (("Acne scars", 2),)})
    told = face._elsewhere.text().splitlines()
    assert told == ["Elsewhere: Upper back 2", "Elsewhere at the last visit: Left shoulder"]
    face.turn("back")
    assert face._elsewhere.text() == "Elsewhere at the last visit: Left cheek"
    face.set_outline({("face", "")})
    face.turn("face")
    assert face._elsewhere.text() == "Elsewhere: Upper back 2"


def test_last_visits_map_is_an_outline_and_never_a_finding(face: FaceMap) -> None:
    plain = face.page.canvas.grab().toImage()
    face.set_outline({("temples", "left")})
    assert face.page.canvas.grab().toImage() != plain
    region = face.region("temples", "left")
    assert region.grade == 0
    assert region.accessibleDescription() == "no findings, Seen last visit"
    assert not face.region("temples", "right").outlined


def test_the_plan_is_hatched_with_all_parts_of_a_larger_area(face: FaceMap) -> None:
    plain = face.page.canvas.grab().toImage()
    face.set_planned({("chin_jaw", ""), ("cheeks", "left")})
    assert face.page.canvas.grab().toImage() != plain
    planned = {place for place, region in face.page.canvas.regions.items() if region.planned}
    assert planned == {("chin", ""), ("jawline", "right"), ("jawline", "left"), ("cheeks", "left")}
    assert face.region("chin").accessibleDescription() == "no findings, In the plan"
    assert face._key.isVisible()


def test_only_one_place_is_chosen_on_all_drawings_together(face: FaceMap) -> None:
    face.select("cheeks", "left")
    face.select("thighs", "left")
    assert face.figure == "front"
    assert face.selection() == ("thighs", "left")
    face.tabs.cell("back").click()
    assert face.region("thighs", "left").isChecked(), "the same thigh from behind"
    face.tabs.cell("face").click()
    assert not face.region("cheeks", "left").isChecked()
    face.leave()
    assert face.selection() is None
    face.tabs.cell("back").click()
    assert not face.region("thighs", "left").isChecked()


def test_arrows_walk_the_body(face: FaceMap, press: Press) -> None:
    face.select("chest")
    face.take_focus()
    press(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right)
    assert face.selection() == ("flanks", "left")
    press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert face.selection() == ("knees", "left")


def test_a_place_that_no_drawing_has_is_refused(face: FaceMap) -> None:
    with pytest.raises(KeyError):
        face.select("eyelid")
    assert isinstance(face.region("nose"), Region)


def test_only_the_drawing_that_is_shown_is_made(face: FaceMap) -> None:
    """Opening the panel must not wait for what nobody looks at yet."""
    assert list(face._made) == ["face"]
    face.select("abdomen")
    assert list(face._made) == ["face", "front"]


def test_a_place_that_is_left_keeps_no_trace_of_its_outline(face: FaceMap) -> None:
    """The outline lies around the shape, which is all that Qt paints by itself."""
    face.select("cheeks", "right")
    QApplication.processEvents()
    painted = Painted(face.page.canvas)
    face.select("nose")
    QApplication.processEvents()
    left = face.region("cheeks", "right").path_on_map().boundingRect().adjusted(-2, -2, 2, 2)
    assert painted.region.contains(left.toAlignedRect().topLeft())
