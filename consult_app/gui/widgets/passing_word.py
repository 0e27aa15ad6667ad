"""A line that says for a few seconds that something was done, over a window and moving nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtWidgets import QWidget

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.free_place import find_free
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.widgets.speaking import speak

STAYS_MS = 6000
WIDTH, NARROW = 440, 300
_NAME = "passing"


def say_beside(theme: Theme, field: QWidget, text: str, tone: str = "ok") -> Notice:
    """Show a line near a field, say it to a screen reader, and return it.

    It stands where it covers nothing, beneath the field where no such place is left. It goes by
    itself or by its button; what is typed meanwhile goes on.
    """
    window = field.window()
    word = Notice(theme, text, tone, parent=window)
    word.setObjectName(_NAME)
    word.move(_find_place(theme, window, field, word))
    word.raise_()
    word.show()
    speak(word, text)
    word.dismissed.connect(word.deleteLater)
    QTimer.singleShot(STAYS_MS, word, word.deleteLater)
    return word


def go_with(field: QWidget, word: Notice) -> None:
    """Take a word away once its field is out of sight, as where another panel is shown."""
    field.installEventFilter(_Leaving(word))


class _Leaving(QObject):
    """Watches for a field that is hidden, as long as its word is there."""

    def __init__(self, word: Notice) -> None:
        super().__init__(word)
        self._word = word

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take the word away with the field."""
        if event.type() == QEvent.Type.Hide and self._word.isVisible():
            self._word.hide()
            self._word.deleteLater()
        return super().eventFilter(watched, event)


def _find_place(theme: Theme, window: QWidget, field: QWidget, word: Notice) -> QPoint:
    """Return where the word goes, as wide as it has a place that is free."""
    for width in (WIDTH, NARROW, WIDTH):
        word.setFixedWidth(min(theme.px(width), window.width()))
        word.adjustSize()
        free = find_free(window, field, word.size())
        if free is not None:
            return free
    spot = field.mapTo(window, QPoint(0, field.height() + theme.px(4)))
    low = max(0, window.height() - word.height())
    right = max(0, window.width() - word.width())
    return QPoint(min(max(spot.x(), 0), right), min(max(spot.y(), 0), low))


def take_words(window: QWidget) -> None:
    """Take away what is said over a window, as at lock."""
    for word in window.findChildren(Notice, _NAME):
        word.hide()
        word.deleteLater()
