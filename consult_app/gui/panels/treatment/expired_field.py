"""Asks why something past its date is used, as long as something is."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from consult_app.domain.consultation import Consultation
from consult_app.domain.expired import find_unreasoned
from consult_app.domain.treatment import Treatment
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.fields import TextField
from consult_app.wording import t

NEEDED = t("Needed to lock.")
NOT_WRITTEN_FOR = t("Not written for this: {names}. Change the reason so that it counts for it.")
NAMELESS = t("lot {lot}")


class ExpiredField(TextField):
    """The reason in one line, and beneath it for what it was not written."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        reason = t("Reason for using what is past its date")
        super().__init__(theme, reason, help_text=NEEDED, parent=parent)

    def show_visit(self, visit: Consultation) -> None:
        """Show it where something is past its date on the day of the visit."""
        treatment = visit.treatment or Treatment()
        self.setVisible(bool(treatment.list_expired(visit.visit_date)))
        self.set_text(treatment.expired_reason)
        names = [it.name or NAMELESS.format(lot=it.lot) for it in find_unreasoned(visit)]
        told = NOT_WRITTEN_FOR.format(names="; ".join(names))
        self.set_help(told if names and treatment.expired_reason.strip() else NEEDED)
