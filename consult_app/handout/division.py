"""Divides what is higher than a page, so that nothing is cut off."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Literal

from consult_app.errors import ConsultError
from consult_app.handout.columns import fit_row
from consult_app.handout.document import (
    Block,
    Bullets,
    CallBox,
    DatedList,
    Figure,
    Paragraph,
    Row,
    Section,
    Table,
)
from consult_app.handout.flow import Care, Strip
from consult_app.handout.halving import LEAST_ITEMS, count, halve, leads, list_parts, take
from consult_app.handout.pieces import Piece, Setting
from consult_app.handout.sections import fit_section
from consult_app.values import replace
from consult_app.wording import t


def fit_row_within(row: Row, width: float, room: float, setting: Setting) -> list[Strip]:
    """Set a row; its sections go one under the other in large print or when it is too high."""
    gap = setting.style.rhythm.row
    if not setting.is_large:
        whole = fit_row(row, width, setting)
        if whole.height <= room:
            strip = Strip(whole, gap)
            if not row.flows:
                return [strip]
            return [strip._replace(cut=partial(_cut_row, row, width, setting, strip))]
    return [
        strip
        for section in row.sections
        for strip in fit_section_within(section, width, room, setting)
    ]


def _cut_row(
    row: Row, width: float, setting: Setting, strip: Strip, room: float, _care: Care = "any"
) -> tuple[Strip, Strip] | None:
    """Divide a row that flows, in the list that closes a section or between two sections."""
    for above, below in _list_cuts(row):
        first = fit_row(above, width, setting)
        if first.height <= room:
            return strip._replace(piece=first), Strip(fit_row(below, width, setting), strip.gap)
    return None


def _list_cuts(row: Row) -> Iterator[tuple[Row, Row]]:
    """Yield the ways to divide a row that flows, those with the most above first.

    A list goes on under its heading: what follows may stand on the other side of the sheet.
    """
    for place in range(len(row.sections) - 1, -1, -1):
        above, section, below = row.sections[:place], row.sections[place], row.sections[place + 1 :]
        for first, rest in _divide_list(section):
            yield _keep_flow(row, (*above, first)), _keep_flow(row, (rest, *below))
        if above:
            yield _keep_flow(row, above), _keep_flow(row, (section, *below))


def _keep_flow(row: Row, sections: tuple[Section, ...]) -> Row:
    return replace(row, sections=sections, flows=len(sections) > 1)


def _divide_list(section: Section) -> Iterator[tuple[Section, Section]]:
    """Yield the ways to divide the list that closes a section, those with the most above first."""
    *lead, last = section.blocks
    if section.tone != "plain" or not isinstance(last, Bullets):
        return
    for number in range(count(last) - LEAST_ITEMS, LEAST_ITEMS - 1, -1):
        first, rest = take(last, number)
        yield (
            replace(section, blocks=(*lead, first)),
            replace(section, blocks=(rest,)),
        )


def fit_section_within(
    section: Section, width: float, room: float, setting: Setting
) -> list[Strip]:
    """Set a section; in large print, or when it is higher than a page, in several parts.

    Raises:
        ConsultError: A single block is higher than a page and has no parts.
    """
    strips: list[Strip] = []
    for part in _part(section) if setting.is_large else (section,):
        pieces = _fit_parts(part, width, room, setting)
        for piece in pieces:
            gap = setting.style.rhythm.block if strips else setting.style.rhythm.row
            strip = Strip(piece, gap, parts=not strips, calls=_find_urgency(section))
            if setting.is_large and len(pieces) == 1:
                strip = strip._replace(cut=partial(_cut, part, width, setting, strip))
            strips.append(strip)
    return strips


def _find_urgency(section: Section) -> Literal["", "clinic", "emergency"]:
    boxes = (block.urgency for block in section.blocks if isinstance(block, CallBox))
    return next(boxes, "") if section.tone == "alarm" else ""


def _part(section: Section) -> tuple[Section, ...]:
    """Return a section in parts that stay together, so that pages fill; a card stays whole.

    What leads up to a list stays with it, and so does the picture with the table beside it.
    """
    if section.tone != "plain":
        return (section,)
    parts: list[list[Block]] = []
    for block in section.blocks:
        if parts and _belongs(parts[-1][-1], block, heads=parts[-1] is parts[0]):
            parts[-1].append(block)
        else:
            parts.append([block])
    return tuple(
        replace(section, heading="" if number else section.heading, blocks=tuple(blocks))
        for number, blocks in enumerate(parts)
    )


def _belongs(above: Block, block: Block, *, heads: bool) -> bool:
    if isinstance(above, Figure):
        return isinstance(block, Table)
    head = heads and isinstance(above, Paragraph) and isinstance(block, Bullets | DatedList)
    return head or leads(above, block)


def _cut(
    section: Section, width: float, setting: Setting, strip: Strip, room: float, care: Care = "any"
) -> tuple[Strip, Strip] | None:
    """Divide a section in a list or between sentences, with enough of it on either side.

    Whom to call is never divided. A card says its heading on either page. A picture may stand on
    the page before its table when the two are higher than what is left.
    """
    if isinstance(section.blocks[0], Figure) and len(section.blocks) > 1:
        return _cut_below_picture(section, width, setting, strip, room)
    if section.tone == "alarm":
        return None
    is_card = section.tone != "plain"
    for above, below in list_parts(section, width, setting, care):
        piece = fit_section(replace(section, blocks=above), width, setting)
        if piece.height <= room:
            others = replace(section, heading=section.heading if is_card else "", blocks=below)
            rest = fit_section(others, width, setting, goes_on=is_card)
            return strip._replace(piece=piece), Strip(rest, strip.gap)
    return None


def _cut_below_picture(
    section: Section, width: float, setting: Setting, strip: Strip, room: float
) -> tuple[Strip, Strip] | None:
    picture, *others = section.blocks
    piece = fit_section(replace(section, blocks=(picture,)), width, setting)
    if piece.height > room:
        return None
    rest = fit_section(replace(section, heading="", blocks=tuple(others)), width, setting)
    return strip._replace(piece=piece), Strip(rest, setting.style.rhythm.block)


def tell_too_long(place: str) -> ConsultError:
    """Return the error for what is higher than a page and has no parts; `place` is its heading."""
    return ConsultError(
        t("A text of the patient's sheet is longer than a page."),
        t("Shorten it or divide it, then make the sheet again. Nothing is lost."),
        (place,),
    )


def _fit_parts(section: Section, width: float, room: float, setting: Setting) -> list[Piece]:
    piece = fit_section(section, width, setting)
    if piece.height <= room:
        return [piece]
    halves = halve(section)
    if not halves:
        raise tell_too_long(section.heading or section.id)
    return [part for half in halves for part in _fit_parts(half, width, room, setting)]
