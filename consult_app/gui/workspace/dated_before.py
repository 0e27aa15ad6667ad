"""One line beneath the date of a visit: a treatment that is dated before its consultation."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.notice import Notice
from consult_app.knowledge.visits.dated_before import tell_before


class DatedBefore(Notice):
    """Says so as long as it is."""

    def __init__(self, theme: Theme, session: Session, parent: QWidget) -> None:
        super().__init__(theme, "", "warn", parent=parent)
        self._session = session
        self.set_dismissible(on=False)
        session.changed.connect(self._follow)
        self._follow("")

    def _follow(self, _path: str) -> None:
        told = tell_before(self._session.visit, self._session.last)
        self.show_text(f"{told}." if told else "", "warn")
