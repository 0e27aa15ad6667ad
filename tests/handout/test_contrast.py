"""Everything on the sheet can be told apart: dark enough to read, and without colour."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pdfplumber
import pikepdf
import pypdfium2
import pytest
from PIL.Image import Image

from consult_app.handout import style
from consult_app.handout.cards import CARDS
from consult_app.handout.clinic_look import ClinicLook
from consult_app.handout.document import Figure, Handout, Page, Row, Section, Table, Zone
from consult_app.handout.palette import choose_palette
from consult_app.handout.pdf import draw
from consult_app.paths import find_resources
from tests.handout.validators_cases import make_logo

RESOURCES = find_resources()
SCALE = 3
"""Points of the picture to a point of the page."""
TEXT, LINE = 7.0, 3.0
"""Least contrast of words, and of lines that mean something (WCAG 1.4.6 and 1.4.11)."""
ON_WHITE = ("INK", "QUIET", "BRAND", "RED", "GREEN")
ON_TINT = (
    ("INK", "TINT"), ("BRAND", "TINT"), ("INK", "STRONG_TINT"), ("INK", "ZEBRA"),
    ("INK", "GREEN_TINT"), ("GREEN", "GREEN_TINT"), ("INK", "RED_TINT"), ("RED", "RED_TINT"),
    ("WHITE", "BRAND"), ("WHITE", "RED"),
)  # fmt: skip
MEANING = (("WRITE_ON", "WHITE"), ("BRAND", "STRONG_TINT"), ("GREEN", "WHITE"), ("RED", "WHITE"))
"""Lines to write on, hatching of areas, borders of cards."""


def weigh(colour: str) -> float:
    """Return the relative luminance of `#RRGGBB`."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    dark, light = sorted((weigh(one), weigh(other)))
    return (light + 0.05) / (dark + 0.05)


def colour(name: str, *, grey: bool = False) -> str:
    """Return a colour of the palette, or what stands for it in black and white."""
    value: str = getattr(style, name)
    return choose_palette(ClinicLook(grey=grey)).get(value, value)


def test_black_on_white_is_21_to_1() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("grey", [False, True])
@pytest.mark.parametrize("name", ON_WHITE)
def test_words_on_white_are_dark_enough(name: str, *, grey: bool) -> None:
    assert contrast(colour(name, grey=grey), style.WHITE) >= TEXT


@pytest.mark.parametrize("grey", [False, True])
@pytest.mark.parametrize(("words", "ground"), ON_TINT)
def test_words_on_a_ground_are_dark_enough(words: str, ground: str, *, grey: bool) -> None:
    assert contrast(colour(words, grey=grey), colour(ground, grey=grey)) >= TEXT


@pytest.mark.parametrize("grey", [False, True])
@pytest.mark.parametrize(("line", "ground"), MEANING)
def test_lines_that_mean_something_are_seen(line: str, ground: str, *, grey: bool) -> None:
    assert contrast(colour(line, grey=grey), colour(ground, grey=grey)) >= LINE


def test_black_and_white_has_no_colour_and_no_ground_darker_than_a_tenth() -> None:
    greys = choose_palette(ClinicLook(colour="#E0559A", grey=True))
    assert set(greys) >= {colour(name) for name in (*ON_WHITE, "TINT", "RED_TINT", "GREEN_TINT")}
    assert all(grey[1:3] == grey[3:5] == grey[5:7] for grey in greys.values())
    grounds = {ground for _, ground in ON_TINT} - {"BRAND", "RED"}
    assert all(int(colour(ground, grey=True)[1:3], 16) >= 255 * 0.9 for ground in grounds)


@pytest.mark.parametrize("size", ["standard", "large"])
def test_a_sheet_in_black_and_white_has_not_one_dot_of_colour(
    full_sheet: Handout, size: style.Size
) -> None:
    """Its logo neither; in colour it has."""
    plain = replace(full_sheet, look=ClinicLook(logo=make_logo()))
    grey = replace(full_sheet, look=ClinicLook(logo=make_logo(), grey=True))
    for sheet, coloured in ((plain, True), (grey, False)):
        pdf = draw(sheet, paper="A4", size=size, resources=RESOURCES).pdf
        assert any(map(_has_colour, _print_pages(pdf))) is coloured


def _has_colour(picture: Image) -> bool:
    red, green, blue = picture.split()
    return red.tobytes() != green.tobytes() or green.tobytes() != blue.tobytes()


@pytest.mark.parametrize("size", ["standard", "large"])
def test_no_word_is_painted_in_another_colour(full_sheet: Handout, size: style.Size) -> None:
    """What is painted comes from the palette, so the pairs above are all there are."""
    palette = {_split(colour(name)) for name in (*ON_WHITE, "WHITE")}
    pdf = draw(full_sheet, paper="A4", size=size, resources=RESOURCES).pdf
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        used = {
            tuple(round(share * 255) for share in char["non_stroking_color"])
            for page in opened.pages
            for char in page.chars
        }
    assert used <= palette


@pytest.mark.parametrize("size", ["standard", "large"])
def test_every_word_stands_out_in_grey(full_sheet: Handout, size: style.Size) -> None:
    """As a black-and-white printer shows it: the ink of a word against what lies under it."""
    pdf = draw(full_sheet, paper="A4", size=size, resources=RESOURCES).pdf
    pictures = _print_grey(pdf)
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        for page, picture in zip(opened.pages, pictures, strict=True):
            for word in page.extract_words():
                edges = (word[edge] * SCALE for edge in ("x0", "top", "x1", "bottom"))
                tones = picture.crop(tuple(map(round, edges))).histogram()
                ground = tones.index(max(tones))
                seen = [tone for tone, count in enumerate(tones) if count]
                strongest = max(contrast(_tone(ground), _tone(tone)) for tone in seen)
                assert strongest >= TEXT, f"{word['text']} on {ground}"


def test_do_and_do_not_differ_in_grey(full_sheet: Handout) -> None:
    """One has a solid border and the other a broken one; both are seen, and icons differ too."""
    row = next(row for row in full_sheet.pages[1].rows if row.sections[0].tone == "do")
    pdf = _draw_row(full_sheet, row)
    (picture,) = _print_grey(pdf)
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        words = opened.pages[0].extract_words()
    height = (
        next(word["top"] for word in words if word["text"] == "After"),
        max(word["bottom"] for word in words if word["text"].startswith("Dec")),
    )
    solid = _follow(picture, style.MARGIN, height)
    broken = _follow(picture, picture.width / SCALE - style.MARGIN, height)
    assert solid > 0.95
    assert 0.4 < broken < 0.8
    assert CARDS["do"].icon != CARDS["avoid"].icon


def test_whom_to_call_is_framed_in_grey_too() -> None:
    for card in (CARDS["clinic"], CARDS["emergency"]):
        assert card.look.weight >= 2
        assert contrast(_grey(card.look.line), style.WHITE) >= TEXT


def test_every_level_of_a_meter_has_more_ink_than_the_one_below(full_sheet: Handout) -> None:
    table = Table(
        columns=("When", "What you may see"),
        rows=tuple((f"Day {day}", "Red") for day in range(1, 6)),
        meters=(0, 1, 2, 3, 4),
        meter_heading="Redness",
        meter_words=("None", "A little", "Some", "More", "Most"),
    )
    section = Section(id="healing", heading="How your skin will look", blocks=(table,))
    pdf = _draw_row(full_sheet, Row(sections=(section,)))
    (picture,) = _print_grey(pdf)
    inks = [_ink(picture.crop(box)) for box in _find_figures(pdf, picture)]
    assert len(inks) == 5
    assert all(more > less * 1.15 for less, more in pairwise(inks))


def test_a_marked_area_is_darker_than_the_same_skin_unmarked(full_sheet: Handout) -> None:
    """Two sheets with different areas: each is the darker one where its own area lies."""
    cheeks, forehead = (_show_face(full_sheet, area) for area in ("cheeks", "forehead"))
    for marked, other in ((cheeks, forehead), (forehead, cheeks)):
        gains = [
            light - dark
            for dark, light in zip(marked.tobytes(), other.tobytes(), strict=True)
            if light - dark > 20
        ]
        assert len(gains) > 0.015 * marked.width * marked.height
        assert sum(gains) / len(gains) > 60


# How pictures are looked at


def _split(name: str) -> tuple[int, ...]:
    return tuple(int(name[place : place + 2], 16) for place in (1, 3, 5))


def _grey(name: str) -> str:
    """Return the grey a black-and-white printer makes of a colour."""
    red, green, blue = _split(name)
    return _tone(round(0.299 * red + 0.587 * green + 0.114 * blue))


def _tone(level: int) -> str:
    return f"#{level:02X}{level:02X}{level:02X}"


def _print_pages(pdf: bytes, scale: float = 1) -> list[Image]:
    """Return the pages as they are seen."""
    with pypdfium2.PdfDocument(pdf) as opened:
        return [page.render(scale=scale).to_pil() for page in opened]


def _print_grey(pdf: bytes) -> list[Image]:
    """Return the pages without colour."""
    return [page.convert("L") for page in _print_pages(pdf, SCALE)]


def _draw_row(sheet: Handout, row: Row) -> bytes:
    """Return a sheet with one row only."""
    alone = replace(sheet, pages=(Page(rows=(row,)),))
    return draw(alone, paper="A4", resources=RESOURCES).pdf


def _follow(picture: Image, x: float, height: tuple[float, float]) -> float:
    """Return how much of an upright border is painted, between two heights in points."""
    left = round(x * SCALE)
    rows = range(*(round(edge * SCALE) for edge in height))
    strips = (picture.crop((left - 2, row, left + 2, row + 1)).tobytes() for row in rows)
    return sum(min(strip) < 140 for strip in strips) / len(rows)


def _ink(picture: Image) -> float:
    tones = picture.tobytes()
    return sum(255 - tone for tone in tones) / len(tones)


def _find_figures(pdf: bytes, picture: Image) -> list[tuple[int, int, int, int]]:
    """Return where the figures stand in the picture, in reading order."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        boxes = list(_find_boxes(opened.Root.StructTreeRoot.K))
    return [
        (
            round(left * SCALE), picture.height - round(high * SCALE),
            round(right * SCALE), picture.height - round(low * SCALE),
        )
        for left, low, right, high in boxes
    ]  # fmt: skip


def _find_boxes(element: pikepdf.Object) -> Iterator[tuple[float, ...]]:
    if element.get("/S") == pikepdf.Name.Figure:
        yield tuple(float(edge) for edge in element.A.BBox)
    for kid in element.get("/K", pikepdf.Array()):
        if "/K" in kid:
            yield from _find_boxes(kid)


def _show_face(sheet: Handout, area: str) -> Image:
    """Return the picture of the face with one area marked."""
    section = Section(
        id="plan",
        heading="Where we will treat",
        blocks=(
            Figure(
                zones=(Zone(area=area, side="", number=1),),
                description="A face from the front with one area marked.",
                right_label="Your right",
                left_label="Your left",
            ),
            Table(columns=("Area", "Why"), rows=(("Skin", "Lines"),), numbered=True),
        ),
    )
    pdf = _draw_row(sheet, Row(sections=(section,)))
    (picture,) = _print_grey(pdf)
    (box,) = _find_figures(pdf, picture)
    return picture.crop(box)
