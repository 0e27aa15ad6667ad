"""Running text, lists, things to remember, and lines to write on."""

from __future__ import annotations

from math import fsum

from consult_app.handout.document import (
    Bullets,
    Choice,
    KeyPoint,
    KeyPoints,
    Paragraph,
    Quotes,
    WriteLines,
)
from consult_app.handout.lines import measure_text, set_lines
from consult_app.handout.pen import Box, Look, Pen
from consult_app.handout.pieces import WIDE, Piece, Setting, beside, divide, stack, words
from consult_app.handout.style import BRAND, GREEN, INK, RED, WHITE, WRITE_ON
from consult_app.handout.tagging import LIST

WRITE_LINE = 25.0
"""From one line to write on to the next."""
COLUMN_GAP = 20.0
POINT_GAP = 8.0


def fit_paragraph(block: Paragraph, width: float, setting: Setting) -> Piece:
    """Set sentences that belong together."""
    style = setting.style.lead if block.lead else setting.style.body
    return words(setting, block.text, width, style)


def fit_bullets(block: Bullets, width: float, setting: Setting) -> Piece:
    """Set a list, in two columns where there is room."""
    if width >= WIDE and not setting.is_large and len(block.items) > 1:
        widths = divide(width, (1, 1), COLUMN_GAP)
        half = (len(block.items) + 1) // 2
        parts = (block.items[:half], block.items[half:])
        columns = [
            _fit_items(items, block.mark, part, setting)
            for items, part in zip(parts, widths, strict=True)
        ]
        return as_list(beside(columns, widths, COLUMN_GAP))
    return as_list(_fit_items(block.items, block.mark, width, setting))


def fit_quotes(block: Quotes, width: float, setting: Setting) -> Piece:
    """Set somebody's own words as a list."""
    return fit_bullets(Bullets(items=block.items), width, setting)


def as_list(piece: Piece) -> Piece:
    """Let a piece be read as one list."""

    def paint(pen: Pen, box: Box) -> None:
        with pen.element("L", LIST):
            piece.paint(pen, box)

    return Piece(piece.height, paint)


def _fit_items(items: tuple[str, ...], mark: str, width: float, setting: Setting) -> Piece:
    pieces = [fit_item(setting, text, mark, width) for text in items]
    return stack(pieces, setting.style.rhythm.item)


def fit_item(setting: Setting, text: str, mark: str, width: float) -> Piece:
    """Set one item of a list with its mark on the left."""
    style = setting.style.body
    indent = setting.style.icon * (1.0 if mark == "dot" else 1.5)
    lines = set_lines(setting.face, text, width - indent, style)

    def paint(pen: Pen, box: Box) -> None:
        with pen.decoration():
            paint_mark(pen, mark, box.x, box.top + style.leading / 2, setting.style.icon)
        with pen.element("LI"), pen.element("LBody"), pen.content():
            pen.write(lines, Box(box.x + indent, box.top, box.width - indent, 0), style)

    return Piece(len(lines) * style.leading, paint)


def paint_mark(pen: Pen, mark: str, x: float, middle: float, size: float) -> None:
    """Paint a dot, tick, cross or empty box at the left of a line."""
    if mark == "dot":
        pen.disc(x + size * 0.25, middle + 0.4, size * 0.15, Look(fill=BRAND))
    elif mark == "box":
        edge = size * 0.86
        box = Box(x + 0.6, middle - edge / 2, edge, edge)
        pen.frame(box, 2.2, Look(fill=WHITE, line=INK, weight=1.2))
    else:
        name, colour = ("check", GREEN) if mark == "tick" else ("cross", RED)
        pen.icon(name, x, middle - size / 2, size, colour)


def fit_key_points(block: KeyPoints, width: float, setting: Setting) -> Piece:
    """Set the things to remember side by side, or one under the other where it is narrow."""
    if width >= WIDE and not setting.is_large:
        room = width - POINT_GAP * (len(block.points) - 1)
        widths = divide(width, _share_points(block, room, setting), POINT_GAP)
        pieces = [
            _fit_key_point(point, part, setting)
            for point, part in zip(block.points, widths, strict=True)
        ]
        return as_list(beside(pieces, widths, POINT_GAP))
    pieces = [_fit_key_point(point, width, setting) for point in block.points]
    return as_list(stack(pieces, setting.style.rhythm.block))


def _share_points(block: KeyPoints, room: float, setting: Setting) -> tuple[float, ...]:
    """Give each thing to remember the width its title needs."""
    face, style = setting.face, setting.style
    indent = _disc(setting) * 2 + 9
    titles = [measure_text(face, point.title, style.key)[1] for point in block.points]
    texts = [measure_text(face, point.text, style.body)[1] for point in block.points]
    for lines in (1, 2):
        wishes = [
            indent + max(title, text / lines) for title, text in zip(titles, texts, strict=True)
        ]
        if fsum(wishes) <= room:
            break
    spare = max(room - fsum(wishes), 0.0) / len(wishes)
    return tuple(wish + spare for wish in wishes)


def _disc(setting: Setting) -> float:
    """Return the radius of the disc an icon stands on."""
    return (setting.style.body.leading * 2 + 1) / 2


def _fit_key_point(point: KeyPoint, width: float, setting: Setting) -> Piece:
    style = setting.style
    disc = _disc(setting)
    indent = disc * 2 + 9
    if setting.is_large and style.rhythm.is_fullest:
        return _fit_key_line(point, width, setting)
    title = set_lines(setting.face, point.title, width - indent, style.key)
    text = set_lines(setting.face, point.text, width - indent, style.body)
    tall = len(title) * style.key.leading + len(text) * style.body.leading

    def paint(pen: Pen, box: Box) -> None:
        middle = box.top + max(min(tall, disc * 2.4) / 2, disc)
        with pen.decoration():
            pen.disc(box.x + disc, middle, disc, Look(fill=BRAND))
            pen.icon(point.icon, box.x + disc * 0.45, middle - disc * 0.55, disc * 1.1, WHITE)
        top = box.top + max(disc * 2 - tall, 0) / 2
        with pen.element("LI"), pen.element("LBody"), pen.content():
            column = Box(box.x + indent, top, width - indent, 0)
            top = pen.write(title, column, style.key, more=bool(text))
            pen.write(text, Box(column.x, top, column.width, 0), style.body)

    return Piece(max(tall, disc * 2), paint)


def _fit_key_line(point: KeyPoint, width: float, setting: Setting) -> Piece:
    """Set a thing to remember on a line of its own, where every line counts."""
    style = setting.style
    size = style.icon * 1.3
    indent = size + 9
    lines = set_lines(setting.face, f"**{point.title}.** {point.text}", width - indent, style.body)

    def paint(pen: Pen, box: Box) -> None:
        with pen.decoration():
            pen.icon(point.icon, box.x, box.top + (style.body.leading - size) / 2, size, BRAND)
        with pen.element("LI"), pen.element("LBody"), pen.content():
            pen.write(lines, Box(box.x + indent, box.top, width - indent, 0), style.body)

    return Piece(len(lines) * style.body.leading, paint)


def fit_write_lines(block: WriteLines, _width: float, setting: Setting) -> Piece:
    """Set empty lines to write on; spare room widens the distance between them."""
    pitch = WRITE_LINE * setting.style.body.size / 12

    def paint(pen: Pen, box: Box) -> None:
        step = min(max(box.height / block.count, pitch), pitch * 1.3)
        with pen.decoration():
            for number in range(1, block.count + 1):
                low = box.top + number * step - 3
                look = Look(line=WRITE_ON, weight=0.8)
                pen.line((box.x, low), (box.x + box.width, low), look)

    return Piece(pitch * block.count, paint)


def fit_choice(block: Choice, width: float, setting: Setting) -> Piece:
    """Set boxes to tick and lines to sign."""
    pieces = []
    if block.boxes:
        pieces.append(as_list(_fit_boxes(block.boxes, width, setting)))
    if block.statement:
        pieces.append(words(setting, block.statement, width, setting.style.body))
    pairs = [block.lines[place : place + 2] for place in range(0, len(block.lines), 2)]
    for pair in pairs:
        widths = divide(width, (1.6, 1)[: len(pair)], COLUMN_GAP)
        signs = [
            _fit_sign_line(label, part, setting) for label, part in zip(pair, widths, strict=True)
        ]
        pieces.append(beside(signs, widths, COLUMN_GAP))
    return stack(pieces, setting.style.rhythm.item)


def _fit_boxes(boxes: tuple[str, ...], width: float, setting: Setting) -> Piece:
    """Set boxes to tick in pairs where all of them are short."""
    single = _fit_items(boxes, "box", width, setting)
    if setting.is_large:
        return single
    widths = divide(width, (1, 1), setting.style.rhythm.column)
    pairs = [boxes[place : place + 2] for place in range(0, len(boxes), 2)]
    rows = [
        beside(
            [
                fit_item(setting, text, "box", part)
                for text, part in zip(pair, widths, strict=False)
            ],
            widths[: len(pair)],
            setting.style.rhythm.column,
        )
        for pair in pairs
    ]
    paired = stack(rows, setting.style.rhythm.item)
    return paired if all(row.height <= setting.style.body.leading for row in rows) else single


def _fit_sign_line(label: str, width: float, setting: Setting) -> Piece:
    style = setting.style.body
    wide = min(measure_text(setting.face, label, style)[1], width * 0.7)
    lines = set_lines(setting.face, label, wide + 0.5, style)
    height = max(len(lines) * style.leading, style.size * 1.8) + style.size * 0.4

    def paint(pen: Pen, box: Box) -> None:
        low = box.top + height - style.size * 0.4
        top = low + style.size * 0.25 - len(lines) * style.leading
        with pen.element("P"), pen.content():
            pen.write(lines, Box(box.x, top, wide + 1, 0), style)
        with pen.decoration():
            look = Look(line=WRITE_ON, weight=0.8)
            pen.line((box.x + wide + 6, low), (box.x + width, low), look)

    return Piece(height, paint)
