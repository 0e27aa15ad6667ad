"""Erasing a patient: who, whether it may be, why; then the certificate that it was done."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from consult_app.custody.erasing import (
    Case,
    Certificate,
    certify,
    check_reason,
    consider,
    erase_patient,
    foretell,
    refuse,
)
from consult_app.errors import ConsultError, InputError
from consult_app.files import write_file
from consult_app.gui.custody.long_sheet import LongSheet
from consult_app.gui.custody.open_records import OpenRecords
from consult_app.gui.files_chosen import choose_target
from consult_app.gui.phrases import write_day
from consult_app.gui.start.listed import ListedPatient
from consult_app.gui.start.person_list import PersonList
from consult_app.gui.start.person_row import PersonRow
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.fields import TextField
from consult_app.gui.widgets.flow import FlowBox
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.secret_field import SecretField
from consult_app.gui.widgets.segmented import Option, Segmented
from consult_app.store.watching import Watch
from consult_app.wording import t

LISTED = 5
LEAD = t(
    "Everything kept of one patient goes for good: record, visits, sheets and photographs. This "
    "cannot be undone, and restoring an older backup erases the patient again."
)
CONFIRM = t("Type the patient's name to confirm")
DONE = t("Erased from the records. The certificate says what was searched and what backups hold.")
STAYS = t("Erased, and the visits stay without a name. The certificate says what backups hold.")
WHOLE, ANONYMOUS = "erased", "anonymised"
HOW = (Option(WHOLE, t("Erase everything")), Option(ANONYMOUS, t("Keep visits nameless")))
HOW_HELP = t(
    "Nameless visits stay for the clinic's own figures, without name, days and anything typed."
)


class EraseSheet(LongSheet):
    """Finds a patient, says whether they may be erased, and does it.

    Attributes:
        erased: A patient is gone.
        certificate: What was done, in words that name nobody; empty until it is.
    """

    help_place = "erase"
    erased = Signal()

    def __init__(self, theme: Theme, held: OpenRecords, parent: QWidget) -> None:
        super().__init__(theme, t("Erase a patient"), parent)
        self._held = held
        self._case: Case | None = None
        self._expected = ""
        self.certificate = ""
        self.column.addWidget(self._make_search())
        self.found = PersonList(theme, t("Patients"))
        self.found.hide()
        self.column.addWidget(self.found)
        self.column.addWidget(self._make_order())
        self.column.addWidget(self._make_certificate())
        self.column.addStretch(1)
        self.buttons += [self.go]
        self.refresh()
        self.search.setFocus()

    def _make_search(self) -> Card:
        theme = self.theme
        card = Card(theme, t("Erase a patient"))
        self.search = TextField(
            theme, t("Patient"), help_text=t("Name, birth date or record number")
        )
        self.search.edited.connect(lambda _: self._find())
        self.search.line.returnPressed.connect(self._choose_only)
        for part in (Label(theme, LEAD, "body", "text2", wrap=True), self.search):
            card.add(part)
        return card

    def _make_order(self) -> Card:
        theme = self.theme
        self.order = Card(theme, t("Erase"))
        self.verdict = Label(theme, "", "body", wrap=True)
        self.how = Segmented(theme, t("What goes"), HOW)
        self.how.set_value(WHOLE)
        self.how_help = Label(theme, HOW_HELP, "label", "text2", wrap=True)
        self.reason = TextField(
            theme, t("Why"), help_text=t("Kept in writing, so it must not name the patient")
        )
        self.confirmation = TextField(theme, CONFIRM)
        self.secret = SecretField(theme, t("Passphrase or recovery code"))
        self.go = Button(theme, t("Erase this patient for good"), "primary", "trash-2")
        # Enter leads on, but what cannot be taken back is begun by its own button alone.
        self.reason.line.returnPressed.connect(self.confirmation.setFocus)
        self.confirmation.line.returnPressed.connect(self.secret.setFocus)
        self.secret.line.returnPressed.connect(self.go.setFocus)
        self.go.clicked.connect(self._erase)
        row = FlowBox(t("Erase"))
        row.add(self.go)
        self._asked = (self.how, self.how_help, self.reason, self.confirmation, self.secret, row)
        for part in (self.verdict, *self._asked):
            self.order.add(part)
        return self.order

    def _make_certificate(self) -> Card:
        theme = self.theme
        self.proof = Card(theme, t("Certificate"))
        self.words = Label(theme, "", "body", wrap=True)
        self.save = Button(theme, t("Save the certificate"), "secondary", "save")
        self.save.clicked.connect(self._choose_place)
        row = FlowBox(t("Certificate"))
        row.add(self.save)
        self.proof.add(self.words)
        self.proof.add(row)
        return self.proof

    def refresh(self) -> None:
        """Show what is to be asked now."""
        case = self._case
        allowed = case is not None and case.is_allowed(self._held.now().date())
        self.order.setVisible(case is not None)
        for part in self._asked:
            part.setVisible(allowed)
        if case is not None:
            self.verdict.setText(foretell(case) if allowed else refuse(case))
        self.proof.setVisible(bool(self.certificate))
        self.words.setText(self.certificate)

    def _find(self) -> None:
        """List who matches what was typed; who was chosen before is let go of."""
        self._let_go()
        text = self.search.text().strip()
        try:
            found = self._held.desk.patients.find(text, LISTED) if text else ()
        except ConsultError as error:
            self.tell(error)
            found = ()
        rows = [self._make_row(it) for it in found]
        self.found.show_rows(rows, t("No patient matches.") if text else "")

    def _make_row(self, it: ListedPatient) -> PersonRow:
        born = write_day(date.fromisoformat(it.born)) if it.born else ""
        seen = (
            t("seen {day}", day=write_day(it.last_visit))
            if it.last_visit
            else t("no visit signed yet")
        )
        about = (born, it.record_number, seen)
        name = it.name or t("Name not given")
        return PersonRow(self.theme, name, about, t("Choose"), lambda: self.choose(it))

    def _choose_only(self) -> None:
        if len(self.found.rows) == 1:
            self.found.rows[0].button.click()

    def choose(self, patient: ListedPatient) -> None:
        """Find out what there is of a patient, and whether it may go."""
        self._let_go()
        held, years = self._held, self._held.desk.settings.keeping.retention_years
        # Whoever has no name is confirmed by number, or by a word.
        self._expected = patient.name or patient.record_number or t("erase")
        self.order.set_title(t("Erase {name}", name=patient.name or t("this patient")))
        by_word = t("Type {word} to confirm", word=self._expected)
        self.confirmation.set_label(CONFIRM if patient.name else by_word)

        def show(case: Case) -> None:
            self._case = case
            self.found.hide()
            self.refresh()
            self.reason.control.setFocus()

        self.do(
            t("Looking for everything of this patient"),
            lambda watch: consider(held.keys, patient.id, years, watch),
            show,
        )

    def _erase(self) -> None:
        case = self._case
        if case is None or not self._is_meant(case):
            return
        held, secret, reason = self._held, self.secret.text(), self.reason.text()
        anonymously = self.how.value() == ANONYMOUS

        def work(watch: Watch) -> Certificate:
            held.access.check(held.keys, secret)
            made = held.backups.make_before(watch.part(0, 0.5))
            return erase_patient(
                held.keys,
                case,
                reason,
                backup=made,
                at=held.now(),
                anonymously=anonymously,
                watch=watch.part(0.5, 1),
            )

        self.do(t("Erasing"), work, self._certify)

    def _is_meant(self, case: Case) -> bool:
        """Tell whether this patient is meant, for a reason that can be kept."""
        self.reason.set_error("")
        self.confirmation.set_error("")
        try:
            check_reason(case, self.reason.text())
        except InputError as error:
            self.reason.set_error(f"{error.title}: {error.faults[0].problem}")
            return False
        typed = self.confirmation.text().split()
        if typed != self._expected.split():
            self.confirmation.set_error(
                t("This is not {name}. Nothing was changed.", name=self._expected)
            )
            return False
        return True

    def _certify(self, done: Certificate) -> None:
        self.search.set_text("")
        self._let_go()
        self.certificate = certify(done)
        self.refresh()
        self.notice.show_text(STAYS if done.kept_anonymous else DONE, "ok")
        self.save.setFocus()
        self.erased.emit()

    def _choose_place(self) -> None:
        name = f"certificate-of-erasure-{self._held.now():%Y-%m-%d}.txt"
        choose_target(
            self, t("Save the certificate"), name, t("Text (*.txt)"), self.save_certificate
        )

    def save_certificate(self, path: Path) -> None:
        """Write the certificate to a file."""
        try:
            write_file(path, f"{self.certificate}\n".encode())
        except ConsultError as error:
            self.tell(error)
            return
        self.notice.show_text(t("The certificate lies in {path}.", path=path), "ok")

    def _let_go(self) -> None:
        self._case, self._expected, self.certificate = None, "", ""
        self.notice.show_text("")
        self.secret.clear()
        for field in (self.reason, self.confirmation):
            field.set_text("")
            field.set_error("")
        self.refresh()

    def forget(self) -> None:
        """Let go of who was chosen and of what was typed."""
        self.search.set_text("")
        self.found.show_rows(())
        self._let_go()
