"""Answers from other threads, handed over on the window's own.

What waits for an answer, often a widget, must be neither called nor let go of anywhere else: the
last to let go of an object of Qt takes it down, and from a worker's thread that ends the program.
So the other thread holds a number only.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import count

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal

Answer = Callable[[object], None]


class _Post(QObject):
    """Belongs to the application: an object that goes while another thread calls it ends both."""

    came = Signal(int, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: dict[int, Answer] = {}
        self._numbers = count()
        self.came.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)

    def expect(self, tell: Answer) -> Answer:
        number = next(self._numbers)
        self._waiting[number] = tell
        return partial(self.came.emit, number)

    def _hand_over(self, number: int, value: object) -> None:
        self._waiting.pop(number)(value)


def expect(tell: Answer) -> Answer:
    """Return what another thread calls once, so that `tell` is called on the window's thread."""
    application = QCoreApplication.instance()
    assert application is not None  # noqa: S101 - there is a window that waits
    post = application.findChild(_Post)
    return (_Post(application) if post is None else post).expect(tell)


def hand_over() -> None:
    """Hand over now what has come by now, as before the parts that wait for it go."""
    application = QCoreApplication.instance()
    post = application.findChild(_Post) if application is not None else None
    if post is not None:
        QCoreApplication.sendPostedEvents(post, QEvent.Type.MetaCall)
