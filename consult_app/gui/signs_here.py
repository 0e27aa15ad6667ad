"""One line where a record is signed: who at this computer signs it, where several work here."""

from __future__ import annotations

from consult_app.gui.desk import Desk
from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.notice import Notice
from consult_app.wording import t

SIGNS = t("{signer} signs.")
CHANGE = t("Change hands")


class SignsHere(Notice):
    """Names them before it is too late; its action lets another take over."""

    def __init__(self, theme: Theme, session: Session, desk: Desk) -> None:
        super().__init__(theme, "", "info")
        self._session, self._several = session, bool(desk.settings.colleagues)
        self.set_dismissible(on=False)
        self.set_action(CHANGE)

    def show_visit(self) -> None:
        """Say it; nothing of a signed record, nor where one alone works here."""
        visit = self._session.visit
        signer = visit.practitioner.name.strip()
        tells = self._several and signer and not self._session.locked
        self.show_text(SIGNS.format(signer=signer) if tells else "")
