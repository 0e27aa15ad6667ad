"""Records from elsewhere: first what would change, then, with the passphrase, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from consult_app.custody.identities import BORN
from consult_app.custody.importing import Changes, compare, import_records
from consult_app.exchange.incoming import Incoming, open_incoming
from consult_app.files import open_input
from consult_app.gui.custody.long_sheet import LongSheet
from consult_app.gui.custody.open_records import OpenRecords
from consult_app.gui.files_chosen import choose_file
from consult_app.gui.phrases import write_day, write_name
from consult_app.gui.start.listed import KINDS as VISITS
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.flow import FlowBox
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.secret_field import SecretField
from consult_app.gui.workspace.identity import SEXES
from consult_app.store.interface import PUT_AWAY, Summary
from consult_app.store.watching import Watch
from consult_app.wording import t

LEAD = t(
    "Takes in an export of this program, or the TinyDB file that lies in one. First you see what "
    "would change; nothing is changed until you say so. Then a backup is made, and all of it comes "
    "in, or nothing. A signed visit is never changed, and who was erased here does not come back."
)
BESIDE = t(
    "Signed in one place, and gone on with or signed otherwise in another: what is signed counts, "
    "here before there. What the other one says besides waits as an unfinished visit. Open it, "
    "write what holds in an addendum to the signed record, then put it away: {visits}."
)
TWICE = t(
    "Unfinished in two places, and each says something else: both wait as unfinished visits. Bring "
    "what holds into one of them, then put the other one away: {visits}."
)
OTHERWISE = t(
    "Who somebody is differs. Ask them, and correct it under Details in a visit of theirs: {lines}."
)
ERASED_THERE = t(
    "Patients erased where this comes from, who stay here until they are erased here too: {n}"
)
PARTS = {
    "name": t("name"),
    "date_of_birth": t("date of birth"),
    "sex": t("sex"),
    "record_number": t("record number"),
}
KINDS = {
    "patients": t("Patients"),
    "consultations": t("Signed visits"),
    "drafts": t("Unfinished visits"),
    PUT_AWAY: t("Visits put away"),
    "anonymous": t("Visits without a name"),
}
FATES = {
    "new": t("added"),
    "mended": t("put in the place of a damaged one"),
    "replaced": t("put in the place of an earlier one"),
    "filled": t("filled in where the one here leaves something open"),
    "beside": t("added beside the one that is here, because it says something else"),
    "kept": t("kept beside the one that comes in, because it says something else"),
    "same": t("here already"),
    "older": t("left out, because the one here is as new or newer"),
    "signed": t("left out, because the visit is signed here"),
    "erased": t("left out, because they were erased here"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What was chosen and what it would change."""

    incoming: Incoming
    changes: Changes


class ImportSheet(LongSheet):
    """Shows what an import would change, and does it.

    Attributes:
        imported: Records came in.
    """

    help_place = "import"
    imported = Signal()

    def __init__(self, theme: Theme, held: OpenRecords, parent: QWidget) -> None:
        super().__init__(theme, t("Import records"), parent)
        self._held = held
        self._preview: Preview | None = None
        self._file = ExitStack()
        first = Card(theme, t("Import records"))
        first.add(Label(theme, LEAD, "body", "text2", wrap=True))
        row = FlowBox(t("Import"))
        self.choose = Button(theme, t("Choose a file"), "secondary", "folder-open")
        self.choose.clicked.connect(self._choose)
        row.add(self.choose)
        first.add(row)
        self.column.addWidget(first)
        self.column.addWidget(self._make_second())
        self.after, self.more = (
            Card(theme, t("To look at now")),
            Label(theme, "", "body", wrap=True),
        )
        self.after.add(self.more)
        self.column.addWidget(self.after)
        self.column.addStretch(1)
        self.buttons += [self.choose, self.go]
        self.refresh()
        self.choose.setFocus()

    def _make_second(self) -> Card:
        theme = self.theme
        self.second = Card(theme, t("What would change"))
        self.changes = Label(theme, "", "body", wrap=True)
        self.secret = SecretField(theme, t("Passphrase or recovery code"))
        self.secret.line.returnPressed.connect(self._import)
        self.go = Button(theme, t("Import"), "primary", "archive")
        self.go.clicked.connect(self._import)
        self._onward = FlowBox(t("Import these records"))
        self._onward.add(self.go)
        for part in (self.changes, self.secret, self._onward):
            self.second.add(part)
        return self.second

    def refresh(self) -> None:
        """Show what would change, and the way on if anything would."""
        preview = self._preview
        self.after.hide()
        self.second.setVisible(preview is not None)
        if preview is None:
            return
        taken = preview.changes.taken
        self.changes.setText(describe_changes(preview.changes))
        self.secret.setVisible(taken > 0)
        self._onward.setVisible(taken > 0)
        self.go.set_text(t("Import {n} records", n=taken))

    def look_at(self, path: Path) -> None:
        """Check a file and compare what is in it with the records."""
        self.forget()

        def work(watch: Watch) -> Preview:
            file = self._file.enter_context(open_input(str(path)))
            incoming = open_incoming(file, watch.part(0, 0.5).tell)
            changes = compare(self._held.keys, incoming, watch.part(0.5, 1))
            return Preview(incoming=incoming, changes=changes)

        self.do(t("Checking the file"), work, self._show)

    def _choose(self) -> None:
        kinds = t("Exports (*.zip *.json);;All files (*)")
        choose_file(self, t("The export to take in"), kinds, self.look_at)

    def _show(self, preview: Preview) -> None:
        self._preview = preview
        self.refresh()
        self.secret.setFocus()

    def _import(self) -> None:
        preview = self._preview
        if preview is None or not preview.changes.taken:
            return
        held, secret = self._held, self.secret.text()
        incoming, changes = preview.incoming, preview.changes

        def work(watch: Watch) -> Changes:
            held.access.check(held.keys, secret)
            made = held.backups.make_before(watch.part(0, 0.4))
            later = watch.part(0.4, 1)
            import_records(held.keys, incoming, changes, backup=made, at=held.now(), watch=later)
            return changes

        self.do(t("Importing"), work, self._tell_imported)

    def _tell_imported(self, changes: Changes) -> None:
        self.forget()
        self.refresh()
        told = t(
            "{n} records came in. The backup made before is kept, should you want to go back.",
            n=changes.taken,
        )
        self.notice.show_text(told, "ok")
        self.more.setText("\n".join(list_more(changes)))
        self.after.setVisible(bool(self.more.text()))
        self.imported.emit()

    def forget(self) -> None:
        """Close the file and forget the passphrase."""
        self.secret.clear()
        self._preview = None
        self._file.close()


def describe_changes(changes: Changes) -> str:
    """Return what an import would change, a line for each kind and fate."""
    lines = [
        t("{kind}: {n} {fate}", kind=KINDS[kind], n=number, fate=FATES[fate])
        for kind, fates in changes.counts.items()
        for fate, number in fates.items()
    ]
    lines += list_more(changes)
    if changes.without_files:
        lines.append(
            t("{n} records refer to files that did not come with them.", n=changes.without_files)
        )
    if changes.erased_there:
        lines.append(ERASED_THERE.format(n=changes.erased_there))
    if not changes.taken:
        lines.append(t("So nothing would change, and there is nothing to import."))
    return "\n".join(lines)


def list_more(changes: Changes) -> list[str]:
    """Return what somebody has to look at after an import, with the patients it is about."""
    told = (
        _tell_otherwise(changes),
        _tell_visits(BESIDE, changes.beside),
        _tell_visits(TWICE, changes.twice),
    )
    return [*filter(None, told)]


def _tell_otherwise(changes: Changes) -> str:
    """Return who the same patient is here and in what comes in, where that differs."""
    lines = [
        (
            t("{name}: {part} stays {ours}, what comes in says {theirs}")
            if it.stays
            else t("{name}: {part} becomes {theirs}, here it is {ours}")
        ).format(
            name=write_name(it.name) or t("no name"),
            part=PARTS[it.part],
            ours=_write_part(it.part, it.ours),
            theirs=_write_part(it.part, it.theirs),
        )
        for it in changes.otherwise
    ]
    return OTHERWISE.format(lines="; ".join(lines)) if lines else ""


def _write_part(part: str, value: str) -> str:
    """Return a part of who somebody is as people read it."""
    if part == BORN:
        return write_day(date.fromisoformat(value))
    return dict(SEXES).get(value, write_name(value))


def _tell_visits(words: str, lines: Sequence[Summary]) -> str:
    """Return whose visits words are about; empty for nobody's."""
    visits = [
        t(
            "{name}, {visit} of {day}",
            name=write_name(it.name) or t("no name"),
            visit=VISITS.get(it.kind, it.kind),
            day=write_day(date.fromisoformat(it.visit_date)),
        )
        for it in lines
    ]
    return words.format(visits="; ".join(visits)) if visits else ""
