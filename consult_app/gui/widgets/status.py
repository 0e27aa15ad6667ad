# ruff: noqa: N802 - Qt names its own hooks
"""The safety status: icon, words and tint. It starts at *not checked*, never at green."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from consult_app.gui.icons import draw_icon
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.labels import IconLabel, Label
from consult_app.gui.widgets.speaking import speak
from consult_app.gui.widgets.themed import (
    Pressable,
    Themed,
    mirror_rect,
    side_flags,
    smooth,
)
from consult_app.gui.widgets.words import ENGLISH, Words

STATES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "not_checked": ("shield", "none"),
        "checking": ("hourglass", "none"),
        "clear": ("shield-check", "ok"),
        "precaution": ("info", "info"),
        "relative": ("triangle-alert", "warn"),
        "defer": ("calendar-clock", "warn"),
        "absolute": ("octagon-x", "stop"),
        "change_plan": ("route", "stop"),
        "could_not_check": ("octagon-alert", "stop"),
    }
)
"""Icon and tone of every state; no two states share an icon."""


INSET = 10
"""Before the icon of the pill and after its words."""
PILL = 48
"""Height of the pill: three lines of the smallest type, and no more than the way on beside it."""
TYPE = ("strong", "label_strong", "caption")
"""Type roles of the pill, the largest first; where one has no room the next is tried."""


class StatusBlock(Themed, QFrame):
    """The decision at a glance.

    Args:
        theme: The look.
        announces: Whether a change is spoken; exactly one widget of a window should.
        words: What the states are called.
        parent: Qt owner.
    """

    radius = 12

    def __init__(
        self,
        theme: Theme,
        *,
        announces: bool = False,
        words: Words = ENGLISH,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words, self._announces, self._begun = words, announces, False
        self._state = ""
        self._shown: tuple[str, str, tuple[str, ...]] = ("", "", ())
        self._told: tuple[str, str, tuple[str, ...]] = self._shown
        self._sign = IconLabel(theme, "shield", "none", 24)
        self._title = Label(theme, "", "strong", wrap=True)
        self._lines = Label(theme, "", "label", "text2", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 12, 14, 12)
        row.setSpacing(12)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self._title)
        column.addWidget(self._lines)
        row.addLayout(column, 1)
        self.follow(theme)
        self.show_state("not_checked")
        self._begun = True  # what it begins with is no news

    @property
    def state(self) -> str:
        """The state shown, one of `STATES`."""
        return self._state

    @property
    def title(self) -> str:
        """The headline shown."""
        return self._title.text()

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines beneath the headline."""
        return self._shown[2]

    def show_state(
        self, state: str, title: str = "", lines: Sequence[str] = (), count: str = ""
    ) -> None:
        """Show a state.

        Args:
            state: One of `STATES`; another raises KeyError.
            title: Headline; empty for the state's own words.
            lines: Further lines, one per point.
            count: A line before them that counts what is left. It is spoken with the rest; it alone
                is no news, or every answer would speak over the next question.
        """
        icon, tone = STATES[state]
        news = (state, title or self._words.states[state], tuple(lines))
        told = (count, *lines) if count else tuple(lines)
        shown = (*news[:2], told)
        if shown == self._shown:
            return
        self._state, self._shown = state, shown
        self._sign.show_icon(icon, tone)
        self._title.setText(shown[1])
        self._lines.setText("\n".join(told))
        self._lines.setVisible(bool(told))
        spoken = self._words.safety_status.format(title=shown[1], lines=" ".join(told)).strip()
        self.setAccessibleName(spoken)
        if self._announces and self._begun and state != "checking" and news != self._told:
            self._told = news
            speak(self, spoken)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tinted block."""
        with QPainter(self) as painter:
            _draw_tint(self.theme, painter, QRectF(self.rect()), self._state)


class StatusPill(Pressable, QAbstractButton):
    """The same in a line or two, for the bottom bar; pressing it opens the whole."""

    radius = 12

    def __init__(
        self, theme: Theme, *, words: Words = ENGLISH, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words, self._state, self._title = words, "not_checked", ""
        self._shown: tuple[str, str, tuple[str, ...]] = ("", "", ())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.follow(theme)
        self.show_state("not_checked")

    @property
    def state(self) -> str:
        """The state shown, one of `STATES`."""
        return self._state

    @property
    def title(self) -> str:
        """The headline shown."""
        return self._title

    def show_state(self, state: str, title: str = "", lines: Sequence[str] = ()) -> None:
        """Show a state; see `StatusBlock.show_state`. The lines are only spoken."""
        shown = (state, title or self._words.states[state], tuple(lines))
        if shown == self._shown:
            return
        self._shown, self._state, self._title = shown, state, shown[1]
        spoken = self._words.safety_status.format(title=self._title, lines=" ".join(lines))
        self.setAccessibleName(spoken.strip())
        self.setToolTip(self._title)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return icon, headline and padding."""
        text = QFontMetrics(self.theme.font("strong")).horizontalAdvance(self._title)
        return QSize(text + self.theme.px(2 * INSET + 20 + 14), self.theme.px(PILL))

    def minimumSizeHint(self) -> QSize:
        """Return room for the icon and a few words; what has none in one line has another line."""
        return QSize(self.theme.px(120), self.theme.px(PILL))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw tint, icon and headline."""
        theme, edge = self.theme, self.theme.px(20)
        icon, tone = STATES[self._state]
        inset = theme.px(INSET)
        with QPainter(self) as painter:
            smooth(painter)
            _draw_tint(theme, painter, QRectF(self.rect()), self._state)
            spot = mirror_rect(self, QRectF(inset, (self.height() - edge) / 2, edge, edge))
            pixmap = draw_icon(icon, theme.color(tone), edge, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(spot.topLeft()), pixmap)
            painter.setPen(theme.color("text"))
            box = QRectF(inset + edge + theme.px(10), 0, self._find_room(), self.height())
            role, words = self.fit_words(self._find_room())
            painter.setFont(theme.font(role))
            painter.drawText(mirror_rect(self, box), side_flags(self), words)

    @property
    def cut(self) -> bool:
        """Whether words of the headline are left out for want of room."""
        return " ".join(self.fit_words(self._find_room())[1].split()) != self._title

    def fit_words(self, width: int) -> tuple[str, str]:
        """Return the type role and the headline, in as many lines as the height has room for.

        The largest type that has room is taken; where none has, the words are cut.
        """
        words = self._title
        for role in TYPE:
            metrics = QFontMetrics(self.theme.font(role))
            lines = wrap_words(words, metrics, width)
            low = len(lines) * metrics.lineSpacing() <= self.theme.px(PILL)
            if low and all(metrics.horizontalAdvance(line) <= width for line in lines):
                return role, "\n".join(lines)
        return role, metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)

    def _find_room(self) -> int:
        """Return the width left for words, beside icon and padding."""
        px = self.theme.px
        return self.width() - px(INSET) - px(20) - px(10) - px(INSET)


def wrap_words(words: str, metrics: QFontMetrics, width: int) -> list[str]:
    """Return the words in lines of a width; one that is longer has a line of its own."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and metrics.horizontalAdvance(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _draw_tint(theme: Theme, painter: QPainter, box: QRectF, state: str) -> None:
    tone = STATES[state][1]
    smooth(painter)
    painter.setPen(QPen(theme.color(tone, 0.45), 1))
    painter.setBrush(theme.color(f"{tone}_soft"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
