"""How fast the window answers, with many consultations in its records.

    python tests/benchmarks/window_work.py [STORED]

Panels are turned, letters typed and answers given, each until everything it asks for is painted.
Times are those that the window's thread works, so that what else the machine does counts little.
Milliseconds say little on another machine: the last lines give the time of painting the whole
window anew, and of painting as many bare buttons in a bare window, in the same run. Both are
painted into a picture, because a window on the screen leaves out what hides it.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from consult_app.app import Program
from consult_app.domain.steps import STEPS
from consult_app.gui.building import build_desk
from consult_app.gui.collecting import Collector, collect_due
from consult_app.gui.main_window import MainWindow
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.answer_row import AnswerRow
from consult_app.settings import Settings
from consult_app.store.repositories import FileStore, open_store

TURNS, LETTERS, STORED = 70, 300, 100_000
FRAME_MS = 16
READING_MS = 6000
"""So long nobody does anything first; what is to come is made meanwhile."""
ASKING_MS = 150
"""Between two answers; nobody asks a patient a question in less."""

AT = datetime(2026, 6, 15, 9, tzinfo=UTC)


def take(work: Callable[[], object], finish: Callable[[], object]) -> float:
    """Return the milliseconds until something is done and everything it asks for is painted."""
    begun = time.thread_time()
    work()
    finish()
    return (time.thread_time() - begun) * 1000


def sum_up(name: str, taken: list[float]) -> None:
    """Print median, 99th percentile and worst."""
    taken = sorted(taken)
    high = taken[min(len(taken) - 1, int(len(taken) * 0.99))]
    middle = statistics.median(taken)
    sys.stdout.write(
        f"{name:28} median {middle:6.1f} ms, p99 {high:6.1f} ms, worst {taken[-1]:6.1f} ms\n"
    )


def fill(store: FileStore, stored: int) -> None:
    """Keep that many consultations."""
    with store.rows.engine.transaction():
        for number in range(stored):
            name = {"name": f"Patient {number}", "date_of_birth": "1990-01-01"}
            store.drafts.save(f"visit-{number}", {"patient": name, "visit_date": "2026-06-15"}, AT)


def measure(window: MainWindow, settle: Callable[[], None]) -> None:
    """Work the window and print what each took."""
    workspace = window.workspace
    assert workspace is not None
    ids = [step.id for step in STEPS]
    QTest.qWait(READING_MS)
    sum_up("panel, the first time", [take(partial(workspace.show_panel, it), settle) for it in ids])
    turns = (ids[number % len(ids)] for number in range(TURNS))
    sum_up("panel switch", [take(partial(workspace.show_panel, step), settle) for step in turns])
    workspace.show_panel("goals")
    settle()
    field = workspace.panel.findChild(QPlainTextEdit)
    assert isinstance(field, QPlainTextEdit)
    field.setFocus()
    press = partial(QTest.keyClicks, field, "a")

    def show_letter() -> None:
        settle()
        field.repaint()

    sum_up("keystroke", [take(press, show_letter) for _ in range(LETTERS)])
    measure_answers(window, settle)
    sum_up("the whole window painted", [take(window.grab, settle) for _ in range(TURNS)])


def measure_answers(window: MainWindow, settle: Callable[[], None]) -> None:
    """Answer every question of Safety by its key, and print what No and what Yes took.

    It is decided once the decision box stands anew, and painted once all of the window is.

    Each is put back to *Not asked* first, so that every answer is new and has to be judged, and
    answered No in the end: nobody has everything that is asked about.
    """
    workspace = window.workspace
    assert workspace is not None
    workspace.show_panel("safety")
    QTest.qWait(READING_MS)
    # What is asked only with something that nobody plans here is gone once it is taken back.
    asked = [it for it in window.desk.pack.questions if it.step == "safety" and not it.only_with]
    for name, key in (("answer No", Qt.Key.Key_N), ("answer Yes", Qt.Key.Key_Y)):
        decided, taken = [], []
        for question in asked:
            press = partial(press_in, window, question.id)
            press(Qt.Key.Key_Backspace)
            QTest.qWait(ASKING_MS)
            collect_due()
            field = QApplication.focusWidget()
            assert field is not None
            decided.append(take(partial(QTest.keyClick, field, key), _nothing))
            taken.append(decided[-1] + take(_nothing, settle))
            press(Qt.Key.Key_N)
        sum_up(f"{name}: decided", decided)
        sum_up(f"{name}: painted", taken)


def _nothing() -> None:
    """Do nothing."""


def press_in(window: MainWindow, question: str, key: Qt.Key) -> None:
    """Press a key in the answer to a question."""
    assert window.workspace is not None
    window.workspace.panel.focus_item(question)
    row = QApplication.focusWidget()
    while row is not None and not isinstance(row, AnswerRow):
        row = row.parentWidget()  # a Yes without its details has the keyboard led to these
    assert row is not None
    row.take_focus()
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClick(field, key)


def measure_bare(like: MainWindow, settle: Callable[[], None]) -> None:
    """Print what painting a window of Qt's own buttons takes, as many as `like` shows parts."""
    shown = [it for it in like.findChildren(QWidget) if not it.visibleRegion().isEmpty()]
    bare = QWidget()
    grid = QGridLayout(bare)
    for number in range(len(shown)):
        grid.addWidget(QPushButton("Continue"), number // 8, number % 8)
    bare.resize(1366, 768)
    bare.show()
    settle()
    name = f"{len(shown)} bare buttons painted"
    sum_up(name, [take(bare.grab, settle) for _ in range(TURNS)])


def main() -> None:
    """Open a window on that many consultations and work it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    stored = int(sys.argv[1]) if len(sys.argv) > 1 else STORED
    application = QApplication(sys.argv[:1])
    theme = Theme("light")
    theme.apply(application)
    sys.stdout.write(f"{stored} stored; a frame is {FRAME_MS} ms\n")
    with tempfile.TemporaryDirectory() as home:
        store = open_store(Path(home) / "records")
        fill(store, stored)
        desk, visits = build_desk(Program(), Path(home), Settings(), store)
        window = MainWindow(theme, desk)
        Collector(window)
        around = QMainWindow()
        around.setMinimumSize(720, 480)  # as the frame; else every page would measure it anew
        around.setCentralWidget(window)
        around.resize(1366, 768)
        around.show()
        while not desk.patients.is_at_hand:  # the list behind the start page is read beside it
            application.processEvents()
        window.show_visit(desk.sample_visit())
        measure(window, application.processEvents)
        measure_bare(window, application.processEvents)
        visits.close()


if __name__ == "__main__":
    main()
