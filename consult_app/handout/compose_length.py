"""How many words the sheet has, as its budget counts them (planning reference 5.1)."""

from __future__ import annotations

from collections.abc import Iterator

from consult_app.handout.document import (
    Block,
    Bullets,
    CallBox,
    Choice,
    DatedList,
    Handout,
    KeyPoints,
    Paragraph,
    Section,
    Table,
)
from consult_app.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """Words of prose, words in the lists by date without the dates themselves, and words signed."""

    prose: int
    dates: int
    signed: int


def count_words(handout: Handout) -> Length:
    """Return how long the sheet is; headings, phone lines and dates are not counted."""
    prose = dates = signed = 0
    for block in list_blocks(handout):
        if isinstance(block, DatedList):
            dates += sum(len(item.text.split()) for item in block.items)
        else:
            prose += sum(len(text.split()) for text in read_prose(block))
        if isinstance(block, Choice):
            signed += len(block.statement.split())
    return Length(prose=prose - signed, dates=dates, signed=signed)


def list_sections(handout: Handout) -> Iterator[Section]:
    """Return the sections in reading order."""
    return (section for page in handout.pages for row in page.rows for section in row.sections)


def list_blocks(handout: Handout) -> Iterator[Block]:
    """Return the blocks in reading order."""
    return (block for section in list_sections(handout) for block in section.blocks)


def has_lines(handout: Handout) -> bool:
    """Return whether there are lines to sign."""
    return any(isinstance(block, Choice) and bool(block.lines) for block in list_blocks(handout))


def read_prose(block: Block) -> Iterator[str]:
    """Return the sentences of a block, without what is only a name, a number or a date."""
    if isinstance(block, Paragraph):
        yield block.text
    elif isinstance(block, Bullets):
        yield from block.items
    elif isinstance(block, KeyPoints):
        for point in block.points:
            yield point.title
            yield point.text
    elif isinstance(block, Table):
        yield from (cell for row in block.rows for cell in row)
    elif isinstance(block, CallBox):
        yield from block.signs
        yield block.also
    elif isinstance(block, Choice):
        yield from block.boxes
        yield block.statement
