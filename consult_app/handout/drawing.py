"""Paints a drawing of the atlas with its marked areas and their numbers."""

from __future__ import annotations

from dataclasses import dataclass

from consult_app.handout.document import Zone
from consult_app.handout.figures import Area, Drawing, Point, Stroke
from consult_app.handout.lines import measure_text, set_lines
from consult_app.handout.pen import Box, Look, Pen, paint_with
from consult_app.handout.style import BRAND, INK, STRONG_TINT, WHITE, TextStyle

HATCH = 4.6
"""From one line of the hatching to the next, in points."""
OPERATORS = {"M": "m", "L": "l", "C": "c", "Z": "h"}
BOTH = (False, True)
RADIUS = 0.7
"""Of a badge, as a part of the size of its number."""

_Spot = tuple[Point, Point | None]
"""Where a number stands, and where its line leads."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a drawing stands on the page and how large it is."""

    drawing: Drawing
    x: float
    top: float
    scale: float
    page_height: float

    def put(self, point: Point) -> Point:
        """Return a point of the grid on the page, from the top left corner."""
        return (self.x + point[0] * self.scale, self.top + point[1] * self.scale)

    def turn(self, point: Point, side: str) -> Point:
        """Return the point on the patient's right or left of the middle."""
        away = abs(point[0] - self.drawing.axis)
        is_high = (side == "left") != self.drawing.turned
        return (self.drawing.axis + (away if is_high else -away), point[1])

    def trace(self, path: str, *, mirror: bool = False) -> str:
        """Turn a path of absolute M, L, C and Z into page operators."""
        written: list[str] = []
        waiting = ""
        tokens = iter(path.split())
        for token in tokens:
            if token in OPERATORS:
                written.append(waiting)
                waiting = OPERATORS[token]
                continue
            x, y = float(token), float(next(tokens))
            left, top = self.put((2 * self.drawing.axis - x if mirror else x, y))
            written.append(f"{left:.2f} {self.page_height - top:.2f}")
        return " ".join([*written, waiting])


def paint_drawing(pen: Pen, place: Place, zones: tuple[Zone, ...]) -> None:
    """Paint the figure with its areas hatched."""
    for stroke in place.drawing.behind:
        _paint_stroke(pen, place, stroke)
    for zone in zones:
        area = place.drawing.areas.get(zone.area)
        if area:
            _paint_area(pen, place, area, zone.side)
    for stroke in place.drawing.before:
        _paint_stroke(pen, place, stroke)


def _paint_stroke(pen: Pen, place: Place, stroke: Stroke) -> None:
    weight = stroke.weight * min(max(place.scale, 0.8), 1.3)
    setup = f"q 1 j 1 J {paint_with(INK, line=True)} {weight:.2f} w"
    if stroke.fill:
        setup += f" {paint_with(stroke.fill)}"
    act = "B" if stroke.fill else "S"
    for mirror in BOTH if stroke.mirrored else (False,):
        pen.add(f"{setup} {place.trace(stroke.path, mirror=mirror)} {act} Q")


def _paint_area(pen: Pen, place: Place, area: Area, side: str) -> None:
    for path, paired in area.paths:
        if not paired:
            _hatch(pen, place, place.trace(path), side)
            continue
        for mirror in {"right": (False,), "left": (True,)}.get(side, BOTH):
            _hatch(pen, place, place.trace(path, mirror=mirror), "")


def _hatch(pen: Pen, place: Place, path: str, side: str) -> None:
    """Fill an outline with tint and slanting lines; only one half when a side is given."""
    drawing = place.drawing
    low_half, high_half = (0.0, drawing.axis), (drawing.axis, drawing.width)
    halves = {"right": low_half, "left": high_half}
    if drawing.turned:
        halves = {"right": high_half, "left": low_half}
    first, last = halves.get(side, (0.0, drawing.width))
    left, top = place.put((first, 0))
    right, low = place.put((last, drawing.height))
    base, tall = place.page_height - low, low - top
    half = f"{left:.2f} {base:.2f} {right - left:.2f} {tall:.2f} re"
    pen.add(f"q {half} W n {path} W* n {paint_with(STRONG_TINT)} {half} f")
    lines = [
        f"{step * HATCH:.2f} {base:.2f} m {step * HATCH + tall:.2f} {base + tall:.2f} l"
        for step in range(int((left - tall) / HATCH), int(right / HATCH) + 1)
    ]
    pen.add(f"{paint_with(BRAND, line=True)} .95 w {' '.join(lines)} S Q")
    pen.add(f"q {half} W n {paint_with(BRAND, line=True)} 1.4 w 1 j {path} S Q")


def paint_badges(pen: Pen, place: Place, zones: tuple[Zone, ...], body: TextStyle) -> None:
    """Write the numbers on their areas; numbers that share a spot share a badge."""
    spots: dict[_Spot, list[int]] = {}
    for zone in zones:
        area = place.drawing.areas.get(zone.area)
        for spot in _spots(place, area, zone.side) if area else ():
            spots.setdefault(spot, []).append(zone.number)
    apart = body.size * RADIUS * 2 + 2
    for (_, pointer), middle, numbers in _keep_apart(place, spots, apart):
        if pointer:
            end = place.put(pointer)
            pen.line(middle, end, Look(line=WHITE, weight=3.4))
            pen.line(middle, end, Look(line=BRAND, weight=1.6))
            pen.disc(*end, 2.2, Look(fill=BRAND))
        told = ", ".join(map(str, dict.fromkeys(numbers)))
        paint_badge(pen, middle, told, body, more=True)


def _keep_apart(
    place: Place, spots: dict[_Spot, list[int]], apart: float
) -> list[tuple[_Spot, Point, list[int]]]:
    """Move numbers in the margin down where they would lie on each other."""
    lowest: dict[bool, float] = {}
    kept = []
    for spot, numbers in sorted(spots.items(), key=lambda entry: entry[0][0][1]):
        badge, pointer = spot
        x, top = place.put(badge)
        if pointer:
            side = badge[0] > place.drawing.axis
            top = max(top, lowest.get(side, 0.0) + apart)
            lowest[side] = top
        kept.append((spot, (x, top), numbers))
    return kept


def _spots(place: Place, area: Area, side: str) -> tuple[_Spot, ...]:
    """Return where the numbers of an area stand, with the ends of their lines."""
    if not side and not area.paired:
        return ((area.badge, area.pointer),)
    badge = area.badge if area.paired else area.side_badge
    return tuple(
        (place.turn(badge, which), place.turn(area.pointer, which) if area.pointer else None)
        for which in ((side,) if side else ("right", "left"))
    )


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
