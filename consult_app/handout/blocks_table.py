"""Small tables: a heading bar, rows, number badges and meters."""

from __future__ import annotations

from math import fsum

from consult_app.handout.document import Table
from consult_app.handout.drawing import paint_badge
from consult_app.handout.lines import Lines, measure_text, set_lines
from consult_app.handout.pen import Box, Look, Pen
from consult_app.handout.pieces import Piece, Setting, stack, words
from consult_app.handout.style import BRAND, WHITE, ZEBRA, TextStyle
from consult_app.handout.tagging import COLUMN_HEADING, ROW_HEADING, tell
from consult_app.values import dataclass

SIDE = 9.0
"""Space left of the words of a cell."""
BELOW = 2.0
"""Extra space that keeps a line of text off the last row."""
BARS = 4
BAR_WIDTH = 8.0
BAR_PITCH = 11.0
MOST_HEADINGS = 3
"""Rows of a table that get a heading each in large print."""
METER = SIDE + BARS * BAR_PITCH


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns of a table.

    Attributes:
        widths: Of every column, the meter's last.
        indent: Space for the badge in the first column.
    """

    widths: tuple[float, ...]
    indent: float


def fit_table(block: Table, width: float, setting: Setting) -> Piece:
    """Set a table; in large print every row becomes a heading with its sentences."""
    if setting.is_large:
        return _fit_as_sentences(block, width, setting)
    grid = _plan(block, width, setting)
    pieces = [_fit_heading(block, grid, setting)]
    pieces += [_fit_row(block, number, grid, setting) for number in range(len(block.rows))]
    rows = stack(pieces, 0)
    height = rows.height + BELOW

    def paint(pen: Pen, box: Box) -> None:
        with pen.element("Table"):
            rows.paint(pen, Box(box.x, box.top, box.width, rows.height))

    return Piece(height, paint)


def _plan(block: Table, width: float, setting: Setting) -> Grid:
    """Give every column its longest word, and the rest to those with most to say."""
    body = setting.style.body
    indent = 2 * setting.style.badge + 7 if block.numbered else 0.0
    least, most = [], []
    for place, heading in enumerate(block.columns):
        style = body.strong() if place == 0 else body
        sizes = [measure_text(setting.face, row[place], style) for row in block.rows]
        sizes.append(measure_text(setting.face, heading, body.strong()))
        extra = SIDE + 4 + (indent if place == 0 else 0)
        least.append(max(size[0] for size in sizes) + extra)
        most.append(max(size[1] for size in sizes) + extra)
    if block.meters:
        meter = measure_text(setting.face, block.meter_heading, body.strong())[1] + SIDE + 4
        least.append(max(meter, METER))
        most.append(max(meter, METER))
    plans = [Grid(widths, indent) for widths in _share(least, most, width)]
    return min(plans, key=lambda grid: _count_lines(block, grid, setting))


def _share(least: list[float], most: list[float], width: float) -> list[tuple[float, ...]]:
    """Return ways to share a width: the longest word fits, the rest goes where it is wished."""
    room = width - fsum(least)
    if room <= 0:
        return [tuple(part * width / fsum(least) for part in least)]
    wishes = [high - low for low, high in zip(least, most, strict=True)]
    if fsum(wishes) <= room:
        spare = (room - fsum(wishes)) / len(most)
        return [tuple(high + spare for high in most)]
    fair = tuple(low + room * wish / fsum(wishes) for low, wish in zip(least, wishes, strict=True))
    modest = list(least)
    for place in sorted(range(len(wishes)), key=lambda place: wishes[place]):
        modest[place] += min(wishes[place], room)
        room -= min(wishes[place], room)
    return [fair, tuple(modest)]


def _count_lines(block: Table, grid: Grid, setting: Setting) -> int:
    body = setting.style.body
    styles = [body.strong(), *[body] * (len(block.columns) - 1)]
    rows = [_set_cells(row, grid, setting, styles) for row in block.rows]
    return sum(max(len(cell) for cell in row) for row in rows)


def _set_cells(
    texts: tuple[str, ...], grid: Grid, setting: Setting, styles: list[TextStyle]
) -> list[Lines]:
    cells = []
    for place, (text, style) in enumerate(zip(texts, styles, strict=True)):
        inner = grid.widths[place] - SIDE - 4 - (grid.indent if place == 0 else 0)
        cells.append(set_lines(setting.face, text, inner + 0.1, style))
    return cells


def _fit_heading(block: Table, grid: Grid, setting: Setting) -> Piece:
    style = setting.style.body.strong().tint(WHITE)
    texts = (*block.columns, block.meter_heading) if block.meters else block.columns
    flat = Grid(grid.widths, 0.0)
    cells = _set_cells(texts, flat, setting, [style] * len(texts))
    pad = max(setting.style.rhythm.cell - 1, 3)
    height = max(len(cell) for cell in cells) * style.leading + 2 * pad

    def paint(pen: Pen, box: Box) -> None:
        with pen.decoration():
            pen.frame(Box(box.x, box.top, box.width, height), 7, Look(fill=BRAND))
        x = box.x
        with pen.element("TR"):
            for cell, width in zip(cells, grid.widths, strict=True):
                with pen.element("TH", COLUMN_HEADING), pen.content():
                    pen.write(cell, Box(x + SIDE, box.top + pad, width - SIDE, 0), style)
                x += width

    return Piece(height, paint)


def _fit_row(block: Table, number: int, grid: Grid, setting: Setting) -> Piece:
    body = setting.style.body
    row = block.rows[number]
    styles = [body.strong(), *[body] * (len(row) - 1)]
    cells = _set_cells(row, grid, setting, styles)
    pad = setting.style.rhythm.cell
    tall = max(len(cell) for cell in cells) * body.leading
    height = max(tall, 2 * setting.style.badge if block.numbered else 0) + 2 * pad
    base = (height - tall) / 2

    def paint(pen: Pen, box: Box) -> None:
        with pen.decoration():
            if number % 2:
                pen.frame(Box(box.x, box.top, box.width, height), 0, Look(fill=ZEBRA))
            pen.rule(box.x, box.top + height, box.width)
        with pen.element("TR"):
            x = box.x
            for place, (cell, style) in enumerate(zip(cells, styles, strict=True)):
                kind = ("TH", ROW_HEADING) if place == 0 else ("TD", "")
                indent = grid.indent if place == 0 else 0
                if indent:
                    spot = (box.x + SIDE + setting.style.badge, box.top + height / 2)
                with pen.element(*kind), pen.content():
                    if indent:
                        paint_badge(pen, spot, str(number + block.first), body, more=True)
                    room = grid.widths[place] - SIDE - indent
                    area = Box(x + SIDE + indent, box.top + base, room, 0)
                    pen.write(cell, area, style)
                x += grid.widths[place]
            if block.meters:
                _paint_meter(pen, Box(x + SIDE, box.top, 0, height), block, number)

    return Piece(height, paint)


def _paint_meter(pen: Pen, box: Box, block: Table, number: int) -> None:
    level = block.meters[number]
    tallest = min(box.height - 7, 22.0)
    low = box.top + box.height / 2 + tallest / 2
    edge = pen.height - low
    left = pen.place(Box(box.x, box.top, BARS * BAR_PITCH, tallest)).x
    bounds = f"/A << /O /Layout /Placement /Block /BBox [{left:.1f} {edge:.1f} "
    bounds += f"{left + BARS * BAR_PITCH:.1f} {edge + tallest:.1f}] >>"
    said = f"{tell(block.meter_words[level])} {bounds}"
    with pen.element("TD"), pen.element("Figure", said), pen.content():
        for bar in range(BARS):
            high = tallest * (bar + 1.4) / (BARS + 0.4)
            look = Look(fill=BRAND if bar < level else WHITE, line=BRAND, weight=1)
            pen.frame(Box(box.x + bar * BAR_PITCH, low - high, BAR_WIDTH, high), 1.5, look)


def _fit_as_sentences(block: Table, width: float, setting: Setting) -> Piece:
    """Set every row as a heading with its sentences; in a long table they stand behind it."""
    style = setting.style
    runs_in = len(block.rows) > MOST_HEADINGS or block.first > 1
    pieces = []
    for number, row in enumerate(block.rows):
        head = f"{number + block.first}. {row[0]}" if block.numbered else row[0]
        told = [
            f"**{column}:**\u00a0{cell}"
            for column, cell in zip(block.columns[1:], row[1:], strict=True)
        ]
        if block.meters:
            told.append(f"**{block.meter_heading}:** {block.meter_words[block.meters[number]]}")
        text = "\u00a0\u00b7 ".join(told)
        if runs_in:
            pieces.append(words(setting, f"**{head}**\u00a0\u00b7 {text}", width, style.body))
            continue
        heading = words(setting, head, width, style.key, "H3")
        sentences = words(setting, text, width, style.body)
        pieces.append(stack([heading, sentences], 2))
    return stack(pieces, style.rhythm.block)
