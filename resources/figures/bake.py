# ruff: noqa: INP001 - a script beside its data, no package
"""Turn face, front and back into figures.json: soft corners, even gutters, few points.

Cutting and rounding outlines takes too long for opening a window, so it is done here, once, by
whoever changes a drawing: `python resources/figures/bake.py`.
"""

from __future__ import annotations

import json
import math
import re
import tomllib
from pathlib import Path
from typing import Any

import pyclipper

FOLDER = Path(__file__).resolve().parent
FIGURES = ("face", "front", "back")
FINE = 1000.0
"""Steps of a drawing unit in which outlines are computed, in whole numbers."""
PIECES = 24
"""Straight pieces that a curve is computed with; most of their ends are left out again."""
TOLERANCE = 1 / 8500
"""How far a left-out point may lie from the line, as a part of the height of the drawing."""
ROUND = 0.02
"""How far the pieces of a round corner may lie from it, in drawing units."""
TENSION = 6.0
"""Of a smooth run: the usual sixth of the way between the points on either side."""

Commands = list[list[Any]]
Point = tuple[float, float]
Points = list[Point]


def read_path(text: str) -> Commands:
    """Return path text as commands with their numbers.

    Absolute M, L, C and Z are those of SVG. R goes smoothly through all the points that follow
    it, from the point before it; a further R begins at a corner.
    """
    commands: Commands = []
    at: Point = (0.0, 0.0)
    for letter, rest in re.findall(r"([MLCRZ])([^MLCRZ]*)", text):
        numbers = [float(number) for number in rest.split()]
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        if letter == "R":
            commands += curve_through([at, *points])
        elif letter == "C":
            commands += [[letter, *numbers[i : i + 6]] for i in range(0, len(numbers), 6)]
        else:
            commands += [[letter, *point] for point in points] or [[letter]]
        at = points[-1] if points else at
    return commands


def curve_through(points: Points) -> Commands:
    """Return curves that run smoothly through points (Catmull and Rom)."""
    ends = [points[0], *points, points[-1]]
    return [
        [
            "C",
            *(b[i] + (c[i] - a[i]) / TENSION for i in (0, 1)),
            *(c[i] - (d[i] - b[i]) / TENSION for i in (0, 1)),
            *c,
        ]
        for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False)
    ]


def mirror(commands: Commands, axis: float) -> Commands:
    """Return the commands on the other side of the middle."""
    return [
        [command[0], *(2 * axis - n if i % 2 == 0 else n for i, n in enumerate(command[1:]))]
        for command in commands
    ]


def reverse(commands: Commands) -> Commands:
    """Return one open run of M, L and C from its end to its start."""
    ends = [tuple(command[-2:]) for command in commands]
    back: Commands = [["M", *ends[-1]]]
    for (letter, *numbers), end in zip(commands[:0:-1], ends[-2::-1], strict=True):
        turned = [*numbers[2:4], *numbers[:2]] if letter == "C" else []
        back.append([letter, *turned, *end])
    return back


def complete(commands: Commands, axis: float) -> Commands:
    """Return the whole outline of which one half was drawn, from top to bottom."""
    other = reverse(mirror(commands, axis))
    return [*commands, ["L", *other[0][1:]], *other[1:], ["Z"]]


def flatten(commands: Commands) -> Points:
    """Return one outline as points."""
    points: Points = []
    for letter, *numbers in commands:
        if letter == "C":
            points += follow_curve(points[-1], numbers)
        elif letter != "Z":
            points.append((numbers[0], numbers[1]))
    return points


def follow_curve(start: Point, numbers: list[float]) -> Points:
    """Return points along a curve, its start left out."""
    corners = [start, *zip(numbers[::2], numbers[1::2], strict=True)]
    points: Points = []
    for step in range(1, PIECES + 1):
        t = step / PIECES
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        # Exact sums, as those of floats differ between versions of Python.
        x, y = (math.fsum(w * c[i] for w, c in zip(weights, corners, strict=True)) for i in (0, 1))
        points.append((x, y))
    return points


def find_largest(rings: list[Any]) -> Any:  # noqa: ANN401 - rings of the library
    """Return the largest of several outlines."""
    return max(rings, key=lambda ring: abs(pyclipper.Area(ring)))


def widen(ring: Any, by: float) -> Any:  # noqa: ANN401 - rings of the library
    """Return an outline grown, or drawn in where `by` is negative, with round corners."""
    offset = pyclipper.PyclipperOffset(2.0, ROUND * FINE)
    offset.AddPath(ring, pyclipper.JT_ROUND, pyclipper.ET_CLOSEDPOLYGON)
    return find_largest(offset.Execute(by * FINE))


def cut(ring: Any, other: Any, how: int) -> Any:  # noqa: ANN401 - rings of the library
    """Return what of an outline lies within another, or beyond it."""
    clipper = pyclipper.Pyclipper()
    clipper.AddPath(ring, pyclipper.PT_SUBJECT)
    clipper.AddPath(other, pyclipper.PT_CLIP)
    return find_largest(clipper.Execute(how))


def measure(points: Points) -> Any:  # noqa: ANN401 - rings of the library
    """Return points as the whole numbers that outlines are computed in."""
    return [(round(x * FINE), round(y * FINE)) for x, y in points]


def soften(ring: Any, shrink: float, gutter: float) -> Points:  # noqa: ANN401 - as above
    """Return the outline with round corners, a little smaller than it was.

    Args:
        ring: The outline as drawn.
        shrink: How much it is drawn in before it is grown back, which rounds its corners.
        gutter: How much less it is grown: half the gap between two regions.
    """
    grown = widen(widen(ring, -shrink), shrink - gutter)
    return [(x / FINE, y / FINE) for x, y in grown]


def thin(points: Points, within: float) -> Points:
    """Leave out points that lie on the line between others (Ramer, Douglas, Peucker)."""
    if len(points) < 3:  # noqa: PLR2004 - nothing between two ends
        return points
    (ax, ay), (bx, by) = points[0], points[-1]
    length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5 or 1e-9
    offsets = [abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length for x, y in points]
    far = max(range(len(points)), key=offsets.__getitem__)
    if offsets[far] <= within:
        return [points[0], points[-1]]
    return thin(points[: far + 1], within)[:-1] + thin(points[far:], within)


def thin_ring(points: Points, within: float) -> Points:
    """Thin a closed outline by its two halves."""
    middle = len(points) // 2
    first, last = points[: middle + 1], [*points[middle:], points[0]]
    return thin(first, within)[:-1] + thin(last, within)[:-1]


class Bakery:
    """Bakes one figure.

    Args:
        source: The figure as drawn.
    """

    def __init__(self, source: dict[str, Any]) -> None:
        self._source = source
        self._axis = source.get("axis", 0)
        self._turned = source.get("turned", False)
        self._tolerance = source["view"][3] * TOLERANCE
        self._lines = {stroke["name"]: self._read(stroke) for stroke in source["drawing"]}

    def bake(self) -> dict[str, Any]:
        """Return everything needed to draw the figure and to press its regions."""
        source = self._source
        return {
            "view": source["view"],
            "axis": self._axis,
            "turned": self._turned,
            "drawing": [line for stroke in source["drawing"] for line in self._draw(stroke)],
            "regions": [
                self._bake_region(region, side)
                for region in source["regions"]
                for side in (("right", "left") if region.get("paired") else ("",))
            ],
            "groups": [self._bake_group(group) for group in source.get("groups", [])],
        }

    def _read(self, entry: dict[str, Any]) -> Commands:
        commands = read_path(entry["path"])
        return complete(commands, self._axis) if entry.get("half") else commands

    def _draw(self, stroke: dict[str, Any]) -> list[dict[str, Any]]:
        look = {
            "over": stroke.get("over", False),
            "fill": stroke.get("fill", ""),
            "line": stroke.get("line", ""),
            "weight": stroke.get("weight", 0),
        }
        lines = [self._lines[stroke["name"]]]
        if stroke.get("paired"):
            lines.append(mirror(lines[0], self._axis))
        return [
            {
                "name": stroke["name"],
                **look,
                "path": [[c[0], *(round(float(n), 1) for n in c[1:])] for c in line],
            }
            for line in lines
        ]

    def _bake_region(self, region: dict[str, Any], side: str) -> dict[str, Any]:
        """Return a region for one side ("right", "left") or the middle ("").

        It is written where x is above the middle: on the patient's left, or in a figure seen
        from behind on the patient's right.
        """
        points, spots = self._outline(region), [region["badge"], region.get("aside")]
        up, down, left, right = region["next"]
        written = "right" if self._turned else "left"
        if side not in {"", written}:
            points = [(2 * self._axis - x, y) for x, y in points]
            spots = [spot and [2 * self._axis - spot[0], spot[1]] for spot in spots]
            left, right = right, left
        other = {"right": "left", "left": "right"}.get(side, "")
        names = [name.replace("@", side).replace("~", other) for name in (up, down, left, right)]
        return {
            "area": region["area"],
            "side": side,
            "badge": spots[0],
            "aside": spots[1],
            "next": [name.split() for name in names],
            "points": [[round(x, 1), round(y, 1)] for x, y in points],
        }

    def _bake_group(self, group: dict[str, Any]) -> dict[str, Any]:
        """Return an area that is marked by its members or by an outline of its own."""
        points: Points = []
        if "path" in group:
            points = thin_ring(flatten(read_path(group["path"])), self._tolerance)
        return {
            "area": group["area"],
            "members": group.get("members", []),
            "paired": group.get("paired", False),
            "badge": group["badge"],
            "aside": group.get("aside"),
            "points": [[round(x, 1), round(y, 1)] for x, y in points],
        }

    def _outline(self, region: dict[str, Any]) -> Points:
        """Return what of a region lies inside the part of the drawing that it belongs to."""
        ring = measure(flatten(self._read(region)))
        within = region.get("within", self._source.get("within"))
        if within:
            ring = cut(ring, self._measure(within), pyclipper.CT_INTERSECTION)
        if region.get("beyond"):
            ring = cut(ring, self._measure(region["beyond"]), pyclipper.CT_DIFFERENCE)
        shrink, gutter = region.get("soften", self._source["soften"])
        return thin_ring(soften(ring, shrink, gutter), self._tolerance)

    def _measure(self, name: str) -> Any:  # noqa: ANN401 - rings of the library
        return measure(flatten(self._lines[name]))


def bake(name: str) -> dict[str, Any]:
    """Return one figure, baked."""
    return Bakery(tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))).bake()


def main() -> None:
    """Read the drawings, write the data, one line for each stroke and region."""
    text = json.dumps({name: bake(name) for name in FIGURES}, separators=(",", ":"))
    for start in ('{"name"', '{"area"', '"front":', '"back":', '"points":'):
        text = text.replace(start, f"\n{start}")
    (FOLDER / "figures.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
