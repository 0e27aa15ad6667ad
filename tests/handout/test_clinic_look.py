"""A clinic's sign, colour and page: shown as they are wanted, readable by everyone."""

from __future__ import annotations

import io
import itertools
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from consult_app.errors import ConsultError
from consult_app.handout.blocks_page import QUIET, SIDE
from consult_app.handout.clinic_look import ClinicLook, is_colour, is_page
from consult_app.handout.compose_length import list_sections
from consult_app.handout.logo import MOST, read_logo
from consult_app.handout.palette import SHARES, choose_palette, contrast, darken, recolour
from consult_app.handout.pdf import draw
from consult_app.handout.pen import paint_with
from consult_app.handout.style import BRAND, RED, TINT, Size
from tests.handout.compose_cases import RECIPIENT, RESOURCES, make_composed, spaced
from tests.handout.validators import find_faults
from tests.handout.validators_cases import make_logo
from tests.handout.validators_reading import read

URL = "https://harbour.example/care?from=sheet&n=(1)"
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")
DPI = 100


LOOK = ClinicLook(colour="#E0559A", logo=make_logo(), logo_text="A pink sign", page=URL)


def _draw(look: ClinicLook = LOOK, size: Size = "standard") -> bytes:
    handout = make_composed(recipient=replace(RECIPIENT, look=look), cut=6)
    return draw(handout, paper="A4", size=size, resources=RESOURCES).pdf


@given(COLOURS)
def test_every_colour_is_made_readable_on_white_and_on_its_own_tint(colour: str) -> None:
    palette = choose_palette(ClinicLook(colour=colour))

    assert contrast(palette[BRAND], "#FFFFFF") >= 7
    assert contrast(palette[BRAND], palette[TINT]) >= 7
    assert set(palette) == {BRAND, *SHARES}
    assert darken(palette[BRAND]) == palette[BRAND], "what is dark enough is left alone"


def test_the_hue_is_kept() -> None:
    red, green, blue = (int(darken("#E0559A")[place : place + 2], 16) for place in (1, 3, 5))

    assert red > blue > green


def test_red_stays_what_it_means() -> None:
    painted = [f"{paint_with(BRAND)} f", f"{paint_with(RED)} f"]

    blue = [f"{paint_with(darken('#0000AA'))} f", painted[1]]
    assert recolour(painted, ClinicLook(colour="#0000AA")) == blue
    assert recolour(painted, ClinicLook()) == painted


@pytest.mark.parametrize("size", ["standard", "large"])
def test_the_sheet_with_sign_colour_and_page_is_as_accessible_as_without(size: Size) -> None:
    pdf = _draw(size=size)
    told = {picture.alt for picture in read(pdf).root.find("Figure")}

    assert find_faults(pdf) == []
    assert "A pink sign" in told
    assert f"A code to scan that leads to {URL}" in told


def test_the_address_can_be_pressed_and_is_told_in_words() -> None:
    with pikepdf.open(io.BytesIO(_draw())) as pdf:
        (link,) = [link for page in pdf.pages for link in page.get("/Annots", [])]
        owners = pdf.Root.StructTreeRoot.ParentTree.Nums
        owner = owners[list(owners)[::2].index(link.StructParent) * 2 + 1]

        assert str(link.A.URI) == URL
        assert str(link.Contents) == f"A code to scan that leads to {URL}"
        assert pikepdf.Name.Link == owner.S


@pytest.mark.parametrize("size", ["standard", "large"])
def test_a_long_address_is_divided_at_its_signs_and_read_in_one_piece(size: Size) -> None:
    url = "https://www.harbour-skin-clinic.example/patients/after-your-treatment/care?from=sheet"
    reading = read(_draw(replace(LOOK, page=url), size=size))
    shown = [line.text for side in reading.sides for line in side.lines]
    parts = shown[shown.index(next(line for line in shown if line.startswith("https"))) :]
    address = list(itertools.takewhile(lambda part: part in url, parts))

    assert url in reading.said
    assert len(address) > 1
    assert "".join(address) == url
    assert all(part[-1] in "/.-?&=" for part in address[:-1])


def test_the_code_is_read_from_a_coarse_black_and_white_print() -> None:
    """Every module is where it has to be when printed with 100 dots in an inch, without grey."""
    matrix = segno.make(URL, error="m", micro=False, boost_error=False).matrix
    pdf = pypdfium2.PdfDocument(_draw())
    bounds = _find_code(pdf)
    page = pdf[bounds[0]].render(scale=DPI / 72, grayscale=True).to_pil().convert("1")
    pdf.close()
    left, top = (edge * DPI / 72 for edge in bounds[1:])
    module = SIDE / (len(matrix) + 2 * QUIET) * DPI / 72

    for row, line in enumerate(matrix):
        for column, dark in enumerate(line):
            x, y = (left + (QUIET + column + 0.5) * module, top + (QUIET + row + 0.5) * module)
            assert (page.getpixel((int(x), int(y))) == 0) is bool(dark)


def _find_code(pdf: pypdfium2.PdfDocument) -> tuple[int, float, float]:
    """Return the page of the code and its upper left corner, from the bounds it is told with."""
    with pikepdf.open(io.BytesIO(_draw())) as opened:
        elements = [item for item in opened.objects if isinstance(item, pikepdf.Dictionary)]
        (code,) = [item for item in elements if "A code to scan" in str(item.get("/Alt", ""))]
        left, _, _, high = (float(edge) for edge in code.A.BBox)
        pages = [str(page.objgen) for page in opened.pages]
        number = pages.index(str(code.K[0].Pg.objgen))
    return number, left, pdf[number].get_height() - high


def test_without_a_page_there_is_no_code_and_without_a_logo_no_picture() -> None:
    ids = [one.id for one in list_sections(make_composed())]
    with pikepdf.open(io.BytesIO(_draw(ClinicLook()))) as pdf:
        assert all("/XObject" not in page.Resources for page in pdf.pages)
        assert all("/Annots" not in page for page in pdf.pages)
    assert "page" not in ids


def test_the_plain_text_tells_the_page() -> None:
    assert URL in spaced(make_composed(recipient=replace(RECIPIENT, look=LOOK)))


@pytest.mark.parametrize(("width", "height"), [(600, 100), (100, 600), (9000, 30), (1, 1)])
def test_no_logo_is_larger_than_its_place_or_out_of_shape(width: int, height: int) -> None:
    logo = read_logo(make_logo(width, height))

    assert logo.width <= MOST[0] + 0.01
    assert logo.height <= MOST[1] + 0.01
    assert max(logo.width / MOST[0], logo.height / MOST[1]) == pytest.approx(1)


def test_a_picture_that_cannot_be_read_says_what_to_do() -> None:
    with pytest.raises(ConsultError, match="logo cannot be read") as caught:
        read_logo(b"GIF89a nothing")
    assert "Settings" in caught.value.advice


def test_what_is_no_colour_and_no_page_is_told_apart() -> None:
    assert is_colour("#0a555C")
    assert not any(map(is_colour, ("red", "#12345", "#GGGGGG", "")))
    assert is_page(URL)
    assert not any(map(is_page, ("harbour.example", "javascript:alert(1)", "https://a b.example")))
