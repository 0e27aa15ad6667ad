"""Choosing how much the sheet says so that it fits: the longest version that does is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from consult_app.errors import ConsultError
from consult_app.handout.compose import Versions
from consult_app.handout.compose_length import has_lines
from consult_app.handout.document import Handout
from consult_app.handout.layout import Budget, Refill
from consult_app.handout.pdf import count_pages, measure_air
from consult_app.handout.search import find_first
from consult_app.handout.style import PAGES, Paper, Size

LIKELY: dict[Size, int] = {"standard": 5, "large": 1}
"""The version of most sheets, with which the search begins."""


def choose(
    versions: Sequence[Handout], budget: Budget, *, paper: Paper, size: Size, resources: Path
) -> tuple[Handout, bool]:
    """Return the longest version that keeps to the pages wanted, or else to the fewest it can.

    Returned with it is whether it tells long waits whole, as a crowded sheet does.

    So nothing is left out for the sake of a page that is printed all the same. Where ordinary print
    would be crowded on these pages, it is the longest version that is as calm as any; and where it
    needs a second sheet or the last cut, sections stand on the other side where that saves it; else
    nothing is cut further for the sake of that sheet's last side. What was cut and may come back
    does so where that needs no more pages and, but for the picture, leaves as much air. Where it is
    signed on paper and that brings no lines to sign, it is chosen anew with these in all versions.

    Args:
        versions: The same sheet, longest first; each later one needs no more room.
        budget: From which distances on a sheet is calm, and what may go for it.
        paper: What it is printed on.
        size: Ordinary or large print.
        resources: The program's resources.

    Raises:
        ConsultError: Even the shortest cannot be drawn.
    """
    choice, number = _choose(versions, budget, paper, size, resources)
    return choice.refill(number, budget.refills), number >= budget.whole_days


def tells_whole(
    versions: Sequence[Handout], budget: Budget, *, paper: Paper, size: Size, resources: Path
) -> bool:
    """Return whether the version that would be printed tells long waits whole.

    The screen says them as the paper does. Of what cannot be printed the longer ones count.
    """
    try:
        return _choose(versions, budget, paper, size, resources)[1] >= budget.whole_days
    except ConsultError:
        return True  # whoever prints it is told why


def _choose(
    versions: Sequence[Handout], budget: Budget, paper: Paper, size: Size, resources: Path
) -> tuple[_Choice, int]:
    """Return what to print, without what may come back; with lines to sign where these are due."""
    choice, number = _choose_any(versions, budget, paper, size, resources)
    signed = versions.sign() if isinstance(versions, Versions) else None
    # A sheet that has them stays as it is: it may have been printed and signed already.
    if signed is None or has_lines(choice.refill(number, budget.refills)):
        return choice, number
    return _choose_any(signed, budget, paper, size, resources)


def _choose_any(
    versions: Sequence[Handout], budget: Budget, paper: Paper, size: Size, resources: Path
) -> tuple[_Choice, int]:
    choice = _Choice(versions, paper, size, resources)
    if size == "standard":
        number = choice.choose_calm(budget.air, min(budget.air_until, choice.last))
    else:
        number = choice.choose_any(choice.last)
    if size == "standard" and (other := choice.rearrange(number)):
        return other, other.choose_any(other.last)
    return choice, number


class _Choice:
    """Finds the version of a sheet to print; pages are counted once for each."""

    def __init__(
        self, versions: Sequence[Handout], paper: Paper, size: Size, resources: Path
    ) -> None:
        self.versions = versions
        self._paper = paper
        self._size = size
        self._resources = resources
        self._pages = PAGES[size]
        self._counted: dict[tuple[int, float], int] = {}
        self.last = len(versions) - 1

    def choose_any(self, shortest: int) -> int:
        """Return the longest version that fits, or has no more pages than the shortest wanted."""
        chosen = self._search(self._pages, 0.0, 0, self.last + 1)
        if chosen <= self.last:
            return chosen
        return self._search(self._count(shortest, 0.0), 0.0, 0, shortest)

    def choose_calm(self, air: float, until: int) -> int:
        """Return the longest version that is as calm as any up to the number `until`."""
        # Where the likely one fits, so does a shorter one, which need not be tried; and what fits
        # at these distances fits at tighter ones.
        tried = min(LIKELY[self._size], until), until
        if any(self._count(number, air) <= self._pages for number in tried):
            return self._search(self._pages, air, 0, until)
        chosen = self.choose_any(until)
        if chosen >= until:
            return chosen
        calmest = self._measure(self.versions[until])
        pages = max(self._pages, self._count(chosen, 0.0))
        return self._search(pages, min(air, calmest), chosen, until)

    def rearrange(self, number: int) -> _Choice | None:
        """Return the versions otherwise arranged where that saves a page or the last cut."""
        fits = self._count(number, 0.0) <= self._pages
        if (fits and number < self.last) or not isinstance(self.versions, Versions):
            return None
        for versions in _list_arrangements(self.versions):
            other = _Choice(versions, self._paper, self._size, self._resources)
            shortest = number - 1 if fits else other.last
            if other._count(shortest, 0.0) <= self._pages:
                return other
        return None

    def refill(self, number: int, refills: Iterable[Refill]) -> Handout:
        """Return a version with as much of what was cut and may come back as it has room for."""
        chosen = self.versions[number]
        if not isinstance(self.versions, Versions):
            return chosen
        back: tuple[str, ...] = ()
        for each in refills:
            fuller = self.versions.refill(number, (*back, each.id))
            if fuller is not None and self._has_room(number, chosen, fuller, calm=each.calm):
                chosen, back = fuller, (*back, each.id)
        return chosen

    def _has_room(self, number: int, chosen: Handout, fuller: Handout, *, calm: bool) -> bool:
        """Return whether a fuller sheet needs no more pages, and is as calm where that is asked."""
        air = self._measure(chosen) if calm else 0.0
        on, size = self._paper, self._size
        # At the distances of what is chosen most of it is laid out already.
        pages = count_pages(fuller, paper=on, size=size, resources=self._resources, air=air)
        return pages <= self._count(number, 0.0) and self._measure(fuller) >= air

    def _measure(self, handout: Handout) -> float:
        return measure_air(handout, paper=self._paper, size=self._size, resources=self._resources)

    def _count(self, number: int, air: float) -> int:
        key = (number, air)
        if key not in self._counted:
            self._counted[key] = count_pages(
                self.versions[number],
                paper=self._paper,
                size=self._size,
                resources=self._resources,
                air=air,
            )
        return self._counted[key]

    def _search(self, most: int, air: float, low: int, high: int) -> int:
        start = LIKELY[self._size]
        return find_first(lambda number: self._count(number, air) <= most, low, high, start)


def _list_arrangements(versions: Versions) -> Iterator[Versions]:
    moved = versions.rearrange()
    if moved is not None:
        yield moved
    yield from versions.relieve()
    if moved is not None:
        yield from moved.relieve()
