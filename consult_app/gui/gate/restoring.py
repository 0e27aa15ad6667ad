"""While a backup takes the place of the records: how far it is, and a clean way to stop."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from consult_app.errors import ConsultError
from consult_app.gui.gate.page import GatePage
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.labels import Label
from consult_app.wording import t

if TYPE_CHECKING:
    from consult_app.gui.access import Opened
    from consult_app.gui.custody.restore_sheet import Wish
    from consult_app.gui.gate.gate import Gate
    from consult_app.store.watching import Watch

GOING_BACK = t("Going back to the records from before")
LEAD = t(
    "The records are closed meanwhile. What is there now is backed up first, then the backup is "
    "copied beside it and read from end to end. Until the last step nothing of it counts."
)


class RestorePage(GatePage):
    """Tells how far a restore is.

    Attributes:
        progressed: How far it is; carries done and total.
    """

    progressed = Signal(int, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, t("Restoring a backup"), LEAD, "history")
        self._stopped = Event()
        self.done = Label(theme, "0 %", "section")
        self.add(self.done)
        self.onward.set_text(t("Stop"))
        self.onward.set_icon("x")
        self.onward.clicked.connect(self._stop)
        self.progressed.connect(self._show_progress)

    @property
    def watch(self) -> Watch:
        """Looks on while it is done."""
        # With the store comes cryptography, which is no part of a quick start.
        from consult_app.store.watching import Watch  # noqa: PLC0415

        return Watch(progress=self.progressed.emit, is_stopped=self._stopped.is_set)

    def _stop(self) -> None:
        self._stopped.set()
        self.busy.setText(t("Stopping"))
        self.onward.setEnabled(False)

    def _show_progress(self, done: int, total: int) -> None:
        self.done.setText(f"{100 * done // max(1, total)} %")


class Restoring(QObject):
    """Has a backup chosen where no records are open, and puts it in the place of what is there."""

    def __init__(self, theme: Theme, gate: Gate) -> None:
        super().__init__(gate)
        self._theme, self._gate = theme, gate

    def choose(self) -> None:
        """Ask which backup is to be restored."""
        # With the store comes cryptography, which is no part of a quick start.
        from consult_app.gui.custody.restore_sheet import RestoreSheet  # noqa: PLC0415

        try:
            place = self._gate.access.find_place()
        except ConsultError as error:
            self._gate.fail(error)
            return
        sheet = RestoreSheet(self._theme, place, self._gate)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.restore_wanted.connect(self.restore)
        sheet.open()

    def restore(self, wish: Wish) -> None:
        """Put a backup in the place of closed records, then open them."""
        gate = self._gate
        gate.let_go()
        page = RestorePage(self._theme)
        gate.show_page(page)
        gate.tasks.run(
            lambda: gate.access.restore(wish, page.watch),
            lambda opened: self._go_on(opened, wish.secret),
            self._ask_again,
        )

    def go_back(self) -> None:
        """Bring back the records that a restore replaced, then ask for the passphrase."""
        gate = self._gate
        gate.page.show_busy(GOING_BACK)
        gate.tasks.run(gate.access.go_back, lambda _: gate.begin())

    def _go_on(self, opened: Opened | None, secret: str) -> None:
        """Go on with restored records, where the passphrase that was typed opens them."""
        if opened is not None:
            self._gate.take(opened, secret)
        else:
            self._gate.lock()

    def _ask_again(self, error: Exception) -> None:
        """Say why nothing was restored, where the records can be opened as they are."""
        self._gate.begin()
        self._gate.fail(error)
