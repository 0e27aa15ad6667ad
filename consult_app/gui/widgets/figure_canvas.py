# ruff: noqa: N802 - Qt names its own hooks
"""A drawing of face or body with its regions; anatomy is never mirrored."""

from __future__ import annotations

from itertools import pairwise
from math import hypot

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from consult_app.gui.commands import fill_keys
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.figure import Place, Shape, load_picture
from consult_app.gui.widgets.regions import Region
from consult_app.gui.widgets.themed import Themed, smooth
from consult_app.gui.widgets.words import Words

_NO_PEN = Qt.PenStyle.NoPen
_NO_BRUSH = Qt.BrushStyle.NoBrush
REACH = 32
"""How far from a region a press still counts: from the middle of a target of 44 to its corner."""
_HATCH = 7
_BEHIND = QPointF(3.5, -3.5)


class FigureCanvas(Themed, QWidget):
    """Paints everything; each region is a real button child with its own shape.

    A press beside the regions counts for the nearest one within reach, so that small regions are no
    harder to hit than large ones.

    Args:
        theme: The look.
        name: Which drawing: face, front or back.
        words: Names of areas and sides.
        parent: Qt owner.

    Attributes:
        regions: The buttons by area and side.
        turned: Whether the patient is seen from behind.
    """

    def __init__(
        self, theme: Theme, name: str, words: Words, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._picture = load_picture(name)
        self.turned = self._picture.turned
        self._beside = 0
        self._aimed: tuple[Region, QPointF] | None = None
        self._drawn: tuple[tuple[object, ...], QPixmap] = ((), QPixmap())
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setObjectName(f"figure {name}")
        self.setAccessibleName(words.figures[name])
        self.setAccessibleDescription(words.map_hint.format(keys=fill_keys(words.grade_keys)))
        self.regions: dict[Place, Region] = {
            outline.place: Region(theme, outline, words, self) for outline in self._picture.regions
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
        self._place_regions()

    def _place_regions(self) -> None:
        transform = self.transform()
        for region in self.regions.values():
            region.place_on(transform)

    def leave_beside(self, room: int) -> None:
        """Leave room at both sides of the drawing."""
        if room != self._beside:
            self._beside = room
            self._place_regions()
            self.restyle()

    def transform(self) -> QTransform:
        """Return how drawing units become pixels of this widget."""
        x, y, width, height = self._picture.view
        scale = min((self.width() - 2 * self._beside) / width, self.height() / height)
        across = (self.width() - width * scale) / 2 - x * scale
        down = (self.height() - height * scale) / 2 - y * scale
        return QTransform(scale, 0, 0, scale, across, down)

    def region_near(self, spot: QPointF) -> Region | None:
        """Return the region at a spot of this widget, or the nearest within reach."""
        reach = self.theme.px(REACH)
        around = QRectF(spot.x() - reach, spot.y() - reach, 2 * reach, 2 * reach)
        near = [it for it in self.regions.values() if around.intersects(QRectF(it.geometry()))]
        found = min(near, key=lambda region: _distance(region, spot), default=None)
        return found if found is not None and _distance(found, spot) <= reach else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember which region is meant by a press beside the regions."""
        region = self.region_near(event.position())
        primary = event.button() == Qt.MouseButton.LeftButton
        self._aimed = (region, event.position()) if region and primary else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Press that region, unless the pointer has moved away."""
        aimed, self._aimed = self._aimed, None
        if aimed is None:
            return
        region, start = aimed
        moved = (event.position() - start).manhattanLength()
        if moved <= QApplication.styleHints().startDragDistance():
            region.setFocus(Qt.FocusReason.MouseFocusReason)
            region.click()

    def restyle(self) -> None:
        """Take colours and sizes from the theme again."""
        self._drawn = ((), QPixmap())
        super().restyle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the figure, from memory while nothing that it shows changed."""
        ratio = self.devicePixelRatioF()
        look = (self.size(), ratio, *map(_tell_look, self.regions.values()))
        if look != self._drawn[0]:
            picture = QPixmap(self.size() * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(self.theme.color("surface"))
            with QPainter(picture) as painter:
                self._draw(painter)
            self._drawn = (look, picture)
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._drawn[1])

    def _draw(self, painter: QPainter) -> None:
        """Draw the figure, its regions, what lies over them, and the numbers, in this order."""
        transform, regions = self.transform(), list(self.regions.values())
        smooth(painter)
        self._draw_shapes(painter, transform, self._picture.behind)
        for region in regions:
            self._draw_region(painter, region)
        for region in regions:
            if region.isChecked():
                self._draw_line(painter, region.path_on_map(), self._pen("surface", 5))
                self._draw_line(painter, region.path_on_map(), self._pen("accent", 2.5))
        self._draw_shapes(painter, transform, self._picture.over)
        size = self.theme.px(12) if self.height() > self.theme.px(400) else self.theme.px(10)
        for region in regions:
            if region.findings:
                self._draw_badge(painter, region, size)

    def _draw_shapes(
        self, painter: QPainter, transform: QTransform, shapes: tuple[Shape, ...]
    ) -> None:
        painter.save()
        painter.setTransform(transform, combine=True)
        painter.setClipRect(QRectF(*self._picture.view))
        for shape in shapes:
            painter.setPen(self._pen(shape.line, shape.weight) if shape.line else _NO_PEN)
            painter.setBrush(self.theme.color(shape.fill) if shape.fill else _NO_BRUSH)
            painter.drawPath(shape.path)
        painter.restore()

    def _draw_region(self, painter: QPainter, region: Region) -> None:
        hover = region.underMouse() and not region.grade
        painter.setPen(QPen(self.theme.color("region_line"), 1))
        painter.setBrush(self.theme.color("accent_soft" if hover else f"sev{region.grade}"))
        path = region.path_on_map()
        painter.drawPath(path)
        if region.planned:
            self._draw_hatch(painter, path)
        if region.outlined:
            pen = self._pen("text2", 1.5)
            pen.setDashPattern([2.5, 2.5])
            self._draw_line(painter, path, pen)

    def _draw_hatch(self, painter: QPainter, path: QPainterPath) -> None:
        """Draw slanting lines, as on the patient's sheet, where treatment is planned."""
        box = path.boundingRect()
        painter.save()
        painter.setClipPath(path)
        painter.setPen(self._pen("accent", 1.1))
        start = int((box.left() - box.height()) // _HATCH) * _HATCH
        for x in range(start, int(box.right()) + 1, _HATCH):
            painter.drawLine(
                QPointF(x, box.bottom()), QPointF(x + box.height(), box.bottom() - box.height())
            )
        painter.restore()

    def _draw_badge(self, painter: QPainter, region: Region, size: float) -> None:
        """Draw the strongest grade in a disc, `?` without one; more findings have a second disc."""
        theme, centre = self.theme, region.badge
        painter.setPen(QPen(theme.color("surface"), 1.5))
        painter.setBrush(theme.color("text"))
        if len(region.findings) > 1:
            painter.drawEllipse(centre + _BEHIND, size, size)
        painter.drawEllipse(centre, size, size)
        font = theme.font("label_strong")
        font.setPixelSize(round(size * 1.15))
        painter.setFont(font)
        painter.setPen(theme.color("surface"))
        box = QRectF(centre.x() - size, centre.y() - size, 2 * size, 2 * size)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(region.grade or "?"))

    def _draw_line(self, painter: QPainter, path: QPainterPath, pen: QPen) -> None:
        painter.setPen(pen)
        painter.setBrush(_NO_BRUSH)
        painter.drawPath(path)

    def _pen(self, token: str, width: float) -> QPen:
        return QPen(
            self.theme.color(token),
            width,
            Qt.PenStyle.SolidLine,
            Qt.PenCapStyle.RoundCap,
            Qt.PenJoinStyle.RoundJoin,
        )


def _tell_look(region: Region) -> tuple[object, ...]:
    """Return everything of a region that its drawing depends on."""
    shown = (region.grade, len(region.findings), region.planned, region.outlined)
    return (*shown, region.isChecked(), region.underMouse())


def _distance(region: Region, spot: QPointF) -> float:
    """Return how far a spot lies from a region, 0 inside it."""
    path = region.path_on_map()
    if path.contains(spot):
        return 0.0
    points = [(point.x(), point.y()) for point in path.toFillPolygon().toList()]
    x, y = spot.x(), spot.y()
    return min(_from_line((x, y), a, b) for a, b in pairwise(points))


def _from_line(p: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the distance of a point from the line between two others."""
    across, down = b[0] - a[0], b[1] - a[1]
    length = across * across + down * down
    share = ((p[0] - a[0]) * across + (p[1] - a[1]) * down) / length if length else 0.0
    share = max(0.0, min(1.0, share))
    return hypot(p[0] - a[0] - share * across, p[1] - a[1] - share * down)
