"""Records and backup: what was backed up, whether it would come back, and the keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from consult_app.errors import ConsultError
from consult_app.gui.access import Access
from consult_app.gui.backups import Backups
from consult_app.gui.desk import Desk
from consult_app.gui.files_chosen import choose_folder
from consult_app.gui.gate.page import describe
from consult_app.gui.key_card import KeyCard
from consult_app.gui.phrases import write_clock, write_day
from consult_app.gui.tasks import Tasks
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.flow import FlowBox
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.widgets.scrolling import ScrollPane
from consult_app.store.interface import Damage
from consult_app.store.manifest import Backup
from consult_app.store.unlocking import SealedStore
from consult_app.store.watching import Watch
from consult_app.wording import t

T = TypeVar("T")
OUTSIDE = t(
    "Backups lie on this computer. If it breaks or is stolen they are gone with it: choose a "
    "folder on a stick, a share or another disk."
)


class RecordsSheet(QDialog):
    """Backs the open records up, checks them, tries a restore out, and changes the keys.

    Attributes:
        progressed: How far the work is; carries done and total.
        folder_chosen: Backups are to go to another folder; carries it.
    """

    progressed = Signal(int, int)
    folder_chosen = Signal(object)

    def __init__(
        self, theme: Theme, desk: Desk, keys: SealedStore, access: Access, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setWindowTitle(t("Records and backup"))
        self.resize(theme.px(680), theme.px(640))
        self._theme, self._keys = theme, keys
        self._backups = Backups(keys, desk.home, desk.settings.keeping.backup_folder, access.clock)
        self.tasks = Tasks(self._tell, self)
        self._stopped = Event()
        self._doing = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(14), theme.px(20))
        column.setSpacing(theme.px(12))
        pane = ScrollPane(theme)
        column.addWidget(pane, 1)
        pane.body.addWidget(self._make_backup_card())
        self.key_card = KeyCard(theme, keys, access, self.tasks, desk.settings.practice.paper)
        pane.body.addWidget(self.key_card)
        pane.body.addStretch(1)
        column.addLayout(self._make_foot())
        self.progressed.connect(self._show_progress)
        self.show_last()

    def _make_backup_card(self) -> QWidget:
        theme = self._theme
        card = Card(theme, t("Backup"))
        self.last = Label(theme, "", "body", wrap=True)
        card.add(self.last)
        self.outside = Notice(theme, OUTSIDE if self._backups.inside else "", "warn")
        self.outside.set_dismissible(on=False)
        card.add(self.outside)
        buttons = FlowBox(t("Backup"))
        self.make = Button(theme, t("Back up now"), "secondary", "archive")
        self.check = Button(theme, t("Check the records"), "ghost", "shield-check")
        self.drill = Button(theme, t("Try a restore"), "ghost", "rotate-ccw")
        self.choose = Button(theme, t("Choose a folder"), "ghost", "folder-open")
        for button in (self.make, self.check, self.drill, self.choose):
            buttons.add(button)
        self.choose.clicked.connect(
            lambda: choose_folder(self, t("Where backups go"), self.use_folder)
        )
        self.make.clicked.connect(self.back_up)
        self.check.clicked.connect(self.check_records)
        self.drill.clicked.connect(self.try_restore)
        card.add(buttons)
        self.notice = Notice(theme, tone="ok")
        self.notice.set_dismissible(on=False)
        card.add(self.notice)
        return card

    def _make_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.busy = Label(self._theme, "", "label", "text2")
        self.stop = Button(self._theme, t("Stop"), "ghost", "x")
        self.stop.clicked.connect(self._stopped.set)
        self.stop.hide()
        done = Button(self._theme, t("Done"), "primary")
        done.clicked.connect(self.accept)
        row.addWidget(self.busy)
        row.addWidget(self.stop)
        row.addStretch(1)
        row.addWidget(done)
        return row

    def use_folder(self, folder: Path) -> None:
        """Let backups go to a folder from now on."""
        self.folder_chosen.emit(folder)
        self._backups = self._backups.at(folder)
        self.outside.show_text("")
        self.show_last()

    def show_last(self) -> None:
        """Say which backup is the last that was read back."""
        try:
            last = self._backups.find_last()
        except ConsultError as error:
            self.last.setText(describe(error))
            last = None
        else:
            self.last.setText(tell_last(last, self._backups))
        self.drill.setEnabled(last is not None)

    def back_up(self) -> None:
        """Make a backup and read it back."""
        self._do(t("Backing up"), self._backups.make, self._show_made)

    def check_records(self) -> None:
        """Read everything that is kept."""
        self._do(t("Checking"), lambda _: self._keys.verify(), self._show_damages)

    def try_restore(self) -> None:
        """Restore the last backup into a scratch folder."""
        last = self._backups.find_last()
        if last is not None:
            self._do(t("Trying"), lambda watch: self._backups.drill(last, watch), self._show_drill)

    def _do(self, doing: str, work: Callable[[Watch], T], then: Callable[[T], None]) -> None:
        self._doing = doing
        self._stopped.clear()
        self._set_busy(doing)
        watch = Watch(progress=self.progressed.emit, is_stopped=self._stopped.is_set)

        def end(found: T) -> None:
            self._set_busy("")
            then(found)

        self.tasks.run(lambda: work(watch), end)

    def _set_busy(self, words: str) -> None:
        self.busy.setText(words)
        self.stop.setVisible(bool(words))
        for button in (self.make, self.check, self.drill):
            button.setEnabled(not words)
        if words:
            self.notice.show_text("")

    def _show_progress(self, done: int, total: int) -> None:
        if self.stop.isVisible():
            self.busy.setText(f"{self._doing}: {100 * done // max(1, total)} %")

    def _show_made(self, made: Backup) -> None:
        self.show_last()
        self.notice.show_text(t("Backed up and read back: {count}.", count=count(made)), "ok")

    def _show_damages(self, damages: Sequence[Damage]) -> None:
        self.show_last()
        self._say_damages(damages, t("Everything was read; nothing is damaged or missing."))

    def _show_drill(self, damages: Sequence[Damage]) -> None:
        self.show_last()
        self._say_damages(
            damages, t("The last backup was restored beside the records. It is whole.")
        )

    def _say_damages(self, damages: Sequence[Damage], sound: str) -> None:
        if not damages:
            self.notice.show_text(sound, "ok")
            return
        lines = "; ".join(f"{it.table} {it.id}: {it.reason}" for it in damages[:5])
        text = t(
            "{n} damaged: {lines}. The others can be read. Restore them from a backup.",
            n=len(damages),
            lines=lines,
        )
        self.notice.show_text(text, "stop")

    def _tell(self, error: Exception) -> None:
        self._set_busy("")
        self.show_last()
        self.notice.show_text(describe(error), "stop")

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Stop what is being done, as at lock and when it is closed."""
        self._stopped.set()
        self.tasks.wait()
        self.key_card.forget()
        super().hideEvent(event)


def tell_last(last: Backup | None, backups: Backups) -> str:
    """Return when the last backup was made and where it lies."""
    if last is None:
        return t("No backup yet. It will go to {target}.", target=backups.target)
    at = last.at.astimezone().replace(tzinfo=None)
    when = f"{write_day(at.date())} {write_clock(at)[:5]}"
    return t(
        "Last backup that was read back: {when}, {count}. It lies in {target}.",
        when=when,
        count=count(last),
        target=backups.target,
    )


def count(backup: Backup) -> str:
    """Return how much a backup holds."""
    counts = ", ".join(f"{number} {table}" for table, number in backup.counts.items())
    return counts or "empty"
