# ruff: noqa: N802 - Qt names its own hooks
"""A slider for needle depth in quarters of a millimetre, with the caps marked."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from consult_app.gui.theme import TARGET, Theme
from consult_app.gui.widgets.sliders import PatientSlider
from consult_app.gui.widgets.themed import smooth
from consult_app.gui.widgets.words import ENGLISH, Words


class DepthSlider(PatientSlider):
    """Needle depth in steps of 0.25 mm, with marks at the guide's cap and the hard cap.

    Depths past the hard cap cannot be set. Depths past the soft cap can: the caller asks
    for the written reason.

    Attributes:
        depth_edited: Emitted with millimetres when a person changed it.
    """

    depth_edited = Signal(float)
    STEP = 0.25

    def __init__(
        self,
        theme: Theme,
        name: str,
        *,
        lowest: float = 0.25,
        highest: float = 2.5,
        words: Words = ENGLISH,
        parent: QWidget | None = None,
    ) -> None:
        self._soft: float | None = None
        self._hard: float | None = None
        self._words = words
        super().__init__(theme, name, parent)
        self.set_scale(round(lowest / self.STEP), round(highest / self.STEP))
        self.setPageStep(2)
        self.valueChanged.connect(self._describe)
        self.moved.connect(lambda: self.depth_edited.emit(self.millimetres()))
        self._describe()

    def millimetres(self) -> float:
        """Return the depth in mm."""
        return self.value() * self.STEP

    def set_millimetres(self, depth: float) -> None:
        """Show a depth in mm, rounded down to a quarter, without the signal."""
        self.setValue(int(depth / self.STEP + 1e-6))

    def set_caps(self, soft: float | None, hard: float | None) -> None:
        """Mark the caps in mm; nothing past the hard one can be set."""
        self._soft, self._hard = soft, hard
        ceiling = self._top if hard is None else min(self._top, int(hard / self.STEP + 1e-6))
        self.setRange(self.minimum(), max(self.minimum(), ceiling))
        self._describe()
        self.update()

    def restyle(self) -> None:
        """Take the measures from the theme; leave room for the value over the thumb."""
        super().restyle()
        self.setMinimumHeight(self.theme.px(TARGET + 20))

    def sizeHint(self) -> QSize:
        """Return a row with room for the caps' figures."""
        return QSize(self.theme.px(240), self.theme.px(TARGET + 20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw track, caps and thumb."""
        with QPainter(self) as painter:
            smooth(painter)
            self._draw_track(painter)
            self._draw_past_hard(painter)
            self._draw_cap(painter, self._soft, "warn", dashed=True)
            self._draw_cap(painter, self._hard, "stop", dashed=False)
            self._draw_thumb(painter)

    def _draw_past_hard(self, painter: QPainter) -> None:
        if self._hard is not None and self._hard / self.STEP < self._top:
            start, end = self.x_of(self._hard / self.STEP), self.x_of(self._top)
            self._draw_line(painter, "stop_soft", start, end)

    def _draw_cap(self, painter: QPainter, cap: float | None, token: str, *, dashed: bool) -> None:
        if cap is None:
            return
        x, y = self.x_of(cap / self.STEP), self.height() / 2
        pen = QPen(self.theme.color(token), 2)
        if dashed:
            pen.setDashPattern([1.5, 1.5])
        painter.setPen(pen)
        painter.drawLine(QPointF(x, y - 12), QPointF(x, y + 12))
        painter.setFont(self.theme.font("caption"))
        box = QRectF(x - 40, y + 14, 80, self.height() / 2 - 14)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(box, flags, _figure(cap))

    def _draw_thumb(self, painter: QPainter) -> None:
        text = _figure(self.millimetres())
        font = self.theme.font("label_strong")
        width = max(44, QFontMetrics(font).horizontalAdvance(text) + 18)
        x, y = self.x_of(self.value()), self.height() / 2
        x = max(width / 2 + 1, min(self.width() - width / 2 - 1, x))
        height = self.theme.px(28)
        box = QRectF(x - width / 2, y - height / 2, width, height)
        outline, ink = ("warn", "warn") if self._is_past_soft() else ("accent", "accent_text")
        painter.setBrush(self.theme.color("surface"))
        painter.setPen(QPen(self.theme.color(outline if self.isEnabled() else "control"), 2))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(self.theme.color(ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _is_past_soft(self) -> bool:
        return self._soft is not None and self.millimetres() > self._soft

    def _describe(self) -> None:
        parts = [self._words.depth_value.format(value=_figure(self.millimetres()))]
        if self._is_past_soft():
            parts.append(self._words.depth_soft.format(cap=_figure(self._soft or 0)))
        if self._hard is not None:
            parts.append(self._words.depth_hard.format(cap=_figure(self._hard)))
        self.setAccessibleDescription(", ".join(parts))


def _figure(depth: float) -> str:
    text = f"{depth:.2f}"
    return text.removesuffix("0")
