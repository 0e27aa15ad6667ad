"""The day of the written information, from which a clinic's time to think runs (screening 4.3)."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from consult_app.domain.finding import Finding
from consult_app.domain.partial_date import PartialDate
from consult_app.gui.phrases import write_day
from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.date_field import DateField
from consult_app.knowledge.pack.clinic import settle_number
from consult_app.knowledge.pack.pack import Pack
from consult_app.wording import t

ITEM = "consent"
_RULE = "cooling_off_policy"
_PATH = "facts.consent.risks_given_on"
_LATER = t("That day is still to come. Write the day the patient got the information.")


class InformationGiven(QWidget):
    """Asks for that day while the time to think needs it, and shows one that is recorded.

    Attributes:
        day: The field.
        today: Writes today.
        same: Writes the day of the last visit; hidden where that had none.
    """

    def __init__(self, theme: Theme, session: Session) -> None:
        super().__init__()
        self._session = session
        self.day = DateField(
            theme,
            t("Written information given on"),
            whole=True,
            help_text=t("The clinic's time to think runs from this day."),
        )
        self.today = Button(theme, t("Today"), "ghost")
        self.same = Button(theme, "", "ghost", "history")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.day, 1)
        for button in (self.today, self.same):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        self.day.edited.connect(self._take)
        self.today.clicked.connect(lambda: self._record(session.today))
        self.same.clicked.connect(lambda: self._record(self._find_last()))
        self.hide()

    @property
    def needed(self) -> bool:
        """Whether the time to think cannot be counted, for its day is not known."""
        return any(found.open for found in self._find_waits())

    def show_visit(self, pack: Pack, *, here: bool = True) -> None:
        """Show the day as recorded, and the ways to write it, where it is asked at all."""
        visit, locked = self._session.visit, self._session.locked
        given = visit.facts.consent.risks_given_on
        told = self.day.pending() or (given is not None and _gives_time(pack))
        self.setVisible(here and (told or bool(self._find_waits())))
        self.day.set_value(PartialDate.of(given) if given else None)
        self.day.setEnabled(not locked)
        self.today.setVisible(given is None and not locked)
        last = self._find_last()
        self.same.set_text(t("As last visit: {day}", day=write_day(last)) if last else "")
        self.same.setVisible(given is None and last is not None and not locked)

    def take_focus(self) -> None:
        """Give the keyboard to the field."""
        self.day.control.setFocus()

    def _find_waits(self) -> list[Finding]:
        screening = self._session.judgement.screening
        return [it for it in screening.findings if it.id == _RULE] if screening else []

    def _find_last(self) -> date | None:
        last = self._session.last
        return last.facts.consent.risks_given_on if last is not None else None

    def _take(self, day: PartialDate | None) -> None:
        told = day.first_day() if day is not None else None
        if told is not None and told > self._session.today:
            self.day.set_error(_LATER)
            told = None
        self._record(told)

    def _record(self, day: date | None) -> None:
        self._session.set(_PATH, day)


def _gives_time(pack: Pack) -> bool:
    """Return whether the clinic set a time to think."""
    limits = (limit for limit in pack.limits if any(at.rule == _RULE for at in limit.at))
    return any(settle_number(pack, limit.id) for limit in limits)
