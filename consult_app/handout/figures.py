"""The drawings of face and body as the sheet uses them: what is marked, and where numbers stand."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from math import fsum

from consult_app.figures import Command, Figure, Group, Point, Region
from consult_app.handout.document import Figure as Block
from consult_app.handout.document import Zone
from consult_app.values import dataclass

TALLEST = 1.23
"""A drawing is at most so much taller than wide; a narrower one stands in the middle."""
Path = tuple[Command, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """An outline to be hatched.

    Attributes:
        path: Its commands.
        half: "right" or "left" when only that half of it is meant, else "".
    """

    path: Path
    half: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a number stands, and where a line leads when it does not stand on its area."""

    badge: Point
    pointer: Point | None = None


@dataclass(frozen=True)
class Drawing:
    """One figure with what can be marked on it."""

    figure: Figure

    @property
    def turned(self) -> bool:
        """Whether the patient is seen from behind."""
        return self.figure.turned

    @property
    def axis(self) -> float:
        """Where the middle lies."""
        return self.figure.axis

    @cached_property
    def view(self) -> tuple[float, float, float, float]:
        """The part that is shown, widened where the figure is very tall."""
        x, y, width, height = self.figure.view
        wide = max(width, height / TALLEST)
        return (x - (wide - width) / 2, y, wide, height)

    def marks(self, area: str, side: str) -> tuple[Mark, ...]:
        """Return what is hatched for an area; nothing when it is not shown here."""
        group = self._group(area)
        if group and group.points:
            return (Mark(_close(group.points), side),)
        members = group.members if group else (area,)
        return tuple(
            Mark(_close(region.points), "" if region.place[1] else side)
            for region in self._regions(members, side)
        )

    def spots(self, area: str, side: str) -> tuple[Spot, ...]:
        """Return where the numbers of an area stand."""
        group = self._group(area)
        if group is None:
            return tuple(
                _spot(region) if region.place[1] or not side else self._half(region, side)
                for region in self._regions((area,), side)
            )
        if not group.paired:
            return (_spot(group),)
        return tuple(self._turn(group, which) for which in ((side,) if side else ("right", "left")))

    def measure(self, area: str, side: str) -> float:
        """Return how much of the drawing is hatched for an area, in drawing units."""
        return fsum(_measure(it.path) / (2 if it.half else 1) for it in self.marks(area, side))

    def shows(self, area: str) -> bool:
        """Return whether an area can be marked here."""
        return self.figure.shows(area)

    def _group(self, area: str) -> Group | None:
        return next((group for group in self.figure.groups if group.area == area), None)

    def _regions(self, areas: Iterable[str], side: str) -> list[Region]:
        return [
            region
            for region in self.figure.regions
            if region.place[0] in areas and (not side or region.place[1] in {"", side})
        ]

    def _half(self, region: Region, side: str) -> Spot:
        """Return a place on one half of a region of the middle."""
        if region.aside:
            return self._turn(region, side)
        across = max(x for x, _ in region.points) - self.axis
        spot = Spot((self.axis + across / 2, region.badge[1]))
        return Spot(self._reflect(spot.badge, side))

    def _turn(self, marked: Region | Group, side: str) -> Spot:
        """Return where a number written at x above the middle stands on a side."""
        pointer = self._reflect(marked.badge, side) if marked.aside else None
        return Spot(self._reflect(marked.aside or marked.badge, side), pointer)

    def _reflect(self, point: Point, side: str) -> Point:
        away = abs(point[0] - self.axis)
        is_high = (side == "left") != self.turned
        return (self.axis + (away if is_high else -away), point[1])


def choose_drawings(
    figures: Iterable[Figure], block: Block
) -> tuple[tuple[Drawing, tuple[Zone, ...]], ...]:
    """Return the drawings that are needed, each with the areas it is to show.

    The one with the most of the areas comes first, then the one with the most of the others; an
    area that none can show is left out.
    """
    waiting, known = block.zones, tuple(figures)
    chosen = []
    while waiting and known:
        counts = [sum(figure.shows(zone.area) for zone in waiting) for figure in known]
        if not max(counts):
            break
        best = known[counts.index(max(counts))]
        shown = tuple(zone for zone in waiting if best.shows(zone.area))
        waiting = tuple(zone for zone in waiting if zone not in shown)
        chosen.append((Drawing(best), shown))
    return tuple(chosen)


def _spot(marked: Region | Group) -> Spot:
    return Spot(marked.aside, marked.badge) if marked.aside else Spot(marked.badge)


def _close(points: tuple[Point, ...]) -> Path:
    first, *rest = points
    return (("M", *first), *(("L", *point) for point in rest), ("Z",))


def _measure(path: Path) -> float:
    """Return how much a closed outline holds."""
    points = [(x, y) for _, x, y in path[:-1]]
    turned = [*points[1:], points[0]]
    return abs(fsum(x * v - u * y for (x, y), (u, v) in zip(points, turned, strict=True))) / 2
