"""Records and backup: what was backed up, would it come back, and the records as a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal

from consult_app.custody.exporting import Exported, export_records, find_shipped
from consult_app.errors import ConsultError
from consult_app.files import open_output
from consult_app.gui.access import Access
from consult_app.gui.custody.backups import Backups
from consult_app.gui.custody.decision_card import DecisionCard
from consult_app.gui.custody.erase_sheet import EraseSheet
from consult_app.gui.custody.import_sheet import ImportSheet
from consult_app.gui.custody.key_card import KeyCard
from consult_app.gui.custody.keyring_card import KeyringCard
from consult_app.gui.custody.long_sheet import LongSheet
from consult_app.gui.custody.open_records import OpenRecords
from consult_app.gui.custody.outcomes import (
    tell_checked,
    tell_drilled,
    tell_exported,
    tell_last,
    tell_made,
)
from consult_app.gui.custody.restore_sheet import Place, RestoreSheet
from consult_app.gui.custody.retention_card import RetentionCard
from consult_app.gui.custody.whole_card import WholeCard
from consult_app.gui.files_chosen import choose_folder, choose_target
from consult_app.gui.gate.page import describe
from consult_app.gui.main_window import MainWindow
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.flow import LOOSE, FlowBox
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.notice import Notice
from consult_app.store.deciding import check_decided, confirm_restore
from consult_app.store.faults import Border
from consult_app.store.interface import Damage
from consult_app.store.manifest import Backup
from consult_app.store.replaced import find_replaced
from consult_app.store.unlocking import SealedStore
from consult_app.store.watching import Watch
from consult_app.wording import t

OUTSIDE = t(
    "Backups lie on this computer. If it breaks or is stolen they are gone with it: choose a "
    "folder on a stick, a share or another disk."
)


class RecordsSheet(LongSheet):
    """Works on the open records as a whole.

    Args:
        theme: The look.
        room: Where the work is done; an open visit is closed before the records are changed.
        keys: The records, unlocked.
        access: Opens them again.

    Attributes:
        restore_wanted: A backup is to be restored; carries the `Wish`.
        back_wanted: The records from before a restore are to come back.
    """

    help_place = "records"
    restore_wanted = Signal(object)
    back_wanted = Signal()

    def __init__(self, theme: Theme, room: MainWindow, keys: SealedStore, access: Access) -> None:
        super().__init__(theme, t("Records and backup"), room)
        self._room, self._keys, self._access = room, keys, access
        self.decision = DecisionCard(theme)
        self.decision.keep_wanted.connect(self._keep_restored)
        self.decision.back_wanted.connect(self._go_back)
        self.column.addWidget(self.decision)
        self.column.addWidget(self._make_backup_card())
        self.column.addWidget(self._make_whole_card())
        settings = room.desk.settings
        self.retention = RetentionCard(theme, settings.keeping.retention_years)
        self.retention.chosen.connect(self._keep_years)
        self.column.addWidget(self.retention)
        self.key_card = KeyCard(theme, keys, access, self.tasks, settings.practice.paper)
        self.column.addWidget(self.key_card)
        self.keyring_card = KeyringCard(theme, keys, self.tasks, room.desk.clock)
        self.column.addWidget(self.keyring_card)
        self.column.addStretch(1)
        self.buttons += [self.make, self.check, self.drill, self.choose, self.restore, self.export]
        self.buttons += [self.take_in, self.erase, self.decision.keep, self.decision.back]
        self.refresh()

    def _make_backup_card(self) -> Card:
        theme = self.theme
        card = Card(theme, t("Backup"))
        self.last = Label(theme, "", "body", wrap=True)
        card.add(self.last)
        self.outside = Notice(theme, "", "warn")
        self.outside.set_dismissible(on=False)
        card.add(self.outside)
        buttons = FlowBox(t("Backup"), gap=LOOSE)
        self.make = Button(theme, t("Back up now"), "secondary", "archive")
        self.check = Button(theme, t("Check the records"), "ghost", "shield-check")
        self.drill = Button(theme, t("Try a restore"), "ghost", "rotate-ccw")
        self.choose = Button(theme, t("Choose a folder"), "ghost", "folder-open")
        self.choose.clicked.connect(
            lambda: choose_folder(self, t("Where backups go"), self.use_folder)
        )
        self.make.clicked.connect(self.back_up)
        self.check.clicked.connect(self.check_records)
        self.drill.clicked.connect(self.try_restore)
        for button in (self.check, self.drill, self.choose):
            button.set_flush()
        for button in (self.make, self.check, self.drill, self.choose):
            buttons.add(button)
        card.add(buttons)
        return card

    def _make_whole_card(self) -> Card:
        card = WholeCard(self.theme)
        self.restore, self.export = card.restore, card.export
        self.take_in, self.erase = card.take_in, card.erase
        self.restore.clicked.connect(self.choose_backup)
        self.export.clicked.connect(lambda: self.start("export"))
        self.take_in.clicked.connect(self.open_import)
        self.erase.clicked.connect(self.open_erasure)
        return card

    @property
    def backups(self) -> Backups:
        """Where backups go by the settings of now."""
        desk = self._room.desk
        return Backups(self._keys, desk.home, desk.settings.keeping.backup_folder, desk.clock)

    def start(self, task: str) -> None:
        """Begin one of the tasks at once: restore, export, import or erase; empty for none.

        Behind `export` the id of a patient may stand, who then is all that is exported.
        """
        name, _, patient_id = task.partition(" ")
        tasks = {
            "restore": self.choose_backup,
            "export": lambda: self.choose_export(patient_id),
            "import": self.open_import,
            "erase": self.open_erasure,
        }
        if name in tasks:
            tasks[name]()

    def use_folder(self, folder: Path) -> None:
        """Let backups go to a folder from now on."""
        self._room.change_keeping(backup_folder=str(folder))
        self.refresh()

    def refresh(self) -> None:
        """Say which backup is the last that was read back, and whether a restore waits."""
        self.decision.setVisible(find_replaced(self._keys.folder) is not None)
        backups = self.backups
        self.outside.show_text(OUTSIDE if backups.inside else "")
        try:
            last = backups.find_last()
            self.last.setText(tell_last(last, backups))
        except ConsultError as error:
            self.last.setText(describe(error))
            last = None
        self.drill.setEnabled(last is not None and not self.busy.text())

    def back_up(self) -> None:
        """Make a backup and read it back."""
        self.do(t("Backing up"), self.backups.make, self._show_made)

    def check_records(self) -> None:
        """Read everything that is kept."""
        self.do(t("Checking"), self._keys.verify, self._show_damages)

    def try_restore(self) -> None:
        """Restore the last backup into a scratch folder."""
        backups = self.backups

        def work(watch: Watch) -> tuple[str, str]:
            last = backups.find_last()  # since it was shown it may have been taken away
            return tell_drilled(backups.drill(last, watch), last) if last is not None else ("", "")

        self.do(t("Trying"), work, lambda told: self.notice.show_text(*told))

    def choose_backup(self) -> None:
        """Ask which backup is to take the place of the records."""
        try:
            with Border(self._keys.folder):
                check_decided(self._keys.folder)
        except ConsultError as error:
            self.tell(error)
            return
        place = Place(
            folder=self._keys.folder,
            target=self.backups.target,
            store=self._keys.keys.store,
            actor=self._keys.audit.actor,
            records=self._keys,
        )
        sheet = RestoreSheet(self.theme, place, self)
        sheet.restore_wanted.connect(self.restore_wanted)
        self._open(sheet)

    def choose_export(self, patient_id: str = "") -> None:
        """Ask where the export of everything goes, or that of one patient."""
        name = f"{'patient' if patient_id else 'records'}-{self._room.desk.clock():%Y-%m-%d}.zip"
        title = t("Export this patient") if patient_id else t("Export everything")
        choose_target(
            self, title, name, t("Zip (*.zip)"), lambda path: self.export_to(path, patient_id)
        )

    def export_to(self, path: Path, patient_id: str = "") -> None:
        """Write everything into one zip, or everything of one patient."""
        desk, keys = self._room.desk, self._keys
        self._room.reception.keep_draft()

        def work(watch: Watch) -> Exported:
            shipped = find_shipped(desk.resources, desk.pack)
            with open_output(path) as file:
                at = desk.clock().astimezone()
                return export_records(
                    keys, file, shipped, at=at, patient_id=patient_id, watch=watch
                )

        def show(exported: Exported) -> None:
            self.notice.show_text(*tell_exported(exported, path))

        if self._attempt(desk.records.finish_writing):
            self.do(t("Exporting"), work, show)

    def open_import(self) -> None:
        """Take records in, after the open visit was closed."""
        if self._room.clear_desk():
            sheet = ImportSheet(self.theme, self._hold(), self)
            sheet.imported.connect(self._room.start.refresh)
            self._open(sheet)

    def open_erasure(self) -> None:
        """Erase a patient, after the open visit was closed."""
        if self._room.clear_desk():
            sheet = EraseSheet(self.theme, self._hold(), self)
            sheet.erased.connect(self._room.start.refresh)
            self._open(sheet)

    def _hold(self) -> OpenRecords:
        return OpenRecords(
            keys=self._keys, access=self._access, backups=self.backups, desk=self._room.desk
        )

    def _open(self, sheet: LongSheet) -> None:
        sheet.help_wanted.connect(self.help_wanted)
        sheet.finished.connect(self.refresh)
        sheet.open()

    def _keep_years(self, years: int | None) -> None:
        self._room.change_keeping(retention_years=years)
        kept = self._room.desk.settings.keeping.retention_years
        self.retention.say(
            t("Not set, so no patient can be erased.") if kept is None else t("Set to {n}.", n=kept)
        )

    def _keep_restored(self) -> None:
        keys, at = self._keys, self._room.desk.clock().astimezone()
        self.do(
            t("Removing the records from before"),
            lambda _: confirm_restore(keys, at=at),
            lambda _: self.notice.show_text(
                t("The restored records are kept; those they replaced are gone for good."), "ok"
            ),
        )

    def _go_back(self) -> None:
        self.accept()
        self.back_wanted.emit()

    def _attempt(self, work: Callable[[], object]) -> bool:
        try:
            work()
        except ConsultError as error:
            self.tell(error)
            return False
        return True

    def _show_made(self, made: Backup) -> None:
        self.notice.show_text(*tell_made(made, self._keys.damaged()))

    def _show_damages(self, damages: Sequence[Damage]) -> None:
        self.notice.show_text(*tell_checked(damages))

    def forget(self) -> None:
        """Forget what was typed."""
        self.key_card.forget()
        self.keyring_card.forget()
