# ruff: noqa: N802 - Qt names its own hooks
"""The figure of the patient's sheet on a screen: where will be treated, by number."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from consult_app.figures import load_figures
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.figure import Picture, Shape, load_picture, trace
from consult_app.gui.widgets.themed import Themed, smooth
from consult_app.handout.document import Figure, Zone
from consult_app.handout.figures import Drawing, Mark, choose_drawings
from consult_app.paths import find_resources

WIDE, HIGH = 250, 270
BADGE, HATCH = 12, 7
_ROUND = Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin


class SheetFigure(Themed, QWidget):
    """Shows what the figure of the sheet shows; in words it is its accessible name."""

    def __init__(self, theme: Theme, block: Figure) -> None:
        super().__init__()
        self._block = block
        figures = load_figures(find_resources())
        names = {id(figure): name for name, figure in figures.items()}
        self.drawings = choose_drawings(figures.values(), block)
        self._pictures = [load_picture(names[id(it.figure)]) for it, _ in self.drawings]
        self.setAccessibleName(block.description)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # anatomy never mirrors
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.follow(theme)

    def sizeHint(self) -> QSize:
        """Return room for each drawing, side by side."""
        return QSize(self.theme.px(WIDE) * len(self.drawings), self.theme.px(HIGH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw each figure in its room, with its hatched areas and their numbers."""
        width = self.width() / max(1, len(self.drawings))
        with QPainter(self) as painter:
            smooth(painter)
            pairs = zip(self.drawings, self._pictures, strict=True)
            for number, ((drawing, zones), picture) in enumerate(pairs):
                room = QRectF(number * width, 0, width, self.height())
                self._draw(painter, room, drawing, zones, picture)

    def _draw(
        self,
        painter: QPainter,
        room: QRectF,
        drawing: Drawing,
        zones: tuple[Zone, ...],
        picture: Picture,
    ) -> None:
        self._name_sides(painter, room, drawing)
        x, y, width, height = drawing.view
        top = room.top() + self.theme.px(22)
        scale = min(room.width() / width, (room.bottom() - top) / height)
        left = room.left() + (room.width() - width * scale) / 2
        painter.save()
        painter.translate(left, top)
        painter.scale(scale, scale)
        painter.translate(-x, -y)
        painter.setClipRect(QRectF(x, y, width, height))
        self._draw_shapes(painter, picture.behind)
        for zone in zones:
            for mark in drawing.marks(zone.area, zone.side):
                self._hatch(painter, drawing, mark, scale)
        self._draw_shapes(painter, picture.over)
        painter.restore()
        self._number(painter, drawing, zones, (left, top, scale))

    def _name_sides(self, painter: QPainter, room: QRectF, drawing: Drawing) -> None:
        names = (self._block.right_label, self._block.left_label)
        first, last = names[::-1] if drawing.turned else names
        edge = self.theme.px(4)
        line = QRectF(room.left() + edge, 0, room.width() - 2 * edge, self.theme.px(20))
        painter.setPen(self.theme.color("text2"))
        painter.setFont(self.theme.font("caption"))
        fixed = Qt.AlignmentFlag.AlignAbsolute  # else Qt begins where the whole window does
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | fixed, first)
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | fixed, last)

    def _draw_shapes(self, painter: QPainter, shapes: tuple[Shape, ...]) -> None:
        for shape in shapes:
            pen = QPen(self.theme.color(shape.line), shape.weight, *_ROUND) if shape.line else None
            painter.setPen(pen or Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color(shape.fill) if shape.fill else Qt.BrushStyle.NoBrush)
            painter.drawPath(shape.path)

    def _hatch(self, painter: QPainter, drawing: Drawing, mark: Mark, scale: float) -> None:
        """Fill an outline with a tint and slanting lines; only one half when that is meant."""
        x, y, width, height = drawing.view
        first, last = x, x + width
        if mark.half:
            high = (mark.half == "left") != drawing.turned
            first, last = (drawing.axis, last) if high else (first, drawing.axis)
        path = trace(mark.path)
        box, step = path.boundingRect(), HATCH / scale
        painter.save()
        painter.setClipRect(QRectF(first, y, last - first, height), Qt.ClipOperation.IntersectClip)
        painter.setPen(QPen(self.theme.color("accent"), 3 / scale, *_ROUND))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        painter.fillRect(box, self.theme.color("accent_soft"))
        painter.setPen(QPen(self.theme.color("accent"), 1.1 / scale, *_ROUND))
        for number in range(int((box.width() + box.height()) / step) + 1):
            start = box.left() - box.height() + number * step
            painter.drawLine(QPointF(start, box.bottom()), QPointF(start + box.height(), box.top()))
        painter.restore()

    def _number(
        self,
        painter: QPainter,
        drawing: Drawing,
        zones: tuple[Zone, ...],
        place: tuple[float, float, float],
    ) -> None:
        # With it comes what sets the sheet, which no window needs to start.
        from consult_app.handout.drawing import Place, find_badges  # noqa: PLC0415

        theme, radius = self.theme, self.theme.px(BADGE)
        left, top, scale = place
        on_screen = Place(drawing, left, top, scale, 0, left)
        painter.setFont(theme.font("label_strong"))
        for spot, middle, numbers in find_badges(on_screen, zones, 2 * radius + 2):
            centre = QPointF(*middle)
            painter.setPen(QPen(theme.color("accent"), 1.6))
            if spot.pointer:
                painter.drawLine(centre, QPointF(*on_screen.put(spot.pointer)))
            painter.setBrush(theme.color("surface"))
            told = ", ".join(map(str, dict.fromkeys(numbers)))
            half = max(radius, painter.fontMetrics().horizontalAdvance(told) / 2 + radius / 2)
            box = QRectF(centre.x() - half, centre.y() - radius, 2 * half, 2 * radius)
            painter.drawRoundedRect(box, radius, radius)
            painter.setPen(theme.color("text"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, told)
