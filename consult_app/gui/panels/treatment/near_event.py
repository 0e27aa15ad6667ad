"""A treatment too near the patient's event: told on its day, and refused for nothing."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from consult_app.gui.desk import Desk
from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.today import tell_event_of_day
from consult_app.gui.widgets.notice import Notice


class NearEvent(Notice):
    """Says which days are kept before the event, as long as the record is not signed."""

    def __init__(self, theme: Theme, desk: Desk, session: Session, parent: QWidget) -> None:
        super().__init__(theme, "", "warn", parent=parent)
        self._desk, self._session = desk, session
        self.set_dismissible(on=False)

    def show_visit(self) -> None:
        """Say it, or nothing."""
        session = self._session
        told = tell_event_of_day(self._desk.pack, session.visit, session.judgement)
        self.show_text("" if session.locked else told)
