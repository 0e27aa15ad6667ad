"""Where the work is done: start page, workspace and handout preview, one at a time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from consult_app.domain.consultation import Consultation
from consult_app.domain.people import Patient
from consult_app.errors import ConsultError
from consult_app.gui.commands import COMMANDS
from consult_app.gui.desk import Desk
from consult_app.gui.handout_view import HandoutView
from consult_app.gui.handout_work import HandoutWork
from consult_app.gui.journal import Journal
from consult_app.gui.patient_screen import PatientScreen
from consult_app.gui.session import Session
from consult_app.gui.sheets import Sheets
from consult_app.gui.start_page import StartPage
from consult_app.gui.tasks import Tasks
from consult_app.gui.theme import Theme
from consult_app.gui.workspace import Workspace
from consult_app.handout.sheet import Sheet
from consult_app.knowledge.locking import find_obstacles
from consult_app.settings import Settings

TITLE = "Consultation"


class MainWindow(QWidget):
    """Owns the session that is open and serves what its parts ask for.

    Attributes:
        lock_wanted: The screen is to be locked.
    """

    lock_wanted = Signal()

    def __init__(self, theme: Theme, desk: Desk) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)  # never a name: titles show in the task switcher
        self.theme = theme
        self.desk = desk
        self.sheets = Sheets(theme, desk.pack, self)
        self.tasks = Tasks(self.tell, self)
        self.workspace: Workspace | None = None
        self._journal: Journal | None = None
        self._leaving = False
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.start = StartPage(theme, desk.records)
        self.preview = HandoutView(theme)
        for page in (self.start, self.preview):
            self._stack.addWidget(page)
        self.handout = HandoutWork(self, desk, self.tasks, self.tell)
        self.patient = PatientScreen(self, theme, self.tasks)
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._show_elapsed)
        self._connect()
        self.show_start()

    def _connect(self) -> None:
        self.start.open_wanted.connect(self.open_visit)
        self.start.new_wanted.connect(self.begin_visit)
        self.start.sample_wanted.connect(lambda: self.show_visit(self.desk.sample_visit()))
        self.start.file_wanted.connect(self._open_case_file)
        self.start.settings_wanted.connect(self._edit_settings)
        self.preview.close_wanted.connect(self._show_workspace)
        self.preview.print_wanted.connect(self.handout.print)
        self.preview.save_wanted.connect(self.handout.save)
        self.handout.rendered.connect(self._show_preview)
        self.patient.opened.connect(self._show_page)
        self.patient.ended.connect(self._show_workspace)
        for command in COMMANDS:
            if command.keys:
                keys = QShortcut(QKeySequence(command.keys), self)
                keys.activated.connect(lambda chosen=command.id: self.run(chosen))

    def run(self, command: str) -> None:
        """Do a command of the table in `commands`; without an open visit most do nothing."""
        if command not in {"patient_view", "lock"}:
            self.patient.leave_window()
        kind, _, target = command.partition(":")
        free = {
            "new": self._new,
            "help": self.sheets.show_help,
            "lock": self.lock_wanted.emit,
        }
        if command in free:
            free[command]()
        elif self.workspace is not None and kind == "panel":
            self._show_workspace()
            self.workspace.show_panel(target)
        elif self.workspace is not None and kind == "item":
            self._show_workspace()
            self.workspace.go_to(target)
        elif self.workspace is not None:
            self._run_in(self.workspace, command)

    def _run_in(self, workspace: Workspace, command: str) -> None:
        session = workspace.session
        actions = {
            "next_panel": lambda: self._in_panels(lambda: workspace.turn(1)),
            "previous_panel": lambda: self._in_panels(lambda: workspace.turn(-1)),
            "next_needed": lambda: self._in_panels(workspace.go_to_next_needed),
            "answer_rest": workspace.panel.answer_rest,
            "accept": self._accept,
            "patient_view": self.toggle_patient_view,
            "handout": self.handout.show,
            "print": self.handout.print,
            "sign": self.sign,
            "save": self.handout.save,
            "identity": lambda: self.sheets.edit_identity(session),
            "undo": session.undo,
            "redo": session.redo,
            "cycle": lambda: workspace.cycle(1),
            "cycle_back": lambda: workspace.cycle(-1),
            "finder": lambda: self.sheets.find(self.run),
            "start": self.show_start,
            "settings": self._edit_settings,
            "help": self.sheets.show_help,
        }
        actions[command]()

    def tell(self, error: Exception) -> None:
        """Say what went wrong and what to do."""
        self.sheets.tell(error)

    def show_start(self) -> None:
        """Show the start page; an open draft is saved first and stays in the list."""
        if not self._close_visit():
            return
        self.start.refresh()
        self._stack.setCurrentWidget(self.start)
        self.start.focus_first()

    def begin_visit(self, patient: Patient) -> None:
        """Begin a consultation for a patient as far as known."""
        self.show_visit(self.desk.begin_visit(self.desk.settings, patient))

    def open_visit(self, visit_id: str) -> None:
        """Open a consultation of the records."""
        try:
            visit = self.desk.records.open_visit(visit_id)
        except ConsultError as error:
            self.tell(error)
            return
        self.show_visit(visit)

    def show_visit(self, visit: Consultation) -> None:
        """Open a consultation in the workspace."""
        if not self._close_visit():
            return
        session = Session(visit, self.desk.judge, self.desk.clock, self)
        workspace = Workspace(self.theme, session, self.desk)
        journal = Journal(session, self.desk.records, workspace)
        journal.saving.connect(workspace.footer.show_saving)
        journal.saved.connect(workspace.footer.show_saved)
        journal.failed.connect(workspace.footer.show_save_failed)
        workspace.footer.retry_wanted.connect(journal.save_now)
        workspace.footer.close_wanted.connect(self.show_start)
        workspace.footer.find_wanted.connect(lambda: self.sheets.find(self.run))
        workspace.footer.handout_wanted.connect(self.handout.show)
        workspace.banner.identity_wanted.connect(lambda: self.sheets.edit_identity(session))
        workspace.banner.patient_view_wanted.connect(self.toggle_patient_view)
        workspace.banner.lock_wanted.connect(self.lock_wanted)
        workspace.panel_changed.connect(lambda step: session.set("panel", step))
        workspace.wanted.connect(self.run)
        self.workspace, self._journal = workspace, journal
        self.handout.session = session
        self._stack.addWidget(workspace)
        self._stack.setCurrentWidget(workspace)
        journal.save_now()
        self._clock.start()
        self._show_elapsed()

    def keep_draft(self) -> None:
        """Hand the open draft over to be made durable."""
        if self._journal is not None:
            self._journal.save_now()

    def toggle_patient_view(self) -> None:
        """Show the patient their own sheet, large, or end that."""
        if self.patient.view is not None:
            self.patient.end()
        elif self.workspace is not None:
            self.patient.open(self.workspace.session, self.desk)

    def sign(self) -> None:
        """Sign and lock, with the exact PDF kept; what is missing is said and nothing changes."""
        if self.workspace is None or self.workspace.session.locked:
            return
        session = self.workspace.session
        obstacles = find_obstacles(session.visit, session.judgement, self.desk.pack)
        if obstacles:
            advice = "Nothing is lost. These are needed first:"
            self.tell(ConsultError("This record cannot be locked yet", advice, obstacles))
            return
        self.keep_draft()
        self.handout.sign()

    def _show_preview(self, sheet: Sheet, pages: list[QImage]) -> None:
        self.preview.show_sheet(sheet, pages)
        self._stack.setCurrentWidget(self.preview)
        self.preview.back.setFocus()

    def _accept(self) -> None:
        if self.workspace is not None and self.workspace.panel.step == "finish":
            self.sign()
        elif self.workspace is not None:
            self.workspace.panel.accept()

    def _new(self) -> None:
        if self._stack.currentWidget() is self.start:
            self.start.begin_new()
        else:
            self.show_start()

    def _edit_settings(self) -> None:
        self.sheets.edit_settings(self.desk, self._keep_settings)

    def _keep_settings(self, settings: Settings) -> None:
        self.desk = self.handout.desk = self.desk.save_settings(settings)
        self.sheets.pack = self.desk.pack
        self.theme.choose(settings.screen.theme)
        self.theme.set_text_percent(settings.screen.text_percent)
        if self.workspace is not None:
            self.workspace.session.judge_again()

    def _open_case_file(self) -> None:
        chosen = self.sheets.choose_case_file()
        if chosen is None:
            return
        try:
            visit = self.desk.read_case(chosen)
        except ConsultError as error:
            self.tell(error)
            return
        self.show_visit(visit)

    def _show_page(self, page: QWidget) -> None:
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)

    def _show_workspace(self) -> None:
        if self.workspace is not None:
            self._stack.setCurrentWidget(self.workspace)

    def _in_panels(self, go: Callable[[], None]) -> None:
        self._show_workspace()
        go()

    def _show_elapsed(self) -> None:
        if self.workspace is not None:
            self.workspace.show_elapsed(on=self.desk.settings.screen.show_elapsed)

    def _close_visit(self) -> bool:
        """Close the open visit once it is durable; return False when that could not be done."""
        if self.workspace is None or self._journal is None:
            return True
        self.keep_draft()
        try:
            self.desk.records.finish_writing()
        except ConsultError as error:
            if not self._leaving:
                self.sheets.tell_unsaved(error, self._leave)
                return False
        self.patient.end()
        self._journal.close()
        self._clock.stop()
        self.sheets.close_identity()
        self.workspace.session.forget_steps()
        self._stack.removeWidget(self.workspace)
        self.workspace.session.deleteLater()
        self.workspace.deleteLater()
        self.workspace, self._journal = None, None
        self.handout.session = None
        return True

    def _leave(self) -> None:
        self._leaving = True
        self.window().close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Close without asking: everything is kept. Only what cannot be kept is asked about."""
        self.tasks.wait()
        if not self._close_visit():
            event.ignore()
            return
        super().closeEvent(event)
