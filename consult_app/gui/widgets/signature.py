# ruff: noqa: N802 - Qt names its own hooks
"""A pad to sign on, kept as strokes so that it can be drawn at any size."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QTabletEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.finger_area import KEEPS_FINGER
from consult_app.gui.widgets.themed import Themed, smooth
from consult_app.gui.widgets.words import ENGLISH, Words

RATIO = 3.0
"""Width of the signing area over its height; strokes keep their shape at every size."""
PULSE_MS = 300
"""A stroke is told so often while it is drawn, so that none is lost for being long."""

Point = tuple[float, float]
Strokes = tuple[tuple[Point, ...], ...]


class _Paper(Themed, QWidget):
    """The area that is signed on; touch arrives as mouse, a pen as tablet events."""

    ended = Signal()
    grown = Signal()
    radius = 10

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self._words = words
        self.strokes: list[list[Point]] = []
        self.drawing = False
        self._pulse = QTimer(self)
        self._pulse.setInterval(PULSE_MS)
        self._pulse.timeout.connect(self.grown)
        self.setAccessibleName(words.signature)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setProperty(KEEPS_FINGER, True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.follow(theme)
        self.describe()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(width / RATIO)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(450), self.theme.px(150))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(240), self.theme.px(80))

    def describe(self) -> None:
        count = len(self.strokes)
        text = self._words.signed_strokes.format(count=count) if count else self._invite()
        self.setAccessibleDescription(text)
        self.update()

    def _invite(self) -> str:
        return self._words.sign_here if self.isEnabled() else self._words.sign_later

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.describe()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._draw_to(event.position())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        kind = event.type()
        if kind == QTabletEvent.Type.TabletPress:
            self._begin(event.position())
        elif kind == QTabletEvent.Type.TabletMove:
            self._draw_to(event.position())
        elif kind == QTabletEvent.Type.TabletRelease:
            self._end()
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self.theme
        with QPainter(self) as painter:
            smooth(painter)
            painter.setPen(QPen(theme.color("control"), 1))
            painter.setBrush(theme.color("surface" if self.isEnabled() else "subtle"))
            whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(whole, self.radius, self.radius)
            area = self._area()
            base = area.top() + area.height() * 0.76
            painter.setPen(QPen(theme.color("control"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(area.left() + 20, base), QPointF(area.right() - 20, base))
            if not self.strokes:
                painter.setPen(theme.color("text3"))
                painter.setFont(theme.font("label"))
                painter.drawText(whole, Qt.AlignmentFlag.AlignCenter, self._invite())
            self._draw_strokes(painter, area)

    def _draw_strokes(self, painter: QPainter, area: QRectF) -> None:
        pen = QPen(self.theme.color("text"), max(1.6, area.height() / 70))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        for stroke in self.strokes:
            spots = [
                QPointF(area.left() + x * area.width(), area.top() + y * area.height())
                for x, y in stroke
            ]
            if len(spots) == 1:
                painter.drawPoint(spots[0])
            else:
                painter.drawPolyline(QPolygonF(spots))

    def _area(self) -> QRectF:
        width = min(float(self.width()), self.height() * RATIO)
        height = width / RATIO
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)

    def _share(self, spot: QPointF) -> Point:
        area = self._area()
        x = (spot.x() - area.left()) / max(1.0, area.width())
        y = (spot.y() - area.top()) / max(1.0, area.height())
        return round(max(0.0, min(1.0, x)), 4), round(max(0.0, min(1.0, y)), 4)

    def _begin(self, spot: QPointF) -> None:
        self.drawing = True
        self._pulse.start()
        self.strokes.append([self._share(spot)])
        self.describe()

    def _draw_to(self, spot: QPointF) -> None:
        if self.drawing:
            point = self._share(spot)
            if point != self.strokes[-1][-1]:
                self.strokes[-1].append(point)
                self.update()

    def let_go(self) -> None:
        """Draw no more, whatever the hand does until it begins anew."""
        self.drawing = False
        self._pulse.stop()

    def _end(self) -> None:
        if self.drawing:
            self.let_go()
            self.describe()
            self.ended.emit()


class SignaturePad(QWidget):
    """Signing area with a button that clears it.

    Attributes:
        edited: Emitted with all strokes while one is drawn, after each, and after clearing.
    """

    edited = Signal(object)

    def __init__(
        self, theme: Theme, *, words: Words = ENGLISH, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.paper = _Paper(theme, words)
        self._clear = Button(theme, words.clear, "ghost", "eraser")
        self._clear.set_flush()
        self._clear.clicked.connect(self.clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.paper)
        column.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignLeading)
        self.paper.ended.connect(self._tell)
        self.paper.grown.connect(lambda: self.edited.emit(self.strokes()))
        self._settle()

    def strokes(self) -> Strokes:
        """Return the strokes; x and y run from 0 to 1 over an area of the shape `RATIO`."""
        return tuple(tuple(stroke) for stroke in self.paper.strokes)

    def set_strokes(self, strokes: Strokes) -> None:
        """Show strokes, without a signal; while one is drawn the hand knows more."""
        if self.paper.drawing:
            return
        self.paper.strokes = [list(stroke) for stroke in strokes]
        self._settle()

    def clear(self) -> None:
        """Take the signature away and tell so."""
        self.paper.let_go()
        self.paper.strokes = []
        self._tell()

    def _tell(self) -> None:
        self._settle()
        self.edited.emit(self.strokes())

    def _settle(self) -> None:
        self._clear.setEnabled(bool(self.paper.strokes))
        self.paper.describe()
