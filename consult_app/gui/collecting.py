"""Collecting what Python needs no more, on the window's own thread.

Python collects wherever memory is asked for, in the thread of a worker too. There it can take
objects of Qt down that belong to the window's thread, and so end the program without a word.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000


class Collector(QObject):
    """Collects once in a while, as long as its parent is there; nobody else ever does.

    What is left when the window goes ends with the program.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(collect_due)
        self._timer.start()


def collect_due() -> None:
    """Collect the younger generations when they are due by Python's own measure.

    All of them take long enough to be felt; that is left to the moment the records are closed.
    """
    pairs = list(zip(gc.get_count(), gc.get_threshold(), strict=True))[:2]
    due = [generation for generation, (held, most) in enumerate(pairs) if held > most]
    if due:
        gc.collect(due[-1])
