# ruff: noqa: N802 - Qt names its own hooks
"""One panel's entry in the side rail."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from consult_app.gui.icons import draw_icon
from consult_app.gui.theme import TARGET, Theme
from consult_app.gui.widgets.themed import Pressable, is_mirrored, side_flags, smooth
from consult_app.gui.widgets.words import ENGLISH, Words

_DISC, _CENTRE_AT, _TEXT_AT = 13, 28, 52
HEIGHT = 52
_NO_PEN = Qt.PenStyle.NoPen


class RailStep(Pressable, QAbstractButton):
    """A disc that tells how far a panel is, and its name.

    The disc is an empty circle with the number, half filled, ticked, or an exclamation
    mark for an active stop. The current panel stands on a soft block.

    Args:
        theme: The look.
        number: Place in the usual order.
        count: How many panels there are.
        name: The panel's name.
        words: Words for the states.
        parent: Qt owner.
    """

    radius = 12

    def __init__(
        self,
        theme: Theme,
        number: int,
        count: int,
        name: str,
        *,
        words: Words = ENGLISH,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._number, self._count, self._words = number, count, words
        self._state, self._current, self._compact = "empty", False, False
        self._room = 2 * HEIGHT
        self.setText(name.replace("&", "&&"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.follow(theme)
        self._name()

    @property
    def words(self) -> str:
        """The name as people see it."""
        return self.text().replace("&&", "&")

    @property
    def state(self) -> str:
        """How far the panel is: "empty", "half", "done" or "stop"."""
        return self._state

    @property
    def current(self) -> bool:
        """Whether this is the panel shown."""
        return self._current

    def show_state(self, state: str, *, current: bool, lacks: str = "") -> None:
        """Show how far the panel is: "empty", "half", "done" or "stop", and what it lacks."""
        if state not in self._words.step_states:
            raise ValueError(state)
        if lacks != self.accessibleDescription():
            self.setAccessibleDescription(lacks)
            first = self.toolTip().partition("\n")[0]
            self.setToolTip(f"{first}\n{lacks}" if lacks else first)
        if (state, current) == (self._state, self._current):
            return
        self._state, self._current = state, current
        self._name()
        self.update()

    def set_compact(self, *, on: bool) -> None:
        """Show only the disc, with the name as tool tip; or both again."""
        if on == self._compact:
            return
        self._compact = on
        if self.toolTip() in {"", self.words}:
            self.setToolTip(self.words if on else "")
        self.updateGeometry()
        self.update()

    def set_room(self, height: int) -> None:
        """Be no higher than there is room, but never too low to be pressed."""
        if height != self._room:
            self._room = height
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the height of a row; the rail sets the width."""
        return QSize(self.theme.px(52 if self._compact else 190), self._height())

    def minimumSizeHint(self) -> QSize:
        """Return the room for the disc."""
        return QSize(self.theme.px(52), self._height())

    def _height(self) -> int:
        return min(self.theme.px(HEIGHT), max(TARGET, self._room))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw block, disc and name."""
        box = QRectF(self.rect()).adjusted(0, 2, 0, -2)
        at = self.theme.px(_CENTRE_AT)
        x = box.right() - at if is_mirrored(self) else box.left() + at
        centre = QPointF(box.center().x() if self._compact else x, box.center().y())
        with QPainter(self) as painter:
            smooth(painter)
            if self._current or (self.underMouse() and self.isEnabled()):
                painter.setPen(_NO_PEN)
                painter.setBrush(self.theme.color("accent_soft" if self._current else "subtle"))
                painter.drawRoundedRect(box, self.radius, self.radius)
            self._draw_disc(painter, centre)
            if not self._compact:
                self._draw_name(painter, box)

    def _draw_disc(self, painter: QPainter, centre: QPointF) -> None:
        theme, size = self.theme, self.theme.px(_DISC)
        outline = {"stop": "stop", "done": "accent", "half": "accent"}.get(self._state, "control")
        filled = self._current and self._state != "stop"
        painter.setPen(_NO_PEN if filled else QPen(theme.color(outline), 1.5))
        ground = "accent" if filled else "stop_soft" if self._state == "stop" else "surface"
        painter.setBrush(theme.color(ground))
        painter.drawEllipse(centre, size, size)
        ink = theme.color("on_accent" if filled else outline)
        if self._state == "half":
            self._draw_half(painter, centre, size, filled=filled)
        if self._state == "done":
            edge = theme.px(16)
            pixmap = draw_icon("check", ink, edge, self.devicePixelRatioF(), 2.5)
            painter.drawPixmap(centre - QPointF(edge / 2, edge / 2), pixmap)
            return
        if self._state in {"empty", "half"} and not filled:
            ink = theme.color("text2" if self._state == "empty" else "accent_text")
        painter.setPen(ink)
        painter.setFont(theme.font("label_strong"))
        sign = "!" if self._state == "stop" else str(self._number)
        spot = QRectF(centre.x() - size, centre.y() - size, 2 * size, 2 * size)
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, sign)

    def _draw_half(self, painter: QPainter, centre: QPointF, size: float, *, filled: bool) -> None:
        """Draw an arc around half of the disc, so the number stays readable."""
        reach = size + 3 if filled else size
        pen = QPen(self.theme.color("accent"), 3)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box = QRectF(centre.x() - reach, centre.y() - reach, 2 * reach, 2 * reach)
        painter.drawArc(box, 90 * 16, -180 * 16)

    def _draw_name(self, painter: QPainter, box: QRectF) -> None:
        theme, at = self.theme, self.theme.px(_TEXT_AT)
        painter.setFont(theme.font("control_strong" if self._current else "control"))
        quiet = "text2" if self._state == "empty" else "text"
        painter.setPen(theme.color("accent_text" if self._current else quiet))
        inset = (8, at) if is_mirrored(self) else (at, 8)
        painter.drawText(box.adjusted(inset[0], 0, -inset[1], 0), side_flags(self), self.words)

    def _name(self) -> None:
        state = self._words.step_states[self._state]
        if self._current:
            state = f"{state}, {self._words.current}"
        self.setAccessibleName(
            self._words.step.format(
                number=self._number, count=self._count, name=self.words, state=state
            )
        )
