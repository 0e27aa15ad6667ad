"""Draws the patient's sheet as a PDF: one sheet of paper, two pages, made to be kept.

The file is tagged for reading aloud, carries its fonts, and is the same to the byte whenever the
same sheet is drawn. More words take more room, never smaller type.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from pathlib import Path

from consult_app.errors import ConsultError
from consult_app.handout.division import fit_row_within
from consult_app.handout.document import Handout, Page
from consult_app.handout.figures import Atlas, load_atlas
from consult_app.handout.flow import Side, Strip, flow, spread
from consult_app.handout.fonts import Typeface
from consult_app.handout.icons import load_icons
from consult_app.handout.letterhead import fit_foot, fit_head
from consult_app.handout.pen import Box, Pen
from consult_app.handout.pieces import Setting, stack, words
from consult_app.handout.style import (
    FOOT,
    MARGIN,
    PAPERS,
    RHYTHMS,
    Paper,
    Rhythm,
    Size,
    large,
    standard,
)
from consult_app.handout.tagging import Tree
from consult_app.handout.writer import write_file

FOOT_GAP = 4.0
"""Between the last row and the line at the foot, at least."""

MOST_PAGES: dict[Size, int] = {"standard": 4, "large": 16}
"""Two sheets of ordinary print; large print is as long as it needs."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sheet ready to be printed or kept.

    Attributes:
        pdf: The file.
        pages: How many sides it has.
    """

    pdf: bytes
    pages: int


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which rows stand on which side, and at what distances."""

    setting: Setting
    sides: list[Side]
    room: float


def draw(handout: Handout, *, paper: Paper, size: Size = "standard", resources: Path) -> Drawn:
    """Draw the sheet.

    Args:
        handout: What it says.
        paper: The paper it is printed on.
        size: Ordinary print, or large print in one column.
        resources: The program's resources.

    Raises:
        ConsultError: A character has no shape, an icon is unknown, or the text needs more than two
            sheets.
        FileError: A font or drawing cannot be read.
    """
    atlas = load_atlas(resources / "handout" / "figures.toml")
    plan = _choose(handout, paper, Typeface(resources / "fonts", size), atlas, size)
    if len(plan.sides) > MOST_PAGES[size]:
        raise ConsultError(
            "The patient's sheet is too long.",
            "Shorten the clinic's own texts or choose fewer sections. Nothing is lost.",
            (f"{len(plan.sides)} pages; at most {MOST_PAGES[size]} can be printed",),
        )
    return _paint(handout, plan, paper, resources / "handout")


def _choose(handout: Handout, paper: Paper, face: Typeface, atlas: Atlas, size: Size) -> _Plan:
    """Return the calmest plan that keeps to the pages asked for, or else the shortest."""
    if size == "large":
        return _plan(handout, Setting(face, large(), atlas, is_large=True), paper, keep=False)

    def plan(rhythm: Rhythm, *, keep: bool) -> _Plan:
        return _plan(handout, Setting(face, standard(rhythm), atlas), paper, keep=keep)

    fullest = {keep: len(plan(RHYTHMS[-1], keep=keep).sides) for keep in (True, False)}
    keep = fullest[True] <= max(fullest[False], len(handout.pages))
    pages = max(fullest[keep], len(handout.pages))
    # The tighter, the fewer pages: so the calmest that fits is found by halving.
    number = bisect_left(
        RHYTHMS, True, key=lambda rhythm: len(plan(rhythm, keep=keep).sides) <= pages
    )
    return plan(RHYTHMS[min(number, len(RHYTHMS) - 1)], keep=keep)


def _plan(handout: Handout, setting: Setting, paper: Paper, *, keep: bool) -> _Plan:
    width, height = PAPERS[paper]
    inner = width - 2 * MARGIN
    foot = fit_foot(handout, inner, setting, 1, 1)
    room = height - MARGIN - max(MARGIN, FOOT + foot.height + FOOT_GAP)
    strips = [Strip(fit_head(handout, inner, setting), setting.style.rhythm.row)]
    for number, page in enumerate(handout.pages):
        rows = _fit_page(page, inner, room, setting)
        if number and rows:
            rows[0] = replace(rows[0], turns=True)
        strips += rows
    return _Plan(setting, flow(strips, room, keep_sides=keep), room)


def _fit_page(page: Page, width: float, room: float, setting: Setting) -> list[Strip]:
    """Set the rows of a side; its title stays with the first of them."""
    rhythm = setting.style.rhythm
    title = words(setting, page.title, width, setting.style.page_title, "H2")
    above = title.height + rhythm.heading if page.title else 0.0
    strips: list[Strip] = []
    for row in page.rows:
        strips += fit_row_within(row, width, room - (0 if strips else above), setting)
    if page.title and strips:
        strips[0] = replace(strips[0], piece=stack([title, strips[0].piece], rhythm.heading))
    return strips


def _paint(handout: Handout, plan: _Plan, paper: Paper, folder: Path) -> Drawn:
    width, height = PAPERS[paper]
    tree = Tree()
    icons = load_icons(folder / "icons.json")
    pen = Pen(plan.setting.face, tree, icons, (width, height))
    inner = width - 2 * MARGIN
    for number, side in enumerate(plan.sides, start=1):
        pen.start_page()
        for strip, top in zip(side, spread(side, plan.room), strict=True):
            strip.piece.paint(pen, Box(MARGIN, MARGIN + top, inner, strip.piece.height))
        foot = fit_foot(handout, inner, plan.setting, number, len(plan.sides))
        with pen.decoration(footer=True):
            foot.paint(pen, Box(MARGIN, height - FOOT - foot.height, inner, foot.height))
    return Drawn(write_file(handout, pen, folder / "srgb.icc"), len(plan.sides))
