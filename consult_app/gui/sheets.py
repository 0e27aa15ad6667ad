"""The dialogs over the window: opened in one place, forgotten when closed, hidden at lock."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QToolTip,
    QWidget,
)

from consult_app.domain.consultation import Consultation
from consult_app.errors import ConsultError, NotYetError
from consult_app.gui import dialogs
from consult_app.gui.commands import COMMANDS, ROW_COMMANDS, with_keys
from consult_app.gui.desk import Desk, Records
from consult_app.gui.files_chosen import choose_file
from consult_app.gui.finding.asked_offered import offer_asked
from consult_app.gui.finding.command_menu import make_menu
from consult_app.gui.finding.field_help import explain_field
from consult_app.gui.finding.finder import Finder
from consult_app.gui.finding.help_dialog import HelpDialog, serve_help
from consult_app.gui.practice.own_sheet import OwnSheet
from consult_app.gui.practice.phrase_menu import make_phrase_menu
from consult_app.gui.practice.sheet import PracticeSheet
from consult_app.gui.row_keys import find_heeding
from consult_app.gui.session import Session
from consult_app.gui.start.filing import FilingSheet
from consult_app.gui.start.following import find_other, is_overtaken
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.menus import open_on_screen
from consult_app.gui.widgets.passing_word import say_beside, take_words
from consult_app.gui.workspace.comparison import ComparisonSheet
from consult_app.gui.workspace.earlier import read_earlier
from consult_app.gui.workspace.identity import IdentitySheet
from consult_app.gui.workspace.obstacle_sheet import ObstacleSheet
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.obstacle import Obstacle
from consult_app.settings import Colleague, Settings
from consult_app.wording import t

NOT_HERE = t("The keyboard is where this cannot be done. Go to the question or the map first.")


class Sheets(QObject):
    """Opens the dialogs of one window; none of them outlives what it shows.

    Attributes:
        pack: The content they speak of.
        commands: With the keys they have.
        typed: Settings that were being typed before the records were closed, to be gone on with.
        file_wanted: The open visit is to be put away.
    """

    file_wanted = Signal()

    def __init__(self, theme: Theme, pack: Pack, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self.pack = pack
        self.commands = COMMANDS
        self._window = window
        self._identity: IdentitySheet | None = None
        self._hidden: list[QDialog] = []
        self.typed: PracticeSheet | None = None

    def tell(self, error: Exception) -> None:
        """Say what went wrong and what to do; of what only comes later, in a line that passes."""
        if isinstance(error, NotYetError) and self._window.isVisible():
            words = " ".join((f"{error.title}. {error.advice}", "; ".join(error.details)))
            say_beside(self._theme, self._find_field() or self._window, words.strip(), "warn")
            return
        dialogs.show_error(self._theme, error, self._window)

    def tell_unsaved(self, error: Exception, leave: Callable[[], None]) -> None:
        """Say that closing now would lose the last changes; `leave` does it all the same."""
        dialog = dialogs.show_error(self._theme, error, self._window)
        anyway = Button(self._theme, t("Close without saving"), "secondary")
        anyway.clicked.connect(dialog.reject)
        anyway.clicked.connect(leave)
        dialog.buttons.insertWidget(1, anyway)
        dialog.ok.set_text(t("Keep the window open"))

    def show_obstacles(self, obstacles: Sequence[Obstacle], run: Callable[[str], None]) -> None:
        """Show what is needed before signing; `run` leads to the one that is chosen."""
        sheet = ObstacleSheet(self._theme, obstacles, self._window)
        sheet.chosen.connect(run)
        dialogs.put_up(sheet)

    def find(
        self,
        run: Callable[[str], None],
        colleagues: Sequence[Colleague] = (),
        fields: Iterator[Sequence[tuple[str, str, str]]] | None = None,
        first: str = "",
        here: str = "",
    ) -> None:
        """Offer colleagues and commands, in a visit questions and fields too; one list first.

        Of what matches as well the fields of the panel that is `here` come first.
        """
        hands = [
            (f"hands:{number}", t("Change hands: {name} works here now", name=it.name), it.role)
            for number, it in enumerate(colleagues)
        ]
        commands = [
            (command.id, with_keys(command.text, command.id), command.also)
            for command in self.commands
            if fields is not None or not command.visit
        ]
        asked = offer_asked(self.pack) if fields is not None else []
        choices = [*commands, *hands, *asked]
        choices.sort(key=lambda it: first not in it[0].split(":"))
        leaves = fields is not None
        finder = Finder(self._theme, choices, self._window, leaves=leaves, here=here)
        finder.chosen.connect(lambda chosen: self._run(chosen, run))
        if fields is not None:
            finder.take_more(fields)
        dialogs.put_up(finder)

    def show_menu(self, run: Callable[[str], None], beside: QWidget | None) -> None:
        """Open the menu of all commands; what is chosen is run.

        Args:
            run: Takes the id of a command.
            beside: The button of an open visit that opens it; None without a visit.
        """
        here = find_heeding(self._find_field()) if beside is not None else {}
        self._menu = make_menu(
            self.commands,
            lambda chosen: self._run(chosen, run),
            self._window,
            visit=beside is not None,
            here=here,
        )
        place = beside if beside is not None and beside.isVisible() else self._window
        open_on_screen(self._menu, place.mapToGlobal(place.rect().topLeft()))

    def offer_phrases(self, records: Records) -> None:
        """Offer the saved phrases for the text field that has the keyboard."""
        field = self._find_field()
        if not isinstance(field, (QLineEdit, QPlainTextEdit)) or field.isReadOnly():
            beside = field or self._window
            say_beside(self._theme, beside, t("No text has the cursor. Go into one, then again."))
            return

        def say(text: str) -> None:
            say_beside(self._theme, field, text)

        try:
            self._menu = make_phrase_menu(field, records, say, self.tell)
        except ConsultError as error:
            self.tell(error)
            return
        open_on_screen(self._menu, field.mapToGlobal(field.rect().bottomLeft()))

    def show_help(self) -> None:
        """Show what there is to know of the field that has the keyboard, and the keys."""
        field = explain_field(self.pack, self._find_field())
        active = QApplication.activeModalWidget() or QApplication.activeWindow()
        above = active if isinstance(active, QDialog) else self._window
        dialog = HelpDialog(self._theme, self.pack, self.commands, field, above)
        dialogs.put_up(dialog)

    def edit_identity(self, session: Session, desk: Desk, lead: str = "") -> None:
        """Show the patient's details, led to a field; it may stay open beside the panels."""
        if self._identity is None:
            self._identity = IdentitySheet(self._theme, session, desk, self._window)
            self._identity.finished.connect(self._drop_identity)
            self._identity.file_wanted.connect(self.file_wanted)
            serve_help(self._identity, self.show_help)
        self._identity.show()
        self._identity.raise_()
        self._identity.activateWindow()
        self._identity.lead_to(lead)

    def compare(self, session: Session, desk: Desk) -> None:
        """Show what changed since the last visit, and what was done at earlier ones."""
        try:
            earlier = read_earlier(desk, session.visit)
        except ConsultError as error:
            self.tell(error)
            return
        sheet = ComparisonSheet(self._theme, desk, session, earlier, self._window)
        dialogs.put_up(sheet)

    def show_own(self, desk: Desk) -> None:
        """Show the phrases and plans that were kept."""
        try:
            sheet = OwnSheet(self._theme, desk, self._window)
        except ConsultError as error:
            self.tell(error)
            return
        dialogs.put_up(sheet)

    def edit_settings(
        self,
        desk: Desk,
        keep: Callable[[Settings], None],
        then: Callable[[], object],
        lead: str = "",
    ) -> None:
        """Show the settings, led to a field; `then` is done once they are closed.

        Those that were being typed at a lock are shown again.
        """
        typed, self.typed = self.typed, None
        sheet = typed or PracticeSheet(self._theme, desk, keep, self._window)
        if typed is not None:
            typed.go_on(keep, self._window)
        sheet.finished.connect(then)
        serve_help(sheet, self.show_help)
        dialogs.put_up(sheet)
        sheet.lead_to(lead)

    def ask_to_file(self, visit: Consultation, desk: Desk, *, renamed: bool) -> FilingSheet:
        """Ask why an unfinished visit is put away; `renamed` as the sheet has it."""
        self.close_identity()
        late, other = is_overtaken(desk, visit), find_other(desk, visit)
        parts = (self._theme, visit, self._window)
        sheet = FilingSheet(*parts, renamed=renamed, overtaken=late, other=other)
        dialogs.put_up(sheet)
        return sheet

    def choose_case_file(self, then: Callable[[Path], None]) -> None:
        """Have a case file chosen in the system's dialog."""
        choose_file(self._window, t("Open case file"), t("Case files (*.json)"), then)

    def keys_of(self, command: str) -> QKeySequence:
        """Return the keys of a command."""
        return QKeySequence(next(it.keys for it in self.commands if it.id == command))

    def close_identity(self) -> None:
        """Close what belongs to the visit that is being closed."""
        if self._identity is not None:
            self._identity.accept()

    def hide(self) -> None:
        """Hide every dialog, as at lock; what was typed stays in them. What passes is closed."""
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.hide()
        QToolTip.hideText()
        take_words(self._window.window())
        shown = [dialog for dialog in self._window.findChildren(QDialog) if dialog.isVisible()]
        self._hidden = shown
        for dialog in shown:
            dialog.hide()

    def give_settings(self, keeper: QWidget) -> PracticeSheet | None:
        """Hand over settings that were being typed when everything was hidden; None for none.

        They say nothing about patients, so they may outlive the records behind a lock.
        """
        for sheet in self._hidden:
            if isinstance(sheet, PracticeSheet):
                self._hidden.remove(sheet)
                sheet.wait_with(keeper)
                return sheet
        return None

    def show_again(self) -> None:
        """Show what was hidden."""
        for dialog in self._hidden:
            dialog.show()
        self._hidden = []
        dialogs.show_waiting(self._window)

    def _find_field(self) -> QWidget | None:
        """Return what has the keyboard, or has it again once the finder that asks is gone."""
        now = QApplication.focusWidget()
        return now if now is not None and now.isVisible() else self._window.window().focusWidget()

    def _run(self, command: str, run: Callable[[str], None]) -> None:
        """Do what an answer row or the map does by itself, else have it done."""
        if command not in {it.id for it in ROW_COMMANDS}:
            run(command)
            return
        field = self._find_field()
        here = find_heeding(field)
        if command in here:
            here[command].obey(command)
        else:
            say_beside(self._theme, field or self._window, NOT_HERE, "warn")

    def _drop_identity(self) -> None:
        if self._identity is not None:
            self._identity.deleteLater()
            self._identity = None
