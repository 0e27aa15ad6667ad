"""Choosing the backup that is to take the place of the records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from consult_app.custody.choosing import Left, list_left, read_left, tell_fault
from consult_app.gui.custody.backups import count, write_moment
from consult_app.gui.custody.long_sheet import LongSheet
from consult_app.gui.files_chosen import choose_folder
from consult_app.gui.start.person_list import PersonList
from consult_app.gui.start.person_row import PersonRow
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.chips import Chip
from consult_app.gui.widgets.flow import FlowBox
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.secret_field import SecretField
from consult_app.gui.widgets.speaking import speak
from consult_app.store.backup import list_backups
from consult_app.store.entry import Actor
from consult_app.store.manifest import Backup
from consult_app.store.restoring import check_secret
from consult_app.store.unlocking import SealedStore
from consult_app.wording import t

LEAD = t(
    "The records go back to the state of a backup; what was entered after it is missing then. "
    "First what is there now is backed up as well, if it can be opened. The records that are "
    "replaced stay beside the restored ones until you have looked and say which to keep."
)
FRESH = t(
    "The records come out of a backup. There are none on this computer that it would replace. The "
    "passphrase is the one of the time when the backup was made. The settings of the practice, its "
    "own numbers among them, are in no backup: they are set up again afterwards."
)
NONE = t("There is no backup here. Choose the folder that holds them, such as a stick or a share.")
NOT_NEWEST = t(
    "What is newer is damaged, or somebody went away from it; the list says which. The newest "
    "one to take is of {when}."
)
NONE_WHOLE = t(
    "None of them is whole. Of a damaged one, what can be read is restored and the rest is named."
)
REPLACED = t("This backup {what}. To have that back all the same, press Restore again.")
PARTLY = t("Take what can be read where a part is damaged")
REST = t(
    "Choose a whole one if you can. Otherwise what can be read of this one is restored, and what "
    "is damaged is named."
)
CLOSING = t(
    "The records are closed meanwhile and opened again afterwards. It can be stopped; then they "
    "are as they were."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What is to be restored into.

    Attributes:
        folder: Where the records lie or are to lie.
        target: Where backups go.
        store: Id of the records; empty where nothing there can be read.
        actor: Who restores, for the audit.
        records: The records there, where they are open.
    """

    folder: Path
    target: Path
    store: str = ""
    actor: Actor = Actor()
    records: SealedStore | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be restored.

    Attributes:
        backup: The backup.
        secret: Opens it, or the records now.
        target: Where the backup of what is there now goes.
        actor: Who restores, for the audit.
        partly: Whether what can be read is wanted where a part of the backup is damaged.
    """

    backup: Backup
    secret: str = field(repr=False)
    target: Path
    actor: Actor = Actor()
    partly: bool = False


class RestoreSheet(LongSheet):
    """Lists backups with their dates, and asks for the passphrase.

    Args:
        theme: The look.
        place: What is to be restored into.
        parent: Qt owner.

    Attributes:
        restore_wanted: A backup is to be restored; carries the `Wish`. Its secret was tried.
    """

    help_place = "restore"
    restore_wanted = Signal(object)

    def __init__(self, theme: Theme, place: Place, parent: QWidget) -> None:
        super().__init__(theme, t("Restore a backup"), parent)
        self._place = place
        self._chosen: Backup | None = None
        self._left = Left()
        first = Card(theme, t("Restore a backup"))
        self.lead = Label(theme, LEAD if place.store else FRESH, "body", "text2", wrap=True)
        self.elsewhere = Button(theme, t("Look in another folder"), "ghost", "folder-open")
        self.elsewhere.set_flush()
        self.elsewhere.clicked.connect(
            lambda: choose_folder(self, t("Where the backups lie"), self.look_in)
        )
        row = FlowBox(t("Where backups lie"))
        row.add(self.elsewhere)
        for part in (self.lead, row):
            first.add(part)
        self.column.addWidget(first)
        self.column.addWidget(self._make_second())
        self.listed = PersonList(theme, t("Backups, newest first"))
        self.column.addWidget(self.listed)
        self.column.addStretch(1)
        self.buttons += [self.elsewhere, self.go]
        self.look_in(place.target)

    def _make_second(self) -> Card:
        theme = self.theme
        self.second = Card(theme, t("Restore"))
        self.words = Label(theme, "", "body", wrap=True)
        self.secret = SecretField(theme, t("Passphrase or recovery code"))
        self.secret.line.returnPressed.connect(self._go)
        self.partly = Chip(theme, PARTLY, "warn")
        self.go = Button(theme, t("Restore this backup"), "primary", "rotate-ccw")
        self.go.clicked.connect(self._go)
        row = FlowBox(t("Restore"))
        row.add(self.go)
        for part in (self.words, self.secret, self.partly, row):
            self.second.add(part)
        self.second.hide()
        return self.second

    def look_in(self, folder: Path) -> None:
        """List the backups in a folder."""
        self._let_go()

        def look(_: object) -> Sequence[Backup]:
            if self._place.records is not None:
                self._left = list_left(self._place.records)
            return list_backups(folder, self._place.store) if folder.is_dir() else ()

        self.do(t("Looking for backups"), look, self._show)

    def _show(self, found: Sequence[Backup]) -> None:
        """List them, and begin at the newest that may be taken, saying what stands before it."""
        self.listed.show_rows([self._make_row(backup) for backup in found], NONE)
        whole = [it for it in found if it.is_sound and not tell_fault(it, self._left)]
        if whole and whole[0] is not found[0]:
            when = write_moment(whole[0].at)
            self.notice.show_text(NOT_NEWEST.format(when=when), "info")
        elif found and not whole:
            self.notice.show_text(NONE_WHOLE, "warn")
        if not found:
            self.elsewhere.setFocus()
            speak(self.listed, NONE)
        for row, backup in zip(self.listed.rows, found, strict=False):
            if backup in (whole or found)[:1]:
                # The lines are shown only when Qt comes to it.
                QTimer.singleShot(0, row.button, row.button.setFocus)

    def _make_row(self, backup: Backup) -> PersonRow:
        if backup.is_sound:
            known = tell_fault(backup, self._left)
            about: tuple[str, ...] = (count(backup), known or t("read back when it was made"))
        else:
            about = (t("damaged"), *backup.faults[:2])
        when = write_moment(backup.at)
        return PersonRow(self.theme, when, about, t("Choose"), lambda: self.choose(backup))

    def choose(self, backup: Backup) -> None:
        """Ask for the passphrase for this one."""
        self._chosen = backup
        when = write_moment(backup.at)
        self.second.set_title(t("Restore {when}", when=when))
        self.words.setText(self._describe(backup))
        # Of a damaged one nothing else can be had, and its faults stand above.
        self.partly.setChecked(not backup.is_sound)
        self.second.show()
        self.secret.setFocus()

    def _describe(self, backup: Backup) -> str:
        if not backup.is_sound:
            faults = "; ".join(backup.faults)
            return f"{t('This backup is damaged: {faults}.', faults=faults)} {REST} {CLOSING}"
        damaged = (
            t("When it was made, {n} of the records were damaged already.", n=backup.damaged)
            if backup.damaged
            else ""
        )
        again = t(
            "What it holds: {count}. It was read back when it was made and is read again, from end "
            "to end, before it counts.",
            count=count(backup),
        )
        return " ".join(filter(None, (again, damaged, CLOSING)))

    def _go(self) -> None:
        backup, secret = self._chosen, self.secret.text()
        if backup is None or not secret:
            return
        wish = Wish(
            backup=backup,
            secret=secret,
            target=self._place.target,
            actor=self._place.actor,
            partly=self.partly.isChecked(),
        )

        def try_secret(_: object) -> Left:
            check_secret(backup, self._place.folder, secret)
            if self._place.records is not None:
                return self._left
            # Of closed records nobody knew before what a restore had replaced.
            return read_left(self._place.folder, secret)

        self.do(t("Trying the passphrase"), try_secret, lambda found: self._want(wish, found))

    def _want(self, wish: Wish, left: Left) -> None:
        """Hand it on; one that holds what somebody went away from is told of first."""
        told, self._left = self._left, left
        what = left.find(wish.backup)
        if what and not told.find(wish.backup):
            self.notice.show_text(REPLACED.format(what=what), "warn")
            return
        self.accept()
        self.restore_wanted.emit(wish)

    def _let_go(self) -> None:
        self._chosen = None
        self.secret.clear()
        self.partly.setChecked(False)
        self.second.hide()
        self.notice.show_text("")

    def forget(self) -> None:
        """Forget what was chosen and typed."""
        self._let_go()
