"""A sheet whose work takes long: it is done beside the window, with progress and a clean stop."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TypeVar

import shiboken6
from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from consult_app.gui.dialogs import fit_screen
from consult_app.gui.finding.help_dialog import serve_help
from consult_app.gui.gate.page import describe
from consult_app.gui.tasks import Failed, Tasks
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.widgets.scrolling import ScrollPane
from consult_app.store.watching import Watch
from consult_app.wording import t

T = TypeVar("T")


class LongSheet(QDialog):
    """A column of cards over a line that tells what is being done.

    Args:
        theme: The look.
        title: What the sheet is called.
        parent: Qt owner.

    Attributes:
        help_wanted: What there is to know of the field that has the keyboard is asked for.
        progressed: How far the work is; carries done and total.
        tasks: Does the work.
        column: Where the cards stand.
        notice: What came of the work.
        busy: What is being done; empty when nothing is.
        stop: Stops it.
        buttons: What begins work; asleep while some is being done.
    """

    help_wanted = Signal()
    progressed = Signal(int, int)

    def __init__(self, theme: Theme, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setWindowTitle(title)
        fit_screen(self, theme.px(680), theme.px(640))
        self.theme = theme
        self.tasks = Tasks(self.tell, self)
        self.buttons: list[Button] = []
        self._stopped = Event()
        self._doing = ""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(theme.px(24), theme.px(20), theme.px(14), theme.px(20))
        outer.setSpacing(theme.px(12))
        pane = ScrollPane(theme)
        outer.addWidget(pane, 1)
        self.column = pane.body
        self.notice = Notice(theme, tone="ok", speaks=True)
        self.notice.set_dismissible(on=False)
        outer.addWidget(self.notice)
        outer.addLayout(self._make_foot())
        self.progressed.connect(self._show_progress)
        serve_help(self, self.help_wanted.emit)

    def _make_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._had_keys: QWidget | None = None
        self.busy = Label(self.theme, "", "label", "text2")
        self.stop = Button(self.theme, t("Stop"), "ghost", "x")
        self.stop.clicked.connect(self._stopped.set)
        self.stop.hide()
        self.done_button = Button(self.theme, t("Done"), "secondary")
        self.done_button.setAutoDefault(False)
        self.done_button.clicked.connect(self.accept)
        row.addWidget(self.busy)
        row.addWidget(self.stop)
        row.addStretch(1)
        row.addWidget(self.done_button)
        return row

    def do(
        self,
        doing: str,
        work: Callable[[Watch], T],
        then: Callable[[T], None],
        failed: Failed | None = None,
    ) -> None:
        """Do work beside the window, one piece at a time.

        Args:
            doing: The work, as the line of progress names it.
            work: Done off the window's thread; it is watched, and may be stopped.
            then: Called with what it gave.
            failed: Called with what went wrong; else the notice says it.
        """
        if self.busy.text():
            return
        self._doing = doing
        self._stopped.clear()
        self.set_busy(doing)
        watch = Watch(progress=self.progressed.emit, is_stopped=self._stopped.is_set)

        def end(found: T) -> None:
            self.set_busy("")
            then(found)

        def fail(error: Exception) -> None:
            self.set_busy("")
            (failed or self.tell)(error)

        self.tasks.run(lambda: work(watch), end, fail)

    def set_busy(self, words: str) -> None:
        """Say what is being done and begin nothing else meanwhile; an empty text ends that."""
        if words:
            # A button that is switched off hands the keyboard on, to a field far from here.
            self._had_keys = self.focusWidget()
            self.setFocus()
        self.busy.setText(words)
        self.stop.setVisible(bool(words))
        for button in self.buttons:
            button.setEnabled(not words)
        if not words and self._had_keys is not None and shiboken6.isValid(self._had_keys):
            self._had_keys.setFocus()
            self._had_keys = None
        elif not words and self.hasFocus():
            self.done_button.setFocus()  # begun as the sheet opened, before anything had the keys
        if words:
            self.notice.show_text("")
        self.refresh()

    def refresh(self) -> None:
        """Show what can be begun now."""

    def tell(self, error: Exception) -> None:
        """Say what went wrong, what is safe and what to do."""
        self.notice.show_text(describe(error), "stop")

    def forget(self) -> None:
        """Let go of what was typed or opened, as at lock and when the sheet is closed."""

    def _show_progress(self, done: int, total: int) -> None:
        if self.busy.text():
            self.busy.setText(
                t("{doing}: {percent} %", doing=self._doing, percent=100 * done // max(1, total))
            )

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Stop what is being done, as at lock and when it is closed."""
        self._stopped.set()
        self.tasks.wait()
        self.forget()
        super().hideEvent(event)
