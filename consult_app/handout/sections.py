"""Sections with their headings, set plain or in a card."""

from __future__ import annotations

from itertools import groupby

from consult_app.handout.blocks import fit_block
from consult_app.handout.blocks_calendar import LEAST_TILE, measure_tiles
from consult_app.handout.cards import CARDS, RADIUS, Card, choose_card, frame_card
from consult_app.handout.document import (
    Block,
    Calendar,
    CallBox,
    DatedList,
    Figure,
    Paragraph,
    Section,
)
from consult_app.handout.figures import choose_drawings
from consult_app.handout.lines import set_lines
from consult_app.handout.pen import Box, Pen
from consult_app.handout.pieces import (
    WIDE,
    Piece,
    Setting,
    beside,
    divide,
    inset,
    nothing,
    stack,
    words,
)
from consult_app.handout.style import (
    TextStyle,
)

FIGURE_SHARE = {"standard": 0.34, "large": 0.45}
"""Part of the width that a picture takes beside its text."""
PAIR_SHARE = 0.45
"""The same in ordinary print where two drawings stand side by side."""
TILES = (96.0, 90.0, 84.0, 80.0, LEAST_TILE)
"""Widths of a visit's tile tried where text stands beside the visits."""
LEAST_BESIDE = 128.0
"""Width of such a text at least: some 25 letters in a line."""


def fit_section(
    section: Section, width: float, setting: Setting, *, goes_on: bool = False
) -> Piece:
    """Set a section in its tone.

    Args:
        section: What it says.
        width: Of its column.
        setting: The style and all else that measuring needs.
        goes_on: Whether its heading only repeats that of the page before.
    """
    key = (id(setting.face.settle(section)), width, setting, goes_on)
    known: Piece | None = setting.face.pieces.get(key)
    if known is None:
        known = setting.face.pieces[key] = _fit_section(section, width, setting, goes_on=goes_on)
    return known


def _fit_section(section: Section, width: float, setting: Setting, *, goes_on: bool) -> Piece:
    card = choose_card(section)
    if card:
        piece = _fit_card(section, (card, goes_on), width, setting)
    else:
        piece = _fit_plain(section, width, setting)

    def paint(pen: Pen, box: Box) -> None:
        with pen.element("Sect"):
            piece.paint(pen, box)

    return Piece(piece.height, paint)


def _fit_plain(section: Section, width: float, setting: Setting) -> Piece:
    body = _with_heading(section, _arrange_text(section, width, setting), width, setting)
    if not _has_picture_column(section, width):
        return body
    pair = _fit_beside_picture(section, width, setting)
    if _has_several_drawings(section, setting):
        level = _fit_beside_picture(section, width, setting, PAIR_SHARE)
        pair = min(pair, level, key=lambda piece: piece.height)
    # In large print a list beside the picture can be higher than the picture with the list below.
    return body if setting.is_large and body.height < pair.height else pair


def _with_heading(section: Section, body: Piece, width: float, setting: Setting) -> Piece:
    if not section.heading:
        return body
    heading = words(setting, section.heading, width, setting.style.section, "H2")
    return stack([heading, body], setting.style.rhythm.heading)


def _has_picture_column(section: Section, width: float) -> bool:
    has_picture = any(isinstance(block, Figure) for block in section.blocks)
    return has_picture and len(section.blocks) > 1 and width >= WIDE


def _has_several_drawings(section: Section, setting: Setting) -> bool:
    pictures = [block for block in section.blocks if isinstance(block, Figure)]
    shown = [choose_drawings(setting.figures, picture) for picture in pictures]
    return not setting.is_large and any(len(drawings) > 1 for drawings in shown)


def _fit_beside_picture(
    section: Section, width: float, setting: Setting, share: float = 0.0
) -> Piece:
    """Set the picture as high as the heading and everything else beside it."""
    pictures = [block for block in section.blocks if isinstance(block, Figure)]
    rest = tuple(block for block in section.blocks if not isinstance(block, Figure))
    gap = setting.style.rhythm.column
    share = share or FIGURE_SHARE["large" if setting.is_large else "standard"]
    widths = divide(width, (share, 1 - share), gap)
    left = stack(
        [fit_block(picture, widths[0], setting) for picture in pictures],
        setting.style.rhythm.block,
    )
    body = _arrange_blocks(rest, section, widths[1], setting)
    heading = nothing()
    below = 0.0
    if section.heading:
        heading = words(setting, section.heading, widths[1], setting.style.section, "H2")
        below = heading.height + setting.style.rhythm.heading

    def paint(pen: Pen, box: Box) -> None:
        x = box.x + widths[0] + gap
        heading.paint(pen, Box(x, box.top, widths[1], heading.height))
        left.paint(pen, Box(box.x, box.top, widths[0], box.height))
        body.paint(pen, Box(x, box.top + below, widths[1], body.height))

    return Piece(max(left.height, below + body.height), paint)


def _fit_card(section: Section, kind: tuple[Card, bool], width: float, setting: Setting) -> Piece:
    card, _ = kind
    pad = setting.style.rhythm.pad
    body = _arrange_text(section, width - 2 * pad, setting)
    edge = pad * 0.8
    if not section.heading:
        return frame_card(inset(body, pad, edge, pad, edge), card)
    heading = _fit_card_heading(section.heading, kind, width, setting)
    below = setting.style.rhythm.heading + (2 if card.band else 0)
    return frame_card(stack([heading, inset(body, pad, below, pad, edge)], 0), card)


def _fit_card_heading(text: str, kind: tuple[Card, bool], width: float, setting: Setting) -> Piece:
    card, goes_on = kind
    rhythm = setting.style.rhythm
    style: TextStyle = (setting.style.alarm if card.calls else setting.style.card).tint(card.colour)
    icon = setting.style.icon * 1.4 if card.icon else 0.0
    indent = icon + 6 if card.icon else 0.0
    room = width - 2 * rhythm.pad - indent
    lines = set_lines(setting.face, text, room, style)
    above = rhythm.pad * (0.55 if card.band else 0.75)
    below = above if card.band else 0.0
    tall = len(lines) * style.leading

    def paint(pen: Pen, box: Box) -> None:
        with pen.decoration():
            if card.band:
                pen.top_band(Box(box.x, box.top, width, above + tall + below), RADIUS, card.band)
            if card.icon:
                middle = box.top + above + style.leading / 2
                pen.icon(card.icon, box.x + rhythm.pad, middle - icon / 2, icon, card.colour)
        area = Box(box.x + rhythm.pad + indent, box.top + above, room, 0)
        if goes_on:
            with pen.decoration("Header"):
                pen.write(lines, area, style)
        else:
            with pen.element("H2"), pen.content():
                pen.write(lines, area, style)

    return Piece(above + tall + below, paint)


def _arrange_text(section: Section, width: float, setting: Setting) -> Piece:
    """Set several paragraphs in two columns where that costs at most a line: lines stay short."""
    whole = _arrange_blocks(section.blocks, section, width, setting)
    if isinstance(section.blocks[0], Calendar) and setting.style.rhythm.is_full:
        return _fit_beside_calendar(section, width, setting, whole)
    only_text = all(isinstance(block, Paragraph) for block in section.blocks)
    if width < WIDE or setting.is_large or not only_text:
        return whole
    gap = setting.style.rhythm.column
    widths = divide(width, (1, 1), gap)
    style = setting.style
    best = whole.height + (0 if style.rhythm.is_full else style.body.leading)
    for place in range(1, len(section.blocks)):
        parts = (section.blocks[:place], section.blocks[place:])
        columns = [
            _arrange_blocks(part, section, wide, setting)
            for part, wide in zip(parts, widths, strict=True)
        ]
        pair = beside(columns, widths, gap)
        if pair.height <= best:
            whole, best = pair, pair.height
    return whole


def _fit_beside_calendar(section: Section, width: float, setting: Setting, under: Piece) -> Piece:
    """Set the text `under` a few visits beside them, where that saves a line."""
    calendar, *rest = section.blocks
    if not isinstance(calendar, Calendar) or not rest:
        return under
    best, gap = under, setting.style.rhythm.column
    limit = under.height - setting.style.body.leading * 0.5
    for tile in TILES:
        left = measure_tiles(calendar, tile)
        widths = [left, width - left - gap]
        if widths[1] < LEAST_BESIDE:
            continue
        text = _arrange_blocks(tuple(rest), section, widths[1], setting)
        pair = beside([fit_block(calendar, left, setting), text], widths, gap)
        if pair.height <= limit:
            best, limit = pair, pair.height - 1
    return best


def _arrange_blocks(
    blocks: tuple[Block, ...], section: Section, width: float, setting: Setting
) -> Piece:
    gap = setting.style.rhythm.column
    pieces = []
    for kind, group in groupby(blocks, type):
        several = list(group)
        paired = kind in (DatedList, CallBox) and len(several) > 1 and width >= WIDE
        if paired and not setting.is_large:
            widths = divide(width, (1,) * len(several), gap)
            cards = [
                _fit_loose(block, section, part, setting)
                for block, part in zip(several, widths, strict=True)
            ]
            pieces.append(beside(cards, widths, gap))
        else:
            pieces += [_fit_loose(block, section, width, setting) for block in several]
    return stack(pieces, setting.style.rhythm.block) if pieces else nothing()


def _fit_loose(block: Block, section: Section, width: float, setting: Setting) -> Piece:
    """Set a block; advice in a section without a card of its own gets one."""
    own = ""
    kinds = {part.kind for part in section.blocks if isinstance(part, DatedList)}
    if isinstance(block, DatedList) and section.tone == "plain" and len(kinds) > 1:
        own = block.kind
    elif isinstance(block, CallBox) and section.tone != "alarm":
        own = block.urgency
    if not own:
        return fit_block(block, width, setting)
    pad = setting.style.rhythm.pad
    inner = fit_block(block, width - 2 * pad, setting)
    return frame_card(inset(inner, pad, pad * 0.8, pad, pad * 0.8), CARDS[own])
