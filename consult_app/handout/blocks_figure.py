"""The figure: face or body in a frame, with the patient's right and left named."""

from __future__ import annotations

from consult_app.handout.document import Figure
from consult_app.handout.drawing import Place, paint_badges, paint_drawing
from consult_app.handout.figures import Drawing
from consult_app.handout.lines import set_lines
from consult_app.handout.pen import Box, Look, Pen
from consult_app.handout.pieces import Piece, Setting, words
from consult_app.handout.style import HAIRLINE, WHITE
from consult_app.handout.tagging import tell

MOST_WIDTH = 196.0
LEAST_HEIGHT = 172.0
EDGE = 8.0


def fit_figure(block: Figure, width: float, setting: Setting) -> Piece:
    """Set the figure in its frame; areas no drawing shows are told in words instead."""
    drawing = setting.atlas.choose(block)
    if drawing is None:
        return words(setting, block.description, width, setting.style.body)
    most = MOST_WIDTH * setting.style.body.size / 12
    wide = min(width, most)
    least = min(LEAST_HEIGHT * setting.style.body.size / 12, wide * 1.15)
    if setting.is_large:
        least = wide * 1.15

    def paint(pen: Pen, box: Box) -> None:
        tall = min(box.height, wide * drawing.height / drawing.width + _strip(setting))
        frame = Box(box.x, box.top, wide, max(tall, least))
        _paint(pen, frame, block, drawing, setting)

    return Piece(least, paint)


def _strip(setting: Setting) -> float:
    """Return the height of the band that names right and left."""
    return setting.style.body.leading + 6


def _paint(pen: Pen, frame: Box, block: Figure, drawing: Drawing, setting: Setting) -> None:
    style = setting.style.footer
    picture = frame.height - _strip(setting)
    scale = min((frame.width - 2 * EDGE) / drawing.width, (picture - 4) / drawing.height)
    left = frame.x + (frame.width - drawing.width * scale) / 2
    place = Place(drawing, left, frame.top + picture - drawing.height * scale, scale, pen.height)
    low = pen.height - frame.top - frame.height
    bounds = (
        f"/A << /O /Layout /Placement /Block /BBox [{frame.x:.1f} {low:.1f} "
        f"{frame.x + frame.width:.1f} {low + frame.height:.1f}] >>"
    )
    with pen.element("Figure", f"{tell(block.description)} {bounds}"), pen.content():
        pen.frame(frame, 12, Look(fill=WHITE))
        with pen.clip(Box(frame.x, frame.top, frame.width, picture)):
            paint_drawing(pen, place, block.zones)
        paint_badges(pen, place, block.zones, setting.style.body)
        pen.frame(frame, 12, Look(line=HAIRLINE))
        pen.rule(frame.x, frame.top + picture, frame.width)
        area = Box(frame.x + EDGE, frame.top + picture + 3, frame.width - 2 * EDGE, 0)
        half = area.width / 2
        right = set_lines(pen.face, block.right_label, half, style)
        pen.write(right, area, style, more=True)
        pen.write(set_lines(pen.face, block.left_label, half, style), area, style, align="right")
