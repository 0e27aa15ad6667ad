"""Divides what is higher than a page, so that nothing is cut off."""

from __future__ import annotations

from dataclasses import replace

from consult_app.errors import ConsultError
from consult_app.handout.document import Block, Bullets, DatedList, Row, Section, Table
from consult_app.handout.flow import Strip
from consult_app.handout.pieces import Piece, Setting
from consult_app.handout.sections import fit_row, fit_section


def fit_row_within(row: Row, width: float, room: float, setting: Setting) -> list[Strip]:
    """Set a row; its sections go one under the other in large print or when it is too high."""
    gap = setting.style.rhythm.row
    if not setting.is_large:
        whole = fit_row(row, width, setting)
        if whole.height <= room:
            return [Strip(whole, gap)]
    return [
        strip
        for section in row.sections
        for strip in fit_section_within(section, width, room, setting)
    ]


def fit_section_within(
    section: Section, width: float, room: float, setting: Setting
) -> list[Strip]:
    """Set a section; in large print, or when it is higher than a page, in several parts.

    Raises:
        ConsultError: A single block is higher than a page and has no parts.
    """
    strips: list[Strip] = []
    for part in _part(section) if setting.is_large else (section,):
        for piece in _fit_parts(part, width, room, setting):
            gap = setting.style.rhythm.block if strips else setting.style.rhythm.row
            strips.append(Strip(piece, gap, parts=not strips))
    return strips


def _part(section: Section) -> tuple[Section, ...]:
    """Return a section block by block, so that pages fill; a card stays whole."""
    if section.tone != "plain" or len(section.blocks) < 2:  # noqa: PLR2004  # two or more
        return (section,)
    first, *others = section.blocks
    return (
        replace(section, blocks=(first,)),
        *(replace(section, heading="", blocks=(block,)) for block in others),
    )


def _fit_parts(section: Section, width: float, room: float, setting: Setting) -> list[Piece]:
    piece = fit_section(section, width, setting)
    if piece.height <= room:
        return [piece]
    halves = _halve(section)
    if not halves:
        raise ConsultError(
            "A text of the patient's sheet is longer than a page.",
            "Shorten it or divide it, then make the sheet again. Nothing is lost.",
            (section.heading or section.id,),
        )
    return [part for half in halves for part in _fit_parts(half, width, room, setting)]


def _halve(section: Section) -> tuple[Section, ...]:
    blocks = section.blocks
    if len(blocks) > 1:
        middle = len(blocks) // 2
        parts: tuple[tuple[Block, ...], ...] = (blocks[:middle], blocks[middle:])
    else:
        parts = tuple((half,) for half in _halve_block(blocks[0])) if blocks else ()
    if not parts:
        return ()
    return (replace(section, blocks=parts[0]), replace(section, heading="", blocks=parts[1]))


def _halve_block(block: Block) -> tuple[Block, ...]:
    """Return a list in two halves; other blocks have no halves."""
    if isinstance(block, Bullets | DatedList) and len(block.items) > 1:
        middle = len(block.items) // 2
        return (
            replace(block, items=block.items[:middle]),  # type: ignore[arg-type]  # same kind
            replace(block, items=block.items[middle:]),  # type: ignore[arg-type]  # same kind
        )
    if isinstance(block, Table) and len(block.rows) > 1 and not block.numbered:
        middle = len(block.rows) // 2
        return (
            replace(block, rows=block.rows[:middle], meters=block.meters[:middle]),
            replace(block, rows=block.rows[middle:], meters=block.meters[middle:]),
        )
    return ()
