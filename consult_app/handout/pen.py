"""Paints on the pages of the sheet, measured from the top corner where lines begin, in points.

Where the language runs from right to left that is the top right corner, so the whole sheet is
turned round and nothing that is laid out has to know. A picture is never turned round: paint it
with `straight`, into the box that `place` returns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from math import fsum
from typing import Literal, NamedTuple

from consult_app.errors import ConsultError
from consult_app.handout.bidi import order
from consult_app.handout.embedding import Used
from consult_app.handout.fonts import Run, Typeface
from consult_app.handout.row import UNPARTED, Line, Span, measure_line, measure_span
from consult_app.handout.style import HAIRLINE, TextStyle
from consult_app.handout.tagging import Bracket, Repeats, Tree, Within
from consult_app.wording import t

Align = Literal["start", "centre", "end"]
"""Where a line stands in its box; a line starts on the right where lines begin there."""
CURVE = 0.5523
"""How far the handles of a quarter circle reach, as a part of its radius."""
_AT = "%.2f %.2f "
ROUND = f"{_AT}m {_AT}l {3 * _AT}c {_AT}l {3 * _AT}c {_AT}l {3 * _AT}c {_AT}l {3 * _AT}c h"
"""The path of a rectangle with round corners."""
BASELINE = 0.33
"""How far the baseline lies below the middle of a line, as a part of the size."""
ICON_GRID = 256


class Box(NamedTuple):
    """A rectangle on the page: left edge, top edge, width and height."""

    x: float
    top: float
    width: float
    height: float


class Look(NamedTuple):
    """How a shape is filled and outlined; an empty colour means not at all."""

    fill: str = ""
    line: str = ""
    weight: float = 1.0
    dash: str = ""


class Pen:
    """Holds the pages drawn so far.

    Attributes:
        face: The typeface of the sheet.
        tree: The reading order.
        pages: The operators of each page.
        used: What was drawn with each face, by its name.
        mirrored: Whether the sheet is turned round, as for languages from right to left.
    """

    def __init__(
        self, face: Typeface, tree: Tree, icons: dict[str, str], paper: tuple[float, float]
    ) -> None:
        self.face = face
        self.tree = tree
        self.width, self.height = paper
        self.pages: list[list[str]] = []
        self.used: dict[str, Used] = {}
        self.mirrored = face.script.right_to_left
        self._icons = icons

    def start_page(self) -> None:
        """Turn to a new page."""
        self.pages.append([])
        self.tree.start_page()

    # What is read aloud

    def element(self, kind: str, attributes: str = "") -> Within:
        """Put what follows into an element of the reading order."""
        return self.tree.element(kind, attributes)

    def content(self) -> Bracket:
        """Let what follows be read as the current element's content."""
        return self.tree.content(self.pages[-1])

    def decoration(self, repeats: Repeats | None = None) -> Bracket:
        """Let what follows be skipped when reading aloud."""
        return self.tree.decoration(self.pages[-1], repeats)

    # Where things stand

    def place(self, box: Box) -> Box:
        """Return where a box stands on the paper, from its top left corner."""
        if not self.mirrored:
            return box
        return Box(self.width - box.x - box.width, box.top, box.width, box.height)

    @contextmanager
    def straight(self) -> Iterator[None]:
        """Let what follows be painted as it is, from the top left corner."""
        before, self.mirrored = self.mirrored, False
        try:
            yield
        finally:
            self.mirrored = before

    # Shapes

    def add(self, *operators: str) -> None:
        """Append operators to the current page."""
        self.pages[-1].extend(operators)

    def frame(self, box: Box, radius: float, look: Look) -> None:
        """Paint a rectangle with round corners."""
        radius = min(radius, box.width / 2, box.height / 2)
        self._paint(_outline(self.place(box), radius, self.height), look)

    def top_band(self, box: Box, radius: float, colour: str) -> None:
        """Paint a band whose two upper corners are round."""
        self.add("q", _outline(self.place(box), 0, self.height), "W n")
        taller = Box(box.x, box.top, box.width, box.height + 2 * radius)
        self.frame(taller, radius, Look(fill=colour))
        self.add("Q")

    def disc(self, x: float, top: float, radius: float, look: Look) -> None:
        """Paint a circle around a point."""
        self.frame(Box(x - radius, top - radius, 2 * radius, 2 * radius), radius, look)

    def line(self, start: tuple[float, float], end: tuple[float, float], look: Look) -> None:
        """Paint a straight line."""
        first, last = (self.place(Box(*point, 0, 0)).x for point in (start, end))
        path = f"{first:.2f} {self.height - start[1]:.2f} m "
        path += f"{last:.2f} {self.height - end[1]:.2f} l"
        self._paint(path, look)

    def rule(self, x: float, top: float, width: float, weight: float = 0.8) -> None:
        """Paint a thin line that only parts things."""
        self.line((x, top), (x + width, top), Look(line=HAIRLINE, weight=weight))

    def icon(self, name: str, x: float, top: float, size: float, colour: str) -> None:
        """Paint an icon.

        Raises:
            ConsultError: The sheet has no icon of that name.
        """
        if name not in self._icons:
            raise ConsultError(
                t("The sheet has no picture called “{name}”.", name=name),
                t("Choose one of the names in resources/handout/icons.json."),
            )
        scale = size / ICON_GRID
        left = self.place(Box(x, top, size, size)).x
        place = f"{scale:.5f} 0 0 {scale:.5f} {left:.2f} {self.height - top - size:.2f} cm"
        self.add(f"q {paint_with(colour)} {place} {self._icons[name]} f Q")

    @contextmanager
    def clip(self, box: Box, radius: float = 0) -> Iterator[None]:
        """Keep what follows inside a rectangle."""
        self.add("q", _outline(self.place(box), radius, self.height), "W n")
        try:
            yield
        finally:
            self.add("Q")

    # Words

    def write(
        self, lines: Sequence[Line], box: Box, style: TextStyle, *, align: Align = "start",
        more: bool = False,
    ) -> float:  # fmt: skip
        """Paint lines from the top of a box and return where they end.

        Args:
            lines: What to write.
            box: Its height does not matter.
            style: Size, leading and colour.
            align: Where the lines stand in the width of the box.
            more: Whether further words of the same element follow below, so that a space must be
                read between them.
        """
        top = box.top
        left = self.place(box).x
        share = {"start": 0.0, "centre": 0.5, "end": 1.0}[align]
        share = 1 - share if self.mirrored else share
        for number, line in enumerate(lines, start=1):
            x = left + (box.width - measure_line(self.face, line)) * share if share else left
            base = self.height - (top + style.leading / 2 + style.size * BASELINE)
            ends = number == len(lines) and not more
            self.add(f"BT {paint_with(style.colour)}")
            self._write_line(line, x, base, goes_on=not ends)
            self.add("ET")
            top += style.leading
        return top

    def _write_line(self, line: Line, x: float, base: float, *, goes_on: bool) -> None:
        """Write the parts of a line where they stand, in the order in which they are read.

        A space keeps its last word apart from the next line's first, but not the parts of one word.
        """
        turned, last = self.face.script.right_to_left, line[-1] if line else UNPARTED
        if last == UNPARTED:
            line = line[:-1]
        elif goes_on:
            space = Span(" ", last.bold, last.size, int(turned))
            x -= measure_span(self.face, space) if turned else 0
            line = (*line, space)
        lefts = self._find_lefts(line, x)
        for span, left in zip(line, lefts, strict=True):
            runs = self.face.shape(span.text, bold=span.bold, turned=span.level % 2 == 1)
            if len(runs) == 1 and not runs[0].turned:
                self._show(runs[0], span.size, left, base)
                continue
            for run, start in _arrange(runs, span.size, left):
                self._show(run, span.size, start, base)

    def _find_lefts(self, line: Line, x: float) -> list[float]:
        """Return where each part of a line begins on the left."""
        if len(line) == 1:
            return [x]
        lefts = [0.0] * len(line)
        levels = [span.level for span in line]
        for place in order(levels) if any(levels) else range(len(line)):
            lefts[place] = x
            x += measure_span(self.face, line[place])
        return lefts

    def _show(self, run: Run, size: float, x: float, base: float) -> None:
        """Paint a run; where shapes stand from right to left or off the line, one by one.

        Readers of the file put such letters together in the order in which they come.
        """
        used = self.used.get(run.face.name)
        if used is None:
            used = self.used[run.face.name] = Used(run.face, f"F{len(self.used) + 1}")
        font = f"/{used.key} {size:g} Tf"
        if not run.scattered:
            self.add(f"{font} 1 0 0 1 {x:.2f} {base:.2f} Tm [{used.write(run)}] TJ")
            return
        scale = size / run.face.units
        self.add(font)
        x += run.width * scale if run.turned else 0.0
        for glyph in run.glyphs:
            x -= glyph.advance * scale if run.turned else 0.0
            left, low = x + glyph.shift * scale, base + glyph.rise * scale
            self.add(f"1 0 0 1 {left:.2f} {low:.2f} Tm <{used.code(glyph):04X}> Tj")
            x += 0.0 if run.turned else glyph.advance * scale

    def _paint(self, path: str, look: Look) -> None:
        parts = ["q"]
        if look.fill:
            parts.append(paint_with(look.fill))
        if look.line:
            parts.append(f"{paint_with(look.line, line=True)} {look.weight:g} w 1 J 1 j")
        if look.dash:
            parts.append(f"[{look.dash}] 0 d")
        act = "B" if look.fill and look.line else "f" if look.fill else "S"
        self.add(" ".join([*parts, path, act, "Q"]))


@lru_cache(maxsize=128)
def paint_with(colour: str, *, line: bool = False) -> str:
    """Return the operator that chooses a colour written as `#RRGGBB`."""
    shares = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return " ".join(f"{share:.4g}" for share in shares) + (" RG" if line else " rg")


def _arrange(runs: tuple[Run, ...], size: float, left: float) -> Iterable[tuple[Run, float]]:
    """Yield runs in the order of reading, each with where it begins on the left."""
    widths = [run.width * size / run.face.units for run in runs]
    x = left + (fsum(widths) if (turned := bool(runs) and runs[0].turned) else 0.0)
    for run, width in zip(runs, widths, strict=True):
        x -= width if turned else 0.0
        yield run, x
        x += 0.0 if turned else width


def _outline(box: Box, radius: float, page_height: float) -> str:
    """Return the path of a rectangle, with round corners where a radius is given."""
    left, right = box.x, box.x + box.width
    high, low = page_height - box.top, page_height - box.top - box.height
    if not radius:
        return f"{left:.2f} {low:.2f} {box.width:.2f} {box.height:.2f} re"
    near = radius * (1 - CURVE)
    return ROUND % (
        left + radius, low, right - radius, low,
        right - near, low, right, low + near, right, low + radius,
        right, high - radius,
        right, high - near, right - near, high, right - radius, high,
        left + radius, high,
        left + near, high, left, high - near, left, high - radius,
        left, low + radius,
        left, low + near, left + near, low, left + radius, low,
    )  # fmt: skip
