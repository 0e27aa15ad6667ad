"""Paints on the pages of the sheet, measured from the top left corner in points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Literal

from consult_app.errors import ConsultError
from consult_app.handout.embedding import Used
from consult_app.handout.fonts import Run, Typeface
from consult_app.handout.lines import Line, Span, measure_line
from consult_app.handout.style import HAIRLINE, TextStyle
from consult_app.handout.tagging import Repeats, Tree

Align = Literal["left", "centre", "right"]
CURVE = 0.5523
"""How far the handles of a quarter circle reach, as a part of its radius."""
BASELINE = 0.33
"""How far the baseline lies below the middle of a line, as a part of the size."""
ICON_GRID = 256


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page: left edge, top edge, width and height."""

    x: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
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
        used: What was drawn with each face.
    """

    def __init__(
        self, face: Typeface, tree: Tree, icons: dict[str, str], paper: tuple[float, float]
    ) -> None:
        self.face = face
        self.tree = tree
        self.width, self.height = paper
        self.pages: list[list[str]] = []
        self.used = {
            font.name: Used(font, f"F{number}") for number, font in enumerate(face.faces, start=1)
        }
        self._icons = icons

    def start_page(self) -> None:
        """Turn to a new page."""
        self.pages.append([])
        self.tree.start_page()

    # What is read aloud

    def element(self, kind: str, attributes: str = "") -> AbstractContextManager[None]:
        """Put what follows into an element of the reading order."""
        return self.tree.element(kind, attributes)

    def content(self) -> AbstractContextManager[None]:
        """Let what follows be read as the current element's content."""
        return self.tree.content(self.pages[-1])

    def decoration(self, repeats: Repeats | None = None) -> AbstractContextManager[None]:
        """Let what follows be skipped when reading aloud."""
        return self.tree.decoration(self.pages[-1], repeats)

    # Shapes

    def add(self, *operators: str) -> None:
        """Append operators to the current page."""
        self.pages[-1].extend(operators)

    def frame(self, box: Box, radius: float, look: Look) -> None:
        """Paint a rectangle with round corners."""
        radius = min(radius, box.width / 2, box.height / 2)
        self._paint(_outline(box, radius, self.height), look)

    def top_band(self, box: Box, radius: float, colour: str) -> None:
        """Paint a band whose two upper corners are round."""
        self.add("q", _outline(box, 0, self.height), "W n")
        taller = Box(box.x, box.top, box.width, box.height + 2 * radius)
        self.frame(taller, radius, Look(fill=colour))
        self.add("Q")

    def disc(self, x: float, top: float, radius: float, look: Look) -> None:
        """Paint a circle around a point."""
        self.frame(Box(x - radius, top - radius, 2 * radius, 2 * radius), radius, look)

    def line(self, start: tuple[float, float], end: tuple[float, float], look: Look) -> None:
        """Paint a straight line."""
        path = f"{start[0]:.2f} {self.height - start[1]:.2f} m "
        path += f"{end[0]:.2f} {self.height - end[1]:.2f} l"
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
                f"The sheet has no picture called “{name}”.",
                "Choose one of the names in resources/handout/icons.json.",
            )
        scale = size / ICON_GRID
        place = f"{scale:.5f} 0 0 {scale:.5f} {x:.2f} {self.height - top - size:.2f} cm"
        self.add(f"q {paint_with(colour)} {place} {self._icons[name]} f Q")

    @contextmanager
    def clip(self, box: Box, radius: float = 0) -> Iterator[None]:
        """Keep what follows inside a rectangle."""
        self.add("q", _outline(box, radius, self.height), "W n")
        try:
            yield
        finally:
            self.add("Q")

    # Words

    def write(
        self, lines: Sequence[Line], box: Box, style: TextStyle, *, align: Align = "left",
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
        for number, line in enumerate(lines, start=1):
            slack = box.width - measure_line(self.face, line)
            x = box.x + {"left": 0.0, "centre": slack / 2, "right": slack}[align]
            base = self.height - (top + style.leading / 2 + style.size * BASELINE)
            ends = number == len(lines) and not more
            self._write_line(line if ends else _with_space(line), x, base, style.colour)
            top += style.leading
        return top

    def _write_line(self, line: Line, x: float, base: float, colour: str) -> None:
        self.add(f"BT {paint_with(colour)}")
        for span in line:
            for run in self.face.shape(span.text, bold=span.bold):
                used = self.used[run.face.name]
                self.add(
                    f"/{used.key} {span.size:g} Tf 1 0 0 1 {x:.2f} {base:.2f} Tm "
                    f"[{_show(run, used)}] TJ"
                )
                x += run.width * span.size / run.face.units
        self.add("ET")

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


def paint_with(colour: str, *, line: bool = False) -> str:
    """Return the operator that chooses a colour written as `#RRGGBB`."""
    shares = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return " ".join(f"{share:.4g}" for share in shares) + (" RG" if line else " rg")


def _with_space(line: Line) -> Line:
    """Return the line with a space that keeps its last word apart from the next line's first."""
    if not line:
        return line
    last = line[-1]
    return (*line[:-1], Span(last.text + " ", last.bold, last.size))


def _show(run: Run, used: Used) -> str:
    """Return codes with the corrections that kerning asks for, in thousandths."""
    scale = 1000 / run.face.units
    parts: list[str] = []
    codes = ""
    for glyph in run.glyphs:
        if glyph.shift:
            parts += [f"<{codes}>" if codes else "", f"{-glyph.shift * scale:.0f}"]
            codes = ""
        codes += f"{used.code(glyph):04X}"
        excess = run.face.measure(glyph.index) + glyph.shift - glyph.advance
        if excess:
            parts += [f"<{codes}>", f"{excess * scale:.0f}"]
            codes = ""
    return "".join([*parts, f"<{codes}>" if codes else ""])


def _outline(box: Box, radius: float, page_height: float) -> str:
    """Return the path of a rectangle, with round corners where a radius is given."""
    left, right = box.x, box.x + box.width
    high, low = page_height - box.top, page_height - box.top - box.height
    if not radius:
        return f"{left:.2f} {low:.2f} {box.width:.2f} {box.height:.2f} re"
    near = radius * (1 - CURVE)

    def corner(*places: float) -> str:
        return " ".join(f"{place:.2f}" for place in places)

    return " ".join(
        (
            corner(left + radius, low), "m", corner(right - radius, low), "l",
            corner(right - near, low, right, low + near, right, low + radius), "c",
            corner(right, high - radius), "l",
            corner(right, high - near, right - near, high, right - radius, high), "c",
            corner(left + radius, high), "l",
            corner(left + near, high, left, high - near, left, high - radius), "c",
            corner(left, low + radius), "l",
            corner(left, low + near, left + near, low, left + radius, low), "c h",
        )
    )  # fmt: skip
