# ruff: noqa: RUF001 - the curly apostrophe is meant
"""The map: sides are never swapped, every place is reached, severity never rests on colour."""

from __future__ import annotations

import json
import runpy
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.body_areas import BODY_AREAS, SCAR_SITES
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.facemap import FaceMap, list_face_areas
from consult_app.gui.widgets.figure import list_figures, load_picture
from consult_app.gui.widgets.regions import FaceRegion

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


def as_region(face: FaceMap, area: str, side: str = "") -> FaceRegion:
    """Return a region of the drawn face."""
    region = face.region(area, side)
    assert isinstance(region, FaceRegion)
    return region


def test_every_area_of_the_program_has_a_place() -> None:
    paired = {(area, side) for area in PAIRED for side in ("right", "left")}
    assert set(list_face_areas()) == paired | {(area, "") for area in MIDDLE}


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


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_the_patients_right_is_at_the_viewers_left_in_both_directions(
    theme: Theme, put: Put, qapp: QApplication, direction: Qt.LayoutDirection
) -> None:
    """Anatomy is never mirrored, and neither are the captions that name the sides."""
    qapp.setLayoutDirection(direction)
    try:
        face = FaceMap(theme)
        put(face, width=340, height=560)
        middle = face.canvas.width() / 2
        assert face.right_caption.text() == "Patient’s right"
        assert (
            face.right_caption.mapTo(face, QPoint(0, 0)).x()
            < face.left_caption.mapTo(face, QPoint(0, 0)).x()
        )
        for area in PAIRED:
            assert as_region(face, area, "right").geometry().center().x() < middle
            assert as_region(face, area, "left").geometry().center().x() > middle
            assert face.region(area, "right").accessibleName().startswith("Right ")
            assert face.region(area, "left").accessibleName().startswith("Left ")
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


def test_a_click_inside_selects_and_one_in_a_gap_does_not(face: FaceMap, qtbot: QtBot) -> None:
    nose = as_region(face, "nose")
    with qtbot.waitSignal(face.selected, timeout=1000) as told:
        spot = nose.badge.toPoint() - nose.pos()
        QTest.mouseClick(nose, Qt.MouseButton.LeftButton, pos=spot)
    assert told.args == ["nose", ""]
    with qtbot.assertNotEmitted(face.selected):
        QTest.mouseClick(nose, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    eye = face.canvas.transform().map(QPointF(262, 222)).toPoint()
    assert face.canvas.childAt(eye) is None


def test_the_map_is_one_tab_stop(theme: Theme, put: Put, press: Press) -> None:
    before, after, face = Button(theme, "Before"), Button(theme, "After"), FaceMap(theme)
    put(before, face, after, width=340, height=700)
    face.select("chin")
    before.setFocus()
    press(Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is face.region("chin")
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is after


def test_a_finding_is_named_and_numbered(face: FaceMap) -> None:
    face.set_findings({("cheeks", "right"): 3, ("knees", ""): 2})
    cheek = face.region("cheeks", "right")
    assert cheek.accessibleName() == "Right cheek"
    assert cheek.accessibleDescription() == "Marked, 3 of 4"
    assert face.region("cheeks", "left").accessibleDescription() == "no findings"
    assert face.region("knees").accessibleDescription() == "Moderate, 2 of 4"
    face.set_findings({})
    assert cheek.accessibleDescription() == "no findings"


def test_the_number_is_drawn(face: FaceMap) -> None:
    """In its disc, so that severity can be read without seeing colours."""
    ink = face.canvas.theme.color("text")
    spot = as_region(face, "cheeks", "right").badge.toPoint() + QPoint(-7, 0)
    assert face.canvas.grab().toImage().pixelColor(spot) != ink
    face.set_findings({("cheeks", "right"): 3})
    assert face.canvas.grab().toImage().pixelColor(spot) == ink


def test_a_finding_without_a_side_shows_on_both(face: FaceMap) -> None:
    face.set_findings({("cheeks", ""): 2})
    assert face.region("cheeks", "right").grade == face.region("cheeks", "left").grade == 2


def test_last_visits_map_is_an_outline_and_never_a_finding(face: FaceMap) -> None:
    plain = face.canvas.grab().toImage()
    face.set_outline({("temples", "left")})
    assert face.canvas.grab().toImage() != plain
    region = face.region("temples", "left")
    assert region.grade == 0
    assert region.accessibleDescription() == "no findings"


def test_only_one_place_is_chosen_on_face_and_body_together(face: FaceMap) -> None:
    face.select("cheeks", "left")
    face.select("abdomen")
    assert face.selection() == ("abdomen", "")
    assert not face.region("cheeks", "left").isChecked()
    assert face.region("abdomen").isVisible()


def test_arrows_walk_the_body_areas_in_order(face: FaceMap, press: Press) -> None:
    areas = BODY_AREAS + SCAR_SITES
    face.select(areas[0])
    face.take_focus()
    for area in areas[1:]:
        press(Qt.Key.Key_Down)
        assert face.selection() == (area, "")
    press(Qt.Key.Key_Down)
    assert face.selection() == (areas[-1], "")


def test_regions_can_be_hit_with_a_finger_or_at_least_a_pen(face: FaceMap) -> None:
    """Under 44 px is allowed here alone, because a menu of all regions is an equal way in."""
    for place in list_face_areas():
        region = as_region(face, *place)
        assert min(region.width(), region.height()) >= 20, place


def test_a_place_that_does_not_exist_is_refused(face: FaceMap) -> None:
    with pytest.raises(KeyError):
        face.select("elbow")


@pytest.mark.parametrize(("width", "percent"), [(300, 100), (300, 130), (420, 100), (460, 130)])
def test_names_of_body_areas_are_never_cut(
    theme: Theme, put: Put, width: int, percent: int
) -> None:
    theme.set_text_percent(percent)
    face = FaceMap(theme)
    put(face, width=width, height=600)
    face.set_findings({(area, ""): 4 for area in BODY_AREAS})
    face.select("abdomen")
    QApplication.processEvents()
    for area in BODY_AREAS:
        button = face.region(area)
        assert button.width() >= button.sizeHint().width(), area
        assert button.geometry().right() <= face.width(), area
