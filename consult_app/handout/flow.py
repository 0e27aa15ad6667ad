"""Divides the rows of a sheet among its pages."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from math import ceil, fsum
from typing import Literal, NamedTuple, Protocol

from consult_app.handout.pieces import Piece

SPREAD = 14.0
"""How much room left over widens the distance between two rows at most."""


Care = Literal["whole", "pairs", "any"]
"""What a cut keeps together: lists of a few items, two items of a list, or no more than it must."""


class Cut(Protocol):
    """Divides a row so that the first part fits a height, where that can be."""

    def __call__(self, room: float, care: Care = "any", /) -> tuple[Strip, Strip] | None:
        """Return both parts, or None."""


def _cut_nothing(_room: float, _care: Care = "any", /) -> None:
    """Leave a row whole."""


class Strip(NamedTuple):
    """A row ready for the page.

    Attributes:
        piece: The row.
        gap: Above it, when another stands there.
        turns: Whether it begins a new side of the sheet.
        parts: Whether room left over may widen the gap above it.
        cut: Divides it.
        calls: How soon it says to call, where that is what it says; it may as well come later.
    """

    piece: Piece
    gap: float
    turns: bool = False
    parts: bool = True
    cut: Cut = _cut_nothing
    calls: Literal["", "clinic", "emergency"] = ""


Side = list[Strip]


def flow(strips: list[Strip], room: float, *, keep_sides: bool) -> list[Side]:
    """Fill one side after the other.

    A side begins anew where a strip asks for it, unless the side before had to go on to a further
    one: then what follows goes under it, so that no page stays half empty.

    Args:
        strips: The rows in order.
        room: Height of a page.
        keep_sides: Whether wishes for a new side are heard.
    """
    sides: list[Side] = [[]]
    spilled = False
    waiting = deque(strips)
    while waiting:
        strip = waiting.popleft()
        wishes = keep_sides and strip.turns and not spilled and sides[-1]
        if wishes or not fits(sides[-1], strip, room):
            halves = None if wishes else strip.cut(room - measure(sides[-1]) - strip.gap)
            if halves:
                sides[-1].append(halves[0])
                strip = halves[1]
            spilled = not wishes
            sides.append([])
        sides[-1].append(strip)
    return sides


def flow_shorter(strips: list[Strip], room: float) -> list[Side]:
    """Fill the sides in order, or with whom to call at another place where that saves a page.

    What says whom to call is never divided, so that a page could stay half empty above it.
    """
    fewest = ceil((measure(strips) - 0.01) / room)
    chosen: list[Side] = []
    for order in list_orders(strips):
        sides = flow(order, room, keep_sides=False)
        if not chosen or len(sides) < len(chosen):
            chosen = sides
        if len(chosen) <= fewest:
            break
    return chosen


def list_orders(strips: list[Strip]) -> Iterator[list[Strip]]:
    """Yield the strips in order, then with the emergency first, both last, and the clinic last."""
    yield strips
    clinic = [strip for strip in strips if strip.calls == "clinic"]
    others = [strip for strip in strips if strip.calls != "clinic"]
    after = [place for place, strip in enumerate(others, 1) if strip.calls == "emergency"]
    if clinic and after:
        yield others[: after[-1]] + clinic + others[after[-1] :]
    yield sorted(strips, key=lambda strip: strip.calls != "")
    yield others + clinic


def fits(side: Side, strip: Strip, room: float) -> bool:
    """Return whether a strip has room on a side."""
    return not side or measure([*side, strip]) <= room + 0.01


def measure(side: Side) -> float:
    """Return the height of a side's strips with the gaps between them."""
    return fsum([strip.piece.height for strip in side]) + fsum([strip.gap for strip in side[1:]])


def spread(side: Side, room: float) -> list[float]:
    """Return where each strip begins, sharing out the room left over within reason."""
    parted = sum(strip.parts for strip in side[1:])
    more = min(max(room - measure(side), 0.0) / parted, SPREAD) if parted else 0.0
    tops: list[float] = []
    low = 0.0
    for strip in side:
        if tops:
            low += strip.gap + (more if strip.parts else 0.0)
        tops.append(low)
        low += strip.piece.height
    return tops
