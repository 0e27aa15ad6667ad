"""The drawn face as data: outlines, the regions that can be chosen, and their neighbours."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPolygonF

from consult_app.paths import find_resources

Place = tuple[str, str]
"""An area's id and the patient's side: "right", "left", or "" for the middle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One region of the face.

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
class Figure:
    """The whole drawing.

    Attributes:
        view: Part that is shown: x, y, width, height.
        lines: Named paths that are drawn around the regions.
        regions: The regions in reading order.
    """

    view: tuple[float, float, float, float]
    lines: Mapping[str, QPainterPath]
    regions: tuple[Outline, ...]


@cache
def load_face() -> Figure:
    """Read the baked face; no path is computed here, only points are put together."""
    path = find_resources() / "figures" / "face.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    return Figure(
        view=tuple(data["view"]),
        lines=MappingProxyType({name: _trace(line) for name, line in data["drawing"].items()}),
        regions=tuple(_outline(region) for region in data["regions"]),
    )


def _outline(region: dict[str, Any]) -> Outline:
    ring = QPainterPath()
    ring.addPolygon(QPolygonF([QPointF(x, y) for x, y in region["points"]]))
    ring.closeSubpath()
    return Outline(
        place=(region["area"], region["side"]),
        path=ring,
        badge=QPointF(*region["badge"]),
        neighbours=tuple(_place(name) for name in region["next"]),
    )


def _place(name: list[str]) -> Place | None:
    if not name:
        return None
    area, *side = name
    return area, side[0] if side else ""


def _trace(commands: list[list[Any]]) -> QPainterPath:
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
