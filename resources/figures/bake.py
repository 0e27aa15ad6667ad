# ruff: noqa: INP001 - a script beside its data, no package
"""Turn face.toml into face.json: soft corners and even gutters, as few points as needed.

Path booleans take about a second, far too long for opening a window, so they are done here,
once, by whoever changes the drawing: `python resources/figures/bake.py`.
"""

from __future__ import annotations

import json
import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath, QPainterPathStroker, QPolygonF, QTransform

FOLDER = Path(__file__).resolve().parent
SHRINK = 8.0
"""How far a region is drawn in before it is grown back, which rounds its corners."""
GUTTER = 2.2
"""How much less it is grown than it was drawn in: half the gap between two regions."""
FINE = 4.0
"""Scale at which the outlines are computed, so that they stay smooth when enlarged."""
TOLERANCE = 0.06
"""How far a left-out point may lie from the line, in drawing units."""

Commands = list[list[Any]]
Points = list[tuple[float, float]]


def read_path(text: str) -> Commands:
    """Return SVG path text (absolute M, L, C, Z only) as commands with their numbers."""
    commands: Commands = []
    counts = {"M": 2, "L": 2, "C": 6, "Z": 0}
    for letter, rest in re.findall(r"([MLCZ])([^MLCZ]*)", text):
        numbers = [float(number) for number in rest.split()]
        size = counts[letter]
        if not size:
            commands.append([letter])
        commands += [[letter, *numbers[i : i + size]] for i in range(0, len(numbers), size or 1)]
    return commands


def mirror(commands: Commands, width: float) -> Commands:
    """Return the commands on the other side of the face."""
    return [
        [command[0], *(width - n if i % 2 == 0 else n for i, n in enumerate(command[1:]))]
        for command in commands
    ]


def make_path(commands: Commands) -> QPainterPath:
    """Return commands as a painter path."""
    path = QPainterPath()
    for letter, *numbers in commands:
        if letter == "M":
            path.moveTo(*numbers)
        elif letter == "L":
            path.lineTo(*numbers)
        elif letter == "C":
            path.cubicTo(*numbers)
        else:
            path.closeSubpath()
    return path


def find_largest(path: QPainterPath) -> QPainterPath:
    """Return the largest piece of a path."""

    def area(polygon: QPolygonF) -> float:
        points = [(p.x(), p.y()) for p in polygon.toList()]
        return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*points, points[0]])))

    largest = QPainterPath()
    largest.addPolygon(max(path.simplified().toSubpathPolygons(), key=area))
    largest.closeSubpath()
    return largest


def soften(path: QPainterPath) -> Points:
    """Return the outline with round corners, a little smaller than it was."""
    big = QTransform.fromScale(FINE, FINE).map(path)
    pen = QPainterPathStroker()
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setWidth(2 * SHRINK * FINE)
    heart = find_largest(big.subtracted(pen.createStroke(big)))
    pen.setWidth(2 * (SHRINK - GUTTER) * FINE)
    grown = find_largest(heart.united(pen.createStroke(heart)))
    outline = grown.toSubpathPolygons()[0].toList()
    return [(point.x() / FINE, point.y() / FINE) for point in outline]


def thin(points: Points) -> Points:
    """Leave out points that lie on the line between others (Ramer, Douglas, Peucker)."""
    if len(points) < 3:  # noqa: PLR2004 - nothing between two ends
        return points
    (ax, ay), (bx, by) = points[0], points[-1]
    length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5 or 1e-9
    offsets = [abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length for x, y in points]
    far = max(range(len(points)), key=offsets.__getitem__)
    if offsets[far] <= TOLERANCE:
        return [points[0], points[-1]]
    return thin(points[: far + 1])[:-1] + thin(points[far:])


def thin_ring(points: Points) -> Points:
    """Thin a closed outline by its two halves."""
    middle = len(points) // 2
    return thin(points[: middle + 1])[:-1] + thin([*points[middle:], points[0]])[:-1]


def bake_region(region: dict[str, Any], width: float, side: str) -> dict[str, Any]:
    """Return a region for one side ("right", "left") or the middle ("")."""
    commands = read_path(region["path"])
    x, y = region["badge"]
    up, down, left, right = region["next"]
    if side == "right":
        commands, x, left, right = mirror(commands, width), width - x, right, left
    lead = [name.replace("@", side) for name in (up, down, left, right)]
    points = thin_ring(soften(make_path(commands)))
    return {
        "area": region["area"],
        "side": side,
        "badge": [x, y],
        "next": [name.split() for name in lead],
        "points": [[round(px, 1), round(py, 1)] for px, py in points],
    }


def bake(source: dict[str, Any]) -> dict[str, Any]:
    """Return everything that the window needs to draw and press the face."""
    width = source["canvas"][0]
    drawing = {name: read_path(text) for name, text in source["drawing"].items()}
    for name, text in source["pairs"].items():
        drawing[f"{name} left"] = read_path(text)
        drawing[f"{name} right"] = mirror(read_path(text), width)
    regions = [
        bake_region(region, width, side)
        for region in source["regions"]
        for side in (("right", "left") if region.get("paired") else ("",))
    ]
    return {"view": source["view"], "drawing": drawing, "regions": regions}


def main() -> None:
    """Read the drawing, write the data."""
    source = tomllib.loads((FOLDER / "face.toml").read_text(encoding="utf-8"))
    text = json.dumps(bake(source), separators=(",", ":"))
    text = text.replace('{"area"', '\n{"area"').replace('"drawing"', '\n"drawing"')
    (FOLDER / "face.json").write_text(text.replace('],"', '],\n"') + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
