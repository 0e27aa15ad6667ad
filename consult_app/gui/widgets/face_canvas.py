# ruff: noqa: N802 - Qt names its own hooks
"""The drawing of the face with its regions; anatomy is never mirrored."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.figure import Place, Shape, load_picture
from consult_app.gui.widgets.regions import FaceRegion, draw_badge
from consult_app.gui.widgets.themed import Themed, smooth
from consult_app.gui.widgets.words import Words

_NO_PEN = Qt.PenStyle.NoPen
_NO_BRUSH = Qt.BrushStyle.NoBrush


class FaceCanvas(Themed, QWidget):
    """Paints everything; each region is a real button child with its own shape.

    Attributes:
        regions: The buttons by area and side.
    """

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure = load_picture("face")
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(words.face_map)
        self.setAccessibleDescription(words.face_map_hint)
        self.regions: dict[Place, FaceRegion] = {
            outline.place: FaceRegion(theme, outline, words, self)
            for outline in self._figure.regions
        }
        self.follow(theme)

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(self.theme.px(300), self.theme.px(430))

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which regions can still be hit."""
        return QSize(200, 240)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Put every region in its place."""
        transform = self.transform()
        for region in self.regions.values():
            region.place_on(transform)

    def transform(self) -> QTransform:
        """Return how drawing units become pixels of this widget."""
        x, y, width, height = self._figure.view
        scale = min(self.width() / width, self.height() / height)
        across = (self.width() - width * scale) / 2 - x * scale
        down = (self.height() - height * scale) / 2 - y * scale
        return QTransform(scale, 0, 0, scale, across, down)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw head, regions, features and numbers, in this order."""
        transform = self.transform()
        with QPainter(self) as painter:
            smooth(painter)
            painter.save()
            painter.setTransform(transform, combine=True)
            painter.setClipRect(QRectF(*self._figure.view))
            self._draw_shapes(painter, self._figure.behind)
            painter.restore()
            for region in self.regions.values():
                self._draw_region(painter, region)
            self._draw_chosen(painter)
            painter.save()
            painter.setTransform(transform, combine=True)
            self._draw_shapes(painter, self._figure.over)
            painter.restore()
            size = max(9.0, 12 * min(1.0, transform.m11()))
            for region in self.regions.values():
                if region.grade:
                    draw_badge(self.theme, painter, region.badge, size, region.grade)

    def _draw_shapes(self, painter: QPainter, shapes: tuple[Shape, ...]) -> None:
        for shape in shapes:
            painter.setPen(self._pen(shape.line, shape.weight) if shape.line else _NO_PEN)
            painter.setBrush(self.theme.color(shape.fill) if shape.fill else _NO_BRUSH)
            painter.drawPath(shape.path)

    def _draw_region(self, painter: QPainter, region: FaceRegion) -> None:
        hover = region.underMouse() and not region.grade
        painter.setPen(QPen(self.theme.color("region_line"), 1))
        painter.setBrush(self.theme.color("accent_soft" if hover else f"sev{region.grade}"))
        path = region.path_on_map()
        painter.drawPath(path)
        if region.outlined:
            pen = self._pen("text2", 1.5)
            pen.setDashPattern([2.5, 2.5])
            self._draw_line(painter, path, pen)

    def _draw_chosen(self, painter: QPainter) -> None:
        for region in self.regions.values():
            if region.isChecked():
                path = region.path_on_map()
                self._draw_line(painter, path, self._pen("surface", 5))
                self._draw_line(painter, path, self._pen("accent", 2.5))

    def _draw_line(self, painter: QPainter, path: QPainterPath, pen: QPen) -> None:
        painter.setPen(pen)
        painter.setBrush(_NO_BRUSH)
        painter.drawPath(path)

    def _pen(self, token: str, width: float, alpha: float = 1.0) -> QPen:
        return QPen(
            self.theme.color(token, alpha),
            width,
            Qt.PenStyle.SolidLine,
            Qt.PenCapStyle.RoundCap,
            Qt.PenJoinStyle.RoundJoin,
        )

    def region_at(self, x: float, y: float) -> FaceRegion | None:
        """Return the region at a point in drawing units."""
        point = self.transform().map(QPointF(x, y)) - QPointF(0.5, 0.5)
        for region in self.regions.values():
            if region.path_on_map().contains(point):
                return region
        return None
