"""Divides a block, or the blocks of a section, between two pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from consult_app.handout.blocks import fit_block
from consult_app.handout.document import (
    Block,
    Bullets,
    DatedList,
    Paragraph,
    Quotes,
    Section,
    Table,
)
from consult_app.handout.flow import Care
from consult_app.handout.pieces import Setting
from consult_app.values import replace

SHORT_LIST = 4
"""Items of a list that is kept whole."""

LEAST_ITEMS = 2
"""Of a list of harms that goes on on the other side, on either side."""

LEAST_LINES: dict[type, int] = {Bullets: 1, DatedList: 2, Paragraph: 2, Quotes: 2, Table: 1}
"""Of what is divided between two pages of large print, on either page.

What is a whole statement may stand alone.
"""

SENTENCE_END = re.compile(r"(?<=[.!?\u061f\u06d4\u0964])\s+(?=\S)")
BOLD = "**"

_Parts = tuple[tuple[Block, ...], tuple[Block, ...]]


def leads(above: Block, block: Block) -> bool:
    """Return whether a paragraph announces the list under it."""
    is_list = isinstance(block, Bullets | DatedList)
    return is_list and isinstance(above, Paragraph) and above.text.endswith(":")


def list_parts(section: Section, width: float, setting: Setting, care: Care) -> Iterator[_Parts]:
    """Yield the ways to divide the blocks of a section, those with the most above first."""
    blocks = section.blocks
    for place in range(len(blocks) - 1, -1, -1):
        block = blocks[place]
        for first, rest in _divide_block(block, width, setting, care):
            yield (*blocks[:place], first), (rest, *blocks[place + 1 :])
        if place and not leads(blocks[place - 1], block):
            yield blocks[:place], blocks[place:]


def _divide_block(
    block: Block, width: float, setting: Setting, care: Care
) -> Iterator[tuple[Block, Block]]:
    """Yield the ways to divide a block, with enough lines on either side."""
    least = LEAST_LINES.get(type(block), 0) * setting.style.body.leading - 0.01
    for parts in _list_halves(block, care):
        if all(fit_block(part, width, setting).height >= least for part in parts):
            yield parts


def _list_halves(block: Block, care: Care) -> Iterator[tuple[Block, Block]]:
    """Yield a block divided between its items or sentences, with the most above first."""
    if isinstance(block, Paragraph):
        yield from _divide_sentences(block)
    elif isinstance(block, Bullets | DatedList | Quotes | Table):
        if care == "whole" and count(block) <= SHORT_LIST:
            return
        least = 1 if care == "any" else LEAST_ITEMS
        for first in range(count(block) - least, least - 1, -1):
            yield take(block, first)


def _divide_sentences(block: Paragraph) -> Iterator[tuple[Block, Block]]:
    for end in reversed(list(SENTENCE_END.finditer(block.text))):
        first, rest = block.text[: end.start()], block.text[end.end() :]
        if first.count(BOLD) % 2 == 0:
            yield replace(block, text=first), replace(block, text=rest)


def halve(section: Section) -> tuple[Section, ...]:
    """Return a section in two halves, or nothing where it has none."""
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
    if isinstance(block, Bullets | DatedList | Quotes) and len(block.items) > 1:
        return take(block, len(block.items) // 2)
    if isinstance(block, Table) and len(block.rows) > 1:
        return take(block, len(block.rows) // 2)
    return ()


def count(block: Bullets | DatedList | Quotes | Table) -> int:
    """Return how many items or rows a block has."""
    return len(block.rows if isinstance(block, Table) else block.items)


def take(block: Bullets | DatedList | Quotes | Table, first: int) -> tuple[Block, Block]:
    """Return the first items of a list, or rows of a table, and the others."""
    if isinstance(block, Table):
        return (
            replace(block, rows=block.rows[:first], meters=block.meters[:first]),
            replace(
                block,
                rows=block.rows[first:],
                meters=block.meters[first:],
                first=block.first + first,
            ),
        )
    return (
        replace(block, items=block.items[:first]),  # type: ignore[arg-type]  # same kind
        replace(block, items=block.items[first:]),  # type: ignore[arg-type]  # same kind
    )
