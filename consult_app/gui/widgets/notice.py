# ruff: noqa: N802 - Qt names its own hooks
"""One line beside a field: a warning or a remark that can be dismissed."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.labels import IconLabel, Label
from consult_app.gui.widgets.speaking import speak
from consult_app.gui.widgets.themed import Themed, show_in_place, smooth
from consult_app.gui.widgets.words import ENGLISH, Words

LETTERS = 80
"""The most of one line, as far as an eye finds the next one."""
_SAMPLE = "What is said here stands in a line of words as long as these."
_BREAKS = Qt.TextFlag.TextWordWrap.value
_ICONS = {"info": "info", "ok": "check", "warn": "triangle-alert", "stop": "octagon-alert"}


class Notice(Themed, QFrame):
    """A tinted line with an icon, at most one action, and a way to dismiss it.

    Args:
        theme: The look.
        text: The line; an empty one hides the notice.
        tone: "info", "ok", "warn" or "stop".
        speaks: Whether a line that comes while it can be seen is said too, as the answer to what
            was just done. What stands beside a field is heard when the keyboard comes there.
        words: What the dismiss button is called.
        parent: Qt owner.

    Attributes:
        dismissed: Emitted after a person dismissed it; it hides itself.
        acted: Emitted when the action was pressed.
    """

    dismissed = Signal()
    acted = Signal()
    radius = 10

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        tone: str = "warn",
        *,
        speaks: bool = False,
        words: Words = ENGLISH,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone, self._lines, self._speaks = tone, 0, speaks
        self._sign = IconLabel(theme, _ICONS[tone], tone, 18)
        self._text = Label(theme, "", "label", wrap=True)
        self._action = Button(theme, "", "ghost")
        self._action.clicked.connect(self.acted)
        self._close = Button(theme, words.dismiss, "quiet", "x")
        self._close.set_compact(on=True)
        self._close.clicked.connect(self._dismiss)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(14, 2, 2, 2)
        row.setSpacing(10)
        row.addWidget(self._sign)
        row.addWidget(self._text, 1)
        row.addStretch()  # what a wide notice has beyond its longest line
        row.addWidget(self._action)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._action.hide()
        self.follow(theme)
        self.show_text(text, tone)

    def show_text(self, text: str, tone: str = "") -> None:
        """Show a line in a tone (empty: as before); an empty line hides the notice."""
        before, self._tone = self._text.text(), tone or self._tone
        self._sign.show_icon(_ICONS[self._tone], self._tone)
        self._text.setText(text)
        self.setAccessibleName(text)
        show_in_place(self, on=bool(text))
        self.update()
        if self._speaks and text != before:
            self.speak()

    def speak(self) -> None:
        """Have the line said, where it can be seen."""
        if self.isVisible():
            speak(self, self._text.text())

    def text(self) -> str:
        """Return the line."""
        return self._text.text()

    def set_action(self, text: str) -> None:
        """Offer one action, or none with an empty text; beside one the dismiss button is level."""
        self._action.set_text(text)
        self._action.setVisible(bool(text))
        middle, top = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignTop
        self._row.setAlignment(self._close, middle if text else top)

    def take_focus(self) -> bool:
        """Give the keyboard to the action; return whether there is one."""
        offered = self._action.isVisible() and self._action.isEnabled()
        if offered:
            self._action.setFocus(Qt.FocusReason.TabFocusReason)
        return offered

    def reserve(self, lines: int) -> None:
        """Keep the room of so many lines while nothing is said, so that nothing moves then."""
        self._lines = lines
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.restyle()

    def restyle(self) -> None:
        """Keep room for lines of the size they have now, and break those that are too long."""
        lines = "\n".join("A" * self._lines)
        room = self._text.fontMetrics().boundingRect(QRect(0, 0, 99, 999), _BREAKS, lines)
        self._text.setMinimumHeight(room.height() if lines else 0)
        longest = self._text.fontMetrics().horizontalAdvance(_SAMPLE) * LETTERS // len(_SAMPLE)
        self._text.setMaximumWidth(longest)
        super().restyle()

    def set_dismissible(self, *, on: bool) -> None:
        """Offer the dismiss button or not."""
        self._close.setVisible(on)
        edge = 2 if on else 8  # the button brings room of its own
        self._row.setContentsMargins(14, edge, 2 if on else 14, edge)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tint."""
        with QPainter(self) as painter:
            smooth(painter)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color(f"{self._tone}_soft"))
            painter.drawRoundedRect(QRectF(self.rect()), self.radius, self.radius)

    def _dismiss(self) -> None:
        """Go, and give the keyboard back to the field that it stands beneath."""
        for part in (self._close, self._action):
            if part.hasFocus():
                self.focusPreviousChild()
        self.hide()
        self.dismissed.emit()
