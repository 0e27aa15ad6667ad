# ruff: noqa: N802 - Qt names its own hooks
"""Words and icons that only show."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from consult_app.gui.icons import draw_icon
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.themed import Themed, is_mirrored

_MEASURES = (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.ContentsRectChange)


MEASURE = 90
"""Letters of one line, as far as an eye finds the beginning of the next."""
_SAMPLE = "What is said here stands in a line of words as long as these."


class Label(Themed, QLabel):
    """A line or paragraph in a type role and a colour token.

    Args:
        theme: The look.
        text: Plain text.
        role: Type role, see `theme.ROLES`.
        tone: Colour token, such as "text", "text2" (quiet) or "text3" (faint).
        wrap: Whether long text takes more lines.
        parent: Qt owner.
    """

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        role: str = "body",
        tone: str = "text",
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._role, self._tone = role, tone
        self._heights: dict[tuple[int, int], int] = {}
        self._measured, self._at_end = 0, False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        # Whatever it lies on: by itself it would take the colour that goes with that ground.
        self.setForegroundRole(QPalette.ColorRole.WindowText)
        self._align()
        self.follow(theme)

    def setText(self, text: str) -> None:
        """Show another text."""
        if text != self.text():
            self._heights = {}
            super().setText(text)

    def heightForWidth(self, width: int) -> int:
        """Return the height the words take at this width; Qt would break them into lines anew."""
        key = (width, self.indent())
        if key not in self._heights:
            self._heights[key] = super().heightForWidth(width)
        return self._heights[key]

    def set_tone(self, tone: str) -> None:
        """Take another colour token."""
        if tone != self._tone:
            self._tone = tone
            self.restyle()

    def set_role(self, role: str) -> None:
        """Take another type role."""
        if role != self._role:
            self._role = role
            self.restyle()

    def stand_at_end(self) -> None:
        """Let the words end at the trailing edge."""
        self._at_end = True
        self._align()

    def keep_measure(self, letters: int = MEASURE) -> None:
        """Have no longer line than that; a stretch beside it takes the rest of the room."""
        self._measured = letters
        self.restyle()

    def restyle(self) -> None:
        """Take font and colour from the theme."""
        self.setFont(self.theme.font(self._role))
        if self._measured:
            sample = self.fontMetrics().horizontalAdvance(_SAMPLE)
            self.setMaximumWidth(sample * self._measured // len(_SAMPLE))
        self._paint()

    def _paint(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, self.theme.color(self._tone))
        self.setPalette(palette)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the layout's side; QLabel alone would follow the first letter.

        The style sheet of a window that takes it in gives it back the colour it was made with.
        """
        shown = self.palette().color(QPalette.ColorRole.WindowText)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._align()
        elif event.type() in _MEASURES:
            if event.type() == QEvent.Type.StyleChange and shown != self.theme.color(self._tone):
                self._paint()
            self._heights = {}
        super().changeEvent(event)

    def _align(self) -> None:
        ends = is_mirrored(self) != self._at_end
        edge = Qt.AlignmentFlag.AlignRight if ends else Qt.AlignmentFlag.AlignLeft
        rise = Qt.AlignmentFlag.AlignVCenter
        self.setAlignment(edge | Qt.AlignmentFlag.AlignAbsolute | rise)


def held_to_measure(label: Label, letters: int = MEASURE) -> QHBoxLayout:
    """Return a row with a label that has no line of more letters, and nothing beside it."""
    label.keep_measure(letters)
    row = QHBoxLayout()
    row.addWidget(label, 1)
    row.addStretch()
    return row


class IconLabel(Themed, QWidget):
    """An icon that only repeats what words beside it say, so it has no name of its own."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        tone: str = "text2",
        size: int = 20,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._tone, self._size = icon, tone, size
        self.follow(theme)

    @property
    def icon(self) -> str:
        """The icon's name."""
        return self._icon

    def show_icon(self, icon: str, tone: str) -> None:
        """Show another icon in another colour token."""
        if (icon, tone) != (self._icon, self._tone):
            self._icon, self._tone = icon, tone
            self.update()

    def restyle(self) -> None:
        """Take the size from the theme."""
        edge = self.theme.px(self._size)
        self.setFixedSize(QSize(edge, edge))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon."""
        colour, edge = self.theme.color(self._tone), self.width()
        with QPainter(self) as painter:
            pixmap = draw_icon(self._icon, colour, edge, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(0, 0), pixmap)
