"""The clinic's own page: its address, mostly beside a code to scan."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

from consult_app.handout.document import ClinicPage
from consult_app.handout.lines import set_lines
from consult_app.handout.pen import Box, Look, Pen, paint_with
from consult_app.handout.pieces import Piece, Setting, words
from consult_app.handout.style import BRAND, WHITE
from consult_app.handout.tagging import tell

SIDE = 92.0
"""Side of the code with the white around it: more than 25 mm, which any telephone reads."""
QUIET = 4
"""Modules of white around the code."""
GAP = 14.0


def fit_clinic_page(block: ClinicPage, width: float, setting: Setting) -> Piece:
    """Set the code with what it is for and the address, which can be pressed."""
    style = setting.style.body
    aside = SIDE + GAP if block.coded else 0.0
    high = SIDE if block.coded else 0.0
    room = width - aside
    lead = words(setting, block.words, room, style)
    link = style.strong().tint(BRAND)
    address = set_lines(setting.face, block.url, room, link)
    tall = lead.height + len(address) * link.leading

    def paint(pen: Pen, box: Box) -> None:
        if block.coded:
            _paint_code(pen, block, box)
        x, top = box.x + aside, box.top + max(high - tall, 0) / 2
        lead.paint(pen, Box(x, top, room, lead.height))
        area = Box(x, top + lead.height, room, len(address) * link.leading)
        spot = pen.place(area)
        low = pen.height - spot.top - area.height
        with pen.element("P"), pen.element("Link"):
            with pen.content():
                pen.write(address, area, link)
            bounds = (spot.x, low, spot.x + area.width, low + area.height)
            pen.tree.link(bounds, block.url, block.description)

    return Piece(max(high, tall), paint)


def _paint_code(pen: Pen, block: ClinicPage, box: Box) -> None:
    rows = _make_code(block.url)
    module = SIDE / (len(rows) + 2 * QUIET)
    spot = pen.place(Box(box.x, box.top, SIDE, SIDE))
    low = pen.height - spot.top - SIDE
    bounds = f"{spot.x:.2f} {low:.2f} {spot.x + SIDE:.2f} {low + SIDE:.2f}"
    said = f"{tell(block.description)} /A << /O /Layout /Placement /Block /BBox [{bounds}] >>"
    with pen.element("Figure", said), pen.content():
        pen.frame(Box(box.x, box.top, SIDE, SIDE), 6, Look(fill=WHITE))
        pen.add(f"q {paint_with('#000000')}")
        for number, row in enumerate(rows):
            base = low + SIDE - (QUIET + number + 1) * module
            for start, length in _list_runs(row):
                x = spot.x + (QUIET + start) * module
                pen.add(f"{x:.3f} {base:.3f} {length * module:.3f} {module:.3f} re")
        pen.add("f Q")


def _list_runs(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Return where dark modules follow each other, and how many."""
    runs, place = [], 0
    for dark, group in groupby(row):
        length = len(list(group))
        if dark:
            runs.append((place, length))
        place += length
    return runs


@lru_cache(maxsize=4)
def _make_code(url: str) -> tuple[tuple[bool, ...], ...]:
    import segno  # noqa: PLC0415 - few clinics have a page, and it loads half of the network library

    code = segno.make(url, error="m", micro=False, boost_error=False)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)
