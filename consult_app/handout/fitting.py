"""Choosing how much the sheet says so that it fits: the longest version that does is printed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from itertools import islice
from pathlib import Path

from consult_app.handout.document import Handout
from consult_app.handout.layout import Budget
from consult_app.handout.pdf import Drawn, count_pages, draw, measure_air
from consult_app.handout.style import PAGES, Paper, Size

FIRST = 5
"""Versions that are made before any is tried: most sheets are one of these."""


def fit(
    versions: Iterable[Handout], budget: Budget, *, paper: Paper, size: Size, resources: Path
) -> tuple[Handout, Drawn]:
    """Return the longest version that keeps to the pages wanted, or else to the fewest it can.

    So nothing is left out for the sake of a page that is printed all the same. Where ordinary print
    would be crowded on the pages wanted, it is the longest version that is as calm as any.

    Args:
        versions: The same sheet, longest first; each later one needs no more room.
        budget: From which distances on a sheet is calm, and what may go for it.
        paper: What it is printed on.
        size: Ordinary or large print.
        resources: The program's resources.

    Raises:
        ConsultError: Even the shortest cannot be drawn.
    """
    coming = iter(versions)
    made = list(islice(coming, FIRST))

    @cache
    def count(number: int, row: float) -> int:
        return count_pages(made[number], paper=paper, size=size, resources=resources, air=row)

    def choose(most: int, row: float = 0.0, low: int = 0, high: int | None = None) -> int:
        places = range(len(made))
        return bisect_left(places, True, low, high, key=lambda place: count(place, row) <= most)

    if count(len(made) - 1, 0.0) > PAGES[size]:
        made += coming
    chosen = choose(PAGES[size])
    if chosen == len(made):
        chosen = choose(count(len(made) - 1, 0.0))
    elif size == "standard" and chosen < budget.air_until:
        made += coming
        calmest = made[budget.air_until]
        best = measure_air(calmest, paper=paper, size=size, resources=resources)
        chosen = choose(PAGES[size], min(budget.air, best), chosen, budget.air_until)
    return made[chosen], draw(made[chosen], paper=paper, size=size, resources=resources)
