"""Works in the real window until it is killed; run by the tests of survival.

`typing_until_killed.py MODE` opens the program on `CONSULT_APP_HOME` with no screen, begins a visit
or resumes the newest draft, and prints what it sees and does, one line each:

    resumed <panel>     the panel on which it resumed
    found <amount>      how much stood there; the letters are checked, and a wrong one is `spoilt`
    done <amount> <at>  how much was made by then, by the clock that all processes share
    saved               the footer said saved after the last of it, where the mode waits for that

Modes: `write` types letters that never end where the keyboard is, without putting it anywhere but
in the first round; `sign` draws strokes that never end; `look` ends at once. With `early` it
says that ten thousand letters are done, which is the fault the test must be able to notice.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from dataclasses import replace
from typing import cast

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from consult_app.cli import main
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.agree import AgreePanel
from consult_app.gui.workspace.workspace import Workspace

PANEL = "agree"
PATIENCE = 60
PACE_MS = 25
STROKE = 120
"""So many points make a stroke: three seconds of drawing without lifting the pen."""


def say(line: str) -> None:
    """Print one line at once, whatever happens next."""
    os.write(sys.stdout.fileno(), f"{line}\n".encode())


def find_window() -> MainWindow | None:
    """Return the program's window once it is there."""
    found = (w for w in QApplication.allWidgets() if isinstance(w, MainWindow))
    return next(found, None)


def letter(number: int) -> str:
    """Return one of the letters that never end, so that a missing one is noticed."""
    return "abcdefghijklmnopqrstuvwxyz "[number * 7 % 27]


class Worker:
    """Waits for the window, then works in it."""

    def __init__(self, mode: str) -> None:
        self.mode = mode
        self.done = 0
        self.timer = QTimer()
        self.timer.setInterval(10)
        self.timer.timeout.connect(self.look_for_window)
        self.timer.start()

    def look_for_window(self) -> None:
        """Begin once the window stands there."""
        window = find_window()
        if window is None or not window.isVisible():
            return
        self.timer.stop()
        drafts = window.desk.records.list_drafts()
        if drafts:
            window.open_visit(drafts[0].id)
        else:
            self.begin(window)
        assert window.workspace is not None
        workspace = window.workspace
        say(f"resumed {workspace.panel.step}")
        if not drafts:
            workspace.show_panel(PANEL)
        # The keyboard is put back once the panel is laid out.
        QTimer.singleShot(200, workspace, lambda: self.work(workspace))

    def begin(self, window: MainWindow) -> None:
        """Begin a visit that may be signed."""
        sample = window.desk.sample_visit()
        talked = replace(sample.discussion, risks_shown=True, discussed=True)
        agreed = replace(sample.agreement, decision="go_ahead", wording_version="1")
        window.reception.show_visit(replace(sample, discussion=talked, agreement=agreed))

    def work(self, workspace: Workspace) -> None:
        """Say what is there, then go on."""
        panel = workspace.panel
        if self.mode == "look" and not isinstance(panel, AgreePanel):
            say("found True 0 0")  # killed before it came to that panel
            workspace.window().close()
            return
        panel = cast("AgreePanel", panel)
        self.paper = panel.pad.paper
        texts = [field.area.toPlainText() for field in panel.words.values()]
        written = texts[1]
        points = sum(len(stroke) for stroke in self.paper.strokes)
        self.done = points if self.mode == "sign" else len(written)
        fitting = "".join(letter(number) for number in range(len(written)))
        say(f"found {written == fitting and not texts[0]} {len(written)} {points}")
        if self.mode == "look":
            workspace.window().close()
            return
        if self.mode == "early":
            say(f"done 10000 {time.monotonic() - 10}")
        if self.mode == "write" and not written:
            list(panel.words.values())[1].area.setFocus()
        self.timer = QTimer(workspace)
        self.timer.setInterval(PACE_MS)
        self.timer.timeout.connect(self.draw if self.mode == "sign" else self.write)
        self.timer.start()

    def write(self) -> None:
        """Type one letter where the keyboard is."""
        focused = QApplication.focusWidget()
        if isinstance(focused, QPlainTextEdit):
            QTest.keyClicks(focused, letter(self.done))
            self.done += 1
            say(f"done {self.done} {time.monotonic()}")

    def draw(self) -> None:
        """Draw one point; a stroke ends after so many, and the next begins."""
        step = self.done % STROKE
        height = self.paper.height()
        x = 20 + step * (self.paper.width() - 40) / STROKE
        spot = QPointF(x, height / 4 + (self.done // STROKE % 9) * height / 20 + step % 7)
        if step == 0:
            self.point(QEvent.Type.MouseButtonPress, spot)
        self.point(QEvent.Type.MouseMove, spot)
        self.done = sum(len(stroke) for stroke in self.paper.strokes)
        if step == STROKE - 1:
            self.point(QEvent.Type.MouseButtonRelease, spot)
        say(f"done {self.done} {time.monotonic()}")

    def point(self, kind: QEvent.Type, spot: QPointF) -> None:
        """Send the paper a movement of the pointer."""
        paper: QWidget = self.paper
        button = Qt.MouseButton.LeftButton
        everywhere = paper.mapToGlobal(spot)
        none = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(paper, QMouseEvent(kind, spot, everywhere, button, button, none))


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    # Whoever waits for it must not wait for ever.
    limit = threading.Timer(PATIENCE, os._exit, [3])
    limit.daemon = True
    limit.start()
    worker = Worker(sys.argv[1])
    sys.exit(main([]))
