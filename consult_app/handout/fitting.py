"""Choosing how much the sheet says so that it fits: the longest version that does is printed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path

from consult_app.handout.document import Handout
from consult_app.handout.pdf import Drawn, count_pages, draw
from consult_app.handout.style import PAGES, Paper, Size


def fit(
    versions: Sequence[Handout], *, paper: Paper, size: Size, resources: Path
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

    def count(number: int) -> int:
        return count_pages(versions[number], paper=paper, size=size, resources=resources)

    last = len(versions) - 1
    most = max(PAGES[size], count(last))
    chosen = bisect_left(range(last), True, key=lambda number: count(number) <= most)
    handout = versions[chosen]
    return handout, draw(handout, paper=paper, size=size, resources=resources)
