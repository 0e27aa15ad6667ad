"""What is written in: a line, and several lines."""

from __future__ import annotations

from html import escape
from math import ceil

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QScrollArea, QToolTip

UNDO, REDO = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo


class Line(QLineEdit):
    """A line that tells whatever others than the program write in it.

    Qt tells of typing alone; dictation and screen readers replace the whole text. The keys of undo
    go to the window where it has them: a line that undid its own letters would keep to no order
    with other fields.

    Args:
        whole: Whether a click into it chooses all of it, as Tab does: what is written anew and
            hardly ever changed, such as a time of day.

    Attributes:
        typed: Emitted with the text.
    """

    typed = Signal(str)

    def __init__(self, *, whole: bool = False) -> None:
        super().__init__()
        self._silent = False
        self._whole, self._entered = whole, False
        self.textChanged.connect(self._hear_text)

    def setText(self, text: str | None) -> None:  # noqa: N802 - Qt's name
        """Write something for the program, without telling; the cursor goes to what changed.

        What is written into an empty line in which nobody types shows its beginning: by its end
        alone a name or a cream that is longer than the line could not be told.
        """
        end = find_end(self.text(), text or "") if self.text() or self.hasFocus() else 0
        self._silent = True
        super().setText(text)
        self._silent = False
        self.setCursorPosition(end)

    def clear(self) -> None:
        """Write nothing for the program, without telling."""
        self.setText("")

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window, and tell all of a text longer than the line."""
        if _is_undo(event):
            event.ignore()
            return True
        if event.type() == QEvent.Type.ToolTip and not self.toolTip():
            self._tell_whole(event)
            return True
        return super().event(event)

    def _tell_whole(self, event: QEvent) -> None:
        room = self.width() - self.textMargins().left() - self.textMargins().right()
        longer = self.fontMetrics().horizontalAdvance(self.text()) > room
        if longer and isinstance(event, QHelpEvent):
            # Marked as plain: what was typed is no markup.
            QToolTip.showText(event.globalPos(), f"<p>{escape(self.text())}</p>", self)
        else:
            QToolTip.hideText()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Note that a click brought the keyboard here; the second click places the cursor."""
        super().focusInEvent(event)
        self._entered = event.reason() == Qt.FocusReason.MouseFocusReason

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose all after the click that entered; Qt places the cursor when it is pressed."""
        super().mouseReleaseEvent(event)
        if self._whole and self._entered and not self.hasSelectedText():
            self.selectAll()
        self._entered = False

    def _hear_text(self, text: str) -> None:
        if not self._silent:
            self.typed.emit(text)


class Area(QPlainTextEdit):
    """Several lines to write in; as with a line, undo is left to the window.

    What scrolls around it follows its cursor.
    """

    def __init__(self) -> None:
        super().__init__()
        self.cursorPositionChanged.connect(self._show_cursor)

    def measure(self) -> int:
        """Return how high it has to be to show all of its lines."""
        lines = round(self.document().size().height()) + 0.5  # Qt scrolls by whole lines
        edges = self.height() - self.viewport().height() + 2 * self.document().documentMargin()
        return ceil(lines * ceil(QFontMetricsF(self.font()).lineSpacing()) + edges)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the cursor in sight of what scrolls around it."""
        super().resizeEvent(event)
        self._show_cursor()

    def _show_cursor(self) -> None:
        pane = self.parentWidget()
        while pane is not None and not isinstance(pane, QScrollArea):
            pane = pane.parentWidget()
        inside = pane.widget() if pane is not None else None
        pressed = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if pane is not None and inside is not None and self.hasFocus() and not pressed:
            spot = self.viewport().mapTo(inside, self.cursorRect().center())
            pane.ensureVisible(spot.x(), spot.y(), 0, self.fontMetrics().lineSpacing())

    def set_text(self, text: str) -> None:
        """Write something; the cursor goes to what changed."""
        end = find_end(self.toPlainText(), text)
        self.setPlainText(text)
        cursor = self.textCursor()
        cursor.setPosition(end)
        self.setTextCursor(cursor)

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window."""
        if _is_undo(event):
            event.ignore()
            return True
        return super().event(event)


def find_end(old: str, new: str) -> int:
    """Return where in the new text its difference from the old one ends."""
    kept = 0
    while kept < min(len(old), len(new)) and old[-1 - kept] == new[-1 - kept]:
        kept += 1
    return len(new) - kept


def _is_undo(event: QEvent) -> bool:
    """Whether Qt asks if a field wants the keys of undo or redo for itself."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and (event.matches(UNDO) or event.matches(REDO))
    )
