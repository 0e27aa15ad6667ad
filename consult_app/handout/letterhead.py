"""The head of the first page and the foot of every page."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from consult_app.handout.document import Handout
from consult_app.handout.lines import measure_text, set_lines
from consult_app.handout.logo import paint_logo, read_logo
from consult_app.handout.pen import Align, Box, Look, Pen
from consult_app.handout.pieces import Piece, Setting, beside, divide, nothing, stack, words
from consult_app.handout.row import Line
from consult_app.handout.style import BRAND, QUIET, WHITE, TextStyle

LOGO = 35.0
GAP = 11.0
MOST_DIGITS = 88
"""A page number as wide as any."""
DOT = " \u00b7 "
FOOT_SPACE = 5.0
APART = 16.0
SHARES = ((1.35, 1.0), (1.0, 1.0), (1.0, 1.2))
"""Widths of the clinic's name and of how to reach it; the first that saves a line."""

_Parts = tuple[tuple[str, TextStyle], ...]


def fit_head(handout: Handout, width: float, setting: Setting) -> Piece:
    """Set the clinic, the main heading and the line that says for whom the sheet is."""
    style = setting.style
    title = [words(setting, handout.title, width, style.title, "H1")]
    if handout.made_for:
        title.append(words(setting, handout.made_for, width, style.lead))
    return stack(
        [_fit_clinic(handout, width, setting), stack(title, 1)], max(style.rhythm.row * 0.6, 6)
    )


def _fit_clinic(handout: Handout, width: float, setting: Setting) -> Piece:
    """Set the clinic's sign and name on the left, how to reach it on the right."""
    style = setting.style
    own = read_logo(handout.look.logo, grey=handout.look.grey) if handout.look.logo else None
    logo = own.width if own else LOGO * style.body.size / 12
    high = own.height if own else logo
    quiet = style.body.tint(QUIET)
    name = ((handout.clinic_name, style.clinic), (handout.clinic_tagline, quiet))
    reach = ((handout.clinic_phone, style.phone), (handout.clinic_address, quiet))
    room = width - logo - GAP
    if setting.is_large:
        text = _fit_lines((*name, *reach), room, setting, "start")
    else:
        pairs = [_fit_pair(name, reach, divide(room, each, APART), setting) for each in SHARES]
        text = min(pairs, key=lambda pair: pair.height)

    def paint(pen: Pen, box: Box) -> None:
        if own:
            paint_logo(pen, own, handout.look.logo_text or handout.clinic_name, box)
        else:
            _paint_sign(pen, Box(box.x, box.top, logo, logo))
        start = logo + GAP
        text.paint(pen, Box(box.x + start, box.top, box.width - start, box.height))

    return Piece(max(high, text.height), paint)


def _fit_pair(name: _Parts, reach: _Parts, columns: list[float], setting: Setting) -> Piece:
    pieces = [
        _fit_lines(name, columns[0], setting, "start"),
        _fit_lines(reach, columns[1], setting, "end"),
    ]
    return beside(pieces, columns, APART)


def _paint_sign(pen: Pen, box: Box) -> None:
    """Paint the sign of a clinic that has none of its own."""
    with pen.decoration():
        pen.frame(box, box.width * 0.27, Look(fill=BRAND))
        inner = box.width * 0.64
        spot = (box.width - inner) / 2
        pen.icon("flower", box.x + spot, box.top + spot, inner, WHITE)


def _fit_lines(parts: _Parts, width: float, setting: Setting, align: Align) -> Piece:
    """Set several lines of different size as one paragraph."""
    told = [(set_lines(setting.face, text, width, style), style) for text, style in parts if text]

    def paint(pen: Pen, box: Box) -> None:
        top = box.top
        with pen.element("P"), pen.content():
            for number, (lines, style) in enumerate(told, start=1):
                area = Box(box.x, top, box.width, 0)
                top = pen.write(lines, area, style, align=align, more=number < len(told))

    height = fsum([len(lines) * style.leading for lines, style in told])
    return Piece(height, paint) if told else nothing()


def _set_parts(parts: Sequence[str], width: float, setting: Setting) -> Sequence[Line]:
    """Set the parts of the foot with dots between them, but for one at the end of a line.

    Where that takes a line more, as with a long name, a dot stays with the part before it.
    """
    face, style = setting.face, setting.style.footer
    whole = set_lines(face, DOT.join(parts).replace(DOT, "\u00a0\u00b7 "), width, style)
    rows: list[str] = []
    for part in parts:
        longer = f"{rows[-1]}{DOT}{part}" if rows else part
        if len(set_lines(face, longer, width, style)) == 1:
            rows[-1:] = [longer]
        else:
            rows.append(part)
    lines = [line for row in rows for line in set_lines(face, row, width, style)]
    return lines if len(lines) <= len(whole) else whole


def fit_foot(handout: Handout, width: float, setting: Setting, page: int, pages: int) -> Piece:
    """Set the line at the foot: whose sheet it is, and which page."""
    style = setting.style.footer
    label = handout.page_label.format(page=page, pages=pages)
    widest = handout.page_label.format(page=MOST_DIGITS, pages=MOST_DIGITS)
    wide = measure_text(setting.face, widest, style)[1] + 1
    room = width - wide - GAP
    parts = handout.footer.split(DOT)
    text = _set_parts(parts, room, setting)
    # Long names: the page is told behind them, so that every page keeps a line more. Whether it is,
    # and with it the height, is the same on every page, whichever digits stand there.
    most = _set_parts([*parts, widest], width, setting)
    runs_in = len(most) < len(text)
    shown = text
    if runs_in:
        shown = _set_parts([*parts, label], width, setting)
    height = max(len(most if runs_in else text), 1) * style.leading + FOOT_SPACE

    def paint(pen: Pen, box: Box) -> None:
        pen.rule(box.x, box.top + 2, box.width)
        top = box.top + FOOT_SPACE
        pen.write(shown, Box(box.x, top, width, 0), style, more=not runs_in)
        if not runs_in:
            number = set_lines(setting.face, label, wide, style)
            pen.write(number, Box(box.x + width - wide, top, wide, 0), style, align="end")

    return Piece(height, paint)
