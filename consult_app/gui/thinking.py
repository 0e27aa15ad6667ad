"""Where a patient who thinks about it waits to be asked."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from consult_app.domain.consultation import Consultation
from consult_app.domain.partial_date import PartialDate
from consult_app.gui.desk import Desk
from consult_app.gui.next_day import ComingDay
from consult_app.gui.phrases import write_weekday
from consult_app.gui.session import Session
from consult_app.gui.tasks import attempt
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.notice import Notice
from consult_app.knowledge.visits.coming import find_expected_day, is_day_chosen
from consult_app.values import replace
from consult_app.wording import t

ASKED_ON = t("Ask what was decided on")
LISTED = t(
    "Once signed, this patient stands in Follow-ups due for {day}, when the plan begins, to be "
    "asked what was decided. Another day can be written above."
)
CHOSEN = t(
    "Once signed, this patient stands in Follow-ups due for {day}, to be asked what was decided."
)
LATE = t("{told} The plan begins before that, on {day}.")
NOWHERE = t(
    "The plan has no day to begin on, so this patient would stand in no list to be asked what was "
    "decided. Write a day above, or give the plan a first visit."
)
FIRST_VISIT = t("Go to the first visit")


class ThinksAboutIt(Notice):
    """Says when the patient is asked, or that nobody is reminded to.

    Args:
        theme: The look.
        session: The consultation.
        desk: The content.
        parent: Qt owner.

    Attributes:
        day: The day on which the patient is asked, where another than that of the plan was agreed.
            It stands above, wherever the panel puts it.
    """

    def __init__(self, theme: Theme, session: Session, desk: Desk, parent: QWidget) -> None:
        super().__init__(theme, "", "info", parent=parent)
        self._session, self._desk = session, desk
        self.set_dismissible(on=False)
        self.day = ComingDay(theme, ASKED_ON, session.tell_day)
        self.day.edited.connect(self._take)
        self.day.hide()

    def show_visit(self) -> None:
        """Look again; of a signed record the day says it."""
        visit, locked = self._session.visit, self._session.locked
        thinks = visit.agreement.decision == "think"
        self.day.show_day(visit.expected_on if thinks else None, visit.visit_date)
        self.day.setEnabled(not locked)
        told = visit.expected_on is not None if locked else thinks
        self.day.setVisible((thinks and told) or self.day.pending())
        if locked or not thinks:
            self.show_text("")
            return
        self.set_action("" if is_day_chosen(visit) else FIRST_VISIT)
        self.show_text(attempt(self._tell, lambda _: ""))

    def _tell(self) -> str:
        visit = self._session.visit
        begins = self._find(replace(visit, expected_on=None))
        if not is_day_chosen(visit):
            return NOWHERE if begins is None else LISTED.format(day=write_weekday(begins))
        day = self._find(visit)
        told = CHOSEN.format(day=write_weekday(day)) if day is not None else NOWHERE
        if begins is None or day is None or day <= begins:
            return told
        return LATE.format(told=told, day=write_weekday(begins))

    def _find(self, visit: Consultation) -> date | None:
        return find_expected_day(self._desk.pack, visit, self._session.judgement, ())

    def _take(self, day: PartialDate | None) -> None:
        self._session.set("expected_on", day.first_day() if day is not None else None)
