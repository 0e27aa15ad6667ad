# ruff: noqa: N802 - Qt names its own hooks
"""Pieces of the strip about the patient: a captioned fact and a tinted tag."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from consult_app.gui.icons import draw_icon
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.themed import Themed, mirror_rect, side_flags, smooth

_HEIGHT, _EDGE, _ICON = 26, 10, 14


class Fact(QWidget):
    """A small caption with a value beneath; the value is what a reader hears last."""

    def __init__(
        self,
        theme: Theme,
        caption: str,
        text: str = "",
        tone: str = "text",
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._caption = Label(theme, caption, "caption", "text3")
        self._text = Label(theme, text, "body", tone, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(self._caption)
        column.addWidget(self._text)
        self._name()

    def text(self) -> str:
        """Return the value."""
        return self._text.text()

    def set_text(self, text: str, tone: str = "text") -> None:
        """Show another value."""
        self._text.setText(text)
        self._text.set_tone(tone)
        self._name()

    def _name(self) -> None:
        self.setAccessibleName(f"{self._caption.text()}: {self._text.text()}")


class Tag(Themed, QWidget):
    """A few words on a tint, such as a care alert; the words carry the meaning.

    Args:
        theme: The look.
        text: The words.
        tone: "none", "info", "ok", "warn" or "stop".
        icon: Icon name, or "".
        parent: Qt owner.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        tone: str = "none",
        icon: str = "",
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text, self._tone, self._icon = text, tone, icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.follow(theme)
        self.show_text(text, tone, icon)

    def text(self) -> str:
        """Return the words."""
        return self._text

    def show_text(self, text: str, tone: str = "none", icon: str = "") -> None:
        """Say something else."""
        self._text, self._tone, self._icon = text, tone, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return words, icon and padding."""
        px = self.theme.px
        text = QFontMetrics(self.theme.font("caption")).horizontalAdvance(self._text)
        icon = px(_ICON) + 6 if self._icon else 0
        return QSize(text + icon + 2 * px(_EDGE) + 2, px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the same: words are never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw tint, icon and words."""
        theme, px = self.theme, self.theme.px
        box, left = QRectF(self.rect()), float(px(_EDGE))
        ink = theme.color("text2" if self._tone == "none" else self._tone)
        with QPainter(self) as painter:
            smooth(painter)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(f"{self._tone}_soft"))
            painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
            if self._icon:
                edge = px(_ICON)
                spot = mirror_rect(self, QRectF(left, (box.height() - edge) / 2, edge, edge))
                pixmap = draw_icon(self._icon, ink, edge, self.devicePixelRatioF(), 2)
                painter.drawPixmap(QPointF(spot.topLeft()), pixmap)
                left += edge + 6
            painter.setPen(ink)
            painter.setFont(theme.font("caption"))
            words = QRectF(left, 0, box.width() - left, box.height())
            flags = side_flags(self) | Qt.TextFlag.TextSingleLine
            painter.drawText(mirror_rect(self, words), flags, self._text)
