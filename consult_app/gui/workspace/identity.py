"""Patient details: who the visit is for, allergies and needs. Changes count at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from consult_app.domain.partial_date import PartialDate
from consult_app.gui.desk import Desk
from consult_app.gui.dialogs import fit_screen
from consult_app.gui.phrases import ask_age, write_day
from consult_app.gui.read_only import shut
from consult_app.gui.session import Session
from consult_app.gui.signed_by import SignedBy
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.chips import ChipGroup
from consult_app.gui.widgets.choices import ChoiceField
from consult_app.gui.widgets.date_field import DateField
from consult_app.gui.widgets.fields import TextField
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.scrolling import ScrollPane
from consult_app.gui.widgets.written_dates import ORDER, read_date
from consult_app.gui.workspace.dated_before import DatedBefore
from consult_app.gui.workspace.enter_done import EnterDone
from consult_app.gui.workspace.namesake import Namesake
from consult_app.knowledge.visits.begun import move_from
from consult_app.wording import t

NEEDS = (("large_print", t("Large print")), ("interpreter", t("Interpreter")))
LEADS = {
    "identity:born": t("Date of birth"),
    "identity:number": t("Record number"),
    "identity:sex": t("Sex"),
    "identity:visit_day": t("Date of visit"),
    "identity:language": t("Preferred language"),
    **{f"identity:{need}": text for need, text in NEEDS},
}
"""Fields that are led to by themselves, by the command that does."""
SEXES = (("F", t("Female")), ("M", t("Male")), ("X", t("Another")))
UNREAD = "details:"
"""What the names of the fields of this sheet begin with, where a draft keeps what is unread."""
PLANNED = t("This day has not come. Plan it now and sign it then, or correct the date.")
LATE = t("This day has not come. Write today or one before; until then the visit stays on {day}.")
UNBORN = t("This day has not come, so it is no date of birth.")
NEEDED, GIVEN = t("Needed to lock."), t("Not needed: both are given.")


class IdentitySheet(QDialog):
    """Edits the patient of a session; it can stay open beside the panels.

    Attributes:
        file_wanted: It is another patient's visit, and to be put away.
    """

    file_wanted = Signal()
    help_place = "details"

    def __init__(self, theme: Theme, session: Session, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setWindowTitle(t("Patient details"))
        self._session, self._pack, self._led = session, desk.pack, False
        self._before = self._moved = session.visit
        fit_screen(self, theme.px(600), theme.px(600))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(14), theme.px(20))
        column.setSpacing(theme.px(12))
        card = Card(theme, t("Patient details"))
        self.same = Namesake(theme, session, desk, self)
        self.signed_by = SignedBy(theme, session, self, another=True)
        pane = ScrollPane(theme)
        pane.body.addWidget(card)
        pane.body.addStretch(1)
        column.addWidget(pane, 1)
        self._make_fields(theme, card, desk.sheet_languages)
        column.addLayout(self._make_foot(theme))
        self._connect()
        self.refresh()
        for name, field in self._dates().items():
            if text := session.visit.unread.get(name):
                field.write_unread(text)  # a day that was to come may have come by now
        nameless = not session.visit.patient.name.strip()
        (self.name if nameless or self.born.value() else self.born).control.setFocus()

    def lead_to(self, command: str) -> None:
        """Give the keyboard to the field that one of `LEADS` names."""
        fields = (self.born, self.number, self.sex, self.visit_day, self.language)
        chips = (self.needs.chip(need) for need, _ in NEEDS)
        places = (*(field.control for field in fields), *chips)
        for lead, place in zip(LEADS, places, strict=True):
            if lead == command:
                place.setFocus()

    def _make_foot(self, theme: Theme) -> QHBoxLayout:
        foot = QHBoxLayout()
        # Here, because whoever sees the wrong name would else write the right one over it.
        wrong = Button(theme, t("Wrong patient"), "ghost", "x")
        wrong.setToolTip(t("Put this visit away; nothing is lost"))
        if self._session.locked:
            wrong.hide()
        wrong.clicked.connect(self.file_wanted)
        close = Button(theme, t("Done"), "primary")
        close.clicked.connect(self._finish)
        close.setDefault(True)
        foot.addWidget(wrong)
        foot.addStretch(1)
        foot.addWidget(close)
        return foot

    def _make_fields(self, theme: Theme, card: Card, languages: Sequence[tuple[str, str]]) -> None:
        self.name = TextField(theme, t("Name"))
        self.born = DateField(theme, t("Date of birth"), whole=True, doubt=self._doubt)
        self.number = TextField(theme, t("Record number"))
        self.sex = ChoiceField(theme, t("Sex"), SEXES, empty=t("Not recorded"))
        self.visit_day = DateField(
            theme,
            t("Date of visit"),
            whole=True,
            today=self._session.tell_day,
            help_text=t("May differ from the day of entry."),
        )
        self.reason = TextField(
            theme, t("Reason when name or birth date is missing"), help_text=NEEDED
        )
        self.needs = ChipGroup(theme, t("Needs"), NEEDS)
        self.language = TextField(theme, t("Preferred language"), placeholder=t("As they call it"))
        self.sheet_language = ChoiceField(theme, t("Language of the handout"), languages)
        self.before = DatedBefore(theme, self._session, self)
        needs = Label(theme, t("Needs"), "label")
        card.add(_put_beside(theme, self.name, self.born))
        for said in (self.same, self.signed_by):
            card.add(said)
        card.add(_put_beside(theme, self.number, self.sex))
        for widget in (self.visit_day, self.before, self.reason, needs, self.needs):
            card.add(widget)
        card.add(_put_beside(theme, self.language, self.sheet_language))

    def refresh(self) -> None:
        """Show the patient as recorded."""
        visit = self._session.visit
        patient = visit.patient
        self.name.set_text(patient.name)
        self.number.set_text(patient.record_number)
        self.born.set_value(
            PartialDate.of(patient.date_of_birth) if patient.date_of_birth else None
        )
        self.sex.set_value(patient.sex or "")
        self.visit_day.set_value(PartialDate.of(visit.visit_date))
        self._tell_day(visit.visit_date)
        self.reason.set_text(visit.identity_reason)
        self._tell_who()
        self.language.set_text(visit.needs.language)
        self.sheet_language.set_value(visit.locale.language)
        self.needs.set_chosen([key for key, _ in NEEDS if getattr(visit.needs, key)])
        for field in self._fields():
            shut(field, on=self._session.locked)

    def _tell_who(self, *_: object) -> None:
        """Say who else it may be, and whether a reason is needed: not where both are given."""
        patient = self._session.visit.patient
        given = bool(patient.name.strip()) and patient.date_of_birth is not None
        self.reason.set_help(GIVEN if given else NEEDED)
        self.same.show_visit()
        self.signed_by.show_visit()

    def done(self, result: int) -> None:
        """Close; what cannot be read as a date is kept beside the draft."""
        self._note_unread()
        super().done(result)

    def _note_unread(self, *_: object) -> None:
        """Let the draft keep what cannot be read as a date, at each letter: a lock may come."""
        dates, unread = self._dates(), self._session.visit.unread
        kept = {name: text for name, text in unread.items() if name not in dates}
        for name, field in dates.items():
            if field.error or field.unread():
                kept[name] = field.keep()
        if kept != unread:
            self._session.stay(unread=kept)

    def _fields(self) -> tuple[QWidget, ...]:
        """Return what is written in here, in the order in which it is read."""
        above = (self.name, self.born, self.number, self.sex, self.visit_day)
        return (*above, self.reason, self.needs, self.language, self.sheet_language)

    def _dates(self) -> dict[str, DateField]:
        return {
            f"{UNREAD}{field.control.accessibleName()}": field
            for field in (self.born, self.visit_day)
        }

    def _finish(self) -> None:
        """Close; the first time lead to a date that does not count, which nobody may have seen."""
        planned = PartialDate.of(self._session.visit.visit_date)
        faulty = [
            field
            for field in self._dates().values()
            if (field.error and field.value() != planned) or field.pending()
        ]
        if faulty and not self._led:
            self._led = True
            faulty[0].control.setFocus()
            return
        if self.same.text() and not self.same.heeded:
            self.same.heeded = True
            self.born.control.setFocus()
            return
        self.accept()

    def _connect(self) -> None:
        put = self._session.set
        self.name.edited.connect(lambda text: put("patient.name", text))
        self.number.edited.connect(lambda text: put("patient.record_number", text))
        self.born.edited.connect(self._set_born)
        for field in (self.name, self.born):
            field.edited.connect(self._tell_who)
        self.sex.edited.connect(lambda value: put("patient.sex", value or None))
        self.visit_day.edited.connect(self._set_visit_day)
        for field in self._dates().values():
            field.edited.connect(self._note_unread)
        self.reason.edited.connect(lambda text: put("identity_reason", text))
        self.needs.edited.connect(self._set_needs)
        EnterDone(self, self._finish, *(self.needs.chip(need) for need, _ in NEEDS))
        self.language.edited.connect(lambda text: put("needs.language", text))
        self.sheet_language.edited.connect(lambda tag: put("locale.language", tag))
        # By a method of its own: Qt lets go of that with the sheet, of a lambda it would not.
        self._session.changed.connect(self._follow)

    def _follow(self, path: str) -> None:
        if not path:
            self.refresh()

    def _set_born(self, value: PartialDate | None) -> None:
        """Record a date of birth; a day still to come is none, and stays to be corrected."""
        day = _whole(value)
        late = day is not None and day > self._session.today
        self.born.set_error(UNBORN if late else "")
        self._session.set("patient.date_of_birth", None if late else day)

    def _doubt(self, day: PartialDate) -> str:
        return ask_age(day.first_day(), self._session.today)

    def _set_visit_day(self, value: PartialDate | None) -> None:
        day = _whole(value)
        self._tell_day(day)
        if day is not None and day <= self._session.today:
            # What holds for a day only was answered on another one.
            visit, session = self._session.visit, self._session
            if not session.says(self._moved):  # something else was done since, which stays
                self._before = visit
            moved = move_from(self._pack, visit, self._before, day, session.last)
            session.take(moved, "visit_date")
            self._moved = session.visit

    def _tell_day(self, day: date | None) -> None:
        """Say of a day still to come what can be done; one that was typed does not count."""
        visit, words = self._session.visit, ""
        if day is not None and day > self._session.today:
            words = PLANNED if day == visit.visit_date else LATE
        self.visit_day.set_error(words.format(day=write_day(visit.visit_date)))

    def _set_needs(self, chosen: tuple[str, ...]) -> None:
        needs = replace(
            self._session.visit.needs,
            large_print="large_print" in chosen,
            interpreter="interpreter" in chosen,
        )
        self._session.set("needs", needs)


def read_day(text: str) -> date | None:
    """Return the whole day that a text kept as unread is all the same, or None."""
    try:
        return _whole(read_date(text, month_first=ORDER.month_first))
    except ValueError:
        return None


def _whole(value: PartialDate | None) -> date | None:
    return value.first_day() if value is not None and value.whole else None


def _put_beside(theme: Theme, *fields: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.px(12))
    for field in fields:
        row.addWidget(field, 1)
    return row
