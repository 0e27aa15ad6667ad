"""What to do and not to do by date, and whom to call."""

from __future__ import annotations

from consult_app.handout.blocks_text import as_list, fit_item, paint_mark
from consult_app.handout.document import CallBox, DatedItem, DatedList
from consult_app.handout.lines import set_lines
from consult_app.handout.pen import Box, Look, Pen
from consult_app.handout.pieces import WIDE, Piece, Setting, beside, divide, stack, words
from consult_app.handout.style import RED

_RED_DOT = Look(fill=RED)
DATE_SHARE = 0.36
"""Part of the width that dates take where they have a column of their own."""


def fit_dated_list(block: DatedList, width: float, setting: Setting) -> Piece:
    """Set what to do, or to leave, each with its dates."""
    fit = _fit_in_columns if width >= WIDE and not setting.is_large else _fit_in_line
    pieces = [fit(item, block.kind, width, setting) for item in block.items]
    return as_list(stack(pieces, setting.style.rhythm.item))


def _mark(kind: str) -> str:
    return "tick" if kind == "do" else "cross"


def _fit_in_line(item: DatedItem, kind: str, width: float, setting: Setting) -> Piece:
    text = f"{item.text} **{item.when}**" if item.when else item.text
    return fit_item(setting, text, _mark(kind), width)


def _fit_in_columns(item: DatedItem, kind: str, width: float, setting: Setting) -> Piece:
    style = setting.style.body
    indent = setting.style.icon * 1.5
    dated = width * DATE_SHARE
    told = width - indent - dated - 12
    text = set_lines(setting.face, item.text, told, style)
    when = set_lines(setting.face, item.when, dated, style.strong())

    def paint(pen: Pen, box: Box) -> None:
        with pen.decoration():
            paint_mark(pen, _mark(kind), box.x, box.top + style.leading / 2, setting.style.icon)
        with pen.element("LI"), pen.element("LBody"), pen.content():
            left = box.x + indent
            pen.write(text, Box(left, box.top, told, 0), style, more=bool(when))
            pen.write(when, Box(left + told + 12, box.top, dated, 0), style.strong())

    return Piece(max(len(text), len(when)) * style.leading, paint)


def fit_call_box(block: CallBox, width: float, setting: Setting) -> Piece:
    """Set the signs to look for and the number to call, larger than the rest."""
    style = setting.style
    if width >= WIDE and not setting.is_large:
        widths = divide(width, (1, 1), 20)
        half = (len(block.signs) + 1) // 2
        columns = [
            _fit_signs(part, wide, setting)
            for part, wide in zip((block.signs[:half], block.signs[half:]), widths, strict=True)
        ]
        signs = beside(columns, widths, 20)
    else:
        signs = _fit_signs(block.signs, width, setting)
    number = words(setting, block.number_line, width, style.call)
    listed = as_list(signs)

    def paint(pen: Pen, box: Box) -> None:
        listed.paint(pen, Box(box.x, box.top, box.width, listed.height))
        low = box.top + box.height - number.height
        number.paint(pen, Box(box.x, low, box.width, number.height))

    return Piece(listed.height + style.rhythm.block + number.height, paint)


def _fit_signs(signs: tuple[str, ...], width: float, setting: Setting) -> Piece:
    pieces = [_fit_sign(sign, width, setting) for sign in signs]
    return stack(pieces, max(setting.style.rhythm.item - 1, 0.5))


def _fit_sign(sign: str, width: float, setting: Setting) -> Piece:
    style = setting.style.body
    indent = setting.style.icon * 1.0
    lines = set_lines(setting.face, sign, width - indent, style)

    def paint(pen: Pen, box: Box) -> None:
        with pen.decoration():
            middle = box.top + style.leading / 2 + 0.4
            from_left = box.x + indent * 0.27
            pen.disc(from_left, middle, indent * 0.17, _RED_DOT)
        with pen.element("LI"), pen.element("LBody"), pen.content():
            pen.write(lines, Box(box.x + indent, box.top, width - indent, 0), style)

    return Piece(len(lines) * style.leading, paint)
