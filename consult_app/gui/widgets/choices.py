# ruff: noqa: N802 - Qt names its own hooks
"""One of many: a field that opens a list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QComboBox, QListView, QSizePolicy, QWidget

from consult_app.gui.icons import draw_icon
from consult_app.gui.theme import TARGET, Theme
from consult_app.gui.widgets.fields import Field
from consult_app.gui.widgets.themed import Themed, mirror_rect, side_flags, smooth

_EDGE, _ICON = 12, 18
_ABOVE = 6
"""Between two lines of words and the frame."""


class PillCombo(Themed, QComboBox):
    """A combo box that opens on release and leaves the wheel to the page.

    Attributes:
        searches: Whether a letter chooses while the list is closed; not where letters answer.
    """

    def __init__(self, theme: Theme, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.searches = True
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._pressed_at: QPointF | None = None
        self.setAccessibleName(name)
        self.setView(QListView(self))
        self.view().installEventFilter(self)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.currentTextChanged.connect(self._fit)
        self.follow(theme)

    def restyle(self) -> None:
        """Take the font from the theme."""
        self.setFont(self.theme.font("body"))
        self._fit()
        super().restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be higher where the choice takes two lines."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        px, metrics = self.theme.px, QFontMetrics(self.font())
        lines = _break_lines(metrics, self._shown, self._room).count("\n") + 1
        self.setMinimumHeight(max(px(TARGET), lines * metrics.height() + 2 * px(_ABOVE)))

    @property
    def _shown(self) -> str:
        return self.currentText() or self.placeholderText()

    @property
    def _room(self) -> int:
        """The width that the words have."""
        return self.width() - 2 * self.theme.px(_EDGE) - self.theme.px(_ICON) - 6

    def sizeHint(self) -> QSize:
        """Return room for the longest choice."""
        metrics = QFontMetrics(self.theme.font("body"))
        texts = [self.itemText(index) for index in range(self.count())]
        widest = max((metrics.horizontalAdvance(text) for text in texts), default=80)
        px = self.theme.px
        return QSize(widest + 2 * px(_EDGE) + px(_ICON) + 10, px(TARGET))

    def minimumSizeHint(self) -> QSize:
        """Return room for a short text; a longer one is cut with an ellipsis."""
        return QSize(self.theme.px(120), self.theme.px(TARGET))

    def showPopup(self) -> None:
        """Open the list as wide as its longest choice, within the window."""
        view, at = self.view(), self.mapTo(self.window(), self.rect().topLeft())
        room = max(self.width(), self.window().width() - at.x() - self.theme.px(_EDGE))
        view.setMinimumWidth(min(self.sizeHint().width(), room))
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: scrolling past never changes a choice."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave letters alone where they are the keys of something else.

        A space in the middle of a name goes on with it, and opens no list.
        """
        if event.text().strip() and not self.searches:
            event.ignore()
            return
        if event.text().strip() or self._typing.isActive():
            self._typing.start(QApplication.styleHints().keyboardInputInterval())
            if event.key() == Qt.Key.Key_Space:
                event = QKeyEvent(event.type(), Qt.Key.Key_unknown, event.modifiers(), " ")
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Tab leave an open list, with nothing chosen, and go on to the next field."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Tab: True, Qt.Key.Key_Backtab: False}.get(Qt.Key(event.key()))
            if step is not None:
                self.hidePopup()
                self.focusNextPrevChild(step)
                return True
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where the press began."""
        self._pressed_at = event.globalPosition()
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the list when the pointer stayed where it was."""
        begun, self._pressed_at = self._pressed_at, None
        if begun is None:
            return
        travel = (event.globalPosition() - begun).manhattanLength()
        if travel <= QApplication.styleHints().startDragDistance():
            self.showPopup()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw frame, choice and chevron."""
        theme, px = self.theme, self.theme.px
        edge, icon = px(_EDGE), px(_ICON)
        ink = "text" if self.isEnabled() and self.currentIndex() >= 0 else "text3"
        faulty = bool(self.property("faulty"))
        line = "stop" if faulty else "accent" if self.hasFocus() else "control"
        with QPainter(self) as painter:
            smooth(painter)
            painter.setPen(QPen(theme.color(line if self.isEnabled() else "line"), 1))
            painter.setBrush(theme.color("surface" if self.isEnabled() else "subtle"))
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(box, self.radius, self.radius)
            spot = QRectF(self.width() - edge - icon, (self.height() - icon) / 2, icon, icon)
            pixmap = draw_icon("chevron-down", theme.color("text2"), icon, self.devicePixelRatioF())
            painter.drawPixmap(mirror_rect(self, spot).topLeft(), pixmap)
            painter.setPen(theme.color(ink))
            painter.setFont(self.font())
            room = QRectF(edge, 0, self._room, self.height())
            lines = _break_lines(QFontMetrics(self.font()), self._shown, self._room)
            painter.drawText(mirror_rect(self, room), side_flags(self), lines)


def _break_lines(metrics: QFontMetrics, text: str, width: int) -> str:
    """Return a text in one line, or in two where it needs them; what is still too long is cut."""
    words, first = text.split(" "), 0
    if metrics.horizontalAdvance(text) > width:
        lengths = range(1, len(words))
        fits = [n for n in lengths if metrics.horizontalAdvance(" ".join(words[:n])) <= width]
        first = max(fits, default=0)
    rest = " ".join(words[first:])
    last = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)
    return "\n".join((" ".join(words[:first]), last)) if first else last


class ChoiceField(Field):
    """A labelled list of which at most one is chosen.

    Args:
        theme: The look.
        label: Visible label.
        options: Pairs of id and text.
        help_text: Shown beneath.
        empty: Shown while nothing is chosen.
        parent: Qt owner.

    Attributes:
        edited: Emitted with the id that a person chose.
    """

    edited = Signal(str)

    def __init__(
        self,
        theme: Theme,
        label: str,
        options: Sequence[tuple[str, str]] = (),
        *,
        help_text: str = "",
        empty: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.combo = PillCombo(theme)
        self.combo.setPlaceholderText(empty)
        super().__init__(theme, label, self.combo, help_text=help_text, parent=parent)
        self.set_options(options)
        self.combo.activated.connect(lambda: self.edited.emit(self.value()))

    def value(self) -> str:
        """Return the chosen id, or an empty text."""
        chosen = self.combo.currentData()
        return chosen if isinstance(chosen, str) else ""

    def set_value(self, option: str) -> None:
        """Choose without a signal; an id that is not offered chooses none."""
        self.combo.setCurrentIndex(self.combo.findData(option) if option else -1)

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer these instead; the choice stays when it is still among them."""
        offered = [
            (self.combo.itemData(n), self.combo.itemText(n)) for n in range(self.combo.count())
        ]
        if offered == list(options):
            return
        before = self.value()
        self.combo.clear()
        for option, text in options:
            self.combo.addItem(text, option)
        self.set_value(before)
        self.combo.updateGeometry()
