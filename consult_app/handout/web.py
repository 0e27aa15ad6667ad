"""The patient's sheet as one HTML file that opens in any browser, with nothing to fetch.

It has the structure of the PDF: the same headings, lists and tables with headed cells, in the same
order. Every word is escaped; the file forbids scripts and any address of its own.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Iterator
from html import escape

import segno

from consult_app.handout.clinic_look import ClinicLook
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
from consult_app.handout.palette import choose_palette
from consult_app.handout.style import BRAND, GREEN, GREEN_TINT, INK, QUIET, RED, RED_TINT, TINT
from consult_app.handout.text import capitalise

STYLE = """
:root { color-scheme: light; }
body { font: 1.05rem/1.5 system-ui, sans-serif; color: %(ink)s; background: #fff; margin: 0 auto;
  max-width: 42rem; padding: 1.5rem; overflow-wrap: break-word; }
h1, h2 { color: %(brand)s; line-height: 1.25; margin: 1.6em 0 .4em; } h1 { margin-top: .6em; }
p { margin: .5em 0; } ul, ol { padding-inline-start: 1.4em; margin: .5em 0; } li { margin: .3em 0; }
table { border-collapse: collapse; width: 100%%; margin: .6em 0; }
th, td { text-align: start; vertical-align: top; padding: .45em .6em; }
tr { border-bottom: 1px solid #74888F; }
thead th { background: %(brand)s; color: #fff; }
li, tr, .box, .panel, .do, .avoid, .alarm { break-inside: avoid; }
.panel { background: %(tint)s; border-radius: .8em; padding: .1em 1.1em .6em; }
.do, .avoid, .alarm { border-radius: .8em; padding: .1em 1.1em .6em; margin: 1em 0; }
.panel h2, .do h2, .avoid h2, .alarm h2 { margin-top: .6em; }
.do { border: .1em solid %(green)s; background: %(green_tint)s; } .do h2 { color: %(green)s; }
.avoid { border: .1em dashed %(red)s; background: %(red_tint)s; } .avoid h2 { color: %(red)s; }
.alarm { border: .2em solid %(red)s; } .alarm h2 { color: %(red)s; }
.tick { list-style: "\\2713\\00a0 "; } .cross { list-style: "\\2715\\00a0 "; }
.box { list-style: "\\2610\\00a0 "; }
.call strong { font-size: 1.3em; white-space: nowrap; }
.line { border-bottom: 1px solid #74888F; height: 2em; } .quiet, footer { color: %(quiet)s; }
.logo { max-width: 160px; max-height: 56px; } .code { width: 130px; height: 130px; }
a { color: %(brand)s; }
@media print { @page { margin: 15mm; } body { max-width: none; padding: 0; font-size: 12pt; }
  thead { display: table-header-group; } h1, h2 { break-after: avoid; margin-top: 1em; } }
"""
"""How it looks on screens and on paper; `%(name)s` is a colour."""

GUARD = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'"
SCALE = 4
"""Pixels of a module of the code."""


def write_html(handout: Handout) -> str:
    """Return the whole sheet as HTML."""
    direction = "rtl" if handout.script.right_to_left else "ltr"
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{escape(handout.language)}" dir="{direction}">',
        '<head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{GUARD}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(handout.title)}</title>",
        f"<style>{_make_style(handout.look)}</style></head>",
        "<body>",
        *_write_head(handout),
        "<main>",
    ]
    for page in handout.pages:
        if page.title:
            lines.append(f"<h2>{_say(page.title)}</h2>")
        for row in page.rows:
            for section in row.sections:
                lines += _write_section(section)
    lines += ["</main>", f"<footer><p>{_say(handout.footer)}</p></footer>", "</body></html>"]
    return "\n".join(lines) + "\n"


def _make_style(look: ClinicLook) -> str:
    palette = choose_palette(look)
    own = {
        "ink": INK,
        "quiet": QUIET,
        "brand": BRAND,
        "tint": TINT,
        "green": GREEN,
        "green_tint": GREEN_TINT,
        "red": RED,
        "red_tint": RED_TINT,
    }
    return STYLE % {name: palette.get(colour, colour) for name, colour in own.items()}


def _write_head(handout: Handout) -> Iterator[str]:
    yield "<header>"
    if handout.look.logo:
        words = escape(handout.look.logo_text or handout.clinic_name)
        yield f'<p><img class="logo" alt="{words}" src="{_embed(handout.look.logo)}"></p>'
    yield f"<p><strong>{_say(handout.clinic_name)}</strong></p>"
    for part in (handout.clinic_tagline, handout.clinic_address):
        if part:
            yield f'<p class="quiet">{_say(part)}</p>'
    yield f'<p class="call"><strong>{_say(handout.clinic_phone)}</strong></p>'
    yield f"<h1>{_say(handout.title)}</h1><p>{_say(handout.made_for)}</p></header>"


def _embed(png: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


def _say(text: str) -> str:
    """Return text as HTML, with what stands between `**` as strong."""
    parts = escape(text, quote=False).split("**")
    return "".join(
        f"<strong>{part}</strong>" if number % 2 else part for number, part in enumerate(parts)
    )


def _write_section(section: Section) -> Iterator[str]:
    tone = "" if section.tone == "plain" else f' class="{section.tone}"'
    yield f"<section{tone}>"
    if section.heading:
        yield f"<h2>{_say(section.heading)}</h2>"
    for block in section.blocks:
        yield from write_block(block)
    yield "</section>"


def write_block(block: Block) -> Iterator[str]:
    """Return the lines of one block."""
    return _WRITERS[type(block)](block)


def _list(items: Iterator[str] | tuple[str, ...], mark: str = "") -> Iterator[str]:
    yield f'<ul class="{mark}">' if mark else "<ul>"
    yield from (f"<li>{_say(item)}</li>" for item in items)
    yield "</ul>"


def _write_paragraph(block: Paragraph) -> Iterator[str]:
    yield f"<p>{_say(block.text)}</p>"


def _write_key_points(block: KeyPoints) -> Iterator[str]:
    return _list(f"**{point.title}.** {point.text}" for point in block.points)


def _write_figure(block: Figure) -> Iterator[str]:
    yield f"<p>{_say(block.description)}</p>"


def _write_table(block: Table) -> Iterator[str]:
    headings = (*block.columns, block.meter_heading) if block.meters else block.columns
    head = "".join(f'<th scope="col">{_say(heading)}</th>' for heading in headings)
    yield f"<table><thead><tr>{head}</tr></thead><tbody>"
    for number, row in enumerate(block.rows):
        first = f"{number + 1}. {row[0]}" if block.numbered else row[0]
        cells = [*row[1:]]
        if block.meters:
            cells.append(block.meter_words[block.meters[number]])
        told = "".join(f"<td>{_say(cell)}</td>" for cell in cells)
        yield f'<tr><th scope="row">{_say(first)}</th>{told}</tr>'
    yield "</tbody></table>"


def _write_calendar(block: Calendar) -> Iterator[str]:
    yield "<ul>"
    for visit in block.visits:
        gap = f" ({_say(visit.gap)})" if visit.gap else ""
        day = visit.day.isoformat()
        yield (
            f"<li><strong>{_say(visit.label)}</strong>{gap}: "
            f'<time datetime="{day}">{_say(visit.spoken)}</time></li>'
        )
    yield "</ul>"


def _write_dated(block: DatedList) -> Iterator[str]:
    items = (f"**{capitalise(item.when)}:** {item.text}" for item in block.items)
    return _list(items, "box" if block.kind == "do" else "cross")


def _write_call(block: CallBox) -> Iterator[str]:
    yield from _list(block.signs)
    if block.number_line:
        yield f'<p class="call">{_say(block.number_line)}</p>'
    if block.also:
        yield f"<p>{_say(block.also)}</p>"


def _write_clinic_page(block: ClinicPage) -> Iterator[str]:
    words, url = escape(block.description), escape(block.url)
    if block.coded:
        code = segno.make(block.url, error="m", micro=False, boost_error=False)
        data = io.BytesIO()
        code.save(data, kind="png", scale=SCALE)
        yield f'<p><img class="code" alt="{words}" src="{_embed(data.getvalue())}"></p>'
    yield f'<p>{_say(block.words)} <a href="{url}" rel="noreferrer">{url}</a></p>'


def _write_lines(block: WriteLines) -> Iterator[str]:
    return ('<div class="line"></div>' for _ in range(block.count))


def _write_choice(block: Choice) -> Iterator[str]:
    if block.boxes:
        yield from _list(block.boxes, "box")
    if block.statement:
        yield f"<p>{_say(block.statement)}</p>"
    yield from (f'<p>{_say(line)}</p><div class="line"></div>' for line in block.lines)


_WRITERS: dict[type, Callable[..., Iterator[str]]] = {
    Paragraph: _write_paragraph,
    Bullets: lambda block: _list(block.items, "" if block.mark == "dot" else block.mark),
    KeyPoints: _write_key_points,
    Figure: _write_figure,
    Table: _write_table,
    Calendar: _write_calendar,
    DatedList: _write_dated,
    CallBox: _write_call,
    Quotes: lambda block: _list(block.items),
    ClinicPage: _write_clinic_page,
    WriteLines: _write_lines,
    Choice: _write_choice,
}
