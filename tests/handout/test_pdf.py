"""The drawn sheet: pages, type, fonts, words in order, room, sameness, and what stops it."""

from __future__ import annotations

import builtins
import hashlib
import io
import itertools
import operator
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pytest
from pdfplumber.page import Page as PdfPage

from consult_app.errors import ConsultError
from consult_app.handout.document import (
    Bullets,
    Handout,
    Page,
    Paragraph,
    Row,
    Section,
)
from consult_app.handout.fonts import forget_texts, open_typeface
from consult_app.handout.letterhead import fit_foot
from consult_app.handout.pdf import Drawn, draw
from consult_app.handout.pen import Box, Pen
from consult_app.handout.pieces import Setting
from consult_app.handout.row import Line
from consult_app.handout.style import MARGIN, PAPERS, RHYTHMS, Paper, Size, large, standard
from tests.handout.reading_order import find_missing, list_texts, plain

PRINTABLE = 42.5
"""15 mm, in points."""
WIDTHS = {"A4": 595.28, "Letter": 612.0}


@pytest.fixture(scope="module", params=["A4", "Letter"])
def paper(request: pytest.FixtureRequest) -> Paper:
    return request.param  # type: ignore[no-any-return]  # pytest gives parameters without a type


@pytest.fixture(scope="module", params=["standard", "large"])
def size(request: pytest.FixtureRequest) -> Size:
    return request.param  # type: ignore[no-any-return]  # pytest gives parameters without a type


@pytest.fixture(scope="module")
def drawn(full_sheet: Handout, resources: Path, paper: Paper, size: Size) -> Drawn:
    return draw(full_sheet, paper=paper, size=size, resources=resources)


@pytest.fixture(scope="module")
def pages(drawn: Drawn) -> Iterator[list[Any]]:
    with pdfplumber.open(io.BytesIO(drawn.pdf)) as pdf:
        yield list(pdf.pages)


def test_the_full_sheet_is_one_sheet_of_paper(
    full_sheet: Handout, resources: Path, paper: Paper
) -> None:
    sheet = draw(full_sheet, paper=paper, resources=resources)
    assert sheet.pages == 2
    with pikepdf.open(io.BytesIO(sheet.pdf)) as pdf:
        assert len(pdf.pages) == 2
        boxes = {tuple(float(edge) for edge in page.mediabox) for page in pdf.pages}
    assert boxes == {(0.0, 0.0, *PAPERS[paper])}


def test_no_type_is_smaller_than_promised(pages: list[Any], size: Size) -> None:
    least = {"standard": 12, "large": 18}[size]
    sizes = {char["size"] for page in pages for char in page.chars}
    assert min(sizes) >= least - 0.01


def test_every_font_is_embedded_in_part_and_tells_its_letters(drawn: Drawn) -> None:
    with pikepdf.open(io.BytesIO(drawn.pdf)) as pdf:
        fonts = {
            str(font.BaseFont): font for page in pdf.pages for font in page.Resources.Font.values()
        }
        assert fonts
        for name, font in fonts.items():
            assert name[7] == "+", f"{name} is not a subset"
            assert font.Subtype == pikepdf.Name.Type0
            assert len(font.ToUnicode.read_bytes()) > 0
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert len(descriptor.FontFile2.read_bytes()) > 1000


def test_the_file_says_what_it_is_without_the_patient(drawn: Drawn, full_sheet: Handout) -> None:
    with pikepdf.open(io.BytesIO(drawn.pdf)) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo.Title) == full_sheet.title
        assert str(pdf.docinfo.CreationDate) == "D:20261120000000Z"
        about = str(pdf.docinfo) + pdf.Root.Metadata.read_bytes().decode("utf-8")
    assert "Okafor" not in about
    assert "<pdfuaid:part>1<" in about


def test_every_word_is_read_once_and_in_order(
    pages: list[Any], full_sheet: Handout, size: Size
) -> None:
    """What a screen reader says is the sheet, from the clinic's name to the last line to sign."""
    assert find_missing(plain(_read_aloud(pages)), full_sheet, size) == ""


def test_nothing_is_said_that_the_sheet_does_not_say(
    pages: list[Any], full_sheet: Handout, size: Size
) -> None:
    said = sorted(_read_aloud(pages).replace("\u00b7", " ").split())
    wanted = " ".join(list_texts(full_sheet, size)).replace("**", "").replace("\u00b7", " ")
    figure = "1 1 2 Your right Your left"
    assert said == sorted(f"{wanted} {figure}".split())


def test_text_stays_in_the_printable_area_and_apart(pages: list[Any]) -> None:
    for page in pages:
        boxes = _boxes(page)
        assert boxes
        for _, left, top, right, low in boxes:
            assert left >= PRINTABLE
            assert right <= float(page.width) - PRINTABLE
            assert top >= PRINTABLE
            assert low <= float(page.height) - 30
        for one, other in itertools.combinations(boxes, 2):
            if one[0] != other[0]:
                apart = (
                    one[1] >= other[3] - 0.3
                    or other[1] >= one[3] - 0.3
                    or one[2] >= other[4] - 0.3
                    or other[2] >= one[4] - 0.3
                )
                assert apart, f"{one} lies on {other}"


def test_every_page_says_whose_it_is(pages: list[Any], full_sheet: Handout) -> None:
    for number, page in enumerate(pages, start=1):
        text = page.extract_text().replace("\n", " ")
        assert f"Page {number} of {len(pages)}" in text
        assert "Maya Okafor, born 14 March 1988" in text
    assert full_sheet.footer


def test_two_processes_write_the_same_bytes(resources: Path) -> None:
    script = (
        "import hashlib, importlib.util, sys\n"
        "from pathlib import Path\n"
        "spec = importlib.util.spec_from_file_location('sample', sys.argv[1])\n"
        "sample = importlib.util.module_from_spec(spec); spec.loader.exec_module(sample)\n"
        "from consult_app.handout.pdf import draw\n"
        "sheet = sample.make_sheet()\n"
        "for size in ('standard', 'large'):\n"
        "    drawn = draw(sheet, paper='A4', size=size, resources=Path(sys.argv[2]))\n"
        "    print(hashlib.sha256(drawn.pdf).hexdigest())\n"
    )
    sample = Path(__file__).with_name("conftest.py")
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script, str(sample), str(resources)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=resources.parent,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("0", "4711")
    }
    assert len(outputs) == 1
    assert len(outputs.pop().split()) == 2


@pytest.mark.parametrize("size", ["standard", "large"])
def test_no_python_adds_its_widths_otherwise(
    full_sheet: Handout, resources: Path, size: Size, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python 3.12 adds floats otherwise than 3.11: who adds them with `sum` moves every line."""

    def count(numbers: Iterable[int]) -> int:
        return reduce(operator.add, map(operator.index, numbers), 0)  # refuses a float

    forget_texts()
    monkeypatch.setattr(builtins, "sum", count)
    assert draw(full_sheet, paper="A4", size=size, resources=resources).pages > 1
    forget_texts()


def test_another_word_makes_another_file(full_sheet: Handout, resources: Path) -> None:
    first = draw(full_sheet, paper="A4", resources=resources).pdf
    other = draw(replace(full_sheet, subject="Another"), paper="A4", resources=resources).pdf
    assert hashlib.sha256(first).digest() != hashlib.sha256(other).digest()


def test_a_letter_no_font_has_stops_the_drawing(full_sheet: Handout, resources: Path) -> None:
    sheet = replace(full_sheet, made_for="Made for 李明.")
    with pytest.raises(ConsultError, match="李") as caught:
        draw(sheet, paper="A4", resources=resources)
    assert "U+674E" in caught.value.details[0]


def test_letters_of_other_latin_alphabets_are_drawn(full_sheet: Handout, resources: Path) -> None:
    """A name the main face cannot write comes from the fallback face."""
    sheet = replace(full_sheet, made_for="Für Nguyễn Thị Ánh, Łukasz, Ωmega → 7\u202fmm")
    drawn = draw(sheet, paper="A4", resources=resources)
    with pdfplumber.open(io.BytesIO(drawn.pdf)) as pdf:
        text = pdf.pages[0].extract_text()
    for word in ("Nguyễn", "Ánh", "Łukasz", "Ωmega", "→"):
        assert word in text


def test_more_words_take_more_pages_and_never_smaller_type(
    full_sheet: Handout, resources: Path
) -> None:
    long = replace(full_sheet, pages=(*full_sheet.pages, full_sheet.pages[1]))
    drawn = draw(long, paper="A4", resources=resources)
    assert drawn.pages == 3
    with pdfplumber.open(io.BytesIO(drawn.pdf)) as pdf:
        assert min(char["size"] for page in pdf.pages for char in page.chars) >= 11.99


def test_a_page_that_overflows_goes_on_to_a_third(full_sheet: Handout, resources: Path) -> None:
    first, second = full_sheet.pages
    more = replace(second, rows=(*second.rows, *second.rows[:2]))
    drawn = draw(replace(full_sheet, pages=(first, more)), paper="A4", resources=resources)
    assert drawn.pages == 3


def test_more_than_two_sheets_are_refused(full_sheet: Handout, resources: Path) -> None:
    with pytest.raises(ConsultError, match="too long"):
        draw(replace(full_sheet, pages=full_sheet.pages * 4), paper="A4", resources=resources)


def test_a_list_longer_than_a_page_goes_on(full_sheet: Handout, resources: Path) -> None:
    items = tuple(f"Thing number {number}, told in a few more words." for number in range(120))
    section = Section(id="long", heading="A long list", blocks=(Bullets(items=items),))
    narrow = Row(sections=(section,))
    sheet = replace(full_sheet, pages=(Page(rows=(narrow,)),))
    drawn = draw(sheet, paper="A4", size="large", resources=resources)
    with pdfplumber.open(io.BytesIO(drawn.pdf)) as pdf:
        text = " ".join(page.extract_text() for page in pdf.pages)
    assert all(f"Thing number {number}," in text for number in range(120))


def test_a_paragraph_longer_than_a_page_is_refused(full_sheet: Handout, resources: Path) -> None:
    section = Section(id="long", heading="Too long", blocks=(Paragraph(text="Word. " * 2000),))
    sheet = replace(full_sheet, pages=(Page(rows=(Row(sections=(section,)),)),))
    with pytest.raises(ConsultError, match="longer than a page") as caught:
        draw(sheet, paper="A4", resources=resources)
    assert caught.value.details == ("Too long",)


@pytest.mark.parametrize("size", RHYTHMS)
def test_the_line_at_the_foot_is_as_high_on_every_page(
    full_sheet: Handout, resources: Path, size: Size
) -> None:
    """The room above it is measured once, before it is known how many pages there are."""
    face = open_typeface(resources / "fonts", size)
    style = (standard if size == "standard" else large)(RHYTHMS[size][-1])
    setting = Setting(face, style, (), is_large=size == "large")
    width = PAPERS["Letter"][0] - 2 * MARGIN
    for letters in range(60):
        name = ("Amara Nwosu-Bright " * 4)[:letters]
        sheet = replace(
            full_sheet, footer=f"{name}, born 30\u00a0April\u00a01992 \u00b7 Content 1.0"
        )
        heights = {fit_foot(sheet, width, setting, page, 16).height for page in range(1, 17)}
        assert heights == {fit_foot(sheet, width, setting, 1, 1).height}, sheet.footer


@pytest.mark.parametrize("size", RHYTHMS)
def test_no_line_at_the_foot_ends_with_a_dot_or_begins_with_one(
    full_sheet: Handout, resources: Path, size: Size, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In large print one was left over behind the birth date."""
    face = open_typeface(resources / "fonts", size)
    style = (standard if size == "standard" else large)(RHYTHMS[size][-1])
    setting = Setting(face, style, (), is_large=size == "large")
    written: list[str] = []

    def write(_pen: Pen, lines: Sequence[Line], *_more: object, **_also: object) -> float:
        written.extend("".join(span.text for span in line) for line in lines)
        return 0.0

    monkeypatch.setattr(Pen, "write", write)
    monkeypatch.setattr(Pen, "rule", lambda *_more: None)
    width = PAPERS["A4"][0] - 2 * MARGIN
    broken = 0
    for letters in range(5, 40):
        name = ("Helen Moss-Bright " * 4)[:letters].strip()
        told = (
            f"{name}, born 1\u00a0February\u00a01968 \u00b7 Ref\u00a0323290 \u00b7 Content\u00a01.0"
        )
        foot = fit_foot(replace(full_sheet, footer=told), width, setting, 2, 6)
        written.clear()
        foot.paint(object.__new__(Pen), Box(0, 0, width, 0))
        broken += len(written) > 2
        assert not [line for line in written if line.strip("\u00a0 ")[-1:] == "\u00b7"], written
        assert not [line for line in written if line[:1] == "\u00b7"], written
    assert broken or size == "standard", "some of them take two lines"


# How the tests read a file


def _read_aloud(pages: list[Any]) -> str:
    """Return the words in the order of the structure, as a screen reader would."""
    words: dict[tuple[int, int], str] = {}
    for number, page in enumerate(pages):
        for char in page.chars:
            if char["mcid"] is not None:
                key = (number, char["mcid"])
                words[key] = words.get(key, "") + char["text"]
    said = []
    with pikepdf.open(pages[0].pdf.stream) as pdf:
        order = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        for page, mark in _marks(pdf.Root.StructTreeRoot.K):
            said.append(words.pop((order[page], mark), ""))
    assert not words, "some words belong to no element"
    return " ".join(said)


def _marks(element: pikepdf.Object) -> Iterator[tuple[tuple[int, int], int]]:
    for kid in element.K if isinstance(element.K, pikepdf.Array) else [element.K]:
        if "/MCID" in kid:
            yield kid.Pg.objgen, int(kid.MCID)
        else:
            yield from _marks(kid)


def _boxes(page: PdfPage) -> list[tuple[Any, float, float, float, float]]:
    """Return the box of every line of every element: who, left, top, right, low."""
    lines: dict[tuple[Any, float], list[Any]] = {}
    for char in page.chars:
        if not char["text"].isspace():
            base = round(float(page.height) - char["matrix"][5], 1)
            lines.setdefault((char["mcid"], base), []).append(char)
    return [
        (
            owner,
            min(char["x0"] for char in chars),
            base - 0.7 * max(char["size"] for char in chars),
            max(char["x1"] for char in chars),
            base + 0.2 * max(char["size"] for char in chars),
        )
        for (owner, base), chars in lines.items()
    ]
