# ruff: noqa: N802 - Qt names its own hooks
"""The key to the marks of the map other than its colours: the plan, and the visit before."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.themed import Themed, mirror_rect, smooth
from consult_app.gui.widgets.words import Words

_SWATCH, _GAP, _APART, _STEP = 22, 6, 18, 6


class MapKey(Themed, QWidget):
    """Names the marks that are on the map; hidden while there are none."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._marks: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.follow(theme)
        self.show_marks(planned="", outlined=False)

    def show_marks(self, *, planned: str, outlined: bool) -> None:
        """Name the hatching, and the dashes of the visit before, where they are; empty for none."""
        self._marks = tuple(filter(None, (planned, self._words.last_time if outlined else "")))
        self.setVisible(bool(self._marks))
        self.setAccessibleName(", ".join(self._marks))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for swatches and words."""
        return QSize(round(sum(self._widths())), self.theme.px(22))

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the key."""
        theme, height = self.theme, self.height()
        widths = self._widths()
        x = (self.width() - sum(widths)) / 2
        swatch = theme.px(_SWATCH)
        with QPainter(self) as painter:
            smooth(painter)
            painter.setFont(theme.font("caption"))
            for mark, width in zip(self._marks, widths, strict=True):
                box = QRectF(x, 4, swatch, height - 8)
                draw_mark(
                    theme, painter, mirror_rect(self, box), dashed=mark == self._words.last_time
                )
                painter.setPen(theme.color("text2"))
                text = QRectF(x + swatch + theme.px(_GAP), 0, width, height)
                text.setWidth(QFontMetrics(painter.font()).horizontalAdvance(mark) + 2)
                painter.drawText(mirror_rect(self, text), Qt.AlignmentFlag.AlignCenter, mark)
                x += width

    def _widths(self) -> list[float]:
        metrics, px = QFontMetrics(self.theme.font("caption")), self.theme.px
        beside = px(_SWATCH) + px(_GAP)
        last = len(self._marks) - 1
        return [
            beside + metrics.horizontalAdvance(mark) + 2 + (px(_APART) if number < last else 0)
            for number, mark in enumerate(self._marks)
        ]


def draw_mark(theme: Theme, painter: QPainter, box: QRectF, *, dashed: bool) -> None:
    """Draw the dashes of the visit before, or the hatching."""
    draw = _draw_dashes if dashed else _draw_hatch
    draw(theme, painter, box)


def _draw_hatch(theme: Theme, painter: QPainter, box: QRectF) -> None:
    painter.setPen(QPen(theme.color("region_line"), 1))
    painter.setBrush(theme.color("sev0"))
    painter.drawRoundedRect(box, 4, 4)
    painter.save()
    painter.setClipRect(box)
    painter.setPen(QPen(theme.color("accent"), 1.1))
    for step in range(int(-box.height()), int(box.width()), _STEP):
        start = QPointF(box.left() + step, box.bottom())
        painter.drawLine(start, start + QPointF(box.height(), -box.height()))
    painter.restore()


def _draw_dashes(theme: Theme, painter: QPainter, box: QRectF) -> None:
    pen = QPen(theme.color("text2"), 1.5)
    pen.setDashPattern([2.5, 2.5])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 4, 4)
