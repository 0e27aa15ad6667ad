"""The figure: face or body in a frame, with the patient's right and left named."""

from __future__ import annotations

from consult_app.handout.document import Figure
from consult_app.handout.drawing import Place, paint_badges, paint_drawing
from consult_app.handout.figures import Drawing, choose_drawing
from consult_app.handout.lines import measure_text, set_lines
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
EDGE = 7.0
RADIUS = 12.0
CORNER = 0.34
"""Part of the width that a side's name may take beside the top of the head."""


def fit_figure(block: Figure, width: float, setting: Setting) -> Piece:
    """Set the figure in its frame; areas no drawing shows are told in words instead."""
    drawing = choose_drawing(setting.figures, block)
    if drawing is None:
        return words(setting, block.description, width, setting.style.body)
    most = MOST_WIDTH * (LARGE if setting.is_large else 1.0)
    wide = min(width, most)
    least = min(LEAST_HEIGHT, wide * 1.15)
    if setting.is_large:
        least = LEAST_LARGE if setting.style.rhythm.is_fullest else wide * 1.15

    below = _strip(block, wide, setting)

    def paint(pen: Pen, box: Box) -> None:
        tall = min(box.height, wide * drawing.view[3] / drawing.view[2] + below)
        frame = pen.place(Box(box.x, box.top, wide, max(tall, least)))
        with pen.straight():
            _paint(pen, frame, below, (block, drawing), setting)

    return Piece(least, paint)


def _strip(block: Figure, width: float, setting: Setting) -> float:
    """Return the height of a band that names right and left; short names need none."""
    style = setting.style.footer
    names = (block.right_label, block.left_label)
    longest = max(measure_text(setting.face, name, style)[1] for name in names)
    return style.leading + 6 if longest > width * CORNER else 0.0


def _paint(
    pen: Pen, frame: Box, below: float, shown: tuple[Figure, Drawing], setting: Setting
) -> None:
    block, drawing = shown
    picture = frame.height - below
    _, _, width, height = drawing.view
    scale = min((frame.width - 2 * EDGE) / width, (picture - EDGE) / height)
    left = frame.x + (frame.width - width * scale) / 2
    place = Place(drawing, left, frame.top + picture - height * scale, scale, pen.height)
    low = pen.height - frame.top - frame.height
    bounds = (
        f"/A << /O /Layout /Placement /Block /BBox [{frame.x:.1f} {low:.1f} "
        f"{frame.x + frame.width:.1f} {low + frame.height:.1f}] >>"
    )
    with pen.element("Figure", f"{tell(block.description)} {bounds}"), pen.content():
        pen.frame(frame, RADIUS, Look(fill=WHITE))
        with pen.clip(Box(frame.x, frame.top, frame.width, picture), 0 if below else RADIUS):
            paint_drawing(pen, place, block.zones)
        paint_badges(pen, place, block.zones, setting.style.body)
        pen.frame(frame, RADIUS, Look(line=HAIRLINE))
        if below:
            pen.rule(frame.x, frame.top + picture, frame.width)
        names = (block.right_label, block.left_label)
        top = frame.top + (picture + 2 if below else 4)
        _name_sides(pen, frame, top, names[::-1] if drawing.turned else names, setting.style.footer)


def _name_sides(pen: Pen, frame: Box, top: float, names: tuple[str, str], style: TextStyle) -> None:
    """Write whose side is on the left of the picture, and whose on its right."""
    area = Box(frame.x + EDGE, top, frame.width - 2 * EDGE, 0)
    first, last = (set_lines(pen.face, name, area.width / 2, style) for name in names)
    pen.write(first, area, style, more=True)
    pen.write(last, area, style, align="end")
