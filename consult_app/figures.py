"""The drawings of face and body: lines, regions that can be marked, and where their numbers stand.

One file serves the window and the patient's sheet. The patient's right is on the left of the
picture, as when two people face each other; in the figure seen from behind it is on the right.
Nothing is ever turned round, whatever the language.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from consult_app import compiled
from consult_app.errors import FileError
from consult_app.values import dataclass
from consult_app.wording import t

FILE = "figures.json"
Point = tuple[float, float]
Command = tuple[Any, ...]
"""A letter M, L, C or Z, with its numbers."""
Place = tuple[str, str]
"""An area's id and the patient's side: "right", "left", or "" for the middle."""


class Stroke(NamedTuple):
    """One line or shape of a drawing.

    Attributes:
        path: Its commands, in drawing units.
        over: Whether it is painted over the regions.
        fill: "skin", "hair", "lips", or "" for none.
        line: "line", "soft", or "" for none.
        weight: Of the line, in drawing units.
    """

    path: tuple[Command, ...]
    over: bool
    fill: str
    line: str
    weight: float


class Region(NamedTuple):
    """An area on one side, as it can be pressed and marked.

    Attributes:
        place: Area and side.
        points: Its closed outline.
        badge: Where its number stands.
        aside: Where the number stands on paper, with a line to the badge; None for the badge.
        neighbours: Where the arrow keys up, down, left and right lead; None stays.
    """

    place: Place
    points: tuple[Point, ...]
    badge: Point
    aside: Point | None
    neighbours: tuple[Place | None, ...]


class Group(NamedTuple):
    """An area without a region of its own.

    Attributes:
        area: Its id.
        members: Areas whose regions stand for it.
        points: Its own outline, if it has no members.
        paired: Whether it lies on both sides.
        badge, aside: As of a region; for a paired one those at x above the middle.
    """

    area: str
    members: tuple[str, ...]
    points: tuple[Point, ...]
    paired: bool
    badge: Point
    aside: Point | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A whole drawing.

    Attributes:
        name: face, front or back.
        view: The part that is shown: x, y, width, height.
        axis: Where the middle lies.
        turned: Whether the patient is seen from behind, with the right at x above the middle.
        strokes: What is drawn.
        regions: What can be pressed and marked, in reading order.
        groups: What is marked by other regions.
    """

    name: str
    view: tuple[float, float, float, float]
    axis: float
    turned: bool
    strokes: tuple[Stroke, ...]
    regions: tuple[Region, ...]
    groups: tuple[Group, ...]

    def shows(self, area: str) -> bool:
        """Return whether an area can be marked here."""
        areas = {region.place[0] for region in self.regions}
        return area in areas or any(group.area == area for group in self.groups)


@lru_cache(maxsize=4)
def load_figures(resources: Path) -> dict[str, Figure]:
    """Return the drawings by name: face, front, back.

    Raises:
        FileError: The file is missing or cannot be read.
    """
    return compiled.load(FIGURES, resources / "figures")


def _read_figures(folder: Path) -> dict[str, Figure]:
    path = folder / FILE
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return {name: _read_figure(name, entry) for name, entry in content.items()}
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise FileError(
            t("The drawings of face and body cannot be read."),
            t("Install the program again. The consultation is not affected."),
            (path.name,),
        ) from problem


FIGURES = compiled.Recipe(
    name="__pycache__/figures.pickle",
    files=FILE,
    ending=".json",
    code=("figures.py", "errors.py", "values.py", "wording.py"),
    make=_read_figures,
)
"""How the drawings are compiled."""


def _read_figure(name: str, entry: dict[str, Any]) -> Figure:
    x, y, width, height = entry["view"]
    return Figure(
        name=name,
        view=(x, y, width, height),
        axis=entry["axis"],
        turned=entry["turned"],
        strokes=tuple(_read_stroke(stroke) for stroke in entry["drawing"]),
        regions=tuple(_read_region(region) for region in entry["regions"]),
        groups=tuple(_read_group(group) for group in entry["groups"]),
    )


def _read_stroke(entry: dict[str, Any]) -> Stroke:
    return Stroke(
        path=tuple(tuple(command) for command in entry["path"]),
        over=entry["over"],
        fill=entry["fill"],
        line=entry["line"],
        weight=entry["weight"],
    )


def _read_region(entry: dict[str, Any]) -> Region:
    return Region(
        place=(entry["area"], entry["side"]),
        points=_points(entry["points"]),
        badge=_point(entry["badge"]),
        aside=_point(entry["aside"]) if entry["aside"] else None,
        neighbours=tuple(_place(name) for name in entry["next"]),
    )


def _read_group(entry: dict[str, Any]) -> Group:
    return Group(
        area=entry["area"],
        members=tuple(entry["members"]),
        points=_points(entry["points"]),
        paired=entry["paired"],
        badge=_point(entry["badge"]),
        aside=_point(entry["aside"]) if entry["aside"] else None,
    )


def _points(numbers: list[list[float]]) -> tuple[Point, ...]:
    return tuple([(x, y) for x, y in numbers])


def _point(numbers: list[float]) -> Point:
    x, y = numbers
    return (x, y)


def _place(name: list[str]) -> Place | None:
    if not name:
        return None
    area, *side = name
    return area, side[0] if side else ""
