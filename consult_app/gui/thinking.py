"""Where a patient who thinks about it waits to be asked."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from consult_app.gui.desk import Desk
from consult_app.gui.phrases import write_weekday
from consult_app.gui.session import Session
from consult_app.gui.tasks import attempt
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.notice import Notice
from consult_app.knowledge.coming import find_expected_day
from consult_app.wording import t

LISTED = t(
    "Once signed, this patient stands in Follow-ups due for {day}, when the plan begins, to be "
    "asked what was decided. Another first visit moves that day."
)
NOWHERE = t(
    "The plan has no day to begin on, so this patient would stand in no list to be asked what was "
    "decided. The first visit of the plan gives one."
)
FIRST_VISIT = t("Go to the first visit")


class ThinksAboutIt(Notice):
    """Says when the patient is asked, or that nobody is reminded to.

    Args:
        theme: The look.
        session: The consultation.
        desk: The content.
        parent: Qt owner.
    """

    def __init__(self, theme: Theme, session: Session, desk: Desk, parent: QWidget) -> None:
        super().__init__(theme, "", "info", parent=parent)
        self._session, self._desk = session, desk
        self.set_dismissible(on=False)

    def show_visit(self) -> None:
        """Look again; of a signed record the list itself says it."""
        visit = self._session.visit
        if self._session.locked or visit.agreement.decision != "think":
            self.show_text("")
            return
        self.set_action(FIRST_VISIT)
        self.show_text(attempt(self._tell, lambda _: ""))

    def _tell(self) -> str:
        session = self._session
        day = find_expected_day(self._desk.pack, session.visit, session.judgement, ())
        return NOWHERE if day is None else LISTED.format(day=write_weekday(day))
