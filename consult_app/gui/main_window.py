"""Where the work is done: start page, patient, workspace and handout preview, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from consult_app.errors import ConsultError
from consult_app.gui.commands import make_shortcut, use_keys
from consult_app.gui.desk import Desk
from consult_app.gui.finding.fields_offered import offer_all
from consult_app.gui.handout.view import HandoutView
from consult_app.gui.handout.work import HandoutWork
from consult_app.gui.keys_chosen import assign_keys
from consult_app.gui.patient_view.screen import PatientScreen
from consult_app.gui.sheets import Sheets
from consult_app.gui.start.anew import begin_anew
from consult_app.gui.start.reception import Reception
from consult_app.gui.tasks import Tasks
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.pages import Pages
from consult_app.gui.workspace.obstacles import list_obstacles
from consult_app.gui.workspace.open_visit import OpenVisit
from consult_app.gui.workspace.signing import list_unread
from consult_app.gui.workspace.text_size import take_look
from consult_app.gui.workspace.undoing import take_back
from consult_app.gui.workspace.workspace import Workspace
from consult_app.handout.sheet import Sheet
from consult_app.settings import Settings, change_hands

Actions = dict[str, Callable[[], object]]


class MainWindow(QWidget):
    """Serves what its parts and the keys ask for.

    Attributes:
        lock_wanted: The screen is to be locked.
        records_wanted: Backup and keys are to be looked after; carries what to begin with, such as
            `restore`, or nothing.
        reception: Begins, opens and closes visits.
        start: The start page.
        show_start, begin_visit, open_visit, show_visit: As the reception does it.
        tell: Says what went wrong and what to do.
    """

    lock_wanted = Signal()
    records_wanted = Signal(str)

    def __init__(self, theme: Theme, desk: Desk) -> None:
        super().__init__()
        self.theme = theme
        self.desk = desk
        self.sheets = Sheets(theme, desk.pack, self)
        self.tell = self.sheets.tell
        self.tasks = Tasks(self.tell, self)
        self._take_keys()
        self._stack = Pages()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.reception = Reception(theme, desk, self.sheets, lambda: self.window().close(), self)
        self.start = self.reception.start
        self.show_start = self.reception.show_start
        self.begin_visit = self.reception.begin_visit
        self.open_visit = self.reception.open_visit
        self.show_visit = self.reception.show_visit
        self.preview = HandoutView(theme)
        for page in (self.reception.start, self.reception.person, self.preview):
            self._stack.add_page(page)
        self.handout = HandoutWork(self, theme, desk, self.tasks, self.tell)
        self.patient = PatientScreen(self, theme, self.tasks, self.run)
        self._connect()
        self.reception.show_start()

    def _connect(self) -> None:
        self.reception.start.settings_wanted.connect(lambda: self.run("settings"))
        self.reception.start.records_wanted.connect(self.records_wanted)
        self.reception.person.export_wanted.connect(lambda it: self.run(f"records:export {it}"))
        self.reception.opened.connect(self._take_in)
        self.reception.closing.connect(self._let_go)
        self.reception.shown.connect(self._show_page)
        self.preview.close_wanted.connect(self._show_workspace)
        self.handout.serve(self.preview)
        self.handout.rendered.connect(self._show_preview)
        self.patient.opened.connect(self._show_page)
        self.patient.ended.connect(self._show_workspace)

    def _take_keys(self) -> None:
        """Serve the keys of every command, by the practice's own choice where it can be used."""
        try:
            self.sheets.commands = assign_keys(self.desk.settings.keys)
        except ConsultError as error:
            QTimer.singleShot(0, self, partial(self.tell, error))
        use_keys(self.sheets.commands)
        for command in self.sheets.commands:
            if command.keys and not command.place:
                make_shortcut(command.keys, self).activated.connect(partial(self.run, command.id))

    @property
    def workspace(self) -> Workspace | None:
        """The workspace of the visit that is open."""
        return self.reception.visit.workspace if self.reception.visit is not None else None

    def run(self, command: str) -> None:
        """Do a command of the table in `commands`; without an open visit most do nothing."""
        if self.patient.take(command):
            return
        kind, _, target = command.partition(":")
        workspace = self.workspace
        menu = workspace.rail.menu if workspace is not None else None
        free: Actions = {
            "new": self._new,
            "help": self.sheets.show_help,
            "menu": lambda: self.sheets.show_menu(self.run, menu),
            "lock": self.lock_wanted.emit,
            "start": self.reception.show_start,
            "settings": self._edit_settings,
            "own": lambda: self.sheets.show_own(self.desk),
            **{it: partial(self._begin_after, it) for it in ("treatment", "review", "return")},
            f"visit:{target}": partial(self.open_visit, target),
            "file": self.reception.start.file_wanted.emit,
            **{f"finder{it}": partial(self._find, target) for it in ("", ":medications", ":hands")},
            "undo": lambda: take_back(self.workspace),
            "redo": lambda: take_back(self.workspace, redo=True),
        }
        if command in free:
            free[command]()
        elif kind == "hands":
            colleague = self.desk.settings.colleagues[int(target)]
            self._try_settings(change_hands(self.desk.settings, colleague))
        elif kind in {"search", "records", "settings"}:
            look = self.reception.look_for if kind == "search" else self.records_wanted.emit
            (self._edit_settings if kind == "settings" else look)(target)
        elif workspace is not None and kind == "panel":
            step, _, field = target.partition(":")
            self._in_panels(lambda: workspace.show_panel(step, field))
        elif workspace is not None and kind in {"item", "record"}:
            lead = workspace.go_to if kind == "item" else workspace.record
            self._in_panels(lambda: lead(target))
        elif workspace is not None:
            self._run_in(workspace, command)

    def _run_in(self, workspace: Workspace, command: str) -> None:
        session = workspace.session
        actions: Actions = {
            "next_panel": lambda: self._in_panels(lambda: workspace.turn(1)),
            "previous_panel": lambda: self._in_panels(lambda: workspace.turn(-1)),
            "next_needed": lambda: self._in_panels(workspace.walk.go_on),
            "answer_rest": workspace.panel.answer_rest,
            "same": workspace.panel.take_same,
            "compare": lambda: self.sheets.compare(session, self.desk),
            "accept": self._accept,
            "addendum": lambda: self._begin_after("addendum"),
            "patient_view": self.toggle_patient_view,
            "handout": self.handout.show,
            "print": self.handout.print,
            "sign": self.sign,
            "save": self.handout.save,
            "phrases": lambda: self.sheets.offer_phrases(self.desk.records),
            "identity": lambda: self.sheets.edit_identity(session, self.desk, command),
            "file_away": self.reception.ask_to_file,
            "anew": partial(begin_anew, self.reception, self.sheets.tell),
            **{it: partial(workspace.cycle, by) for it, by in (("cycle", 1), ("cycle_back", -1))},
        }
        actions[command.partition(":")[0]]()

    def settle(self) -> None:
        """Make everything durable that was begun.

        Raises:
            ConsultError: It could not be; it is still in the window.
        """
        self.tasks.wait()
        self.reception.keep_draft()
        self.desk.records.finish_writing()

    def forget_steps(self) -> None:
        """Drop what could be undone; whoever unlocks the screen finds the work as it stands."""
        if self.workspace is not None:
            self.workspace.session.forget_steps()

    def toggle_patient_view(self) -> None:
        """Show the patient their own sheet, large, or end that."""
        if self.patient.view is not None:
            self.patient.end()
        elif self.workspace is not None:
            self.patient.open(self.workspace.session, self.desk, self.workspace.panel.step)

    def sign(self) -> None:
        """Sign and lock, with the exact PDF kept; what is missing is said and nothing changes."""
        if self.workspace is None or self.workspace.session.locked:
            return
        session = self.workspace.session
        unread = list_unread(self.workspace)
        obstacles = (*unread, *list_obstacles(session.visit, session.judgement, self.desk))
        if obstacles:
            self.sheets.show_obstacles(obstacles, self.run)
            return
        self.reception.keep_draft()
        self.handout.sign()

    def _take_in(self, opened: OpenVisit) -> None:
        """Serve the workspace of a visit that was opened."""
        opened.workspace.wanted.connect(self.run)
        self.handout.session = opened.session
        self.handout.prepare()

    def _let_go(self) -> None:
        """Close what belongs to the visit that is being closed."""
        self.patient.end()
        self.sheets.close_identity()
        if self.workspace is not None:
            self._stack.drop_page(self.workspace)
        self.handout.session = None

    def _show_preview(self, sheet: Sheet, pages: list[QImage], unprinted: str) -> None:
        self.preview.show_sheet(sheet, pages, unprinted)
        if self._stack.page is not self.preview:
            self._stack.show_page(self.preview)
            self.preview.back.setFocus()

    def _accept(self) -> None:
        if self.workspace is not None:
            panel = self.workspace.panel
            (self.sign if panel.signs else panel.accept)()

    def _find(self, first: str) -> None:
        fields = offer_all(self.workspace) if self.workspace is not None else None
        here = self.workspace.panel.step if self.workspace is not None else ""
        self.sheets.find(self.run, self.desk.settings.colleagues, fields, first, here)

    def _new(self) -> None:
        start, person = self.reception.start, self.reception.person
        begin: dict[QWidget | None, Callable[[], object]] = {
            start: start.begin_new,
            person: person.begin_again,
        }
        begin.get(self._stack.page, self.show_start)()

    def _begin_after(self, kind: str) -> None:
        """Begin what follows a signed visit; on the start page nobody is meant."""
        if self._stack.page is not self.reception.start:
            self.reception.begin_after(kind)

    def change_keeping(self, **changes: str | int | None) -> None:
        """Keep records and backups in another way from now on; see `settings.Keeping`."""
        keeping = replace(self.desk.settings.keeping, **changes)  # type: ignore[arg-type] # of its fields
        self._try_settings(replace(self.desk.settings, keeping=keeping))

    def _try_settings(self, settings: Settings) -> None:
        try:
            self._keep_settings(settings)
        except ConsultError as error:
            self.tell(error)

    def clear_desk(self) -> bool:
        """Go back to the start page, and tell whether no visit is open any more."""
        self.reception.show_start()
        return self.reception.visit is None

    def _edit_settings(self, lead: str = "") -> None:
        then = self.start.focus_first if self._stack.page is self.start else lambda: None
        self.sheets.edit_settings(self.desk, self._keep_settings, then, lead)

    def _keep_settings(self, settings: Settings) -> None:
        self.desk = self.desk.save_settings(settings)
        self.sheets.pack = self.desk.pack
        take_look(self.theme, settings.screen, self.workspace)
        self.reception.use(self.desk)
        self.patient.use(self.desk)
        self.handout.use(self.desk, self.preview if self._stack.page is self.preview else None)

    def _show_page(self, page: QWidget) -> None:
        self._stack.show_page(page)
        if page is self.workspace:
            page.bookmark.settle()

    def _show_workspace(self) -> None:
        if self.workspace is not None:
            self._stack.show_page(self.workspace)

    def _in_panels(self, go: Callable[[], None]) -> None:
        self._show_workspace()
        go()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Close without asking: everything is kept. Only what cannot be kept is asked about."""
        self.tasks.wait()
        if not self.reception.close_visit():
            event.ignore()
            return
        super().closeEvent(event)
