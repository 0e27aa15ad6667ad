"""Keeps together what belongs together where the pages have room for it."""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from consult_app.handout.flow import Care, Side, Strip, fits, list_orders, measure

COSTS: dict[Care, int] = {"whole": 2, "pairs": 3, "any": 5}
"""What it costs to cut a strip, the less is kept together the more."""

GOES_ON = 1
"""What it costs that a section goes on on the next page."""

MOST_TRIED = 400
"""Ways that are tried; most sheets need a few dozen."""


class Gathered(NamedTuple):
    """The sides of a sheet.

    Attributes:
        sides: Which strips stand on which.
        cost: Of what is torn.
    """

    sides: list[Side]
    cost: float


class _Way(NamedTuple):
    """The sides filled so far, the last of them as far as it goes, and what waits."""

    sides: tuple[tuple[Strip, ...], ...]
    waiting: tuple[Strip, ...]


def flow_together(strips: list[Strip], room: float, pages: int, below: float) -> Gathered | None:
    """Return the sides on which least is torn, or None where it needs more pages or costs more.

    Args:
        strips: The rows in order; whom to call stands elsewhere only where that saves a page.
        room: Height of a page.
        pages: How many there may be.
        below: What it has to cost less than.
    """
    for order in list_orders(strips):
        found = _search(order, room, pages, below)
        if found:
            return found
    return None


def _search(strips: list[Strip], room: float, pages: int, below: float) -> Gathered | None:
    """Try the ways in the order of what they cost."""
    number = count()
    ways = [(0, next(number), _fill(_Way(((),), tuple(strips)), room))]
    while ways and next(number) < MOST_TRIED:
        cost, _, way = heappop(ways)
        if cost >= below:
            return None
        if not way.waiting:
            return Gathered([list(side) for side in way.sides], cost)
        left = pages - len(way.sides)
        for more, other in _list_next(way, room):
            if measure(list(other.waiting)) <= left * room:
                heappush(ways, (cost + more, next(number), _fill(other, room)))
    return None


def _fill(way: _Way, room: float) -> _Way:
    """Put on the last side what has room there."""
    *before, side = way.sides
    full, place = list(side), 0
    while place < len(way.waiting) and fits(full, way.waiting[place], room):
        full.append(way.waiting[place])
        place += 1
    return _Way((*before, tuple(full)), way.waiting[place:])


def _list_next(way: _Way, room: float) -> list[tuple[int, _Way]]:
    """Return how the next side can begin, each with what that costs.

    With the next strip, with the whole section that it goes on, or with what is cut off it.
    """
    *before, side = way.sides
    strip, *later = way.waiting
    made = [(0 if strip.parts else GOES_ON, _Way((*way.sides, ()), way.waiting))]
    begin = _find_start(side, strip)
    if 0 < begin < len(side):
        made.append((0, _Way((*before, side[:begin], ()), (*side[begin:], *way.waiting))))
    spare = room - measure(list(side)) - strip.gap
    highest = 0.0
    for care, cost in COSTS.items():
        halves = strip.cut(spare, care)
        if halves and halves[0].piece.height > highest:
            highest = halves[0].piece.height
            made.append((cost, _Way((*before, (*side, halves[0]), ()), (halves[1], *later))))
    return made


def _find_start(side: tuple[Strip, ...], strip: Strip) -> int:
    """Return where on a side the section begins that a strip goes on with."""
    begin = len(side)
    if not strip.parts:
        begin -= 1
        while begin > 0 and not side[begin].parts:
            begin -= 1
    return begin
