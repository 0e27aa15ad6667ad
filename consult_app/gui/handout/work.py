"""Making, showing, printing, saving and signing the handout, off the window's thread."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from consult_app.domain.consultation import Consultation
from consult_app.files import write_file
from consult_app.gui.desk import Desk
from consult_app.gui.dialogs import put_up
from consult_app.gui.files_chosen import choose_target
from consult_app.gui.handout.ahead import is_typing, prepare_sheet
from consult_app.gui.handout.forms import NAMES, list_forms, tell_printed, tell_saved
from consult_app.gui.handout.larger import Larger
from consult_app.gui.handout.meanwhile import as_said
from consult_app.gui.handout.of_day import find_anew
from consult_app.gui.handout.of_visit import choose_sheet
from consult_app.gui.handout.printed_words import tell_unprinted
from consult_app.gui.handout.printing import prepare, print_pages
from consult_app.gui.handout.refusing import tell_none
from consult_app.gui.handout.rendering import render_pages
from consult_app.gui.handout.sealing import seal_copy
from consult_app.gui.handout.view import HandoutView
from consult_app.gui.practice.sheet_seal import SealSheet
from consult_app.gui.session import Session
from consult_app.gui.tasks import Tasks
from consult_app.gui.theme import Theme
from consult_app.gui.workspace.earlier import recall_earlier
from consult_app.handout.sheet import Sheet
from consult_app.knowledge.visits.handing_over import hands_over
from consult_app.knowledge.visits.locking import sign_off
from consult_app.wording import t

PREPARED_AFTER = 1000
"""Milliseconds after which a visit that was opened can spare a moment."""
RENDERED_DPI = 144
"""Half as many again as are shown at most, so that pages stay sharp when they are fitted in."""
PRINTED, SAVED = "handout.printed", "handout.saved"
"""What the audit tells of a sheet that left the house."""
T = TypeVar("T")


class HandoutWork(QObject):
    """Serves the window's wishes about the handout of the open session.

    Attributes:
        desk: What it works with; another one once the settings changed.
        session: The open session, or None on the start page.
        rendered: The sheet and its pages are ready to be shown, and in a sentence which of the
            words meant for it are not on it, if any.
        given: A sheet was printed or saved; carries in words what became of it.
    """

    rendered = Signal(object, object, str)
    given = Signal(str)

    def __init__(
        self,
        window: QWidget,
        theme: Theme,
        desk: Desk,
        tasks: Tasks,
        tell: Callable[[Exception], None],
    ) -> None:
        super().__init__(window)
        self._theme = theme
        self._tell = tell
        self._window = window
        self.desk = desk
        self._tasks = tasks
        self.session: Session | None = None
        self._is_prepared = False
        self._warned: tuple[Session | None, str] = (None, "")
        self._older: Session | None = None
        self._larger = Larger()

    def serve(self, view: HandoutView) -> None:
        """Do what is wished for in the preview."""
        self._larger.view = view
        view.print_wanted.connect(self.print)
        view.save_wanted.connect(self.save)
        view.other_wanted.connect(self.turn)
        view.larger_wanted.connect(lambda on: self.enlarge(on=on))
        self.given.connect(view.show_given)

    def use(self, desk: Desk, shown: HandoutView | None) -> None:
        """Work with another desk, as after the settings changed; a preview is made anew by it."""
        self.desk = desk
        if shown is not None:
            shown.say_old()
            self.show()

    def prepare(self) -> None:
        """Load beside the page what a sheet is made with; the first one would wait for it."""
        QTimer.singleShot(PREPARED_AFTER, self, self._prepare)

    def _prepare(self) -> None:
        if self.session is None or self._is_prepared:
            return
        if is_typing():
            self.prepare()  # a letter would come a frame late
            return
        self._is_prepared = True
        # What fails here fails again, and is told, when a sheet is asked for.
        self._tasks.run(prepare_sheet, lambda _: None, lambda _: None)

    def show(self) -> None:
        """Make the handout, or read the one that is kept, and render its pages for this screen."""
        self._make(self._render)

    def turn(self) -> None:
        """Show the other sheet of a treatment: the one handed over, or the one for its day."""
        self._older = None if self._older is self.session else self.session
        self.show()

    def enlarge(self, *, on: bool) -> None:
        """Show the sheet that was kept in large print, or as it was, while the preview is open."""
        self._larger.chosen = on
        self.show()

    def print(self) -> None:
        """Make the handout and send it to a printer chosen in the system's dialog."""
        self._make(lambda sheet: self._warn_before(self._choose_printer, sheet))

    def save(self) -> None:
        """Make the handout and write it to a file chosen in the system's dialog."""
        self._make(lambda sheet: self._warn_before(self._choose_file, sheet))

    def sign(self) -> None:
        """Make the handout and keep it with the signed consultation in one transaction.

        Nothing can be changed meanwhile, so the sheet kept is the sheet of what is signed.
        """
        session = self.session
        if session is None or session.locked or session.held:
            return
        make, records = self.desk.make_sheet, self.desk.records
        desk, at = self.desk, self.desk.clock()
        earlier = (*recall_earlier(desk, session.visit), *filter(None, [session.last]))
        visit = sign_off(session.visit, session.judgement, desk.pack, at=at, earlier=earlier)
        own = visit if hands_over(visit, session.judgement) else find_anew(desk, session)

        def work() -> Consultation:
            if own is None:
                return records.sign(visit, None, 0)
            sheet = make(own)
            return records.sign(visit, sheet.pdf, sheet.pages)

        def fail(error: Exception) -> None:
            session.hold(on=False)
            self._tell(error)

        session.hold(on=True)
        self._tasks.run(work, lambda signed: self._deliver(session, session.lock, signed), fail)

    def _make(self, then: Callable[[Sheet], None], *, kept: bool = False) -> None:
        session = self.session
        if session is None:
            return
        visit, judgement = session.visit, session.judgement
        made = visit.kind != "consultation" or session.locked
        if not (made or hands_over(visit, judgement)):
            self._tell(tell_none(visit, judgement))
            return
        older, large = self._older is session, not kept and self._larger.is_wanted(visit)
        work = choose_sheet(self.desk, session, older=older, large=large)

        def fail(error: Exception) -> None:
            self._tell(error)
            if large and session is self.session:
                self._larger.chosen = False
                self._make(self._render, kept=True)  # the one that was kept is still there

        take = as_said(session, then, lambda: self._make(then), self._find_way)
        self._tasks.run(work, lambda sheet: self._deliver(session, take, sheet), fail)

    def _find_way(self) -> object:
        """Return by what, and in which of its forms, a sheet is made now."""
        return self.desk, self._older, self._larger.chosen

    def _deliver(self, session: Session, then: Callable[[T], None], made: T) -> None:
        """Hand on what was made unless its visit was closed meanwhile."""
        if session is self.session:
            then(made)

    def _warn_before(self, then: Callable[[Sheet], None], sheet: Sheet) -> None:
        """Go on, unless nobody was shown yet, for this visit, what no longer holds."""
        if not sheet.moved or self._warned == (self.session, sheet.moved):
            then(sheet)
        else:
            self._render(sheet)

    def _render(self, sheet: Sheet) -> None:
        session = self.session
        if session is None:
            return
        dots = RENDERED_DPI * self._window.devicePixelRatioF()

        pack, visit, plan = self.desk.pack, session.visit, session.judgement.plan

        def work() -> tuple[list[QImage], str]:
            return render_pages(sheet.pdf, dots), tell_unprinted(pack, visit, sheet, plan)

        def show(made: tuple[list[QImage], str]) -> None:
            self._warned = (session, sheet.moved)
            self.rendered.emit(sheet, *made)

        take = as_said(session, show, self.show, self._find_way)
        self._tasks.run(work, lambda made: self._deliver(session, take, made))

    def forget(self) -> None:
        """Forget the words of sheets made so far, as at lock and when a visit is closed."""
        # Loaded on demand: without a sheet there is nothing to forget, and nothing was loaded.
        if "consult_app.handout.fonts" in sys.modules:
            from consult_app.handout.fonts import forget_texts  # noqa: PLC0415

            forget_texts()

    def _choose_printer(self, sheet: Sheet) -> None:
        # Loaded on demand: few visits print, and it costs the start of every one.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(t("Handout"))
        prepare(printer, sheet.pdf)
        dialog = QPrintDialog(printer, self._window)
        dialog.accepted.connect(
            lambda: self._give_out(
                sheet, PRINTED, lambda: print_pages(sheet.pdf, printer), tell_printed(sheet)
            )
        )
        put_up(dialog)

    def _choose_file(self, sheet: Sheet) -> None:
        # The suggested name says nothing about the patient.
        name = f"handout-{self.desk.clock():%Y-%m-%d}.pdf"
        forms = list_forms(sheet)

        def save(path: Path) -> None:
            data = forms.get(path.suffix.lower(), sheet.pdf)
            if data is sheet.pdf and self.desk.settings.sheet.certificate:
                self._ask_seal(sheet, path)
            else:
                self._give_out(sheet, SAVED, lambda: write_file(path, data), tell_saved(path))

        kinds = [f"{NAMES[suffix]} (*{suffix})" for suffix in forms]
        choose_target(self._window, t("Save the handout"), name, ";;".join(kinds), save)

    def _ask_seal(self, sheet: Sheet, path: Path) -> None:
        """Ask whether the copy is to carry the clinic's seal."""
        desk, at, words = self.desk, self.desk.clock(), tell_saved(path)

        def work(passphrase: str) -> None:
            write_file(path, seal_copy(desk, sheet.pdf, passphrase, at))

        asks = SealSheet(
            self._theme,
            self._window,
            with_seal=lambda secret: self._give_out(sheet, SAVED, lambda: work(secret), words),
            without=lambda: self._give_out(
                sheet, SAVED, lambda: write_file(path, sheet.pdf), words
            ),
        )
        put_up(asks)

    def _give_out(self, sheet: Sheet, action: str, work: Callable[[], None], words: str) -> None:
        """Print or save off the window's thread; note and say which sheet left the house.

        In large print it is another file than the one that was kept, but says no other plan.
        """
        session = self.session
        digest = hashlib.sha256(sheet.pdf).hexdigest()
        visit = session.visit if session is not None else None
        plan = session.judgement.plan if session is not None else None
        pack, records = self.desk.pack, self.desk.records

        def work_and_read() -> str:
            work()
            if visit is None:
                return ""
            # Told here, because a lock waits for what prints and hears of nothing after it.
            records.tell_audit(action, visit.id, visit.patient_id)
            return tell_unprinted(pack, visit, sheet, plan)

        def note(missing: str) -> None:
            if session is not None and session is self.session:  # it may be closed meanwhile
                told = f"{words} {missing}".strip()
                session.give_out(session.given_out if sheet.enlarged else digest, told)
                self.given.emit(told)

        self._tasks.run(work_and_read, note)
