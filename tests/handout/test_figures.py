"""The drawings: every area can be marked, on the patient's own side, and never turned round."""

from __future__ import annotations

import io
import itertools
import math
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pdfplumber
import pikepdf
import pypdfium2
import pytest

from consult_app.errors import ConsultError, FileError
from consult_app.figures import load_figures
from consult_app.handout.document import (
    Figure,
    Handout,
    KeyPoint,
    KeyPoints,
    Page,
    Paragraph,
    Row,
    Section,
    Zone,
)
from consult_app.handout.drawing import RADIUS, Place, find_badges, spread
from consult_app.handout.figures import Drawing
from consult_app.handout.icons import load_icons
from consult_app.handout.pdf import draw
from consult_app.handout.style import MARGIN
from tests.handout.validators_reading import find_misplaced, read

Side = Literal["", "right", "left"]
UNTREATED = {
    "areola",
    "eyelid",
    "genital_mucosa",
    "lip_vermilion",
    "nasal_mucosa",
    "oral_mucosa",
    "orbital_inner",
}
"""Areas that are never treated, so no drawing marks them."""
BRAND = (10, 85, 92)
AREAS = "content/microneedling/areas.toml"


def _sheet(
    full_sheet: Handout, *zones: tuple[str, Side], beside: tuple[Paragraph, ...] = ()
) -> Handout:
    figure = Figure(
        zones=tuple(
            Zone(area=area, side=side, number=number)
            for number, (area, side) in enumerate(zones, start=1)
        ),
        description="Marked areas in words.",
        right_label="Your right",
        left_label="Your left",
    )
    section = Section(id="plan", heading="", blocks=(figure, *beside))
    return replace(full_sheet, pages=(Page(rows=(Row(sections=(section,)),)),))


def _spots(pdf: bytes, number: str) -> list[float]:
    """Return where a number stands, as a part of the frame's width from its left edge."""
    with pdfplumber.open(io.BytesIO(pdf)) as file:
        page = file.pages[0]
        words = page.extract_words()
        low = next(word["bottom"] for word in words if word["text"] == "right")
        frame = (43.0, 43.0 + 196.0)
        return [
            (char["x0"] - frame[0]) / (frame[1] - frame[0])
            for char in page.chars
            if char["text"] == number
            and char["mcid"] is not None
            and char["top"] > low
            and char["x1"] < frame[1]
        ]


def _hatching(pdf: bytes) -> tuple[int, int]:
    """Return how many points of brand colour lie on the left and on the right of the face."""
    image = pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil().convert("RGB")
    words = {}
    with pdfplumber.open(io.BytesIO(pdf)) as file:
        for word in file.pages[0].extract_words():
            words[word["text"]] = word
    top, middle = words["right"]["bottom"] + 30, 43.0 + 98.0
    counts = [0, 0]
    for x in range(90, 474):
        for y in range(int(2 * top), int(2 * (top + 190))):
            if image.getpixel((x, y)) == BRAND:
                counts[x > 2 * middle] += 1
    return counts[0], counts[1]


def test_the_patients_right_is_on_the_left_of_the_picture(
    full_sheet: Handout, resources: Path
) -> None:
    right = draw(_sheet(full_sheet, ("cheeks", "right")), paper="A4", resources=resources).pdf
    left = draw(_sheet(full_sheet, ("cheeks", "left")), paper="A4", resources=resources).pdf
    assert [spot < 0.5 for spot in _spots(right, "1")] == [True]
    assert [spot > 0.5 for spot in _spots(left, "1")] == [True]
    on_left, on_right = _hatching(right)
    assert on_left > 100
    assert on_right == 0
    on_left, on_right = _hatching(left)
    assert on_left == 0
    assert on_right > 100


def test_without_a_side_both_are_marked(full_sheet: Handout, resources: Path) -> None:
    both = draw(_sheet(full_sheet, ("cheeks", "")), paper="A4", resources=resources).pdf
    first, second = sorted(_spots(both, "1"))
    assert first < 0.5 < second
    on_left, on_right = _hatching(both)
    assert on_left == pytest.approx(on_right, rel=0.3)


def test_one_half_of_the_forehead_can_be_marked(full_sheet: Handout, resources: Path) -> None:
    half = draw(_sheet(full_sheet, ("forehead", "right")), paper="A4", resources=resources).pdf
    assert all(spot < 0.5 for spot in _spots(half, "1"))
    assert _hatching(half)[1] == 0


def test_side_names_stand_on_their_sides(full_sheet: Handout, resources: Path) -> None:
    for area, first in (("cheeks", "right"), ("back", "left")):
        pdf = draw(_sheet(full_sheet, (area, "")), paper="A4", resources=resources).pdf
        with pdfplumber.open(io.BytesIO(pdf)) as file:
            words = [word["text"] for word in file.pages[0].extract_words()]
        assert words.index(first) == min(words.index("right"), words.index("left"))


@pytest.mark.parametrize(("times", "level"), [(1, True), (60, False)])
def test_two_drawings_stand_side_by_side_where_that_saves_room(
    full_sheet: Handout, resources: Path, times: int, *, level: bool
) -> None:
    """Beside a short text; beside a long one each is larger under the other."""
    text = (Paragraph(text="Words beside the picture. " * times),)
    sheet = _sheet(full_sheet, ("cheeks", "left"), ("abdomen", ""), beside=text)
    pdf = draw(sheet, paper="A4", resources=resources).pdf
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        elements = [item for item in opened.objects if isinstance(item, pikepdf.Dictionary)]
        (figure,) = [item for item in elements if item.get("/S") == pikepdf.Name.Figure]
        left, low, right, high = (float(edge) for edge in figure.A.BBox)
    with pdfplumber.open(io.BytesIO(pdf)) as file:
        words = file.pages[0].extract_words()
    sides = {word["top"] for word in words if word["text"] in {"right", "left"}}

    assert (right - left > high - low) is level
    assert len(sides) == (1 if level else 2), "both names are divided where one is"


def test_no_number_stands_on_another_where_areas_are_near(
    full_sheet: Handout, resources: Path
) -> None:
    """Both numbers of the breasts go aside, each on its own side, and lines lead back."""
    zones: tuple[tuple[str, Side], ...] = (("scalp", ""), ("breasts", ""), ("chest", "left"))
    sheet = _sheet(full_sheet, *zones, beside=(Paragraph(text="Words."),))
    pdf = draw(sheet, paper="A4", resources=resources).pdf
    with pdfplumber.open(io.BytesIO(pdf)) as file:
        page = file.pages[0]
        high = next(word["top"] for word in page.extract_words() if word["text"] == "Words.")
        frame = page.crop((MARGIN, high, MARGIN + 200, high + 250))
        digits = [char for char in frame.chars if char["text"] in "123"]
        breasts = sorted(char["x0"] for char in digits if char["text"] == "2")
    middles = [((it["x0"] + it["x1"]) / 2, (it["top"] + it["bottom"]) / 2) for it in digits]

    assert len(breasts) == 2
    assert min(itertools.starmap(math.dist, itertools.combinations(middles, 2))) >= 2 * RADIUS * 12
    assert list(find_misplaced(read(pdf))) == []


def test_two_plans_for_one_area_share_its_badge(full_sheet: Handout, resources: Path) -> None:
    sheet = _sheet(full_sheet, ("cheeks", ""), ("cheeks", ""))
    pdf = draw(sheet, paper="A4", resources=resources).pdf
    with pdfplumber.open(io.BytesIO(pdf)) as file:
        assert file.pages[0].extract_text().count("1, 2") == 2


def test_every_area_that_is_treated_can_be_marked(resources: Path) -> None:
    path = resources / AREAS
    areas = {area["id"] for area in tomllib.loads(path.read_text(encoding="utf-8"))["area"]}
    drawings = [Drawing(figure) for figure in load_figures(resources).values()]
    drawn = {
        area
        for area in areas
        for drawing in drawings
        if drawing.shows(area) and drawing.marks(area, "") and drawing.spots(area, "")
    }
    assert areas - drawn == UNTREATED


def test_every_area_lies_inside_its_drawing_and_on_its_side(resources: Path) -> None:
    """On the patient's own side: seen from behind, the right is on the right."""
    for figure in load_figures(resources).values():
        x, y, width, height = figure.view
        for region in figure.regions:
            across = [point[0] for point in region.points]
            down = [point[1] for point in region.points]
            assert x <= min(across) <= max(across) <= x + width, region.place
            assert y <= min(down) <= max(down) <= y + height, region.place
            is_high = {"left": not figure.turned, "right": figure.turned}.get(region.place[1])
            if is_high is not None:
                middle = (min(across) + max(across)) / 2
                assert (middle > figure.axis) is is_high, region.place


def test_numbers_stand_on_the_side_that_is_meant(resources: Path) -> None:
    for figure in load_figures(resources).values():
        drawing = Drawing(figure)
        areas = {region.place[0] for region in figure.regions}
        areas |= {group.area for group in figure.groups if group.paired}
        for area in areas:
            (spot,) = drawing.spots(area, "right")
            assert (spot.badge[0] > figure.axis) is figure.turned, area


def test_numbers_in_a_margin_neither_touch_nor_leave_the_picture() -> None:
    assert spread([10.0, 40.0, 90.0], 20, 100) == [10, 40, 90]
    assert spread([10.0, 12.0, 50.0], 20, 100) == [10, 30, 50]
    assert spread([80.0, 90.0, 98.0], 20, 100) == [60, 80, 100]


def test_no_number_covers_whose_side_it_is(full_sheet: Handout, resources: Path) -> None:
    """Numbers stand in a disc; where one would reach the names in the corners, those move.

    Beside a text a picture is narrow, so that numbers stand nearest to the names.
    """
    high = _list_high_areas(resources)
    assert "scalp" in high
    for area in high:
        sheet = _sheet(full_sheet, (area, ""), beside=(Paragraph(text="What is told beside it."),))
        pdf = draw(sheet, paper="A4", resources=resources).pdf
        with pdfplumber.open(io.BytesIO(pdf)) as file:
            page = file.pages[0].crop((43, 43, 43 + 167, 43 + 300))
            names = [word for word in page.extract_words() if word["text"] in ("right", "left")]
            top = min(word["top"] for word in names) - 130
            discs = [char for char in page.chars if char["text"] == "1" and char["top"] > top]
        assert discs, area
        for disc in discs:
            x, y = ((disc[low] + disc[high]) / 2 for low, high in (("x0", "x1"), ("top", "bottom")))
            for word in names:
                across = max(word["x0"] - x, x - word["x1"], 0)
                along = max(word["top"] - y, y - word["bottom"], 0)
                assert across**2 + along**2 > (12 * RADIUS) ** 2, area


def _list_high_areas(resources: Path) -> list[str]:
    """Return the areas whose number stands in the upper quarter of a drawing."""
    areas = tomllib.loads((resources / AREAS).read_text(encoding="utf-8"))["area"]
    drawings = [Drawing(figure) for figure in load_figures(resources).values()]
    return [
        area["id"]
        for area in areas
        for drawing in drawings
        if any(
            spot.badge[1] < drawing.view[1] + drawing.view[3] / 4
            for spot in drawing.spots(area["id"], "")
        )
    ]


def test_an_area_no_drawing_shows_is_told_in_words(full_sheet: Handout, resources: Path) -> None:
    pdf = draw(_sheet(full_sheet, ("elsewhere", "")), paper="A4", resources=resources).pdf
    with pdfplumber.open(io.BytesIO(pdf)) as file:
        assert "Marked areas in words." in file.pages[0].extract_text()


def test_long_side_names_get_a_band_of_their_own(full_sheet: Handout, resources: Path) -> None:
    sheet = _sheet(full_sheet, ("cheeks", ""))
    section = sheet.pages[0].rows[0].sections[0]
    figure = section.blocks[0]
    assert isinstance(figure, Figure)
    named = replace(figure, right_label="Ihre rechte Seite", left_label="Ihre linke Seite")
    page = Page(rows=(Row(sections=(replace(section, blocks=(named,)),)),))
    pdf = draw(replace(sheet, pages=(page,)), paper="A4", resources=resources).pdf
    with pdfplumber.open(io.BytesIO(pdf)) as file:
        words = file.pages[0].extract_words()
    tops = {word["text"]: word["top"] for word in reversed(words)}
    assert tops["rechte"] > tops["1"]


def test_an_unknown_icon_is_refused(full_sheet: Handout, resources: Path) -> None:
    points = KeyPoints(points=(KeyPoint(icon="unicorn", title="No", text="Nothing."),))
    section = Section(id="main", heading="", blocks=(points,))
    sheet = replace(full_sheet, pages=(Page(rows=(Row(sections=(section,)),)),))
    with pytest.raises(ConsultError, match="unicorn"):
        draw(sheet, paper="A4", resources=resources)


def test_icons_are_only_lines_and_curves(resources: Path) -> None:
    for name, path in load_icons(resources / "handout" / "icons.json").items():
        tokens = path.split()
        operators = {token for token in tokens if token.isalpha()}
        assert operators <= {"m", "l", "c", "h"}, name
        numbers = [float(token) for token in tokens if not token.isalpha()]
        assert min(numbers) >= -2, name
        assert max(numbers) <= 258, name


def test_missing_pictures_are_reported(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        load_figures(tmp_path)
    with pytest.raises(FileError):
        load_icons(tmp_path / "icons.json")


@pytest.mark.parametrize(("scale", "aside"), [(0.25, True), (0.6, False)])
def test_a_number_stands_beside_an_area_that_it_would_hide(
    resources: Path, scale: float, *, aside: bool
) -> None:
    """On a full sheet the drawing is so small that of a hatched cheek only slivers were seen."""
    drawing = Drawing(load_figures(resources)["face"])
    place = Place(drawing, 40, 0, scale, 0, 40)
    zones = tuple(Zone(area=it, side="", number=1) for it in ("cheeks", "chin"))
    spots = find_badges(place, zones, apart := 2 * 12 * RADIUS + 2)

    edges = [40 + (x - drawing.view[0]) * scale for x in (68, 332)]
    assert len(spots) == 3
    for spot, (x, _), _ in spots:
        assert (spot.pointer is not None) is aside
        beside = x + apart / 2 <= edges[0] or x - apart / 2 >= edges[1]
        assert beside is aside
        assert apart / 2 <= x <= 80 + drawing.view[2] * scale - apart / 2, "within the frame"
