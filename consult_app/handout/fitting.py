"""Choosing how much the sheet says so that it fits: the longest version that does is printed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path

from consult_app.handout.document import Handout
from consult_app.handout.pdf import Drawn, draw
from consult_app.handout.style import Paper, Size

PAGES: dict[Size, int] = {"standard": 2, "large": 6}
"""One sheet of ordinary print, six pages of large print (design of the handout, 10)."""


def fit(
    versions: Sequence[Handout], *, paper: Paper, size: Size, resources: Path
) -> tuple[Handout, Drawn]:
    """Return the longest version that keeps to the pages wanted, or the shortest, and its PDF.

    Args:
        versions: The same sheet, longest first; each later one needs no more room.
        paper: What it is printed on.
        size: Ordinary or large print.
        resources: The program's resources.

    Raises:
        ConsultError: Even the shortest cannot be drawn.
    """
    drawn: dict[int, Drawn] = {}

    def pages(number: int) -> int:
        if number not in drawn:
            drawn[number] = draw(versions[number], paper=paper, size=size, resources=resources)
        return drawn[number].pages

    wanted = PAGES[size]
    chosen = bisect_left(range(len(versions)), True, key=lambda n: pages(n) <= wanted)
    chosen = min(chosen, len(versions) - 1)
    pages(chosen)
    return versions[chosen], drawn[chosen]
