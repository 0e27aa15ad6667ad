"""Types in the real window until it is killed; run by the tests of survival.

`typing_until_killed.py TEXT MODE` opens the program on `CONSULT_APP_HOME` with no screen, begins a
visit or resumes the newest draft, goes to a panel and types. It prints what it sees:

    panel <id>      the panel on which it resumed
    text <words>    what stood in the field before it typed
    saved           the footer said saved after the last key

With MODE `type` it types TEXT and waits to be killed; with `look` it ends without typing; with
`early` it says saved at once, which is the fault the test must be able to notice.
"""

from __future__ import annotations

import os
import sys
import threading

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from consult_app.cli import main
from consult_app.gui.main_window import MainWindow

PANEL = "agree"
PATIENCE = 40


def say(line: str) -> None:
    """Print one line at once, whatever happens next."""
    os.write(sys.stdout.fileno(), f"{line}\n".encode())


def find_window() -> MainWindow | None:
    """Return the program's window once it is there."""
    found = (w for w in QApplication.allWidgets() if isinstance(w, MainWindow))
    return next(found, None)


class Typist:
    """Waits for the window, then types."""

    def __init__(self, text: str, mode: str) -> None:
        self.text, self.mode = text, mode
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
            window.start.begin.click()
        self.tell(window)

    def tell(self, window: MainWindow) -> None:
        """Say where the work resumed, and what stands there."""
        workspace = window.workspace
        assert workspace is not None
        say(f"panel {workspace.panel.step}")
        workspace.show_panel(PANEL)
        field = workspace.panel.findChildren(QPlainTextEdit)[0]
        say(f"text {field.toPlainText()}")
        if self.mode == "look":
            window.window().close()
            return
        workspace.footer.saved.setText("")
        if self.mode == "early":
            say("saved")
        QTest.keyClicks(field, self.text)
        self.watch(window)

    def watch(self, window: MainWindow) -> None:
        """Say when the footer says that it is saved."""
        assert window.workspace is not None
        if window.workspace.footer.saved.text().startswith("Saved"):
            say("saved")
            return
        QTimer.singleShot(1, window, lambda: self.watch(window))


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    # Whoever waits for it must not wait for ever.
    limit = threading.Timer(PATIENCE, os._exit, [3])
    limit.daemon = True
    limit.start()
    typist = Typist(sys.argv[1], sys.argv[2])
    sys.exit(main([]))
