"""A treatment by a consultation that nobody signed: told before anybody is needled."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from consult_app.gui.consent_given import list_advice, list_lacking
from consult_app.gui.panels.treatment.new_medicine import BEGIN
from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.notice import Notice


class NoConsent(Notice):
    """Says what is lacking of the consent, and begins the visit in which it can be given."""

    def __init__(
        self, theme: Theme, session: Session, run: Callable[[str], None], parent: QWidget
    ) -> None:
        super().__init__(theme, "", "warn", parent=parent)
        self._session = session
        self.set_dismissible(on=False)
        self.acted.connect(lambda: run("return"))

    def show_visit(self) -> None:
        """Say it, or nothing; beside a locked record there is nothing left to do."""
        session = self._session
        lacking, advice = list_lacking(session.last), list_advice(session.said)
        self.set_action("" if session.locked else BEGIN)
        lines = lacking if session.locked or not lacking else (*lacking, *advice)
        self.show_text(" ".join(lines))
