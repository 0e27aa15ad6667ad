# ruff: noqa: N802 - Qt names its own hooks
"""Chips: things that are either so or not, several at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from consult_app.gui.icons import draw_icon
from consult_app.gui.theme import TARGET, Theme
from consult_app.gui.widgets.flow import FlowBox
from consult_app.gui.widgets.themed import Pressable, find_step, is_mirrored, side_flags, smooth

_TONES = {
    "accent": ("accent_soft", "accent", "accent_text"),
    "warn": ("warn_soft", "warn", "warn"),
    "stop": ("stop_soft", "stop", "stop"),
}
_EDGE, _ICON, _TEXT_AT = 12, 16, 34


class Chip(Pressable, QAbstractButton):
    """A toggle with a plus sign when off and a tick, a fill and a firmer line when on.

    Args:
        theme: The look.
        text: What is so; also the accessible name.
        tone: "accent", "warn" or "stop".
        parent: Qt owner.
    """

    def __init__(
        self, theme: Theme, text: str, tone: str = "accent", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self._group: ChipGroup | None = None
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_text(text)
        self.follow(theme)

    @property
    def words(self) -> str:
        """The text as people see it."""
        return self.text().replace("&&", "&")

    def set_text(self, text: str) -> None:
        """Say something else; an ampersand is just an ampersand."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.updateGeometry()

    def join(self, group: ChipGroup) -> None:
        """Belong to a group, which is one stop for Tab; arrow keys move inside it."""
        self._group = group

    def is_stop(self) -> bool:
        """Whether Tab stops here: alone, or as the one of its group."""
        return self._group is None or self._group.find_stop() is self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move to the neighbour with the arrow keys; words that are typed choose nothing."""
        # It knows the commands, and with them all of a visit.
        from consult_app.gui.widgets.stray_text import (  # noqa: PLC0415 - behind the first frame
            is_choice_text,
            is_gap,
        )

        step = find_step(self, event.key())
        if step and self._group is not None:
            self._group.step(step)
        elif not is_gap(event) and not is_choice_text(self.theme, self, event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Be the stop of the group from now on."""
        if self._group is not None:
            self._group.stay(self)
        super().focusInEvent(event)

    def restyle(self) -> None:
        """Take the font from the theme."""
        self.setFont(self.theme.font("control"))
        super().restyle()

    def sizeHint(self) -> QSize:
        """Return text, icon and padding; the height is a full target."""
        text = QFontMetrics(self.font()).horizontalAdvance(self.words)
        return QSize(text + self.theme.px(_TEXT_AT + 16), self.theme.px(TARGET))

    def minimumSizeHint(self) -> QSize:
        """Return the same: text is never cut."""
        return self.sizeHint()

    def focus_outline(self) -> QPainterPath:
        """Return the pill as drawn."""
        path, box = QPainterPath(), self._box()
        path.addRoundedRect(box, box.height() / 2, box.height() / 2)
        return path

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw pill, sign and text."""
        soft, strong, ink_token = _TONES[self._tone]
        theme, on, box = self.theme, self.isChecked(), self._box()
        ground = soft if on else "subtle" if self.underMouse() and self.isEnabled() else "surface"
        ink = theme.color("text3" if not self.isEnabled() else ink_token if on else "text")
        with QPainter(self) as painter:
            smooth(painter)
            painter.setPen(QPen(theme.color(strong if on else "control"), 1.5 if on else 1))
            painter.setBrush(theme.color("line" if self.isDown() else ground))
            painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
            self._draw_sign(painter, box)
            painter.setPen(ink)
            before, after = theme.px(_TEXT_AT), theme.px(8)
            inset = (after, before) if is_mirrored(self) else (before, after)
            painter.drawText(box.adjusted(inset[0], 0, -inset[1], 0), side_flags(self), self.words)

    def _draw_sign(self, painter: QPainter, box: QRectF) -> None:
        on, size, edge = self.isChecked(), self.theme.px(_ICON), self.theme.px(_EDGE)
        token = _TONES[self._tone][2] if on and self.isEnabled() else "text3"
        x = box.right() - edge - size if is_mirrored(self) else box.left() + edge
        pixmap = draw_icon(
            "check" if on else "plus",
            self.theme.color(token),
            size,
            self.devicePixelRatioF(),
            2.25 if on else 1.75,
        )
        painter.drawPixmap(QPointF(x, box.center().y() - size / 2), pixmap)

    def _box(self) -> QRectF:
        return QRectF(self.rect()).adjusted(1, 3, -1, -3)


class ChipGroup(FlowBox):
    """Chips under ids.

    Args:
        theme: The look.
        name: Accessible name of the group.
        options: `(id, text)` or `(id, text, tone)` for each chip.
        parent: Qt owner.

    Attributes:
        edited: Emitted with the tuple of chosen ids when a person changed it.
    """

    edited = Signal(object)

    def __init__(
        self,
        theme: Theme,
        name: str,
        options: Sequence[tuple[str, ...]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, parent)
        self._chips: dict[str, Chip] = {}
        self._stop: Chip | None = None
        for option, text, *tones in options:
            chip = Chip(theme, text, next(iter(tones), "accent"))
            chip.clicked.connect(self._tell)
            chip.join(self)
            self._chips[option] = chip
            self.add(chip)
        theme.changed.connect(self.refit)

    def chosen(self) -> tuple[str, ...]:
        """Return the ids that are on, in the order of the chips."""
        return tuple(option for option, chip in self._chips.items() if chip.isChecked())

    def set_chosen(self, options: Iterable[str]) -> None:
        """Switch exactly these on, without a signal."""
        wanted = set(options)
        for option, chip in self._chips.items():
            chip.setChecked(option in wanted)

    def chip(self, option: str) -> Chip:
        """Return the chip of an id."""
        return self._chips[option]

    def find_stop(self) -> Chip | None:
        """Return the chip at which Tab stops: the last one that had the keyboard, or the first."""
        stops = self._list_stops()
        return self._stop if self._stop in stops else next(iter(stops), None)

    def stay(self, chip: Chip) -> None:
        """Let Tab come back to this chip."""
        self._stop = chip

    def step(self, by: int) -> None:
        """Give the keyboard to a neighbour of the chip that has it; the ends are ends."""
        stops = self._list_stops()
        at = next((number for number, chip in enumerate(stops) if chip.hasFocus()), 0)
        if 0 <= at + by < len(stops):
            stops[at + by].setFocus(Qt.FocusReason.TabFocusReason)

    def _list_stops(self) -> list[Chip]:
        return [it for it in self._chips.values() if it.isVisible() and it.isEnabled()]

    def _tell(self) -> None:
        self.edited.emit(self.chosen())
