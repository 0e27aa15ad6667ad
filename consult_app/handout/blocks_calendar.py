"""The visits as calendar tiles on a line of time."""

from __future__ import annotations

from itertools import pairwise
from math import fsum

from consult_app.handout.blocks_text import as_list
from consult_app.handout.document import Calendar, Visit
from consult_app.handout.lines import Lines, measure_text, set_lines
from consult_app.handout.pen import Box, Look, Pen
from consult_app.handout.pieces import WIDE, Piece, Setting, inset, stack
from consult_app.handout.style import BRAND, INK, QUIET, STRONG_TINT, WHITE, TextStyle

GAP = 12.0
NODE = 6.0
TIMELINE = 20.0
"""Height of the line of time above the tiles."""
MOST_IN_A_ROW = 6
LEAST_TILE = 76.0
"""Width of a tile that holds a day of the week and a time on one line."""
BELOW = 2.0
"""Extra space that keeps a line of text off the tiles."""
TILE_PAD = 5.0
DATE_PAD = 4.0


def fit_calendar(block: Calendar, width: float, setting: Setting) -> Piece:
    """Set the visits in tiles; as a list in large print or in a narrow column."""
    if setting.is_large or width < min(WIDE, measure_tiles(block, LEAST_TILE)):
        pieces = [_fit_entry(visit, width, setting) for visit in block.visits]
        return as_list(stack(pieces, setting.style.rhythm.item))
    count = len(block.visits)
    rows = -(-count // MOST_IN_A_ROW)
    size = -(-count // rows)
    parts = [block.visits[start : start + size] for start in range(0, count, size)]
    tile = (width - GAP * (size - 1)) / size
    tiles = stack([_fit_row(part, tile, setting) for part in parts], GAP)
    return as_list(inset(tiles, 0, 0, 0, BELOW))


def measure_tiles(block: Calendar, tile: float) -> float:
    """Return how wide the visits are in a single row of tiles of this width."""
    return (tile + GAP) * len(block.visits) - GAP


def _fit_row(visits: tuple[Visit, ...], tile: float, setting: Setting) -> Piece:
    tiles = [_Tile(visit, tile, setting) for visit in visits]
    band = max(one.band for one in tiles)
    height = TIMELINE + band + max(one.body for one in tiles)

    def paint(pen: Pen, box: Box) -> None:
        with pen.decoration():
            _paint_time(pen, box, visits, tile, setting)
        for place, (visit, one) in enumerate(zip(visits, tiles, strict=True)):
            x = box.x + place * (tile + GAP)
            area = Box(x, box.top + TIMELINE, tile, height - TIMELINE)
            with pen.decoration():
                _paint_tile(pen, area, band, filled=visit.kind == "visit")
            with pen.element("LI"), pen.element("LBody"):
                if visit.gap:
                    _write_gap(pen, box, x, visit, tile, setting)
                with pen.content():
                    one.write(pen, area, band)

    return Piece(height, paint)


class _Tile:
    """The words of one tile, broken to its width."""

    def __init__(self, visit: Visit, tile: float, setting: Setting) -> None:
        style = setting.style
        tone = WHITE if visit.kind == "visit" else INK
        inner = tile - 2 * TILE_PAD
        tight = TextStyle(size=style.body.size, leading=15)
        self._parts: list[tuple[Lines, TextStyle]] = []
        dates = [(visit.day_number, style.day), (visit.month_year, tight)]
        if style.rhythm.is_fullest:
            dates = [(visit.on_one_line, tight.strong())]
        for text, look in (
            (visit.label, tight.strong().tint(tone)),
            *dates,
            (visit.weekday_time, tight if style.rhythm.is_fullest else tight.strong()),
        ):
            self._parts.append((set_lines(setting.face, text, inner, look), look))
        heights = [len(lines) * look.leading for lines, look in self._parts]
        self.band = heights[0] + 2 * 4
        self.body = fsum(heights[1:]) + 2 * DATE_PAD

    def write(self, pen: Pen, area: Box, band: float) -> None:
        """Write the label into the band and the date below it."""
        label, look = self._parts[0]
        top = area.top + (band - len(label) * look.leading) / 2
        x, inner = area.x + TILE_PAD, area.width - 2 * TILE_PAD
        pen.write(label, Box(x, top, inner, 0), look, align="centre", more=True)
        top = area.top + band + DATE_PAD
        for number, (lines, look) in enumerate(self._parts[1:], start=1):
            more = number < len(self._parts) - 1
            top = pen.write(lines, Box(x, top, inner, 0), look, align="centre", more=more)


def _paint_time(
    pen: Pen, box: Box, visits: tuple[Visit, ...], tile: float, setting: Setting
) -> None:
    """Paint the line of time with a node over each tile."""
    middle = box.top + 8
    nodes = [box.x + place * (tile + GAP) + tile / 2 for place in range(len(visits))]
    if visits[0].gap:
        # A further row: how long after the visit before stands left of its first node.
        lead = _weigh_gap(visits[0], tile, setting) + NODE + 5
        nodes[0] = box.x + min(max(lead, tile / 2), tile - NODE)
    for start, end in pairwise(nodes):
        pen.line((start, middle), (end, middle), Look(line=BRAND, weight=1.6))
    for x, visit in zip(nodes, visits, strict=True):
        fill = BRAND if visit.kind == "visit" else WHITE
        pen.disc(x, middle, NODE, Look(fill=fill, line=BRAND, weight=1.8))


def _style_gap(setting: Setting) -> TextStyle:
    return TextStyle(size=setting.style.body.size, leading=16, colour=QUIET)


def _weigh_gap(visit: Visit, tile: float, setting: Setting) -> float:
    wide = measure_text(setting.face, visit.gap, _style_gap(setting))[1]
    return min(wide, tile + GAP - 2 * NODE)


def _write_gap(
    pen: Pen, box: Box, x: float, visit: Visit, tile: float, setting: Setting
) -> None:  # fmt: skip
    """Write how long after the visit before, on the line between the nodes."""
    style = _style_gap(setting)
    room = tile + GAP - 2 * NODE
    wide = _weigh_gap(visit, tile, setting)
    lines = set_lines(setting.face, visit.gap, room, style)
    if x <= box.x:
        with pen.content():
            pen.write(lines, Box(x, box.top, room, 0), style, more=True)
        return
    middle = x - GAP / 2
    with pen.decoration():
        knock = Box(middle - wide / 2 - 4, box.top, wide + 8, 16)
        pen.frame(knock, 0, Look(fill=WHITE))
    with pen.content():
        pen.write(lines, Box(middle - room / 2, box.top, room, 0), style, align="centre", more=True)


def _paint_tile(pen: Pen, area: Box, band: float, *, filled: bool) -> None:
    pen.frame(area, 9, Look(fill=WHITE))
    pen.top_band(Box(area.x, area.top, area.width, band), 9, BRAND if filled else STRONG_TINT)
    pen.frame(area, 9, Look(line=BRAND, weight=1.2))


def _fit_entry(visit: Visit, width: float, setting: Setting) -> Piece:
    """Set a visit as a line of a list: what, when, and how long after the one before."""
    style = setting.style
    indent = style.icon * 1.8
    room = width - indent
    after = f"\u00a0\u00b7 {visit.gap}" if visit.gap else ""
    text = f"**{visit.label}:** {visit.spoken}{after}"
    lines = set_lines(setting.face, text, room, style.body)
    height = len(lines) * style.body.leading

    def paint(pen: Pen, box: Box) -> None:
        with pen.decoration():
            middle = box.top + style.body.leading / 2
            pen.icon("calendar", box.x, middle - style.icon / 2, style.icon, BRAND)
        with pen.element("LI"), pen.element("LBody"), pen.content():
            pen.write(lines, Box(box.x + indent, box.top, room, 0), style.body)

    return Piece(height, paint)
