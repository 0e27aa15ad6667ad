"""The figure: face or body in a frame, with the patient's right and left named."""

from __future__ import annotations

from consult_app.handout.document import Figure, Zone
from consult_app.handout.drawing import Place, has_badge_in_corner, paint_badges, paint_drawing
from consult_app.handout.figures import Drawing, choose_drawings
from consult_app.handout.fonts import Typeface
from consult_app.handout.lines import Lines, measure_text, set_lines
from consult_app.handout.pen import Box, Look, Pen
from consult_app.handout.pieces import Piece, Setting, words
from consult_app.handout.style import HAIRLINE, WHITE, TextStyle
from consult_app.handout.tagging import tell

MOST_WIDTH = 196.0
LARGE = 1.25
"""How much larger the figure is in large print."""
LEAST_HEIGHT = 140.0
LEAST_LARGE = 210.0
"""Where numbers are half as large again, so is the smallest figure."""
LEAST_OF_SEVERAL = 122.0
LEAST_WIDTH = 150.0
LEAST_OF_A_PAIR = 105.0
"""Width of a figure in ordinary print that still shows its numbers beside another."""
GAP = 8.0
EDGE = 7.0
RADIUS = 12.0
CORNER = 0.34
"""Part of the width that a side's name may take beside the top of the head."""


def fit_figure(block: Figure, width: float, setting: Setting) -> Piece:
    """Set the figures in their frames; areas no drawing shows are told in words instead."""
    drawings = choose_drawings(setting.figures, block)
    if not drawings:
        return words(setting, block.description, width, setting.style.body)
    most = MOST_WIDTH * (LARGE if setting.is_large else 1.0)
    narrowest = LEAST_WIDTH if setting.is_large else LEAST_OF_A_PAIR
    fitting = int((width + GAP) // (narrowest + GAP))
    beside = min(max(fitting, 1), len(drawings))
    wide = min((width - GAP * (beside - 1)) / beside, most)
    least = _find_least(wide, len(drawings), setting, paired=beside > 1)
    rows = -(-len(drawings) // beside)
    height = least * rows + GAP * (rows - 1)

    def paint(pen: Pen, box: Box) -> None:
        room = (max(box.height, height) - GAP * (rows - 1)) / rows
        frames: list[Box] = []
        for number, (drawing, _) in enumerate(drawings):
            across, down = number % beside, number // beside
            natural = wide * drawing.view[3] / drawing.view[2] + _strip(block, wide, setting)
            tall = max(min(room, natural), least)
            top = frames[-1].top + frames[-1].height + GAP if across == 0 and down else box.top
            top = frames[-1].top if across else top
            frames.append(pen.place(Box(box.x + across * (wide + GAP), top, wide, tall)))
        said = f"{tell(block.description)} {_bound(pen, frames)}"
        with pen.element("Figure", said), pen.content(), pen.straight():
            for frame, shown in zip(frames, drawings, strict=True):
                _paint(pen, frame, block, shown, setting)

    return Piece(height, paint)


def _find_least(wide: float, count: int, setting: Setting, *, paired: bool) -> float:
    """Return the height of a frame that still shows its numbers; several may each be lower.

    Not so in ordinary print where two stand side by side: they are narrow already.
    """
    if setting.is_large:
        return min(LEAST_LARGE, wide * 1.15) if setting.style.rhythm.is_fullest else wide * 1.15
    if paired:
        return LEAST_HEIGHT
    lower = count > 1 or setting.style.rhythm.is_fullest
    return min(LEAST_OF_SEVERAL if lower else LEAST_HEIGHT, wide * 1.15)


def _strip(block: Figure, width: float, setting: Setting) -> float:
    """Return the height of a band that names right and left; short names need none.

    In large print the numbers need the corners.
    """
    style = setting.style.footer
    names = (block.right_label, block.left_label)
    longest = max(measure_text(setting.face, name, style)[1] for name in names)
    if longest <= width * CORNER and not setting.is_large:
        return 0.0
    return _measure_band(block, width, setting)


def _measure_band(block: Figure, width: float, setting: Setting) -> float:
    style, names = setting.style.footer, (block.right_label, block.left_label)
    half = width / 2 - EDGE
    lines = max(len(set_lines(setting.face, name, half, style)) for name in names)
    return lines * style.leading + 6


def _bound(pen: Pen, frames: list[Box]) -> str:
    """Return the attribute that says where the figures stand on the page."""
    left, right = min(box.x for box in frames), max(box.x + box.width for box in frames)
    high, low = min(box.top for box in frames), max(box.top + box.height for box in frames)
    edges = f"{left:.1f} {pen.height - low:.1f} {right:.1f} {pen.height - high:.1f}"
    return f"/A << /O /Layout /Placement /Block /BBox [{edges}] >>"


def _paint(
    pen: Pen, frame: Box, block: Figure, shown: tuple[Drawing, tuple[Zone, ...]], setting: Setting
) -> None:
    drawing, zones = shown
    style = setting.style
    below = _strip(block, frame.width, setting)
    place = _find_place(pen, frame, drawing, below)
    corner = (frame.width * CORNER + EDGE, 4 + style.footer.leading)
    if not below and has_badge_in_corner(place, zones, style.body, frame, corner):
        below = _measure_band(block, frame.width, setting)
        place = _find_place(pen, frame, drawing, below)
    picture = frame.height - below
    pen.frame(frame, RADIUS, Look(fill=WHITE))
    with pen.clip(Box(frame.x, frame.top, frame.width, picture), 0 if below else RADIUS):
        paint_drawing(pen, place, zones)
    paint_badges(pen, place, zones, setting.style.body)
    pen.frame(frame, RADIUS, Look(line=HAIRLINE))
    if below:
        pen.rule(frame.x, frame.top + picture, frame.width)
    names = (block.right_label, block.left_label)
    top = frame.top + (picture + 2 if below else 4)
    _name_sides(pen, frame, top, names[::-1] if drawing.turned else names, setting.style.footer)


def _find_place(pen: Pen, frame: Box, drawing: Drawing, below: float) -> Place:
    """Return where a drawing stands above a band of its frame, as large as it can be."""
    picture = frame.height - below
    _, _, width, height = drawing.view
    scale = min((frame.width - 2 * EDGE) / width, (picture - EDGE) / height)
    room = (frame.width - width * scale) / 2
    top = frame.top + picture - height * scale
    return Place(drawing, frame.x + room, top, scale, pen.height, room)


def _name_sides(pen: Pen, frame: Box, top: float, names: tuple[str, str], style: TextStyle) -> None:
    """Write whose side is on the left of the picture, and whose on its right."""
    area = Box(frame.x + EDGE, top, frame.width - 2 * EDGE, 0)
    first, last = _set_alike(pen.face, names, area.width / 2, style)
    pen.write(first, area, style, more=True)
    pen.write(last, area, style, align="end", more=True)


def _set_alike(
    face: Typeface, names: tuple[str, str], width: float, style: TextStyle
) -> list[Lines]:
    """Set two names; where one of them needs more lines, both have as many as they can."""
    made = [set_lines(face, name, width, style) for name in names]
    if len(made[0]) == len(made[1]):
        return made
    narrow = max(measure_text(face, name, style)[0] for name in names) + 0.1
    alike = [set_lines(face, name, narrow, style) for name in names]
    return alike if max(map(len, alike)) == max(map(len, made)) else made
