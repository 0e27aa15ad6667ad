"""The patient's sheet as plain text, for reading aloud, for braille and for scripts.

Every line is a sentence or a label of its own, and every item ends with a full stop, so that
nothing runs together when it is heard.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from consult_app.handout.document import (
    Block,
    Bullets,
    Calendar,
    CallBox,
    Choice,
    ClinicPage,
    DatedList,
    Figure,
    Handout,
    KeyPoints,
    Paragraph,
    Quotes,
    Section,
    Table,
    WriteLines,
)

MARKS = {"dot": "-", "tick": "+", "cross": "x", "box": "[ ]"}
QUOTES = "”\u2019\"'»"
"""May close words that end like a sentence by themselves."""
_LINE = "_" * 40


def write_text(handout: Handout) -> str:
    """Return the whole sheet as plain text with one heading above each section."""
    lines = [*_underline(handout.title, "="), handout.made_for, "", *_write_head(handout)]
    for page in handout.pages:
        if page.title:
            lines += ["", *_underline(page.title, "=")]
        for row in page.rows:
            for section in row.sections:
                lines += ["", *_write_section(section)]
    lines += ["", handout.footer, ""]
    return plain("\n".join(lines))


def plain(text: str) -> str:
    """Return text without the marks of bold words."""
    return text.replace("**", "")


def close(text: str) -> str:
    """Return text that ends like a sentence."""
    return text if plain(text).rstrip(QUOTES).endswith((".", "!", "?", ":")) else text + "."


def capitalise(text: str) -> str:
    """Return text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def _write_head(handout: Handout) -> list[str]:
    parts = (
        handout.clinic_name,
        handout.clinic_tagline,
        handout.clinic_address,
        handout.clinic_phone,
    )
    return [part for part in parts if part]


def _underline(heading: str, sign: str) -> list[str]:
    return [heading, sign * len(heading)]


def _write_section(section: Section) -> list[str]:
    lines = _underline(section.heading, "-") if section.heading else []
    for number, block in enumerate(section.blocks):
        written = list(write_block(block))
        if number and written and len(written) > 1:
            lines.append("")
        lines += written
    return lines


def write_block(block: Block) -> Iterator[str]:
    """Return the lines of one block."""
    return _WRITERS[type(block)](block)


def _write_paragraph(block: Paragraph) -> Iterator[str]:
    yield block.text


def _write_bullets(block: Bullets) -> Iterator[str]:
    return (f"{MARKS[block.mark]} {close(item)}" for item in block.items)


def _write_key_points(block: KeyPoints) -> Iterator[str]:
    return (f"- {close(point.title)} {close(point.text)}" for point in block.points)


def _write_figure(block: Figure) -> Iterator[str]:
    yield close(block.description)


def _write_table(block: Table) -> Iterator[str]:
    for number, row in enumerate(block.rows):
        head = f"{number + 1}. {row[0]}" if block.numbered else f"- {row[0]}"
        cells = [
            f"{name}: {close(cell)}" for name, cell in zip(block.columns[1:], row[1:], strict=True)
        ]
        if block.meters:
            cells.append(f"{block.meter_heading}: {close(block.meter_words[block.meters[number]])}")
        yield f"{close(head)} {' '.join(cells)}"


def _write_calendar(block: Calendar) -> Iterator[str]:
    for visit in block.visits:
        gap = f" ({visit.gap})" if visit.gap else ""
        yield f"- {visit.label}{gap}: {close(visit.spoken)}"


def _write_dated(block: DatedList) -> Iterator[str]:
    mark = MARKS["box" if block.kind == "do" else "cross"]
    for item in block.items:
        yield f"{mark} {capitalise(item.when)}: {close(item.text)}"


def _write_call(block: CallBox) -> Iterator[str]:
    yield from (f"! {close(sign)}" for sign in block.signs)
    if block.number_line:
        yield close(block.number_line)
    if block.also:
        yield block.also


def _write_quotes(block: Quotes) -> Iterator[str]:
    return (f"- {close(item)}" for item in block.items)


def _write_lines(block: WriteLines) -> Iterator[str]:
    return (_LINE for _ in range(block.count))


def _write_clinic_page(block: ClinicPage) -> Iterator[str]:
    yield f"{block.words} {block.url}"


def _write_choice(block: Choice) -> Iterator[str]:
    yield from (f"{MARKS['box']} {close(box)}" for box in block.boxes)
    if block.statement:
        yield block.statement
    yield from (f"{line}: {_LINE}" for line in block.lines)


_WRITERS: dict[type, Callable[..., Iterator[str]]] = {
    Paragraph: _write_paragraph,
    Bullets: _write_bullets,
    KeyPoints: _write_key_points,
    Figure: _write_figure,
    Table: _write_table,
    Calendar: _write_calendar,
    DatedList: _write_dated,
    CallBox: _write_call,
    Quotes: _write_quotes,
    WriteLines: _write_lines,
    Choice: _write_choice,
    ClinicPage: _write_clinic_page,
}
