"""A warning before a patient is entered twice: what was typed beside who is there already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from consult_app.domain.patient_record import PatientRecord
from consult_app.domain.people import Patient
from consult_app.errors import ConsultError
from consult_app.gui.desk import Desk
from consult_app.gui.panel import swap
from consult_app.gui.phrases import write_day
from consult_app.gui.start.listed import ListedPatient
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.labels import Label
from consult_app.wording import t

TYPED, FROM_FILE = t("As typed"), t("In the file")
TWICE = t(
    "{name}, born on the same day, has a record too. If it is the same person, look there as well: "
    "what one of the two tells, such as a treatment, counts for nothing in the other."
)
SHOWN = 2
"""As many stand beside what was typed."""


def tell_twice(desk: Desk, patient: PatientRecord) -> str:
    """Return that somebody else here may be the same person, as after an import; or nothing.

    Of whom nothing is signed there is nothing to look at.
    """
    try:
        alike = desk.patients.find_namesakes(patient.identity)
    except ConsultError:
        return ""  # who is here cannot be read; what is wrong is told where it is opened
    others = [it for it in alike if it.id != patient.id and it.last_visit is not None]
    return TWICE.format(name=others[0].name) if others else ""


class SamePersonCard(Card):
    """Asks whether somebody is here already.

    Attributes:
        known: It is this patient; carries the id.
    """

    known = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, t("Is this the same person?"))
        self._table: QWidget | None = None
        self._first: Button | None = None
        self._begin: Callable[[], object] = lambda: None
        text = t("The same date of birth and a similar name are here already.")
        self.add(Label(theme, text, "body", "text2", wrap=True))
        self._new = Button(theme, t("Another person: begin a new record"), "secondary")
        self._new.setParent(self)  # until there is somebody to stand beside
        self._new.hide()
        self._new.clicked.connect(lambda: self._begin())  # noqa: PLW0108 - it is another each time
        self.hide()

    def begin(
        self,
        desk: Desk,
        told: Patient,
        begin: Callable[[], object],
        source: str = TYPED,
        show: Callable[[], object] = lambda: None,
    ) -> None:
        """Begin with a new person, unless that person may be here already: then ask.

        Args:
            desk: Knows who is here.
            told: Who is to be new.
            begin: Begins with them.
            source: Where they were told, as a heading.
            show: Shows the page with this card before it asks.
        """
        try:
            alike = desk.patients.find_namesakes(told)
        except ConsultError:
            alike = ()  # who is here cannot be read; that must not keep anybody from beginning
        if not alike:
            begin()
            return
        show()
        self._begin = begin
        self._ask(told, alike, source)

    def _ask(self, told: Patient, found: Sequence[ListedPatient], source: str) -> None:
        """Show who is to be new beside who was found; the first of them has the keyboard."""
        table = self._make_table(source, told, found[:SHOWN])
        self._table = swap(self.body, self._table, table)
        self.show()
        if self._first is not None:
            self._first.setFocus()

    def labels(self) -> list[Label]:
        """Return the words of the comparison."""
        return self._table.findChildren(Label) if self._table is not None else []

    def _make_table(self, source: str, typed: Patient, found: Sequence[ListedPatient]) -> QWidget:
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self.theme.px(20))
        grid.setVerticalSpacing(self.theme.px(6))
        born = typed.date_of_birth.isoformat() if typed.date_of_birth else ""
        columns = [
            (
                source,
                ListedPatient(id="", name=typed.name, born=born, record_number=typed.record_number),
            ),
            *((t("Here already"), person) for person in found),
        ]
        names = ("", t("Name"), t("Date of birth"), t("Record number"), t("Last visit"))
        for line, name in enumerate(names):
            grid.addWidget(Label(self.theme, name, "label", "text2"), line, 0)
        for column, (heading, person) in enumerate(columns, 1):
            grid.setColumnStretch(column, 1)
            for line, text in enumerate((heading, *_tell(person))):
                role = "label_strong" if line == 0 else "body"
                grid.addWidget(Label(self.theme, text, role, wrap=True), line, column)
        grid.addLayout(self._make_buttons(found), len(names), 0, 1, len(columns) + 1)
        return table

    def _make_buttons(self, found: Sequence[ListedPatient]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(12))
        row.addStretch(1)
        row.addWidget(self._new)
        self._new.show()
        self._first = None
        for person in found:
            button = Button(self.theme, t("The same: open {name}", name=person.name), "primary")
            button.clicked.connect(lambda _=False, it=person.id: self.known.emit(it))
            row.addWidget(button)
            self._first = self._first or button
        return row


def _tell(person: ListedPatient) -> tuple[str, str, str, str]:
    return (
        person.name or t("Not given"),
        write_day(date.fromisoformat(person.born)) if person.born else t("Not given"),
        person.record_number or t("None"),
        write_day(person.last_visit) if person.last_visit else t("None"),
    )
