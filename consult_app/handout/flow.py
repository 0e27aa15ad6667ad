"""Divides the rows of a sheet among its pages."""

from __future__ import annotations

from dataclasses import dataclass

from consult_app.handout.pieces import Piece

SPREAD = 9.0
"""How much room left over widens the distance between two rows at most."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A row ready for the page.

    Attributes:
        piece: The row.
        turns: Whether it begins a new side of the sheet.
    """

    piece: Piece
    turns: bool = False


Side = list[Strip]


def flow(strips: list[Strip], room: float, gap: float, *, keep_sides: bool) -> list[Side]:
    """Fill one side after the other.

    A side begins anew where a strip asks for it, unless the side before had to go on to a further
    one: then what follows goes under it, so that no page stays half empty.

    Args:
        strips: The rows in order.
        room: Height of a page.
        gap: Between rows.
        keep_sides: Whether wishes for a new side are heard.
    """
    sides: list[Side] = [[]]
    spilled = False
    for strip in strips:
        wishes = keep_sides and strip.turns and not spilled and sides[-1]
        if wishes or not _fits(sides[-1], strip, room, gap):
            spilled = not wishes
            sides.append([])
        sides[-1].append(strip)
    return sides


def _fits(side: Side, strip: Strip, room: float, gap: float) -> bool:
    return not side or measure(side, gap) + gap + strip.piece.height <= room + 0.01


def measure(side: Side, gap: float) -> float:
    """Return the height of a side's strips with the gaps between them."""
    return sum(strip.piece.height for strip in side) + gap * max(len(side) - 1, 0)


def spread(side: Side, room: float, gap: float) -> float:
    """Return the gap that shares out the room left over, within reason."""
    if len(side) < 2:  # noqa: PLR2004  # a gap needs two rows
        return gap
    left = room - measure(side, gap)
    return gap + min(max(left, 0.0) / (len(side) - 1), SPREAD)
