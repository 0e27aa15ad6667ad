"""Draws the patient's sheet as a PDF: one sheet of paper, two pages, made to be kept.

The file is tagged for reading aloud, carries its fonts, and is the same to the byte whenever the
same sheet is drawn. More words take more room, never smaller type.
"""

from __future__ import annotations

from functools import cached_property
from math import inf
from pathlib import Path

from consult_app.errors import ConsultError
from consult_app.figures import load_figures
from consult_app.handout.attachment import Attachment
from consult_app.handout.division import fit_row_within, tell_too_long
from consult_app.handout.document import Handout, Page
from consult_app.handout.flow import Side, Strip, flow, flow_shorter, spread
from consult_app.handout.fonts import open_typeface
from consult_app.handout.gathering import flow_together
from consult_app.handout.icons import load_icons
from consult_app.handout.letterhead import fit_foot, fit_head
from consult_app.handout.palette import recolour
from consult_app.handout.pen import Box, Pen
from consult_app.handout.pieces import Setting, stack, words
from consult_app.handout.search import find_first
from consult_app.handout.style import (
    FOOT,
    MARGIN,
    PAGES,
    PAPERS,
    RHYTHMS,
    USUAL,
    Paper,
    Rhythm,
    Size,
    large,
    standard,
)
from consult_app.handout.tagging import Tree
from consult_app.handout.writer import write_file
from consult_app.values import dataclass
from consult_app.wording import t

FOOT_GAP = 3.0
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


def draw(
    handout: Handout,
    *,
    paper: Paper,
    size: Size = "standard",
    resources: Path,
    attachment: Attachment | None = None,
) -> Drawn:
    """Draw the sheet.

    Args:
        handout: What it says.
        paper: The paper it is printed on.
        size: Ordinary print, or large print in one column.
        resources: The program's resources.
        attachment: What travels inside the file, or None.

    Raises:
        ConsultError: A character has no shape, an icon is unknown, or the text needs more than two
            sheets.
        FileError: A font or drawing cannot be read.
    """
    plan = _try(handout, paper, size, resources).chosen
    if len(plan.sides) > MOST_PAGES[size]:
        raise ConsultError(
            t("The patient's sheet is too long."),
            t("Shorten the clinic's own texts or choose fewer sections. Nothing is lost."),
            (f"{len(plan.sides)} pages; at most {MOST_PAGES[size]} can be printed",),
        )
    return _paint(handout, plan, paper, (resources / "handout", attachment))


def count_pages(
    handout: Handout, *, paper: Paper, size: Size, resources: Path, air: float = 0.0
) -> int:
    """Return how many pages the sheet needs at least, with `air` points or more between its rows.

    More than there ever are stand for as many as there are. The other arguments and errors are
    those of `draw`; nothing is painted.
    """
    return _try(handout, paper, size, resources).count(air)


def measure_air(handout: Handout, *, paper: Paper, size: Size, resources: Path) -> float:
    """Return how many points between its rows the sheet is drawn with; arguments as above."""
    return _try(handout, paper, size, resources).chosen.setting.style.rhythm.row


def _try(handout: Handout, paper: Paper, size: Size, resources: Path) -> _Trial:
    """Return the trial of a sheet; who counted its pages need not lay it out again to draw it."""
    face = open_typeface(
        resources / "fonts", size, language=handout.language, script=handout.script
    )
    key = (id(face.settle(handout)), paper)
    known: _Trial | None = face.pieces.get(key)
    if known is None:
        known = face.pieces[key] = _Trial(handout, paper, size, resources)
    return known


class _Trial:
    """One sheet laid out at several distances until it fits."""

    def __init__(self, handout: Handout, paper: Paper, size: Size, resources: Path) -> None:
        self._handout = handout
        self._paper = paper
        self._size = size
        self._face = open_typeface(
            resources / "fonts", size, language=handout.language, script=handout.script
        )
        self._resources = resources
        self._known: dict[Rhythm, tuple[Setting, list[Strip], float]] = {}

    @cached_property
    def least(self) -> int:
        """The fewest pages."""
        return self.count(0)

    def count(self, air: float) -> int:
        """Return the fewest pages with so many points between the rows."""
        calm = [rhythm for rhythm in self._rhythms if rhythm.row >= air]
        tightest = calm[-1] if calm else self._rhythms[0]
        return min(self._count(tightest, keep=keep) for keep in (True, False))

    @cached_property
    def chosen(self) -> _Plan:
        """The calmest plan that keeps to the pages asked for, or else the shortest."""
        pages = len(self._handout.pages)
        keep = self._size == "standard"
        if self._size == "large":
            pages = PAGES[self._size]
        *calmer, tightest = self._rhythms
        usual = [rhythm.row > USUAL[self._size] for rhythm in calmer].count(True)
        if self._count(self._rhythms[usual], keep=keep) > pages:
            pages = max(self.least, pages)
            keep = keep and self._count(tightest, keep=True) <= pages

        def fits(number: int) -> bool:
            return self._count(calmer[number], keep=keep) <= pages

        # The tighter, the fewer pages. Most sheets are set at the usual distances, or next to them.
        number = find_first(fits, 0, len(calmer), usual)
        if self._size == "large":
            return self._keep_together(number, pages)
        return self._plan(self._rhythms[number], keep=keep)

    def _keep_together(self, number: int, pages: int) -> _Plan:
        """Return the plan on these pages that tears least; as much tighter as that is worth."""
        plan = self._plan(self._rhythms[number], keep=False)
        least = inf
        for steps, rhythm in enumerate(self._rhythms[number:]):
            setting, strips, room = self._know(rhythm)
            torn = flow_together(strips, room, pages, least - steps)
            if torn:
                least, plan = torn.cost + steps, _Plan(setting, torn.sides, room)
        return plan

    @property
    def _rhythms(self) -> tuple[Rhythm, ...]:
        return RHYTHMS[self._size]

    def _count(self, rhythm: Rhythm, *, keep: bool) -> int:
        return len(self._plan(rhythm, keep=keep).sides)

    def _plan(self, rhythm: Rhythm, *, keep: bool) -> _Plan:
        setting, strips, room = self._know(rhythm)
        sides = flow(strips, room, keep_sides=True) if keep else flow_shorter(strips, room)
        return _Plan(setting, sides, room)

    def _know(self, rhythm: Rhythm) -> tuple[Setting, list[Strip], float]:
        if rhythm not in self._known:
            self._known[rhythm] = self._set(rhythm)
        return self._known[rhythm]

    def _set(self, rhythm: Rhythm) -> tuple[Setting, list[Strip], float]:
        """Set the rows at the given distances."""
        is_large = self._size == "large"
        setting = self._face.pieces.get((rhythm, self._resources))
        if setting is None:
            style = (large if is_large else standard)(rhythm, self._handout.script.leading)
            figures = tuple(load_figures(self._resources).values())
            setting = Setting(self._face, style, figures, is_large=is_large)
            self._face.pieces[rhythm, self._resources] = setting
        width, height = PAPERS[self._paper]
        inner = width - 2 * MARGIN
        foot = fit_foot(self._handout, inner, setting, 1, 1)
        room = height - MARGIN - max(MARGIN, FOOT + foot.height + FOOT_GAP)
        head = fit_head(self._handout, inner, setting)
        if head.height > room:
            raise tell_too_long(self._handout.title)
        strips = [Strip(head, rhythm.row)]
        for number, page in enumerate(self._handout.pages):
            rows = _fit_page(page, inner, room, setting)
            if number and rows:
                rows[0] = rows[0]._replace(turns=True)
            strips += rows
        return setting, strips, room


def _fit_page(page: Page, width: float, room: float, setting: Setting) -> list[Strip]:
    """Set the rows of a side; its title stays with the first of them."""
    rhythm = setting.style.rhythm
    title = words(setting, page.title, width, setting.style.page_title, "H2")
    above = title.height + rhythm.heading if page.title else 0.0
    strips: list[Strip] = []
    for row in page.rows:
        strips += fit_row_within(row, width, room - (0 if strips else above), setting)
    if page.title and strips:
        strips[0] = strips[0]._replace(piece=stack([title, strips[0].piece], rhythm.heading))
    return strips


def _paint(
    handout: Handout, plan: _Plan, paper: Paper, given: tuple[Path, Attachment | None]
) -> Drawn:
    folder, attachment = given
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
        with pen.decoration("Footer"):
            foot.paint(pen, Box(MARGIN, height - FOOT - foot.height, inner, foot.height))
    pen.pages = [recolour(operators, handout.look) for operators in pen.pages]
    return Drawn(write_file(handout, pen, folder / "srgb.icc", attachment), len(plan.sides))
