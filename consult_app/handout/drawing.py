"""Paints a drawing with its marked areas and their numbers."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from math import dist, pi

from consult_app.figures import Command, Point, Stroke
from consult_app.handout.document import Zone
from consult_app.handout.figures import Drawing, Mark, Spot
from consult_app.handout.lines import measure_text, set_lines
from consult_app.handout.pen import Box, Look, Pen, paint_with
from consult_app.handout.style import BRAND, INK, STRONG_TINT, WHITE, TextStyle
from consult_app.values import dataclass

HATCH = 4.6
"""From one line of the hatching to the next, in points."""
OPERATORS = {"M": "m", "L": "l", "C": "c", "Z": "h"}
FILLS = {"skin": "#FFFBF7", "hair": "#C9D1D4", "lips": "#F6F1EC"}
HEAVIER = 1.3
LIGHTEST, HEAVIEST = 0.75, 2.0
"""Ink is a little heavier than lines on a screen, and never thinner than it prints well."""
BOTH = (False, True)
RADIUS = 0.7
"""Of a badge, as a part of the size of its number."""
HIDDEN = 0.5
"""Part of an area that a number on it may hide; else it stands beside it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a drawing stands on the page and how large it is.

    `room` is what its frame has free on either side of it.
    """

    drawing: Drawing
    x: float
    top: float
    scale: float
    page_height: float
    room: float = 0.0

    def put(self, point: Point) -> Point:
        """Return a point of the grid on the page, from the top left corner."""
        x, y, _, _ = self.drawing.view
        return (self.x + (point[0] - x) * self.scale, self.top + (point[1] - y) * self.scale)

    def trace(self, path: tuple[Command, ...]) -> str:
        """Turn a path into page operators."""
        x, y, _, _ = self.drawing.view
        left, scale, high = self.x, self.scale, self.page_height
        written: list[str] = []
        for letter, *numbers in path:
            for across, down in zip(numbers[::2], numbers[1::2], strict=True):
                top = self.top + (down - y) * scale
                written.append(f"{left + (across - x) * scale:.2f} {high - top:.2f}")
            written.append(OPERATORS[letter])
        return " ".join(written)


def paint_drawing(pen: Pen, place: Place, zones: tuple[Zone, ...]) -> None:
    """Paint the figure with its areas hatched."""
    strokes = place.drawing.figure.strokes
    for stroke in strokes:
        if not stroke.over:
            _paint_stroke(pen, place, stroke)
    for zone in zones:
        for mark in place.drawing.marks(zone.area, zone.side):
            _hatch(pen, place, mark)
    for stroke in strokes:
        if stroke.over:
            _paint_stroke(pen, place, stroke)


def _paint_stroke(pen: Pen, place: Place, stroke: Stroke) -> None:
    weight = min(max(stroke.weight * place.scale * HEAVIER, LIGHTEST), HEAVIEST)
    setup = f"q 1 j 1 J {paint_with(INK, line=True)} {weight:.2f} w"
    if stroke.fill:
        setup += f" {paint_with(FILLS[stroke.fill])}"
    act = "B" if stroke.fill and stroke.line else "f" if stroke.fill else "S"
    pen.add(f"{setup} {place.trace(stroke.path)} {act} Q")


def _hatch(pen: Pen, place: Place, mark: Mark) -> None:
    """Fill an outline with tint and slanting lines; only one half when a half is meant."""
    drawing, path = place.drawing, place.trace(mark.path)
    x, y, width, height = drawing.view
    first, last = x, x + width
    if mark.half:
        is_high = (mark.half == "left") != drawing.turned
        first, last = (drawing.axis, last) if is_high else (first, drawing.axis)
    left, top = place.put((first, y))
    right, low = place.put((last, y + height))
    base, tall = place.page_height - low, low - top
    half = f"{left:.2f} {base:.2f} {right - left:.2f} {tall:.2f} re"
    pen.add(f"q {half} W n {path} W* n {paint_with(STRONG_TINT)} {half} f")
    lines = [
        f"{step * HATCH:.2f} {base:.2f} m {step * HATCH + tall:.2f} {base + tall:.2f} l"
        for step in range(int((left - tall) / HATCH), int(right / HATCH) + 1)
    ]
    pen.add(f"{paint_with(BRAND, line=True)} .95 w {' '.join(lines)} S Q")
    pen.add(f"q {half} W n {paint_with(BRAND, line=True)} 1.4 w 1 j {path} S Q")


def find_badges(
    place: Place, zones: tuple[Zone, ...], apart: float
) -> list[tuple[Spot, Point, list[int]]]:
    """Return where the numbers stand, so far apart; numbers that share a spot share a badge."""
    spots: dict[Spot, list[int]] = {}
    hidden: set[Spot] = set()
    for zone in zones:
        found = place.drawing.spots(zone.area, zone.side)
        for spot in found:
            spots.setdefault(spot, []).append(zone.number)
        size = place.drawing.measure(zone.area, zone.side) * place.scale**2
        if pi * (apart / 2) ** 2 * len(found) > HIDDEN * size:
            hidden.update(found)
    return _keep_apart(place, spots, apart, hidden)


def _find_badges(
    place: Place, zones: tuple[Zone, ...], body: TextStyle
) -> list[tuple[Spot, Point, list[int]]]:
    return find_badges(place, zones, body.size * RADIUS * 2 + 2)


def has_badge_in_corner(
    place: Place, zones: tuple[Zone, ...], body: TextStyle, frame: Box, corner: Point
) -> bool:
    """Return whether a number reaches into an upper corner of the frame, this wide and high."""
    radius = body.size * RADIUS + 1
    wide, high = corner
    return any(
        y - radius < frame.top + high
        and not frame.x + wide < x - radius <= x + radius < frame.x + frame.width - wide
        for _, (x, y), _ in _find_badges(place, zones, body)
    )


def paint_badges(pen: Pen, place: Place, zones: tuple[Zone, ...], body: TextStyle) -> None:
    """Write the numbers on their areas."""
    for spot, middle, numbers in _find_badges(place, zones, body):
        if spot.pointer:
            end = place.put(spot.pointer)
            pen.line(middle, end, Look(line=WHITE, weight=3.4))
            pen.line(middle, end, Look(line=BRAND, weight=1.6))
            pen.disc(*end, 2.2, Look(fill=BRAND))
        told = ", ".join(map(str, dict.fromkeys(numbers)))
        paint_badge(pen, middle, told, body, more=True)


def _keep_apart(
    place: Place, spots: dict[Spot, list[int]], apart: float, hidden: AbstractSet[Spot]
) -> list[tuple[Spot, Point, list[int]]]:
    """Move numbers where they would lie on each other, hide their areas, or lie too low."""
    kept = [(spot, place.put(spot.badge), numbers) for spot, numbers in spots.items()]
    kept.sort(key=lambda entry: entry[1][1])
    _move_aside(place, kept, apart, hidden)
    _, y, _, height = place.drawing.view
    floor = place.put((0, y + height))[1] - apart / 2
    for is_high in BOTH:
        margin = [
            index
            for index, (spot, _, _) in enumerate(kept)
            if spot.pointer and (spot.badge[0] > place.drawing.axis) is is_high
        ]
        tops = spread([kept[index][1][1] for index in margin], apart, floor)
        for index, top in zip(margin, tops, strict=True):
            spot, (x, _), numbers = kept[index]
            kept[index] = (spot, (x, top), numbers)
    return kept


def _move_aside(
    place: Place, kept: list[tuple[Spot, Point, list[int]]], apart: float, hidden: AbstractSet[Spot]
) -> None:
    """Move a number into the margin of its side where it would hide its area or another number.

    Of an area with two numbers both are moved.
    """
    x, _, width, _ = place.drawing.view
    reach = min(place.room - apart / 2, apart / 2)
    edges = (place.put((x, 0))[0] - reach, place.put((x + width, 0))[0] + reach)
    inside = [entry for entry in kept if not entry[0].pointer and entry[0] not in hidden]
    crowded = [
        numbers
        for index, (_, middle, numbers) in enumerate(inside)
        if any(dist(middle, other) < apart - 2 for _, other, _ in inside[:index])
    ]
    for index, (spot, middle, numbers) in enumerate(kept):
        if not spot.pointer and (spot in hidden or numbers in crowded):
            edge = edges[spot.badge[0] > place.drawing.axis]
            kept[index] = (Spot(spot.badge, spot.badge), (edge, middle[1]), numbers)


def spread(tops: list[float], apart: float, floor: float) -> list[float]:
    """Return heights, top first, at least `apart` from one another and not below the floor."""
    for index in range(1, len(tops)):
        tops[index] = max(tops[index], tops[index - 1] + apart)
    for index in reversed(range(len(tops))):
        tops[index] = min(tops[index], floor - apart * (len(tops) - 1 - index))
    return tops


def paint_badge(
    pen: Pen, middle: Point, number: str, body: TextStyle, *, more: bool = False
) -> None:
    """Paint a ring with a number in it, wider where it holds several."""
    style = body.strong()
    radius = body.size * RADIUS
    wide = max(measure_text(pen.face, number, style)[1] + 0.1, 0.0)
    half = max(radius, wide / 2 + radius * 0.55)
    box = Box(middle[0] - half, middle[1] - radius, 2 * half, 2 * radius)
    pen.frame(box, radius, Look(fill=WHITE, line=BRAND, weight=1.6))
    line = set_lines(pen.face, number, 2 * half, style)
    text = Box(box.x, middle[1] - style.leading / 2, box.width, 0)
    pen.write(line, text, style, align="centre", more=more)
