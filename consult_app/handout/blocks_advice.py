"""What to do and not to do by date, and whom to call."""

from __future__ import annotations

from consult_app.handout.blocks_text import as_list, fit_item
from consult_app.handout.document import CallBox, DatedItem, DatedList
from consult_app.handout.lines import set_lines
from consult_app.handout.pen import Box, Look, Pen
from consult_app.handout.pieces import WIDE, Piece, Setting, beside, divide, stack, words
from consult_app.handout.style import RED
from consult_app.handout.text import capitalise

_RED_DOT = Look(fill=RED)


def fit_dated_list(block: DatedList, width: float, setting: Setting) -> Piece:
    """Set what to do, or to leave, each after its dates; in two columns where there is room."""
    if width < WIDE or setting.is_large or len(block.items) == 1:
        return as_list(_fit_items(block.items, block.kind, width, setting))
    widths = divide(width, (1, 1), setting.style.rhythm.column)
    half = (len(block.items) + 1) // 2
    columns = [
        _fit_items(items, block.kind, part, setting)
        for items, part in zip((block.items[:half], block.items[half:]), widths, strict=True)
    ]
    return as_list(beside(columns, widths, setting.style.rhythm.column))


def _fit_items(items: tuple[DatedItem, ...], kind: str, width: float, setting: Setting) -> Piece:
    mark = "box" if kind == "do" else "cross"
    pieces = [
        fit_item(setting, f"**{capitalise(item.when)}:** {item.text}", mark, width)
        for item in items
    ]
    return stack(pieces, setting.style.rhythm.item)


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
    below = ((block.number_line, style.call), (block.also, style.body))
    told = [words(setting, text, width, look) for text, look in below if text]
    number = stack(told, style.rhythm.item)
    listed = as_list(signs)

    def paint(pen: Pen, box: Box) -> None:
        listed.paint(pen, Box(box.x, box.top, box.width, listed.height))
        low = box.top + box.height - number.height
        number.paint(pen, Box(box.x, low, box.width, number.height))

    return Piece(listed.height + style.rhythm.block + number.height, paint)


def _fit_signs(signs: tuple[str, ...], width: float, setting: Setting) -> Piece:
    pieces = [_fit_sign(sign, width, setting) for sign in signs]
    return stack(pieces, max(setting.style.rhythm.item - 1, 0.0))


def _fit_sign(sign: str, width: float, setting: Setting) -> Piece:
    style = setting.style.body
    indent = setting.style.icon * 0.8
    lines = set_lines(setting.face, sign, width - indent, style)

    def paint(pen: Pen, box: Box) -> None:
        with pen.decoration():
            middle = box.top + style.leading / 2 + 0.4
            size = setting.style.icon * 0.17
            pen.disc(box.x + size * 1.6, middle, size, _RED_DOT)
        with pen.element("LI"), pen.element("LBody"), pen.content():
            pen.write(lines, Box(box.x + indent, box.top, width - indent, 0), style)

    return Piece(len(lines) * style.leading, paint)
