"""The line about a visit for somebody new in which nothing was entered, and the way to undo it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from consult_app.domain.consultation import Consultation
from consult_app.gui.phrases import write_name
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.notice import Notice
from consult_app.wording import t


class BlankVisit(Notice):
    """Says whose visit holds nothing yet. It stays under *Unfinished* unless it is taken back.

    Attributes:
        withdraw_wanted: It is not to be kept; carries the `Consultation`.
    """

    withdraw_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", "info", speaks=True, parent=parent)
        self._visit: Consultation | None = None
        self.set_action(t("Do not keep this patient"))
        self.acted.connect(self._withdraw)

    def offer(self, visit: Consultation | None) -> None:
        """Offer to take back a visit; None for no longer."""
        self._visit = visit
        name = visit.patient.name if visit is not None else ""
        told = t(
            "Nothing was entered for {name} but who it is.",
            name=write_name(name) or t("this patient"),
        )
        self.show_text(told if visit is not None else "")

    def _withdraw(self) -> None:
        visit = self._visit
        self.offer(None)
        if visit is not None:
            self.withdraw_wanted.emit(visit)
