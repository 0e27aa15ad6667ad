"""The drawings of face and body: lines, areas that can be marked, and where their numbers stand.

The patient's right is on the left of the picture, as when two people face each other. The drawing
is never turned round, whatever the language.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from consult_app.errors import FileError
from consult_app.handout.document import Figure

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Stroke:
    """One line or shape of the drawing."""

    path: str
    fill: str = ""
    weight: float = 1.25
    mirrored: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """An area that can be marked.

    Attributes:
        paths: Its outlines; for a paired area those of the patient's right.
        badge: Where its number stands.
        pointer: Where a line leads from the number, when the area is too small to hold it.
        side_badge: Where the number stands when one half only is marked, on the patient's right.
        paired: Whether it lies on both sides.
    """

    paths: tuple[tuple[str, bool], ...]
    badge: Point
    pointer: Point | None
    side_badge: Point
    paired: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure on its own grid.

    Attributes:
        width, height: Of the grid.
        axis: The line it is mirrored about.
        behind: What is painted before the marked areas.
        before: What is painted over them.
        areas: What can be marked.
        turned: Whether the patient is seen from behind, with the right on the right.
    """

    width: float
    height: float
    axis: float
    behind: tuple[Stroke, ...]
    before: tuple[Stroke, ...]
    areas: dict[str, Area]
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Atlas:
    """The drawings by name."""

    drawings: dict[str, Drawing]

    def choose(self, figure: Figure) -> Drawing | None:
        """Return the drawing that has the most of the areas, or none that has any."""
        best, most = None, 0
        for drawing in self.drawings.values():
            count = sum(zone.area in drawing.areas for zone in figure.zones)
            if count > most:
                best, most = drawing, count
        return best


@lru_cache(maxsize=4)
def load_atlas(path: Path) -> Atlas:
    """Read the drawings.

    Raises:
        FileError: The file is missing or cannot be read.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise FileError(
            "The drawings of the patient's sheet cannot be read.",
            "Install the program again. The consultation is not affected.",
            (path.name,),
        ) from problem
    return Atlas({name: _read_drawing(entry) for name, entry in content.items()})


def _read_drawing(entry: dict[str, object]) -> Drawing:
    zones = _table(entry["zones"])
    return Drawing(
        width=_number(entry["width"]),
        height=_number(entry["height"]),
        axis=_number(entry["axis"]),
        behind=tuple(_read_stroke(_table(stroke)) for stroke in _rows(entry["behind"])),
        before=tuple(_read_stroke(_table(stroke)) for stroke in _rows(entry["before"])),
        areas={name: _read_area(name, zones) for name in zones},
        turned=entry.get("view") == "behind",
    )


def _read_stroke(entry: dict[str, object]) -> Stroke:
    return Stroke(
        path=str(entry["path"]),
        fill=str(entry.get("fill", "")),
        weight=_number(entry.get("weight", 1.25)),
        mirrored=bool(entry.get("mirrored", False)),
    )


def _read_area(name: str, zones: dict[str, object]) -> Area:
    entry = _table(zones[name])
    members = [str(member) for member in _rows(entry.get("members", [name]))]
    parts = [_table(zones[member]) for member in members]
    badge = _point(entry["badge"])
    pointer = entry.get("pointer")
    return Area(
        paths=tuple((str(part["path"]), bool(part.get("paired", False))) for part in parts),
        badge=badge,
        pointer=_point(pointer) if pointer else None,
        side_badge=_point(entry.get("side_badge", entry["badge"])),
        paired=bool(entry.get("paired", False)),
    )


def _table(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise TypeError("a table was expected in the drawings")
    return value


def _rows(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError("a list was expected in the drawings")
    return value


def _number(value: object) -> float:
    if not isinstance(value, int | float):
        raise TypeError("a number was expected in the drawings")
    return float(value)


def _point(value: object) -> Point:
    x, y = (_number(part) for part in _rows(value))
    return (x, y)
