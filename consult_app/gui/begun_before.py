"""What there is to know of a visit that is open on a later day than its own."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal

from consult_app.domain.consultation import Consultation
from consult_app.gui.phrases import write_day, write_distance, write_weekday
from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.notice import Notice
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.begun import asks_anew, find_past_visit, is_behind, move_to
from consult_app.wording import t

MAKE_TODAYS = t("Make it today's")
BEGUN = t("Begun on {day}, {age}. {how}")
DATED = t("Dated {day}, {age}. {how}")
JUDGED = t("It is judged for that day.")
SAID_THEN = t("What is answered counts as said that day.")
"""Of a consultation that is judged for the day of a first visit still later than its own."""
ASKED_ANEW = {
    "treatment": t("Once it is today's, all of Re-check is asked again."),
    "consultation": t("Once it is today's, Today and Medicines on Safety are asked again."),
}


class BegunBefore(Notice):
    """Says of which day the open visit is, where that is past, and makes it one of today.

    Attributes:
        moved: It was made a visit of today.
    """

    moved = Signal()

    def __init__(self, theme: Theme, session: Session, pack: Pack) -> None:
        super().__init__(theme, "", "warn")
        self._session, self._pack = session, pack
        self.set_dismissible(on=False)
        self.acted.connect(self._make_todays)

    def show_visit(self) -> None:
        """Say it, or nothing on the day of the visit."""
        visit = self._session.visit
        today = self._session.today
        told = tell_behind(visit, today)
        self.set_action(MAKE_TODAYS if told else "")
        asks = told and (visit.kind == "treatment" or asks_anew(visit, today))
        self.show_text(f"{told} {ASKED_ANEW[visit.kind]}" if asks else told)

    def _make_todays(self) -> None:
        session = self._session
        session.take(move_to(self._pack, session.visit, session.today, session.last), "")
        self.moved.emit()


def tell_behind(visit: Consultation, today: date) -> str:
    """Return that a visit is judged for a day that is past; empty for one of today."""
    if not is_behind(visit, today):
        return ""
    day, age = write_day(visit.visit_date), write_distance(visit.visit_date, today)
    words = BEGUN if visit.started_at.date() == visit.visit_date else DATED
    first = visit.plan.first_session
    later = first is not None and first.date() > visit.visit_date
    return words.format(day=day, age=age, how=SAID_THEN if later else JUDGED)


def tell_past_visit(visit: Consultation, today: date) -> str:
    """Return that the first visit is planned for a day that is past; empty otherwise."""
    day = find_past_visit(visit, today)
    if day is None:
        return ""
    return t("The first visit is on {day}, which is past. Choose its day.", day=write_weekday(day))
