"""The drawings of face and body as shapes that the window can paint."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPolygonF

from consult_app.figures import Command, Place, Point, Region, Stroke, load_figures
from consult_app.paths import find_resources

__all__ = [
    "Outline",
    "Picture",
    "Place",
    "Shape",
    "list_figures",
    "list_places",
    "load_picture",
    "spread",
    "trace",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A line or shape of the drawing.

    Attributes:
        path: In drawing units.
        fill, line: Colour tokens, or "" for none.
        weight: Of the line, in drawing units.
    """

    path: QPainterPath
    fill: str
    line: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One region that can be chosen.

    Attributes:
        place: Area and side.
        path: Closed outline in drawing units.
        badge: Where the number stands.
        neighbours: Where the arrow keys up, down, left and right lead; None stays.
    """

    place: Place
    path: QPainterPath
    badge: QPointF
    neighbours: tuple[Place | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A whole drawing.

    Attributes:
        view: Part that is shown: x, y, width, height.
        turned: Whether the patient is seen from behind.
        behind, over: What is painted before and after the regions.
        regions: The regions in reading order.
    """

    view: tuple[float, float, float, float]
    turned: bool
    behind: tuple[Shape, ...]
    over: tuple[Shape, ...]
    regions: tuple[Outline, ...]


_TOKENS = {
    "": "",
    "skin": "face",
    "hair": "hair",
    "lips": "lips",
    "line": "face_line",
    "soft": "face_soft",
}


def list_figures() -> tuple[str, ...]:
    """Return the names of the drawings: face, front, back."""
    return tuple(load_figures(find_resources()))


@cache
def list_places(name: str) -> tuple[Place, ...]:
    """Return the places of a drawing in reading order."""
    return tuple(region.place for region in load_figures(find_resources())[name].regions)


def spread(places: Collection[Place]) -> frozenset[Place]:
    """Return the drawn places that are meant: both sides for none, the parts of a larger area."""
    figures = load_figures(find_resources()).values()
    members: dict[str, set[str]] = {}
    for figure in figures:
        for group in figure.groups:
            members.setdefault(group.area, set()).update(group.members)
    return frozenset(
        region.place
        for figure in figures
        for region in figure.regions
        for area, side in places
        if region.place[0] in members.get(area, {area})
        and (not side or region.place[1] in {side, ""})
    )


@cache
def load_picture(name: str) -> Picture:
    """Return a drawing; no path is computed here, only points are put together."""
    figure = load_figures(find_resources())[name]
    return Picture(
        view=figure.view,
        turned=figure.turned,
        behind=tuple(_shape(stroke) for stroke in figure.strokes if not stroke.over),
        over=tuple(_shape(stroke) for stroke in figure.strokes if stroke.over),
        regions=tuple(_outline(region) for region in figure.regions),
    )


def _shape(stroke: Stroke) -> Shape:
    return Shape(
        path=trace(stroke.path),
        fill=_TOKENS[stroke.fill],
        line=_TOKENS[stroke.line],
        weight=stroke.weight,
    )


def _outline(region: Region) -> Outline:
    return Outline(
        place=region.place,
        path=close(region.points),
        badge=QPointF(*region.badge),
        neighbours=region.neighbours,
    )


def close(points: tuple[Point, ...]) -> QPainterPath:
    """Return points as a closed outline."""
    ring = QPainterPath()
    ring.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
    ring.closeSubpath()
    return ring


def trace(commands: tuple[Command, ...]) -> QPainterPath:
    """Return the commands of a drawing as a path."""
    path = QPainterPath()
    for letter, *numbers in commands:
        points = [QPointF(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        if letter == "M":
            path.moveTo(*points)
        elif letter == "L":
            path.lineTo(*points)
        elif letter == "C":
            path.cubicTo(*points)
        else:
            path.closeSubpath()
    return path
