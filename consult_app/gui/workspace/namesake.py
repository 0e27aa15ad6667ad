"""One line beneath name and birth date: who of the same name and birth date is here already."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from consult_app.errors import ConsultError
from consult_app.gui.commands import fill_keys
from consult_app.gui.desk import Desk
from consult_app.gui.phrases import write_day, write_name
from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.notice import Notice
from consult_app.wording import t

HERE = t(
    "{name}, born {day}, is here already. If it is the same person, put this visit away as one of "
    "the wrong patient and begin again from that patient's page."
)
SIGNED = t(
    "This record is signed: nothing here can be changed. Correct the details in the next visit of "
    "this patient; what belongs to this one goes into an addendum ({addendum})."
)


class Namesake(Notice):
    """Says so as long as it is; of a signed record, that nothing is written here any more.

    Attributes:
        heeded: Whether somebody was led to it in these words.
    """

    def __init__(self, theme: Theme, session: Session, desk: Desk, parent: QWidget) -> None:
        super().__init__(theme, "", "warn", parent=parent)
        self._session, self._patients = session, desk.patients
        self.heeded = False
        self.set_dismissible(on=False)

    def show_visit(self) -> None:
        """Look again."""
        locked = self._session.locked
        told = fill_keys(SIGNED) if locked else self._tell()
        self.heeded = locked or (self.heeded and told == self.text())
        self.show_text(told, "info" if locked else "warn")

    def _tell(self) -> str:
        visit = self._session.visit
        try:
            alike = self._patients.find_namesakes(visit.patient)
        except ConsultError:
            alike = ()  # who is here cannot be read; that must not keep anybody from correcting
        names = [it.name for it in alike if it.id != visit.patient_id]
        born = visit.patient.date_of_birth
        return HERE.format(name=write_name(names[0]), day=write_day(born)) if names and born else ""
