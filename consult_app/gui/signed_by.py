"""One line beside name and signature: whether who is named is the person who signed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.notice import Notice
from consult_app.knowledge.visits.agreeing import DOUBT, WHETHER_SAME, sign_as, tell_signer
from consult_app.wording import t

SAME = t("The same person")


class SignedBy(Notice):
    """Says so as long as it is; where it may be a correction, it can be said that it is one.

    Args:
        theme: The look.
        session: The visit.
        parent: Qt owner.
        another: Say also that it is another person, where nothing else beside it does.
    """

    def __init__(
        self, theme: Theme, session: Session, parent: QWidget, *, another: bool = False
    ) -> None:
        super().__init__(theme, "", "warn", parent=parent)
        self._session, self._another = session, another
        self.set_dismissible(on=False)
        self.acted.connect(self._confirm)

    def show_visit(self) -> None:
        """Look again."""
        told = tell_signer(self._session.visit)
        asks = told == DOUBT and not self._session.locked
        self.set_action(SAME if asks else "")
        shown = told if told == DOUBT or self._another else ""
        self.show_text(f"{shown} {WHETHER_SAME}" if asks else shown)

    def _confirm(self) -> None:
        """Record that it is the same person, and give the keyboard to what stands before it."""
        visit = self._session.visit
        self.focusPreviousChild()
        self._session.set("agreement", sign_as(visit.agreement, visit.patient))
        self.show_visit()
