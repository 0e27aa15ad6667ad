"""While a backup takes the place of the records: how far it is, and a clean way to stop."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from consult_app.gui.gate.page import GatePage
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.labels import Label
from consult_app.wording import t

if TYPE_CHECKING:
    from consult_app.store.watching import Watch

LEAD = t(
    "The records are closed meanwhile. What is there now is backed up first, then the backup is "
    "copied beside it and read from end to end. Until the last step nothing of it counts."
)


class RestorePage(GatePage):
    """Tells how far a restore is.

    Attributes:
        progressed: How far it is; carries done and total.
        left: Nobody is here any more, so what was restored stays closed.
    """

    progressed = Signal(int, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, t("Restoring a backup"), LEAD, "history")
        self.left = False
        self._stopped = Event()
        self.done = Label(theme, "0 %", "section")
        self.add(self.done)
        self.onward.set_text("Stop")
        self.onward.set_icon("x")
        self.onward.clicked.connect(self._stop)
        self.progressed.connect(self._show_progress)

    @property
    def watch(self) -> Watch:
        """Looks on while it is done."""
        # With the store comes cryptography, which is no part of a quick start.
        from consult_app.store.watching import Watch  # noqa: PLC0415

        return Watch(progress=self.progressed.emit, is_stopped=self._stopped.is_set)

    def forget(self) -> None:
        """Nobody is here any more."""
        self.left = True

    def _stop(self) -> None:
        self._stopped.set()
        self.busy.setText("Stopping")
        self.onward.setEnabled(False)

    def _show_progress(self, done: int, total: int) -> None:
        self.done.setText(f"{100 * done // max(1, total)} %")
