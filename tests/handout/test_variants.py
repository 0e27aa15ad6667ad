"""Whatever is planned, for whomever, on whichever paper: the sheet keeps what it promises."""

from __future__ import annotations

import hashlib
import io
import itertools
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path

import pikepdf
import pytest
from _pytest.mark.structures import ParameterSet

from consult_app.app import Program
from consult_app.composed import Composed, Paper, Size
from consult_app.exchange.casefile import read_case
from consult_app.handout.compose_length import list_blocks
from consult_app.handout.document import DatedItem, Figure, Handout, Table, Visit
from consult_app.handout.fitting import choose
from consult_app.handout.layout_file import read_layout
from consult_app.handout.pdf import draw, measure_air
from consult_app.handout.style import PAPERS, STANDARD
from consult_app.handout.text import capitalise
from consult_app.paths import find_resources
from tests.handout.validators import find_faults
from tests.handout.validators_cases import CHANGES, EXAMPLES, LOOKS, make_case
from tests.handout.validators_reading import Reading, find_misplaced, list_empty_boxes, read

LEAST_TYPE = {"standard": 12.0, "large": 18.0}
NOT_WORDS = {"id", "tone", "icon", "kind", "urgency", "mark", "meter_words", "description"}
"""Fields of the document that are not printed as words."""
IDLE = datetime(2031, 1, 1)  # noqa: DTZ001 - wall clock
LATER = datetime(2044, 12, 31, 23, 59)  # noqa: DTZ001 - wall clock

Variant = tuple[str, Paper, Size]


SOON = (
    "eight areas of face and body",
    "longest names",
    "American wording",
    "plasma",
    "black and white with a sign",
    "a sign, a colour and a page",
)
"""Those that do not wait for `-m long`, each on one paper in one size."""
MATRIX = tuple(itertools.product((*EXAMPLES, *CHANGES), PAPERS, LEAST_TYPE))


def _list_variants() -> Iterator[ParameterSet]:
    """Yield each example on every paper in every size, and some of the others; the rest waits.

    The rest takes minutes, so it waits for `-m long`.
    """
    for number, (name, paper, size) in enumerate(MATRIX):
        soon = name in EXAMPLES or (name in SOON and SOON.index(name) % 4 == number % 4)
        marks = [] if soon else [pytest.mark.long]
        yield pytest.param((name, paper, size), id=f"{name} {paper} {size}", marks=marks)


# Its scope lets all that is asked of one sheet follow each other: it is made and read once.
each = pytest.mark.parametrize("variant", list(_list_variants()), scope="module")


@cache
def _compose(variant: Variant) -> Composed:
    name, paper, size = variant
    case = read_case(make_case(name), "handout")
    return _program().compose(case, paper=paper, size=size, look=LOOKS.get(name))


@lru_cache(maxsize=1)
def _program() -> Program:
    return Program(clock=lambda: IDLE)


@lru_cache(maxsize=4)
def _read(variant: Variant) -> Reading:
    return read(_compose(variant).drawn.pdf)


def test_there_is_variety() -> None:
    assert len(CHANGES) >= 20


@each
def test_every_variant_is_pdf_ua_and_pdf_a_at_once(variant: Variant) -> None:
    assert find_faults(_compose(variant).drawn.pdf) == []


TYPICAL = (*EXAMPLES, "American wording", "phototype 1", "phototype 5", "one session", "plasma")
"""One or two concerns and up to four visits."""


@pytest.mark.parametrize("name", TYPICAL)
@pytest.mark.parametrize("paper", PAPERS)
def test_a_usual_plan_is_one_sheet(name: str, paper: Paper) -> None:
    assert _compose((name, paper, "standard")).drawn.pages == 2


MOST = {"standard": 4, "large": 6}
"""Two sheets of ordinary print, three of large print."""


@pytest.mark.parametrize("size", MOST)
@pytest.mark.parametrize("name", [*EXAMPLES, *CHANGES])
def test_every_plan_keeps_to_its_pages(name: str, size: Size) -> None:
    """On the shorter paper."""
    assert _compose((name, "Letter", size)).drawn.pages <= MOST[size]


BUDGET = read_layout(find_resources() / "handout").budget


@pytest.mark.parametrize("paper", PAPERS)
def test_a_second_sheet_is_used_before_the_picture_goes(paper: Paper) -> None:
    """Its two sides hold the longest names and eight areas, and how the skin will look."""
    sheet = _compose(("longest names, most areas", paper, "standard"))
    parts = [block for block in list_blocks(sheet.handout) if isinstance(block, Figure)]
    assert parts
    assert sheet.drawn.pages <= 4


def test_nothing_is_left_out_for_a_page_that_is_printed_all_the_same(
    full_sheet: Handout, resources: Path
) -> None:
    """The second of three versions is printed: as short as the third in pages, not in words."""
    front, back = full_sheet.pages
    less = replace(back, rows=back.rows[:-1])
    versions = [
        replace(full_sheet, pages=(front, back, *more)) for more in ((back, back), (back,), (less,))
    ]
    chosen, _ = choose(versions, BUDGET, paper="A4", size="standard", resources=resources)
    drawn = draw(chosen, paper="A4", size="standard", resources=resources)
    assert drawn.pages == 3
    assert chosen == versions[1]


@pytest.mark.parametrize(("air", "until", "printed"), [(7, 2, 0), (8, 2, 1), (8, 0, 0), (99, 2, 2)])
def test_a_crowded_page_is_shortened_until_it_is_calm(
    full_sheet: Handout, resources: Path, air: float, until: int, printed: int
) -> None:
    """Not further than that, nor beyond the step the layout names."""
    front, back = full_sheet.pages
    calm = replace(back, rows=back.rows[:-1])
    calmer = replace(back, rows=back.rows[:-2])
    versions = [replace(full_sheet, pages=(front, page)) for page in (back, calm, calmer)]
    budget = replace(BUDGET, air=air, air_until=until)
    chosen, _ = choose(versions, budget, paper="Letter", size="standard", resources=resources)
    assert versions.index(chosen) == printed


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_usual_sheet_is_not_crowded(name: str) -> None:
    """On A4 there is room for the large numbers of the days."""
    sheet = _compose((name, "A4", "standard")).handout
    air = measure_air(sheet, paper="A4", size="standard", resources=find_resources())
    assert air > STANDARD[-1].row


@each
def test_headings_start_at_the_first_level_and_skip_none(variant: Variant) -> None:
    levels = [int(node.kind[1]) for node in _read(variant).root.find("H1", "H2", "H3", "H4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))


@each
def test_tables_and_lists_are_whole(variant: Variant) -> None:
    root = _read(variant).root
    for table in root.find("Table"):
        assert {row.kind for row in table.kids} == {"TR"}
        assert len({len(row.kids) for row in table.kids}) == 1
        head, *rows = table.kids
        assert {(cell.kind, cell.scope) for cell in head.kids} == {("TH", "Column")}
        assert rows
        for row in rows:
            assert (row.kids[0].kind, row.kids[0].scope) == ("TH", "Row")
            assert {cell.kind for cell in row.kids[1:]} == {"TD"}
    for listed in root.find("L"):
        assert {item.kind for item in listed.kids} == {"LI"}
        assert all([body.kind for body in item.kids] == ["LBody"] for item in listed.kids)


@each
def test_every_picture_is_told_in_words(variant: Variant) -> None:
    root = _read(variant).root
    meters = [picture for cell in root.find("TD") for picture in cell.kids]
    for picture in root.find("Figure"):
        least = 1 if any(picture is meter for meter in meters) else 3
        assert len(picture.alt.split()) >= least


@each
def test_no_element_is_empty(variant: Variant) -> None:
    for node in _read(variant).root.walk():
        assert node.kids or node.text.strip() or node.alt, node.kind


@each
def test_nothing_is_lost_or_glued(variant: Variant) -> None:
    reading = _read(variant)
    wanted = _count(" ".join(_list_words(_compose(variant).handout.pages)))
    assert wanted - _count(reading.said) == Counter()
    assert reading.unread.strip() == ""


@each
def test_the_file_says_its_language_and_shows_its_title(variant: Variant) -> None:
    composed = _compose(variant)
    with pikepdf.open(io.BytesIO(composed.drawn.pdf)) as pdf:
        assert str(pdf.Root.Lang) == composed.handout.language
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo.Title) == composed.handout.title
        boxes = {tuple(float(edge) for edge in page.mediabox) for page in pdf.pages}
    assert boxes == {(0.0, 0.0, *PAPERS[variant[1]])}


@each
def test_every_font_is_embedded_in_part_and_tells_its_letters(variant: Variant) -> None:
    with pikepdf.open(io.BytesIO(_compose(variant).drawn.pdf)) as pdf:
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        for font in {str(font.BaseFont): font for font in fonts}.values():
            assert re.match(
                r"/[A-Z]{6}\+(AtkinsonHyperlegibleNext|SourceSans3)", str(font.BaseFont)
            )
            assert font.Subtype == pikepdf.Name.Type0
            assert b"beginbfchar" in font.ToUnicode.read_bytes()
            (descendant,) = font.DescendantFonts
            assert len(descendant.FontDescriptor.FontFile2.read_bytes()) > 500
            assert list_empty_boxes(font) == []


@each
def test_no_type_is_smaller_than_promised(variant: Variant) -> None:
    assert min(_read(variant).sizes) >= LEAST_TYPE[variant[2]] - 0.01


@each
def test_words_stay_in_the_printable_area_and_apart(variant: Variant) -> None:
    assert list(find_misplaced(_read(variant))) == []


def _leave_dots(text: str) -> str:
    """Return a text without the dots between its parts, of which none ends a line."""
    return text.replace("\u00b7 ", "")


@each
def test_every_page_says_whose_it_is_and_which(variant: Variant) -> None:
    sheet, sides = _compose(variant).handout, _read(variant).sides
    for number, side in enumerate(sides, start=1):
        aside = " ".join(side.aside.split())
        assert _leave_dots(" ".join(sheet.footer.split())) in _leave_dots(aside)
        assert sheet.page_label.format(page=number, pages=len(sides)) in aside


@pytest.mark.parametrize("name", [*EXAMPLES, "American wording", "eight areas of face and body"])
def test_the_clock_does_not_matter(name: str) -> None:
    """The only date in the file is that of the consultation."""
    case = read_case(make_case(name), "handout")
    later = Program(clock=lambda: LATER).compose(case, paper="A4")
    assert later.drawn.pdf == _program().compose(case, paper="A4").drawn.pdf


def test_two_processes_write_the_same_bytes() -> None:
    names = (*EXAMPLES, "American wording", "longest names, most areas")
    script = (
        "import hashlib, sys\n"
        "from consult_app.app import Program\n"
        "from consult_app.exchange.casefile import read_case\n"
        "program = Program()\n"
        "for text in sys.stdin:\n"
        "    for size in ('standard', 'large'):\n"
        "        sheet = program.compose(read_case(text, 'handout'), size=size)\n"
        "        print(hashlib.sha256(sheet.drawn.pdf).hexdigest())\n"
    )
    cases = "\n".join(map(make_case, names))
    outputs = [
        subprocess.run(
            [sys.executable, "-c", script],
            input=cases,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout.split()
        for seed in ("0", "4711")
    ]
    assert outputs[0] == outputs[1]
    here = _compose((EXAMPLES[0], "A4", "standard")).drawn.pdf
    assert hashlib.sha256(here).hexdigest() == outputs[0][0]
    assert len(set(outputs[0])) == 2 * len(names)


def _count(text: str) -> Counter[str]:
    """Count the words; large print puts colons and dots after labels and numbers."""
    return Counter(re.sub(r"[:.]", " ", text).split())


def _list_words(part: object) -> Iterator[str]:
    """Yield every text of a document that is printed whatever the size of print."""
    match part:
        case str():
            yield part.replace("**", "")
        case tuple():
            for one in part:
                yield from _list_words(one)
        case DatedItem():
            yield from (capitalise(part.when), part.text)
        case Visit():
            yield from (part.label, part.gap, str(part.day.year))
        case Table():
            yield from _list_words((part.columns[1:], part.rows))
        case _ if is_dataclass(part) and not isinstance(part, Figure):
            kept = (item.name for item in fields(part) if item.name not in NOT_WORDS)
            yield from _list_words(tuple(getattr(part, name) for name in kept))
