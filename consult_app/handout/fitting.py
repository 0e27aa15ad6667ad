"""Choosing how much the sheet says so that it fits: the longest version that does is printed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from consult_app.handout.document import Handout
from consult_app.handout.layout import Budget
from consult_app.handout.pdf import Drawn, count_pages, draw, measure_air
from consult_app.handout.style import PAGES, Paper, Size

FIRST = 5
"""Versions among which is sought first: most sheets are one of these."""


def fit(
    versions: Sequence[Handout], budget: Budget, *, paper: Paper, size: Size, resources: Path
) -> tuple[Handout, Drawn]:
    """Return the longest version that keeps to the pages wanted, or else to the fewest it can.

    So nothing is left out for the sake of a page that is printed all the same. Where ordinary print
    would be crowded on these pages, it is the longest version that is as calm as any.

    Args:
        versions: The same sheet, longest first; each later one needs no more room.
        budget: From which distances on a sheet is calm, and what may go for it.
        paper: What it is printed on.
        size: Ordinary or large print.
        resources: The program's resources.

    Raises:
        ConsultError: Even the shortest cannot be drawn.
    """

    @cache
    def count(number: int, row: float) -> int:
        return count_pages(versions[number], paper=paper, size=size, resources=resources, air=row)

    def choose(most: int, row: float, low: int, high: int) -> int:
        return bisect_left(
            range(len(versions)), True, low, high, key=lambda place: count(place, row) <= most
        )

    def choose_any() -> int:
        """Return the longest version that fits at any distances."""
        last = min(FIRST, len(versions)) - 1
        if count(last, 0.0) > PAGES[size]:
            last = len(versions) - 1
        chosen = choose(PAGES[size], 0.0, 0, last + 1)
        return chosen if chosen <= last else choose(count(last, 0.0), 0.0, 0, last)

    def choose_calm() -> int:
        """Return the longest version that is as calm as any."""
        air, until = budget.air, min(budget.air_until, len(versions) - 1)
        if count(until, air) <= PAGES[size]:
            # What fits at these distances fits at tighter ones, which need not be tried.
            return choose(PAGES[size], air, 0, until)
        chosen = choose_any()
        if chosen >= until:
            return chosen
        calmest = measure_air(versions[until], paper=paper, size=size, resources=resources)
        pages = max(PAGES[size], count(chosen, 0.0))
        return choose(pages, min(air, calmest), chosen, until)

    chosen = choose_calm() if size == "standard" else choose_any()
    return versions[chosen], draw(versions[chosen], paper=paper, size=size, resources=resources)
