# ruff: noqa: N802 - Qt names its own hooks
"""Surfaces and small pictures: card, rule, meter, severity key, initials."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.themed import Themed, mirror_rect, side_flags, smooth
from consult_app.gui.widgets.words import ENGLISH, Words

_CENTRE = Qt.AlignmentFlag.AlignCenter
_STEP = 24
"""Width of one grade in the key."""
_LINE = 22
"""Height of a line over the bars of a meter."""


class Card(Themed, QFrame):
    """A surface with a hairline.

    Args:
        theme: The look.
        title: Heading; empty for none.
        name: Accessible name when there is no heading.
        parent: Qt owner.

    Attributes:
        header: Row of the heading; more can stand at its end. Empty without a title.
        body: Column for the content.
    """

    radius = 16

    def __init__(
        self, theme: Theme, title: str = "", *, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name or title)
        self._column = column = QVBoxLayout(self)
        self.header = QHBoxLayout()
        self.header.setSpacing(8)
        self._title = Label(theme, title, "section")
        if title:
            self.header.addWidget(self._title)
            self.header.addStretch(1)
            column.addLayout(self.header)
        else:
            self._title.hide()
            self._title.setParent(self)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        column.addLayout(self.body)
        self.set_room(1)
        self.setAttribute(Qt.WidgetAttribute.WA_StaticContents)
        self.follow(theme)

    def set_room(self, times: float) -> None:
        """Have this many times the usual room around the content, as for very large type."""
        across, down, between = (round(it * times) for it in (20, 18, 12))
        self._column.setContentsMargins(across, down, across, down)
        self._column.setSpacing(between)

    def sizeHint(self) -> QSize:
        """Return the size without the height for that width, which a card on a page never has.

        Qt would measure all its lines at that width too, each time one of them changes.
        """
        return self._column.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the edges that went elsewhere; the surface between them stays."""
        super().resizeEvent(event)
        before, now = event.oldSize(), event.size()
        if before.width() == now.width():
            edge = int(self.radius) + 1
            self.update(0, min(before.height(), now.height()) - edge, now.width(), edge)
        else:
            self.update()

    def set_title(self, title: str) -> None:
        """Say another heading."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def add(self, item: QWidget | QLayout) -> None:
        """Put a widget or a layout at the end of the body."""
        if isinstance(item, QWidget):
            self.body.addWidget(item)
        else:
            self.body.addLayout(item)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw surface and hairline."""
        with QPainter(self) as painter:
            smooth(painter)
            painter.setPen(QPen(self.theme.color("card_line"), 1))
            painter.setBrush(self.theme.color("surface"))
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(box, self.radius, self.radius)


class Rule(Themed, QWidget):
    """A hairline between two things; decorative only."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)
        self.follow(theme)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.theme.color("line"))


class Meter(Themed, QWidget):
    """A finding's name, its grade in a word and four bars."""

    def __init__(
        self, theme: Theme, *, words: Words = ENGLISH, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words, self._name, self._grade = words, "", 0
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.follow(theme)

    def show_grade(self, name: str, grade: int) -> None:
        """Show a grade of 0 to 4 under a name."""
        self._name, self._grade = name, grade
        word = self._words.severity(grade) if grade else self._word
        self.setAccessibleName(f"{name}: {word}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return a line of text and a line of bars."""
        return QSize(self.theme.px(160), self.theme.px(40))

    def hasHeightForWidth(self) -> bool:
        """Say that a long name takes more lines where it is narrow."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the lines of the name, and a line of bars."""
        return self._name_height(width) + self.theme.px(18)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw name, word and bars."""
        theme, high = self.theme, self._name_height(self.width())
        line = QRectF(0, 0, self.width(), theme.px(_LINE))
        with QPainter(self) as painter:
            smooth(painter)
            painter.setFont(theme.font("body"))
            painter.setPen(theme.color("text"))
            name = QRectF(0, 0, self._name_width(self.width()), high)
            flags = side_flags(self).value | Qt.TextFlag.TextWordWrap.value
            painter.drawText(mirror_rect(self, name), flags, self._name)
            painter.setFont(theme.font("label"))
            painter.setPen(theme.color("text2"))
            painter.drawText(line, side_flags(self, trailing=True), self._word)
            painter.setPen(Qt.PenStyle.NoPen)
            width = (self.width() - 9) / 4
            for step in range(4):
                painter.setBrush(theme.color("accent" if step < self._grade else "line"))
                bar = QRectF(step * (width + 3), high + theme.px(6), width, 5)
                painter.drawRoundedRect(mirror_rect(self, bar), 2.5, 2.5)

    @property
    def _word(self) -> str:
        return self._words.severities[self._grade]

    def _name_width(self, width: int) -> int:
        """Return the room that the word beside it leaves for the name."""
        word = QFontMetrics(self.theme.font("label")).horizontalAdvance(self._word)
        return max(self.theme.px(40), width - word - self.theme.px(12))

    def _name_height(self, width: int) -> int:
        metrics, line = QFontMetrics(self.theme.font("body")), self.theme.px(_LINE)
        box = QRect(0, 0, self._name_width(width), 100 * line)
        return max(line, metrics.boundingRect(box, Qt.TextFlag.TextWordWrap, self._name).height())


class SeverityLegend(Themed, QWidget):
    """The key to the map's colours: one band with its numbers beneath, words at both ends.

    A band, because swatches apart from each other looked like buttons to press.
    """

    def __init__(
        self, theme: Theme, *, words: Words = ENGLISH, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        steps = ", ".join(f"{grade} {word}" for grade, word in enumerate(words.severities))
        self.setAccessibleName(words.severity_key.format(steps=steps))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.follow(theme)

    def sizeHint(self) -> QSize:
        """Return the room for words and swatches."""
        return QSize(round(self._width()), self.theme.px(28))

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the key."""
        first, last = self._ends()
        metrics, height = QFontMetrics(self.theme.font("caption")), self.height()
        swatch, x = self.theme.px(_STEP), (self.width() - self._width()) / 2
        with QPainter(self) as painter:
            smooth(painter)
            painter.setFont(self.theme.font("caption"))
            width = metrics.horizontalAdvance(first) + 2
            self._draw_word(painter, QRectF(x, 0, width, height), first)
            x += width + 8
            band = QRectF(x, self.theme.px(3), 5 * swatch, self.theme.px(9))
            for grade in range(5):
                self._draw_step(painter, x, grade)
                x += swatch
            painter.setPen(QPen(self.theme.color("control"), 1))
            painter.drawRect(mirror_rect(self, band))
            width = metrics.horizontalAdvance(last) + 2
            self._draw_word(painter, QRectF(x + 8, 0, width, height), last)

    def _ends(self) -> tuple[str, str]:
        return self._words.severities[0], self._words.severities[-1]

    def _width(self) -> float:
        metrics = QFontMetrics(self.theme.font("caption"))
        text = sum(metrics.horizontalAdvance(word) + 2 for word in self._ends())
        return text + 5 * self.theme.px(_STEP) + 16

    def _draw_word(self, painter: QPainter, box: QRectF, word: str) -> None:
        painter.setPen(self.theme.color("text2"))
        painter.drawText(mirror_rect(self, box), _CENTRE, word)

    def _draw_step(self, painter: QPainter, x: float, grade: int) -> None:
        px = self.theme.px
        box = mirror_rect(self, QRectF(x, px(3), px(_STEP), px(9)))
        painter.fillRect(box, self.theme.color(f"sev{grade}"))
        painter.setPen(self.theme.color("text2"))
        number = mirror_rect(self, QRectF(x, px(12), px(_STEP), px(16)))
        painter.drawText(number, _CENTRE, str(grade))


class Avatar(Themed, QWidget):
    """A patient's initials in a disc."""

    def __init__(self, theme: Theme, initials: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._initials = initials
        self.follow(theme)

    def set_initials(self, initials: str) -> None:
        """Show other initials."""
        if initials != self._initials:
            self._initials = initials
            self.update()

    def restyle(self) -> None:
        """Take the size from the theme."""
        edge = self.theme.px(40)
        self.setFixedSize(QSize(edge, edge))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw disc and initials."""
        with QPainter(self) as painter:
            smooth(painter)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color("accent_soft"))
            painter.drawEllipse(QRectF(self.rect()))
            painter.setFont(self.theme.font("label_strong"))
            painter.setPen(self.theme.color("accent_text"))
            painter.drawText(self.rect(), _CENTRE, self._initials)
