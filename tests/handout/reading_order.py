"""Every text of a sheet in the order in which it must be read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from consult_app.handout.bidi import CONTROLS
from consult_app.handout.compose_length import list_blocks, list_sections
from consult_app.handout.document import (
    Block,
    Bullets,
    Calendar,
    CallBox,
    Choice,
    DatedList,
    Figure,
    Handout,
    KeyPoints,
    Page,
    Paragraph,
    Row,
    Section,
    Table,
)
from consult_app.handout.face import UNSPOKEN
from consult_app.handout.style import Size
from consult_app.handout.text import capitalise


def find_missing(read: str, sheet: Handout, size: Size) -> str:
    """Return the first text that is missing or out of order, or nothing.

    In large print, whom to call may come last or the emergency first; it still comes in one piece.
    """
    sections = tuple(list_sections(sheet))
    orders = [sections]
    if size == "large":
        call = tuple(section for section in sections if section.id == "call")
        others = tuple(section for section in sections if section.id != "call")
        place = next(n for n, section in enumerate(others, 1) if section.id == "emergency")
        orders += [
            tuple(sorted(sections, key=lambda section: section.tone == "alarm")),
            others + call,
            others[:place] + call + others[place:],
        ]
    return min((_find_missing(read, sheet, order, size) for order in orders), key=len)


def _find_missing(read: str, sheet: Handout, order: tuple[Section, ...], size: Size) -> str:
    place = 0
    rows = tuple(Row(sections=(section,)) for section in order)
    on_one_line = dict(_list_tile_dates(sheet))
    for text in list_texts(replace(sheet, pages=(Page(rows=rows),)), size):
        wanted = plain(text)
        found = read.find(wanted, place)
        if found < 0 and wanted in on_one_line:
            wanted = on_one_line[wanted]
            found = read.find(wanted, place)
        if found < 0:
            return wanted
        place = found + len(wanted)
    return ""


def _list_tile_dates(sheet: Handout) -> Iterator[tuple[str, str]]:
    """Yield what a tile says with its date on two lines, and on the one of a full sheet."""
    for block in list_blocks(sheet):
        for visit in block.visits if isinstance(block, Calendar) else ():
            on_two = f"{visit.label} {visit.day_number} {visit.month_year}"
            yield plain(on_two), plain(f"{visit.label} {visit.on_one_line}")


def plain(text: str) -> str:
    """Return words as they are read aloud: in one form, without signs that are not painted."""
    bare = re.sub(f"[{CONTROLS}{UNSPOKEN}]", "", text.replace("**", ""))
    return " ".join(unicodedata.normalize("NFC", bare).split())


def list_texts(sheet: Handout, size: Size) -> Iterator[str]:
    """Yield the texts; `**` still marks bold words."""
    yield from (sheet.clinic_name, sheet.clinic_tagline, sheet.clinic_phone, sheet.clinic_address)
    yield from (sheet.title, sheet.made_for)
    for page in sheet.pages:
        if page.title:
            yield page.title
        for row in page.rows:
            for section in row.sections:
                yield section.heading
                for block in section.blocks:
                    yield from _texts_of(block, size)


def _texts_of(block: Block, size: Size) -> Iterator[str]:  # noqa: C901, PLR0912  # one case per kind
    match block:
        case Paragraph():
            yield block.text
        case Bullets():
            yield from block.items
        case KeyPoints():
            for point in block.points:
                yield from (point.title, point.text)
        case Table():
            yield from _texts_of_table(block, size)
        case Calendar():
            for visit in block.visits:
                if size == "large":
                    yield f"{visit.label}: {visit.spoken}"
                    yield visit.gap
                else:
                    yield visit.gap
                    yield f"{visit.label} {visit.day_number} {visit.month_year}"
                    yield visit.weekday_time
        case DatedList():
            for item in block.items:
                yield f"{capitalise(item.when)}: {item.text}"
        case CallBox():
            yield from block.signs
            yield from (block.number_line, block.also)
        case Choice():
            yield from (*block.boxes, *filter(None, [block.statement]), *block.lines)
        case Figure():
            return


def _texts_of_table(block: Table, size: Size) -> Iterator[str]:
    if size == "standard":
        yield from block.columns
        if block.meters:
            yield block.meter_heading
    for number, row in enumerate(block.rows, start=1):
        dot = "." if size == "large" else ""
        yield f"{number}{dot} {row[0]}" if block.numbered else row[0]
        for column, cell in zip(block.columns[1:], row[1:], strict=True):
            yield f"{column}: {cell}" if size == "large" else cell
        if block.meters and size == "large":
            yield f"{block.meter_heading}: {block.meter_words[block.meters[number - 1]]}"
