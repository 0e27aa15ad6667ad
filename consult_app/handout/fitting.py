"""Choosing how much the sheet says so that it fits: the longest version that does is printed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from itertools import islice
from pathlib import Path

from consult_app.handout.document import Handout
from consult_app.handout.pdf import Drawn, count_pages, draw
from consult_app.handout.style import PAGES, Paper, Size

FIRST = 5
"""Versions that are made before any is tried: most sheets are one of these."""


def fit(
    versions: Iterable[Handout], *, paper: Paper, size: Size, resources: Path
) -> tuple[Handout, Drawn]:
    """Return the longest version that keeps to the pages wanted, or else to the fewest it can.

    So nothing is left out for the sake of a page that is printed all the same.

    Args:
        versions: The same sheet, longest first; each later one needs no more room.
        paper: What it is printed on.
        size: Ordinary or large print.
        resources: The program's resources.

    Raises:
        ConsultError: Even the shortest cannot be drawn.
    """
    coming = iter(versions)
    made = list(islice(coming, FIRST))

    @cache
    def count(number: int) -> int:
        return count_pages(made[number], paper=paper, size=size, resources=resources)

    def choose(most: int) -> int:
        return bisect_left(range(len(made)), True, key=lambda number: count(number) <= most)

    if count(len(made) - 1) > PAGES[size]:
        made += coming
    chosen = choose(PAGES[size])
    if chosen == len(made):
        chosen = choose(count(len(made) - 1))
    return made[chosen], draw(made[chosen], paper=paper, size=size, resources=resources)
