"""Measured parts of the sheet that can be stacked, set side by side and painted.

A piece is made for a width; it knows its height, and paints itself into a box that may be higher.
"""

from __future__ import annotations

from collections.abc import Callable
from math import fsum
from typing import NamedTuple

from consult_app.figures import Figure
from consult_app.handout.fonts import Typeface
from consult_app.handout.lines import set_lines
from consult_app.handout.pen import Box, Pen
from consult_app.handout.style import Style, TextStyle

WIDE = 380.0
"""From this width on, a list or a figure with a table is set in two columns."""


class Piece(NamedTuple):
    """A part of the sheet made for one width.

    Attributes:
        height: What it needs.
        paint: Paints it into a box at least that high.
    """

    height: float
    paint: Callable[[Pen, Box], None]


class Setting:
    """What measuring needs; one and the same for everything set at the same distances.

    Attributes:
        face: The typeface.
        style: Type and distances.
        figures: The drawings of face and body.
        is_large: Whether it is large print, in one column.
    """

    __slots__ = ("face", "figures", "is_large", "style")

    def __init__(
        self, face: Typeface, style: Style, figures: tuple[Figure, ...], *, is_large: bool = False
    ) -> None:
        self.face = face
        self.style = style
        self.figures = figures
        self.is_large = is_large


def nothing(height: float = 0.0) -> Piece:
    """Return an empty space."""
    return Piece(height, lambda _pen, _box: None)


def stack(pieces: list[Piece], gap: float) -> Piece:
    """Set pieces one under the other."""
    height = fsum([piece.height for piece in pieces]) + gap * max(len(pieces) - 1, 0)

    def paint(pen: Pen, box: Box) -> None:
        top = box.top
        for number, piece in enumerate(pieces, start=1):
            last = number == len(pieces)
            room = box.top + box.height - top if last else piece.height
            piece.paint(pen, Box(box.x, top, box.width, max(room, piece.height)))
            top += piece.height + gap

    return Piece(height, paint)


def beside(pieces: list[Piece], widths: list[float], gap: float) -> Piece:
    """Set pieces side by side, all as high as the highest."""

    def paint(pen: Pen, box: Box) -> None:
        x = box.x
        for piece, width in zip(pieces, widths, strict=True):
            piece.paint(pen, Box(x, box.top, width, box.height))
            x += width + gap

    return Piece(max((piece.height for piece in pieces), default=0.0), paint)


def inset(piece: Piece, left: float, top: float, right: float, bottom: float) -> Piece:
    """Set a piece with space around it."""

    def paint(pen: Pen, box: Box) -> None:
        inner = Box(
            box.x + left, box.top + top, box.width - left - right, box.height - top - bottom
        )
        piece.paint(pen, inner)

    return Piece(piece.height + top + bottom, paint)


def words(setting: Setting, text: str, width: float, style: TextStyle, kind: str = "P") -> Piece:
    """Set a text as an element of its own."""
    lines = set_lines(setting.face, text, width, style)

    def paint(pen: Pen, box: Box) -> None:
        with pen.element(kind), pen.content():
            pen.write(lines, box, style)

    return Piece(len(lines) * style.leading, paint)


def divide(width: float, shares: tuple[float, ...], gap: float) -> list[float]:
    """Divide a width in parts with gaps between them."""
    room = width - gap * (len(shares) - 1)
    return [room * share / fsum(shares) for share in shares]
