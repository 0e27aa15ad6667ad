# ruff: noqa: N802 - Qt names its own hooks
"""The keys of the map at both sides of a drawing that needs the room beneath it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.map_key import draw_mark
from consult_app.gui.widgets.status import wrap_words
from consult_app.gui.widgets.themed import Themed, mirror_rect, side_flags, smooth
from consult_app.gui.widgets.words import Words

_LINE, _STEP, _SWATCH, _APART = 16, 17, 14, 8
LEAST = 48
"""No narrower, so that two short words have one line."""


class EdgeKey(Themed, QWidget):
    """One column at the edge of a drawing; a press goes through it to the drawing.

    Without texts it takes no room. It is never hidden: shown while a page that nobody sees is laid
    out, it would stay so for whoever listens to that page.
    """

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self._texts: tuple[str, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.follow(theme)

    def show_texts(self, *texts: str) -> None:
        """Write these, or nothing at all."""
        if texts != self._texts:
            self._texts = texts
            self.setAccessibleName(self.tell() if texts else "")
            self.updateGeometry()
            self.update()

    def tell(self) -> str:
        """Return what it says in words."""
        return ", ".join(self._texts)

    def find_width(self) -> int:
        """Return room for the longest word, as lines break between words."""
        measure = QFontMetrics(self.theme.font("caption")).horizontalAdvance
        words = [measure(word) for text in self._texts for word in text.split()]
        return max([self.theme.px(LEAST), *words]) + 2

    def sizeHint(self) -> QSize:
        """Return the size of all that is written and drawn."""
        if not self._texts:
            return QSize(0, 0)
        return QSize(self.find_width(), self.theme.px(self.find_height()))

    def find_height(self) -> int:
        """Return its height at text size 100."""
        raise NotImplementedError

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def write(self, painter: QPainter, top: float, text: str) -> None:
        """Write a line at a distance from the top."""
        line = QRectF(0, top, self.width(), self.theme.px(_LINE))
        painter.setFont(self.theme.font("caption"))
        painter.setPen(self.theme.color("text2"))
        painter.drawText(mirror_rect(self, line), side_flags(self), text)


class EdgeScale(EdgeKey):
    """The grades, the strongest on top."""

    def show_scale(self, *, on: bool) -> None:
        """Show it, or take no room."""
        self.show_texts(*(self.words.severities[::-1] if on else ()))

    def tell(self) -> str:
        """Return what each grade means."""
        steps = ", ".join(f"{grade} {word}" for grade, word in enumerate(self.words.severities))
        return self.words.severity_key.format(steps=steps)

    def find_height(self) -> int:
        """Return the height of a word, five grades, and a word."""
        return 2 * _LINE + 5 * _STEP + 4

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the scale."""
        theme, px = self.theme, self.theme.px
        if not self._texts:
            return
        with QPainter(self) as painter:
            smooth(painter)
            self.write(painter, 0, self._texts[0])
            top, step, edge = px(_LINE + 2), px(_STEP), px(_SWATCH)
            for grade in range(4, -1, -1):
                box = mirror_rect(self, QRectF(0.5, top, edge, step))
                painter.setPen(QPen(theme.color("control"), 1))
                painter.setBrush(theme.color(f"sev{grade}"))
                painter.drawRect(box)
                number = QRectF(edge + px(6), top, px(_SWATCH), step)
                painter.setPen(theme.color("text2"))
                painter.drawText(mirror_rect(self, number), side_flags(self), str(grade))
                top += step
            self.write(painter, top + px(2), self._texts[-1])


class EdgeMarks(EdgeKey):
    """The marks of the map other than its colours, each above its words."""

    def find_height(self) -> int:
        """Return the height of all swatches and lines."""
        return sum(_SWATCH + 2 + _LINE * len(self._wrap(mark)) + _APART for mark in self._texts)

    def _wrap(self, mark: str) -> list[str]:
        metrics = QFontMetrics(self.theme.font("caption"))
        return wrap_words(mark, metrics, self.find_width())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the marks."""
        px, top = self.theme.px, 0.0
        with QPainter(self) as painter:
            smooth(painter)
            for mark in self._texts:
                box = QRectF(1, top + 1, px(_SWATCH + 8), px(_SWATCH) - 2)
                dashed = mark == self.words.last_time
                draw_mark(self.theme, painter, mirror_rect(self, box), dashed=dashed)
                top += px(_SWATCH + 2)
                for line in self._wrap(mark):
                    self.write(painter, top, line)
                    top += px(_LINE)
                top += px(_APART)
