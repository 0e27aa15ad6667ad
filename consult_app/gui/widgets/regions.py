# ruff: noqa: N802 - Qt names its own hooks
"""Buttons for parts of the body: real ones, whatever their shape."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QRegion,
    QTransform,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from consult_app.gui.theme import TARGET, Theme
from consult_app.gui.widgets.figure import Outline, Place
from consult_app.gui.widgets.segmented import ARROWS
from consult_app.gui.widgets.themed import Pressable, mirror_rect, side_flags, smooth
from consult_app.gui.widgets.words import Words

GRADES = {
    Qt.Key.Key_0: 0,
    Qt.Key.Key_1: 1,
    Qt.Key.Key_2: 2,
    Qt.Key.Key_3: 3,
    Qt.Key.Key_4: 4,
}
_DIRECTIONS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)
_TOP_GRADE = 4
_INSET, _BADGE_ROOM = 10, 34


class AreaButton(Pressable, QAbstractButton):
    """A part of the body that can be chosen and graded; reported as a radio button.

    Attributes:
        graded: Emitted with a grade when one of the keys 0 to 4 is pressed.
        walked: Emitted with an arrow key that leads away.
        grade: The strongest finding here, 0 to 4.
        outlined: Whether there was a finding at the visit before.
    """

    graded = Signal(int)
    walked = Signal(int)

    def __init__(self, theme: Theme, place: Place, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self.place, self.grade, self.outlined = place, 0, False
        self._words = words
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(words.area(*place))
        self.follow(theme)
        self.show_grade(0)

    def show_grade(self, grade: int) -> None:
        """Show a grade of 0 to 4."""
        self.grade = grade
        text = self._words.severity(grade) if grade else self._words.no_findings
        self.setAccessibleDescription(text)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Grade with 0 to 4, walk with the arrow keys."""
        key = Qt.Key(event.key())
        if key in GRADES and event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }:
            self.graded.emit(GRADES[key])
        elif key in ARROWS:
            self.walked.emit(int(key))
        else:
            super().keyPressEvent(event)


class FaceRegion(AreaButton):
    """A region of the face: the map paints it, this owns its shape, state and keyboard."""

    def __init__(self, theme: Theme, outline: Outline, words: Words, parent: QWidget) -> None:
        super().__init__(theme, outline.place, words, parent)
        self.outline = outline
        self.path = outline.path
        self.badge = outline.badge
        self.setToolTip(self.accessibleName())

    def place_on(self, transform: QTransform) -> None:
        """Take place and shape on the map."""
        path = transform.map(self.outline.path)
        box = path.boundingRect().adjusted(-2, -2, 2, 2).toAlignedRect()
        self.setGeometry(box)
        self.badge = transform.map(self.outline.badge)
        self.path = path.translated(QPointF(-box.topLeft()))
        points = self.path.toFillPolygon().toList()
        self.setMask(QRegion(QPolygonF(points).toPolygon()))

    def path_on_map(self) -> QPainterPath:
        """Return the shape in the map's coordinates."""
        return self.path.translated(QPointF(self.pos()))

    def neighbour(self, key: int) -> Place | None:
        """Return where an arrow key leads."""
        return self.outline.neighbours[_DIRECTIONS.index(Qt.Key(key))]

    def hitButton(self, pos: QPoint) -> bool:
        """Only what lies inside the shape is pressed."""
        return self.path.contains(QPointF(pos))

    def focus_outline(self) -> QPainterPath:
        """Return the shape."""
        return self.path

    def paintEvent(self, event: QPaintEvent) -> None:
        """Leave the painting to the map."""

    def enterEvent(self, event: QEnterEvent) -> None:
        """Let the map show that the pointer is here."""
        self._refresh_map()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Let the map show that the pointer has gone."""
        self._refresh_map()
        super().leaveEvent(event)

    def update(self, *_area: object) -> None:
        """Ask the map to paint."""
        self._refresh_map()

    def _refresh_map(self) -> None:
        owner = self.parentWidget()
        if owner is not None:
            owner.update()


class BodyArea(AreaButton):
    """A part of the body as a plain button with room for its number."""

    def __init__(self, theme: Theme, area: str, words: Words, parent: QWidget) -> None:
        super().__init__(theme, (area, ""), words, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def restyle(self) -> None:
        """Take the font from the theme."""
        self.setFont(self.theme.font("control"))
        super().restyle()

    def sizeHint(self) -> QSize:
        """Return name and number; the height is a full target."""
        text = QFontMetrics(self.theme.font("control_strong"))
        width = text.horizontalAdvance(self.accessibleName())
        return QSize(width + self.theme.px(_INSET) + _BADGE_ROOM + 3, self.theme.px(TARGET))

    def minimumSizeHint(self) -> QSize:
        """Return room for a short name; a longer one is cut with an ellipsis."""
        return QSize(self.theme.px(90), self.theme.px(TARGET))

    def focus_outline(self) -> QPainterPath:
        """Return the box as drawn."""
        path = QPainterPath()
        path.addRoundedRect(self._box(), self.radius, self.radius)
        return path

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, name and number."""
        theme, on, box = self.theme, self.isChecked(), self._box()
        hover = self.underMouse() and not self.grade
        with QPainter(self) as painter:
            smooth(painter)
            line = "accent" if on else "control"
            painter.setPen(QPen(theme.color(line), 2.5 if on else 1))
            ground = "accent_soft" if hover else f"sev{self.grade}" if self.grade else "surface"
            painter.setBrush(theme.color(ground))
            painter.drawRoundedRect(box, self.radius, self.radius)
            painter.setPen(theme.color("on_sev4" if self.grade == _TOP_GRADE else "text"))
            painter.setFont(theme.font("control_strong" if on else "control"))
            room = box.adjusted(theme.px(_INSET), 0, -(_BADGE_ROOM if self.grade else 6), 0)
            metrics = QFontMetrics(painter.font())
            name = metrics.elidedText(
                self.accessibleName(), Qt.TextElideMode.ElideRight, int(room.width())
            )
            painter.drawText(mirror_rect(self, room), side_flags(self), name)
            self._draw_signs(painter, box)

    def _draw_signs(self, painter: QPainter, box: QRectF) -> None:
        if self.outlined:
            pen = QPen(self.theme.color("text2"), 1.5, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inner = box.adjusted(3, 3, -3, -3)
            painter.drawRoundedRect(inner, self.radius - 3, self.radius - 3)
        if self.grade:
            at = QRectF(box.right() - _BADGE_ROOM + 3, box.center().y() - 11, 22, 22)
            draw_badge(self.theme, painter, mirror_rect(self, at).center(), 11, self.grade)

    def _box(self) -> QRectF:
        return QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)


def draw_badge(theme: Theme, painter: QPainter, centre: QPointF, size: float, grade: int) -> None:
    """Draw a grade as a number in a disc, so that severity never rests on colour."""
    painter.setPen(QPen(theme.color("surface"), 1.5))
    painter.setBrush(theme.color("text"))
    painter.drawEllipse(centre, size, size)
    font = theme.font("label_strong")
    font.setPixelSize(round(size * 1.15))
    painter.setFont(font)
    painter.setPen(theme.color("surface"))
    box = QRectF(centre.x() - size, centre.y() - size, 2 * size, 2 * size)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(grade))
