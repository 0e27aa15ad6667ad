"""The head of the first page and the foot of every page."""

from __future__ import annotations

from consult_app.handout.document import Handout
from consult_app.handout.lines import measure_text, set_lines
from consult_app.handout.pen import Align, Box, Look, Pen
from consult_app.handout.pieces import Piece, Setting, divide, stack, words
from consult_app.handout.style import BRAND, QUIET, WHITE

LOGO = 35.0
GAP = 11.0
MOST_DIGITS = 88
"""A page number as wide as any."""
FOOT_SPACE = 6.0


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
    style = setting.style
    scale = style.body.size / 12
    logo = LOGO * scale
    shares = (1.0,) if setting.is_large else (1.35, 1.0)
    columns = divide(width - logo - GAP, shares, 16)
    quiet = style.body.tint(QUIET)
    left = [
        (set_lines(setting.face, handout.clinic_name, columns[0], style.clinic), style.clinic),
        (set_lines(setting.face, handout.clinic_tagline, columns[0], quiet), quiet),
    ]
    side = columns[-1]
    right = [
        (set_lines(setting.face, handout.clinic_phone, side, style.phone), style.phone),
        (set_lines(setting.face, handout.clinic_address, side, quiet), quiet),
    ]
    if setting.is_large:
        left, right = [*left, *right], []
    heights = [sum(len(lines) * look.leading for lines, look in part) for part in (left, right)]

    def paint(pen: Pen, box: Box) -> None:
        with pen.decoration():
            pen.frame(Box(box.x, box.top, logo, logo), 10 * scale, Look(fill=BRAND))
            inner = logo * 0.64
            spot = (logo - inner) / 2
            pen.icon("flower", box.x + spot, box.top + spot, inner, WHITE)
        for part, start, wide, flush in (
            (left, box.x + logo + GAP, columns[0], False),
            (right, box.x + box.width - side, side, True),
        ):
            top = box.top
            told = [(lines, look) for lines, look in part if lines]
            if not told:
                continue
            with pen.element("P"), pen.content():
                for number, (lines, look) in enumerate(told, start=1):
                    align: Align = "right" if flush else "left"
                    more = number < len(told)
                    area = Box(start, top, wide, 0)
                    top = pen.write(lines, area, look, align=align, more=more)

    return Piece(max(logo, *heights), paint)


def fit_foot(handout: Handout, width: float, setting: Setting, page: int, pages: int) -> Piece:
    """Set the line at the foot: whose sheet it is, and which page."""
    style = setting.style.footer
    label = handout.page_label.format(page=page, pages=pages)
    widest = handout.page_label.format(page=MOST_DIGITS, pages=MOST_DIGITS)
    wide = measure_text(setting.face, widest, style)[1] + 1
    room = width - wide - GAP
    text = set_lines(setting.face, handout.footer, room, style)
    number = set_lines(setting.face, label, wide, style)
    height = max(len(text), 1) * style.leading + FOOT_SPACE

    def paint(pen: Pen, box: Box) -> None:
        pen.rule(box.x, box.top + 2, box.width)
        top = box.top + FOOT_SPACE
        pen.write(text, Box(box.x, top, room, 0), style, more=True)
        pen.write(number, Box(box.x + width - wide, top, wide, 0), style, align="right")

    return Piece(height, paint)
